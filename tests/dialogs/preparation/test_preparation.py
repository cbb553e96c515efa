"""Getting ready: ticks, who it is about, the manager, the agreement, and who tells the family."""

import asyncio
from typing import Any

import pytest

from cards.wording import wording
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import CardAction
from records.conversation.readiness import Point, Warned
from records.preparation.preparing import readiness_of, still_open
from records.stages import Act
from tests.dialogs.conftest import House, Who, action, elements, values


async def ready(house: House, who: str) -> None:
    """Everything asked of somebody who comes for an agency."""
    await house.tap(who, wording.WHO_YES)
    await house.tap(who, wording.MANAGER_KNOWS_YES)
    await house.tap(who, wording.AGREEMENT_READ)
    await house.tap(who, wording.ACCEPT)


def has(house: House, who: str, title: str) -> bool:
    """Whether somebody's newest card has this button."""
    return any(title == one.get("title") for one in elements(house.people[who].card))


async def test_ticks_are_saved_by_one_button_and_seen_by_nobody_else(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, points="records,role")
    assert "Your ticks are saved: 2 of 6." in house.shown("pat")
    assert values(house.people["pat"].card)["points"] == "records,role"
    assert readiness_of(await house.record(key), "nurse").ticks == ()
    await house.tap("fay", wording.FAR_OPEN)
    for point in wording.PREPARATION.values():
        assert point not in house.shown("fay")


async def test_whatever_is_tapped_the_ticks_are_kept(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.TELLING_OPEN, points="views")
    await house.tap("pat", wording.WHO_NO, points="records")
    await house.tap("pat", wording.MANAGER_KNOWS_YES, points="records,mind")
    await house.tap("pat", wording.AGREEMENT_READ, points="records,mind,role")
    await house.tap("pat", wording.PREPARE_BACK)
    assert values(house.people["pat"].card)["points"] == "records,mind,role"
    it = await house.record(key)
    assert readiness_of(it, "other1").ticks == (Point.RECORDS, Point.MIND, Point.ROLE)
    assert readiness_of(it, "requester").ticks == (Point.VIEWS,)


async def test_an_older_copy_of_the_card_undoes_nothing(house: House) -> None:
    key = await house.booked()
    old = house.data("pat", wording.WHO_YES)
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, points="records,mind")
    await house.turn("pat", old)
    assert readiness_of(await house.record(key), "other1").ticks == (Point.RECORDS, Point.MIND)
    assert "You know who this is about." in house.shown("pat")


async def test_taps_on_two_devices_at_once_are_all_kept(house: House) -> None:
    key = await house.booked()
    one = house.data("pat", wording.PREPARE_TICKS_SAVE, points="records")
    other = house.data("pat", wording.PREPARE_TICKS_SAVE, points="views")
    manager = house.data("pat", wording.MANAGER_KNOWS_YES)
    await asyncio.gather(
        house.turn("pat", one),
        house.turn("pat", other, root=house.second()),
        house.turn("pat", manager, root=house.second()),
    )
    mine = readiness_of(await house.record(key), "other1")
    assert set(mine.ticks) == {Point.RECORDS, Point.VIEWS}
    assert mine.manager_knows is not None


async def test_with_storage_away_the_ticks_wait_in_the_button(house: House) -> None:
    await house.booked()
    tap = house.data("pat", wording.PREPARE_TICKS_SAVE, points="records,mind")
    reply = not_saved(house.a_turn("pat", tap), "n")
    assert reply.card is not None
    again = action(reply.card, wording.TRY_AGAIN)
    await house.press("pat", again, {})
    assert "2 of 6" in house.shown("pat")


async def test_a_card_whose_points_are_nonsense_changes_nothing(house: House) -> None:
    key = await house.booked()
    for data in ({"had": 7, "points": "records"}, {"had": "", "points": ["x", 3]}, {"had": "?"}):
        event = CardAction("prepare.save", {"conversation": key, **data})
        await house.turn("pat", event)
    assert readiness_of(await house.record(key), "other1").ticks == ()


# Who it is about, the manager -------------------------------------------------------------------


async def test_the_card_says_who_hears_of_a_not_yet(house: House) -> None:
    """The lead worker; and where it is the lead worker who does not know, who asked for it."""
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(lead="other1")
    for who, hears, name in (("pat", "priya", "Priya Shah"), ("nia", "pat", "Pat Reed")):
        assert wording.PREPARE_SEEN.format(name=name) in house.shown(who)
        before = {one: len(house.told(one)) for one in ("priya", "pat")}
        await house.tap(who, "Not yet")
        told = [one for one, count in before.items() if len(house.told(one)) > count]
        assert told == [hears]


async def test_not_yet_nudges_the_lead_worker_once(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.WHO_NO)
    assert "Priya Shah is asked to tell you." in house.shown("pat")
    shown = house.shown("priya")
    assert "Pat Reed (Suffolk Police) does not know yet who LC-" in shown
    assert "Please tell them by your agencies' own secure route." in shown
    assert "Pat" not in house.told("priya")[-1]
    before = len(house.told("priya"))
    old = {"verb": "prepare.not-yet", "data": {"conversation": await house.newest()}}
    await house.press("pat", old, {})
    assert len(house.told("priya")) == before
    await house.tap("pat", wording.WHO_YES)
    assert "You know who this is about." in house.shown("pat")


async def test_each_is_asked_only_what_can_be_theirs(house: House) -> None:
    await house.booked()
    for who, asked in (("priya", False), ("pat", True), ("nia", True)):
        assert has(house, who, wording.WHO_YES) == asked
        assert has(house, who, wording.MANAGER_KNOWS_YES) == asked
        assert has(house, who, wording.AGREEMENT_READ)
        assert has(house, who, wording.TELLING_OPEN) == (who == "priya")


async def test_who_has_said_everything_is_ready(house: House) -> None:
    key = await house.booked()
    await ready(house, "pat")
    assert wording.PREPARE_READY in house.shown("pat")
    assert still_open(await house.record(key), "other1") == ()
    assert not has(house, "pat", wording.WHO_YES)
    assert has(house, "pat", wording.AGREEMENT_AGAIN)


# The agreement ----------------------------------------------------------------------------------


async def test_the_agreement_is_shown_word_for_word_with_who_and_when(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.AGREEMENT_READ)
    shown = house.shown("pat")
    for text in (
        *wording.AGREEMENT_ALL,
        *wording.AGREEMENT_ATTENDEES,
        *wording.AGREEMENT_FACILITATOR,
    ):
        assert f"- {text}" in shown
    assert "Participants: Priya Shah (Social Care); Nia Okafor (Health); Pat Reed" in shown
    assert "Facilitator: Fay Larsen" in shown
    assert "Date: Wednesday 3 February 2027" in shown
    assert "Seen by" in shown


async def test_talk_first_tells_the_facilitator_and_stays_open(house: House) -> None:
    key = await house.booked()
    await house.tap("nia", wording.AGREEMENT_READ)
    await house.tap("nia", wording.TALK_AGREEMENT)
    assert "Fay Larsen knows you would like to talk" in house.shown("nia")
    assert "Nia Okafor (Health) would like to talk before accepting" in house.shown("fay")
    assert "nia@health.example" in house.shown("fay")
    assert "Nia" not in house.told("fay")[-1]
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert wording.TALKS in house.shown("fay")
    await house.tap("nia", wording.AGREEMENT_READ)
    assert not has(house, "nia", wording.TALK_AGREEMENT)
    await house.tap("nia", wording.ACCEPT)
    assert wording.AGREEMENT_DONE in house.shown("nia")


async def test_the_facilitator_sees_how_far_people_are_and_accepts_their_own_part(
    house: House,
) -> None:
    key = await house.booked()
    await ready(house, "nia")
    await house.tap("pat", wording.WHO_YES)
    await house.press("fay", {"verb": "pickup.see", "data": {"conversation": key}}, {})
    assert "Ready: 1 of 3." in house.shown("fay")
    await house.tap("fay", wording.FAR_OPEN)
    shown = house.shown("fay")
    assert "Nia Okafor (Health) is ready" in shown
    assert "Pat Reed (Suffolk Police) has 2 points open: whether the manager knows" in shown
    assert "Accepted the agreement: Nia Okafor" in shown
    assert wording.FAR_OWN_PART in shown
    await house.tap("fay", wording.AGREEMENT_READ)
    assert not has(house, "fay", wording.TALK_AGREEMENT)
    await house.tap("fay", wording.ACCEPT)
    assert wording.AGREEMENT_DONE in house.shown("fay")
    assert readiness_of(await house.record(key), "facilitator").accepted == house.at
    await house.tap("fay", wording.FAR_BACK)
    assert "is booked" in house.shown("fay")


# The reminder -----------------------------------------------------------------------------------


async def test_on_the_morning_before_only_those_who_are_not_ready_are_reminded(
    house: House,
) -> None:
    await house.booked()
    await ready(house, "nia")
    house.at = house.local("2027-02-02T08:59")
    await house.sweep.run()
    assert len(house.told("pat")) == 1
    house.at = house.local("2027-02-02T09:00")
    await house.sweep.run()
    assert len(house.told("nia")) == 1
    assert len(house.told("pat")) == 2
    shown = house.shown("pat").splitlines()
    assert shown[0] == wording.TELLING_WARNS[Warned.OPEN].format(name="Priya Shah")
    assert shown[1].endswith("is on Wednesday 3 February 2027, 14:00 to 15:30.")
    assert shown[2] == (
        "Still open for you: who it is about, whether the manager knows, the agreement."
    )
    assert "Still open for you: telling the family, the agreement." in house.shown("priya")
    await house.tap("pat", wording.WHO_YES)
    assert "You know who this is about." in house.shown("pat")


async def test_after_a_new_date_ticks_and_acceptance_are_still_there(house: House) -> None:
    key = await house.booked()
    await ready(house, "pat")
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, points="records")
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    assert "is finding a date" in house.shown("pat")
    await house.tap("fay", "Find a date")
    await house.tap("fay", "Book the date", day="2027-02-10", start="14:00", end="15:30")
    assert wording.PREPARE_READY in house.shown("pat")
    assert "Wednesday 10 February 2027" in house.shown("pat")
    assert values(house.people["pat"].card)["points"] == "records"


# Calendars --------------------------------------------------------------------------------------


async def test_the_card_offers_both_calendars(house: House) -> None:
    key = await house.booked()
    card = house.people["pat"].card
    assert action(card, wording.CALENDAR_ADD)["url"].startswith("https://teams.microsoft.com/l/")
    assert f"calendar-{key}" in action(card, wording.CALENDAR_FILE)["url"]


# One key representative per agency --------------------------------------------------------------


async def to_book(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")


@pytest.mark.parametrize(
    ("coming", "said_", "unsaid"),
    [
        ("requester,nurse,other1", [], ["people come for", "Nobody comes for"]),
        (
            "requester,manager,nurse",
            ["Two people come for Social Care.", "Nobody comes for Suffolk Police yet."],
            ["for Health"],
        ),
    ],
)
async def test_booking_says_who_comes_for_which_agency_and_never_stops(
    house: House, coming: str, said_: list[str], unsaid: list[str]
) -> None:
    await to_book(house)
    shown = house.shown("fay")
    assert "Suffolk Police: Pat Reed" in shown
    assert "Health: Nia Okafor" in shown
    when: dict[str, Any] = {"day": "2027-02-03", "start": "14:00", "end": "15:30", "place": "Here"}
    await house.tap("fay", "Book the date", lead="requester", coming=coming, **when)
    shown = house.shown("fay")
    assert "is booked" in shown
    for text in said_:
        assert text in shown
    for text in unsaid:
        assert text not in shown
    assert "Ready:" not in shown, "nobody can be ready as soon as it is booked"
    key = await house.newest()
    await house.tap("nia", "Yes to both")
    await house.press("fay", {"verb": "pickup.see", "data": {"conversation": key}}, {})
    assert "Ready: 0 of 3." in house.shown("fay")


# Somebody else from the same agency -------------------------------------------------------------

UNA = {"right_name": "Una Grey", "right_role": "Sergeant", "right_mail": "una@police.example"}


async def with_una(house: House) -> None:
    house.people["una"] = Who("una", "Una Grey", "una@police.example")
    await house.arrive("una")


async def test_a_deputy_gets_the_card_and_the_one_replaced_hears_nothing_more(
    house: House,
) -> None:
    await with_una(house)
    key = await house.booked()
    await ready(house, "pat")
    await house.tap("pat", wording.RIGHT_PERSON, points="records")
    assert "They will come for Suffolk Police and get this card instead of you." in house.shown(
        "pat"
    )
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, **{**UNA, "right_mail": "pat@police.example"})
    assert wording.RIGHT_PERSON_OWN in house.shown("pat")
    assert values(house.people["pat"].card)["right_name"] == "Una Grey"
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, **UNA)
    assert "Una Grey will come to LC-" in house.shown("pat")
    assert "Fay Larsen invites you" in house.shown("una")
    for who, words in (
        ("fay", "You do not have to do anything"),
        ("priya", "Please tell them who"),
    ):
        assert "Una Grey" in house.shown(who)
        assert "Pat Reed." in house.shown(who) or "Pat Reed, " in house.shown(who)
        assert words in house.shown(who)
    it = await house.record(key)
    una = next(one for one in it.present if one.name == "Una Grey")
    assert (una.agency, una.mail) == ("Suffolk Police", "una@police.example")
    assert it.booking is not None
    assert it.booking.coming == ("requester", "nurse", una.id)
    assert len(still_open(it, una.id)) == 3
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert "Una Grey (Suffolk Police) has 3 points open" in house.shown("fay")
    assert "Pat Reed" not in house.shown("fay")
    before = len(house.told("pat"))
    await house.skip(weeks=10)
    assert len(house.told("pat")) == before
    assert wording.PREPARE_REMIND_SUMMARY.split("{")[1] not in " ".join(house.told("pat"))


async def test_a_second_click_gives_the_same_receipt(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", wording.RIGHT_PERSON)
    tap = house.data("pat", wording.RIGHT_PERSON_SAVE, **UNA)
    for _ in range(2):
        await house.turn("pat", tap)
        assert "Una Grey will come to LC-" in house.shown("pat")
    it = await house.record(key)
    assert sum(one.name == "Una Grey" for one in it.people) == 1


async def test_an_old_card_of_the_one_replaced_changes_nothing(house: House) -> None:
    key = await house.booked()
    old = house.data("pat", wording.WHO_YES)
    await house.tap("pat", wording.RIGHT_PERSON)
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, **UNA)
    before = await house.record(key)
    await house.turn("pat", old)
    assert "Una Grey has taken over from Pat Reed" in house.shown("pat")
    assert await house.record(key) == before


async def test_a_requester_who_sends_a_deputy_stays_the_one_who_asked(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.RIGHT_PERSON)
    await house.tap("priya", wording.RIGHT_PERSON_SAVE, **UNA)
    it = await house.record(key)
    assert it.requester.name == "Priya Shah"
    assert it.requester.id not in (it.booking.coming if it.booking else ())
    lead = it.person(it.lead)
    assert lead is not None
    assert (lead.name, lead.agency) == ("Una Grey", "Social Care")
    await house.say("priya", "my requests")
    assert it.reference in house.shown("priya")


async def test_one_tap_answers_both_first_questions(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", wording.BOTH_YES)
    have = readiness_of(await house.record(key), "other1")
    assert have.knows is not None
    assert have.manager_knows is not None
    assert wording.BOTH_YES not in house.shown("pat")
    acts = [one.act for one in (await house.file(key)).audit]
    assert {Act.KNOWS_WHO, Act.MANAGER_KNOWS} <= set(acts)


async def test_who_said_not_yet_is_asked_each_by_itself(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.WHO_NO)
    assert wording.BOTH_YES not in house.shown("pat")
    assert wording.WHO_YES in house.shown("pat")
