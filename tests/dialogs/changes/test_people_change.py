"""*Someone else is now…*: who says it, who is told, and what the new one gets."""

from cards.wording import wording
from dialogs.turn.access import Right, Who, may
from tests.dialogs.conftest import House, values

DANA = {
    "new_name": "Dana Hill",
    "new_agency": "Suffolk Police",
    "new_mail": "kit@facilitation.example",
}


async def test_by_themselves_with_their_place_and_agency_filled_in(house: House) -> None:
    key = await house.booked()
    await house.arrive("kit")
    await house.say("pat", "someone else")
    await house.tap("pat", f"Open {(await house.record(key)).reference}")
    now = values(house.people["pat"].card)
    assert (now["whose"], now["new_agency"]) == ("other1", "Suffolk Police")
    await house.tap("pat", "Save the change", **DANA)
    assert "Dana Hill has taken over from Pat Reed" in house.shown("pat")
    assert "Dana Hill has taken over from Pat Reed" in house.shown("fay")
    assert "invites you to a learning conversation" in house.shown("kit")


async def test_nothing_more_comes_to_the_one_who_left(house: House) -> None:
    key = await house.booked()
    await house.arrive("kit")
    data = {"flow": "someone-else", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    await house.tap("pat", "Save the change", **DANA)
    before = len(house.told("pat"))
    await house.skip(days=4)
    assert len(house.told("pat")) == before
    assert "did you take part" in house.shown("kit")
    await house.press("pat", {"verb": "feedback.yes", "data": {"conversation": key}}, {})
    assert "Dana Hill has taken over from Pat Reed" in house.shown("pat")


async def test_one_who_came_and_left_may_still_give_feedback(house: House) -> None:
    key = await house.held()
    data = {"flow": "someone-else", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    await house.tap("pat", "Save the change", **DANA)
    await house.press("pat", {"verb": "flow.open", "data": {**data, "flow": "feedback"}}, {})
    await house.tap("pat", "6 out of 10")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert "Dana Hill has taken over from Pat Reed" in house.shown("pat")


async def test_the_facilitator_may_replace_anybody_and_hears_no_more_of_it(house: House) -> None:
    await house.booked()
    await house.arrive("kit")
    told = len(house.told("fay"))
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Someone else is now…")
    await house.tap("fay", "Save the change", whose="nurse", **DANA)
    assert "Dana Hill has taken over from Nia Okafor" in house.shown("fay")
    assert len(house.told("fay")) == told


async def test_nobody_replaces_somebody_else(house: House) -> None:
    key = await house.booked()
    data = {"flow": "someone-else", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    await house.tap("pat", "Save the change", **{**DANA, "whose": "nurse"})
    assert "cannot take that place" in house.shown("pat")
    nurse = (await house.record(key)).person("nurse")
    assert nurse is not None
    assert nurse.left is None


async def test_what_was_typed_is_still_there_where_something_is_missing(house: House) -> None:
    key = await house.booked()
    data = {"flow": "someone-else", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    await house.tap("pat", "Save the change", **{**DANA, "new_mail": "nobody"})
    assert wording.NOT_A_MAIL in house.shown("pat")
    assert values(house.people["pat"].card)["new_name"] == "Dana Hill"


async def test_a_new_lead_worker_sees_only_the_hope_for_the_child(house: House) -> None:
    key = await house.held()
    await house.arrive("kit")
    data = {"flow": "someone-else", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Save the change", **DANA)
    assert "You are now lead worker in" in house.shown("kit")
    await house.skip(weeks=8, days=1)
    await house.tap("kit", "See what was hoped for")
    shown = house.shown("kit")
    assert wording.Q_OUTCOME_CHILD in shown
    assert "One plan that holds." in shown
    await house.tap("kit", "Next", outcome_child="Better.")
    assert wording.HOPES_SEE not in house.shown("kit")
    assert "Room to think." not in house.shown("kit")
    assert "Eight weeks" not in house.shown("priya")


async def test_the_requester_stays_the_requester(house: House) -> None:
    key = await house.booked()
    await house.arrive("kit")
    data = {"flow": "someone-else", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Save the change", **DANA)
    assert "Priya Shah stays the one who asked." in house.shown("priya")
    await house.say("priya", "my requests")
    assert (await house.record(key)).reference in house.shown("priya")


async def test_a_requester_whose_place_is_another_s_gives_their_feedback_and_records_nothing(
    house: House,
) -> None:
    """They came, and came only: their agency's learning is for the one who is there now."""
    key = await house.held()
    await house.arrive("kit")
    data = {"flow": "someone-else", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Save the change", **DANA)
    it = await house.record(key)
    keys = [house.people[one].actor.key for one in ("priya", "kit")]
    found = [await house.directory.find(one) for one in keys]
    them, instead = [Who(one) for one in found if one is not None]
    assert [may(them, it, one) for one in (Right.FEEDBACK, Right.RECORD)] == [True, False]
    assert may(instead, it, Right.RECORD)


async def test_a_stranger_has_no_place_to_pass_on(house: House) -> None:
    await house.booked()
    await house.say("idris", "someone else")
    assert wording.SOMEONE_NONE in house.shown("idris")
