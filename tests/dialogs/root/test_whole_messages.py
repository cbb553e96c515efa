"""A whole message that is a command, thanks or a question about this is that, and no answer."""

import pytest

from cards.wording import wording
from dialogs.home import DANGER
from dialogs.root.routes import COMMANDS
from dialogs.root.said import Meant, bare, meant
from dialogs.turn.events import Message
from tests.dialogs.conftest import STORY, House, elements, texts

DRESSED = (
    "{}",
    " {} ",
    "{}.",
    "{}!!!",
    "...{}",
    "“{}”",
    "‘{}’",
    '"{}"',
    "'{}'",
    "/{}",
    "*{}*",
    "{}\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}{}",
    "\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}",
    "{}\N{SOFT HYPHEN}",
    "{}\n",
    "{} 🚨",
    "🙏🏽 {}",
    "@Learning Conversations {}",
    "{} @Learning Conversations",
    "@Learning {}",
)
"""What stands around a word that somebody types in a hurry, dictates or copies."""


def wide(words: str) -> str:
    """The words in full-width letters, as some keyboards write them."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in words)


def split(words: str) -> str:
    """The words with something unseen between all signs."""
    return "\N{ZERO WIDTH JOINER}".join(words)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_written_as_it_is_read(command: str) -> None:
    assert bare(command) == command


@pytest.mark.parametrize("dress", DRESSED)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_one_whatever_stands_around_it(dress: str, command: str) -> None:
    names = ("Learning", wording.APP)
    for words in (command, command.upper(), command.title(), wide(command), split(command)):
        assert bare(dress.format(words), names) == command, (dress, words)


@pytest.mark.parametrize("between", [" ", "!! ", "\n", "; "])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_said_again_and_again_is_that_command(command: str, between: str) -> None:
    for times in (2, 3, 5):
        assert bare(between.join([command] * times)) in (command, COMMANDS[command].words[0])


@pytest.mark.parametrize("said", ["stop", "Urgent", "９９９", "“help”", "cancel\N{SOFT HYPHEN}"])
async def test_no_command_is_an_answer(house: House, said: str) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers.get("worry", "")) == ("worry", "")


@pytest.mark.parametrize(
    "said",
    [
        *DANGER,
        "Emergency!",
        "999!!",
        "9️⃣9️⃣9️⃣",
        "/999",
        "HELP NOW",
        "Call the police!",
        "🆘🆘",
        "🚨",
        "urgent urgent",
        "999 999",
        "S.O.S.",
        "It’s an emergency",
    ],
)
async def test_whoever_writes_of_an_emergency_reads_what_to_do(house: House, said: str) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    assert wording.URGENT[0] in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == "worry"


@pytest.mark.parametrize(
    "said",
    [
        "Stop the shouting at handovers.",
        "We rang 999 twice in January.",
        "Help from the school came late.",
        "Cancel culture in our team.",
        "ok, she says, but it is not",
        "Thanks to the school he eats.",
        "Everyone received help and nobody said so.",
        "I cannot come to terms with it.",
        "We cannot come to an agreement about risk.",
        "Who are you, she asked me.",
        "Noted concerns: sleep, food, school.",
        "Not ok.",
        "😢",
        "No",
    ],
)
async def test_any_longer_text_is_kept_as_the_answer(house: House, said: str) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == said


@pytest.mark.parametrize(
    ("said", "means"),
    [
        *((one, Meant.THANKS) for one in (
            "thanks", "Thanks!", "thank you", "Thank you so much", "cheers", "Ta", "ok", "OK.",
            "Okay, thanks", "ok thank you", "noted", "Noted, thanks", "👍", "👍🏾", "👍👍", "🙏❤️",
            "Great, thank you", "thanks a lot 🙂", "Many thanks for your help", "got it", "thx",
            "ok 👍", "Thank\N{NO-BREAK SPACE}you", "o.k.", "Noted with thanks",
            "thanks x", "No problem",
            "Thank you so much for all your help with this",
        )),
        *((one, Meant.WHAT_IS_THIS) for one in (
            "what is this?", "What’s this", "Who are you?", "who is this please", "What do I do?",
            "Are you a bot?", "is anyone there", "how does this work?", "Hi, what is this?",
            "Is this a scam?", "Why am I getting this?", "What do I need to do?",
        )),
        *((one, Meant.CANNOT_COME) for one in (
            "I cannot come", "I can't come.", "I can’t make it", "cant make it sorry",
            "Sorry, I can't make it tomorrow", "I won't be there", "I will not be able to attend",
            "I am unable to attend", "I'm not coming", "I am not able to come any more",
            "Unfortunately I can no longer attend the meeting", "can't come on Wednesday",
            "Sorry, I can't make it on Saturday", "I cannot come this evening",
            "I'm off sick today", "Sorry I am on annual leave that week",
            "I cannot attend on the 3rd",
        )),
        *((one, None) for one in (
            "", "yes", "no", "6", "What is this child like?", "I cannot come to terms with it",
            "Thanks to nobody", "ok but not for her", "I will not be there for her",
            "🙂 she smiled", "I can't", "Dad is off sick", "Make it stop", "tell them thanks",
        )),
    ],
)  # fmt: skip
def test_what_a_whole_message_means(said: str, means: Meant | None) -> None:
    assert meant(bare(said)) is means


@pytest.mark.parametrize("said", ["ok", "Thank you so much!", "👍", "noted"])
async def test_thanks_fill_nothing_and_the_question_is_still_there(house: House, said: str) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    assert wording.THANKS_OPEN in house.shown("priya")
    assert wording.NOT_AN_ANSWER in house.shown("priya")
    await house.tap("priya", "Next", worry=said)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == said, "on the card it is an answer"


@pytest.mark.parametrize("said", ["ok", "I agree"])
async def test_what_is_typed_agrees_to_nothing_and_says_where_to_agree(
    house: House, said: str
) -> None:
    key = await house.requested()
    await house.say("martin", said)
    assert "please tap it on the card" in house.shown("martin")
    assert (await house.record(key)).stage.value == "requested"


async def test_ok_is_no_choice(house: House) -> None:
    await house.say("priya", "request")
    await house.say("priya", "ok")
    assert wording.THANKS_OPEN in house.shown("priya")
    assert wording.NOT_AN_ANSWER not in house.shown("priya"), "no words are asked for"
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers.get("risk", "")) == ("risk", "")


async def test_only_what_is_to_be_put_right_or_tells_of_danger_is_coloured(house: House) -> None:
    await house.fill_to("priya", "worry")
    for said, coloured in (("thanks", 0), ("He is hitting her now.", 1)):
        await house.say("priya", said)
        found = [one.get("style") for one in elements(house.people["priya"].card)]
        assert found.count("warning") == coloured, said


async def test_thanks_leave_a_number_that_is_asked_for_open(house: House) -> None:
    key = await house.held()
    await house.begin_drafts(key)
    await house.say("pat", "thanks")
    assert wording.THANKS_OPEN in house.shown("pat")
    await house.say("pat", "7")
    await house.tap("pat", wording.SCALE_SEND.format(number=7))
    assert (await house.record(key)).answered("other1") is not None


async def test_with_two_open_thanks_wait_for_nothing(house: House) -> None:
    await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    await house.say("priya", "thank you")
    assert wording.THANKS_SEVERAL in house.shown("priya")
    assert [row.key for row in await house.dump("drafts") if "typed" in row.key] == []


async def test_after_a_receipt_thanks_are_answered_kindly(house: House) -> None:
    await house.requested()
    await house.say("priya", "cheers")
    assert house.shown("priya").strip() == wording.THANKS


@pytest.mark.parametrize("said", ["what is this?", "Who are you", "is anybody there?"])
async def test_whoever_asks_what_this_is_gets_help_and_keeps_the_question(
    house: House, said: str
) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", said)
    for sentence in (wording.THIS_IS, wording.HELLO, wording.HELP_TITLE):
        assert sentence in house.shown("priya")
    assert wording.UNKNOWN not in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert "worry" not in draft.answers


async def test_whoever_cannot_come_is_led_to_somebody_else_or_the_facilitator(house: House) -> None:
    key = await house.booked()
    before = await house.record(key)
    await house.say("pat", "Sorry, I can’t make it")
    shown = house.shown("pat")
    assert wording.CANNOT_ASK in shown
    assert "Wednesday 3 February 2027" in shown
    assert await house.record(key) == before
    await house.tap("pat", wording.CANNOT_INSTEAD)
    assert wording.RIGHT_PERSON_TITLE in house.shown("pat")


async def test_the_facilitator_who_cannot_come_is_led_to_what_can_be_changed(house: House) -> None:
    await house.booked()
    await house.say("fay", "I cannot come")
    assert wording.CANNOT_COME_FACILITATOR in house.shown("fay")
    await house.tap("fay", wording.CHANGED)
    assert wording.HAND_OVER in house.shown("fay")


async def test_whoever_is_expected_nowhere_is_told_so(house: House) -> None:
    await house.booked()
    for who in ("martin", "kit"):
        await house.say(who, "I won’t be there")
        assert wording.CANNOT_COME_NONE in house.shown(who)


async def test_who_cannot_come_fills_nothing(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", "I cannot come")
    draft = await house.draft("priya")
    assert draft is not None
    assert "worry" not in draft.answers


@pytest.mark.parametrize(("said", "risk"), [("Yes.", "yes"), ("no!", "no")])
async def test_a_choice_goes_on_taking_yes_and_no(house: House, said: str, risk: str) -> None:
    await house.say("priya", "request")
    await house.say("priya", said)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["risk"]) == ("risk", risk)


async def test_yes_with_a_question_mark_is_no_answer(house: House) -> None:
    await house.say("priya", "request")
    await house.say("priya", "no?")
    assert wording.USE_CARD_ABOVE in house.shown("priya")


async def test_a_command_beside_a_picture_is_one(house: House) -> None:
    await house.arrive("priya")
    reply = await house.turn("priya", Message("urgent", picture=True))
    assert reply.card is not None
    assert wording.URGENT[0] in texts(reply.card)
    assert wording.PICTURE in texts(reply.card)


def test_the_story_of_these_tests_is_no_command() -> None:
    assert [one for one in STORY.values() if bare(one) in COMMANDS] == []
