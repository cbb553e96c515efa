"""The gentle question about names and numbers: once, for all texts, and never in the way."""

import pytest

from cards.wording import wording
from dialogs.learning.sharing import PassedOnFlow
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import TAPS, House, texts, values

NAMED = "We are worried that Alba Quill is not heard."
ASKED = "This may hold a full name. Is it right to keep that here?"


PLACE = f"In “{wording.Q_WORRY}”: {wording.HINT_NAME}."


async def at_check(house: House, **texts: str) -> None:
    """A request that is filled in, with these texts."""
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    for step in ("worry", "hope_you", "hope_child"):
        await house.tap(
            "priya", "Next", **{**TAPS[step], **{k: v for k, v in texts.items() if k in TAPS[step]}}
        )


async def test_no_step_asks_and_the_check_asks_once_for_all(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NAMED)
    assert "6 of 8" in house.shown("priya")
    assert "may hold" not in house.shown("priya")
    await house.tap("priya", "Next", hope_you="Born on 3 May 2014.", hope_you_known="I sleep.")
    await house.tap("priya", "Next", **TAPS["hope_child"])
    shown = house.shown("priya")
    assert "8 of 8" in shown
    assert "This may hold a full name and a date of birth. Is it right to keep that here?" in shown
    assert wording.HINT_KEEP_THERE in shown
    assert PLACE in shown
    assert f"In “{wording.Q_YOU}”: {wording.HINT_BIRTH}." in shown
    assert f"In “{wording.Q_CHILD}”" not in shown


async def test_a_typed_answer_is_asked_about_before_the_check_is_opened(house: House) -> None:
    """The check that a message leads to is a door, and the question comes once."""
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NAMED)
    await house.tap("priya", "Next", **TAPS["hope_you"])
    await house.say("priya", "To be heard.")
    await house.say("priya", "By sleeping.")
    assert wording.DOOR_CHECK_TITLE not in house.shown("priya")
    await house.tap("priya", "Next")
    assert "This may hold a full name." in house.shown("priya")
    assert PLACE in house.shown("priya")
    await house.say("priya", "One thing more.")
    shown = house.shown("priya")
    assert wording.DOOR_CHECK_TITLE in shown
    assert wording.USE_CARD_ABOVE in shown


async def test_it_stands_in_nobodys_way(house: House) -> None:
    await at_check(house, worry=NAMED)
    assert ASKED in house.shown("priya")
    await house.tap("priya", "Send")
    assert "Your request" in house.shown("priya") or "LC-" in house.shown("priya")
    assert await house.draft("priya") is None
    key = await house.newest()
    answers = (await house.file(key)).answers_of("request", "requester")
    assert answers is not None
    assert answers.texts["worry"] == NAMED


async def test_a_text_can_be_changed_from_there_and_is_looked_at_anew(house: House) -> None:
    await at_check(house, worry=NAMED)
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    assert values(house.people["priya"].card)["worry"] == NAMED
    await house.tap("priya", "Next", worry="Born on 3 May 2014.")
    assert "a date of birth" in house.shown("priya")
    assert ASKED not in house.shown("priya")
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    await house.tap("priya", "Next", worry="She is not heard.")
    assert "may hold" not in house.shown("priya")


async def test_coming_back_to_a_text_that_was_kept_asks_nothing(house: House) -> None:
    await at_check(house, worry=NAMED)
    await house.tap("priya", "Back")
    await house.tap("priya", "Next")
    assert "8 of 8" in house.shown("priya")
    assert "may hold" not in house.shown("priya")


async def test_the_people_named_on_the_cards_may_stand_in_the_text(house: House) -> None:
    await at_check(house, worry="Martin Cole and Priya Shah see it in two ways.")
    assert "may hold" not in house.shown("priya")


async def test_names_contacts_and_places_are_never_asked_about(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "nia", "pat")
    await house.fill_request()
    assert "Nia Okafor" in house.shown("priya")
    assert "may hold" not in house.shown("priya")
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.book(place="Alba Quill House, 12/05/2014")
    assert "may hold" not in house.shown("fay")


async def test_a_task_is_nothing_to_ask_about_in_a_request(house: House) -> None:
    await at_check(house, worry="Nobody will ring the school by Friday.")
    assert "may hold" not in house.shown("priya")
    assert "reads like" not in house.shown("priya")


async def test_typed_text_is_asked_about_too(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    await house.say("priya", NAMED)
    await house.tap("priya", "Next")
    assert "6 of 8" in house.shown("priya")
    await house.fill_from("priya", "hope_you")
    assert ASKED in house.shown("priya")


@pytest.mark.parametrize("redelivered", [1, 3])
async def test_the_same_tap_again_asks_the_same_question(house: House, redelivered: int) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NAMED)
    await house.tap("priya", "Next", **TAPS["hope_you"])
    tap: CardAction = house.data("priya", "Next", **TAPS["hope_child"])
    for _ in range(redelivered + 1):
        await house.turn("priya", tap)
        assert ASKED in house.shown("priya")
        assert PLACE in house.shown("priya")


async def test_what_was_sent_once_is_not_asked_about_when_the_rest_is_changed(house: House) -> None:
    await at_check(house, worry=NAMED)
    await house.tap("priya", "Send")
    reference = (await house.record(await house.newest())).reference
    await house.say("priya", "my requests")
    await house.tap("priya", f"Open {reference}")
    await house.tap("priya", "Change my answers")
    await house.tap("priya", f"Change: {wording.Q_YOU}")
    await house.tap("priya", "Next", hope_you="Room.")
    assert "may hold" not in house.shown("priya")
    await house.tap("priya", f"Change: {wording.Q_YOU}")
    await house.tap("priya", "Next", hope_you="Alba Quill is heard.")
    assert ASKED in house.shown("priya")
    assert PLACE not in house.shown("priya")


async def test_a_message_to_the_requester_is_asked_about(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Is this about Alba Quill?")
    assert ASKED in texts(house.people["martin"].card)
    await house.tap("martin", "Send")
    await house.open_door("priya")
    assert "Is this about Alba Quill?" in house.shown("priya")


async def test_feedback_is_kept_for_its_writer_and_asked_about_before_it_is_sent(
    house: House,
) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="Alba Quill was heard.")
    assert "may hold" not in house.shown("pat")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", possibility="More time.")
    assert ASKED in house.shown("pat")
    assert f"In “{wording.Q_HAPPENED}”: {wording.HINT_NAME}." in house.shown("pat")
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.answers["possibility"] == "More time."
    await house.tap("pat", "Send")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {"happened": "Alba Quill was heard.", "possibility": "More time."}


async def test_from_the_last_card_of_feedback_each_text_can_be_changed(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="Alba Quill was heard.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", possibility="More time.")
    await house.tap("pat", f"Change: {wording.Q_HAPPENED}")
    assert values(house.people["pat"].card)["happened"] == "Alba Quill was heard."
    await house.tap("pat", "Next", happened="The child was heard.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {"happened": "The child was heard.", "possibility": "More time."}


def test_with_whom_a_document_was_shared_is_no_story() -> None:
    [step] = PassedOnFlow.steps
    assert step.hints == frozenset()
