"""What it costs to send what is due: the real delivery over a real table storage, at Teams' pace.

`python -m tests.bench.drain [messages] [messages of one conversation]` prints two figures, where
Teams and the storage are processes of their own: `drain_core_share`, processor seconds of ours a
second, and `drain_per_second`, messages a second. Every record is read back after: each message is
sent, and Teams had it once.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from bot.clock import SystemClock
from bot.teams.connector import Connector, teams_session
from bot.teams.pacing import Pace
from bot.teams.service_urls import ServiceUrls
from bot.teams.teams_courier import TeamsCourier
from bot.teams.tokens import NoTokens
from cards.wording import use
from dialogs.root.routes import FLOWS
from dialogs.root.typed_text import opened
from records.conversation.conversation import Booking, Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About, Reason, Request
from records.conversation.snapshot import (
    TABLE,
    AuditLine,
    answers_row,
    audit_row,
    chained,
    prompt_row,
    read_file,
    record_row,
)
from records.directory import Directory
from records.drafts import Drafts
from records.outbox import due
from records.outbox.prompt import Kind, Prompt, State
from records.partnership import SUFFOLK, read_partnership
from records.people import Part, Participant, Person, Reference, person_key
from records.people_rows import PEOPLE
from records.register.register import Register
from records.stages import Stage
from records.store.azure import TableStore
from records.store.codec import to_values
from records.store.contract import Create, Operation, Row, Store, each
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import Courier
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks, DeliveryOutcome, Places
from scheduler.delivery.unsent import UnsentWords
from scheduler.messages.rendering import render
from scheduler.sweep import Sweep
from scheduler.upkeep.tidying import Tidier
from tests.azurite import running
from tests.trips import Counting

MESSAGES, OF_ONE = 800, 4
"""How many are due, and how many of them belong to one conversation."""
NOW: Final = datetime(2027, 2, 1, 10, 30, tzinfo=UTC)
"""A Monday, in office hours, after the booked end."""
AUDITED: Final = 8
"""Lines of the trail of a conversation that has come so far."""
TENANT: Final = "tenant"
WORDS: Final = "They meet every week and every week they leave with another plan. " * 8


class Drained(NamedTuple):
    """Processor seconds of our process a second, messages a second, requests a message."""

    core_share: float
    per_second: float
    requests: float


def somebody(number: int, teams: str) -> Person:
    """An invented person who has the app."""
    place = Reference(service_url=teams, conversation_id=f"chat-{number}", tenant=TENANT)
    return Person(
        key=person_key(TENANT, f"object-{number}"), tenant=TENANT, object_id=f"object-{number}",
        name=f"Person {number}", mails=(f"person{number}@agency.example",), reference=place,
        seen_at=NOW, welcomed_at=NOW, mails_at=NOW,
    )  # fmt: skip


def held(number: int, people: list[Person]) -> Conversation:
    """A conversation that has just taken place; the first of these facilitates, the others came."""
    names = ("facilitator", "requester", *(f"other{n}" for n in range(len(people) - 2)))
    parts = {"facilitator": Part.FACILITATOR, "requester": Part.REQUESTER}
    named = tuple(
        Participant(
            id=name, part=parts.get(name, Part.OTHER), name=one.name, agency=f"Agency {n}",
            key=one.key,
        )
        for n, (name, one) in enumerate(zip(names, people, strict=True))
    )  # fmt: skip
    begun, ended = NOW - timedelta(days=9), NOW - timedelta(minutes=20)
    booked = Conversation(
        id=f"{number:032x}", reference=f"LC-{number:05d}", stage=Stage.BOOKED, created=begun,
        stage_since=begun, asked_at=begun, decided_at=begun, picked_up_at=begun, booked_at=begun,
        facilitator="facilitator", people=named, audit_sequence=AUDITED,
        request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="East", agency="Agency 1"),
        booking=Booking(
            cycle=1, start=ended - timedelta(hours=1), end=ended, wall_start="2027-02-01T09:10",
            zone="Europe/London", place="Room 1", lead="requester", coming=names[1:],
        ),
    )  # fmt: skip
    return booked.took_place(NOW, names[1:], named)


async def settle_in(
    store: Store, timetable: Timetable, teams: str, messages: int, of_one: int
) -> dict[str, set[str]]:
    """Write it all as the product would have; ids of what is due, by conversation."""
    owed: dict[str, set[str]] = {}
    batches: list[tuple[str, list[Operation]]] = []
    for number in range(-(-messages // of_one)):
        people = [somebody(number * (of_one + 1) + n, teams) for n in range(of_one + 1)]
        it = held(number, people)
        prompts = [Prompt.of(one, it.id) for one in timetable.owed(it)]
        asked = [one for one in prompts if one.kind is Kind.FEEDBACK and one.not_before <= NOW]
        assert len(asked) == of_one, [(one.kind, one.not_before) for one in prompts]
        later = [one for one in prompts if one.not_before > NOW]
        owed[it.id] = {one.id for one in asked}
        trail = [
            AuditLine(sequence=n, at=NOW, by="x" * 32, act="book", stage="booked", before="")
            for n in range(1, AUDITED + 1)
        ]  # fmt: skip
        texts = {"worry": WORDS, "hope_you": WORDS, "hope_child": WORDS}
        told = Answers(what="request", by="requester", version=1, at=NOW, texts=texts)
        rows = [record_row(it, ""), answers_row(it.id, told)]
        rows += [audit_row(it.id, chained(line)) for line in trail]
        rows += [prompt_row(one) for one in (*asked, *later)]
        batches.append((TABLE, [Create(row) for row in rows]))
        for person in people:
            kept = Row(person.key, "person", to_values(person))
            batches.append((PEOPLE, [Create(kept)]))
        await each(lambda one: due.point(store, due.pointer(one)), [*asked, *later], at_once=4)

    async def write(batch: tuple[str, list[Operation]]) -> None:
        await store.commit(*batch)

    await write(batches.pop(0))
    await write(batches.pop(0))
    await each(write, batches, at_once=4)
    return owed


@contextmanager
def counting_teams() -> Iterator[str]:
    """The address of a Teams of our own, which counts."""
    command = [sys.executable, str(Path(__file__).with_name("counting_teams.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        yield found[0]
        process.terminate()


def sweeping(store: Store, timetable: Timetable, courier: Courier) -> tuple[Sweep, Tidier]:
    """The delivery wired as the product wires it."""
    system = SystemClock()
    clocks = Clocks(lambda: NOW, system.now, system.monotonic)
    directory, drafts = Directory(store, now=lambda: NOW), Drafts(store)
    register = Register(store, timetable, certain=directory.certain)

    async def nowhere() -> None:
        return None

    async def nobody() -> tuple[Participant, ...]:
        return ()

    async def asked(prompt: Prompt, person: Person) -> None:
        await opened(drafts, FLOWS, prompt, person, NOW)

    reach = Reach(register, directory, Places(nowhere, nobody), clocks)
    tidier = Tidier(register, directory, courier, clocks, drafts)
    deliverer = Deliverer(
        register, reach, courier, render(timetable), clocks, "drain",
        opened=asked, showed=tidier.came, instead=UnsentWords(drafts, timetable).instead,
    )  # fmt: skip
    return Sweep(store, deliverer, reach, timetable, clocks), tidier


@asynccontextmanager
async def worked_off(tidier: Tidier) -> AsyncIterator[None]:
    """What came is noted beside the sweep, as in the product; and what is left of it after."""

    async def loop() -> None:
        while True:
            await tidier.keep(await tidier.take())

    task = asyncio.create_task(loop())
    try:
        yield
        await tidier.quiet()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def drain(
    address: str, teams: str, *, messages: int = MESSAGES, of_one: int = OF_ONE
) -> Drained:
    """Send so many due messages. `address` is a storage's connection string, `teams` a Teams of
    `counting_teams` that has had nothing yet. Raises AssertionError where a record is not as it
    should be."""
    partnership = read_partnership(SUFFOLK)
    use(partnership)
    timetable, clock = Timetable(partnership), SystemClock()
    prefix = f"d{uuid4().hex[:12]}"
    store = TableStore(address, clock=clock.now, prefix=prefix, timeout=30)
    counting = Counting(store)
    try:
        owed = await settle_in(store, timetable, teams, messages, of_one)
        async with teams_session(10) as http:
            connector = Connector(http, NoTokens(), ServiceUrls((), loopback=True).allows)
            pace = Pace(instances=1, monotonic=clock.monotonic, sleep=asyncio.sleep)
            courier = TeamsCourier(connector, pace, clock)
            sweep, tidier = sweeping(counting, timetable, courier)
            async with worked_off(tidier):
                begun, used = time.monotonic(), time.process_time()
                counts = await sweep.run()
                took, spent = time.monotonic() - begun, time.process_time() - used
            found = Counter(one.operation + " " + one.table for one in counting.trips)
            print(f"{dict(counts)} {dict(found)}", file=sys.stderr)
            async with http.get(f"{teams}/posts") as answer:
                posts = Counter(await answer.json())
        sent = sum(map(len, owed.values()))
        assert counts == {DeliveryOutcome.SENT: sent}, counts
        assert (len(posts), set(posts.values())) == (sent, {1})
        await _read_back(store, owed)
    finally:
        await store.close()
    return Drained(spent / took, sent / took, len(counting.trips) / sent)


async def _read_back(store: Store, owed: dict[str, set[str]]) -> None:
    """Each is sent under an id of its own, nobody holds it, and nothing points to it any more."""

    async def ids(key: str) -> list[str]:
        file = await read_file(store, key)
        assert file is not None
        kept = [one for one, _ in file.prompts.values() if one.id in owed[key]]
        assert {one.id for one in kept} == owed[key]
        for one in kept:
            assert (one.state, one.owner, one.attempt, one.reminders) == (State.SENT, "", 1, 0)
            assert one.sent_at == NOW
        return [one.message_id for one in kept]

    every = [one for some in await each(ids, owed, at_once=4) for one in some]
    assert len(set(every)) == len(every)
    assert [one async for one in due.due(store, NOW)] == []


def main() -> None:
    given = dict(zip(("messages", "of_one"), map(int, sys.argv[1:]), strict=False))
    with running(None) as address, counting_teams() as teams:
        found = asyncio.run(drain(address, teams, **given))
    print(f"drain_core_share {found.core_share:.3g}")
    print(f"drain_per_second {found.per_second:.3g}")
    print(f"drain_requests_per_message {found.requests:.3g}")


if __name__ == "__main__":
    main()
