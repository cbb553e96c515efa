"""Which agency: chosen from the partnership's list, or another one by its name."""

from typing import Any

import pytest

from cards.kit.agencies import ANOTHER, agencies
from cards.wording import wording
from records.directory import Directory
from tests.dialogs.conftest import YOU, House, elements, values

OWN = {"agency": ANOTHER, "own_agency": "Coast Ambulance"}


def choices(house: House) -> list[tuple[str, str]]:
    found = next(one for one in elements(house.people["priya"].card) if one.get("id") == "agency")
    return [(one["value"], one["title"]) for one in found["choices"]]


async def sent(house: House) -> str:
    await house.fill_from("priya", "people")
    await house.tap("priya", "Send")
    return await house.newest()


async def test_the_partnerships_agencies_are_offered_and_another_one_last(house: House) -> None:
    await house.fill_to("priya", "you")
    names = [(one, one) for one in agencies()]
    assert choices(house) == [*names, (ANOTHER, "Another agency")]
    assert len(agencies()) > 5


@pytest.mark.parametrize(
    ("inputs", "kept"),
    [
        ({"agency": "Suffolk Police"}, "Suffolk Police"),
        (OWN, "Coast Ambulance"),
        # Written without a choice, or as a choice is written: it is clear what is meant.
        ({"agency": "", "own_agency": " Coast Ambulance "}, "Coast Ambulance"),
        ({"agency": ANOTHER, "own_agency": "suffolk  police"}, "Suffolk Police"),
        # An older card, on which it was typed.
        ({"agency": "Coast Ambulance"}, "Coast Ambulance"),
    ],
)
async def test_what_is_kept_is_the_name(house: House, inputs: dict[str, Any], kept: str) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **(YOU | {"own_agency": ""} | inputs))
    key = await sent(house)
    it = await house.record(key)
    assert (it.request.agency, it.requester.agency, it.manager.agency) == (kept,) * 3
    assert ANOTHER not in str(await house.dump())


async def test_people_who_come_back_find_their_agency_filled_in(house: House) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **(YOU | OWN))
    await house.tap("priya", "Back")
    for _ in range(2):
        now = values(house.people["priya"].card)
        assert (now["agency"], now["own_agency"]) == (ANOTHER, "Coast Ambulance")
        await sent_and_asked_again(house)


async def sent_and_asked_again(house: House) -> None:
    await house.tap("priya", "Next")
    person = await Directory(house.store).find(house.people["priya"].actor.key)
    assert person is not None
    assert person.agency == "Coast Ambulance"
    await house.tap("priya", "Back")


async def test_another_agency_without_a_name_is_asked_for_it_and_the_rest_stays(
    house: House,
) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **(YOU | {"agency": ANOTHER, "own_agency": " "}))
    assert wording.AGENCY_MISSING in house.shown("priya")
    now = values(house.people["priya"].card)
    assert now["agency"] == ANOTHER
    assert now["team"] == YOU["team"]


async def test_a_choice_and_another_name_beside_it_are_both_kept_and_asked_about(
    house: House,
) -> None:
    await house.fill_to("priya", "you")
    both = {"agency": "Health", "own_agency": "Coast Ambulance"}
    await house.tap("priya", "Next", **(YOU | both))
    assert wording.AGENCY_TWICE in house.shown("priya")
    now = values(house.people["priya"].card)
    assert {key: now[key] for key in both} == both


async def test_nothing_chosen_asks_to_choose(house: House) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **(YOU | {"agency": "", "own_agency": ""}))
    assert wording.CHOOSE_ONE in house.shown("priya")


async def test_a_name_that_is_too_long_is_kept_whole(house: House) -> None:
    await house.fill_to("priya", "you")
    long = "Coast Ambulance " * 200
    await house.tap("priya", "Next", **(YOU | {"agency": ANOTHER, "own_agency": long}))
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["own_agency"] == long
    assert wording.AGENCY_TWICE not in house.shown("priya")
    await house.tap("priya", "Next", own_agency="")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["own_agency"] == long


async def test_a_change_of_the_request_shows_the_agency_as_it_was(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **(YOU | OWN))
    key = await sent(house)
    await house.say("priya", "my requests")
    await house.tap("priya", f"Open {(await house.record(key)).reference}")
    await house.tap("priya", "Change my answers")
    await house.tap("priya", "Change: You and your manager")
    now = values(house.people["priya"].card)
    assert (now["agency"], now["own_agency"]) == (ANOTHER, "Coast Ambulance")
    await house.tap("priya", "Next")
    assert "changed" not in house.shown("priya")
    await house.tap("priya", "Change: You and your manager")
    await house.tap("priya", "Next", agency="Health", own_agency="")
    assert "You and your manager · changed" in house.shown("priya")
