"""Somebody is named once, and told and asked once though they have two places."""

import pytest

from cards.kit.who import among
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Attending, Part, Participant
from tests.dialogs.conftest import YOU, House, values

MARTIN = {"name": "Martin Cole", "mail": "Martin Cole <MARTIN@socialcare.example>"}
NIA = {"nurse": "named", "nurse_name": "Nia Okafor", "nurse_mail": "nia@health.example"}


def other(**of: str) -> dict[str, str]:
    """The inputs of one of the others."""
    return {f"other_{key}": text for key, text in of.items()}


async def test_the_requester_is_not_named_among_the_others(house: House) -> None:
    """By any writing of their address."""
    await house.fill_to("priya", "people")
    me = other(name="Priya", mail="<PRIYA@socialcare.example>")
    await house.tap("priya", "Add another person", nurse="none", **me)
    assert wording.NAMED_ALREADY[Part.REQUESTER] in house.shown("priya")
    assert values(house.people["priya"].card)["other_name"] == "Priya"


@pytest.mark.parametrize(
    ("one", "part"),
    [
        ({"name": "N. Okafor", "mail": "NIA@health.example"}, Part.NURSE),
        ({"name": "nia  okafor", "agency": "Health"}, Part.NURSE),
        ({"name": "Pat R", "mail": "pat@police.example"}, Part.OTHER),
    ],
    ids=lambda one: str(one),
)
async def test_somebody_named_twice_is_said_with_the_place_they_have(
    house: House, one: dict[str, str], part: Part
) -> None:
    """And stays in the inputs, to be put right."""
    await house.fill_to("priya", "people")
    pat = other(name="Pat Reed", mail="pat@police.example")
    await house.tap("priya", "Add another person", **NIA, **pat)
    await house.tap("priya", "Add another person", **NIA, **other(**one))
    assert wording.NAMED_ALREADY[part] in house.shown("priya")
    assert "in this list" not in house.shown("priya"), "they are in the inputs, not in the list"
    assert values(house.people["priya"].card)["other_name"] == one["name"]


async def test_two_people_of_one_name_are_two(house: House) -> None:
    """Their addresses, or their roles, tell them apart."""
    await house.fill_to("priya", "people")
    for mail in ("pat@police.example", "pat2@police.example"):
        pat = other(name="Pat Reed", agency="Police", mail=mail)
        await house.tap("priya", "Add another person", nurse="none", **pat)
    draft = await house.draft("priya")
    assert draft is not None
    assert len(draft.answers["others"]) == 2


async def test_a_manager_with_a_second_place_is_said_and_not_held_up(house: House) -> None:
    """They may well be the nurse; it is said where it is seen next."""
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **YOU)
    martin = other(name="Martin Cole", mail="martin@socialcare.example")
    await house.tap("priya", "Next", nurse="none", **martin)
    assert wording.MANAGER_TOO[Part.OTHER] in house.shown("priya")
    assert wording.WORRY_TITLE in house.shown("priya")


async def with_two_places(house: House) -> str:
    """Martin is the manager, and also among the others, and comes."""
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "people")
    await house.tap("priya", "Add another person", **NIA, **other(**MARTIN))
    await house.tap("priya", "Next", **NIA)
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    key = await house.newest()
    await house.agree()
    await house.pick_up()
    return key


async def test_somebody_with_two_places_is_invited_asked_and_counted_once(house: House) -> None:
    """From who comes to the feedback; and whichever place was ticked."""
    key = await with_two_places(house)
    await house.tap("fay", "Find a date")
    assert house.shown("fay").count("Martin Cole (") == 2, "once to lead, once to come"
    before = len(house.told("martin"))
    await house.tap("fay", "Book the date", **BOTH)
    it = await house.record(key)
    assert it.booking is not None
    assert len(it.booking.coming) == 3
    assert len(house.told("martin")) == before + 1
    await house.hold()
    it = await house.record(key)
    assert it.held is not None
    assert len(it.held.came) == 3
    assert len(house.told("martin")) == before + 3, "a reminder to get ready, and the feedback"
    await house.give_feedback("martin", 7)
    await house.skip(days=4)
    assert len(house.told("martin")) == before + 3


BOTH = {
    "day": "2027-02-03",
    "start": "14:00",
    "end": "15:30",
    "place": "Endeavour House",
    "lead": "requester",
    "coming": "requester,manager,nurse,other1",
}


async def test_places_kept_by_an_earlier_version_are_owed_once(house: House) -> None:
    """Both ids stand in what comes and came: one message, and one answer settles both."""
    key = await house.held()
    it = await house.record(key)
    assert it.held is not None
    twin = Participant(id="twin", part=Part.OTHER, name="Pat", mail="PAT@police.example")
    held = it.held.model_copy(update={"came": ("other1", "twin")})
    both = it.with_(people=(*it.people, twin), held=held, feedback=())
    owed = [one.to for one in house.timetable.owed(both) if one.kind == "feedback"]
    assert owed == ["other1"]
    answered = both.give_feedback(house.at, "twin", complete=True)
    later = [one for one in house.timetable.owed(answered) if one.kind.startswith("feedback")]
    assert later == []


async def test_a_new_manager_who_is_the_nurse_reads_where_they_were(house: House) -> None:
    """The one who names them hears which place that is."""
    key = await house.requested()
    opening = {"verb": "flow.open", "data": {"flow": "manager", "conversation": key}}
    await house.press("priya", opening, {})
    nia = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
    await house.tap("priya", "Name this manager", **nia)
    assert "as the safeguarding nurse" in house.shown("priya")


async def test_a_substitute_who_was_named_anyway_came_in_their_own_place(house: House) -> None:
    """Martin was not expected, and came."""
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Send the feedback card", **other(**MARTIN))
    it: Conversation = await house.record(key)
    assert it.held is not None
    assert "manager" in it.held.came
    assert not [one for one in it.people if one.part is Part.SUBSTITUTE]


def person(name: str, **of: str) -> Participant:
    """One of the others."""
    return Participant(
        id=name + str(len(of)) + "".join(of.values()), part=Part.OTHER, name=name, **of
    )


def test_two_of_one_name_and_agency_are_told_apart_by_role_or_address() -> None:
    """Everybody else is read by name and agency."""
    people = [
        person("Pat Reed", agency="Police", role="Sergeant"),
        person("pat reed", agency="Police", role="Constable"),
        person("Jo Lee", agency="Health", mail="jo@health.example"),
        person("Jo Lee", agency="Health", mail="jo2@health.example"),
        person("Sam Ash", agency="School"),
        person("Al", agency="School"),
        Participant(id="al2", part=Part.OTHER, name="Al", agency="School", attending=Attending.NO),
    ]
    assert [title for _, title in among(people)] == [
        "Pat Reed (Police, Sergeant)",
        "pat reed (Police, Constable)",
        "Jo Lee (Health, jo@health.example)",
        "Jo Lee (Health, jo2@health.example)",
        "Sam Ash (School)",
        "Al (School) 1",
        "Al (School) 2",
    ]
