"""`python -m bot audit LC-…`: what was changed and opened, by whom; and whether the chains hold.

Names go to the operator's terminal alone, of those who are still known. Nothing is written.
"""

import asyncio
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.settings import Settings
from bot.stores import has_tables, opened
from cards.wording import wording
from records import rekeying
from records.access.lines import OF, READS, AccessHead, AccessLine, What, index_row
from records.access.lines import TABLE as ACCESS
from records.access.readers import Chain, every_chain, kept_from
from records.backup.chains import Heads, heads_in
from records.backup.form import Head, Unfit
from records.board.board import REFERENCES
from records.chain import Walk
from records.conversation.conversation import Conversation
from records.conversation.snapshot import AuditLine, Snapshot, chained, read_file
from records.store.contract import Store, StoreError

TRIES: Final = 3
UNKNOWN: Final = "somebody who is known no more"
DID: Final[Mapping[What, str]] = {
    What.STORY: "opened the story",
    What.HOPES: "opened what was hoped for",
    What.DOCUMENT: "opened the learning document",
    What.FEEDBACK: "opened feedback",
    What.OUTCOME: "opened what difference it made",
    What.REVIEW: "opened what was said at the review",
    What.QUOTES: "opened words that may be quoted",
    What.COLLATED: "opened words to collate them, without names",
    What.WORDS: "opened words that were written beside it",
    What.FILE: "had a file made",
    What.REFUSED: "was refused",
    What.SENT: "was sent a message",
    What.LOST: "reads were lost before they could be written",
}
"""What stands in a line, in words."""
log = logging.getLogger(__name__)


@dataclass
class Audited:
    """What there is of one conversation; `wrong` is what does not hold, in words."""

    it: Conversation
    changes: Sequence[AuditLine]
    names: Mapping[str, str]
    reads: list[AccessLine] = field(default_factory=list)
    chains: int = 0
    standing: int = 0
    wrong: list[str] = field(default_factory=list)


def run(settings: Settings, reference: str, heads: Path | None) -> int:
    """Exit codes: 0 told, and every chain holds; 1 one does not, or could not be read."""
    if not has_tables(settings):
        print("There is nothing to read: the settings name no tables.")
        return 1
    try:
        known = heads_in(heads) if heads is not None else None
        found = asyncio.run(_audit(settings, reference, known))
    except Unfit as unfit:
        print(f"{heads} cannot be used, {unfit}.", file=sys.stderr)
        return 1
    except (StoreError, OSError) as error:
        print(f"The records could not be read: {type(error).__name__}")
        return 1
    if found is None:
        print(f"There is no conversation {reference}.")
        return 1
    print(*told(found, wording.partnership.office.zone, known), sep="\n")
    return 1 if found.wrong else 0


async def _audit(settings: Settings, reference: str, heads: Heads | None) -> Audited | None:
    clock = SystemClock()
    async with opened(settings, clock) as store:
        log.info("audit read", extra={"action": "audit_read", "reference": reference})
        return await audit(store, reference, clock.now(), heads)


async def audit(
    store: Store, reference: str, now: datetime, heads: Heads | None = None
) -> Audited | None:
    """Everything that says who changed or opened something of a conversation; None where there is
    none of this reference. Raises StoreError."""
    row = await store.get(REFERENCES, reference.strip().upper(), "reference")
    key = str(row.values["conversation"]) if row is not None else ""
    found = await _trail(store, key, heads) if key else None
    if found is not None:
        await _reads(store, found, now, heads)
        await _index(store, found)
    return found


async def _trail(store: Store, key: str, heads: Heads | None) -> Audited | None:
    """The record and its changes; read again where it was changed while its pages were read."""
    head = heads.trails.get(key) if heads is not None else None
    names, file = await _names(store), await read_file(store, key)
    if file is None:
        return None
    faults = _faults(file, head)
    for _ in range(TRIES):
        again = await read_file(store, key) if faults else None
        if again is None or again.etag == file.etag:
            break
        file, faults = again, _faults(again, head)
    return Audited(
        file.conversation, file.audit, names, wrong=[f"changes: {one}" for one in faults]
    )


def _faults(file: Snapshot, head: Head | None) -> list[str]:
    """What is wrong with the trail, by its record, and by a head of an earlier day."""
    walk = Walk(chained, frozenset([head.sequence] if head else []))
    for line in file.audit:
        walk.pass_by(line)
    found = walk.end(file.conversation.audit_sequence, file.conversation.audit_head)
    found += walk.knows(head.sequence, head.hash) if head is not None else []
    return list(dict.fromkeys(map(str, found)))


async def _reads(store: Store, found: Audited, now: datetime, heads: Heads | None) -> None:
    """Every chain that is kept: a line may have been made to name another conversation."""
    since = kept_from(now, wording.partnership).isoformat()
    missing = {name for name in (heads.reads if heads else ()) if name.partition(".")[0] > since}
    async for chain in every_chain(store):
        missing.discard(chain.name)
        if chain.day < since or (chain.head is None and chain.day == since):
            continue  # It is just being forgotten, or is to be at night.
        found.chains += 1
        mine = [one for one in chain.lines if one.conversation == found.it.id]
        found.reads += mine
        found.standing += bool(mine)
        found.wrong += _wrong(chain, heads)
    found.wrong += [f"reads of {one}: the whole chain was removed" for one in sorted(missing)]
    found.reads.sort(key=lambda one: one.at)


def _wrong(chain: Chain, heads: Heads | None) -> list[str]:
    before = heads.reads.get(chain.name) if heads is not None else None
    known = [AccessHead(sequence=before.sequence, hash=before.hash)] if before else []
    return [f"reads of {chain.name}: {one}" for one in chain.faults(*known)]


async def _index(store: Store, found: Audited) -> None:
    """Whether people are told of all who opened something: the index is written before a line."""
    zone = wording.partnership.office.zone
    keys = {row.key async for row in store.query(ACCESS, partition=f"{OF}{found.it.id}")}
    for line in found.reads:
        row = index_row(line, zone)
        if line.what in READS and row.key not in keys:
            keys.add(row.key)
            found.wrong.append(f"reads of {row.values['day']}: a row of the index was removed")


async def _names(store: Store) -> dict[str, str]:
    """Everybody who is known, by their mark and by the keys that stand in older lines."""
    names = dict[str, str]()
    async for one in rekeying.everybody(store):
        if one is not None and one.name:
            names |= dict.fromkeys((*one.keys, *filter(None, [one.mark])), one.name)
    return names


# --------------------------------------------------------------------------------------------------


def told(found: Audited, zone: ZoneInfo, heads: Heads | None = None) -> Iterator[str]:
    """All of it, as lines to read."""
    it = found.it
    yield f"{it.reference}, {it.stage.value}"
    yield from ("", "What was changed")
    for change in found.changes:
        act = str(change.act).replace("-", " ")
        who = _who(found, change.by)
        yield f"{change.sequence:>3}  {_moment(change.at, zone)}  {who}: {act} ({change.stage})"
    yield from ("", "What was opened, refused and sent")
    for line in found.reads:
        yield f"{_moment(line.at, zone)}  {_who(found, line.by, line)}: {_did(it, line)}"
    if not found.reads:
        yield "nothing that is still kept"
    yield ""
    if found.wrong:
        yield "It does not hold:"
        yield from (f"  {one}" for one in found.wrong)
        return
    compared = f", and to the backup of {_moment(heads.made, zone)}" if heads is not None else ""
    yield f"Every chain holds{compared}."
    yield f"Lines of changes: {len(found.changes)}"
    yield f"Chains of reads: {found.chains}, of which name it: {found.standing}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _who(found: Audited, by: str, line: AccessLine | None = None) -> str:
    """Whose mark or key this is, as far as anybody can say; a word as it is."""
    if name := found.names.get(by):
        return name
    if line is not None and line.what is What.SENT and (to := found.it.person(line.of)):
        return to.name
    is_mark = len(by) == 32 and all(one in "0123456789abcdef" for one in by)
    return f"{UNKNOWN} ({by[:8]})" if is_mark or not by else by


def _did(it: Conversation, line: AccessLine) -> str:
    of = it.person(line.of) if line.of and line.what in READS else None
    whose = f" of {of.name}" if of is not None else ""
    about = f" ({line.about})" if line.about else ""
    return f"{DID[line.what]}{whose}{about}"
