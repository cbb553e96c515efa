"""`python -m bot hold`: a legal hold on a conversation or a person: set, listed, and lifted.

What is held is not removed by time or by `erase`. Each has a reason, who set it, and a day on which
it is looked at again. The reason is printed on the operator's terminal and stands in no log.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.commands.parts import OperatorParts, ask
from bot.commands.people import operator
from bot.commands.whose import having
from bot.settings import Settings
from bot.stores import has_tables
from records.board import board
from records.conversation.conversation import Conversation, OnHold
from records.conversation.snapshot import read_record
from records.mail_address import normal
from records.people import PersonKey
from records.register.projections import naming, own_conversations
from records.register.register import Deed
from records.retention import holds
from records.retention.holds import LegalHold, Of
from records.stages import Act
from records.store.contract import StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HoldTarget:
    """What is meant by a reference or an address: a hold's key, and the conversations it is on."""

    of: Of
    key: str
    conversations: tuple[str, ...]
    mark: str = ""

    @property
    def told(self) -> dict[str, str]:
        """What a log says of it: a conversation's id, or the mark of a person, never their key."""
        return {"of": str(self.of), "id": self.key if self.of is Of.CONVERSATION else self.mark}


def run(settings: Settings, what: str, which: str, reason: str, review_on: date | None) -> int:
    """Exit codes: 0 set, listed or lifted, 1 it is not clear what is meant, or not read."""
    if not has_tables(settings):
        print("There is nothing to hold: the settings name no tables.")
        return 1
    asks: dict[str, Callable[[OperatorParts], Awaitable[int]]] = {
        "list": show,
        "lift": partial(lift, which=which),
        "set": partial(keep, which=which, reason=reason, review_on=review_on or date.max),
    }
    try:
        return asyncio.run(ask(settings, asks[what]))
    except StoreError as error:
        print(f"The records could not be read or written: {type(error).__name__}")
        return 1


async def show(records: OperatorParts) -> int:
    """Every hold, those to be looked at again soonest first."""
    found = sorted([one async for one in holds.every(records.store)], key=lambda it: it.review_on)
    today = records.clocks.now().date()
    for one in found:
        late = "  LOOK AT IT AGAIN" if one.review_on <= today else ""
        print(f"{one.review_on}  {one.of} {await _named(records, one)}{late}")
        print(f"            since {one.since:%Y-%m-%d} by {one.by}: {one.reason}")
    print(f"Legal holds: {len(found):,}")
    return 0


async def keep(records: OperatorParts, which: str, reason: str, review_on: date) -> int:
    """Set a hold; its facilitator sees it on their cards. Raises StoreError."""
    meant = await _meant(records, which)
    if meant is None:
        return 1
    now, by = records.clocks.now(), operator()
    hold = LegalHold(
        of=meant.of, key=meant.key, reason=reason, by=by, since=now, review_on=review_on
    )
    await holds.keep(records.store, hold)
    log.warning("held", extra={"action": "hold_set", **meant.told})
    await _on(records, meant, OnHold(since=now, review_on=review_on))
    many = len(meant.conversations)
    print(f"Held until it is lifted, to be looked at again on {review_on}: {many:,} conversations")
    return 0


async def lift(records: OperatorParts, which: str) -> int:
    """End a hold. Raises StoreError."""
    meant = await _meant(records, which)
    if meant is None:
        return 1
    if not await holds.lift(records.store, meant.of, meant.key):
        print("There is no hold on this.")
        return 1
    log.warning("let go", extra={"action": "hold_lifted", **meant.told})
    await _on(records, meant, None)
    print("Lifted. What is over its time is told of anew, and goes some days after that.")
    return 0


async def _on(records: OperatorParts, meant: HoldTarget, hold: OnHold | None) -> None:
    """So that the facilitator sees it; a hold of another kind on the same conversation stays."""
    still = await holds.holds(records.store)
    act = Act.HELD_BACK if hold else Act.LET_GO
    for key in meant.conversations:
        found = await read_record(records.store, key)
        if found is None or (hold is None and still.stops(found[0])):
            continue
        deed = Deed(act, "operator", records.clocks.now())

        def change(was: Conversation) -> Conversation:
            return was.with_(hold=hold)

        await records.register.change(key, deed, change)


async def _meant(records: OperatorParts, which: str) -> HoldTarget | None:
    """A conversation by its reference, or whoever has an address; nothing where that is not
    certain, which is said."""
    if not normal(which):
        key = await board.named(records.store, which)
        if not key:
            print("There is no conversation with this reference.")
            return None
        return HoldTarget(Of.CONVERSATION, key, (key,))
    found = await having(records, which)
    if found.certain is None:
        print("This address means nobody for certain: `python -m bot people find` says more.")
        return None
    person = found.certain
    ids = await own_conversations(records.store, *person.keys)
    every = {*ids, *await naming(records.store, person.mails)}
    return HoldTarget(Of.PERSON, person.key, tuple(sorted(every)), person.mark)


async def _named(records: OperatorParts, hold: LegalHold) -> str:
    """As an operator knows it again."""
    if hold.of is Of.CONVERSATION:
        found = await read_record(records.store, hold.key)
        return found[0].reference if found else hold.key
    person = await records.directory.find(PersonKey(hold.key))
    return f"{person.name} ({', '.join(person.mails)})" if person else hold.key
