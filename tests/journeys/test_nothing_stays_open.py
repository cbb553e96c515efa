"""Nothing stays open in chat: once it is done with, no card in any chat tells a story any more."""

import pytest

from cards.kit.story import story
from cards.wording import wording
from records.conversation.replacing import replace
from records.drafts import Drafts
from records.people import Part, Participant
from records.register.register import Deed
from records.shown_cards import ShownCards
from records.stages import Act
from records.store.memory import MemoryStore
from scheduler.upkeep import tidying
from tests.dialogs.conftest import STORY, House, texts

WORDS = "Words that only the two of them should read."


@pytest.fixture
async def house() -> House:
    made = House(MemoryStore())
    await made.arrive(*made.people)
    return made


def open_(house: House, who: str) -> list[str]:
    """What the cards of somebody's chat tell that have a story."""
    return [texts(one.card) for one in house.people[who].chat if one.card and story(one.card)]


def closed(house: House, who: str) -> list[str]:
    """The receipts that stand where such cards were."""
    return [
        texts(one.card)
        for one in house.people[who].chat
        if one.card and one.summary == wording.CLOSED_SUMMARY
    ]


def leaks(house: House) -> set[str]:
    """Whose chat still shows a text of the request."""
    return {
        who
        for who, person in house.people.items()
        for one in person.chat
        if one.card and any(text in texts(one.card) for text in STORY.values())
    }


async def test_a_second_copy_of_a_request_closes_when_it_is_sent(house: House) -> None:
    await house.fill_request()
    await house.say("priya", "request")
    await house.open_door("priya")
    assert len(open_(house, "priya")) == 2
    await house.tap("priya", "Send")
    assert open_(house, "priya") == []
    [receipt] = closed(house, "priya")
    assert wording.CLOSED_DONE in receipt
    assert leaks(house) == set(), "the manager's message is a door"


async def test_a_draft_put_away_leaves_nothing_behind(house: House) -> None:
    await house.fill_request()
    await house.say("priya", "cancel")
    assert len(open_(house, "priya")) == 1
    await house.tap("priya", "Yes, delete it")
    assert open_(house, "priya") == []


async def test_what_a_manager_opened_closes_when_the_reminder_is_answered(house: House) -> None:
    await house.requested()
    assert leaks(house) == set()
    await house.open_door("martin")
    assert leaks(house) == {"martin"}
    await house.skip(days=5)
    await house.tidy()
    await house.agree()
    assert leaks(house) == set()
    assert len(closed(house, "martin")) == 1


async def test_talk_first_takes_the_story_off_the_managers_chat(house: House) -> None:
    await house.requested()
    await house.skip(days=5)
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message=WORDS)
    assert leaks(house) == set()
    assert not any(WORDS in one for one in open_(house, "priya"))
    await house.open_door("priya")
    assert any(WORDS in one for one in open_(house, "priya"))


async def test_a_request_withdrawn_closes_the_managers_card_without_their_doing(
    house: House,
) -> None:
    key = await house.requested()
    await house.open_door("martin")
    assert leaks(house) == {"martin"}
    tap = {"verb": "request.withdraw-yes", "data": {"conversation": key}}
    await house.press("priya", tap, {})
    assert leaks(house) == set()
    [receipt] = closed(house, "martin")
    assert f"({wording.CLOSED_WHERE})" in receipt
    number = next(
        place
        for place, one in enumerate(house.people["martin"].chat)
        if one.summary == wording.CLOSED_SUMMARY
    )
    card = house.people["martin"].chat[number].card
    assert card is not None
    await house.press("martin", card["actions"][0], {})
    assert "withdrew" in house.shown("martin") or "withdrawn" in house.shown("martin")


async def test_the_facilitators_story_closes_when_the_conversation_is_over(house: House) -> None:
    await house.booked()
    await house.say("fay", "waiting")
    key = await house.newest()
    tap = {"verb": "story.show", "data": {"conversation": key, "field": "worry"}}
    await house.press("fay", tap, {})
    await house.say("fay", "help")
    assert leaks(house) == {"fay"}
    end = {"verb": "held.end", "data": {"conversation": key}}
    await house.press("fay", end, {})
    assert leaks(house) == set()


async def test_after_the_whole_way_no_chat_tells_anything(house: House) -> None:
    await house.held()
    for who in ("priya", "nia", "pat"):
        await house.tap(who, "6 out of 10")
        await house.tap(who, "Next", happened=WORDS)
        for title in ("Next", "Send"):
            await house.tap(who, title)
    await house.skip(weeks=10)
    await house.tidy()
    await house.open_door("priya")
    assert open_(house, "priya")
    await house.tap("priya", "Next", outcome_child=WORDS)
    await house.tap("priya", "Next", outcome_you=WORDS)
    await house.tap("priya", "Send")
    await house.an_hour_strikes()
    assert {who: open_(house, who) for who in house.people} == {who: [] for who in house.people}
    assert [one async for one in ShownCards(house.store).everywhere()] == []


async def test_a_question_that_still_waits_keeps_its_card(house: House) -> None:
    """An hour later, and after others have acted, the lead worker's question is still there."""
    await house.held()
    await house.skip(days=58)
    await house.open_door("priya")
    await house.an_hour_strikes()
    asked = open_(house, "priya")
    assert any(wording.SAVED in one for one in asked)


async def test_after_thirty_days_a_card_is_closed_and_says_how_to_go_on(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.skip(days=29)
    await house.say("priya", "request")
    await house.an_hour_strikes()
    assert len(open_(house, "priya")) == 2
    await house.skip(days=2)
    await house.an_hour_strikes()
    [receipt] = closed(house, "priya")
    assert wording.CLOSED_OLD in receipt
    assert f"({wording.CLOSED_GO_ON})" in receipt


async def test_a_card_that_cannot_be_changed_now_is_closed_an_hour_later(house: House) -> None:
    await house.requested()
    await house.open_door("martin")
    await house.skip(days=5)
    await house.tidy()
    house.down.add("chat-martin")
    await house.agree()
    assert leaks(house) == {"martin"}
    house.down.clear()
    await house.skip(hours=1)
    await house.an_hour_strikes()
    assert leaks(house) == set()


async def test_a_manager_who_comes_keeps_what_is_theirs_as_one_of_those_who_come(
    house: House,
) -> None:
    it = await house.record(await house.booked())
    assert it.booking is not None
    coming = it.booking.model_copy(update={"coming": (*it.booking.coming, "manager")})
    with_them = it.with_(booking=coming)
    assert tidying._needed((it.manager,), with_them)
    assert not tidying._needed((it.manager,), it)


async def test_a_manager_replaced_meanwhile_keeps_nothing_of_the_story(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    new = Participant(id="new", part=Part.MANAGER, name="Robin Marsh", mail="robin@x.example")
    deed = Deed(Act.REPLACE, "somebody", house.at)
    await house.register.change(key, deed, lambda it: replace(it, house.at, "manager", new))
    await house.tidier.tidy(key)
    assert leaks(house) == set()


# Drafts ------------------------------------------------------------------------------------------


async def drafts(house: House) -> int:
    return len([one async for one in Drafts(house.store).everybodys()])


async def test_a_draft_left_lying_is_spoken_of_after_23_days_and_gone_after_30(
    house: House,
) -> None:
    await house.fill_to("priya", "hope_you")
    await house.skip(days=22)
    await house.an_hour_strikes()
    assert "kept until" not in str(house.told("priya"))
    await house.skip(days=1)
    await house.an_hour_strikes()
    await house.an_hour_strikes()
    [said] = [one for one in house.told("priya") if "kept until" in one]
    assert "Wednesday 3 March 2027" in said
    assert wording.DRAFT_REQUEST in house.shown("priya")
    assert not story(house.people["priya"].card)
    await house.skip(days=6)
    await house.an_hour_strikes()
    assert await drafts(house) == 1
    await house.skip(days=2)
    await house.an_hour_strikes()
    assert await drafts(house) == 0
    assert open_(house, "priya") == []


async def test_going_on_with_it_starts_the_thirty_days_again(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.skip(days=23)
    await house.an_hour_strikes()
    await house.tap("priya", wording.CLOSED_GO_ON)
    await house.tap("priya", "Next", worry=STORY["worry"])
    await house.skip(days=22)
    await house.an_hour_strikes()
    assert await drafts(house) == 1
    assert len([one for one in house.told("priya") if "kept until" in one]) == 1


async def test_nobody_is_told_at_night(house: House) -> None:
    await house.fill_to("priya", "worry")
    house.at = house.local("2027-02-25T02:30")
    await house.an_hour_strikes()
    assert "kept until" not in str(house.told("priya"))
    house.at = house.local("2027-02-25T09:00")
    await house.an_hour_strikes()
    assert "kept until" in str(house.told("priya"))


async def test_somebody_told_late_still_has_a_week(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.skip(days=35)
    await house.an_hour_strikes()
    assert await drafts(house) == 1
    await house.skip(days=6)
    await house.an_hour_strikes()
    assert await drafts(house) == 1
    await house.skip(days=2)
    await house.an_hour_strikes()
    assert await drafts(house) == 0


async def test_a_draft_of_somebody_who_cannot_be_reached_goes_too(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.leave("priya")
    await house.skip(days=23)
    await house.an_hour_strikes()
    assert await drafts(house) == 1
    await house.skip(days=8)
    await house.an_hour_strikes()
    assert await drafts(house) == 0


async def test_teams_busy_means_told_an_hour_later(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.skip(days=23)
    house.down.add("chat-priya")
    await house.an_hour_strikes()
    assert "kept until" not in str(house.told("priya"))
    house.down.clear()
    await house.an_hour_strikes()
    assert "kept until" in str(house.told("priya"))


async def test_what_is_typed_up_is_kept_so_its_draft_goes_without_a_word(house: House) -> None:
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    await house.tap("fay", "Save and go on", worries_text="Nobody listens.")
    await house.skip(days=40)
    await house.an_hour_strikes()
    assert "kept until" not in str(house.told("fay"))
    assert await house.draft("fay", "learning", key) is None
    kept = (await house.file(key)).answers_of("learning", "worries")
    assert kept is not None
    assert kept.texts["text"] == "Nobody listens."


async def test_a_section_too_long_to_keep_is_spoken_of_before_it_goes(house: House) -> None:
    await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    await house.tap("fay", "Save and go on", worries_text="x" * 4_500)
    await house.skip(days=23)
    await house.an_hour_strikes()
    assert "kept until" in str(house.told("fay"))


async def test_the_words_to_record_are_off_the_screen_once_they_are_recorded(house: House) -> None:
    key = await house.held()
    for verb in ("learning.type-up", "learning.share-yes"):
        await house.press("fay", {"verb": verb, "data": {"conversation": key}}, {})
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    assert not story(house.people["pat"].card)
    await house.open_door("pat")
    assert story(house.people["pat"].card)
    await house.tap("pat", "Recorded on our system")
    assert not story(house.people["pat"].card)
