"""What would help somebody take part: changed by its writer, read by the facilitator alone."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.preparation import taking_part as cards
from cards.wording import wording
from dialogs.flow.flow import Flow, Step
from dialogs.preparation.card import LINE, card_of, line_of, written
from dialogs.turn.access import NotNow, Right, attendee
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records.conversation.conversation import Conversation
from records.drafts import Draft
from records.preparation.preparing import attendees, readiness_of, would_help
from records.stages import Act


class TakingPartFlow(Flow):
    """One card: the line as it is, to be changed or emptied."""

    name: ClassVar[str] = "taking-part"
    came_from: ClassVar[str] = "prepare.see"
    title = staticmethod(lambda: wording.WOULD_HELP_TITLE)
    right: ClassVar[Right | None] = Right.PREPARE
    steps: ClassVar[tuple[Step, ...]] = (
        Step("line", cards.TakingPart, cards.taking_part, cards.FIELDS),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """With what was written before."""
        kept = await context.answers(context.it, LINE, _me(context, context.it))
        return self.draft(context, {cards.HELP: kept.text(cards.HELP) if kept else ""})

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Which conversation it is about."""
        return {"reference": context.it.reference}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep it in place of the one before; the facilitator is told where there is one."""
        text = cards.TakingPart.model_validate(draft.answers).would_help

        def change(now: Conversation) -> Conversation:
            return would_help(now, context.now, _me(context, now), there=bool(text))

        it = await context.change(
            Act.PREPARE, change, submission=submission, answers=written(context, text)
        )
        return card_of(context, it)


def _me(context: Context, it: Conversation) -> str:
    me = attendee(context.who, it)
    if me is None:
        raise NotNow(it, Right.PREPARE)
    return me.id


async def _every(context: Context, it: Conversation, data: Data) -> Reply:
    """Who wrote what, for the facilitator."""
    words = []
    for one in attendees(it):
        have = readiness_of(it, one.id).would_help
        if have is not None and have.there:
            words.append((one.id, await line_of(context, it, one.id)))
    return Reply(cards.every(it, words), wording.WOULD_HELP_EVERY.format(reference=it.reference))


TAKING_PART: Final = TakingPartFlow()
ROUTES: Final = (Route("would-help.see", Right.WOULD_HELP, _every, whole=True),)
