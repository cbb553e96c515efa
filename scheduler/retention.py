"""Drafts that are left lying: a word to their writer after 23 days, removed after 30.

Source: the plan for what is kept, "30 days after the last touch, a warning at 23". Nothing is
removed before its writer was told, or could not be.
"""

import logging
from datetime import datetime

from cards.closed import draft_kept_until
from cards.when import day
from cards.wording import wording
from records.dates import Dates
from records.directory import Directory
from records.drafts import Draft, Drafts, Open
from records.file import read_record
from records.partnership import Timings
from records.store import Changed, Store
from scheduler.courier import Ambiguous, Courier, NotAccepted, Parcel, Refused
from scheduler.terms import Clocks

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
                if removal(opened.draft, self._dates.timings) <= now:
                    await self._drafts.remove(opened)
                    removed += 1
                    _tell("draft_removed", opened.draft)
                elif self._warns(opened.draft, now):
                    await self._warn(opened, now)
            except Changed:
                continue  # Its writer has just come back to it.
        return removed

    def _warns(self, draft: Draft, now: datetime) -> bool:
        due = not warned(draft) and now - draft.touched >= self._dates.timings.drafts_warned
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
        until = day(removal(draft, self._dates.timings), self._dates.office.zone)
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


def removal(draft: Draft, timings: Timings) -> datetime:
    """When it is removed: 30 days after the last touch, and a week after the warning."""
    last = draft.touched + timings.drafts_kept
    if not typed(draft):
        return last
    told = draft.warned if draft.warned is not None and warned(draft) else last
    return max(last, told + timings.drafts_kept - timings.drafts_warned)


def _tell(action: str, draft: Draft) -> None:
    ids = {"person": draft.owner, "flow": draft.flow, "conversation": draft.conversation}
    log.info(action.replace("_", " "), extra={"action": action, **ids})
