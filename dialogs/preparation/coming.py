"""*I cannot come*, and *another time suits me*: nothing moves by it, the facilitator is told."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.kit.when import moment
from cards.kit.who import facilitator
from cards.preparation import coming as cards
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.flow import Flow, Step
from dialogs.preparation.card import as_it_is, card_of, said, where
from dialogs.turn.access import NotNow, Right, attendee
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.preparation.coming import (
    another_time,
    cannot_come,
    comes_after_all,
    times_by,
    wants_another,
)
from records.preparation.preparing import attendees
from records.stages import Act

WHAT: Final = "other-time"
"""Under this the times that suit somebody are kept among the answers."""


async def ask(context: Context, it: Conversation, data: Data) -> Reply:
    """Who comes instead, or nobody? Nothing is done yet; the ticks of the card are kept."""
    it = await said(context, data, Act.PREPARE, as_it_is)
    card = cards.cannot(it, context.services.zone)
    return Reply(card, wording.CANNOT)


async def _nobody(context: Context, it: Conversation, data: Data) -> Reply:
    """Nobody from their agency can: the facilitator is told."""
    it = await said(context, data, Act.CANNOT_COME, cannot_come)
    return Reply(cards.told_cannot(it), wording.CANNOT)


async def _after_all(context: Context, it: Conversation, data: Data) -> Reply:
    """They come after all: the facilitator is told, and their card is back."""
    it = await said(context, data, Act.COMES_AFTER_ALL, comes_after_all)
    return card_of(context, it, wording.AFTER_ALL_DONE.format(name=facilitator(it)))


async def _other_times(context: Context, it: Conversation, data: Data) -> Reply:
    """Which times suit whom, for the facilitator."""
    wanted = [one.id for one in attendees(it) if wants_another(it, one.id)]
    words = []
    for who in wanted:
        kept = await context.answers(it, WHAT, times_by(it, who))
        words.append((who, kept.text("times") if kept else ""))
    title = wording.OTHER_TIME_EVERY.format(reference=it.reference)
    return Reply(cards.every_other(it, words), title)


class OtherTimeFlow(Flow):
    """One card: which times suit them, if they like to say."""

    name: ClassVar[str] = "other-time"
    came_from: ClassVar[str] = "prepare.see"
    title = staticmethod(lambda: wording.OTHER_TIME)
    right: ClassVar[Right | None] = Right.COMING
    steps: ClassVar[tuple[Step, ...]] = (
        Step("times", cards.OtherTime, cards.other_time, cards.FIELDS),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """For somebody who is to come; it may be said again."""
        return self.draft(context, {})

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Which day it is about, and who is told."""
        it = context.it
        return {
            "reference": it.reference,
            "name": cards.hears(it),
            "when": moment(it.booking.start, context.services.zone) if it.booking else "",
        }

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """The facilitator is told; the day stands."""
        answer = cards.OtherTime.model_validate(draft.answers)

        def change(now: Conversation) -> Conversation:
            return another_time(now, context.now, _me(context, now))

        def words(file: Snapshot) -> tuple[Answers, ...]:
            me = _me(context, file.conversation)
            kept = Answers(
                what=WHAT,
                by=times_by(another_time(file.conversation, context.now, me), me),
                version=self.version(),
                at=context.now,
                texts={"times": answer.times},
                asked=questions_of(self.steps, draft),
            )
            return (kept,) if answer.times else ()

        it = await context.change(Act.ANOTHER_TIME, change, submission=submission, answers=words)
        return Reply(cards.told_other(it, context.services.zone), wording.OTHER_TIME)


def _me(context: Context, it: Conversation) -> str:
    me = attendee(context.who, it)
    if me is None:
        raise NotNow(it, Right.COMING)
    return me.id


async def _another(context: Context, it: Conversation, data: Data) -> Reply:
    """Another time suits them; the ticks of the card it was opened from are kept."""
    it = await said(context, data, Act.PREPARE, as_it_is)
    return await engine.open_flow(context, OTHER_TIME, it.id)


OTHER_TIME: Final = OtherTimeFlow()
ROUTES: Final = (
    Route("prepare.other-time", Right.COMING, _another),
    Route("prepare.cannot", Right.COMING, ask),
    Route("prepare.nobody", Right.COMING, _nobody),
    Route("prepare.after-all", Right.COMING, _after_all),
    Route("prepare.other-times", Right.SEE_READY, _other_times, whole=True),
)
WHERE: Final[Mapping[Right, Where]] = {Right.COMING: where}
