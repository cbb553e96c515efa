"""Typed text fills a field and answers nothing; commands always work and lose nothing."""

import pytest

from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from dialogs.root.routes import COMMANDS, SPOKEN
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import STORY, TAPS, House, action, values


async def test_typed_text_fills_the_open_question_and_its_button_goes_on(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", "That nobody listens.")
    assert "5 of 8" in house.shown("priya")
    assert wording.ANSWERED_TYPED_UNSENT in house.shown("priya")
    await house.tap("priya", "Next")
    assert "6 of 8" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == "That nobody listens."


async def test_a_pair_is_typed_one_after_the_other(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.say("priya", "Room to think.")
    assert wording.ANSWERED_TYPED in house.shown("priya")
    assert "6 of 8" in house.shown("priya")
    await house.say("priya", "I sleep better.")
    assert "6 of 8" in house.shown("priya")
    await house.tap("priya", "Next")
    assert "7 of 8" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == "Room to think."
    assert draft.answers["hope_you_known"] == "I sleep better."


async def test_a_second_half_typed_on_the_card_keeps_the_first_typed_in_chat(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.say("priya", "Room to think.")
    await house.tap("priya", "Next", hope_you_known="I sleep better.")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == "Room to think."
    assert draft.step == "hope_child"


async def test_a_typed_yes_to_the_question_about_risk_shows_what_to_do(house: House) -> None:
    await house.say("priya", "request")
    await house.say("priya", "yes")
    assert wording.URGENT_TITLE in house.shown("priya")
    assert wording.TYPED_CHOSEN not in house.shown("priya")
    await house.tap("priya", wording.RISK_ACTED)
    assert "2 of 8" in house.shown("priya")


async def test_a_typed_no_to_the_question_about_risk_waits_for_the_button(house: House) -> None:
    await house.say("priya", "request")
    await house.say("priya", "No")
    shown = house.shown("priya")
    assert wording.RISK_TITLE in shown
    assert wording.TYPED_CHOSEN in shown
    assert action(house.people["priya"].card, wording.RISK_NO)["style"] == "positive"
    await house.tap("priya", wording.RISK_NO)
    assert "2 of 8" in house.shown("priya")


@pytest.mark.parametrize("said", ["6", "0", "10"])
async def test_a_number_typed_counts_once_its_button_is_tapped(house: House, said: str) -> None:
    key = await house.held()
    await house.press(
        "priya", {"verb": "flow.list", "data": {"flow": "feedback", "conversation": key}}, {}
    )
    await house.tap("priya", "Next", scale="5")
    await house.tap("priya", "Back")
    await house.say("priya", said)
    assert wording.TYPED_CHOSEN in house.shown("priya")
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == 5
    await house.tap("priya", wording.SCALE_SEND.format(number=said))
    assert wording.FEEDBACK_HAPPENED_TITLE in house.shown("priya")
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == int(said)


async def test_a_typed_number_stays_on_the_card_and_in_the_list(house: House) -> None:
    key = await house.held()
    await house.begin_drafts(key)
    await house.say("pat", "7")
    assert (await house.record(key)).feedback == ()
    await house.say("pat", "my requests")
    reference = (await house.record(key)).reference
    await house.tap("pat", f"{reference}: {wording.WAITS_FEEDBACK_OPEN}")
    assert f"({wording.SCALE_SEND.format(number=7)})" in house.shown("pat")
    await house.tap("pat", wording.SCALE_AS_LIST)
    assert values(house.people["pat"].card)["scale"] == "7"
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert not draft.spare, "it is kept nowhere else, so its end is told"


@pytest.mark.parametrize("said", ["11", "-1", "six", "9" * 5_000, "6.5"])
async def test_something_else_than_a_number_is_shown_back(house: House, said: str) -> None:
    key = await house.held()
    await house.tap("priya", "5 out of 10")
    await house.tap("priya", "Back")
    await house.say("priya", said)
    assert wording.USE_CARD_ABOVE in house.shown("priya")
    assert said[:100] not in house.shown("priya").splitlines(), "it stands above, as they typed it"
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == 5


@pytest.mark.parametrize("step", ["about", "you", "people"])
async def test_text_typed_where_the_card_is_needed_is_shown_back(house: House, step: str) -> None:
    await house.fill_to("priya", step)
    await house.say("priya", "It is about a family.")
    assert wording.USE_CARD_ABOVE in house.shown("priya")
    assert "It is about a family." not in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == step


async def test_typed_text_does_not_write_over_an_answer_that_is_right(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.tap("priya", "Back")
    await house.say("priya", "ok thanks")
    assert wording.NOT_AN_ANSWER in house.shown("priya")
    assert STORY["worry"] not in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == STORY["worry"]


async def test_a_typed_text_too_long_is_kept_and_a_shorter_one_replaces_it(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", "z" * 12_000)
    assert "This has 12,000 characters, and 4,000 fit" in house.shown("priya")
    await house.say("priya", "Shorter.")
    await house.tap("priya", "Next")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == "hope_you"
    assert draft.answers["worry"] == "Shorter."
    assert draft.kept["worry"] == ("z" * 12_000,)


@pytest.mark.parametrize("step", ["risk", *TAPS, "check"])
async def test_commands_never_lose_a_draft(house: House, step: str) -> None:
    await house.arrive("priya")
    await house.fill_to("priya", step)
    draft = await house.draft("priya")
    assert draft is not None
    empty = {"cancel", "stop"} if step == "risk" else set()
    for command in (*(set(COMMANDS) - empty), "HELP", " Urgent! ", "my  requests"):
        await house.say("priya", command)
        now = await house.draft("priya")
        assert now is not None
        assert now.model_copy(update={"touched": draft.touched}) == draft, command
    await house.say("priya", "request")
    assert (await house.draft("priya")) is not None


async def test_every_command_in_help_works(house: House) -> None:
    for command, _ in (*wording.HELP, *wording.HELP_FACILITATOR, *wording.HELP_LEAD):
        typed = command.replace("LC-…", "LC-7K3QX")
        assert typed in COMMANDS or any(one.pattern.fullmatch(typed) for one in SPOKEN), command


async def test_with_two_open_the_text_waits_for_its_writer_to_say_which(house: House) -> None:
    key = await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    await house.say("priya", "A typed thought.")
    assert wording.WHICH_TITLE in house.shown("priya")
    assert "A typed thought." not in house.shown("priya")  # it stands right above, in their own
    await house.tap("priya", "Request")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == "A typed thought."
    feedback = await house.draft("priya", "feedback", key)
    assert feedback is not None
    assert "A typed thought." not in str(feedback.answers)


@pytest.mark.parametrize("text", ["x" * 12_000, "🙂" * 12_000, "\x01" * 12_000])
async def test_a_long_text_waits_whole(house: House, text: str) -> None:
    await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    reply = await house.say("priya", text)
    assert reply.card is not None
    assert size(reply.card) <= MAX_BYTES
    await house.tap("priya", "Request")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == text


async def test_none_of_these_adds_the_text_to_nothing(house: House) -> None:
    await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    await house.say("priya", "A typed thought.")
    await house.tap("priya", "None of these")
    draft = await house.draft("priya")
    assert draft is not None
    assert "worry" not in draft.answers
    assert [row.key for row in await house.dump("drafts") if "typed" in row.key] == []


async def test_with_nothing_open_the_text_gets_help(house: House) -> None:
    await house.say("priya", "Whose turn is it?")
    assert wording.UNKNOWN in house.shown("priya")
    assert await house.dump("drafts") == []


async def test_cancel_asks_first_and_then_removes(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.say("priya", "cancel")
    assert wording.CANCEL_SURE in house.shown("priya")
    await house.tap("priya", "No, keep it")
    assert "6 of 8" in house.shown("priya")
    await house.discard("priya")
    assert await house.dump("drafts") == []
    assert wording.DRAFT_PUT_AWAY in house.shown("priya")


NOT_BEGUN = (
    ("pat", "other-time", "prepare.see"),
    ("pat", "right-person", "prepare.see"),
    ("pat", "taking-part", "prepare.see"),
    ("priya", "will-be-told", "prepare.telling"),
    ("priya", "not-safe", "prepare.telling"),
    ("priya", "some-may-know", "prepare.telling"),
    ("fay", "moving", "changes.open"),
    ("fay", "concern", "changes.open"),
    ("fay", "someone-else", "request.mine"),
    ("fay", "learning", "changes.open"),
)


@pytest.mark.parametrize(("who", "flow", "back"), NOT_BEGUN, ids=lambda one: str(one))
async def test_cancel_where_nothing_was_written_deletes_nothing_and_leads_back(
    house: House, who: str, flow: str, back: str
) -> None:
    key = await house.booked()
    await house.turn(who, CardAction("flow.open", {"flow": flow, "conversation": key}))
    before = await house.dump("conversations")
    await house.say(who, "cancel")
    assert wording.CANCELLED_EMPTY in house.shown(who)
    assert "delete it" not in house.shown(who)
    assert await house.draft(who, flow, key) is None
    assert await house.dump("conversations") == before
    [first, *_] = house.people[who].card["actions"]
    assert first["verb"] == back
    await house.press(who, first, {})
    assert wording.GONE not in house.shown(who)


async def test_cancel_of_the_managers_answer_leads_back_to_the_request(house: House) -> None:
    key = await house.requested()
    for flow in ("talk-first", "not-this-route", "deputy"):
        await house.turn("martin", CardAction("flow.open", {"flow": flow, "conversation": key}))
        await house.say("martin", "cancel")
        assert wording.CANCELLED_EMPTY in house.shown("martin")
        verbs = [one["verb"] for one in house.people["martin"].card["actions"]]
        assert verbs == ["manager.see"], "it is there once, and still owed"


async def test_cancel_of_feedback_that_was_not_begun_deletes_nothing_and_it_is_still_owed(
    house: House,
) -> None:
    key = await house.held()
    await house.turn("pat", CardAction("flow.open", {"flow": "feedback", "conversation": key}))
    await house.say("pat", "cancel")
    assert wording.CANCELLED_EMPTY in house.shown("pat")
    assert wording.WAITS_FEEDBACK in house.shown("pat")


async def test_the_number_that_was_given_is_not_deleted_by_cancel(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    before = (await house.file(key)).answers_of("feedback", "other1")
    await house.say("pat", "cancel")
    assert wording.CANCELLED_EMPTY in house.shown("pat")
    after = (await house.file(key)).answers_of("feedback", "other1")
    assert before is not None
    assert after == before


async def test_cancel_says_that_choices_alone_are_what_is_deleted(house: House) -> None:
    await house.arrive("priya")
    await house.fill_to("priya", "about")
    await house.say("priya", "cancel")
    assert wording.CANCEL_SURE_CHOSEN in house.shown("priya")
    assert wording.CANCEL_SURE not in house.shown("priya")
    await house.tap("priya", "Yes, delete it")
    assert wording.CANCELLED_CHOSEN in house.shown("priya")
    assert await house.dump("drafts") == []


async def test_cancel_says_that_words_are_deleted_where_there_are_some(house: House) -> None:
    key = await house.booked()
    await house.turn("pat", CardAction("flow.open", {"flow": "other-time", "conversation": key}))
    await house.say("pat", "Tuesdays.")
    await house.say("pat", "cancel")
    assert wording.CANCEL_SURE in house.shown("pat")
    await house.tap("pat", "Yes, delete it")
    assert wording.DRAFT_PUT_AWAY in house.shown("pat")


async def test_an_old_cancel_card_does_not_say_that_a_sent_request_was_removed(
    house: House,
) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    await house.say("priya", "cancel")
    yes = house.data("priya", "Yes, delete it")
    await house.tap("priya", "No, keep it")
    await house.tap("priya", "Send")
    await house.turn("priya", yes)
    assert wording.DRAFT_PUT_AWAY not in house.shown("priya")
    assert "Your manager has been asked to agree." in house.shown("priya")


async def test_an_old_cancel_card_does_not_remove_the_next_request(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    await house.say("priya", "cancel")
    yes = house.data("priya", "Yes, delete it")
    await house.tap("priya", "No, keep it")
    await house.tap("priya", "Send")
    await house.fill_to("priya", "worry")
    await house.turn("priya", yes)
    assert await house.draft("priya") is not None


LONG_WORDS = "Since September nobody answers when school rings, and we all mean something else."


async def test_a_story_typed_where_nothing_was_asked_is_kept_nowhere_and_says_where_it_is(
    house: House,
) -> None:
    await house.arrive("priya")
    reply = await house.say("priya", LONG_WORDS)
    shown = house.shown("priya")
    assert wording.TYPED_NOWHERE_MORE in shown
    assert LONG_WORDS not in shown + reply.summary
    for table in ("drafts", "conversations", "people"):
        assert LONG_WORDS not in str(await house.dump(table))


async def test_a_typed_answer_is_kept_and_says_that_the_message_stays_in_the_chat(
    house: House,
) -> None:
    await house.fill_to("priya", "worry")
    assert wording.WRITE_HERE in house.shown("priya")
    await house.say("priya", LONG_WORDS)
    assert wording.TYPED_STAYS in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == LONG_WORDS
    await house.tap("priya", "Back")
    assert wording.TYPED_STAYS not in house.shown("priya")


async def test_a_short_word_is_answered_without_it(house: House) -> None:
    await house.arrive("priya")
    await house.say("priya", "what?")
    assert wording.UNKNOWN in house.shown("priya")
