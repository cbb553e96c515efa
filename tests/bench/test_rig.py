"""The bench without its peers and its clock: trips are counted over the real tables, and what would
be wrong or lost is found."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.checks import Wrong, card_in, kept, lost, same, shown
from bench.client import Answer
from bench.measures import suite
from bench.measures.turns import all_were_told
from bench.peers.given import ADAPTIVE
from bench.proxy import Proxy, address, through
from bench.registry import Figure, Measurement, every
from bench.steps import NUMBER
from bench.town import Member, Town
from cards.kit.elements import Card
from dialogs.turn.events import Event, Message
from records.drafts import TABLE, Draft, Drafts, Open
from records.store.azure import TableStore
from records.store.codec import to_values
from records.store.contract import Row
from tests.dialogs.conftest import House
from tests.faults.family import new_prefix
from tests.trips import Counting

CARD: Card = {
    "type": "AdaptiveCard",
    "body": [{"type": "Input.Text", "id": "happened", "label": "What happened?"}],
}


class Counted(House):
    """The house over the real tables, which are reached through a proxy that counts requests."""

    def __init__(self, store: TableStore, proxy: Proxy) -> None:
        self.counting, self.proxy = Counting(store), proxy
        super().__init__(self.counting)

    async def trips(self, who: str, event: Event, activity: str = "") -> int:
        """Trips until the reply is there; every one of them was one request. `activity` is the id
        under which Teams sends a typed message."""
        await self.tidy()
        self.counting.taken()
        self.proxy.trips.clear()
        with self.afterwards.after_this():
            turn = replace(self.a_turn(who, event), activity=activity)
            reply = await self.root.handle(turn)
            count = len(self.counting.taken())
            assert len(self.proxy.trips) == count
        self.show(who, event, reply)
        return count


@pytest.fixture
async def counted(azurite: str) -> AsyncIterator[Counted]:
    async with AsyncExitStack() as closing:
        proxy = Proxy(address(azurite))
        listening = await closing.enter_async_context(await proxy.serve())
        way = through(azurite, listening.sockets[0].getsockname()[1])
        store = TableStore(way, clock=lambda: datetime.now(UTC), prefix=new_prefix())
        closing.push_async_callback(store.close)
        yield Counted(store, proxy)


@pytest.fixture
async def draft(azurite: str) -> AsyncIterator[tuple[TableStore, Member]]:
    """Somebody of the bench's town whose draft is kept as they sent it."""
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=new_prefix())
    (member,) = await Town(store, "https://teams.example", "28:bot").newcomers(1)
    now = datetime.now(UTC)
    begun = Draft(
        owner=member.key,
        flow="request",
        conversation="one",
        version=1,
        step="hope_you",
        answers=dict(member.tells("worry")),
        begun=now,
        touched=now,
    )
    await Drafts(store).save(Open(begun))
    yield store, member
    await store.close()


async def test_an_answer_of_the_request_is_one_request_to_the_storage(counted: Counted) -> None:
    await counted.arrive("priya")
    await counted.fill_to("priya", "worry")
    tap = counted.data("priya", "Next", worry="Worried.")
    assert await counted.trips("priya", tap) == 1


async def test_an_answer_of_the_feedback_is_two_and_the_scale_five(counted: Counted) -> None:
    await counted.held()
    assert await counted.trips("pat", counted.data("pat", "6 out of 10")) <= 5
    assert await counted.trips("pat", counted.data("pat", "Next", happened="We listened.")) <= 2


async def test_help_itself_is_none_and_whether_its_message_was_heard_before_is_one(
    counted: Counted,
) -> None:
    await counted.arrive("priya")
    assert await counted.trips("priya", Message("help")) == 0
    assert await counted.trips("priya", Message("help"), activity="1800000000001") <= 1


def answered(card: Card, status: int = 200) -> Answer:
    body = {"statusCode": status, "type": ADAPTIVE, "value": card}
    return Answer(0.0, 200, json.dumps(body))


def test_the_card_that_is_expected_is_taken() -> None:
    assert shown(answered(CARD), "happened") == CARD
    same(answered(CARD), CARD)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(0.0, 0, "ServerDisconnectedError"),
        Answer(0.0, 401, "{}"),
        Answer(0.0, 200, "{}"),
        answered(CARD, status=500),
    ],
)
def test_what_is_no_card_is_found(answer: Answer) -> None:
    with pytest.raises(Wrong):
        card_in(answer)


def test_another_card_is_found() -> None:
    with pytest.raises(Wrong):
        shown(answered(CARD), "difference_you")
    with pytest.raises(Wrong):
        same(answered(CARD), {**CARD, "body": []})


async def test_a_message_that_did_not_come_is_found(draft: tuple[TableStore, Member]) -> None:
    _, member = draft
    all_were_told([member], [(member.place.id, 2_000)])
    for latest in ([], [(member.place.id, 80)], [("another chat", 2_000)]):
        with pytest.raises(Wrong):
            all_were_told([member], latest)


async def test_what_is_kept_is_not_lost(draft: tuple[TableStore, Member]) -> None:
    store, member = draft
    assert await lost(store, [member]) == []
    assert await kept(store, [member]) == 1


async def test_a_row_that_is_missing_or_says_something_else_is_lost(
    draft: tuple[TableStore, Member],
) -> None:
    store, member = draft
    opened = await Drafts(store).find(member.key, "request")
    assert opened is not None
    other = opened.draft.model_copy(update={"answers": {"worry": "Other words."}})
    row = Row(member.key, "request", to_values(other), opened.etag)
    await store.update(TABLE, row)
    assert await lost(store, [member]) == [f"{member.one.name}: worry"]
    await store.delete(TABLE, member.key, "request")
    assert await lost(store, [member]) == [f"{member.one.name}: worry"]


async def test_a_number_that_no_conversation_has_is_lost(draft: tuple[TableStore, Member]) -> None:
    store, member = draft
    member.sent["scale"] = NUMBER
    assert await lost(store, [member]) == [f"{member.one.name}: scale"]
    with pytest.raises(Wrong):
        await kept(store, [member])


def test_every_measurement_is_found_once_and_can_be_named() -> None:
    names = [name for one in every() for name in one.names]
    assert len(names) == len(set(names))
    assert {"turn_vs_agents", "request_trips", "start_vs_import", *suite.NAMES} <= set(names)
    one = Measurement("waits", ("request_trips",), every()[0].measure)
    asked = ["", "waits", "request_trips", "turns,waits", "turns"]
    assert [one.is_meant(only) for only in asked] == [True, True, True, True, False]


def test_the_median_counts_and_the_others_are_its_spread() -> None:
    figure = Figure("one", [3.0, 1.0, 2.0])
    assert (figure.value, figure.spread) == (2.0, (1.0, 3.0))
