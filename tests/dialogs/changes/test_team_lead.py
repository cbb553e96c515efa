"""The team lead in a facilitator's place: what they can do, who hears, and what stays closed."""

import pytest

from cards.wording import wording
from dialogs.root.routes import TAPS
from dialogs.turn.route import Route
from records.stages import Stage
from tests.dialogs.conftest import STORY, House


@pytest.fixture
async def led(house: House) -> tuple[House, str]:
    """A booked conversation, and Kit Farrow leads the team."""
    await house.arrive("kit")
    house.lead_by("kit")
    return house, await house.booked()


async def find(house: House, key: str, who: str = "kit") -> None:
    await house.say(who, f"conversation {(await house.record(key)).reference}")


async def way(house: House, key: str, title: str) -> None:
    await find(house, key)
    await house.tap("kit", "Something has changed")
    await house.tap("kit", title)


async def test_by_its_reference_they_see_when_and_where_and_nothing_of_the_story(
    led: tuple[House, str],
) -> None:
    house, key = led
    it = await house.record(key)
    await find(house, key)
    shown = house.shown("kit")
    assert wording.LEAD_SEES.format(reference=it.reference, name="Fay Larsen") in shown
    assert wording.LEAD_SEES_NEXT in shown
    assert "Endeavour House" in shown
    await house.say("kit", it.reference.removeprefix("LC-"))
    await house.say("kit", f"Conversation {it.reference.removeprefix('LC-').lower()}.")
    assert wording.LEAD_SEES_NEXT in house.shown("kit")


async def test_they_move_it_and_everybody_hears(led: tuple[House, str]) -> None:
    house, key = led
    told = {who: len(house.told(who)) for who in ("fay", "pat", "nia", "priya")}
    await way(house, key, "Move the conversation")
    await house.tap("kit", "Save the change", day="2027-02-10")
    it = await house.record(key)
    assert it.booking is not None
    assert house.timetable.office.local(it.booking.start).date().isoformat() == "2027-02-10"
    assert {who: len(house.told(who)) - count for who, count in told.items()} == dict.fromkeys(
        told, 1
    )
    assert "Kit Farrow, who leads the team, has changed" in house.shown("fay")
    assert "has moved to Wednesday 10 February" in house.shown("pat")
    assert wording.LEAD_MOVED.format(reference=it.reference) in house.shown("kit")


async def test_the_same_as_it_was_tells_nobody(led: tuple[House, str]) -> None:
    house, key = led
    told = len(house.told("fay"))
    await way(house, key, "Move the conversation")
    await house.tap("kit", "Save the change")
    assert len(house.told("fay")) == told


async def test_they_call_it_off_and_the_facilitator_finds_a_new_date(
    led: tuple[House, str],
) -> None:
    house, key = led
    await way(house, key, "Call off the conversation")
    await house.tap("kit", "Find a new date")
    assert (await house.record(key)).stage is Stage.PICKED_UP
    assert "has called off" in house.shown("fay")
    assert "is called off" in house.shown("pat")
    assert "Find a date" not in house.shown("kit"), "that is the facilitator's"
    await house.tap("fay", "Back to the conversation")
    assert "Find a date" in house.shown("fay")


async def test_they_end_it(led: tuple[House, str]) -> None:
    house, key = led
    await way(house, key, "Call off the conversation")
    await house.tap("kit", "End it for good")
    assert (await house.record(key)).stage is Stage.ENDED
    assert "It does not take place." in house.shown("fay")


async def test_they_have_it_handed_over(led: tuple[House, str]) -> None:
    house, key = led
    await way(house, key, "Ask for another facilitator")
    await house.tap("kit", "Yes, ask the team")
    it = await house.record(key)
    assert it.facilitator == "facilitator", "theirs until somebody takes it"
    assert "needs a new facilitator" in house.shown("idris")
    assert "has asked for another facilitator" in house.shown("fay")
    assert not any("needs" in one for one in house.told("fay"))
    await house.pick_up("idris")
    it = await house.record(key)
    now = it.person(it.facilitator)
    assert now is not None
    assert now.name == "Idris Vaughan"
    assert "Idris Vaughan facilitates" in house.shown("pat")


async def test_they_leave_it_with_the_facilitator_after_all(led: tuple[House, str]) -> None:
    house, key = led
    await way(house, key, "Ask for another facilitator")
    await house.tap("kit", "Yes, ask the team")
    await house.tap("kit", "Leave it with Fay Larsen")
    assert (await house.record(key)).changes.offer is None


async def test_they_read_nothing_that_people_wrote(led: tuple[House, str]) -> None:
    house, key = led
    data = {"conversation": key, "field": "worry", "kind": "pack", "who": "requester"}
    for verb, route in TAPS.items():
        if isinstance(route, Route) and not verb.startswith(("held.", "handover.take")):
            await house.press("kit", {"verb": verb, "data": data}, {})
            shown = house.shown("kit")
            assert not any(text in shown for text in STORY.values()), verb
    await house.press("fay", {"verb": "handover.keep", "data": data}, {})


@pytest.mark.parametrize("verb", ["learning.type-up", "prepare.people", "file.get", "stop.yes"])
async def test_document_readiness_pack_and_stop_are_not_theirs(
    led: tuple[House, str], verb: str
) -> None:
    house, key = led
    before = await house.record(key)
    await house.press("kit", {"verb": verb, "data": {"conversation": key, "kind": "pack"}}, {})
    assert wording.NOT_FOR_YOU in house.shown("kit")
    assert await house.record(key) == before


@pytest.mark.parametrize("who", ["idris", "pat", "martin", "nia"])
async def test_nobody_else_can_by_the_reference(led: tuple[House, str], who: str) -> None:
    house, key = led
    await find(house, key, who)
    assert wording.NOT_FOR_YOU in house.shown(who)


async def test_a_lead_who_is_named_in_it_cannot(house: House) -> None:
    house.lead_by("pat")
    key = await house.booked()
    await find(house, key, "pat")
    assert wording.LEAD_SEES_NEXT not in house.shown("pat")
    before = await house.record(key)
    for verb in ("held.rebook", "held.end", "handover.yes"):
        await house.press("pat", {"verb": verb, "data": {"conversation": key}}, {})
    assert await house.record(key) == before


async def test_its_facilitator_has_it_as_always(led: tuple[House, str]) -> None:
    house, key = led
    await find(house, key, "fay")
    assert "is booked" in house.shown("fay")
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10")
    assert (await house.record(key)).changes.by_lead == ()


async def test_the_board_leads_there(led: tuple[House, str]) -> None:
    house, key = led
    house.listed = (*house.listed, "kit@facilitation.example")
    await house.press("kit", {"verb": "board.open", "data": {"conversation": key}}, {})
    await house.tap("kit", "Something has changed")
    assert "Move the conversation" in house.shown("kit")
    assert "Stop all messages" not in house.shown("kit")
    await house.press("idris", {"verb": "board.open", "data": {"conversation": key}}, {})
    assert "Something has changed" not in house.shown("idris")
