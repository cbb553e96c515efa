"""A facilitator who has left the team: their rights go, and somebody else takes it over."""

from datetime import timedelta

import pytest

from cards.wording import wording
from dialogs.files.files import NotTheirs, follow
from dialogs.root.root import hand_in
from dialogs.root.routes import FILES
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, FileSent, Message
from records.outbox.prompt import Kind, State
from records.people import Person
from tests.dialogs.conftest import CHANNEL, STORY, House

WORRIES = "Two visits in a row were missed."
VERBS = ("pickup.see", "story.show", "changes.see", "changes.open", "handover.keep", "stop.ask")


def tap(verb: str, key: str, **more: str) -> CardAction:
    """A tap on some card that somebody still has."""
    return CardAction(verb, {"conversation": key, **more})


async def left(house: House, *, lead: str = "") -> str:
    """Booked by Fay, who has left the team since."""
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    if lead:
        await house.arrive(lead)
        house.lead_by(lead)
    key = await house.booked()
    await house.leaves_the_team("fay")
    return key


# Their rights -----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
async def test_who_has_left_the_team_sees_nothing_of_it_at_their_next_tap(
    house: House, verb: str
) -> None:
    """Before the errand has run, too: the roster is asked at every tap."""
    key = await house.booked()
    house.listed = ("idris@facilitation.example",)
    before = await house.record(key)
    await house.turn("fay", tap(verb, key, field="worry"))
    assert "is with the facilitation team now" in house.shown("fay")
    assert STORY["worry"] not in house.shown("fay")
    assert await house.record(key) == before


async def test_no_right_of_a_facilitator_is_left_to_them(house: House) -> None:
    key = await house.booked()
    house.listed = ("idris@facilitation.example",)
    for flow in ("booking", "moving", "learning", "someone-else"):
        await house.turn("fay", tap("flow.open", key, flow=flow))
        assert "is with the facilitation team now" in house.shown("fay"), flow
    for word in ("my conversations", "pack", "someone else"):
        reply = await house.say("fay", word)
        reference = (await house.record(key)).reference
        assert reference not in str(reply.card), word
    await house.say("fay", "pack")
    assert wording.PACK_NONE in house.shown("fay")


async def test_what_was_typed_is_shown_back_and_what_is_kept_waits_for_their_return(
    house: House,
) -> None:
    key = await house.booked()
    await house.turn("fay", tap("learning.type-up", key))
    await house.turn("fay", tap("flow.change", key, flow="learning", to="worries"))
    send = house.data("fay", "Save and go on", worries_text=WORRIES)
    await house.tap("fay", "Save and go on", worries_text="The first half of it.")
    listed, house.listed = house.listed, ("idris@facilitation.example",)
    await house.turn("fay", send)
    assert "is with the facilitation team now" in house.shown("fay")
    assert WORRIES in house.shown("fay")
    assert "The first half of it." not in house.shown("fay")
    await house.say("fay", "A sentence that is typed into the chat.")
    assert "is with the facilitation team now" in house.shown("fay")
    assert wording.TYPED_ABOVE in house.shown("fay")
    assert "The first half of it." not in house.shown("fay")
    assert await house.draft("fay", "learning", key) is not None
    house.listed = listed
    await house.turn("fay", tap("learning.type-up", key))
    assert "is with the facilitation team now" not in house.shown("fay")


async def test_neither_a_link_nor_the_page_nor_the_board_opens_it(house: House) -> None:
    key = await house.booked()
    fay = house.people["fay"].actor.key
    assert (await follow(house.services(), FILES, fay, "pack", key)).body
    house.listed = ("idris@facilitation.example",)
    with pytest.raises(NotTheirs):
        await follow(house.services(), FILES, fay, "pack", key)
    said = await hand_in(house.services(), fay, key, "Learning.docx", b"PK")
    assert "is with the facilitation team now" in said
    for event in (Message("board"), tap("board.open", key)):
        await house.turn("fay", event)
        assert (await house.record(key)).request.agency not in house.shown("fay")


async def test_what_is_typed_into_the_chat_ends_no_draft_that_waits(house: House) -> None:
    key = await house.booked()
    for flow in ("someone-else", "moving"):
        await house.turn("fay", tap("flow.open", key, flow=flow))
    house.listed = ("idris@facilitation.example",)
    await house.say("fay", "A sentence that is typed into the chat, and is for none of both.")
    assert (await house.record(key)).reference not in house.shown("fay")
    for flow in ("someone-else", "moving"):
        assert await house.draft("fay", flow, key) is not None


async def test_the_story_on_their_screen_is_closed(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    assert STORY["worry"] in house.shown("fay")
    await house.leaves_the_team("fay")
    assert STORY["worry"] not in str([one.card for one in house.people["fay"].chat])


async def test_nobody_who_left_is_told_that_a_draft_of_theirs_is_old(house: House) -> None:
    listed, key = house.listed, await house.booked()
    await house.turn("fay", tap("flow.open", key, flow="someone-else"))
    await house.tap("fay", "Save the change", whose="other1", new_name="Dana Hill")
    await house.leaves_the_team("fay")
    seen = len(house.told("fay"))
    for _ in range(6):
        house.at += timedelta(weeks=1)
        await house.an_hour_strikes()
    assert len(house.told("fay")) == seen
    assert await house.draft("fay", "someone-else", key) is not None
    house.listed = listed
    await house.five_minutes()
    await house.an_hour_strikes()
    assert "is kept until" in house.told("fay")[-1]


async def test_once_it_is_taken_over_their_draft_is_put_away(house: House) -> None:
    key = await house.booked()
    await house.turn("fay", tap("learning.type-up", key))
    await house.turn("fay", tap("flow.change", key, flow="learning", to="worries"))
    await house.tap("fay", "Save and go on", worries_text=WORRIES)
    await house.leaves_the_team("fay")
    await house.pick_up("idris")
    assert await house.draft("fay", "learning", key) is None


async def test_a_word_file_of_theirs_is_not_taken(house: House) -> None:
    key = await house.held()
    house.onedrive.asks_consent = True
    await house.turn("fay", tap("upload.ask", key))
    house.onedrive.sent["https://a.example/file"] = b"PK"
    house.listed = ("idris@facilitation.example",)
    await house.turn("fay", FileSent("Learning.docx", "https://a.example/file"))
    assert "is with the facilitation team now" in house.shown("fay")
    assert not (await house.record(key)).captured.file
    assert await house.draft("fay", "upload", "-") is None


async def test_an_account_that_is_gone_counts_at_once_whatever_the_list_says(house: House) -> None:
    key = await house.booked()
    fay = await house.directory.find(house.people["fay"].actor.key)
    assert fay is not None
    gone = house.people.pop("fay")
    house.at = house.local("2027-02-02T15:00")
    await house.directory.current(fay, house.at.replace(day=4))
    await house.five_minutes()
    house.people["fay"] = gone
    it = await house.record(key)
    assert it.changes.facilitator_left is not None
    assert "needs a new facilitator" in house.shown("idris")


async def test_whoever_acts_is_asked_of_the_platform_where_that_is_a_day_ago(house: House) -> None:
    """So that an account that is gone counts at the tap itself."""
    key = await house.booked()
    fay = await house.directory.find(house.people["fay"].actor.key)
    assert fay is not None
    turn = house.a_turn("fay", Message(""))
    del house.people["fay"]
    context = Context(house.services(), turn, fay, house.at + timedelta(days=2))
    with pytest.raises(NotNow):
        await context.about(key, Right.SEE_CHANGES)
    assert context.person.unknown_at is not None


async def test_an_account_that_is_gone_opens_nothing_of_the_teams(house: House) -> None:
    """Though the list still has its address."""
    await house.arrive("fay")
    fay = await house.directory.find(house.people["fay"].actor.key)
    assert fay is not None
    turn = house.a_turn("fay", Message("board"))
    assert await Context(house.services(), turn, fay, house.at).is_member()
    gone = fay.model_copy(update={"unknown_at": house.at})
    assert not await Context(house.services(), turn, gone, house.at).is_member()


async def test_who_removed_the_app_has_not_left_the_team(house: House) -> None:
    """Their chat is closed to us, so that a lookup in it says nothing of their account."""
    key = await house.booked()
    await house.leave("fay")
    fay = await house.directory.find(house.people["fay"].actor.key)
    assert fay is not None
    gone = house.people.pop("fay")
    await house.directory.current(fay, house.at.replace(day=4))
    await house.five_minutes()
    house.people["fay"] = gone
    assert (await house.record(key)).changes.offer is None


# Somebody takes it over -------------------------------------------------------------------------


async def test_the_team_and_the_lead_are_asked_and_see_nothing_of_the_story(house: House) -> None:
    key = await left(house, lead="kit")
    told = [len(house.told(who)) for who in ("idris", "kit", "fay")]
    for who in ("idris", "kit"):
        assert "needs a new facilitator. It is booked for" in house.shown(who)
        assert "Fay Larsen is no longer in the team" in house.shown(who)
        assert STORY["worry"] not in house.shown(who)
    assert sum("needs a new facilitator" in one.summary for one in house.channel) == 1
    await house.five_minutes()
    assert [len(house.told(who)) for who in ("idris", "kit", "fay")] == told
    trail = [one.act for one in (await house.file(key)).audit]
    assert trail.count("offer-to-team") == 1


@pytest.mark.parametrize("who", ["idris", "kit"])
async def test_whoever_takes_it_declares_independence_and_reads_the_story_then(
    house: House, who: str
) -> None:
    key = await left(house, lead="kit")
    await house.tap(who, "I'll facilitate")
    assert wording.INDEPENDENT_TITLE in house.shown(who)
    assert STORY["worry"] not in house.shown(who)
    await house.tap(who, "Yes, and I'll facilitate")
    await house.open_door(who)
    assert STORY["worry"] in house.shown(who)
    await house.five_minutes()
    it = await house.record(key)
    assert it.person(it.facilitator) is not None
    assert it.changes.offer is None, "the lead is on no list, and has not left"


async def test_the_lead_may_leave_it_for_others(house: House) -> None:
    await left(house, lead="kit")
    await house.tap("kit", "I'll facilitate")
    await house.tap("kit", "No, leave it for others")
    assert "is left for others" in house.shown("kit")


async def test_a_lead_who_is_named_in_it_neither_hears_nor_takes_it(house: House) -> None:
    house.lead_by("martin")
    key = await left(house)
    seen = len(house.told("martin"))
    await house.five_minutes()
    assert len(house.told("martin")) == seen
    assert not any("needs a new" in one for one in house.told("martin"))
    for verb in ("handover.look", "handover.take"):
        await house.turn("martin", tap(verb, key))
        assert "somebody else has to facilitate it" in house.shown("martin")
    assert "needs a new facilitator" in house.shown("idris")


async def test_nobody_else_may_take_it(house: House) -> None:
    key = await left(house)
    for who in ("pat", "priya"):
        await house.turn(who, tap("handover.take", key))
        assert "This is not yours" in house.shown(who)
    await house.turn("fay", tap("handover.take", key))
    assert "is with the facilitation team now" in house.shown("fay")
    assert (await house.record(key)).facilitator == "facilitator"


async def test_those_in_it_hear_who_has_it_and_the_one_who_left_hears_nothing(
    house: House,
) -> None:
    key = await left(house)
    seen = {who: len(house.told(who)) for who in house.people}
    await house.pick_up("idris")
    reference = (await house.record(key)).reference
    for who in ("priya", "nia", "pat"):
        assert house.told(who)[seen[who] :] == [f"{reference}: Idris Vaughan facilitates it now."]
    assert house.told("fay")[seen["fay"] :] == []
    await house.turn("fay", tap("changes.open", key))
    assert "Idris Vaughan has picked up" in house.shown("fay")


async def test_two_conversations_of_one_who_left_are_both_offered_and_taken_apart(
    house: House,
) -> None:
    first = await house.booked()
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.agree()
    waiting = await house.pick_up("fay")
    assert waiting.card is not None
    await house.leaves_the_team("fay")
    asked = [one for one in house.told("idris") if "needs a new facilitator" in one]
    assert len(asked) == 2
    await house.turn("idris", tap("handover.take", first))
    await house.five_minutes()
    assert (await house.record(first)).changes.offer is None
    assert [one for one in house.told("idris") if "needs a new facilitator" in one] == asked


async def test_back_on_the_list_before_anybody_took_it_they_keep_it(house: House) -> None:
    listed = house.listed
    key = await left(house)
    house.listed = listed
    await house.turn("fay", tap("pickup.see", key))
    assert "is with the facilitation team now" not in house.shown("fay")
    await house.five_minutes()
    assert (await house.record(key)).changes.offer is None
    await house.tap("idris", "I'll facilitate")
    assert "does not need a new facilitator any more" in house.shown("idris")


async def test_an_offer_of_their_own_stays_when_they_are_back(house: House) -> None:
    listed, key = house.listed, await house.booked()
    await house.turn("fay", tap("handover.yes", key))
    asked = house.told("idris")
    house.at += timedelta(minutes=5)
    await house.leaves_the_team("fay")
    assert house.told("idris") == asked, "asked already"
    assert (await house.record(key)).changes.facilitator_left is not None
    house.listed = listed
    await house.five_minutes()
    offer = (await house.record(key)).changes.offer
    assert offer is not None
    assert offer.left is None


async def test_a_team_that_cannot_be_asked_takes_nothing_away(house: House) -> None:
    key = await house.booked()

    async def nobody_knows(person: Person) -> bool:
        return False

    house.listed = ()  # nobody is let in
    house.has_left = nobody_knows  # type: ignore[method-assign]  # a roster that fails
    await house.five_minutes()
    await house.turn("fay", tap("pickup.see", key))
    assert "is booked" in house.shown("fay")
    assert (await house.record(key)).changes.offer is None


# What they would have been told -----------------------------------------------------------------


async def test_what_falls_due_for_them_goes_to_the_lead_and_says_nothing_of_it(
    house: House,
) -> None:
    key = await left(house, lead="kit")
    await house.turn("priya", tap("prepare.told", key))
    seen = {who: len(house.told(who)) for who in ("fay", "idris", "kit")}
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    assert house.told("fay")[seen["fay"] :] == []
    assert house.told("idris")[seen["idris"] :] == []
    assert len(house.told("kit")) == seen["kit"] + 1
    assert "This was for Fay Larsen" in house.shown("kit")
    await house.pick_up("kit")
    assert (await house.record(key)).facilitator == "facilitator2"
    await house.sweep.run()
    assert any("feedback card" in one for one in house.told("kit"))


async def test_without_a_lead_it_goes_to_each_of_the_team(house: House) -> None:
    house.listed = (*house.listed, "kit@facilitation.example")
    await house.arrive("kit")
    await left(house)
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    for who in ("idris", "kit"):
        assert "This was for Fay Larsen" in house.shown(who)


async def test_a_question_that_was_open_before_they_left_is_told_of(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    await house.arrive("kit")
    house.lead_by("kit")
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Things have changed: ring me")
    await house.leaves_the_team("fay")
    assert any("ring" in one for one in house.told("kit"))
    await house.pick_up("kit")
    assert wording.ASK_LATER in str([one.card for one in house.people["kit"].chat])


async def test_the_same_is_never_told_twice(house: House) -> None:
    key = await left(house, lead="kit")
    for _ in range(3):
        await house.five_minutes()
        await house.sweep.run()
    found = (await house.file(key)).prompts.values()
    sent = [(one.kind, one.to) for one, _ in found if one.state is State.SENT]
    assert sent.count((Kind.HAND_OVER, "team-lead")) == 1
    assert len(set(house.told("kit"))) == len(house.told("kit"))


# While messages are stopped ---------------------------------------------------------------------


async def test_it_can_be_taken_over_while_messages_are_stopped(house: House) -> None:
    """Only a facilitator lets them go on, so the team has to hear that there is none."""
    key = await house.booked()
    await house.turn("fay", tap("stop.yes", key))
    seen = {who: len(house.told(who)) for who in house.people}
    await house.leaves_the_team("fay")
    await house.turn("fay", tap("stop.start", key))
    assert "is with the facilitation team now" in house.shown("fay")
    assert "Messages for it are stopped" in house.shown("idris")
    await house.pick_up("idris")
    assert "are stopped" in house.shown("idris")
    assert {who for who in house.people if len(house.told(who)) > seen[who]} == {"idris"}
    await house.tap("idris", "Start again")
    assert (await house.record(key)).stopped_at is None


async def test_while_stopped_a_colleague_is_not_asked_where_nobody_has_left(house: House) -> None:
    key = await house.booked()
    await house.turn("fay", tap("handover.yes", key))
    await house.turn("fay", tap("stop.yes", key))
    await house.turn("idris", tap("handover.take", key))
    assert (await house.record(key)).facilitator == "facilitator"


async def test_who_was_asked_to_ring_about_a_concern_is_told_nothing_more(house: House) -> None:
    key = await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "A concern about practice")
    await house.tap("fay", "Next", worker="requester")
    await house.tap("fay", "Ask them to ring me")
    seen = len(house.told("martin"))
    await house.leaves_the_team("fay")
    await house.pick_up("idris")
    assert len(house.told("martin")) == seen
    assert (await house.record(key)).facilitator == "facilitator2"
