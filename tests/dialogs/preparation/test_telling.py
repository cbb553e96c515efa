"""Who tells the family: four answers, what everybody is to keep to meanwhile, and on which cards.

Long, as each sentence is held on every card that has it, for everybody who reads it.
"""

import io
from datetime import timedelta

import pytest
from docx import Document

from cards.kit.elements import Card
from cards.wording import wording
from dialogs.files.files import by_link, fetch
from dialogs.root.routes import FILES
from dialogs.turn.events import CardAction
from records.booking.moving import move
from records.conversation.readiness import Point, Told, Warned
from records.outbox.prompt import Kind, Owed
from records.people import person_key
from records.preparation.preparing import warned
from records.stages import Stage
from tests.dialogs.conftest import TENANT, House, Who, action, elements, texts, values

REASON = "It could put somebody at risk."
NAME, RING = "Priya Shah", "Priya Shah (01473 000000)"
OPEN = (
    "Please do not talk with the family about this conversation yet. Priya Shah is settling who "
    "tells them. You will hear as soon as that is done. Carry on with your other work with them "
    "as usual."
)
NOT_SAFE = (
    "Please do not tell anyone in the family about this conversation. For now it is not safe or "
    "not right. Bring what they have already said. If you have told someone, or they ask you, "
    f"ring {RING} now."
)
SOME = (
    "Some people in the family know about this, and some must not. Before you ring, write to or "
    f"visit any of them, ask {RING} what you can say. Take care with shared phones, letters and "
    "calendars."
)
DO_NOT_ASK = "Bring what they have already said, and what they say helps. Do not ask them now."
LET_KNOW = wording.PREPARATION[Point.FAMILY]
OF_BOTH = pytest.mark.parametrize("how", [Told.NOT_SAFE, Told.SOME])
BUTTONS = {Told.NOT_SAFE: wording.TELLING_NOT, Told.SOME: wording.TELLING_SOME}
BEGINS = {Told.NOT_SAFE: NOT_SAFE, Told.SOME: SOME}
WHY = {Told.NOT_SAFE: Warned.NOT_SAFE, Told.SOME: Warned.SOME}
TELLING = {Kind.TELLING_ASK, Kind.TELLING_RING, Kind.TELLING_SETTLED, Kind.DO_NOT_RAISE}
UNA = {"right_name": "Una Grey", "right_role": "Sergeant", "right_mail": "una@police.example"}


def begins(house: House, who: str) -> str:
    """The first thing that somebody's newest card says."""
    return house.shown(who).splitlines()[0]


async def see(house: House, key: str, *who: str) -> None:
    """How to prepare, drawn anew."""
    for one in who:
        await house.press(one, {"verb": "prepare.see", "data": {"conversation": key}}, {})


async def to_the_answers(house: House, key: str) -> None:
    """The lead worker's four answers."""
    await house.press("priya", {"verb": "prepare.telling", "data": {"conversation": key}}, {})


async def settled(house: House, how: Told, because: str = "", key: str = "") -> str:
    """Booked, and settled in this way."""
    key = key or await house.booked()
    house.at += timedelta(minutes=5)
    await to_the_answers(house, key)
    if how is Told.TOLD:
        await house.tap("priya", wording.TELLING_TOLD)
        return key
    await house.tap("priya", BUTTONS[how])
    await house.tap("priya", wording.TELLING_SAVE, because=because)
    return key


async def with_una(house: House) -> None:
    house.people["una"] = Who("una", "Una Grey", "una@police.example")
    await house.arrive("una")


# While it is open ---------------------------------------------------------------------------------


async def test_invitations_go_at_once_and_begin_with_what_is_not_settled(house: House) -> None:
    await house.booked()
    for who in ("pat", "nia"):
        assert len(house.told(who)) == 1
        assert begins(house, who) == OPEN
    assert begins(house, "priya") == wording.TELLING_WARNS_LEAD[Warned.OPEN]


async def test_the_sentences_are_as_the_partnership_wrote_them() -> None:
    for why, text in ((Warned.OPEN, OPEN), (Warned.SOME, SOME), (Warned.NOT_SAFE, NOT_SAFE)):
        name = NAME if why is Warned.OPEN else RING
        assert wording.TELLING_WARNS[why].format(name=name) == text


async def test_what_was_just_saved_stands_below_it(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, points="records")
    assert house.shown("pat").splitlines()[:2] == [OPEN, "Your ticks are saved: 1 of 6."]


async def test_the_reminder_begins_with_it_too(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-02T09:00")
    await house.sweep.run()
    for who in ("pat", "nia"):
        assert len(house.told(who)) == 2
        assert begins(house, who) == OPEN
    assert begins(house, "priya") == wording.TELLING_WARNS_LEAD[Warned.OPEN]


async def test_the_lead_worker_is_asked_at_the_booking_and_first(house: House) -> None:
    await house.booked()
    shown = house.shown("priya")
    assert shown.index(wording.TELLING_OPEN) < shown.index(wording.AGREEMENT_READ)
    assert action(house.people["priya"].card, wording.TELLING_OPEN)["style"] == "positive"


async def test_a_family_that_was_told_takes_the_lead_worker_two_taps(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", wording.TELLING_TOLD)
    it = await house.record(key)
    assert it.telling is not None
    assert it.telling.how is Told.TOLD
    assert "Telling the family: they have been told" in house.shown("priya")


async def owed_now(house: House, key: str) -> tuple[Owed, ...]:
    """All that it owes as it stands."""
    return house.timetable.owed(await house.record(key))


async def far_ahead(house: House) -> str:
    """Booked on Friday 5 February, for Wednesday the 17th."""
    await house.requested()
    house.at = house.local("2027-02-05T10:00")
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-02-17")
    return await house.newest()


def told_of(house: House, who: str) -> list[str]:
    """The notifications about telling the family that somebody got."""
    return [one for one in house.told(who) if "family" in one]


async def test_the_lead_worker_is_asked_again_the_next_working_morning_then_the_facilitator(
    house: House,
) -> None:
    key = await far_ahead(house)
    steps = (
        ("2027-02-08T08:59", 0, 0),
        ("2027-02-08T09:00", 1, 0),
        ("2027-02-09T08:59", 1, 0),
        ("2027-02-09T09:00", 1, 1),
        ("2027-02-15T16:00", 1, 1),
    )
    for wall, lead, facilitator in steps:
        house.at = house.local(wall)
        await house.sweep.run()
        assert len(told_of(house, "priya")) == lead, wall
        assert len(told_of(house, "fay")) == facilitator, wall
        if wall == "2027-02-08T09:00":
            shown = house.shown("priya")
            assert "It is not settled yet who tells the family about LC-" in begins(house, "priya")
            assert wording.TELLING_WARNS_LEAD[Warned.OPEN] in shown
            for title in (
                wording.TELLING_TOLD, wording.TELLING_WILL, wording.TELLING_SOME,
                wording.TELLING_NOT,
            ):  # fmt: skip
                assert f"({title})" in shown
        if wall == "2027-02-09T09:00":
            assert f"Please ring the lead worker, {RING}, today" in house.shown("fay")
            await house.tap("fay", wording.FAR_OPEN)
            assert "Telling the family: Not settled yet." in house.shown("fay")
    for who in ("pat", "nia"):
        assert told_of(house, who) == []
    await see(house, key, "pat")
    assert begins(house, "pat") == OPEN


async def test_asked_again_told_is_one_tap(house: House) -> None:
    key = await far_ahead(house)
    house.at = house.local("2027-02-08T09:00")
    await house.sweep.run()
    await house.tap("priya", wording.TELLING_TOLD)
    assert warned(await house.record(key)) is None
    house.at = house.local("2027-02-09T10:00")
    await house.sweep.run()
    assert told_of(house, "fay") == []


@pytest.mark.parametrize("how", [Told.TOLD, Told.SOME, Told.NOT_SAFE])
async def test_both_end_when_it_is_settled(house: House, how: Told) -> None:
    key = await far_ahead(house)
    await settled(house, how, key=key)
    await house.skip(days=6)
    assert told_of(house, "priya") == []
    assert told_of(house, "fay") == []


async def test_a_reminder_that_comes_that_morning_asks_it(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-02T09:00")
    await house.sweep.run()
    assert len(house.told("priya")) == 4, "agreed, picked up, invited, reminded"
    assert wording.PREPARE_REMIND_SUMMARY.split("{when}")[1] in house.told("priya")[-1]
    assert f"({wording.TELLING_OPEN})" in house.shown("priya")
    house.at = house.local("2027-02-03T09:00")
    await house.sweep.run()
    assert f"Please ring the lead worker, {RING}, today" in house.shown("fay")


async def test_both_go_on_after_the_day_and_end_when_it_is_settled(house: House) -> None:
    """Booked on Friday for Monday: they have met before the facilitator is asked to ring."""
    await house.requested()
    house.at = house.local("2027-02-05T10:00")
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-02-08")
    await house.hold(at="2027-02-08T15:25")
    key = await house.newest()
    assert (await house.record(key)).stage is Stage.HELD
    assert len(told_of(house, "priya")) == 1
    assert told_of(house, "fay") == []
    house.at = house.local("2027-02-09T08:59")
    await house.sweep.run()
    assert told_of(house, "fay") == []
    house.at = house.local("2027-02-09T09:00")
    await house.sweep.run()
    assert len(told_of(house, "fay")) == 1
    assert f"Please ring the lead worker, {RING}, today" in house.shown("fay")
    assert f"({wording.FAR_OPEN})" not in house.shown("fay")
    assert {one.kind for one in await owed_now(house, key)} >= {Kind.TELLING_RING}
    await settled(house, Told.TOLD, key=key)
    assert {Kind.TELLING_ASK, Kind.TELLING_RING}.isdisjoint(
        one.kind for one in await owed_now(house, key)
    )


async def test_what_an_earlier_version_booked_is_asked_from_its_next_date_on(house: House) -> None:
    key = await far_ahead(house)
    old = (await house.record(key)).with_(telling_asked=None)
    assert TELLING.isdisjoint(one.kind for one in house.timetable.owed(old))
    assert old.booking is not None
    moved = move(old, house.at, old.booking.model_copy(update={"place": "Room 3"}))
    kinds = {one.kind for one in house.timetable.owed(moved)}
    assert kinds > {Kind.TELLING_ASK, Kind.TELLING_RING}


async def test_what_an_earlier_version_settled_is_told_to_nobody_anew(house: House) -> None:
    """Nobody had been promised to hear of it; who was warned then was told then."""
    key = await settled(house, Told.TOLD)
    it = await house.record(key)
    assert it.telling is not None
    old = it.with_(telling=it.telling.model_copy(update={"since": None}))
    assert TELLING.isdisjoint(one.kind for one in house.timetable.owed(old))
    was = it.telling.model_copy(update={"since": None, "how": Told.NOT_SAFE})
    warns = it.with_(telling=was)
    owed = [one for one in house.timetable.owed(warns) if one.kind is Kind.DO_NOT_RAISE]
    assert {(one.to, one.cycle) for one in owed} == {("nurse", "1"), ("other1", "1")}
    held = warns.with_(stage=Stage.HELD)
    assert TELLING.isdisjoint(one.kind for one in house.timetable.owed(held))


async def test_a_lead_worker_who_comes_later_has_a_morning_of_their_own(house: House) -> None:
    await with_una(house)
    key = await far_ahead(house)
    house.at = house.local("2027-02-08T08:00")
    await house.press("priya", {"verb": "prepare.right-person", "data": {"conversation": key}}, {})
    await house.tap("priya", wording.RIGHT_PERSON_SAVE, **UNA)
    house.at = house.local("2027-02-08T10:00")
    await house.sweep.run()
    assert told_of(house, "una") == told_of(house, "fay") == []
    house.at = house.local("2027-02-09T09:00")
    await house.sweep.run()
    assert len(told_of(house, "una")) == 1
    assert told_of(house, "fay") == []


async def test_what_waits_for_the_lead_worker_says_so(house: House) -> None:
    await far_ahead(house)
    house.at = house.local("2027-02-08T09:00")
    await house.say("priya", "my requests")
    assert wording.WAITS_TELLING in house.shown("priya")
    reference = (await house.record(await house.newest())).reference
    await house.tap("priya", f"{reference}: {wording.WAITS_TELLING_OPEN}")
    assert wording.TELLING_ASK in house.shown("priya")
    await house.tap("priya", wording.TELLING_TOLD)
    await house.say("priya", "my requests")
    assert wording.WAITS_TELLING not in house.shown("priya")


# You will hear as soon as that is done ------------------------------------------------------------


async def test_who_read_that_they_will_hear_hears_it_when_it_is_done(house: House) -> None:
    await settled(house, Told.TOLD)
    for who in ("pat", "nia"):
        assert len(house.told(who)) == 2
        assert begins(house, who).startswith("It is settled who tells the family about LC-")
        assert f"{NAME}, the lead worker, sees to it: please leave it to them." in house.shown(who)
        assert "they have been told" not in house.shown(who)
        await house.tap(who, wording.PREPARE_SEE)
        assert OPEN not in house.shown(who)
        assert begins(house, who).startswith("Fay Larsen invites you")
        assert wording.TELLING_OTHERS_DONE.format(name=NAME) in house.shown(who)
    assert told_of(house, "fay") == told_of(house, "martin") == []


async def test_they_hear_it_once_however_often_it_is_settled_so(house: House) -> None:
    key = await house.booked()
    house.at += timedelta(minutes=5)
    await to_the_answers(house, key)
    await house.tap("priya", wording.TELLING_WILL)
    await house.tap("priya", wording.TELLING_SAVE, teller="nurse", on="2027-02-02")
    before = len(house.told("pat"))
    await settled(house, Told.TOLD, key=key)
    assert len(house.told("pat")) == before == 2


async def test_who_is_invited_after_it_was_settled_hears_nothing_of_it(house: House) -> None:
    await with_una(house)
    await settled(house, Told.TOLD)
    house.at += timedelta(minutes=5)
    await house.tap("pat", wording.PREPARE_SEE)
    await house.tap("pat", wording.RIGHT_PERSON)
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, **UNA)
    assert len(house.told("una")) == 1


# Some may know, not safe --------------------------------------------------------------------------


@OF_BOTH
async def test_no_reason_is_needed(house: House, how: Told) -> None:
    key = await settled(house, how)
    it = await house.record(key)
    assert it.telling is not None
    assert it.telling.how is how
    assert wording.EMPTY not in house.shown("priya")


@OF_BOTH
async def test_everyone_who_comes_is_told_at_once_and_never_why(house: House, how: Told) -> None:
    await settled(house, how, REASON)
    for who in ("pat", "nia"):
        assert len(house.told(who)) == 2
        assert house.told(who)[-1].endswith("please read this before you speak with the family")
        assert begins(house, who) == BEGINS[how]
        assert f"{NAME}, the lead worker, has settled this for LC-" in house.shown(who)
        assert REASON not in house.shown(who)
        await house.tap(who, wording.PREPARE_SEE)
        assert begins(house, who) == BEGINS[how]
        assert REASON not in house.shown(who)
    assert wording.TELLING_WARNS_LEAD[WHY[how]] == begins(house, "priya")


@OF_BOTH
async def test_a_typed_message_is_a_reason_and_settles_nothing(house: House, how: Told) -> None:
    key = await house.booked()
    await to_the_answers(house, key)
    await house.tap("priya", BUTTONS[how])
    await house.say("priya", REASON)
    assert values(house.people["priya"].card).get("because", REASON) == REASON
    assert (await house.record(key)).telling is None
    assert len(house.told("pat")) == 1
    await house.tap("priya", wording.TELLING_SAVE)
    assert begins(house, "pat") == BEGINS[how]
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert REASON in house.shown("fay")


@OF_BOTH
async def test_saying_it_again_tells_nobody_anew(house: House, how: Told) -> None:
    key = await settled(house, how, REASON)
    await settled(house, how, "Another reason.", key=key)
    assert len(house.told("pat")) == 2


async def test_each_change_of_what_they_read_is_told_at_once(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE)
    ways = (Told.SOME, Told.TOLD, Told.NOT_SAFE, Told.TOLD, Told.SOME)
    for number, how in enumerate(ways, start=3):
        await settled(house, how, key=key)
        assert len(house.told("pat")) == number
        if how is not Told.TOLD:
            assert begins(house, "pat") == BEGINS[how]
        else:
            assert "It is settled who tells the family" in begins(house, "pat")


@OF_BOTH
async def test_the_reason_is_for_the_lead_worker_and_the_facilitator_alone(
    house: House, how: Told
) -> None:
    key = await settled(house, how, REASON)
    await house.tap("priya", wording.TELLING_CHANGE)
    assert REASON in house.shown("priya")
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert REASON in house.shown("fay")
    assert f"Telling the family: {wording.TELLING_HOW[how]}" in house.shown("fay")
    assert REASON not in (await house.record(key)).model_dump_json()
    for who in ("pat", "nia", "martin", "idris"):
        for verb in ("see", "people", "telling", "because", "agreement"):
            await house.press(who, {"verb": f"prepare.{verb}", "data": {"conversation": key}}, {})
            assert REASON not in house.shown(who)


async def test_the_reason_of_one_is_not_read_as_that_of_the_other(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE, REASON)
    await settled(house, Told.SOME, key=key)
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert REASON not in house.shown("fay")
    await to_the_answers(house, key)
    assert REASON not in house.shown("priya")
    await house.tap("priya", wording.TELLING_NOT)
    assert values(house.people["priya"].card)["because"] == REASON


async def test_a_reason_can_be_taken_back(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE, REASON)
    await settled(house, Told.NOT_SAFE, "", key=key)
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    assert REASON not in house.shown("fay")


async def test_a_long_reason_is_shown_whole_in_parts(house: House) -> None:
    long = "w" * 3_000 + "the end"
    await settled(house, Told.SOME, long)
    await house.tap("fay", wording.FAR_OPEN)
    assert "the end" not in house.shown("fay")
    await house.tap("fay", wording.SHOW_ALL)
    assert long in house.shown("fay")
    assert wording.TELLING_SOME_BECAUSE in house.shown("fay")
    await house.tap("fay", wording.FAR_OPEN)
    assert "who is ready" in house.shown("fay")


async def test_a_double_click_settles_it_once_and_it_can_be_changed(house: House) -> None:
    key = await house.booked()
    await to_the_answers(house, key)
    await house.tap("priya", wording.TELLING_NOT)
    tap = house.data("priya", wording.TELLING_SAVE, because=REASON)
    for _ in range(2):
        await house.turn("priya", tap)
        assert "not safe or not right to tell" in house.shown("priya")
    lines = [one.act for one in (await house.file(key)).audit]
    assert lines.count("telling-the-family") == 1
    await settled(house, Told.NOT_SAFE, "Another reason.", key=key)
    await house.tap("fay", wording.FAR_OPEN)
    assert "Another reason." in house.shown("fay")


async def test_words_written_while_it_took_place_are_kept(house: House) -> None:
    key = await house.booked()
    await to_the_answers(house, key)
    await house.tap("priya", wording.TELLING_NOT)
    save = house.data("priya", wording.TELLING_SAVE, because=REASON)
    house.at = house.local("2027-02-03T15:25")
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Send the feedback card")
    await house.turn("priya", save)
    it = await house.record(key)
    assert it.stage is Stage.HELD
    assert warned(it) is Warned.NOT_SAFE
    await to_the_answers(house, key)
    assert REASON in house.shown("priya")


async def test_only_the_lead_worker_settles_it(house: House) -> None:
    key = await house.held()
    for who in ("pat", "nia", "fay", "martin", "idris"):
        for verb, more in (
            ("prepare.told", {}),
            ("flow.open", {"flow": "some-may-know"}),
            ("flow.next", {"flow": "not-safe", "step": "because", "because": "x"}),
        ):
            await house.turn(who, CardAction(verb, {"conversation": key, **more}))
    assert (await house.record(key)).telling is None


async def test_somebody_invited_later_reads_it_on_their_card_alone(house: House) -> None:
    await with_una(house)
    await settled(house, Told.SOME)
    house.at += timedelta(minutes=5)
    await house.tap("pat", wording.PREPARE_SEE)
    await house.tap("pat", wording.RIGHT_PERSON)
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, **UNA)
    assert len(house.told("una")) == 1
    assert begins(house, "una") == SOME


# The points: letting the family know, and their views ---------------------------------------------


@pytest.mark.parametrize("how", [None, Told.TOLD, Told.SOME, Told.NOT_SAFE])
async def test_letting_them_know_is_on_the_lead_workers_list_only(
    house: House, how: Told | None
) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, key=key)
    await see(house, key, "priya", "pat", "nia")
    for who in ("pat", "nia"):
        assert LET_KNOW not in house.shown(who)
    assert (LET_KNOW in house.shown("priya")) == (how in (None, Told.TOLD))


@pytest.mark.parametrize("how", [None, Told.SOME, Told.NOT_SAFE])
async def test_until_they_are_told_nobody_is_to_ask_them(house: House, how: Told | None) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, key=key)
    await see(house, key, "priya", "pat", "nia")
    for who in ("priya", "pat", "nia"):
        assert DO_NOT_ASK in house.shown(who)
        assert wording.PREPARATION[Point.VIEWS] not in house.shown(who)


async def test_once_told_the_lead_worker_asks_for_everybody(house: House) -> None:
    key = await settled(house, Told.TOLD)
    await see(house, key, "priya", "pat", "nia")
    assert wording.PREPARATION[Point.VIEWS] in house.shown("priya")
    assert wording.TELLING_YOU_ASK in house.shown("priya")
    for who in ("pat", "nia"):
        assert f"{NAME} asks the family for their views, for everybody." in house.shown(who)
        assert wording.PREPARATION[Point.VIEWS] not in house.shown(who)


async def test_who_was_to_tell_them_asks_once_the_day_has_passed(house: House) -> None:
    key = await house.booked()
    await to_the_answers(house, key)
    await house.tap("priya", wording.TELLING_WILL)
    await house.tap("priya", wording.TELLING_SAVE, on="2027-01-31")
    assert wording.REVIEW_DATE_PAST in house.shown("priya")
    await house.tap("priya", wording.TELLING_SAVE, teller="nurse", on="2027-02-02")
    told = "they will be told by Nia Okafor on Tuesday 2 February 2027"
    assert told in house.shown("priya")
    await house.tap("fay", wording.FAR_OPEN)
    assert told in house.shown("fay")
    house.at = house.local("2027-02-02T23:59")
    await see(house, key, "priya", "pat", "nia")
    for who in ("priya", "pat", "nia"):
        assert DO_NOT_ASK in house.shown(who)
        assert OPEN not in house.shown(who)
    assert "Tuesday 2 February" not in house.shown("pat")
    house.at = house.local("2027-02-03T00:00")
    await see(house, key, "priya", "pat", "nia")
    assert wording.PREPARATION[Point.VIEWS] in house.shown("nia")
    assert wording.TELLING_YOU_ASK in house.shown("nia")
    for who in ("priya", "pat"):
        assert "Nia Okafor asks the family for their views" in house.shown(who)
    await settled(house, Told.TOLD, key=key)
    await see(house, key, "nia", "priya")
    assert wording.TELLING_YOU_ASK in house.shown("nia")
    assert "Nia Okafor asks the family for their views" in house.shown("priya")


async def test_who_tells_them_and_does_not_come_leaves_it_to_the_lead_worker(house: House) -> None:
    key = await house.booked()
    await to_the_answers(house, key)
    await house.tap("priya", wording.TELLING_WILL)
    await house.tap("priya", wording.TELLING_SAVE, teller="manager", on="2027-02-02")
    await settled(house, Told.TOLD, key=key)
    await see(house, key, "pat")
    assert f"{NAME} asks the family for their views" in house.shown("pat")


async def test_ticks_of_points_that_are_not_shown_are_left_alone(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.PREPARE_TICKS_SAVE, points="family,role")
    assert "Your ticks are saved: 2 of 8." in house.shown("priya")
    await settled(house, Told.NOT_SAFE, key=key)
    await house.tap("priya", wording.PREPARE_TICKS_SAVE, points="role,views")
    assert "Your ticks are saved: 2 of 6." in house.shown("priya")
    await settled(house, Told.TOLD, key=key)
    assert values(house.people["priya"].card)["points"] == "family,role,views"


# Later cards --------------------------------------------------------------------------------------

STATES = [None, Told.SOME, Told.NOT_SAFE, Told.TOLD]
OF_EACH = pytest.mark.parametrize("how", STATES)


def reads(card: Card, how: Told | None, *, lead: bool) -> None:
    """The line for this reader stands on a card; none at all once it is settled."""
    shown = texts(card)
    why = Warned.OPEN if how is None else WHY.get(how)
    tables = (wording.TELLING_WARNS, wording.TELLING_WARNS_SHORT, wording.TELLING_WARNS_LEAD)
    if why is None:
        for table in tables:
            assert not [one for one in table.values() if one.split(".")[0] in shown]
        return
    name = NAME if why is Warned.OPEN else RING
    wanted = tables[2 if lead else 1][why].format(name=name)
    assert wanted in shown
    title = wording.TELLING_OPEN if how is None else wording.TELLING_CHANGE
    verbs = [one for one in elements(card) if one.get("verb") == "prepare.telling"]
    assert bool(verbs) == lead
    assert (f"({title})" in shown) == lead


@OF_EACH
async def test_it_stands_on_every_later_card(house: House, how: Told | None) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, REASON if how is not Told.TOLD else "", key=key)
    await house.hold()
    await see(house, key, "priya", "pat")
    verbs = "prepare.telling" in str(house.people["priya"].card)
    assert verbs, "where things are leads the lead worker there, whatever is settled"
    if how is not Told.TOLD:
        assert begins_with(house, "pat", how)
    await house.press("fay", {"verb": "learning.share", "data": {"conversation": key}}, {})
    reads(house.people["fay"].card, how, lead=False)
    await house.tap("fay", "Share the document")
    reads(house.people["fay"].card, how, lead=False)
    reads(house.people["priya"].card, how, lead=True)
    await house.tap("priya", wording.PASSED_ON)
    reads(house.people["priya"].card, how, lead=True)
    offered = wording.PASSED_ON_FAMILY in house.shown("priya")
    assert offered == (how is Told.TOLD)
    assert ("amily" in str(values(house.people["priya"].card))) is False
    done = await house.tap("priya", "Confirm who has it", shared_with="nurse")
    reads(done.card or {}, how, lead=True)
    await see_shared(house, key, how)
    door = house.people["nia"].card
    reads(door, how, lead=False)
    await house.press("nia", {"verb": "learning.record", "data": {"conversation": key}}, {})
    reads(house.people["nia"].card, how, lead=False)
    await house.tap("nia", wording.RECORDED)
    reads(house.people["nia"].card, how, lead=False)
    await house.skip(weeks=8, days=1)
    reads(house.people["priya"].card, how, lead=True)
    await house.tap("priya", "Next", outcome_child="Better.")
    reads(house.people["priya"].card, how, lead=True)
    await house.tap("priya", "Next", outcome_you="Well.")
    await house.tap("priya", "Send")
    reads(house.people["priya"].card, how, lead=True)
    await see(house, key, "pat")
    if how is not Told.TOLD:
        assert begins_with(house, "pat", how)


def begins_with(house: House, who: str, how: Told | None) -> bool:
    """Where things are: the reference, and then the sentence."""
    wanted = OPEN if how is None else BEGINS[how]
    return wanted in house.shown(who).splitlines()


async def see_shared(house: House, key: str, how: Told | None) -> None:
    """The receipts of the lead worker and the facilitator, once it is passed on."""
    reads(house.people["priya"].chat[-1].card or {}, how, lead=True)
    await house.press("fay", {"verb": "learning.share", "data": {"conversation": key}}, {})
    reads(house.people["fay"].card, how, lead=False)


@OF_EACH
async def test_it_stands_on_the_review(house: House, how: Told | None) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, key=key)
    await house.hold()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Set the review date")
    await house.tap("fay", "Set the review date", review_on="2027-03-03")
    await house.skip(weeks=5)
    for who, lead in (("priya", True), ("fay", False)):
        await house.press(
            who, {"verb": "flow.open", "data": {"flow": "review", "conversation": key}}, {}
        )
        reads(house.people[who].card, how, lead=lead)
        await house.tap(who, "Send", movement="moved")
        reads(house.people[who].card, how, lead=lead)


@OF_EACH
async def test_it_stands_on_page_one_of_both_word_files(house: House, how: Told | None) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, REASON if how is not Told.TOLD else "", key=key)
    visit = await by_link(house.services(), person_key(TENANT, "object-fay"))
    for kind in ("pack", "learning"):
        made = await fetch(visit, FILES, kind, key)
        paragraphs = [one.text for one in Document(io.BytesIO(made.body)).paragraphs if one.text]
        why = Warned.OPEN if how is None else WHY.get(how)
        if why is None:
            paper = wording.PAPER_KEEP.format(name=NAME)
            named = [one for one in paragraphs if "family" in one and NAME in one]
            assert named == ([paper] if kind == "pack" else [])
            continue
        assert wording.TELLING_WARNS_PAGE[why].format(name=NAME) in paragraphs[:2]
        assert REASON not in "\n".join(paragraphs)


async def test_a_card_that_is_closed_keeps_the_warning_and_nothing_else(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE, REASON)
    await house.hold()
    await house.press("fay", {"verb": "learning.share-yes", "data": {"conversation": key}}, {})
    await house.tap("priya", wording.PASSED_ON)
    house.cards.clear()
    await house.skip(days=31)
    await house.an_hour_strikes()
    closed = [one for one in house.cards if wording.CLOSED in texts(one)]
    assert closed
    for card in closed:
        lead = wording.TELLING_WARNS_LEAD[Warned.NOT_SAFE] in texts(card)
        reads(card, Told.NOT_SAFE, lead=lead)
        assert REASON not in texts(card)


# It can be changed until the end ------------------------------------------------------------------


async def test_it_can_be_changed_from_a_later_card_and_the_next_one_says_so(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE)
    await house.hold()
    await house.press("fay", {"verb": "learning.share-yes", "data": {"conversation": key}}, {})
    await house.tap("priya", wording.TELLING_CHANGE)
    await house.tap("priya", wording.TELLING_TOLD)
    assert "Telling the family: they have been told" in house.shown("priya")
    await house.press("fay", {"verb": "learning.share", "data": {"conversation": key}}, {})
    reads(house.people["fay"].card, Told.TOLD, lead=False)


async def test_what_is_half_written_on_the_card_is_kept_on_the_way(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE)
    await house.hold()
    await house.skip(weeks=8, days=1)
    await house.open_door("priya", wording.NEXT)
    await house.tap("priya", wording.TELLING_CHANGE, outcome_child="She laughs again.")
    assert wording.TELLING_ASK in house.shown("priya")
    draft = await house.draft("priya", "outcome", key)
    assert draft is not None
    assert draft.answers["outcome_child"] == "She laughs again."


@OF_BOTH
@pytest.mark.parametrize("complete", [False, True])
async def test_whoever_came_is_told_at_once_also_at_the_end(
    house: House, how: Told, complete: bool
) -> None:
    await house.arrive("kit")
    key = await settled(house, Told.TOLD)
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    more = {"other_name": "Kit Farrow", "other_mail": "kit@facilitation.example"}
    await house.tap("fay", "Send the feedback card", **more)
    if complete:
        await house.skip(weeks=9)
        await house.tap("priya", "Next", outcome_child="Better.")
        await house.tap("priya", "Next", outcome_you="Well.")
        await house.tap("priya", "Send")
    assert (await house.record(key)).stage is (Stage.COMPLETE if complete else Stage.HELD)
    before = {who: len(house.told(who)) for who in ("pat", "nia", "kit", "fay", "martin")}
    await settled(house, how, REASON, key=key)
    for who in ("pat", "nia", "kit"):
        assert len(house.told(who)) == before[who] + 1, who
        assert begins(house, who) == BEGINS[how]
        assert f"({wording.PREPARE_SEE})" not in house.shown(who)
        assert REASON not in house.shown(who)
    for who in ("fay", "martin"):
        assert len(house.told(who)) == before[who]


async def test_the_reason_closes_with_the_end_and_the_warning_does_not(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE, REASON)
    await house.hold()
    await to_the_answers(house, key)
    assert REASON in house.shown("priya")
    await house.skip(weeks=9)
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "outcome", "conversation": key}}, {}
    )
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Well.")
    await house.tap("priya", "Send")
    await to_the_answers(house, key)
    assert "Settled: not safe or not right to tell." in house.shown("priya")
    assert REASON not in house.shown("priya")
    await house.tap("priya", wording.TELLING_NOT)
    assert "because" not in values(house.people["priya"].card)
    await house.press("priya", {"verb": "prepare.because", "data": {"conversation": key}}, {})
    assert REASON not in house.shown("priya")
    assert wording.TELLING_WARNS_LEAD[Warned.NOT_SAFE] in house.shown("priya")


# Withdrawn or ended: nobody can be told of a change, so it stays as it was ------------------------


async def over(house: House, how: Told | None, *, withdrawn: bool) -> str:
    """Booked and settled in this way, or not at all, and then withdrawn, or ended for good."""
    key = await house.booked() if how is None else await settled(house, how)
    if withdrawn:
        data = {"conversation": key}
        await house.press("priya", {"verb": "request.withdraw-yes", "data": data}, {})
    else:
        await house.change("Call off the conversation")
        await house.tap("fay", wording.END_IT)
    return key


@pytest.mark.parametrize("withdrawn", [True, False])
@pytest.mark.parametrize("how", [None, Told.TOLD, Told.NOT_SAFE, Told.SOME])
async def test_the_warning_outlives_a_conversation_that_is_withdrawn_or_ended(
    house: House, how: Told | None, withdrawn: bool
) -> None:
    key = await over(house, how, withdrawn=withdrawn)
    asks = {
        None: wording.TELLING_OVER_OTHERS,
        Told.NOT_SAFE: wording.TELLING_WARNS_SHORT[Warned.NOT_SAFE],
        Told.SOME: wording.TELLING_WARNS_SHORT[Warned.SOME],
    }
    for who in ("pat", "nia"):
        shown = house.shown(who)
        assert wording.TELLING_OVER not in shown
        assert "is settling" not in shown, "nobody settles it any more"
        if how in asks:
            assert asks[how].format(name=RING) in shown
            await see(house, key, who)
            assert asks[how].format(name=RING) in house.shown(who)
        else:
            assert "family" not in shown


@pytest.mark.parametrize("withdrawn", [True, False])
@pytest.mark.parametrize("how", [None, Told.NOT_SAFE, Told.SOME])
async def test_the_lead_worker_reads_that_it_cannot_be_changed_any_more_and_what_to_do(
    house: House, how: Told | None, withdrawn: bool
) -> None:
    key = await over(house, how, withdrawn=withdrawn)
    said = wording.TELLING_WARNS_LEAD[WHY[how]] if how else wording.TELLING_OVER_LEAD
    for verb in ("request.see", "prepare.see", "prepare.telling"):
        await house.press("priya", {"verb": verb, "data": {"conversation": key}}, {})
        shown = house.shown("priya")
        assert f"{said} {wording.TELLING_OVER}" in shown, verb
        for title in (wording.TELLING_OPEN, wording.TELLING_CHANGE, wording.TELLING_TOLD):
            assert f"({title})" not in shown, verb


async def test_the_warning_outlives_one_that_ends_by_itself(house: House) -> None:
    await house.booked()
    await house.quiet(205)
    await house.quiet(35)
    assert "has ended" in house.told("priya")[-1]
    assert f"{wording.TELLING_OVER_LEAD} {wording.TELLING_OVER}" in house.shown("priya")
    assert wording.TELLING_OVER_OTHERS.format(name=RING) in house.shown("fay")


async def test_who_was_never_invited_hears_nothing_of_the_family_at_the_end(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})
    assert "family" not in house.shown("fay") + house.shown("martin")


async def test_the_lead_worker_finds_it_among_their_requests(house: House) -> None:
    key = await settled(house, Told.SOME)
    await house.hold()
    await house.say("priya", "my requests")
    reference = (await house.record(key)).reference
    await house.tap("priya", wording.OPEN_ONE.format(reference=reference))
    await house.tap("priya", wording.TELLING_CHANGE)
    assert wording.TELLING_ASK in house.shown("priya")
    await house.say("pat", "my requests")
    assert wording.OPEN_ONE.format(reference=reference) not in house.shown("pat")


async def test_a_lead_worker_who_did_not_ask_for_it_finds_it_there_too(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(lead="other1")
    key = await house.newest()
    await house.press("pat", {"verb": "prepare.told", "data": {"conversation": key}}, {})
    await house.hold()
    await house.say("pat", "my requests")
    await house.tap("pat", wording.OPEN_ONE.format(reference=(await house.record(key)).reference))
    assert "they have been told" in house.shown("pat")
    await house.tap("pat", wording.TELLING_CHANGE)
    await house.tap("pat", wording.TELLING_SOME)
    await house.tap("pat", wording.TELLING_SAVE)
    assert wording.TELLING_WARNS_LEAD[Warned.SOME] in house.shown("pat")
    await see(house, key, "nia")
    assert "ask Pat Reed what you can say" in house.shown("nia")


# What could be said -------------------------------------------------------------------------------

CHILD = (
    "Some of the grown-ups who help you are going to meet and think about how to help you better. "
    "You have not done anything wrong. They are not meeting to make decisions about you. Is there "
    "anything you would like me to say for you? I will come back and tell you about it."
)
ADULT = (
    "The people who work with you are going to meet to think about how we can support you better "
    "together. It does not change any decisions. What do we do that helps, and what would you like "
    "us to know?"
)


@pytest.mark.parametrize(("about", "said"), [("child", True), ("unborn", False), ("adult", False)])
async def test_the_lead_worker_reads_what_they_could_say(
    house: House, about: str, said: bool
) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(about=about)
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.book()
    settle = wording.ABOUT_ADULT["telling_open"] if about == "adult" else wording.TELLING_OPEN
    await house.tap("priya", settle)
    await house.tap("priya", wording.SAY_OPEN)
    assert (CHILD in house.shown("priya")) is said
    assert ADULT in house.shown("priya")
    await house.tap("priya", wording.BACK)
    await house.tap("priya", wording.TELLING_TOLD)


async def test_nothing_is_offered_to_say_where_it_is_not_safe(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    words = house.data("priya", wording.SAY_OPEN)
    await house.tap("priya", wording.TELLING_NOT)
    await house.tap("priya", wording.TELLING_SAVE)
    await house.press("priya", {"verb": "prepare.telling", "data": {"conversation": key}}, {})
    assert wording.SAY_OPEN not in house.shown("priya")
    await house.turn("priya", words)
    assert ADULT not in house.shown("priya")
