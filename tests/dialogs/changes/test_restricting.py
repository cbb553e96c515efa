"""Few may know of it: nothing is posted, a gatekeeper chooses one facilitator, and the board shows
a reference that looks like any other."""

from typing import Any

import pytest

from bot.roster import entries, practice_team, reader
from cards.wording import wording
from dialogs.turn.events import Reply
from records.board.places import BoardView
from records.changes import restricting
from records.people import Part, Participant
from records.register.register import Deed
from records.stages import Act, Stage
from records.store.memory import MemoryStore
from tests.dialogs.conftest import CHANNEL, STORY, TENANT, House, Who, texts, values

YES = wording.INDEPENDENT_YES
LED_BY = {
    "lena": ("Lena Moss", "lena@facilitation.example"),
    "ola": ("Ola Ray", "ola@facilitation.example"),
    "wren": ("Wren Hale", "wren@practice.example"),
}


@pytest.fixture
async def house(house: House) -> House:
    return await with_leads(house)


async def with_leads(house: House) -> House:
    """Lena leads the team, and so is its gatekeeper; its channel is there to be written to."""
    for key, (name, mail) in LED_BY.items():
        house.people[key] = Who(key, name, mail)
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    await house.arrive(*LED_BY)
    house.lead_by("lena")
    return house


async def asked_for(house: House, **change: Any) -> str:
    """A request with the tick, sent."""
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(few="yes", **change)
    await house.tap("priya", "Send")
    return await house.newest()


async def agreed(house: House, **change: Any) -> str:
    key = await asked_for(house, **change)
    await house.agree()
    return key


async def assigned(house: House, to: str = "idris", by: str = "lena") -> None:
    """The gatekeeper asks them by their name on the list."""
    [whom] = [one.id for one in await house.members() if one.mail == house.people[to].mail]
    await house.tap(by, wording.GATE_CHOOSE)
    await house.tap(by, wording.GATE_SEND, whom=whom)


async def taken(house: House, who: str = "idris") -> None:
    await house.tap(who, wording.ASSIGNED_LOOK)
    await house.tap(who, YES)


async def picked_up(house: House) -> str:
    key = await agreed(house)
    await assigned(house)
    await taken(house)
    return key


async def booked(house: House) -> str:
    key = await picked_up(house)
    await house.book("idris")
    return key


async def held(house: House) -> str:
    key = await booked(house)
    await house.hold("idris")
    return key


async def opens(house: House, who: str, verb: str, key: str, /, **data: Any) -> Reply:
    return await house.press(who, {"verb": verb, "data": {"conversation": key, **data}}, {})


def tells_nothing(house: House, *who: str) -> bool:
    """Nothing came to the channel, nor to these."""
    return not house.channel and not any(house.told(one) for one in who)


# Asking ---------------------------------------------------------------------------------------


async def test_the_tick_says_what_follows_and_who_sees_the_rest_then(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "about")
    shown = house.shown("priya")
    assert "Somebody in the facilitation team may know this family" in shown
    assert wording.FEW_HINT in shown
    await house.tap("priya", "Next", about="child", reasons="stuck", few="yes")
    assert wording.SEEN_PEOPLE_FEW in house.shown("priya")
    await house.tap("priya", "Back")
    assert wording.SEEN_WHY_FEW in house.shown("priya")
    assert wording.SEEN_WHY not in house.shown("priya")
    await house.tap("priya", "Next", about="child", reasons="stuck", few="yes")
    await house.fill_from("priya", "you")
    assert wording.SEEN_CHECK_FEW in house.shown("priya")
    assert wording.SEEN_CHECK not in house.shown("priya")
    assert wording.FEW in house.shown("priya")
    await house.tap("priya", "Send")
    assert wording.SENT_SEEN_FEW in house.shown("priya")
    assert wording.SENT_SEEN not in house.shown("priya")


async def test_the_manager_sees_before_they_answer_that_few_may_know(house: House) -> None:
    await asked_for(house)
    few = wording.MANAGER_FEW.format(name="Priya Shah")
    assert few in house.shown("martin")
    assert few not in "".join(house.told("martin")), "a notification stands on a locked screen"
    await house.tap("martin", "Read the request")
    assert few in house.shown("martin")
    await house.skip(days=2)
    assert "Reminder" in house.shown("martin") or len(house.told("martin")) > 1
    assert few in house.shown("martin")


async def test_without_the_tick_all_is_as_it_was(house: House) -> None:
    key = await house.requested()
    assert (await house.record(key)).changes.restricted is None
    few = wording.MANAGER_FEW.format(name="Priya Shah")
    assert few not in house.shown("martin")
    await house.agree()
    assert len(house.channel) == 1
    assert house.told("fay")
    assert not house.told("lena")


async def test_nobody_hears_of_it_but_the_gatekeeper_and_by_its_reference_alone(
    house: House,
) -> None:
    key = await agreed(house)
    it = await house.record(key)
    assert not it.told
    assert tells_nothing(house, "fay", "idris", "ola", "wren")
    assert house.told("lena") == [f"{it.reference}: please choose who is asked to facilitate."]
    shown = house.shown("lena")
    for word in ("Social Care", "Priya", "Martin", "Pat", "stuck", *STORY.values()):
        assert word not in shown
    assert wording.REQUEST_AGREED_FEW in house.shown("priya")
    assert wording.AGREED_FEW.format(name="Priya Shah") in house.shown("martin")


async def test_two_gatekeepers_are_asked_and_the_lead_is_none_then(house: House) -> None:
    house.guarded_by("ola", "wren")
    key = await agreed(house)
    assert len(house.told("ola")) == len(house.told("wren")) == 1
    assert tells_nothing(house, "lena", "fay", "idris")
    await assigned(house, by="ola")
    await opens(house, "lena", "gate.choose", key)
    assert wording.NOT_FOR_YOU in house.shown("lena")
    await opens(house, "wren", "gate.choose", key)
    assert "Idris Vaughan is asked, and has not answered yet." in house.shown("wren")


async def test_who_is_asked_declares_independence_before_anything_of_the_story(
    house: House,
) -> None:
    key = await agreed(house)
    await house.tap("lena", wording.GATE_CHOOSE)
    assert "Pat Reed" in house.shown("lena"), "so that they choose somebody who is free of them"
    assert not any(words in house.shown("lena") for words in STORY.values())
    await house.tap("lena", wording.GATE_SEND, mail="Idris@facilitation.example")
    assert wording.GATE_DONE_NEXT in house.shown("lena")
    assert tells_nothing(house, "fay")
    [told] = house.told("idris")
    assert told.endswith("you are asked to facilitate it.")
    for verb in ("story.show", "changes.open", "pickup.see"):
        await opens(house, "idris", verb, key, field="worry")
        assert not any(words in house.shown("idris") for words in STORY.values())
    await opens(house, "idris", "pickup.look", key)
    assert wording.INDEPENDENT_TITLE in house.shown("idris")
    assert (await house.record(key)).stage is Stage.AGREED
    await house.tap("idris", YES)
    await house.open_door("idris")
    assert STORY["worry"] in house.shown("idris")
    assert "Idris Vaughan picked up your request" in house.told("priya")[-1]


@pytest.mark.parametrize("verb", ["pickup.look", "pickup.take", "pickup.leave", "handover.take"])
@pytest.mark.parametrize("who", ["fay", "lena", "ola", "kit"])
async def test_nobody_else_can_pick_it_up(house: House, who: str, verb: str) -> None:
    await house.arrive("kit")
    key = await agreed(house)
    await assigned(house)
    before = await house.record(key)
    await opens(house, who, verb, key)
    assert await house.record(key) == before
    assert "Priya" not in house.shown(who)
    assert not any(words in house.shown(who) for words in STORY.values())


async def test_a_no_goes_back_and_the_same_one_is_not_asked_again(house: House) -> None:
    key = await agreed(house)
    await assigned(house)
    await house.tap("idris", wording.ASSIGNED_LOOK)
    await house.tap("idris", wording.ASSIGNED_NO)
    assert "goes back to whoever asked you" in house.shown("idris")
    assert house.told("lena")[-1].endswith(
        "Idris Vaughan cannot facilitate it. Please choose somebody else."
    )
    await house.tap("lena", wording.GATE_CHOOSE)
    assert "Idris" not in house.shown("lena")
    await house.tap("lena", wording.GATE_SEND, mail="idris@facilitation.example")
    assert wording.GATE_NOT_OF_TEAM in house.shown("lena")
    await opens(house, "idris", "pickup.take", key)
    assert not (await house.record(key)).facilitator
    await assigned_again(house, "fay")
    await taken(house, "fay")
    await house.open_door("fay")
    assert STORY["worry"] in house.shown("fay")


async def test_another_one_is_asked_in_the_place_of_one_who_is_silent(house: House) -> None:
    key = await agreed(house)
    await assigned(house)
    await opens(house, "lena", "gate.choose", key)
    await assigned_again(house, "fay")
    await opens(house, "idris", "pickup.take", key)
    assert wording.GONE in house.shown("idris")
    await opens(house, "fay", "pickup.look", key)
    await house.tap("fay", YES)
    await house.open_door("fay")
    assert STORY["worry"] in house.shown("fay")


async def assigned_again(house: House, to: str) -> None:
    await house.tap("lena", wording.GATE_SEND, mail=house.people[to].mail)


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [
        ({}, wording.GATE_NOBODY_CHOSEN),
        ({"whom": "nobody"}, wording.GATE_NOBODY_CHOSEN),
        ({"mail": "kit@facilitation.example"}, wording.GATE_NOT_OF_TEAM),
        ({"mail": "nonsense"}, wording.GATE_NOT_OF_TEAM),
    ],
)
async def test_nobody_is_asked_who_is_not_on_the_team(
    house: House, inputs: dict[str, str], problem: str
) -> None:
    key = await agreed(house)
    await house.tap("lena", wording.GATE_CHOOSE)
    await house.tap("lena", wording.GATE_SEND, **inputs)
    assert problem in house.shown("lena")
    restricted = (await house.record(key)).changes.restricted
    assert restricted is not None
    assert not restricted.assigned


async def test_who_is_named_in_it_is_not_offered(house: House) -> None:
    house.listed = (*house.listed, "pat@police.example")
    await agreed(house)
    await house.tap("lena", wording.GATE_CHOOSE)
    assert "Idris Vaughan" in house.shown("lena")
    await house.tap("lena", wording.GATE_SEND, mail="pat@police.example")
    assert wording.GATE_NOT_OF_TEAM in house.shown("lena")


@pytest.mark.parametrize("who", ["idris", "lena"])
async def test_who_is_named_in_it_since_has_no_more_to_do_with_it(house: House, who: str) -> None:
    key = await agreed(house)
    await assigned(house)
    person = house.people[who]
    named = Participant(id="other9", part=Part.OTHER, name=person.name, mail=person.mail)
    deed = Deed(Act.AMEND, "priya", house.at)
    await house.register.change(key, deed, lambda now: now.with_(people=(*now.people, named)))
    before = await house.record(key)
    verb = "pickup.take" if who == "idris" else "gate.ask"
    await opens(house, who, verb, key, mail="fay@facilitation.example")
    it = await house.record(key)
    assert (it.facilitator, it.changes.restricted) == ("", before.changes.restricted)
    assert STORY["worry"] not in house.shown(who)


# Who is a gatekeeper --------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["martin", "priya", "pat"])
async def test_a_gatekeeper_who_is_named_is_passed_over(house: House, named: str) -> None:
    house.guarded_by(named, "ola")
    key = await agreed(house)
    assert len(house.told("ola")) == 1
    assert not any("choose" in one for one in house.told(named))
    before = await house.record(key)
    await opens(house, named, "gate.ask", key, mail="idris@facilitation.example")
    assert await house.record(key) == before


async def test_where_all_are_named_the_partnerships_stand_in_chooses(house: House) -> None:
    house.guarded_by("martin", "pat")
    house.stand_in = reader(entries((house.people["wren"].mail,), TENANT), wording.STAND_IN)
    house.root = house.second()
    await agreed(house)
    assert len(house.told("wren")) == 1
    assert tells_nothing(house, "lena", "fay")
    await assigned(house, by="wren")
    await taken(house)
    await house.open_door("idris")
    assert STORY["worry"] in house.shown("idris")


async def test_where_there_is_nobody_the_requester_hears_whom_to_ring(house: House) -> None:
    house.guarded_by("martin")
    key = await agreed(house)
    it = await house.record(key)
    assert f"{it.reference}: nobody is free to choose" in house.told("priya")[-1]
    assert wording.GATE_NOBODY_LEAD.format(name="Lena Moss") in house.shown("priya") or (
        wording.GATE_NOBODY_LEAD.format(name=wording.TEAM_LEAD) in house.shown("priya")
    )
    assert wording.AGREED_FEW_NOBODY.format(name="Priya Shah") in house.shown("martin")
    assert tells_nothing(house, "fay", "idris", "ola")


async def test_where_nobody_can_ring_something_has_happened_says_so_and_whom_to_ring(
    house: House,
) -> None:
    """Not that a facilitator is wanted: reminders are paused, and what is to be done now."""
    house.team_lead = None
    house.root = house.second()
    key = await agreed(house)
    await house.press("priya", {"verb": "happened.tell", "data": {"conversation": key}}, {})
    it = await house.record(key)
    assert it.changes.waits, "reminders are paused"
    text = wording.HAPPENED_INSTEAD.format(name="Martin Cole", reference=it.reference)
    assert text in house.shown("priya")
    assert "another area" not in house.shown("priya")


async def test_with_neither_lead_nor_gatekeeper_it_is_the_manager_who_is_rung(
    house: House,
) -> None:
    house.team_lead = None
    house.root = house.second()
    await agreed(house)
    assert wording.GATE_NOBODY_MANAGER.format(name="Martin Cole") in house.shown("priya")
    assert tells_nothing(house, "fay", "idris", "lena")


# Nobody yet ----------------------------------------------------------------------------------


async def test_after_two_working_days_the_lead_hears_who_is_no_gatekeeper(house: House) -> None:
    house.guarded_by("ola")
    await agreed(house)
    await house.skip(days=1)
    assert not house.told("lena")
    await house.skip(days=1)
    [told] = house.told("lena")
    assert "nobody facilitates it yet" in told
    assert "Ola Ray" in house.shown("lena")
    assert "Social Care" not in house.shown("lena")
    assert any("a reminder" in one for one in house.told("ola"))
    await house.skip(days=7)
    assert len(house.told("lena")) == 1
    assert any("nobody has picked up your request yet" in one for one in house.told("priya"))
    assert wording.LOOKING_FEW in house.shown("priya")
    assert tells_nothing(house, "fay", "idris")


async def test_a_lead_who_is_the_gatekeeper_is_reminded_as_for_any_request(house: House) -> None:
    await agreed(house)
    await assigned(house)
    await house.skip(days=2)
    assert "Idris Vaughan is asked, and has not answered yet." in house.shown("lena")
    await house.skip(days=7)
    assert sum("a reminder" in one for one in house.told("lena")) == 2
    assert tells_nothing(house, "fay")


async def test_who_withdraws_it_is_told_to_the_few_who_heard(house: House) -> None:
    key = await agreed(house)
    await assigned(house)
    await opens(house, "priya", "request.withdraw-yes", key)
    for who in ("lena", "idris", "martin"):
        assert "withdrew" in house.told(who)[-1] or "withdrawn" in house.told(who)[-1], who
    assert tells_nothing(house, "fay", "ola")


async def test_who_cannot_be_reached_is_no_matter_of_the_channel(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris")
    await house.fill_request(few="yes")
    await house.tap("priya", "Send")
    await house.leave("lena")
    await house.agree()
    assert any("cannot be reached" in one for one in house.told("priya"))
    assert wording.TEAM_LEAD in house.shown("priya"), "as is called who was not seen again"
    assert tells_nothing(house, "fay", "idris")


# The board -----------------------------------------------------------------------------------


async def boards(house: House, who: str, key: str) -> list[str]:
    """Everything the board shows somebody: each view, and it opened; its reference left out."""
    reference, found = (await house.record(key)).reference, []
    house.at = house.local("2027-02-15T10:00")  # a manager who has not answered is late by now
    for view in BoardView:
        await house.press(who, {"verb": "board.show", "data": {"view": view}}, {})
        found.append(house.shown(who))
    await house.press(who, {"verb": "board.open", "data": {"conversation": key}}, {})
    found.append(house.shown(who))
    await house.press(who, {"verb": "board.find", "data": {"find": "police"}}, {})
    found.append(house.shown(who))
    await house.say(who, "waiting")
    found.append(house.shown(who))
    return [one.replace(reference, "LC") for one in found]


@pytest.mark.parametrize("where", [agreed, picked_up, booked, held], ids=lambda one: one.__name__)
@pytest.mark.parametrize("who", ["fay", "kit"])
async def test_to_others_it_looks_like_any_request_that_waits_for_its_manager(
    house: House, who: str, where: Any
) -> None:
    house.guarded_by("ola")
    house.people["lena"].mail = house.people["ola"].mail  # whoever chooses, for these walks
    plain = await with_leads(House(MemoryStore()))
    for one in (house, plain):
        one.listed = (*one.listed, one.people["kit"].mail)
        await one.arrive("kit")
    house.lead_by("ola")
    other = await plain.requested()
    house.people["lena"], house.people["ola"] = house.people["ola"], house.people["lena"]
    key = await where(house)
    assert await boards(house, who, key) == await boards(plain, who, other)


async def test_a_list_that_is_behind_shows_it_to_nobody_either(house: House) -> None:
    """Lists are written after the reply: who looks in between sees what is kept."""
    key = await house.requested()
    await house.agree()
    deed = Deed(Act.AMEND, "priya", house.at)
    await house.register.change(
        key, deed, lambda now: restricting.restrict(now, house.at, "requester", (), asked_for=True)
    )
    await house.say("fay", "waiting")
    assert (await house.record(key)).reference not in house.shown("fay")


async def test_it_is_found_by_its_reference_by_the_gatekeeper_and_the_facilitator_alone(
    house: House,
) -> None:
    key = await booked(house)
    reference = (await house.record(key)).reference
    house.listed = (*house.listed, "lena@facilitation.example")
    for who, there in (("fay", False), ("idris", True), ("lena", True)):
        await house.press(who, {"verb": "board.find", "data": {"find": reference}}, {})
        assert (f"(Open {reference})" in house.shown(who)) is there, who
        await house.say(who, f"conversation {reference}")
        assert ("Idris Vaughan" in house.shown(who) or "Booked" in house.shown(who)) is there
    await house.say("lena", f"conversation {reference}")
    assert wording.GATE_SEES.format(reference=reference) in house.shown("lena")
    assert not any(words in house.shown("lena") for words in STORY.values())
    await house.say("idris", "board")
    await house.tap("idris", "Mine: 1")
    assert "Booked on Wed 3 Feb" in house.shown("idris")


async def test_once_closed_it_is_in_no_list_for_others_and_counted_as_any(house: House) -> None:
    key = await held(house)
    house.at = house.local("2027-04-02T10:00")
    await house.sweep.run()
    told = len(house.told("lena"))
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    it = await house.record(key)
    assert it.stage is Stage.COMPLETE
    await house.press("fay", {"verb": "board.show", "data": {"view": "closed"}}, {})
    assert it.reference not in house.shown("fay")
    assert len(house.told("lena")) > told, "the outcome is there to be read"
    for who, there in (("lena", True), ("wren", False), ("ola", False), ("fay", False)):
        await opens(house, who, "outcome.read", key)
        assert ("Back at school." in house.shown(who)) is there, who
    assert tells_nothing(house, "fay", "ola", "wren")
    await house.say("fay", "evaluation")
    await house.press("fay", {"verb": "evaluation.show", "data": {"period": "year"}}, {})
    shown = house.shown("fay")
    other = await with_leads(House(MemoryStore()))
    await other.held()
    other.at = house.at
    await other.say("fay", "evaluation")
    await other.press("fay", {"verb": "evaluation.show", "data": {"period": "year"}}, {})
    asked_and_held = [one for one in other.shown("fay").split("\n") if "held" in one.casefold()]
    assert all(one in shown for one in asked_and_held)


# Later ----------------------------------------------------------------------------------------


async def test_the_facilitator_can_restrict_it_later(house: House) -> None:
    key = await house.booked()
    reference = (await house.record(key)).reference
    before = len(house.channel), house.told("idris")
    await house.change(wording.RESTRICT)
    assert wording.RESTRICT_MORE in house.shown("fay")
    assert "Lena Moss" in house.shown("fay")
    await house.tap("fay", wording.RESTRICT_YES)
    await house.press("idris", {"verb": "board.open", "data": {"conversation": key}}, {})
    assert wording.BOARD_BY_REFERENCE in house.shown("idris")
    await house.press("idris", {"verb": "board.find", "data": {"find": reference}}, {})
    assert reference not in house.shown("idris").replace(f"[{reference}]", "").replace(
        f"{wording.BOARD_FOUND}{reference}", ""
    )
    await opens(house, "fay", "changes.see", key)
    assert wording.RESTRICT not in house.shown("fay")
    assert wording.SECOND_ASK not in house.shown("fay")
    assert STORY["worry"] not in house.shown("lena")
    assert (len(house.channel), house.told("idris")) == before
    await opens(house, "fay", "changes.open", key)
    await house.tap("fay", "Something has changed")
    await house.tap("fay", wording.MOVE_IT)
    assert wording.MOVE_TITLE in house.shown("fay"), "it is theirs as before"


@pytest.mark.parametrize("keepers", [(), ("ola", "wren")])
async def test_feedback_that_was_promised_before_is_read_by_its_gatekeepers(
    house: House, keepers: tuple[str, ...]
) -> None:
    """By default that is the lead, to whom it was promised."""
    if keepers:
        house.guarded_by(*keepers)
    key = await house.held()
    await house.give_feedback("pat", 0, happened="I dread the next one.")
    assert (await house.record(key)).answered("other1").seen == ("reads-lead", "facilitator")  # type: ignore[union-attr]
    await opens(house, "fay", "restrict.yes", key)
    await house.skip(days=1)
    for who in keepers or ("lena",):
        assert any("feedback" in one.casefold() for one in house.told(who))
        await opens(house, who, "feedback.words", key)
        assert "I dread the next one." in house.shown(who)
    for who in {"lena", "idris", "ola", "wren"} - set(keepers or ("lena",)):
        await opens(house, who, "feedback.words", key)
        assert "dread" not in house.shown(who)


async def test_whoever_is_asked_to_facilitate_as_well_is_asked_no_more(house: House) -> None:
    key = await house.booked()
    [whom] = [one.id for one in await house.members() if "idris" in one.mail]
    await opens(house, "fay", "second.ask", key, whom=whom)
    await opens(house, "fay", "restrict.yes", key)
    await opens(house, "idris", "second.take", key)
    assert (await house.record(key)).changes.second is None
    await opens(house, "fay", "second.ask", key, whom=whom)
    assert (await house.record(key)).changes.asked_second is None


async def test_a_hand_over_goes_to_the_gatekeeper(house: House) -> None:
    key = await booked(house)
    await opens(house, "idris", "handover.ask", key)
    assert wording.FEW_HAND_OVER in house.shown("idris")
    await house.tap("idris", wording.FEW_HAND_OVER_YES)
    assert wording.FEW_OFFERED in house.shown("idris")
    assert not (await house.record(key)).told
    assert tells_nothing(house, "fay")
    assert "please choose" in house.told("lena")[-1]
    await opens(house, "fay", "handover.take", key)
    assert wording.GONE in house.shown("fay")
    await assigned(house, "fay")
    await taken(house, "fay")
    await house.open_door("fay")
    assert STORY["worry"] in house.shown("fay")
    assert "Fay Larsen facilitates it now" in house.told("idris")[-1]
    assert not house.channel


async def test_who_keeps_it_after_all_ends_what_was_asked(house: House) -> None:
    key = await booked(house)
    await opens(house, "idris", "handover.yes", key)
    await assigned(house, "fay")
    await opens(house, "idris", "handover.keep", key)
    await opens(house, "fay", "handover.take", key)
    assert STORY["worry"] not in house.shown("fay")
    await opens(house, "idris", "handover.yes", key)
    assert sum("please choose" in one for one in house.told("lena")) == 3, "asked, and twice anew"


async def test_the_gatekeeper_can_ask_another_one_where_the_facilitator_is_ill(
    house: House,
) -> None:
    key = await booked(house)
    await opens(house, "lena", "gate.choose", key)
    await assigned_again(house, "fay")
    assert "another facilitator is asked to take over from you" in str(house.cards)
    await taken(house, "fay")
    await house.open_door("fay")
    assert STORY["worry"] in house.shown("fay")
    await opens(house, "idris", "pickup.see", key)
    assert STORY["worry"] not in house.shown("idris")


async def test_a_facilitator_who_left_leaves_it_to_the_gatekeeper(house: House) -> None:
    key = await booked(house)
    before = sum("please choose" in one for one in house.told("lena"))
    await house.leaves_the_team("idris")
    assert tells_nothing(house, "fay")
    assert sum("please choose" in one for one in house.told("lena")) == before + 1
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.deliver()
    assert tells_nothing(house, "fay")
    await opens(house, "lena", "gate.choose", key)
    await assigned_again(house, "fay")
    await taken(house, "fay")
    await opens(house, "fay", "story.show", key, field="worry")
    assert STORY["worry"] in house.shown("fay")


async def test_something_that_happened_is_the_gatekeepers_to_ring_about(house: House) -> None:
    house.guarded_by("ola")
    key, rung = await agreed(house), {"who": "requester"}
    await opens(house, "priya", "happened.tell", key)
    assert "Ola Ray" in house.shown("priya")
    assert "Priya Shah" in house.shown("ola")
    assert tells_nothing(house, "fay", "idris", "lena")
    for who in ("fay", "lena"):
        await opens(house, who, "happened.rang", key, **rung)
        assert (await house.record(key)).changes.waits
    await opens(house, "ola", "happened.rang", key, **rung)
    assert not (await house.record(key)).changes.waits


# What is said afterwards ----------------------------------------------------------------------


async def test_feedback_and_words_to_be_quoted_are_the_gatekeepers(house: House) -> None:
    house.guarded_by("ola")
    house.deputy = reader(entries((house.people["kit"].mail,), TENANT), wording.TEAM_DEPUTY)
    house.practice_team = practice_team(entries((house.people["wren"].mail,), TENANT))
    house.root = house.second()
    key = await agreed(house)
    await assigned(house, by="ola")
    await taken(house)
    await house.book("idris")
    await house.hold("idris")
    assert wording.READER_PARTS["reads-gatekeeper"] in house.shown("pat")
    assert "Lena" not in house.shown("pat")
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", may_quote="yes")
    await house.skip(days=3)
    assert any("feedback" in one for one in house.told("ola"))
    assert tells_nothing(house, "fay", "kit", "wren", "lena")
    for who in ("lena", "fay", "idris", "kit"):
        await opens(house, who, "feedback.words", key)
        assert "We listened." not in house.shown(who), who
    await opens(house, "ola", "feedback.words", key)
    assert "We listened." in house.shown("ola")
    for who, there in (("fay", False), ("lena", False), ("ola", True)):
        await house.say(who, "evaluation")
        assert (f"{wording.QUOTE_READ}" in house.shown(who)) is there or not there, who
        await house.press(who, {"verb": "quotes.read", "data": {}}, {})
        assert ("We listened." in house.shown(who)) is there, who


async def test_a_button_counts_no_words_that_are_not_for_its_reader(house: House) -> None:
    key = await held(house)
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", may_quote="yes")
    await house.say("fay", "evaluation")
    mine = house.shown("fay")
    await house.say("lena", "evaluation")
    assert mine != house.shown("lena")
    assert "1" in "".join(set(house.shown("lena").split("\n")) - set(mine.split("\n")))
    assert key


# The requester changes their mind ---------------------------------------------------------------


async def amends(house: House, few: str) -> None:
    key = await house.newest()
    await opens(house, "priya", "flow.open", key, flow="amend")
    await house.tap("priya", f"{wording.CHANGE}: {wording.FEW_LABEL}")
    await house.tap("priya", "Next", few=few)
    await house.tap("priya", wording.AMEND_SAVE)


@pytest.mark.parametrize("few", ["yes", ""])
async def test_until_the_manager_agreed_the_tick_can_be_set_or_taken_back(
    house: House, few: str
) -> None:
    key = await house.requested() if few else await asked_for(house)
    await amends(house, few)
    await opens(house, "martin", "manager.agree", key, seen=1)
    assert (await house.record(key)).stage is Stage.AGREED
    assert bool(house.channel) is not bool(few)
    assert bool(house.told("lena")) is bool(few)


async def test_after_it_the_tick_still_closes_it_and_opens_it_no_more(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await amends(house, "yes")
    assert "please choose" in house.told("lena")[-1]
    await opens(house, "fay", "pickup.take", key)
    assert wording.GONE in house.shown("fay")
    assert not (await house.record(key)).facilitator
    await amends(house, "")
    assert wording.FEW_STAYS in house.shown("priya")
    assert (await house.record(key)).changes.restricted is not None


async def test_another_one_with_its_people_has_the_tick_already(house: House) -> None:
    key = await held(house)
    await opens(house, "priya", "review.again", key)
    await house.tap("priya", "No")
    assert values(house.people["priya"].card)["few"] == "yes"


# By the rules -----------------------------------------------------------------------------------


async def test_gatekeepers_are_told_apart_from_others_by_who_they_are(house: House) -> None:
    key = await agreed(house)
    it = await house.record(key)
    found = restricting.gatekeepers(it)
    assert [one.mail for one in found] == ["lena@facilitation.example"]
    assert (
        restricting.gatekeepers(
            it.with_(changes=it.changes.model_copy(update={"restricted": None}))
        )
        == ()
    )


async def test_no_message_of_it_says_more_than_its_reference(house: House) -> None:
    """To the few who are asked, before they have said that they are independent."""
    await agreed(house)
    await assigned(house)
    await house.skip(days=9)
    few = {house.people[one].reference.conversation_id for one in ("lena", "idris")}
    said = [texts(parcel.card) + parcel.summary for to, parcel in house.parcels if to in few]
    assert len(said) >= 4
    for word in ("Social Care", "Priya", "Pat Reed", "Police", *STORY.values()):
        assert not any(word in one for one in said), word
