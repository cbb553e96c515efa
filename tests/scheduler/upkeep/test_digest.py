"""The month in figures: once, in office hours of its first days, and only counts."""

from datetime import datetime
from typing import Any

import pytest

from records.calendar import Office
from records.people import Reference
from records.store.memory import MemoryStore
from scheduler.delivery.courier import (
    Ambiguous,
    ChatGone,
    NotAccepted,
    OutOfOrder,
    Parcel,
    Refused,
    Unreachable,
)
from scheduler.delivery.settings import Clocks
from scheduler.upkeep.errands import Digest
from tests.dialogs.conftest import CHANNEL, House, texts

OFFICE = Office()
PLACE = Reference(service_url="https://teams.example/", conversation_id=CHANNEL, tenant="t")


class Post:
    """A courier that notes what it takes, or fails as it is told to."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.failing: list[Exception] = []

    async def send(self, to: Reference, parcel: Parcel) -> str:
        if self.failing:
            raise self.failing.pop()
        assert to.conversation_id == CHANNEL
        self.sent.append(parcel)
        return "m1"

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        raise NotAccepted("not here")

    async def reopen(self, to: Reference) -> Reference:
        raise AssertionError("a channel is nobody's chat")


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=OFFICE.zone)


@pytest.fixture
def post() -> Post:
    return Post()


def digest(store: Any, post: Post, wall: str, place: Reference | None = PLACE) -> Digest:
    async def channel() -> Reference | None:
        return place

    clocks = Clocks(lambda: at(wall), lambda: at(wall), lambda: 0.0)
    return Digest(store, channel, post, OFFICE, clocks)


@pytest.mark.parametrize(
    ("wall", "goes"),
    [
        ("2027-03-01T09:00", True),  # a Monday, the first working day
        ("2027-03-01T08:59", False),
        ("2027-03-01T17:00", False),
        ("2027-05-01T10:00", False),  # a Saturday
        ("2027-05-03T10:00", False),  # a bank holiday
        ("2027-05-04T09:00", True),
        ("2027-03-07T10:00", False),  # a Sunday
        ("2027-03-08T10:00", False),  # no longer news
    ],
)
async def test_it_goes_in_office_hours_of_the_first_days(post: Post, wall: str, goes: bool) -> None:
    await digest(MemoryStore(), post, wall).look()
    assert len(post.sent) == goes


async def test_it_goes_once_whatever_number_of_copies_look(post: Post) -> None:
    store = MemoryStore()
    for _ in range(3):
        await digest(store, post, "2027-03-01T09:00").look()
    await digest(store, post, "2027-03-02T11:00").look()
    assert len(post.sent) == 1
    await digest(store, post, "2027-04-01T09:00").look()
    assert [one.summary for one in post.sent] == [
        "Learning conversations in February 2027",
        "Learning conversations in March 2027",
    ]


async def test_what_was_not_taken_is_tried_again_and_what_may_have_arrived_is_not(
    post: Post,
) -> None:
    for failure, goes in (
        (NotAccepted("429"), 1),
        (OutOfOrder("401"), 1),
        (Unreachable("403", 403), 1),
        (ChatGone("404", 404), 1),
        (Refused("413", 413), 1),
        (Ambiguous("502"), 0),
    ):
        post.sent.clear()
        store, post.failing = MemoryStore(), [failure]
        await digest(store, post, "2027-03-01T09:00").look()
        await digest(store, post, "2027-03-01T10:00").look()
        assert len(post.sent) == goes, failure


async def test_without_a_channel_nothing_is_claimed(post: Post) -> None:
    store = MemoryStore()
    await digest(store, post, "2027-03-01T09:00", None).look()
    await digest(store, post, "2027-03-01T10:00").look()
    assert len(post.sent) == 1


async def test_it_counts_conversations_and_names_nobody(post: Post) -> None:
    house = House(MemoryStore())
    key = await house.held()
    await digest(house.store, post, "2027-03-01T09:00").look()
    [parcel] = post.sent
    shown = texts(parcel.card)
    assert "Requests: 1" in shown
    assert "Conversations that took place: 1" in shown
    assert "utcome" not in shown
    it = await house.record(key)
    assert not any(word in shown for word in (it.reference, "Priya", "Police", "Social"))
