"""Eight weeks on: the lead worker's answers, and the Practice Team that reads them.

Source: pathway, step 10.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.feedback import outcome as cards
from cards.feedback import receipts
from cards.feedback.outcome_check import outcome_check
from cards.happening import with_happened
from cards.kit.elements import Card
from cards.kit.notes import sentence
from cards.kit.page import Page, texts
from cards.kit.when import day
from cards.wording import wording
from dialogs.feedback.promised import came_late, is_told, not_counted, under_promise
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.flow import Flow, Step
from dialogs.turn.access import Right, Role, attendee, roles
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, Data, Reply
from dialogs.turn.route import Route, Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS, Answers
from records.drafts import Draft
from records.evaluation.quotes import taken_back
from records.feedback.readers import of_outcome
from records.feedback.reading import said_outcome
from records.stages import Act, Stage

TEXTS: Final = texts(cards.FIELDS)


class OutcomeFlow(Flow):
    """The difference for the child or person, then for the lead worker."""

    name: ClassVar[str] = "outcome"
    right: ClassVar[Right | None] = Right.OUTCOME
    whole: ClassVar[bool] = True
    title = staticmethod(lambda: wording.OUTCOME)
    version = staticmethod(lambda: wording.partnership.questions.outcome)
    total: ClassVar[int] = 3
    checked: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "child",
            cards.OutcomeChild,
            cards.outcome_child,
            cards.CHILD_FIELDS,
            1,
        ),
        Step(
            "you",
            cards.OutcomeYou,
            cards.outcome_you,
            cards.YOU_FIELDS,
            2,
        ),
    )

    def check(self, on: Page) -> Card:
        """Every answer, then Send."""
        return outcome_check(on)

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """The receipt; or a kind sentence before its time."""
        return await _done_or_early(context, context.it)

    async def begin(self, context: Context) -> Draft | Reply:
        """For the lead worker, from the 8-week date on."""
        return self.draft(context, {})

    async def done(self, context: Context, key: str) -> Reply | None:
        """The receipt."""
        return await _done_or_early(context, context.it)

    def sent(self, context: Context) -> Answers | None:
        """What the lead worker has said, from whichever device."""
        file = context.file
        return file.answers_of("outcome", "lead") if file else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Who reads it, and where it is not counted any more; and the hopes this lead worker may
        see, once they have asked for them."""
        it, event = context.it, context.turn.event
        listed = of_outcome(it, await context.readers())
        may = context.may(Right.READ_HOPES)
        story = await context.answers(it, "request", it.requester.id) if may else None
        own = Role.REQUESTER in roles(context.who, it)
        asked = isinstance(event, CardAction) and event.verb == cards.HOPES
        told = is_told(context, draft)
        shown = receipts.outcome_facts(
            it, story or NO_ANSWERS, listed, own=own, hopes=asked, evaluators=told
        )
        return {**shown, **await not_counted(context, it)}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep the answers; the conversation is complete."""
        said = {name: str(draft.answers.get(name, "")).strip() for name in TEXTS}
        answers = Answers(
            what="outcome",
            by="lead",
            version=draft.version,
            at=context.now,
            texts={**said, **_why_nothing(draft, said)},
            asked=questions_of(self.steps, draft),
            may_quote=draft.answers.get("may_quote") == "yes",
        )
        answers = under_promise(context, draft, answers)

        listed, share = await context.readers(), draft.answers.get("share") == "yes"

        def give(now: Conversation) -> Conversation:
            given = taken_back(now.give_outcome(context.now, now.lead), answers)
            given = said_outcome(given, listed, shared=share and any(said.values()))
            return given.with_(practice_team=of_outcome(given))

        it = await context.change(
            Act.OUTCOME, give, submission=submission, answers=lambda _: (answers,)
        )
        return await _done(context, it, answers)


def _why_nothing(draft: Draft, said: Mapping[str, str]) -> Mapping[str, str]:
    """That the family was not asked: a word of theirs takes its place."""
    why = str(draft.answers.get(cards.SAID_NOT, ""))
    return {cards.SAID_NOT: why} if why and not said["outcome_said"] else {}


async def _done(context: Context, it: Conversation, sent: Answers | None) -> Reply:
    late = it.outcome is not None and await came_late(context, it, it.outcome.first_at)
    card = with_happened(receipts.outcome_done(it, sent, late=late), it, it.lead)
    return Reply(card, wording.OUTCOME_DONE.format(reference=it.reference))


async def _done_or_early(context: Context, it: Conversation) -> Reply | None:
    if it.unanswered:
        return None  # It ended by itself; what comes late is as welcome.
    if it.stage is Stage.COMPLETE:
        return await _done(context, it, await context.answers(it, "outcome", "lead"))
    date = context.services.timetable.outcome_date(it)
    if it.stage is Stage.HELD and date is not None and context.now >= date:
        return None
    when = day(date, context.services.zone) if date else ""
    return Reply(sentence(wording.OUTCOME_NOT_YET.format(when=when)), wording.OUTCOME)


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are, for the lead worker: asked on its day, or said already."""
    return await _done_or_early(context, it) or Reply(sentence(wording.BUSY), wording.BUSY)


WHERE: Final[Mapping[Right, Where]] = dict.fromkeys(
    (Right.OUTCOME, Right.READ_HOPES, Right.READ_SHARED, Right.RING_ME, Right.ASK_ANEW), where
)


async def _read(context: Context, it: Conversation, data: Data) -> Reply:
    """The lead worker's answers; the request and its hopes stay where they are."""
    answers = await context.read(it, "outcome", "lead") or NO_ANSWERS
    summary = wording.PRACTICE_WHY.format(reference=it.reference)
    return Reply(cards.outcome(it, answers), summary)


async def _hopes(context: Context, it: Conversation, data: Data) -> Reply:
    """The card that is open, with what was hoped for: for the client that asked, and once."""
    context.right = Right.OUTCOME
    return await engine.open_flow(context, OUTCOME, it.id)


async def _read_shared(context: Context, it: Conversation, data: Data) -> Reply:
    """What the lead worker shared, to somebody who came, or the facilitator."""
    answers = await context.read(it, "outcome", "lead") or NO_ANSWERS
    lead = it.person(it.outcome.by) if it.outcome else None
    name = lead.name if lead else wording.SOMEBODY
    summary = wording.OUTCOME_SHARED.format(name=name, reference=it.reference)
    me = attendee(context.who, it)
    return Reply(cards.outcome(it, answers, me.id if me else it.facilitator), summary)


OUTCOME: Final = OutcomeFlow()
ROUTES: Final = (
    Route("outcome.read", Right.READ_OUTCOME, _read),
    Route(cards.HOPES, Right.READ_HOPES, _hopes, whole=True),
    Route("shared.read", Right.READ_SHARED, _read_shared),
)
