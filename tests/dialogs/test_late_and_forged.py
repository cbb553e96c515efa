"""Cards that are older than a change, and taps that were made up: nothing leaks or gets lost."""

import pytest

from cards.wording import wording
from dialogs.root.routes import FLOWS, TAPS
from dialogs.turn.events import CardAction, Reply
from dialogs.turn.route import Plain
from tests.dialogs.conftest import STORY, House, texts
from tests.dialogs.learning.test_sharing import shared

WORDS = "He would be hurt, and so would she."


def text_of(reply: Reply) -> str:
    return f"{texts(reply.card) if reply.card else ''}\n{reply.summary}"


async def opens(house: House, who: str, flow: str, key: str) -> None:
    await house.press(who, {"verb": "flow.open", "data": {"flow": flow, "conversation": key}}, {})


async def another_leads(house: House, key: str) -> None:
    """Nia leads from now on; Priya still comes."""
    await opens(house, "fay", "moving", key)
    await house.tap("fay", wording.MOVE_SEND, lead="nurse")
    assert (await house.record(key)).lead == "nurse"


async def somebody_new_leads(house: House, key: str) -> None:
    """Ann takes the place of Priya, who led."""
    await opens(house, "fay", "someone-else", key)
    new = {"new_name": "Ann New", "new_mail": "ann@socialcare.example", "new_agency": "Social Care"}
    await house.tap("fay", "Save the change", whose="requester", **new)
    assert (await house.record(key)).lead == "someone1"


# The lead worker is another one while a card is open ----------------------------------------------


async def test_telling_settled_on_a_card_from_before_another_led_counts_for_nothing(
    house: House,
) -> None:
    key = await house.booked()
    await opens(house, "priya", "not-safe", key)
    late = house.data("priya", "Save my answer", because=WORDS)
    await another_leads(house, key)
    shown = text_of(await house.turn("priya", late))
    assert (await house.record(key)).telling is None
    assert "Nia Okafor is now lead worker" in shown
    assert WORDS in shown, "it comes back to its writer"
    assert wording.REPLACED_LEAD_NEXT in shown, "they still come, and have things to do"
    assert wording.REPLACED_NEXT not in shown
    for who in ("nia", "fay", "pat"):
        assert WORDS not in house.shown(who)


async def test_told_tapped_on_a_card_from_before_another_led_settles_nothing(
    house: House,
) -> None:
    key = await house.booked()
    await house.press("priya", {"verb": "prepare.telling", "data": {"conversation": key}}, {})
    late = house.data("priya", wording.TELLING_TOLD)
    await another_leads(house, key)
    await house.turn("priya", late)
    assert (await house.record(key)).telling is None


async def test_passed_on_said_after_somebody_new_leads_is_theirs_to_say(house: House) -> None:
    key = await shared(house)
    await house.tap("priya", "Say who I shared it with")
    late = house.data("priya", "Confirm who has it", shared_with="other1", shared_others=WORDS)
    await somebody_new_leads(house, key)
    shown = text_of(await house.turn("priya", late))
    assert "Ann New is now lead worker" in shown
    assert WORDS in shown
    captured = (await house.record(key)).captured
    assert captured.confirmed_at is None
    assert captured.shared_with == ()


async def test_an_outcome_half_written_when_somebody_new_leads_comes_back_to_its_writer(
    house: House,
) -> None:
    key = await house.held()
    await house.skip(weeks=8, days=1)
    await opens(house, "priya", "outcome", key)
    late = house.data("priya", "Next", outcome_child=WORDS)
    await somebody_new_leads(house, key)
    shown = text_of(await house.turn("priya", late))
    assert WORDS in shown
    assert "Ann New is now lead worker" in shown
    assert (await house.file(key)).answers_of("outcome", "lead") is None


# Made up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["requested", "booked", "held"])
async def test_no_tap_of_a_stranger_with_anothers_conversation_shows_or_changes_any_of_it(
    house: House, stage: str
) -> None:
    """Every tap that is about none, and every tap of every flow."""
    await house.arrive("kit")
    key = await getattr(house, stage)()
    reference = (await house.record(key)).reference
    before = await house.dump("conversations")
    plain = [(verb, "") for verb, one in TAPS.items() if isinstance(one, Plain)]
    inside = [(verb, flow) for verb in TAPS if verb.startswith("flow.") for flow in FLOWS]
    for verb, flow in (*plain, *inside):
        made_up = {
            "conversation": key,
            "flow": flow,
            "step": FLOWS[flow].steps[0].id if flow else "",
            "kind": "pack",
            "field": "worry",
            "to": "worry",
            "text": "-",
            "sought": reference,
            "worry": "Mine.",
        }
        shown = text_of(await house.turn("kit", CardAction(verb, made_up)))
        assert not [one for one in STORY.values() if one in shown], (verb, flow)
        assert reference not in shown, (verb, flow)
        assert await house.dump("conversations") == before, (verb, flow)


async def test_a_card_of_one_who_came_sent_by_another_is_the_others_own_answer(
    house: House,
) -> None:
    """With the submission of somebody else's tap, too."""
    key = await house.held()
    theirs = house.data("nia", "7 out of 10")
    await house.turn("nia", theirs)
    await house.turn("pat", theirs)
    file = await house.file(key)
    scales = {one.by: one.scale for one, _ in file.answers.values() if one.what == "feedback"}
    assert scales == {"nurse": 7, "other1": 7}
