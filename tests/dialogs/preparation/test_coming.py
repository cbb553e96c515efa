"""*I cannot come*, and *another time suits me*: who is told, what stops, and that nothing moves."""

from cards.wording import wording
from records.outbox.kinds import Kind
from tests.dialogs.conftest import House

WORDS = "Thursday after three, or any Friday."


async def nobody_can(house: House, who: str = "pat") -> None:
    await house.tap(who, "I cannot come")
    await house.tap(who, "Nobody will come in my place")


def owed(house: House, kind: Kind, it: object) -> set[str]:
    return {one.to for one in house.timetable.owed(it) if one.kind is kind}  # type: ignore[arg-type]


async def test_nothing_is_told_before_it_is_said_who_comes_instead(house: House) -> None:
    await house.booked()
    told = len(house.told("fay"))
    await house.tap("pat", "I cannot come")
    shown = house.shown("pat")
    assert wording.CANNOT_ASK in shown
    for title in (wording.CANNOT_INSTEAD, wording.CANNOT_NOBODY, wording.OTHER_TIME):
        assert title in shown
    assert len(house.told("fay")) == told


async def test_the_facilitator_is_told_and_whom_to_ring_stands_there(house: House) -> None:
    key = await house.booked()
    await nobody_can(house)
    it = await house.record(key)
    assert "Fay Larsen is told that you cannot come" in house.shown("pat")
    assert wording.CANNOT_RING.format(name="Fay Larsen") in house.shown("pat")
    assert house.told("fay")[-1] == wording.CANNOT_SUMMARY.format(reference=it.reference)
    assert "Pat Reed cannot come" in house.shown("fay")
    assert "Suffolk Police" in house.shown("fay")
    assert not any("cannot come" in one for one in house.told("priya"))


async def test_nothing_is_said_of_an_agency_for_which_somebody_else_comes(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(coming="requester,manager,other1")
    await nobody_can(house, "martin")
    assert "nobody is coming in your place" in house.shown("martin")
    assert "Nobody is coming in their place for Social Care" in house.shown("fay")


async def test_who_cannot_come_is_reminded_of_nothing_and_asked_nothing_after_it(
    house: House,
) -> None:
    key = await house.booked()
    before = await house.record(key)
    assert "other1" in owed(house, Kind.PREPARATION_REMINDER, before)
    await nobody_can(house)
    it = await house.record(key)
    assert "other1" not in owed(house, Kind.PREPARATION_REMINDER, it)
    assert "nurse" in owed(house, Kind.PREPARATION_REMINDER, it)
    assert "other1" not in owed(house, Kind.TOOK_PART, it)
    assert it.booking is not None
    assert "other1" in it.booking.coming, "the facilitator decides who is expected"


async def test_who_is_ready_says_so_too(house: House) -> None:
    key = await house.booked()
    await nobody_can(house)
    await house.tap("nia", "Another time suits me")
    await house.tap("nia", "Send")
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    shown = house.shown("fay").splitlines()
    assert next(one for one in shown if one.startswith("Pat Reed")).endswith(wording.FAR_CANNOT)
    assert next(one for one in shown if one.startswith("Nia Okafor")).endswith(wording.FAR_OTHER)


async def test_saying_it_twice_is_saying_it_once(house: House) -> None:
    await house.booked()
    await nobody_can(house)
    told = len(house.told("fay"))
    await house.tap("pat", wording.COME_AFTER_ALL)
    await nobody_can(house)
    await house.say("pat", "I cannot come")
    await house.tap("pat", "Nobody will come in my place")
    assert len(house.told("fay")) == told + 2, "after all, and once more that they cannot"


async def test_they_can_come_after_all_and_the_facilitator_hears(house: House) -> None:
    key = await house.booked()
    await nobody_can(house)
    await house.tap("pat", "I can come after all")
    it = await house.record(key)
    assert wording.AFTER_ALL_DONE.format(name="Fay Larsen") in house.shown("pat")
    assert wording.WHO_YES in house.shown("pat")
    assert "other1" in owed(house, Kind.PREPARATION_REMINDER, it)
    assert house.told("fay")[-1] == wording.AFTER_ALL_SUMMARY.format(reference=it.reference)


async def test_the_card_says_it_until_they_come_after_all(house: House) -> None:
    key = await house.booked()
    await nobody_can(house)
    see = {"verb": "prepare.see", "data": {"conversation": key}}
    await house.press("pat", see, {})
    away = wording.AWAY.format(name="Fay Larsen")
    assert away in house.shown("pat")
    assert wording.CANNOT not in house.shown("pat")
    await house.tap("pat", "I can come after all")
    await house.press("pat", see, {})
    assert away not in house.shown("pat")


async def test_another_date_asks_them_anew(house: House) -> None:
    key = await house.booked()
    await nobody_can(house)
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10")
    it = await house.record(key)
    assert "other1" in owed(house, Kind.PREPARATION_REMINDER, it)
    assert owed(house, Kind.CANNOT_COME, it) == set()
    assert wording.CANNOT in house.shown("pat")


async def test_somebody_else_from_the_agency_comes(house: House) -> None:
    await house.booked()
    await house.arrive("kit")
    await house.tap("pat", "I cannot come")
    await house.tap("pat", "Someone will come in my place")
    mail = {"right_name": "Kit Farrow", "right_mail": "kit@facilitation.example"}
    await house.tap("pat", "They will come instead", **mail)
    assert "will come to LC-" in house.shown("pat")
    assert "invites you" in house.told("kit")[-1] or "invites you" in house.shown("kit")


async def test_the_lead_worker_who_cannot_come_is_pointed_out(house: House) -> None:
    await house.booked()
    await nobody_can(house, "priya")
    assert wording.CANNOT_CAME_LEAD in house.shown("fay")


async def test_ticks_are_kept_when_it_is_tapped(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", "I cannot come", points="records,mind")
    await house.tap("pat", "Nobody will come in my place")
    ticks = next(one.ticks for one in (await house.record(key)).readiness if one.who == "other1")
    assert len(ticks) == 2


async def test_typed_it_leads_to_the_same_card_and_does_nothing(house: House) -> None:
    await house.booked()
    told = len(house.told("fay"))
    await house.say("pat", "Sorry, I can't make it")
    assert wording.CANNOT_ASK in house.shown("pat")
    assert len(house.told("fay")) == told
    await house.tap("pat", "Nobody will come in my place")
    assert len(house.told("fay")) == told + 1


# Another time -----------------------------------------------------------------------------------


async def another(house: House, words: str = WORDS, who: str = "pat") -> None:
    await house.tap(who, "Another time suits me")
    await house.tap(who, "Send", times=words)


async def test_another_time_moves_nothing_and_the_facilitator_hears(house: House) -> None:
    key = await house.booked()
    before = (await house.record(key)).booking
    await another(house)
    it = await house.record(key)
    assert it.booking == before
    assert "Fay Larsen is told that another time suits you" in house.shown("pat")
    assert "You are expected on" in house.shown("pat")
    assert house.told("fay")[-1] == wording.OTHER_TIME_SUMMARY.format(reference=it.reference)
    assert "other1" in owed(house, Kind.PREPARATION_REMINDER, it), "they are expected as before"


async def test_the_times_are_read_by_the_facilitator_alone_and_behind_a_button(
    house: House,
) -> None:
    key = await house.booked()
    await another(house)
    assert WORDS not in house.shown("fay")
    assert all(WORDS not in parcel.summary for _, parcel in house.parcels)
    await house.tap("fay", wording.DOOR_WORDS)
    assert WORDS in house.shown("fay")
    for who in ("priya", "martin", "nia", "idris"):
        await house.press(who, {"verb": "prepare.other-times", "data": {"conversation": key}}, {})
        assert WORDS not in house.shown(who), who


async def test_no_times_need_be_given(house: House) -> None:
    await house.booked()
    await another(house, "")
    assert "would like another time than" in house.shown("fay")
    assert wording.CHANGED in house.shown("fay")


async def test_once_the_date_has_moved_it_is_no_longer_waiting(house: House) -> None:
    key = await house.booked()
    await another(house)
    await house.tap("fay", wording.DOOR_WORDS)
    await house.tap("fay", "Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10")
    assert owed(house, Kind.ANOTHER_TIME, await house.record(key)) == set()


async def test_who_facilitates_is_asked_in_their_own_words(house: House) -> None:
    await house.booked()
    await house.say("fay", "I cannot come")
    assert wording.CANNOT_COME_FACILITATOR in house.shown("fay")


async def test_where_the_facilitator_has_left_the_team_nobody_is_said_to_be_told_but_it(
    house: House,
) -> None:
    key = await house.booked()
    await house.leaves_the_team("fay")
    before = len(house.told("fay")), len(house.told("idris"))
    for tap in ("prepare.nobody", "prepare.after-all"):
        await house.press("pat", {"verb": tap, "data": {"conversation": key}}, {})
        if tap == "prepare.nobody":
            said = wording.CANNOT_DONE.format(name=wording.HAPPENED_TEAM, reference="")
            assert said.split(" to ,")[0] in house.shown("pat")
            assert "Fay Larsen" not in house.shown("pat")
    await house.tap("pat", "Another time suits me")
    assert "Fay Larsen" not in house.shown("pat")
    await house.tap("pat", "Send")
    assert f"{wording.HAPPENED_TEAM} is told that another time" in house.shown("pat")
    assert "Fay Larsen" not in house.shown("pat")
    assert len(house.told("fay")) == before[0]
    assert len(house.told("idris")) > before[1] + 1
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    await house.tap("pat", "Read the agreement")
    await house.tap("pat", "I'd like to talk first")
    talked = wording.AGREEMENT_TALKED.format(name=wording.HAPPENED_TEAM)
    assert talked in house.shown("pat")
