"""A second facilitator: asked from the roster, independent too, and reader of no feedback."""

import pytest

from cards.wording import wording
from dialogs.turn.events import Reply
from records.conversation.conversation import Conversation
from records.outbox.kinds import Kind
from tests.dialogs.conftest import STORY, House, texts
from tests.dialogs.feedback.test_readers import led

YES, NO = wording.INDEPENDENT_YES, wording.ASSIGNED_NO


async def ask(house: House) -> None:
    """Fay asks Idris."""
    [whom] = [one.id for one in await house.members() if one.mail == house.people["idris"].mail]
    await opens(house, "fay", "second.whom", await house.newest())
    await house.tap("fay", wording.SECOND_SEND, whom=whom)


async def together(house: House, *, booked: bool = True) -> str:
    """Idris facilitates with Fay."""
    key = await house.booked() if booked else await picked_up(house)
    await ask(house)
    await house.tap("idris", wording.SECOND_LOOK)
    await house.tap("idris", YES)
    return key


async def picked_up(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    return key


async def opens(house: House, who: str, verb: str, key: str, **data: str) -> Reply:
    return await house.press(who, {"verb": verb, "data": {"conversation": key, **data}}, {})


def second(it: Conversation) -> str:
    assert it.changes.second is not None
    return it.changes.second.asked.id


async def test_whoever_is_asked_sees_people_first_and_the_story_once_independent(
    house: House,
) -> None:
    key = await house.booked()
    await ask(house)
    assert "idris@facilitation.example is asked" in house.shown("fay") or (
        "Idris Vaughan is asked" in house.shown("fay")
    )
    assert "Fay Larsen is asking you to facilitate" in house.told("idris")[-1]
    await house.tap("idris", wording.SECOND_LOOK)
    assert wording.INDEPENDENT_TITLE in house.shown("idris")
    assert "Pat Reed" in house.shown("idris")
    assert STORY["worry"] not in house.shown("idris")
    await opens(house, "idris", "changes.open", key)
    assert STORY["worry"] not in house.shown("idris")
    await opens(house, "idris", "second.take", key)
    await house.open_door("idris")
    assert STORY["worry"] in house.shown("idris")
    assert "will facilitate it" in house.told("fay")[-1]


async def test_those_who_wrote_for_one_facilitator_hear_that_there_are_two(house: House) -> None:
    key = await together(house)
    for who in ("priya", "pat", "nia"):
        assert "Idris Vaughan is facilitating it" in house.told(who)[-1]
        assert "together with Fay Larsen" in house.told(who)[-1]
        await opens(house, who, "prepare.see", key)
        assert f"{wording.SECOND}: Idris Vaughan" in house.shown(who)
    assert all("Idris" not in one for one in house.told("martin"))


async def test_before_the_booking_whoever_asked_hears_of_it(house: House) -> None:
    await together(house, booked=False)
    assert "Idris Vaughan is facilitating it" in house.told("priya")[-1]
    assert not any("Idris" in one for one in house.told("pat"))
    await opens(house, "fay", "changes.open", await house.newest())
    await house.book()
    assert f"{wording.SECOND}: Idris Vaughan" in house.shown("pat")
    assert sum("is facilitating" in one for one in house.told("priya")) == 1


async def test_they_see_who_is_ready_accept_their_own_part_and_get_the_pack(house: House) -> None:
    key = await together(house)
    await house.tap("idris", wording.FAR_OPEN)
    assert "Pat Reed" in house.shown("idris")
    await house.tap("idris", "Read the agreement")
    assert f"{wording.SECOND}: Idris Vaughan" in house.shown("idris")
    await house.tap("idris", "I accept")
    it = await house.record(key)
    accepted = {one.who for one in it.readiness if one.accepted is not None}
    assert accepted == {second(it)}, "never the first facilitator's part"
    reply = await opens(house, "idris", "file.get", key, kind="pack")
    assert reply.beside is not None
    await opens(house, "idris", "prepare.people", key)
    await house.tap("idris", "Back to the booking")
    assert STORY["worry"] in house.shown("idris")
    await house.say("idris", "my conversations")
    assert it.reference in house.shown("idris")


ACTS = {
    "flow.open booking", "flow.open moving", "flow.open took-place", "held.not-ahead",
    "handover.yes", "stop.yes", "learning.type-up", "concern.ask", "second.ask", "second.whom",
    "would-help.see", "prepare.because", "feedback.read", "shared.read",
}  # fmt: skip


@pytest.mark.parametrize("act", sorted(ACTS))
async def test_every_act_stays_the_first_facilitators(house: House, act: str) -> None:
    key = await together(house)
    await opens(house, "pat", "prepare.save", key, would_help="A ramp, please.")
    before = await house.record(key)
    verb, _, flow = act.partition(" ")
    await opens(house, "idris", verb, key, **({"flow": flow} if flow else {}))
    assert (await house.record(key)) == before
    assert "A ramp" not in house.shown("idris")


async def test_they_are_no_attendee_and_are_asked_for_no_feedback(house: House) -> None:
    key = await together(house)
    await house.hold()
    await house.skip(days=3)
    it = await house.record(key)
    assert it.held is not None
    assert second(it) not in it.held.came
    owed = {one.kind for one in house.timetable.owed(it) if one.to == second(it)}
    assert owed == set()
    assert all(wording.Q_SCALE not in texts(one.card or {}) for one in house.people["idris"].chat)


async def test_whoever_leads_the_team_reads_no_feedback_of_what_they_facilitate(
    house: House,
) -> None:
    """Nobody independent for these words: somebody else reads them, and the cards say so."""
    await led(house)
    house.listed = (*house.listed, house.people["lena"].mail)
    await house.arrive("lena")
    key = await house.booked()
    [whom] = [one.id for one in await house.members() if one.mail == house.people["lena"].mail]
    await house.change(wording.SECOND_ASK)
    await house.tap("fay", wording.SECOND_SEND, whom=whom)
    await house.tap("lena", wording.SECOND_LOOK)
    await house.tap("lena", YES)
    await house.hold()
    assert "Lena Moss" not in house.shown("pat")
    await house.give_feedback("pat", 3, happened="Too fast.", may_quote="yes")
    await house.skip(days=6)
    await opens(house, "lena", "feedback.words", key)
    assert "Too fast." not in house.shown("lena")
    await house.press("lena", {"verb": "quotes.read", "data": {}}, {})
    assert "Too fast." not in house.shown("lena")
    await opens(house, "ola", "feedback.words", key)
    assert "Too fast." in house.shown("ola")


async def test_nobody_with_a_part_in_it_can_be_asked(house: House) -> None:
    await house.arrive("kit")
    house.listed = (*house.listed, house.people["nia"].mail)
    await house.booked()
    await house.change(wording.SECOND_ASK)
    shown = house.shown("fay")
    assert "Idris Vaughan" in shown
    assert "Nia Okafor" not in shown
    assert "Fay Larsen" not in shown
    [nia] = [one.id for one in await house.members() if one.mail == house.people["nia"].mail]
    await house.tap("fay", wording.SECOND_SEND, whom=nia)
    it = await house.record(await house.newest())
    assert it.changes.seconds == ()


async def test_only_the_one_who_is_asked_may_answer(house: House) -> None:
    house.listed = (*house.listed, house.people["kit"].mail)
    await house.arrive("kit")
    key = await house.booked()
    await ask(house)
    for verb in ("second.look", "second.take", "second.leave"):
        await opens(house, "kit", verb, key)
        assert STORY["worry"] not in house.shown("kit")
    assert (await house.record(key)).changes.asked_second is not None


async def test_whoever_is_not_independent_leaves_it_and_another_can_be_asked(house: House) -> None:
    key = await house.booked()
    await ask(house)
    await house.tap("idris", wording.SECOND_LOOK)
    await house.tap("idris", NO)
    assert "will not be facilitating it" in house.told("fay")[-1]
    await opens(house, "idris", "second.take", key)
    assert STORY["worry"] not in house.shown("idris")
    await ask(house)
    assert (await house.record(key)).changes.asked_second is not None
    assert sum("is asking you to facilitate" in one for one in house.told("idris")) == 2


@pytest.mark.parametrize(("who", "title"), [("idris", "second.end"), ("fay", "second.end")])
async def test_either_ends_it_and_the_story_closes(house: House, who: str, title: str) -> None:
    key = await together(house)
    await opens(house, who, title, key)
    await opens(house, "idris", "changes.open", key)
    assert STORY["worry"] not in house.shown("idris")
    await opens(house, "pat", "prepare.see", key)
    assert wording.SECOND not in house.shown("pat")


async def test_the_right_ends_with_leaving_the_team(house: House) -> None:
    key = await together(house)
    house.listed = (house.people["fay"].mail,)
    for verb in ("changes.open", "prepare.people", "story.show"):
        await opens(house, "idris", verb, key, field="worry")
        assert STORY["worry"] not in house.shown("idris")
        assert "Pat Reed" not in house.shown("idris")


async def test_a_second_who_has_left_the_team_is_named_no_more_and_the_first_hears_so(
    house: House,
) -> None:
    key = await together(house)
    await opens(house, "pat", "prepare.see", key)
    assert f"{wording.SECOND}: Idris Vaughan" in house.shown("pat")
    told = len(house.told("idris"))
    await house.leaves_the_team("idris")
    it = await house.record(key)
    assert it.changes.second is None
    said = wording.SECOND_SAID_OVER.format(reference=it.reference, name="Idris Vaughan")
    assert house.told("fay")[-1] == said
    assert wording.SECOND_SAID_NO_NEXT in house.shown("fay")
    await opens(house, "pat", "prepare.see", key)
    assert "Idris Vaughan" not in house.shown("pat")
    assert len(house.told("idris")) == told
    await house.five_minutes()
    assert house.told("fay").count(said) == 1
    await opens(house, "fay", "second.whom", key)
    assert wording.SECOND_ALONE not in house.shown("fay")


async def test_who_was_asked_and_has_left_the_team_keeps_nobody_waiting(house: House) -> None:
    key = await house.booked()
    await ask(house)
    await house.leaves_the_team("idris")
    it = await house.record(key)
    assert it.changes.asked_second is None
    assert house.told("fay")[-1].endswith("will not be facilitating it with you.")


async def test_the_first_hears_that_the_second_steps_back_and_nothing_of_their_own_word(
    house: House,
) -> None:
    key = await together(house)
    it = await house.record(key)
    said = wording.SECOND_SAID_OVER.format(reference=it.reference, name="Idris Vaughan")
    await opens(house, "idris", "second.end", key)
    assert house.told("fay")[-1] == said


async def test_the_first_who_goes_on_alone_is_told_nothing(house: House) -> None:
    key = await together(house)
    told = len(house.told("fay"))
    await opens(house, "fay", "second.end", key)
    assert len(house.told("fay")) == told


async def test_who_takes_it_over_is_the_second_no_more(house: House) -> None:
    key = await together(house)
    await opens(house, "fay", "handover.yes", key)
    await opens(house, "idris", "handover.take", key)
    it = await house.record(key)
    assert it.changes.second is None
    facilitator = it.person(it.facilitator)
    assert facilitator is not None
    assert facilitator.name == "Idris Vaughan"
    await opens(house, "idris", "changes.open", key)
    assert wording.CHANGED in house.shown("idris")


async def test_asked_once_while_one_is_asked_or_there(house: House) -> None:
    key = await together(house)
    await house.tap("fay", wording.CHANGED)
    await house.tap("fay", wording.SECOND_ASK)
    assert wording.SECOND_ALONE in house.shown("fay")
    assert len((await house.record(key)).changes.seconds) == 1
    owed = [one for one in house.timetable.owed(await house.record(key))
            if one.kind is Kind.SECOND_ASKED]  # fmt: skip
    assert owed == []
