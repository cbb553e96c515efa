"""Wherever a card says to ring somebody there is a number, or the way to find it."""

import pytest

from cards.changes import people_change
from cards.wording import wording
from tests.dialogs.conftest import BOOKING, House, texts, values

NUMBER = "01473 265359"


async def test_the_facilitator_is_asked_once_and_may_leave_it_empty(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    assert wording.BOOK_NUMBER in house.shown("fay")
    await house.tap("fay", "Book the date", **BOOKING)
    assert "is booked" in house.shown("fay")


async def test_the_number_given_there_is_remembered_and_never_asked_for_again(
    house: House,
) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(number=NUMBER)
    it = await house.record(key)
    facilitator = it.person(it.facilitator)
    assert facilitator is not None
    assert facilitator.contact == NUMBER
    person = await house.directory.find(house.people["fay"].actor.key)
    assert person is not None
    assert person.contact == NUMBER
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    await house.tap("fay", "Find a date")
    assert wording.BOOK_NUMBER not in house.shown("fay")


async def test_it_stands_where_people_are_asked_to_ring_the_facilitator(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(number=NUMBER)
    await house.tap("pat", "I cannot come")
    await house.tap("pat", "Nobody will come in my place")
    assert f"Ring Fay Larsen ({NUMBER})." in house.shown("pat")
    assert "teams.microsoft.com/l/chat" not in str(house.people["pat"].card)


async def test_where_none_is_known_the_way_to_it_is_offered(house: House) -> None:
    await house.booked()
    await house.tap("pat", "I cannot come")
    await house.tap("pat", "Nobody will come in my place")
    assert wording.NO_NUMBER.format(name="Fay Larsen") in house.shown("pat")
    link = "https://teams.microsoft.com/l/chat/0/0?users=fay%40facilitation.example"
    assert link in str(house.people["pat"].card)


@pytest.mark.parametrize(
    "said",
    [
        f"my number {NUMBER}",
        f"My number is {NUMBER}.",
        f"my phone: {NUMBER}",
        f"MY NUMBER {NUMBER}",
    ],
)
async def test_anybody_can_say_theirs_and_reads_who_sees_it(house: House, said: str) -> None:
    key = await house.booked()
    await house.say("pat", said)
    assert wording.MY_NUMBER_KEPT.format(number=NUMBER) in house.shown("pat")
    assert wording.MY_NUMBER_SEEN in house.shown("pat")
    pat = (await house.record(key)).person("other1")
    assert pat is not None
    assert pat.contact == NUMBER
    await house.say("pat", "my number")
    assert wording.MY_NUMBER_IS.format(number=NUMBER) in house.shown("pat")


async def test_a_facilitators_own_word_reaches_what_they_facilitate_already(house: House) -> None:
    key = await house.booked()
    await house.say("fay", f"my number {NUMBER}")
    it = await house.record(key)
    facilitator = it.person(it.facilitator)
    assert facilitator is not None
    assert facilitator.contact == NUMBER


async def test_it_can_be_taken_away(house: House) -> None:
    key = await house.booked()
    await house.say("pat", f"my number {NUMBER}")
    await house.say("pat", "my number none")
    assert wording.MY_NUMBER_GONE in house.shown("pat")
    pat = (await house.record(key)).person("other1")
    assert pat is not None
    assert pat.contact == ""


async def test_what_is_no_number_changes_nothing(house: House) -> None:
    key = await house.booked()
    await house.say("pat", f"my number {NUMBER}")
    await house.say("pat", "my number 12")
    assert wording.MY_NUMBER_NOT in house.shown("pat")
    pat = (await house.record(key)).person("other1")
    assert pat is not None
    assert pat.contact == NUMBER


@pytest.mark.parametrize(
    "said", ["My number one worry is that nobody listens.", "my number 1 worry: safety at home"]
)
async def test_an_answer_that_begins_so_is_an_answer(house: House, said: str) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == said


async def test_a_draft_is_left_alone_by_it(house: House) -> None:
    await house.fill_to("priya", "worry")
    before = await house.draft("priya")
    await house.say("priya", f"my number {NUMBER}")
    assert await house.draft("priya") == before


async def test_the_number_is_no_one_elses_to_see(house: House) -> None:
    key = await house.booked()
    await house.say("pat", f"my number {NUMBER}")
    for who in ("nia", "priya", "idris"):
        for words in ("my requests", "board", "my number"):
            await house.say(who, words)
            assert NUMBER not in house.shown(who)
    await house.press("idris", {"verb": "board.open", "data": {"conversation": key}}, {})
    assert NUMBER not in house.shown("idris")


# Who is the lead worker then? --------------------------------------------------------------------


async def test_booking_says_who_the_lead_worker_is(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    said = (
        "The lead worker is the one who will keep in touch with the child, person or family. It "
        "need not be a social worker."
    )
    assert said == wording.BOOK_LEAD_WHO
    assert said in house.shown("fay")


@pytest.mark.parametrize("title", ["Book the date", "Save the change"])
async def test_unticking_the_lead_worker_asks_who_it_is_then(house: House, title: str) -> None:
    if title == "Book the date":
        key = await house.requested()
        await house.agree()
        await house.pick_up()
        await house.tap("fay", "Find a date")
    else:
        key = await house.booked()
        await house.change("Move the conversation")
    wanted = {**BOOKING, "lead": "requester", "coming": "nurse,other1"}
    before = await house.record(key)
    await house.tap("fay", title, **wanted)
    shown = house.shown("fay")
    assert wording.BOOK_LEAD_AWAY.format(name="Priya Shah") in shown
    assert "Who is the lead worker then?" in shown
    assert await house.record(key) == before
    kept = values(house.people["fay"].card)
    assert kept["place"] == BOOKING["place"], "nothing else has to be filled in again"
    await house.tap("fay", title, lead="other1")
    it = await house.record(key)
    assert it.booking is not None
    assert (it.lead, set(it.booking.coming)) == ("other1", {"nurse", "other1"})


async def test_of_several_conversations_each_has_whom_to_ring(house: House) -> None:
    it = await house.record(await house.booked())
    people = tuple(
        one.model_copy(update={"contact": NUMBER}) if one.id == it.facilitator else one
        for one in it.people
    )
    other = it.model_copy(update={"id": "other", "reference": "LC-00001", "people": people})
    card = people_change.cannot_come(((it, False), (other, False)), house.timetable.office.zone)
    shown = texts(card)
    for one, name in ((it, "Fay Larsen"), (other, f"Fay Larsen ({NUMBER})")):
        said = wording.CANNOT_COME_NEXT.format(reference=one.reference, name=name)
        assert said in shown
        assert wording.OF.format(what=wording.CANNOT, which=one.reference) in shown
