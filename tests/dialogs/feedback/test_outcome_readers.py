"""Who reads what difference it made, and words that may be quoted: nobody with a part in it. And
what the lead worker shares with everybody who came."""

import pytest

from bot.roster import entries, practice_team
from cards.kit.door import holds_words
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Readership
from records.register.register import Deed
from records.stages import Act
from tests.dialogs.conftest import STORY, TENANT, House, Who
from tests.dialogs.feedback.test_readers import led, opened, text_of

CHILD, OWN = "They go to school again.", "Calmer."
WREN = "wren@practice.example"


async def practising(house: House, *mails: str) -> None:
    """The settings name the Practice Team."""
    house.people["wren"] = Who("wren", "Wren Hale", WREN)
    house.practice_team = practice_team(entries(mails, TENANT))
    house.root = house.second()
    await house.arrive("wren")


async def told(house: House, **choices: str) -> str:
    """Eight weeks on the lead worker says it."""
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child=CHILD)
    await house.tap("priya", "Next", outcome_you=OWN, **choices)
    await house.tap("priya", "Send")
    return key


async def reads(house: House, who: str, key: str, verb: str = "outcome.read") -> bool:
    shown = text_of(await opened(house, who, verb, key))
    return CHILD in shown and OWN in shown


async def test_a_manager_on_the_practice_team_does_not_read_it(house: House) -> None:
    await practising(house, WREN, house.people["martin"].mail)
    key = await told(house)
    assert "Seen by: the Practice Team, never your manager." in house.shown("priya")
    assert await reads(house, "wren", key)
    assert not await reads(house, "martin", key)
    assert not any("what difference" in one for one in house.told("martin"))


async def test_the_facilitator_on_the_practice_team_does_not_read_it(house: House) -> None:
    await practising(house, WREN, house.people["fay"].mail)
    key = await told(house)
    assert not await reads(house, "fay", key)


async def test_without_a_practice_team_the_lead_reads_it(house: House) -> None:
    await led(house)
    key = await told(house)
    assert "Seen by: Lena Moss (the team lead), never your manager." in house.shown("priya")
    assert wording.PRACTICE_INSTEAD in house.shown("lena")
    await house.tap("lena", "Read their words")
    assert CHILD in house.shown("lena")
    for who in ("ola", "nora", "martin", "idris"):
        assert not await reads(house, who, key)


async def test_where_the_practice_team_is_all_named_in_it_the_lead_reads_it(house: House) -> None:
    await led(house)
    await practising(house, house.people["martin"].mail)
    key = await told(house)
    assert await reads(house, "lena", key)
    assert not await reads(house, "martin", key)


async def test_where_nobody_is_left_who_stands_in_reads_it(house: House) -> None:
    await led(house, "fay", "martin")
    await practising(house, house.people["pat"].mail)
    key = await told(house)
    assert "Seen by: Nora Finch (the team lead’s stand-in)" in house.shown("priya")
    assert await reads(house, "nora", key)
    for who in ("fay", "martin", "pat"):
        assert not await reads(house, who, key)


async def test_where_nobody_stands_in_the_card_promises_nobody(house: House) -> None:
    await led(house, "fay", "martin", "")
    await house.held()
    await house.skip(weeks=9)
    for inputs in ({"outcome_child": CHILD}, {"outcome_you": OWN}):
        assert wording.SEEN_OUTCOME_NOBODY in house.shown("priya")
        await house.tap("priya", "Next", **inputs)
    await house.tap("priya", "Send")
    assert wording.SEEN_OUTCOME_NOBODY in house.shown("priya")


async def test_the_card_says_first_who_sees_it(house: House) -> None:
    await practising(house, WREN)
    await house.held()
    await house.skip(weeks=9)
    shown = house.shown("priya")
    assert shown.index("Seen by: the Practice Team") < shown.index(wording.Q_OUTCOME_CHILD)
    await house.tap("priya", "Next", outcome_child=CHILD)
    shown = house.shown("priya")
    assert shown.index("Seen by: the Practice Team") < shown.index(wording.Q_OUTCOME_YOU)


async def test_of_one_held_before_it_was_noted_who_reads_the_message_is_a_door(
    house: House,
) -> None:
    key = await house.held()

    def earlier(it: Conversation) -> Conversation:
        assert it.held is not None
        return it.with_(held=it.held.model_copy(update={"seen": False}), reading=Readership())

    await house.register.change(key, Deed(Act.BOUND, "key", house.at), earlier)
    await practising(house, WREN)
    await house.skip(weeks=9)
    assert "Seen by" not in house.shown("priya")
    await house.open_door("priya")
    assert "Seen by: the Practice Team" in house.shown("priya")
    await house.tap("priya", "Next", outcome_child=CHILD)
    await house.tap("priya", "Next", outcome_you=OWN)
    await house.tap("priya", "Send")
    assert await reads(house, "wren", key)


async def test_both_questions_can_be_skipped(house: House) -> None:
    await practising(house, WREN)
    key = await house.held()
    await house.skip(weeks=9)
    for title in ("Next", "Next", "Send"):
        await house.tap("priya", title)
    assert (await house.record(key)).stage == "complete"
    await house.tap("wren", "Read their words")
    assert wording.DOC_EMPTY in house.shown("wren")


# Hopes --------------------------------------------------------------------------------------------


async def test_hopes_are_shown_on_a_tap_to_the_one_client_and_cost_no_tap(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    assert not holds_words(house.people["priya"].card)
    assert STORY["hope_child"] not in house.shown("priya")
    await house.tap("priya", "See what was hoped for", outcome_child="Half a ")
    assert STORY["hope_child"] in house.shown("priya")
    assert holds_words(house.people["priya"].card)
    assert "Half a " in house.shown("priya")
    await house.tap("priya", "Next", outcome_child=CHILD)
    assert STORY["hope_you"] not in house.shown("priya")
    await house.tap("priya", "See what was hoped for")
    assert STORY["hope_you"] in house.shown("priya")
    assert STORY["hope_child"] not in house.shown("priya")
    await house.tap("priya", "Next", outcome_you=OWN)
    await house.tap("priya", "Send")


@pytest.mark.parametrize("who", ["pat", "martin", "fay", "idris"])
async def test_hopes_are_for_the_lead_worker_alone(house: House, who: str) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    shown = text_of(await opened(house, who, "outcome.hopes", key))
    assert STORY["hope_child"] not in shown


# Shared -------------------------------------------------------------------------------------------


async def test_shared_words_come_as_thanks_and_open_on_a_tap(house: House) -> None:
    key = await told(house, share="yes")
    reference = (await house.record(key)).reference
    thanks = f"{reference}: thank you. Priya Shah shared what difference it made."
    assert "Everyone who came, and Fay Larsen, can read your words." in house.shown("priya")
    assert thanks not in house.told("priya")
    for who in ("pat", "nia", "fay"):
        assert house.told(who)[-1] == thanks
        assert CHILD not in house.shown(who)
        await house.tap(who, "Read their words")
        assert CHILD in house.shown(who)
        assert STORY["hope_child"] not in house.shown(who)
    for who in ("martin", "idris", "kit"):
        assert thanks not in house.told(who)
        assert not await reads(house, who, key, "shared.read")


async def test_nothing_is_shared_unless_it_is_chosen(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child=CHILD)
    assert wording.OUTCOME_SHARE in house.shown("priya")
    assert not house.data("priya", "Next").data.get("share")
    await house.tap("priya", "Next", outcome_you=OWN)
    assert wording.OUTCOME_NOT_SHARED in house.shown("priya")
    await house.tap("priya", "Send")
    key = await house.newest()
    for who in ("pat", "nia", "fay", "martin"):
        assert not any("shared what difference" in one for one in house.told(who))
        assert not await reads(house, who, key, "shared.read")


async def test_what_was_chosen_can_be_changed_before_it_is_sent(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child=CHILD)
    await house.tap("priya", "Next", outcome_you=OWN, share="yes")
    assert wording.OUTCOME_SHARE in house.shown("priya")
    await house.tap("priya", f"Change: {wording.OUTCOME_SHARE_LABEL}")
    await house.tap("priya", "Next", share="")
    await house.tap("priya", "Send")
    key = await house.newest()
    assert not await reads(house, "pat", key, "shared.read")


# Released -----------------------------------------------------------------------------------------


async def quotable(house: House) -> str:
    key = await house.held()
    await house.give_feedback("pat", 7, happened="We slowed down.", may_quote="yes")
    assert "first read by somebody who had no part in it" in house.shown("pat")
    return key


async def finds(house: House, who: str) -> bool:
    await house.press(who, {"verb": "quotes.read", "data": {}}, {})
    return "We slowed down." in house.shown(who)


async def test_words_are_released_by_one_of_the_team_who_had_no_part_in_it(house: House) -> None:
    await quotable(house)
    assert not await finds(house, "fay")
    assert await finds(house, "idris")


async def test_a_facilitator_who_handed_it_over_had_a_part_in_it(house: House) -> None:
    key = await house.booked()
    await house.press("fay", {"verb": "handover.yes", "data": {"conversation": key}}, {})
    await house.pick_up("idris")
    await house.hold("idris")
    await house.give_feedback("pat", 7, happened="We slowed down.", may_quote="yes")
    assert not await finds(house, "fay")
    assert not await finds(house, "idris")


async def test_where_the_team_is_one_facilitator_who_leads_it_releases_words(house: House) -> None:
    await led(house)
    await quotable(house)
    house.listed = (house.people["fay"].mail,)
    await house.say("lena", "evaluation")
    assert await finds(house, "lena")
    await house.tap("lena", "Release these words")
    assert not await finds(house, "lena")


async def test_where_nobody_is_left_who_stands_in_releases_words(house: House) -> None:
    await led(house, "fay", "martin")
    await quotable(house)
    for who in ("fay", "martin"):
        assert not await finds(house, who)
    assert await finds(house, "nora")
