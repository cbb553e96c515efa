"""Whose an address is, as the whole of the records says it, and which conversations wait."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.commands.parts import OperatorParts
from records import rekeying
from records.addresses import MAIL, SETTLED
from records.conversation.binding import everybody, unbound
from records.conversation.conversation import Conversation
from records.conversation.snapshot import ASSISTANT, RECORD, TABLE
from records.mail_address import normal
from records.people import Person, is_among, mail_key
from records.register.register import Deed
from records.register.repair import EVERY_PARTITION
from records.stages import Act
from records.store.codec import read_or_pass
from records.store.contract import Value
from scheduler.upkeep.binding import bind_certain


@dataclass(frozen=True)
class Having:
    """Who has one address; `certain` is whom it means, `settled` an operator's word on it."""

    people: tuple[Person, ...]
    certain: Person | None
    settled: Mapping[str, Value]
    since: Mapping[str, Value]

    @property
    def present(self) -> tuple[Person, ...]:
        """Those who are there still, whether Teams reaches them now or not."""
        return tuple(one for one in self.people if one.has_account)


async def having(records: OperatorParts, address: str) -> Having:
    """Everybody whose own row names the address, whichever way it is written."""
    people = tuple([one async for one in _people(records) if is_among(address, one.mails)])
    found = await records.holders.of(address)
    rows = {row.key: row async for row in records.store.query(MAIL, partition=mail_key(address))}
    settled = rows.pop(SETTLED, None)
    return Having(
        people=people,
        certain=found[0] if len(found) == 1 else None,
        settled=settled.values if settled else {},
        since={key: row.values.get("at", "") for key, row in rows.items()},
    )


async def shared(records: OperatorParts) -> dict[str, tuple[Person, ...]]:
    """Every address that several people have, and one whom Teams reaches, and that means none of
    them; with them."""
    found: dict[str, list[Person]] = defaultdict(list)
    async for one in _people(records):
        for address in {normal(mail) for mail in one.mails if one.has_account} - {""}:
            found[address].append(one)
    several = {
        address: tuple(people)
        for address, people in found.items()
        if len(people) > 1 and any(one.reachable for one in people)
    }
    means = {address: await records.holders.of(address) for address in several}
    return {one: people for one, people in several.items() if len(means[one]) != 1}


async def waiting(
    records: OperatorParts, addresses: Collection[str]
) -> dict[str, tuple[Conversation, ...]]:
    """Conversations that name somebody by one of these addresses, whom they have not bound."""
    found: dict[str, tuple[Conversation, ...]] = dict.fromkeys(addresses, ())
    rows = records.store.query(
        TABLE, partition_to=EVERY_PARTITION, key_from=RECORD, key_to=f"{RECORD}~"
    )
    async for row in rows:
        if (it := read_or_pass(Conversation, row)) is not None:
            named = {normal(mail) for mail, _ in unbound(everybody(it))}
            found |= {one: (*found[one], it) for one in named & found.keys()}
    return found


async def bind_waiting(
    records: OperatorParts, address: str, now: datetime
) -> tuple[Conversation, ...]:
    """Bind whoever waits for an address that is certain by now; the conversations that are."""
    there = (await waiting(records, [normal(address)]))[normal(address)]
    bind = partial(bind_certain, records.register, records.directory)
    deed = Deed(Act.BOUND, ASSISTANT, now)
    return tuple([it for it in there if await bind(it.id, deed)])


async def _people(records: OperatorParts) -> AsyncIterator[Person]:
    """Everybody once, under the key they have now."""
    async for one in rekeying.everybody(records.store):
        if one is None:
            continue
        now = rekeying.present_key(one)
        if now == one.key or await records.directory.find(now) is None:
            yield one
