"""Whatever is typed or sent: kept as it was, or refused on the card with the text still there."""

import json
from typing import Any

import pytest

from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from dialogs.root import routes
from dialogs.root.routes import FLOWS
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import STORY, TAPS, House, elements, texts, values, written
from tests.sampled import some

QUESTIONS = ("worry", "hope_you", "hope_you_known", "hope_child", "hope_child_known")
STEP = {
    "worry": "worry",
    "hope_you": "hope_you",
    "hope_you_known": "hope_you",
    "hope_child": "hope_child",
    "hope_child_known": "hope_child",
}
MARK = "https://evil.example"
ODD = {
    "right to left": "هذا قلق كبير \u202eabc",
    "script": "<script>alert('x')</script>",
    "markdown": f"[click]({MARK}) **bold** # title",
    "html": f'<a href="{MARK}">x</a><at>All</at>',
    "control": "a\x00b\x07c\x1b[31m\x0b\x85 d",
    "template": "{name} ${data} {{x}} %s {0}",
    "newlines": "one\n\n\ntwo\r\nthree\u2028four",
    "quotes": "\"'\\" * 50,
    "emoji": "👩‍👩‍👧‍👦" * 40,
    "four thousand": "x" * 4_000,
    "only a mark": "\u200b",
}
TOO_LONG = {"4,001": "y" * 4_001, "12,000": "z" * 12_000, "emoji": "🙂" * 4_001}


async def filled(house: House, field: str, text: str) -> None:
    """A request with this text as one of its answers, on *Check your answers*."""
    await house.fill_to("priya", STEP[field])
    await house.tap("priya", "Next", **{**TAPS[STEP[field]], field: text})
    names = list(TAPS)
    rest = names[names.index(STEP[field]) + 1 :]
    for name in rest:
        await house.tap("priya", "Next", **TAPS[name])


def plain(house: House) -> None:
    """No card shown so far has a typed text where a client reads markdown or draws a title."""
    for card in house.cards:
        assert size(card) <= MAX_BYTES
        assert MARK not in written(card)
        assert "<script>" not in written(card)
        for one in elements(card):
            for choice in one.get("choices", ()):
                assert not set("[]<>*_`") & set(choice["title"])
            if one.get("type") == "RichTextBlock":
                assert all(run["type"] == "TextRun" for run in one["inlines"])


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("field", QUESTIONS)
async def test_what_is_typed_is_kept_as_it_is(house: House, field: str, odd: str) -> None:
    await house.arrive("priya", "martin")
    text = ODD[odd]
    await filled(house, field, text)
    assert "Check your answers" in house.shown("priya")
    await house.tap("priya", "Send")
    answers = (await house.file(await house.newest())).answers_of("request", "requester")
    assert answers is not None
    assert answers.texts[field] == text.strip()
    assert house.told("martin")
    plain(house)


@pytest.mark.parametrize("empty", ["", "   ", "\n\t ", "\u00a0"])
@pytest.mark.parametrize("field", QUESTIONS)
async def test_an_answer_may_be_skipped_without_a_reason(
    house: House, field: str, empty: str
) -> None:
    await house.fill_to("priya", STEP[field])
    inputs = {**TAPS[STEP[field]], field: empty}
    await house.tap("priya", "Next", **inputs)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step != STEP[field]
    assert all(draft.answers[name] == text for name, text in inputs.items() if name != field)


@pytest.mark.parametrize("long", TOO_LONG)
@pytest.mark.parametrize("field", QUESTIONS)
async def test_a_text_too_long_is_kept_whole_until_the_rest_is_removed(
    house: House, field: str, long: str
) -> None:
    text = TOO_LONG[long]
    await house.fill_to("priya", STEP[field])
    await house.tap("priya", "Next", **{**TAPS[STEP[field]], field: text})
    assert f"This has {len(text):,} characters, and 4,000 fit" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers[field] == text
    part = values(house.people["priya"].card)[field]
    assert wording.IN_THE_BOX.format(count=f"{len(text):,}", part=f"{len(part):,}") in house.shown(
        "priya"
    )
    await house.tap("priya", wording.CUT_REST, **{field: "Shorter."})
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.answers[field], draft.kept) == ("Shorter.", {})
    await house.tap("priya", "Next")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step != STEP[field]


@pytest.mark.parametrize("long", TOO_LONG)
async def test_what_the_box_holds_is_changed_and_the_rest_stays_joined(
    house: House, long: str
) -> None:
    text = TOO_LONG[long]
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=text)
    part = values(house.people["priya"].card)["worry"]
    assert text.startswith(part)
    await house.tap("priya", "Next", worry=f"\r\n{part}  ")
    assert await worry_of(house) == (text, {})
    await house.tap("priya", "Next", worry="Begun anew. ")
    assert await worry_of(house) == ("Begun anew. " + text[len(part) :], {})
    whole, _ = await worry_of(house)
    await house.tap("priya", "Back", worry="")
    assert await worry_of(house) == (whole, {})


async def worry_of(house: House) -> tuple[str, Any]:
    draft = await house.draft("priya")
    assert draft is not None
    return draft.answers["worry"], draft.kept


async def test_an_answer_with_many_signs_that_fits_is_sent_as_it_is(house: House) -> None:
    """Four thousand characters may take more room than a card has."""
    text = "語" * 4_000
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=text)
    await house.tap("priya", "Back")
    assert wording.CUT_REST in house.shown("priya")
    await house.tap("priya", "Next")
    assert (await worry_of(house))[0] == text
    assert wording.HOPE_YOU_TITLE in house.shown("priya")


async def test_a_text_too_long_stays_when_its_input_is_left_empty(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry="z" * 12_000)
    await house.tap("priya", "Next", worry="")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == "z" * 12_000
    assert "This has 12,000 characters" in house.shown("priya")


@pytest.mark.parametrize("text", ["🙂" * 4_000, "\x00" + "\x01" * 3_998 + "x", '"' * 4_000])
async def test_five_answers_of_four_thousand_characters_fit_every_card(
    house: House, text: str
) -> None:
    await house.arrive("priya", "martin", "fay")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=text)
    await house.tap("priya", "Next", hope_you=text, hope_you_known=text)
    await house.tap("priya", "Next", hope_child=text, hope_child_known=text)
    assert "Check your answers" in house.shown("priya")
    for _ in range(3):
        await house.tap("priya", "Back")
    for _ in range(3):
        await house.tap("priya", "Next")
    assert "Check your answers" in house.shown("priya")
    await house.tap("priya", "Send")
    answers = (await house.file(await house.newest())).answers_of("request", "requester")
    assert answers is not None
    assert set(answers.texts.values()) == {text.strip()}
    await house.tap("martin", "Show all")
    shown = house.shown("martin")
    while "(Show more)" in house.shown("martin"):
        await house.tap("martin", "Show more")
        shown += house.shown("martin")
    visible = {char for char in text if not char.isspace() and char.isprintable()}
    for char in visible:
        assert shown.count(char) >= text.count(char)
    plain(house)


@pytest.mark.parametrize("text", ["🙂" * 4_000, "\x01" * 4_000, "a\n" * 2_000])
async def test_long_feedback_fits_every_card(house: House, text: str) -> None:
    key = await house.held()
    await house.tap("priya", "0 out of 10")
    await house.tap("priya", "Next", happened=text, learning=text)
    await house.tap("priya", "Next", difference_you=text, difference_child=text, together=text)
    await house.tap("priya", "Back")
    await house.tap("priya", "Back")
    await house.tap("priya", "Next")
    await house.tap("priya", "Next")
    await house.tap("priya", "Send", possibility=text)
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert {one.strip() for one in answers.texts.values()} == {text.strip()}
    assert len(answers.texts) == 6


async def test_a_lone_half_of_a_character_is_replaced_and_changes_nothing_else(
    house: House,
) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Next", worry="before \ud800 after")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    await house.turn("priya", CardAction(tap.verb, {**tap.data, "submission": "another"}))
    assert "You also wrote" not in house.shown("priya")
    await house.fill_from("priya", "hope_you")
    for card in house.cards:
        json.dumps(card, ensure_ascii=False).encode()
    await house.tap("priya", "Send")
    answers = (await house.file(await house.newest())).answers_of("request", "requester")
    assert answers is not None
    assert answers.texts["worry"] == "before \ufffd after"
    await house.say("priya", "typed \udfff text")


NAMES = {
    "markdown": f"[click]({MARK})",
    "script": "<script>x</script>",
    "emoji": "🙂" * 200,
    "control": "\x01" * 199 + "x",
    "right to left": "أحمد \u202e",
}


@pytest.mark.parametrize("name", NAMES)
async def test_odd_names_are_shown_as_plain_text_to_everyone(house: House, name: str) -> None:
    text = NAMES[name]
    house.people["priya"].name = f"Priya {text[:100]}"
    house.people["fay"].name = f"Fay {text[:100]}"
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "you")
    you = TAPS["you"] | {"contact": text, "team": text, "agency": text, "manager_name": text}
    await house.tap("priya", "Next", **you)
    for mail in ("pat@police.example", "nia@health.example"):
        await house.tap(
            "priya",
            "Add another person",
            nurse="none",
            other_name=text,
            other_role=text,
            other_agency=text,
            other_mail=mail,
        )
    await house.fill_from("priya", "people")
    await house.tap("priya", "Send")
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message=text)
    await house.tap("priya", "We have talked; ask again")
    await house.agree()
    await house.pick_up()
    await house.book(place=text, coming="requester,other1,other2")
    assert house.told("pat")
    await house.say("priya", "my requests")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Add another person", other_name=text, other_agency=text, other_mail="")
    await house.tap("fay", "Send the feedback card")
    assert wording.Q_SCALE in house.shown("pat")
    plain(house)


async def test_as_many_people_as_fit_one_conversation_fit_every_card(house: House) -> None:
    text = "語" * 200
    await house.arrive("priya", "martin", "fay", "idris")
    await house.fill_to("priya", "people")
    for number in range(21):
        await house.tap(
            "priya",
            "Add another person",
            nurse="named",
            nurse_name=text,
            other_name=f"{number} {text[:190]}",
            other_role=text,
            other_agency=text,
            other_mail=f"{number}{'m' * 180}@x.example",
        )
        assert f"{number} 語" in house.shown("priya")
    await house.tap("priya", "Add another person", other_name="One too many")
    for title in ("Add another person", "Next"):
        await house.tap("priya", title, other_name="One too many")
        assert "room for up to 25 people" in house.shown("priya")
        assert values(house.people["priya"].card)["other_name"] == "One too many"
    await house.tap("priya", "Next", other_name="")
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Show all")
    await house.tap("priya", "Back to your answers")
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    everyone = ",".join(["requester", *(f"other{n}" for n in range(1, 22))])
    await house.tap(
        "fay",
        "Book the date",
        day="2027-02-03",
        start="14:00",
        end="15:30",
        place="Room",
        lead="requester",
        coming=everyone,
    )
    await house.hold()
    it = await house.record(await house.newest())
    assert it.held is not None
    assert len(it.held.came) == 22


async def test_the_people_of_a_request_are_shown_whole(house: House) -> None:
    await house.fill_to("priya", "people")
    for number in range(21):
        await house.tap(
            "priya",
            "Add another person",
            nurse="none",
            other_name=f"Person {number} with a name",
            other_role="Health visitor",
            other_agency="Suffolk Police",
            other_mail=f"person{number}@health.example",
        )
    await house.fill_from("priya", "people")
    shown = house.shown("priya")
    assert [one for one in range(21) if f"Person {one} with a name" not in shown] == []


async def test_people_with_endless_names_can_be_shown_whole(house: House) -> None:
    await house.fill_to("priya", "people")
    for number in range(20):
        name = f"Person {number} {'x' * 180}"
        await house.tap("priya", "Add another person", nurse="none", other_name=name)
    await house.fill_from("priya", "people")
    assert "Person 19" not in house.shown("priya")
    pressed = [
        one
        for one in elements(house.people["priya"].card)
        if str(one.get("title")).startswith("Show all") and one["data"]["field"] == "people"
    ]
    await house.press("priya", pressed[0], {})
    assert "Person 19" in house.shown("priya")


@pytest.mark.parametrize("mail", ["nobody", "a@b", "a b@c.example", "@c.example", "a@b@c.example"])
async def test_an_address_that_is_none_is_refused_on_the_card(house: House, mail: str) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **{**TAPS["you"], "manager_mail": mail})
    assert wording.NOT_A_MAIL in house.shown("priya")
    now = values(house.people["priya"].card)
    assert now["manager_mail"] == mail
    assert now["team"] == "Team East"


# Hostile card data ------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    None,
    True,
    -1,
    1e300,
    10**400,
    [],
    ["request"],
    {"a": {"b": []}},
    "",
    "x" * 20_000,
    "../../etc/passwd",
    "a/b\\c?d#e%00",
    "' or 1 eq 1 or '",
    "\ud800",
    "\x00",
    "<script>",
    "9" * 5_000,
    "¹",
]


KEYS = (
    "flow", "step", "conversation", "submission", "field", "to", "number", "start", "whole", "for",
    "scale", "worry", "risk", "coming", "came", "day", "end", "lead", "others",
)  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
async def test_hostile_card_data_gets_a_calm_card_and_changes_nothing(
    house: House, key: str
) -> None:
    """A sample: each value with every twelfth tap, others for each key."""
    conversation = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    before = await house.dump()
    for number, value in enumerate(HOSTILE):
        for verb in some(routes.TAPS, number + KEYS.index(key), of=12):
            for flow in FLOWS if verb.startswith("flow.") else ("",):
                data = {"flow": flow, "step": "worry", "conversation": conversation, key: value}
                reply = await house.root.handle(house.a_turn("martin", CardAction(verb, data)))
                assert reply.card is not None
                assert size(reply.card) <= MAX_BYTES
        assert await house.dump() == before, value


@pytest.mark.parametrize("flow", ["booking", "took-place", "feedback", "talk-first", "outcome"])
@pytest.mark.parametrize("verb", ["check", "change", "back", "add", "remove", "list", "send"])
async def test_a_verb_that_a_flow_does_not_have_shows_where_things_are(
    house: House, flow: str, verb: str
) -> None:
    key = await house.held()
    await house.tap("priya", "6 out of 10")
    for who in ("priya", "fay", "martin"):
        for to in ("", "check", "scale", "happened", "../x"):
            data = {"flow": flow, "conversation": key, "to": to, "step": "scale", "number": 3}
            reply = await house.turn(who, CardAction(f"flow.{verb}", data))
            assert reply.card is not None
    await house.turn("priya", CardAction("flow.open", {"flow": "feedback", "conversation": key}))
    assert "Feedback" in house.shown("priya")


@pytest.mark.parametrize("verb", ["", "no.such.verb", "flow", "flow.", "__class__", "x" * 30_000])
async def test_an_unknown_verb_gets_a_calm_card(house: House, verb: str) -> None:
    await house.fill_to("priya", "worry")
    draft = await house.draft("priya")
    reply = await house.turn("priya", CardAction(verb, {"flow": "request"}))
    assert reply.summary == wording.GONE
    assert await house.draft("priya") == draft


@pytest.mark.parametrize("value", ["x", "11", "-1", "6.5", "", "9" * 5_000, "<script>", "١٠", "²"])
async def test_a_number_that_is_none_keeps_the_one_chosen(house: House, value: str) -> None:
    key = await house.held()
    await house.tap("priya", "6 out of 10")
    data = {"flow": "feedback", "step": "scale", "conversation": key, "scale": value}
    await house.turn("priya", CardAction("flow.next", {**data, "submission": "odd"}))
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    number = 10 if value == "١٠" else 6
    assert answers.scale == number
    assert f"Your {number} counts" in house.shown("priya") or number == 10
    assert "<script>" not in texts(house.people["priya"].card)


async def test_a_story_in_somebody_elses_draft_is_never_shown(house: House) -> None:
    await house.fill_request()
    draft = await house.draft("priya")
    assert draft is not None
    for verb in ("flow.show", "flow.open", "flow.change", "flow.check", "flow.send"):
        data = {"flow": "request", "conversation": draft.conversation, "field": "worry"}
        reply = await house.turn("martin", CardAction(verb, data))
        assert reply.card is not None
        assert STORY["worry"] not in texts(reply.card)


async def test_more_than_can_be_stored_is_refused_with_the_card_left_as_it_is(
    house: House,
) -> None:
    await house.fill_to("priya", "hope_you")
    before = house.people["priya"].card
    huge = {"hope_you": "x" * 300_000, "hope_you_known": "y" * 300_000}
    reply = await house.tap("priya", "Next", **huge)
    assert reply.card is None
    assert "This is too much for me to keep, so it is not saved." in reply.summary
    assert house.people["priya"].card is before
    await house.tap("priya", "Next", hope_you="Room.", hope_you_known="I sleep.")
    assert "7 of 8" in house.shown("priya")


async def test_the_oldest_of_very_many_kept_texts_is_shown_before_it_goes(house: House) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next")
    await house.tap("priya", "Next", worry="The worry that counts.")
    texts = [f"Number {number}. " + "x" * 200_000 for number in range(3)]
    for text in texts:
        assert "no more room" not in house.shown("priya")
        await house.turn("priya", CardAction(old.verb, {**old.data, "worry": text}))
    assert "I have no more room for this earlier text of yours" in house.shown("priya")
    assert "Number 0." in house.shown("priya")
    assert "Number 2." in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == "The worry that counts."
    assert draft.kept["worry"] == tuple(texts[1:])
