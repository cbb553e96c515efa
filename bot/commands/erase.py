"""`python -m bot erase WHO --reason CODE`: somebody's name, or a conversation, out of every table.

It says what it would do, and does nothing, until it is told `--for-real`. Nothing is asked back.
"""

import asyncio
import logging
import secrets
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.commands.people import operator
from bot.commands.subjects import NotCertain, WhoIsMeant, meant
from bot.ledger import ledger_of
from bot.settings import Settings
from bot.stores import has_tables, opened
from records.drafts import Drafts
from records.retention.holds import Of, holds
from records.rights import erasures
from records.rights.erasing import Eraser, LookAt, is_held, to_look_at
from records.rights.erasures import ALLOWS, HELD, NEEDED, REFUSES, Erasure
from records.rights.ledger import BadLedger, LedgerPlace, entered
from records.stages import CLOSED
from records.store.contract import StoreError

log = logging.getLogger(__name__)


def run(settings: Settings, who: str, reason: str, *, for_real: bool) -> int:
    """Exit codes: 0 erased, or said what would be; 1 refused, or not done; 2 no such reason."""
    if not has_tables(settings):
        print("There is nothing to erase: the settings name no tables.")
        return 1
    if reason not in {**ALLOWS, **REFUSES}:
        print("There is no such reason. These are reasons to erase:", file=sys.stderr)
        print(*_told(), sep="\n", file=sys.stderr)
        return 2
    try:
        return asyncio.run(_run(settings, who, reason, for_real=for_real))
    except NotCertain as doubt:
        print(f"Nothing was erased. {doubt}")
    except BadLedger as wrong:
        print(f"Nothing was erased: the ledger cannot be used, {wrong}.")
    except OSError as error:
        print(f"Nothing was erased: the ledger could not be written ({type(error).__name__}).")
    except StoreError as error:
        print(f"Stopped ({type(error).__name__}). Run it again: it goes on where it stopped.")
    return 1


async def _run(settings: Settings, who: str, reason: str, *, for_real: bool) -> int:
    clock = SystemClock()
    async with opened(settings, clock) as store, ledger_of(settings, clock) as place:
        records = over(store, settings, clock)
        return await erase(records, place, who, reason, for_real=for_real, by=operator())


async def erase(
    records: OperatorParts,
    place: LedgerPlace | None,
    who: str,
    reason: str,
    *,
    for_real: bool,
    by: str,
) -> int:
    """Erase, or say what would be erased. Raises NotCertain, BadLedger, OSError and StoreError."""
    begun = [one async for one in erasures.every(records.store) if one.done is None]
    if begun and for_real:
        await _go_on(records, place, begun)
    found = await meant(records, who)
    one = _wanted(found, reason, by, at=records.clocks.now())
    print(*_what(found), sep="\n")
    why, refused = await _refused(records, found, one)
    if refused:
        print(f"Refused: {refused}")
        if for_real:
            await erasures.keep(records.store, one.declined(why))
            told = {"action": "erasure_refused", "erasure": one.id, "why": why}
            log.warning("erasure refused", extra=told)
            print(f"That it was refused, and why, is kept as {one.id}, without whose it is.")
        return 1
    look = await to_look_at(records.store, one)
    if not for_real:
        print(*_to_look_at(look), sep="\n", end="\n" if any((look.names, look.files)) else "")
        print(f"Nothing was erased yet. The reason would be: {ALLOWS[reason]}.")
        print("Once you are sure, run the same with --for-real.")
        return 0
    if place is None:
        print("Nothing was erased: ERASURE_LEDGER is not set. Without it a backup would bring back")
        print("what is erased now.")
        return 1
    log.warning("erasure begun", extra={"action": "erasure_begun", "erasure": one.id})
    await _carry_out(records, place, await erasures.keep(records.store, one))
    print(f"Erased, as {one.id}. Messages in Teams that name it are closed by the running bot,")
    print("this coming night. What Teams, mailboxes and exported files hold is not in reach.")
    print(*_to_look_at(look), sep="\n", end="\n" if any((look.names, look.files)) else "")
    return 0


async def _go_on(
    records: OperatorParts, place: LedgerPlace | None, begun: Sequence[Erasure]
) -> None:
    """What had been begun before goes to its end, unless it is held by now."""
    held = await holds(records.store)
    free = [one for one in begun if not await is_held(records.store, one, held)]
    for one in free:
        await _carry_out(records, place, one)
    print(f"Went on with what had been begun before: {len(free)}")
    if len(free) < len(begun):
        print(f"Begun before, and stopped by a legal hold since: {len(begun) - len(free)}")


def _to_look_at(look: LookAt) -> Iterator[str]:
    """What somebody has to read for themselves, by reference: no rule can tell whose it is."""
    if look.names:
        yield "A part of the name, such as the first one alone, stays in texts of these. It may be"
        yield f"somebody else's. Read them, and decide: {', '.join(look.names)}"
    if look.files:
        yield "A Word file was handed in to these, and is not changed. Open it, look for the name,"
        yield f"and hand it in anew without it, or erase it: {', '.join(look.files)}"


async def _carry_out(records: OperatorParts, place: LedgerPlace | None, one: Erasure) -> None:
    if not one.ledgered:
        if place is None:
            raise NotCertain("Another erasure was begun, and ERASURE_LEDGER is not set any more.")
        one = await entered(place, records.store, one)
    kept = Drafts(records.store)
    eraser = Eraser(records.register, records.directory, kept, records.clocks.now)
    await eraser.carry_out(one)


def _wanted(found: WhoIsMeant, reason: str, by: str, *, at: datetime) -> Erasure:
    return Erasure(
        id=secrets.token_hex(8),
        of=found.of,
        reason=reason,
        by=by,
        at=at,
        keys=tuple(found.found.keys),
        mails=tuple(found.found.mails),
        words=tuple(found.found.words),
        conversations=tuple(found.found.conversations),
        reference=found.it.reference if found.it else "",
    )


async def _refused(records: OperatorParts, found: WhoIsMeant, one: Erasure) -> tuple[str, str]:
    """Why it is not done, in a word and in words; empty where nothing stands against it."""
    if one.reason in REFUSES:
        told = f"{REFUSES[one.reason]}. Tell them so, and of their right to complain to the ICO."
        return one.reason, told
    if await is_held(records.store, one, await holds(records.store)):
        return HELD, "a legal hold is on it (`hold` lists them). It goes once that is lifted."
    if found.found.needed:
        named = ", ".join(found.found.needed)
        return NEEDED, (
            f"they have a place in what is under way: {named}. Somebody else has to take it first"
            " (they, or the facilitator, type: someone else), or it has to end."
        )
    return "", ""


def _what(found: WhoIsMeant) -> Iterator[str]:
    """What it is about, so that the operator sees whom they named: ids and numbers."""
    there = found.found
    if found.of is Of.CONVERSATION and found.it is not None:
        yield f"The conversation {found.it.reference}, with all that is kept of it: its answers,"
        yield "document, feedback, messages, lists, audit trail, and what it adds to figures."
        if found.it.stage not in CLOSED:
            yield f"It is under way ({found.it.stage}): nobody in it can go on."
        return
    yield f"A person. Rows of theirs: {len(there.people)}. Keys: {', '.join(there.keys) or '-'}"
    yield f"Conversations that name them: {len(there.conversations)}. There they become 'a person';"
    yield "what they wrote in one stays in it, without their name. Their row, addresses, drafts and"
    yield "lists go. Of a name in texts the whole goes; what is left of it is told here."


def _told() -> Iterator[str]:
    yield from (f"  {code}: {words}" for code, words in ALLOWS.items())
    yield "And these are reasons not to:"
    yield from (f"  {code}: {words}" for code, words in REFUSES.items())
