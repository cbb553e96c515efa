"""Every card with a text leads back to where it was opened, and keeps what is half written."""

import pytest

from cards.wording import wording
from dialogs.root.routes import FLOWS
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import BOOKING, House, elements, values

WAYS_OUT = {
    wording.BACK,
    wording.SEE_AGAIN,
    wording.PREPARE_BACK,
    wording.BACK_TO_IT,
    wording.NAME_LEAVE,
    wording.DEPUTY_LEAVE,
    wording.RING_ME,
}
ASKED_BY_MESSAGE = {"request", "amend", "feedback", "learning"}
"""Begun by their own first step, or by many cards with a list of their own."""

LATER = {"passed-on", "outcome", "review", "correct", "practice", "rectify"}
"""Flows that begin on cards of their own: of later days, or of *my data*."""


async def opened(house: House, who: str, flow: str, key: str) -> None:
    await house.turn(who, CardAction("flow.open", {"flow": flow, "conversation": key}))


@pytest.mark.parametrize(
    ("who", "flow", "half"),
    [
        ("fay", "moving", {"place": "Room 2"}),
        ("fay", "review-day", {}),
        ("fay", "took-place", {"other_name": "Kit"}),
        ("fay", "someone-else", {"new_name": "Kit"}),
        ("pat", "someone-else", {"new_name": "Kit"}),
    ],
)
async def test_back_leads_out_and_keeps_what_is_half_written(
    house: House, who: str, flow: str, half: dict[str, str]
) -> None:
    key = await house.held() if flow in ("review-day", "took-place") else await house.booked()
    await opened(house, who, flow, key)
    title = house.shown(who)
    await house.tap(who, wording.BACK, **half)
    assert house.shown(who) != title
    assert not any("Input." in str(one.get("type")) for one in elements(house.people[who].card))
    await opened(house, who, flow, key)
    kept = values(house.people[who].card)
    assert {name: kept[name] for name in half} == half


async def test_every_flow_has_a_way_out_of_its_first_card(house: House) -> None:
    key = await house.requested()
    people = {"martin": ("talk-first", "not-this-route", "deputy"), "priya": ("manager",)}
    seen = set(ASKED_BY_MESSAGE)

    async def look(who: str, flow: str) -> None:
        await opened(house, who, flow, key)
        titles = {str(one["title"]) for one in house.people[who].card.get("actions", ())}
        assert titles & WAYS_OUT, (flow, titles)
        seen.add(flow)

    for who, flows in people.items():
        for flow in flows:
            await look(who, flow)
    await house.press("martin", {"verb": "manager.see", "data": {"conversation": key}}, {})
    await house.agree()
    await house.pick_up()
    await look("fay", "booking")
    await house.tap("fay", "Book the date", **BOOKING)
    for flow in ("moving", "someone-else", "concern"):
        await look("fay", flow)
    for flow in ("will-be-told", "some-may-know", "not-safe", "wishes"):
        await look("priya", flow)
    for flow in ("right-person", "other-time", "taking-part"):
        await look("pat", flow)
    await house.hold()
    await look("fay", "review-day")
    await look("fay", "took-place")
    # Opened by messages of later days, each with its own ways out.
    assert seen >= set(FLOWS) - LATER
