"""A picture without words, an edited or a deleted message: one calm sentence, and no change."""

import pytest

from cards.wording import wording
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import Change, Event, Message, MessageChanged, Reply, Turn
from tests.dialogs.conftest import STORY, House, texts

SAID = {
    Change.EDITED: lambda: wording.MESSAGE_EDITED,
    Change.DELETED: lambda: wording.MESSAGE_DELETED,
    Change.BACK: lambda: wording.MESSAGE_BACK,
}


@pytest.mark.parametrize("how", Change)
async def test_a_changed_message_changes_no_answer_and_says_so(house: House, how: Change) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", STORY["worry"])
    before = await house.dump("drafts")
    reply = await house.turn("priya", MessageChanged(how))
    assert reply.card is not None
    assert texts(reply.card).strip() == reply.summary == SAID[how]()
    assert "999" in reply.summary
    assert await house.dump("drafts") == before


async def test_a_picture_without_words_answers_nothing(house: House) -> None:
    await house.fill_to("priya", "worry")
    before = await house.dump("drafts")
    reply = await house.turn("priya", Message("", picture=True))
    assert reply.summary == wording.PICTURE
    assert "999" in wording.PICTURE
    assert await house.dump("drafts") == before


async def test_the_words_beside_a_picture_count_as_usual(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.turn("priya", Message(STORY["worry"], picture=True))
    assert "5 of 8" in house.shown("priya")
    assert house.shown("priya").count(wording.PICTURE) == 1
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == STORY["worry"]


@pytest.mark.parametrize("event", [MessageChanged(one) for one in Change] + [Message("", True)])
async def test_in_a_channel_none_of_it_is_answered(house: House, event: Event) -> None:
    person = house.people["priya"]
    turn = Turn(person.actor, event, person.reference, personal=False)
    assert await house.root.handle(turn) == Reply()


@pytest.mark.parametrize("event", [MessageChanged(Change.EDITED), Message("", picture=True)])
def test_it_is_said_without_storage_too(house: House, event: Event) -> None:
    assert "999" in not_saved(house.a_turn("priya", event), "n1").summary


def test_danger_is_answered_without_storage_too(house: House) -> None:
    reply = not_saved(house.a_turn("priya", Message("emergency!")), "n1")
    assert reply.card is not None
    assert wording.URGENT[0] in texts(reply.card)
