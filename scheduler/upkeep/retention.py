"""Drafts that are left lying: a word to their writer after 23 days, removed after 30.

Source: the plan for what is kept, "30 days after the last touch, a warning at 23". Nothing is
removed before its writer was told, or could not be. Feedback that was begun and not sent is kept
until feedback closes, with one word a week before; then for another week, in which its writer sees
it once more when they come, to copy it. Nobody is told within a day of writing.

While messages about the conversation are stopped, or the writer waits to be rung, or facilitated it
and has left the team, nothing is said and nothing removed, for up to 180 days. When messages go on,
whose time is up is told and has a week.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cards.kit.story import draft_kept_until
from cards.kit.when import day
from cards.practice import marked
from cards.wording import wording
from records.changes.silence import Silence, silences, silent_since, went_on
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.snapshot import read_record
from records.directory import Directory
from records.drafts import Draft, Drafts, Open
from records.partnership import Timings
from records.retention.holds import Holds, holds
from records.store.codec import Unreadable, tell
from records.store.contract import Changed, Store
from scheduler.delivery.courier import (
    Ambiguous,
    Courier,
    NotAccepted,
    Parcel,
    Refused,
    Unreachable,
    send,
)
from scheduler.delivery.settings import Clocks

FEEDBACK: Final = "feedback"
"""The flow whose drafts live until it closes."""
REST: Final = timedelta(days=1)
"""So long after somebody wrote they are not told that they have not finished."""
LONGEST: Final = timedelta(days=180)
"""A draft is kept no longer than this for a silence, counted from where that began."""
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
        held = await holds(self._store)
        async for opened in self._drafts.everybodys():
            try:
                if self._rests(opened.draft, now) or await self._held(opened.draft, held):
                    continue
                end = await self._end(opened.draft, now)
                if end.removed <= now:
                    await self._drafts.remove(opened)
                    removed += 1
                    self._tell("draft_removed", opened.draft)
                elif end.word and end.word <= now and self._dates.office.is_open(now):
                    await self._warn(opened, now)
            except Unreadable as error:
                tell(error)
            except Changed:
                continue  # Its writer has just come back to it.
        return removed

    def _rests(self, draft: Draft, now: datetime) -> bool:
        """Whether its thirty days leave nothing to do yet; then no conversation is read."""
        end = end_of(draft, self._dates.timings)
        return not _closes(draft) and now < (end.word or end.removed)

    async def _held(self, draft: Draft, held: Holds) -> bool:
        """Whether a legal hold keeps it: on its writer, or on what it is about."""
        if draft.owner in held.people or draft.conversation in held.conversations:
            return True
        found = await read_record(self._store, draft.conversation) if held.people else None
        return found is not None and held.stops(found[0])

    async def _end(self, draft: Draft, now: datetime) -> "End":
        """When a draft's time is up, as the record is now. Raises Unreadable."""
        found = await read_record(self._store, draft.conversation)
        if found is None:
            return end_of(draft, self._dates.timings)
        it = found[0]
        closes = self._dates.feedback_closes(it) if _closes(draft) else None
        quiet = await self._silences(draft, it)
        end = end_of(draft, self._dates.timings, closes, went_on(quiet, now))
        since = silent_since(quiet, now)
        if since is None:
            return end
        return replace(end, word=None, removed=max(end.removed, since + LONGEST), silent=True)

    async def _silences(self, draft: Draft, it: Conversation) -> tuple[Silence, ...]:
        """Whose silences they are, only the person's own row tells."""
        asked = it.changes.rings or it.changes.offers
        person = await self._directory.find(draft.owner) if asked else None
        return silences(it, person)

    async def _warn(self, opened: Open, now: datetime) -> None:
        """Noted first, so that two copies never both tell; taken back if Teams did not take it,
        which is no fault of its reader, or messages were stopped meanwhile."""
        draft = opened.draft.model_copy(update={"warned": now})
        noted = await self._drafts.save(Open(draft, opened.etag))
        person = await self._directory.find(draft.owner)
        if person is None or person.reference is None or not person.reachable:
            return
        end, before = await self._end(draft, now), Open(opened.draft, noted.etag)
        if end.silent:
            await self._drafts.save(before)
            return
        place, parcel = person.reference, await self._parcel(draft, end)
        try:
            _, now_at = await send(self._courier, place, parcel, personal=True)
        except NotAccepted:
            await self._drafts.save(before)
        except (Unreachable, Ambiguous):
            return  # Told or not to be told: it is not said twice.
        except Refused as refused:
            ids = {"person": self._directory.mark(draft.owner), "conversation": draft.conversation}
            told = {"action": "draft_held", "reason": refused.reason, **ids}
            log.error("nobody told of a draft", extra=told)
            await self._drafts.save(before)
        else:
            if now_at != place:
                await self._directory.moved(person.key, place, now_at)
            self._tell("draft_warned", draft)

    def _tell(self, action: str, draft: Draft) -> None:
        ids = {"person": self._directory.mark(draft.owner), "flow": draft.flow}
        ids["conversation"] = draft.conversation
        log.info(action.replace("_", " "), extra={"action": action, **ids})

    async def _parcel(self, draft: Draft, end: "End") -> Parcel:
        until = day(end.told, self._dates.office.zone)
        found = await read_record(self._store, draft.conversation)
        reference = found[0].reference if found else ""
        card = draft_kept_until(
            until, flow=draft.flow, conversation=draft.conversation, reference=reference
        )
        return Parcel(*marked(card, wording.DRAFT_SUMMARY.format(day=until)))


def _closes(draft: Draft) -> bool:
    """Whether it has words that live until their question closes."""
    return draft.flow == FEEDBACK and typed(draft)


def typed(draft: Draft) -> bool:
    """Whether anything typed would go with it; one we opened ourselves needs no warning, nor does
    one whose words are kept in the conversation."""
    return not draft.spare and (bool(draft.recent) or draft.touched > draft.begun)


@dataclass(frozen=True)
class End:
    """When the writer of a draft is told, None where they are not to be or have been; until when
    it is kept as they are told; when it is removed; and whether nothing is said at present."""

    word: datetime | None
    told: datetime
    removed: datetime
    silent: bool = False


def end_of(
    draft: Draft,
    timings: Timings,
    closes: datetime | None = None,
    on: datetime | None = None,
) -> End:
    """30 days after the last touch, a week's warning before it; nothing typed needs no warning.

    `closes` is when the question itself closes: its words are kept until then, and for the week
    after it in which they are shown once more. `on` is when messages last went on: there is a week
    from then in any case, and a word whose day had passed by then is said again.
    """
    week = timings.drafts_kept - timings.drafts_warned
    until = closes or draft.touched + timings.drafts_kept
    if not typed(draft):
        return End(None, until, until)
    said = draft.warned
    if said is not None and said >= until - week:
        early = closes is not None and said < closes
        told = until if early else said + week
        if on is None or on < told:
            removed = told + week if early else told
            return End(None, told, max(removed, on + week) if on else removed)
    due = max(until - week, draft.touched + REST)
    return End(due, until, max(until, due, on or until) + week)
