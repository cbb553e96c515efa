"""What is read aloud, switched off, or said elsewhere: lines that ask and keep nothing."""

from urllib.parse import parse_qs, urlsplit

from cards.preparation.calendar import ics, teams_link
from cards.wording import wording
from tests.dialogs.conftest import House, elements


def titles(house: House, who: str) -> list[str]:
    """The buttons of somebody's newest card."""
    return [one["title"] for one in house.people[who].card["actions"]]


async def test_the_closing_card_has_the_line_to_read_aloud_and_asks_nothing(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    before = await house.record(key)
    await house.sweep.run()
    shown = house.shown("fay")
    assert f"{wording.BEFORE_FINISH_ALOUD}\n{wording.BEFORE_FINISH}" in shown
    assert titles(house, "fay") == [wording.CLOSING, wording.NOT_AHEAD]
    card = house.people["fay"].card
    assert not [one for one in elements(card) if str(one.get("type")).startswith("Input.")]
    await house.tap("fay", "We are closing")
    assert (await house.record(key)) == before
    for who in ("priya", "pat", "nia"):
        assert all(wording.BEFORE_FINISH not in text for text in house.told(who))


async def test_every_invitation_asks_to_switch_off_what_records(house: House) -> None:
    key = await house.booked()
    for who in ("priya", "pat", "nia"):
        assert wording.NO_RECORDING in house.shown(who)
    it = await house.record(key)
    content = parse_qs(urlsplit(teams_link(it)).query)["content"][0]
    assert content == f"Endeavour House, room 2\n\n{wording.NO_RECORDING}"
    file = ics(it, house.at).replace("\r\n ", "").replace("\\,", ",")
    assert f"DESCRIPTION:{wording.NO_RECORDING}" in file


async def test_whoever_asks_reads_that_allegations_are_not_taken_here(house: House) -> None:
    await house.arrive("priya")
    await house.fill_to("priya", "worry")
    assert wording.Q_WORRY in house.shown("priya")
    assert wording.ALLEGATION in house.shown("priya")
    await house.tap("priya", "Next", worry="x")
    assert wording.ALLEGATION not in house.shown("priya")  # said once, where it may be written


async def test_so_does_whoever_writes_what_happened(house: House) -> None:
    await house.held()
    await house.tap("pat", "6 out of 10")
    assert wording.Q_HAPPENED in house.shown("pat")
    assert wording.ALLEGATION in house.shown("pat")


async def test_so_does_a_facilitator_who_is_concerned_about_practice(house: House) -> None:
    await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "A concern about practice")
    told = f"{wording.ALLEGATION_IF}\n{wording.ALLEGATION}"
    assert told in house.shown("fay")
    await house.tap("fay", "Next", worker="requester")
    assert told in house.shown("fay")
    await house.tap("fay", "Ask them to ring me")
    assert wording.ALLEGATION not in house.shown("martin")  # who is rung reads nothing of a worker


async def test_so_do_help_and_in_danger(house: House) -> None:
    await house.arrive("priya", "fay")
    for who in ("priya", "fay"):
        for word in ("help", "urgent"):
            await house.say(who, word)
            assert wording.ALLEGATION in house.shown(who)
