"""What is half written on a card is kept by whichever button leads away from it, and never scolded.

In every scenario, at each card that somebody fills in, every other button of it is tried first with
half-written words; then the scenario goes on as if nothing had happened.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from cards.wording import wording
from dialogs.turn.events import Card, CardAction
from records.drafts import Drafts
from records.store.memory import MemoryStore
from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import STORY, TAPS, House, elements, values

AWAY: Final = frozenset({"flow.back", "flow.check", "flow.change", "flow.remove"})
"""Buttons that lead from a card of a flow to another of it."""


def buttons(card: Card) -> list[dict[str, Any]]:
    return [one for one in elements(card) if one.get("type") == "Action.Execute"]


def half(card: Card) -> dict[str, str]:
    """Half-written words for each text input: no address, and not what was there."""
    found = [one["id"] for one in elements(card) if one.get("type") == "Input.Text"]
    return {name: f"half {name} <b>" for name in found}


def rows_of(store: Any) -> dict[str, dict[str, Any]]:
    """The rows of a store in memory, which never change themselves."""
    tables = store._tables
    return {
        table: defaultdict(dict, {one: rows.copy() for one, rows in partitions.items()})
        for table, partitions in tables.items()
    }


def scolds(card: Card) -> list[str]:
    return [one["text"] for one in elements(card) if one.get("color") == "Attention"]


class Hesitant(House):
    """Before each tap on a card with inputs, everybody tries all other ways away from it."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.tried: set[tuple[str, str, str]] = set()

    async def press(self, who: str, pressed: dict[str, Any], inputs: dict[str, Any]) -> Any:
        chat = self.people[who].chat
        card = chat[-1].card if chat else None
        if (
            card is not None
            and half(card)
            and any(one["data"] == pressed["data"] for one in buttons(card))
        ):
            for one in buttons(card):
                if one["verb"] in AWAY:
                    await self._try(who, card, one)
        return await super().press(who, pressed, inputs)

    async def _try(self, who: str, card: Card, away: dict[str, Any]) -> None:
        store: Any = self.store
        before = rows_of(store)
        typed, data = half(card), away["data"]
        root = self.second()
        event = CardAction(away["verb"], {**data, **values(card), **typed})
        with self.afterwards.after_this():
            reply = await root.handle(self.a_turn(who, event))
        await self.afterwards.quiet()
        place = (self.people[who].actor.key, data["flow"], data["conversation"])
        opened = await Drafts(store).find(*place)
        assert opened is not None
        assert reply.card is not None
        assert {name: opened.draft.answers.get(name) for name in typed} == typed, away
        assert scolds(reply.card) == []
        store._tables = before
        self.tried.add((data["flow"], data["step"], away["verb"]))


@pytest.mark.parametrize("name", SCENARIOS)
async def test_back_keeps_half_written_words_wherever_it_stands(name: str) -> None:
    await SCENARIOS[name](Hesitant(MemoryStore()))


async def test_every_way_back_is_tried_there() -> None:
    found: set[tuple[str, str, str]] = set()
    for name in ("the whole pathway", "amended", "another agency"):
        house = Hesitant(MemoryStore())
        await SCENARIOS[name](house)
        found |= house.tried
    asked = ("you", "people", "worry", "hope_you", "hope_child")
    wanted = {("request", step, "flow.back") for step in asked}
    wanted |= {("request", "people", "flow.remove"), ("request", "you", "flow.check")}
    wanted |= {("amend", "worry", "flow.check"), ("outcome", "you", "flow.back")}
    texts = ("happened", "difference", "possibility")
    wanted |= {("feedback", step, "flow.back") for step in texts}
    assert wanted <= found, wanted - found


# What is kept, and what is not overwritten --------------------------------------------------------


async def test_an_address_that_is_none_waits_for_whoever_comes_back(house: House) -> None:
    await house.fill_to("priya", "you")
    await house.tap("priya", "Back", manager_name="Mar", manager_mail="martin@")
    assert "2 of 8" in house.shown("priya")
    assert scolds(house.people["priya"].card) == []
    await house.tap("priya", "Next")
    found = values(house.people["priya"].card)
    assert (found["manager_name"], found["manager_mail"]) == ("Mar", "martin@")
    assert scolds(house.people["priya"].card) == []
    await house.tap("priya", "Next")
    assert wording.NOT_A_MAIL in scolds(house.people["priya"].card)


async def test_a_text_emptied_on_purpose_is_emptied_and_stands_beside(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.tap("priya", "Back")
    await house.tap("priya", "Back", worry="")
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.answers["worry"], draft.kept["worry"]) == ("", (STORY["worry"],))
    await house.tap("priya", "Next", **TAPS["people"])
    assert "worry" not in values(house.people["priya"].card)
    assert f"{wording.KEPT_HEADING}\n{STORY['worry']}" in house.shown("priya")


async def test_a_text_too_long_to_show_is_not_emptied_by_its_empty_input(house: House) -> None:
    await house.fill_to("priya", "worry")
    long = "語" * 4_000
    await house.tap("priya", "Back", worry=long)
    await house.tap("priya", "Next", **TAPS["people"])
    assert long.startswith(values(house.people["priya"].card)["worry"])
    await house.tap("priya", "Back", worry="")
    await house.tap("priya", "Next", **TAPS["people"])
    await house.tap("priya", "Next", worry="")
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("hope_you", long)


async def test_a_chosen_colleague_fills_the_inputs_on_the_way_back_too(house: House) -> None:
    await house.requested()
    await house.fill_to("priya", "you")
    await house.tap("priya", "Back")
    [known] = [
        one for one in elements(house.people["priya"].card) if one.get("id") == "manager_known"
    ]
    pat = next(one["value"] for one in known["choices"] if "Pat Reed" in one["title"])
    await house.tap("priya", "Back", manager_known=pat, manager_name="", manager_mail="")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["manager_mail"] == "pat@police.example"


@pytest.mark.parametrize("worry", ["", "An older thought."])
async def test_an_older_cards_back_overwrites_nothing(house: House, worry: str) -> None:
    """The same step, drawn on another device before it was answered."""
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Back", worry=worry)
    await house.tap("priya", "Next", worry="What we know now.")
    await house.tap("priya", "Back")
    await house.turn("priya", old)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("worry", "What we know now.")
    assert draft.kept.get("worry", ()) == ((worry,) if worry else ())
    assert worry in house.shown("priya")


@pytest.mark.parametrize("worry", ["", "An older thought."])
async def test_an_older_cards_next_loses_nothing(house: House, worry: str) -> None:
    """What it did not show stays where it sends nothing, and stands beside where it does."""
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry=worry)
    await house.tap("priya", "Next", worry="What we know now.")
    await house.tap("priya", "Back")
    await house.turn("priya", old)
    draft = await house.draft("priya")
    assert draft is not None
    known = "What we know now."
    if worry:
        assert (draft.step, draft.answers["worry"]) == ("hope_you", worry)
        assert draft.kept == {"worry": (known,)}
    else:
        assert (draft.step, draft.answers["worry"], draft.kept) == ("worry", known, {})
        assert wording.MOVED_ON in house.shown("priya")
        assert known in house.shown("priya")


async def test_an_older_card_fills_in_what_was_empty_and_leaves_the_rest(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    old = house.data("priya", "Next", hope_you_known="By sleeping.")
    await house.say("priya", "To think.")
    await house.turn("priya", old)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.kept) == ("hope_child", {})
    assert draft.answers["hope_you"] == "To think."
    assert draft.answers["hope_you_known"] == "By sleeping."


async def test_an_older_card_of_names_sent_as_it_stood_takes_nobody_away(house: House) -> None:
    await house.fill_to("priya", "people")
    old = house.data("priya", "Next")
    nurse = {"nurse": "named", "nurse_name": "Nia Okafor", "nurse_mail": "nia@health.example"}
    await house.tap("priya", "Next", **nurse, nurse_attending="yes")
    await house.tap("priya", "Back")
    await house.turn("priya", old)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["nurse_name"]) == ("people", "Nia Okafor")


async def test_an_older_card_sent_as_it_stood_overwrites_nothing(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.tap("priya", "Back")
    await house.tap("priya", "Next", worry="A first thought.")
    await house.tap("priya", "Back")
    old = house.data("priya", "Next")
    await house.tap("priya", "Next", worry="A second thought.")
    await house.tap("priya", "Back")
    await house.turn("priya", old)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("worry", "A second thought.")


async def test_a_back_from_a_card_answered_since_keeps_its_words_beside(house: House) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Back", worry="An older thought.")
    await house.tap("priya", "Next", worry="What we know now.")
    for _ in range(2):
        await house.turn("priya", old)
        draft = await house.draft("priya")
        assert draft is not None
        assert (draft.step, draft.answers["worry"]) == ("hope_you", "What we know now.")
        assert draft.kept == {"worry": ("An older thought.",)}


async def test_what_is_written_on_the_card_that_stayed_in_the_message_is_its_answer(
    house: House,
) -> None:
    """Back showed a card with words to one client alone; the message kept the one before."""
    key = await house.held()
    await house.tap("priya", "6 out of 10")
    await house.tap("priya", "Next", happened="We were quiet for once.")
    stayed = house.data("priya", "Next", difference_you="I am less alone with it.")
    await house.tap("priya", "Back")
    await house.turn("priya", stayed)
    draft = await house.draft("priya", "feedback", key)
    assert draft is not None
    assert (draft.step, draft.kept) == ("possibility", {})
    assert draft.answers["difference_you"] == "I am less alone with it."
    assert draft.answers["happened"] == "We were quiet for once."


async def test_one_line_says_in_few_words_that_it_is_kept(house: House) -> None:
    """A phone of 360 pixels has room for about thirty characters in an input."""
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", contact="01473 000000", manager_name="Martin Cole")
    await house.say("priya", "request")
    shown = house.people["priya"].card
    kept = [one["placeholder"] for one in elements(shown) if one.get("placeholder")]
    assert kept == [wording.DOOR_KEPT_LINE] * 2
    assert len(wording.DOOR_KEPT_LINE) <= 30


@pytest.mark.parametrize("button", ["Next", "Back"])
async def test_an_input_that_says_that_it_replaces_a_text_does(house: House, button: str) -> None:
    """In a message above, left empty as its words are kept, while the request is further on."""
    await house.fill_to("priya", "hope_you")
    await house.say("priya", "To think.")
    await house.tap("priya", "Next", hope_you_known="By sleeping.")
    await house.tap("priya", "Back")
    await house.say("priya", "This was meant for a card.")
    assert wording.DOOR_KEPT_INPUT in str(house.people["priya"].card)
    above = house.data("priya", button, hope_you="To think twice.")
    await house.tap("priya", "Next")
    await house.turn("priya", above)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == "To think twice."
    assert draft.answers["hope_you_known"] == "By sleeping."
    assert draft.step == {"Next": "hope_child", "Back": "worry"}[button]


async def test_nobody_goes_on_past_an_answer_that_is_wrong_meanwhile(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    stayed = house.data("priya", "Next", hope_you="To think.", hope_you_known="By sleeping.")
    await house.tap("priya", "Back")
    await house.tap("priya", "Back", worry="z" * 4_001)
    await house.turn("priya", stayed)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == "people"
    assert draft.kept["hope_you"] == ("To think.",)


async def test_the_same_back_again_changes_nothing(house: House) -> None:
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Back", worry="Half a thou")
    await house.turn("priya", tap)
    once = await house.draft("priya")
    await house.turn("priya", tap)
    assert await house.draft("priya") == once
    assert "4 of 8" in house.shown("priya")
    assert wording.MOVED_ON not in house.shown("priya")


async def test_a_card_of_an_earlier_version_still_goes_back(house: House) -> None:
    """Its Back sends nothing, and says nothing of the answers that it shows."""
    await house.fill_to("priya", "hope_you")
    await house.tap("priya", "Back")
    tap = house.data("priya", "Back")
    old = {name: one for name, one in tap.data.items() if name not in ("seen", "worry")}
    await house.turn("priya", CardAction(tap.verb, old))
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("people", STORY["worry"])


async def test_whoever_is_half_typed_in_stays_while_another_is_removed(house: House) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Add another person", nurse="none", other_name="Ann Ode")
    tap = house.data("priya", "Remove Ann Ode", other_name="Pat", other_mail="pat@")
    for _ in range(2):
        await house.turn("priya", tap)
        draft = await house.draft("priya")
        assert draft is not None
        assert draft.answers["others"] == []
        assert (draft.answers["other_name"], draft.answers["other_mail"]) == ("Pat", "pat@")


async def test_check_your_answers_takes_a_right_answer_as_next_does(house: House) -> None:
    await house.fill_to("priya", "check")
    await house.tap("priya", f"Change: {wording.PEOPLE_TITLE}")
    await house.tap("priya", wording.TO_CHECK, other_name="Pat Reed")
    assert "Pat Reed" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed"]


async def test_check_your_answers_lets_a_wrong_one_be_until_send(house: House) -> None:
    await house.fill_to("priya", "check")
    await house.tap("priya", f"Change: {wording.YOU_TITLE}")
    await house.tap("priya", wording.TO_CHECK, manager_mail="martin@")
    assert wording.CHECK_TITLE in house.shown("priya")
    assert scolds(house.people["priya"].card) == []
    await house.tap("priya", "Send")
    assert wording.NOT_A_MAIL in scolds(house.people["priya"].card)
    assert values(house.people["priya"].card)["manager_mail"] == "martin@"


async def test_whoever_was_half_typed_in_is_part_of_what_is_sent(house: House) -> None:
    """Send from a check further up in the chat, while another card was left half written."""
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "check")
    send = house.data("priya", "Send")
    for _ in range(4):
        await house.tap("priya", "Back")
    await house.tap("priya", "Back", other_name="Pat Reed", other_mail="Pat <pat@police.example>")
    await house.turn("priya", send)
    it = await house.record(await house.newest())
    assert [one.mail for one in it.people if one.name == "Pat Reed"] == ["pat@police.example"]


# Buttons that lead out of the flow ----------------------------------------------------------------


async def _difference(house: House) -> tuple[str, str, str]:
    key = await house.held()
    await house.skip(weeks=9)
    await house.open_door("priya")
    return "priya", "outcome", key


async def _right_person(house: House) -> tuple[str, str, str]:
    key = await house.booked()
    await house.tap("pat", wording.RIGHT_PERSON)
    return "pat", "right-person", key


async def _not_safe(house: House) -> tuple[str, str, str]:
    key = await house.booked()
    await house.tap("priya", "Settle who tells the family")
    await house.tap("priya", "Not safe or not right…")
    return "priya", "not-safe", key


async def _concern(house: House) -> tuple[str, str, str]:
    key = await house.booked()
    await house.change("A concern about practice")
    await house.tap("fay", "Next", worker="other1")
    return "fay", "concern", key


@pytest.mark.parametrize(
    ("arrange", "title"),
    [
        (_difference, wording.RING_ME),
        (_difference, wording.SOMEONE_ELSE),
        (_right_person, wording.PREPARE_BACK),
        (_not_safe, wording.PREPARE_BACK),
        (_concern, wording.BACK_TO_IT),
    ],
)
async def test_a_button_out_of_the_flow_keeps_what_is_half_written(
    house: House, arrange: Callable[[House], Awaitable[tuple[str, str, str]]], title: str
) -> None:
    who, flow, key = await arrange(house)
    before = house.people[who].card
    typed = half(before)
    assert typed
    await house.tap(who, title, **typed)
    assert house.people[who].card != before
    draft = await house.draft(who, flow, key)
    assert draft is not None
    assert {name: draft.answers[name] for name in typed} == typed
    await house.press(who, {"verb": "flow.open", "data": {"flow": flow, "conversation": key}}, {})
    assert values(house.people[who].card) | typed == values(house.people[who].card)


async def test_words_for_a_place_that_has_gone_come_back_and_the_tap_goes_on(house: House) -> None:
    """The difference was told on another device; here somebody was still writing."""
    who, _, _ = await _difference(house)
    tap = house.data(who, wording.RING_ME, outcome_child="Half a thou")
    await house.tap(who, "Next", outcome_child="Back at school.")
    await house.tap(who, "Next", outcome_you="I ask earlier.")
    await house.tap(who, "Send")
    reply = await house.turn(who, tap)
    assert "Half a thou" in house.shown(who)
    assert reply.card is not None


async def test_nothing_is_begun_by_leaving_an_empty_card(house: House) -> None:
    who, flow, key = await _difference(house)
    opened = await Drafts(house.store).find(house.people[who].actor.key, flow, key)
    if opened is not None:
        await house.drafts.remove(opened)
    await house.tap(who, wording.SOMEONE_ELSE)
    assert await house.draft(who, flow, key) is None
