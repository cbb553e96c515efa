"""Drafts that are left lying: a word to their writer after 23 days, removed after 30.

Source: the plan for what is kept, "30 days after the last touch, a warning at 23". Nothing is
removed before its writer was told, or could not be. Feedback that was begun and not sent is kept
until feedback closes, with the word a week before; then for another week, in which its writer sees
it once more when they come, to copy it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.kit.story import draft_kept_until
from cards.kit.when import day
from cards.wording import wording
from records.conversation.dates import Dates
from records.conversation.snapshot import read_record
from records.directory import Directory
from records.drafts import Draft, Drafts, Open
from records.partnership import Timings
from records.store.codec import Unreadable, tell
from records.store.contract import Changed, Store
from scheduler.delivery.courier import Ambiguous, Courier, NotAccepted, Parcel, Refused
from scheduler.delivery.settings import Clocks

FEEDBACK: Final = "feedback"
"""The flow whose drafts live until it closes."""
log = logging.getLogger(__name__)


class OldDrafts:
    """The hourly look at every draft."""

    def __init__(
        self,
        store: Store,
        directory: Directory,
        courier: Courier,
        dates: Dates,
        clocks: Clocks,
        drafts: Drafts | None = None,
    ) -> None:
        self._store, self._directory = store, directory
        self._drafts = drafts or Drafts(store)
        self._courier, self._dates, self._clocks = courier, dates, clocks

    async def look(self) -> int:
        """Warn in office hours, and remove what was warned of a week ago. Raises StoreError."""
        now, removed = self._clocks.now(), 0
        async for opened in self._drafts.everybodys():
            try:
                end = await self._end(opened.draft)
                if end.removed <= now:
                    await self._drafts.remove(opened)
                    removed += 1
                    _tell("draft_removed", opened.draft)
                elif self._warns(opened.draft, end, now):
                    await self._warn(opened, now)
            except Unreadable as error:
                tell(error)
            except Changed:
                continue  # Its writer has just come back to it.
        return removed

    async def _end(self, draft: Draft) -> "End":
        """When a draft's time is up. Raises Unreadable."""
        closes = None
        if draft.flow == FEEDBACK and typed(draft):
            found = await read_record(self._store, draft.conversation)
            closes = self._dates.feedback_closes(found[0]) if found else None
        return end_of(draft, self._dates.timings, closes)

    def _warns(self, draft: Draft, end: "End", now: datetime) -> bool:
        due = not warned(draft) and end.warned <= now < end.told
        return due and typed(draft) and self._dates.office.is_open(now)

    async def _warn(self, opened: Open, now: datetime) -> None:
        """Noted first, so that two copies never both tell; taken back if Teams did not take it."""
        draft = opened.draft.model_copy(update={"warned": now})
        noted = await self._drafts.save(Open(draft, opened.etag))
        person = await self._directory.find(draft.owner)
        if person is None or person.reference is None or not person.reachable:
            return
        try:
            await self._courier.send(person.reference, await self._parcel(draft))
        except NotAccepted:
            await self._drafts.save(Open(opened.draft, noted.etag))
        except (Refused, Ambiguous):
            return  # Told or not to be told: it is not said twice.
        else:
            _tell("draft_warned", draft)

    async def _parcel(self, draft: Draft) -> Parcel:
        until = day((await self._end(draft)).told, self._dates.office.zone)
        found = await read_record(self._store, draft.conversation)
        reference = found[0].reference if found else ""
        card = draft_kept_until(
            until, flow=draft.flow, conversation=draft.conversation, reference=reference
        )
        return Parcel(card, wording.DRAFT_SUMMARY.format(day=until))


def warned(draft: Draft) -> bool:
    """Whether its writer was told since they last touched it."""
    return draft.warned is not None and draft.warned >= draft.touched


def typed(draft: Draft) -> bool:
    """Whether anything typed would go with it; one we opened ourselves needs no warning, nor does
    one whose words are kept in the conversation."""
    return not draft.spare and (bool(draft.recent) or draft.touched > draft.begun)


@dataclass(frozen=True)
class End:
    """When the writer of a draft is told, until when it is kept as they are told, and when it is
    removed."""

    warned: datetime
    told: datetime
    removed: datetime


def end_of(draft: Draft, timings: Timings, closes: datetime | None = None) -> End:
    """30 days after the last touch, a week's warning before it; nothing typed needs no warning.

    `closes` is when the question itself closes: its words are kept until then, and for the week
    after it in which they are shown once more.
    """
    week = timings.drafts_kept - timings.drafts_warned
    if closes is not None:
        return End(closes - week, closes, closes + week)
    last = draft.touched + timings.drafts_kept
    if not typed(draft):
        return End(last, last, last)
    told = draft.warned if draft.warned is not None and warned(draft) else last
    removed = max(last, told + week)
    return End(draft.touched + timings.drafts_warned, removed, removed)


def _tell(action: str, draft: Draft) -> None:
    ids = {"person": draft.owner, "flow": draft.flow, "conversation": draft.conversation}
    log.info(action.replace("_", " "), extra={"action": action, **ids})
