"""`python -m bot people`: whose an address is, which several people have, and an operator's word.

Names and addresses go to the operator's terminal alone; a log line holds ids.
"""

import asyncio
import getpass
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from functools import partial

from bot.commands.parts import OperatorParts, ask
from bot.commands.whose import Having, bind_waiting, having, shared, waiting
from bot.settings import Settings
from bot.stores import has_tables
from records.mail_address import normal
from records.people import Person
from records.store.contract import StoreError, Value

log = logging.getLogger(__name__)


def run(settings: Settings, what: str, address: str, who: str) -> int:
    """Exit codes: 0 told or settled, 1 refused or the records could not be read, 2 no address."""
    if not has_tables(settings):
        print("There is nobody to ask for: the settings name no tables.")
        return 1
    if what != "conflicts" and not normal(address):
        print("That cannot be read as one mail address.", file=sys.stderr)
        return 2
    asks: dict[str, Callable[[OperatorParts], Awaitable[int]]] = {
        "find": partial(find, address=address),
        "conflicts": conflicts,
        "settle": partial(settle, address=address, who=who, by=operator()),
    }
    try:
        return asyncio.run(ask(settings, asks[what]))
    except StoreError as error:
        print(f"The records could not be read: {type(error).__name__}")
        return 1


def operator() -> str:
    """Who is at the terminal, as the machine knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # A container may run under a number that has no name.
        return str(os.getuid())


async def find(records: OperatorParts, address: str) -> int:
    """Who has an address, and whom it means. Raises StoreError."""
    found = await having(records, address)
    print(_verdict(found))
    if found.settled:
        key, by, at = (found.settled.get(name, "") for name in ("person", "source", "at"))
        print(f"Settled {_moment(at)} by {by}: it means {key}, while they have it.")
    for one in found.people:
        print("", *_lines(one, found.since.get(one.key, one.mails_at or "")), sep="\n")
    return 0


async def conflicts(records: OperatorParts) -> int:
    """Every address that several present people have, and where it is waited for."""
    found = await shared(records)
    named = await waiting(records, found)
    for address, people in sorted(found.items()):
        print(address)
        print(*(f"  {one.key}  {one.object_id}  {one.name}" for one in people), sep="\n")
        print(f"  waited for in: {', '.join(it.reference for it in named[address]) or '-'}\n")
    print(f"Addresses that several people have: {len(found)}")
    return 0


async def settle(records: OperatorParts, address: str, who: str, by: str) -> int:
    """An operator's word on whom an address means; whoever waits for it is bound then.

    Refused where that person does not have it. Raises StoreError.
    """
    people = (await having(records, address)).people
    chosen = [one for one in people if who.casefold() in _names(one)]
    if len(chosen) != 1:
        print(f"Nothing was settled: of those who have this address, {_how_many(chosen)} {who}.")
        print("`people find` lists them with their keys and object ids.")
        return 1
    (person,), now = chosen, records.clocks.now()
    await records.directory.addresses.settle(address, person.key, now, f"operator {by}")
    log.warning("address settled", extra={"action": "address_settled", "person": person.mark})
    print(f"Settled: {address} means {person.name}, {person.key}.")
    if not person.reachable:
        print("Teams does not reach them now: it counts once they have the app again.")
    bound = await bind_waiting(records, address, now)
    print(f"Bound in: {', '.join(it.reference for it in bound) or '-'}")
    return 0


def _verdict(found: Having) -> str:
    if found.certain is not None:
        return f"Certain: it means {found.certain.name}, {found.certain.key}."
    if len(found.present) > 1:
        return f"Shared: {len(found.present)} people have it, so it means nobody."
    if found.people:
        return "Unknown: nobody has it whom Teams reaches in a tenant that is served."
    return "Unknown: nobody is known to have it."


def _lines(one: Person, since: Value) -> Iterator[str]:
    """One person, as an operator knows them again."""
    yield f"key        {one.key}"
    yield f"tenant     {one.tenant}{' (a guest there)' if one.guest else ''}"
    yield f"object id  {one.object_id}"
    yield f"name       {one.name}"
    yield f"addresses  {', '.join(one.mails)}"
    gone = f", removed the app {_moment(one.gone_at)}" if one.gone_at else ""
    yield f"reached    {'yes' if one.reachable else f'no{gone}'}"
    yield f"since      {_moment(since)}"


def _names(one: Person) -> set[str]:
    """What an operator may call them by, in small letters."""
    return {name.casefold() for name in (one.key, one.object_id, *one.former)}


def _how_many(chosen: list[Person]) -> str:
    return "more than one is" if chosen else "nobody is"


def _moment(at: Value) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if isinstance(at, datetime) else "unknown"
