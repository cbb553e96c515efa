"""*Correct the address*: the requester, or whoever facilitates, puts a typing mistake right."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.changes import correcting as cards
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.drafting import begin_with
from dialogs.flow.flow import Flow, NotOpen, Step
from dialogs.home import where as where_it_stands
from dialogs.turn.access import NotNow, Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.conversation.conversation import Conversation
from records.conversation.correcting import correct, may_be_corrected
from records.drafts import Draft
from records.outbox.prompt import State
from records.people import Participant
from records.stages import Act

WHOSE: Final = "whose"
"""In the draft: the one whose address it is. No field of the card: the button says it."""


class CorrectFlow(Flow):
    """One field."""

    name: ClassVar[str] = "correct"
    title = staticmethod(lambda: wording.CORRECT)
    right: ClassVar[Right | None] = Right.CORRECT
    back_to: ClassVar[str] = "request.mine"
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "address",
            cards.Corrected,
            cards.correct,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.CORRECT_SAVE,
        ),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """Opened without a person: the first who was not reached, or else the first of all."""
        it = context.it
        away = (one.who for one in it.unreached if one.still)
        every = (*away, *(one.id for one in it.present))
        found = next((who for who in every if may_be_corrected(it, who) is not None), "")
        return begun(context, found) or _nothing(it)

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whose address it is."""
        one = context.it.person(str(draft.answers.get(WHOSE, "")))
        name = one.name if one else wording.SOMEBODY
        return {"name": name, "reference": context.it.reference}

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """The same address again, and those of others in it."""
        it, whose = context.it, draft.answers.get(WHOSE, "")
        theirs = (one for one in it.present if one.id != whose and one.mail)
        refused = dict.fromkeys((one.mail for one in theirs), wording.CORRECT_TAKEN)
        mine = it.person(str(whose))
        same = {mine.mail: wording.CORRECT_SAME} if mine and mine.mail else {}
        return {"refused": {**refused, **same}}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """What is open goes to the right one."""
        said = cards.Corrected.model_validate(draft.answers, context=self.checks(context, draft))
        whose = str(draft.answers.get(WHOSE, ""))
        key = await context.services.directory.certain(said.mail)
        shown = came_to(context, whose)
        try:
            it = await context.change(
                Act.CORRECT,
                lambda now: correct(now, context.now, whose, said.mail, key, shown=shown),
                submission=submission,
            )
        except NotNow as lost:
            if not context.may(Right.CORRECT):
                raise
            raise NotOpen(_nothing(lost.it)) from None
        return _done(it, whose)


def begun(context: Context, who: str) -> Draft | None:
    """The card for this person, with the address as it was written."""
    one = may_be_corrected(context.it, who)
    return CORRECT.draft(context, {WHOSE: who, "mail": one.mail}) if one else None


def came_to(context: Context, who: str) -> bool:
    """Whether anything came to whoever has the address they are named by now."""
    prompts = context.file.prompts.values() if context.file else ()
    return any(one.to == who and one.state is State.SENT for one, _ in prompts)


def _done(it: Conversation, whose: str) -> Reply:
    last = next(one for one in reversed(it.changes.replaced) if one.old == whose)
    new: Participant | None = it.person(last.new)
    card = cards.done(it, new, shown=last.shown) if new else cards.nothing(it)
    return Reply(card, wording.CORRECT)


def _nothing(it: Conversation) -> Reply:
    return Reply(cards.nothing(it), wording.CORRECT)


CORRECT: Final = CorrectFlow()


async def _open(context: Context, it: Conversation, data: Data) -> Reply:
    """The card for the one whose button it was."""
    draft = begun(context, data.text("who"))
    if draft is None:
        return _nothing(it)
    await begin_with(context, draft)
    return await engine.open_flow(context, CORRECT, it.id)


async def _where(context: Context, it: Conversation) -> Reply:
    """Where things are: nothing goes out any more."""
    if Role.REQUESTER in roles(context.who, it):
        return await where_it_stands(context, it)
    return _nothing(it)


ROUTES: Final = (Route("correct.open", Right.CORRECT, _open),)
WHERE: Final[Mapping[Right, Where]] = {Right.CORRECT: _where}
