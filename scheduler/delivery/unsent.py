"""The 2-day prompt looks at what its reader has written since: at sending, and only then.

No answer yet: the scale is asked. A number, and words that wait for *Send*: a card that says so,
without the words. A number and nothing unsent: there is nothing left to ask. Source: pathway, step
9 and Timing.
"""

from typing import Final

from cards.feedback import receipts
from cards.feedback.feedback import TEXTS
from cards.kit.elements import with_note
from cards.wording import wording
from records.conversation.feedback import unsent
from records.conversation.snapshot import Snapshot
from records.drafts import Drafts
from records.outbox.kinds import Kind
from records.outbox.prompt import Prompt
from records.people import Person
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import Parcel


class NothingLeft:
    """There is nothing left to ask: the prompt is settled and not sent."""


NOTHING_LEFT: Final = NothingLeft()


class UnsentWords:
    """What goes in place of a prompt's own card, for somebody who has begun to answer.
    `evaluators` says that there are some, who collate what is written."""

    def __init__(self, drafts: Drafts, timetable: Timetable, *, evaluators: bool = False) -> None:
        self._drafts, self._timetable, self._evaluators = drafts, timetable, evaluators

    async def instead(
        self, prompt: Prompt, file: Snapshot, person: Person | None
    ) -> Parcel | NothingLeft | None:
        """None where the card goes as it is. Raises StoreError."""
        it, sent = file.conversation, file.answers_of("feedback", prompt.to)
        if prompt.kind is not Kind.FEEDBACK_PROMPT or not it.answered(prompt.to):
            return None
        opened = await self._drafts.find(person.key, "feedback", it.id) if person else None
        draft = opened.draft if opened else None
        if draft is None or not unsent(draft.answers, sent, TEXTS, draft.beside):
            return NOTHING_LEFT
        if sent is None or sent.scale is None:
            return None
        told = self._evaluators and draft.evaluators
        card = receipts.feedback_unsent(it, self._timetable, sent.scale, evaluators=told)
        if prompt.reminders:
            card = with_note(card, wording.REMINDER_NOTE)
        return Parcel(card, wording.FEEDBACK_UNSENT_SUMMARY.format(reference=it.reference))
