"""An invitation whose day is off, or another one, becomes a receipt about the day."""

import pytest

from cards.kit.story import invited
from cards.wording import wording
from records.shown_cards import ShownCards
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, texts

WAS, NEW = "Wednesday 3 February 2027", "Wednesday 10 February 2027"


@pytest.fixture
async def house() -> House:
    made = House(MemoryStore())
    await made.arrive(*made.people)
    return made


def first(house: House, who: str) -> str:
    """What the message of somebody's first invitation shows now."""
    found = [one for one in house.people[who].chat if one.card and WAS in texts(one.card)]
    assert found, texts(house.people[who].card)
    assert found[0].card is not None
    return texts(found[0].card)


def invitations(house: House, who: str) -> int:
    return sum(bool(one.card and invited(one.card)) for one in house.people[who].chat)


async def reference(house: House, key: str) -> str:
    return (await house.record(key)).reference


async def test_moved_it_says_to_which_day_and_leads_to_the_newest(house: House) -> None:
    key = await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10")
    said = wording.DAY_MOVED.format(reference=await reference(house, key), day=WAS, now=NEW)
    for who in ("pat", "nia", "priya"):
        assert first(house, who).startswith(said)
        assert "Endeavour House" not in first(house, who)
        assert invitations(house, who) == 1, "the one to the new day"
    assert wording.PREPARE_SEE in first(house, "pat")


@pytest.mark.parametrize("way", ["Find a new date", "End it for good"])
async def test_called_off_it_says_so_and_of_which_day(house: House, way: str) -> None:
    key = await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", way)
    said = wording.DAY_OFF.format(reference=await reference(house, key), day=WAS)
    for who in ("pat", "nia", "priya"):
        assert first(house, who).startswith(said)
        assert invitations(house, who) == 0
        # Whoever leads can still settle who tells the family; nobody else has anything to tap.
        leads = who == "priya" and way == "Find a new date"
        assert ("\n(" in first(house, who)) == leads


async def test_withdrawn_after_it_was_booked(house: House) -> None:
    key = await house.booked()
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})
    said = wording.DAY_WITHDRAWN.format(reference=await reference(house, key), day=WAS)
    for who in ("pat", "nia"):
        assert first(house, who).startswith(said)


async def test_who_is_no_longer_expected_reads_so(house: House) -> None:
    key = await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", coming="requester,other1")
    said = wording.DAY_NOT_YOURS.format(reference=await reference(house, key), day=WAS)
    assert first(house, "nia").startswith(said)
    assert invitations(house, "pat") == 1
    assert wording.WHO_YES in first(house, "pat"), "theirs stands as it was"


async def test_another_place_makes_the_old_one_say_so(house: House) -> None:
    key = await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", place="Landmark House")
    said = wording.DAY_CHANGED.format(reference=await reference(house, key), day=WAS)
    assert first(house, "pat").startswith(said)


async def test_moved_to_a_time_that_has_passed_it_says_that_they_have_met(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-02T15:00")
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-02", start="10:00", end="11:00")
    await house.tap("fay", "Save the change")
    await house.an_hour_strikes()
    now = "Tuesday 2 February 2027"
    said = wording.DAY_MET.format(reference=await reference(house, key), day=WAS, now=now)
    assert first(house, "pat").startswith(said)


async def test_it_holds_for_what_was_tapped_since_and_in_another_view(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", "I know who this is about")
    await house.tap("nia", "Read the agreement")
    house.at = house.local("2027-02-01T15:00")
    await house.change("Call off the conversation")
    await house.tap("fay", "End it for good")
    await house.an_hour_strikes()
    said = wording.DAY_OFF.format(reference=await reference(house, key), day=WAS)
    for who in ("pat", "nia"):
        shown = [texts(one.card) for one in house.people[who].chat if one.card]
        assert any(one.startswith(said) for one in shown), who
        assert not any("Read the agreement" in one or "I accept" in one for one in shown), who


async def test_an_invitation_stands_until_the_day_and_after_it(house: House) -> None:
    """However long before it was sent; and nothing is kept of it then."""
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-04-07")
    key = await house.newest()
    await house.skip(days=45)
    await house.an_hour_strikes()
    assert invitations(house, "pat") == 1
    await house.hold(at="2027-04-07T15:25")
    await house.an_hour_strikes()
    assert invitations(house, "pat") >= 1
    rows = await ShownCards(house.store).of(key)
    assert [one for one in rows if one.day is not None] == []
