"""One accepted answer for each prompt and person, whichever device or instance takes it, and
however often Teams delivers it: over memory, and over a real table storage.

A tap knows nothing of the activity that brought it, so the same tap again is also what Teams
delivers after a time-out under another activity id; `tests/bot/test_app.py` holds that for HTTP.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from dialogs.root.root import Root
from dialogs.turn.events import CardAction, Event, Reply
from records.drafts import TABLE as DRAFTS
from records.outbox.prompt import Kind
from records.stages import Act, Stage
from records.store.azure import TableStore
from records.store.contract import Row, Store
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, texts


@dataclass
class Two:
    """A house, and another instance with a register and a connection of its own."""

    house: House
    other: Root
    there: House

    async def both(self, who: str, first: Event, second: Event) -> tuple[Reply, Reply]:
        """Two taps at the same moment, one at each instance."""
        replies = await asyncio.gather(
            self.house.turn(who, first), self.house.turn(who, second, root=self.other)
        )
        await self._deliver()
        return replies[0], replies[1]

    async def there_too(self, who: str, event: Event) -> Reply:
        """A tap at the other instance."""
        reply = await self.house.turn(who, event, root=self.other)
        await self._deliver()
        return reply

    async def _deliver(self) -> None:
        self.house.prompts.extend(self.there.prompts)
        self.there.prompts.clear()
        await self.house.deliver()

    async def done(self, key: str, act: Act) -> int:
        """How often something was done, as the audit trail has it."""
        return [line.act for line in (await self.house.file(key)).audit].count(act)

    async def prompts(self, key: str, kind: Kind) -> int:
        """How many prompts of a kind there are."""
        return [one.kind for one, _ in (await self.house.file(key)).prompts.values()].count(kind)


@pytest.fixture(params=["memory", "tables"])
async def two(request: pytest.FixtureRequest) -> AsyncIterator[Two]:
    stores = _stores(request)
    house, there = House(stores[0]), House(stores[1])
    there.people, there.nonces = house.people, house.nonces
    yield Two(house, there.root, there)
    for one in dict.fromkeys(stores):
        await one.close()


def _stores(request: pytest.FixtureRequest) -> tuple[Store, Store]:
    if request.param == "memory":
        one = MemoryStore()
        return one, one
    azurite, prefix = request.getfixturevalue("azurite"), f"t{uuid4().hex[:12]}"
    first, second = (
        TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix) for _ in range(2)
    )
    return first, second


def other_words(tap: CardAction, **words: str) -> CardAction:
    """The same card with other words in it, as a second device would send it."""
    return CardAction(tap.verb, {**tap.data, **words})


async def test_feedback_sent_at_two_instances_at_once_is_kept_once_with_one_receipt(
    two: Two,
) -> None:
    key = await _before_the_last_question(two)
    send = two.house.data("priya", "Send", possibility="Time.", may_quote="yes")
    one, other = await two.both("priya", send, send)
    again = await two.there_too("priya", send)
    assert (one.summary, one.card) == (other.summary, other.card) == (again.summary, again.card)
    it = await two.house.record(key)
    assert [(given.by, given.complete) for given in it.feedback] == [("requester", True)]
    answers = (await two.house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.texts["possibility"] == "Time."


async def test_a_second_device_that_sends_other_feedback_gets_the_receipt_of_the_first(
    two: Two,
) -> None:
    key = await _before_the_last_question(two)
    send = two.house.data("priya", "Send", possibility="From the phone.", may_quote="yes")
    receipt = await two.house.turn("priya", send)
    kept = await two.house.dump()
    late = await two.there_too("priya", other_words(send, possibility="From the desk."))
    assert late.summary == receipt.summary
    assert "From the desk." in two.house.shown("priya")
    assert await two.house.dump() == kept
    answers = (await two.house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.texts["possibility"] == "From the phone."


async def test_two_devices_that_send_other_feedback_at_once_have_one_answer(two: Two) -> None:
    key = await _before_the_last_question(two)
    send = two.house.data("priya", "Send", possibility="From the phone.")
    one, other = await two.both("priya", send, other_words(send, possibility="From the desk."))
    assert one.summary == other.summary
    answers = (await two.house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    kept = answers.texts["possibility"]
    assert kept in ("From the phone.", "From the desk.")
    lost = ({"From the phone.", "From the desk."} - {kept}).pop()
    cards = [reply.card for reply in (one, other) if reply.card is not None]
    assert lost in "\n".join(map(texts, cards))
    assert len((await two.house.record(key)).feedback) == 1


async def test_two_numbers_tapped_on_two_devices_at_once_are_one_answer(two: Two) -> None:
    key = await two.house.held()
    six, eight = two.house.data("priya", "6 out of 10"), two.house.data("priya", "8 out of 10")
    await two.both("priya", six, eight)
    draft = await two.house.draft("priya", "feedback", key)
    answers = (await two.house.file(key)).answers_of("feedback", "requester")
    assert draft is not None
    assert answers is not None
    assert str(answers.scale) == draft.answers["scale"]
    assert [one.by for one in (await two.house.record(key)).feedback] == ["requester"]


async def test_the_outcome_sent_at_two_instances_at_once_is_kept_once_with_one_receipt(
    two: Two,
) -> None:
    key = await _before_the_outcome_is_sent(two)
    send = two.house.data("priya", "Send")
    one, other = await two.both("priya", send, send)
    again = await two.there_too("priya", send)
    assert (one.summary, one.card) == (other.summary, other.card) == (again.summary, again.card)
    assert await two.done(key, Act.OUTCOME) == 1
    assert (await two.house.record(key)).stage is Stage.COMPLETE


async def test_an_outcome_changed_on_another_device_after_send_gets_the_same_receipt(
    two: Two,
) -> None:
    key = await _before_the_outcome_is_sent(two)
    send = two.house.data("priya", "Send")
    await two.house.tap("priya", "Change")
    other = two.house.data("priya", "Next", outcome_child="Written on the phone.")
    receipt = await two.house.turn("priya", send)
    kept = await two.house.dump()
    late = await two.there_too("priya", other)
    assert late.summary == receipt.summary
    assert "Written on the phone." in two.house.shown("priya")
    assert await two.house.dump() == kept
    assert await two.done(key, Act.OUTCOME) == 1


async def test_a_manager_who_agrees_at_two_instances_at_once_agrees_once(two: Two) -> None:
    key = await two.house.requested()
    await two.house.open_door("martin")
    agree = two.house.data("martin", "Agree")
    one, other = await two.both("martin", agree, agree)
    again = await two.there_too("martin", agree)
    assert (one.summary, one.card) == (other.summary, other.card) == (again.summary, again.card)
    assert await two.done(key, Act.AGREE) == 1
    assert await two.prompts(key, Kind.AGREED) == 1
    assert len([said for said in two.house.told("priya") if "agreed" in said.lower()]) == 1


async def test_a_manager_who_agrees_here_and_declines_there_is_taken_at_one_word(two: Two) -> None:
    key = await two.house.requested()
    await two.house.open_door("martin")
    agree = two.house.data("martin", "Agree")
    await two.house.tap("martin", "Not this route, because…")
    decline = two.house.data("martin", "Send", because="We hold a strategy meeting.")
    one, other = await two.both("martin", agree, decline)
    it = await two.house.record(key)
    acts = [await two.done(key, act) for act in (Act.AGREE, Act.DECLINE)]
    assert sorted(acts) == [0, 1]
    assert it.stage is (Stage.AGREED if acts[0] else Stage.NOT_THIS_ROUTE)
    assert one.summary == other.summary
    told = [await two.prompts(key, kind) for kind in (Kind.AGREED, Kind.NOT_THIS_ROUTE)]
    assert sorted(told) == [0, 1]


async def test_talk_first_sent_at_two_instances_at_once_is_one_message(two: Two) -> None:
    key = await two.house.requested()
    await two.house.tap("martin", "Talk first")
    send = two.house.data("martin", "Send", message="Can we talk on Tuesday?")
    one, other = await two.both("martin", send, send)
    again = await two.there_too("martin", other_words(send, message="On Wednesday?"))
    assert one.summary == other.summary == again.summary
    assert len((await two.house.record(key)).talks) == 1
    assert await two.prompts(key, Kind.TALK_FIRST) == 1
    assert "On Wednesday?" in two.house.shown("martin")


async def _before_the_last_question(two: Two) -> str:
    key = await two.house.held()
    await two.house.tap("priya", "6 out of 10")
    await two.house.tap("priya", "Next", happened="We listened.", learning="Roles.")
    await two.house.tap("priya", "Next", difference_you="Calmer.", difference_child="Hope.")
    return key


async def _before_the_outcome_is_sent(two: Two) -> str:
    key = await two.house.held()
    await two.house.skip(weeks=9)
    two.there.at = two.house.at
    await two.house.tap("priya", "Next", outcome_child="Home is calmer.")
    await two.house.tap("priya", "Next", outcome_you="I sleep.")
    return key


class Elsewhere(MemoryStore):
    """Lets another copy act, once, between our reading of the record and of the draft."""

    first: Any = None

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        if table == DRAFTS and self.first is not None:
            first, self.first = self.first, None
            await first()
        return await super().get(table, partition, key)


async def test_a_send_that_another_copy_has_just_finished_gives_its_receipt() -> None:
    house = House(Elsewhere())
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Calmer.")
    await house.tap("priya", "Next", outcome_you="Lighter.")
    send, other = house.data("priya", "Send"), house.second()
    store: Any = house.store
    store.first = lambda: other.handle(house.a_turn("priya", send))
    reply = await house.turn("priya", send)
    assert reply.summary.startswith("Thank you.")
