"""What one message costs, in requests to the storage, by name: before Teams has it and after."""

from collections import Counter
from dataclasses import replace

import pytest

from dialogs.root.routes import FLOWS
from dialogs.root.typed_text import opened
from records.drafts import Drafts
from records.outbox.prompt import Kind, State
from records.store.memory import MemoryStore
from scheduler.delivery.courier import Unreachable
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.settings import DeliveryOutcome
from scheduler.delivery.unsent import UnsentWords
from scheduler.messages.rendering import render
from scheduler.sweep import Sweep
from scheduler.upkeep.tidying import Tidier
from tests.scheduler.conftest import World
from tests.trips import Counting, Trip


class Counted(World):
    """The world wired as the product is, over a store that counts."""

    def __init__(self) -> None:
        self.counting = Counting(MemoryStore())
        super().__init__(self.counting)
        self.before: list[Trip] = []

        async def sending(*_: object) -> None:
            self.before += self.counting.taken()

        self.courier.before_send = sending

    def instance(self, owner):
        drafts = Drafts(self.store)
        self.tidier = Tidier(self.register, self.directory, self.courier, self.clocks, drafts)

        async def asked(prompt, person):
            await opened(drafts, FLOWS, prompt, person, self.now())

        real = render(self.timetable)

        def as_product(*arguments):
            drawn = real(*arguments)
            kept = {"kind": arguments[0].kind, "prompt": arguments[0].id, "reminder": arguments[3]}
            return replace(drawn, card=drawn.card | kept)

        deliverer = Deliverer(
            self.register, self.reach, self.courier, as_product, self.clocks, owner, self.limits,
            opened=asked, showed=self.tidier.came,
            instead=UnsentWords(drafts, self.timetable).instead,
        )  # fmt: skip
        return deliverer, Sweep(self.store, deliverer, self.reach, self.timetable, self.clocks)

    async def swept(self):
        """One round and what it leaves for later: requests before the last send, and after it."""
        self.counting.taken()
        self.before.clear()
        counts = await self.sweep.run()
        await self.tidier.quiet()
        return counts, named(self.before), named(self.counting.taken())


def named(trips):
    """Each with its table."""
    return [f"{one.operation} {one.table}" for one in trips]


@pytest.fixture
async def counted():
    made = Counted()
    await made.install("r", "n", "o", "f", "m")
    return made


async def test_a_notice_takes_three_requests_before_it_is_sent_and_two_writes_in_all(counted):
    """Read with its conversation, its reader as they are now, claimed and intended in one."""
    await counted.request()
    counts, before, after = await counted.swept()
    assert counts == {DeliveryOutcome.SENT: 1}
    assert before == ["query due", "query conversations", "get people", "update conversations"]
    assert after == ["update conversations", "delete due", "query shown"]


async def asked(counted):
    await counted.request()
    await counted.book("2026-11-10 10:00")
    counted.until("2026-11-10 10:00")
    await counted.sweep.run()
    await counted.tidier.quiet()
    await counted.hold()


async def test_three_questions_of_one_conversation_read_it_once_and_are_tidied_once(counted):
    await asked(counted)
    counts, before, after = await counted.swept()
    assert counts == {DeliveryOutcome.SENT: 3}
    look = ["query due", "query conversations"]
    send = ["get people", "update conversations"]
    sent = ["update conversations", "get drafts", "create drafts"]
    # Then the invitations of the day that is over become receipts, in the background.
    end = after.index("query shown") + 1
    closed = ["query conversations", *["get people", "delete shown"] * (len(after[end:]) // 2)]
    assert after[end:] == closed
    assert sorted(before + after[:end]) == sorted(
        [*look, *(send + sent) * 3, "commit due", "query shown"]
    )
    assert before[:2] == look
    assert after[end - 2 : end] == ["commit due", "query shown"]
    file = await counted.register.file("c1")
    kept = [one for one, _ in file.prompts.values() if one.kind is Kind.FEEDBACK]
    assert [one.state for one in kept] == [State.SENT] * 3
    assert len({one.message_id for one in kept}) == 3
    assert {one.prompt for one in await counted.pointers()}.isdisjoint({one.id for one in kept})


async def test_what_is_sent_at_once_after_a_commit_reads_its_conversation_once_too(counted):
    await asked(counted)
    counted.counting.taken()
    counted.before.clear()
    await counted.sweep.deliver_now([one for one in counted.announced if one.kind is Kind.FEEDBACK])
    every = named(counted.before + counted.counting.taken())
    assert every.count("query conversations") == 1
    assert every.count("update conversations") == 6


async def test_many_messages_share_one_look_and_the_removal_of_their_pointers(counted):
    for number in range(30):
        await counted.request(f"c{number:02}")
    counts, before, after = await counted.swept()
    assert counts[DeliveryOutcome.SENT] == 30
    every = Counter(before + after)
    assert every["query due"] == every["commit due"] == 1
    assert every["delete due"] == every["delete shown"] == 0
    assert every["update conversations"] == 60
    # All are for one chat: whoever is next in its line knows whose it is.
    assert every["get people"] == 1


async def test_whom_a_message_did_not_reach_is_looked_for_anew_by_the_next_in_line(counted):
    for identity in ("c1", "c2", "c3"):
        await counted.request(identity)
    counted.courier.failures["m"] = [Unreachable("gone", 403)]
    counts, _, _ = await counted.swept()
    assert counts[DeliveryOutcome.PARKED] == 3
    assert counted.courier.tried["m"] == 1


async def test_a_conversation_that_was_changed_by_what_became_of_one_message_is_read_again(counted):
    """Somebody is not reached: that is noted in it, and the next message of it is as it is now."""
    await asked(counted)
    await counted.directory.gone(counted.key("r"))
    counts, before, after = await counted.swept()
    assert (counts[DeliveryOutcome.PARKED], counts[DeliveryOutcome.SENT]) == (1, 2)
    assert (before + after).count("query conversations") > 2
