"""Old cards, double clicks, redeliveries and races: the same place, one record, nothing lost."""

import asyncio
from typing import Any

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.drafts import TABLE as DRAFTS
from records.outbox.prompt import Kind
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, action, values


async def test_a_double_click_on_next_moves_on_once(house: House) -> None:
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Next", worry="Worried.")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    assert "6 of 8" in house.shown("priya")
    assert "You also wrote" not in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == "hope_you"
    assert draft.answers["worry"] == "Worried."
    assert draft.kept == {}


async def test_a_double_click_on_a_wrong_answer_says_again_what_is_wrong(house: House) -> None:
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Next", worry="x" * 4001)
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    assert "This has 4,001 characters" in house.shown("priya")


async def test_a_double_click_on_add_another_adds_one_person(house: House) -> None:
    await house.fill_to("priya", "people")
    tap = house.data("priya", "Add another person", nurse="none", other_name="Pat Reed")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed"]


async def test_send_twice_gives_the_same_receipt_and_one_conversation(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    tap = house.data("priya", "Send")
    first = await house.turn("priya", tap)
    second = await house.turn("priya", tap)
    assert first == second
    key = await house.newest()
    it = await house.record(key)
    assert it.reference in house.shown("priya")
    assert len(house.told("martin")) == 1


async def test_two_sends_at_the_same_moment_make_one_conversation(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    tap = house.data("priya", "Send")
    one, two = await asyncio.gather(
        house.turn("priya", tap), house.turn("priya", tap, root=house.second())
    )
    assert one.summary == two.summary
    await house.newest()
    assert len(house.told("martin")) == 1


async def test_an_old_card_with_new_text_shows_where_things_are_and_keeps_the_text(
    house: House,
) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="First.")
    await house.turn("priya", old)
    await house.tap("priya", "Next", hope_you="Room.", hope_you_known="Sleep.")
    await house.turn("priya", CardAction(old.verb, {**old.data, "worry": "Second thoughts."}))
    shown = house.shown("priya")
    assert "7 of 8" in shown
    assert "Second thoughts." in shown
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == "First."
    assert draft.kept["worry"] == ("Second thoughts.",)


async def test_the_same_old_text_twice_is_kept_once(house: House) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="First.")
    await house.turn("priya", old)
    again = CardAction(old.verb, {**old.data, "worry": "Second."})
    await house.turn("priya", again)
    await house.turn("priya", again)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.kept["worry"] == ("Second.",)


async def test_the_same_old_text_on_two_drawings_of_a_card_is_kept_once(house: House) -> None:
    """As two devices show it: each drawing is sent by itself, and what is on it is the same."""
    await house.fill_to("priya", "worry")
    one = house.data("priya", "Next", worry="Told on two devices.")
    await house.tap("priya", "Back")
    await house.tap("priya", "Next")
    other = house.data("priya", "Next", worry="Told on two devices.")
    await house.tap("priya", "Next", worry="Told first.")
    for late in (one, other):
        await house.turn("priya", late)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.kept["worry"] == ("Told on two devices.",)


async def test_an_old_card_after_send_shows_the_status_and_the_text(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="A late thought.")
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    before = await house.dump()
    await house.turn("priya", old)
    assert "Your manager has been asked to agree." in house.shown("priya")
    assert "A late thought." in house.shown("priya")
    assert await house.dump() == before


async def test_an_old_card_of_a_sent_request_leaves_the_next_request_alone(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="Of the first request.")
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    await house.fill_to("priya", "worry")
    draft = await house.draft("priya")
    await house.turn("priya", old)
    assert "Your manager has been asked to agree." in house.shown("priya")
    assert "Of the first request." in house.shown("priya")
    assert await house.draft("priya") == draft
    for title in ("Back", "Next"):
        await house.turn("priya", CardAction("flow." + title.lower(), {**old.data, "worry": ""}))
        assert await house.draft("priya") == draft


async def test_an_old_check_card_of_a_sent_request_does_not_send_the_next(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    send = house.data("priya", "Send")
    await house.tap("priya", "Send")
    key = await house.newest()
    await house.fill_request()
    await house.turn("priya", send)
    assert (await house.record(key)).reference in house.shown("priya")
    assert await house.newest() == key


async def test_a_card_of_a_request_put_away_keeps_its_text_in_the_next(house: House) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="Still true.")
    await house.discard("priya")
    await house.turn("priya", old)
    assert "Still true." in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.kept["worry"] == ("Still true.",)


async def test_an_old_card_of_a_request_put_away_shows_the_one_open_now(house: House) -> None:
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry="Of the one put away.")
    await house.discard("priya")
    await house.fill_to("priya", "about")
    await house.turn("priya", old)
    assert "2 of 8" in house.shown("priya")
    assert "Of the one put away." in house.shown("priya")


async def test_back_on_an_old_card_does_not_go_back_twice(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    tap = house.data("priya", "Back")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    assert "5 of 8" in house.shown("priya")


async def test_two_instances_taking_turns_lose_no_answer(house: House) -> None:
    other = house.second()
    await house.fill_to("priya", "worry")
    for number, (title, inputs) in enumerate(
        (
            ("Next", {"worry": STORY["worry"]}),
            ("Next", {"hope_you": STORY["hope_you"], "hope_you_known": STORY["hope_you_known"]}),
            ("Back", {}),
            ("Next", {}),
            ("Next", {k: STORY[k] for k in ("hope_child", "hope_child_known")}),
        )
    ):
        root = other if number % 2 else house.root
        await house.turn("priya", house.data("priya", title, **inputs), root=root)
    draft = await house.draft("priya")
    assert draft is not None
    assert {key: draft.answers[key] for key in STORY} == STORY


class Racing(MemoryStore):
    """Lets another instance write first, once, whenever a draft is written."""

    def __init__(self) -> None:
        super().__init__()
        self.first: Any = None

    async def update(self, table: str, row: Row) -> Row:
        if table == DRAFTS and self.first is not None:
            first, self.first = self.first, None
            await first()
        return await super().update(table, row)


@pytest.fixture
def racing() -> House:
    return House(Racing())


async def test_an_answer_given_while_another_is_saved_is_not_lost(racing: House) -> None:
    await racing.fill_to("priya", "worry")
    tap = racing.data("priya", "Next", worry="From the phone.")
    other = racing.data("priya", "Next", worry="From the desk.")
    store: Any = racing.store
    store.first = lambda: racing.turn("priya", other, root=racing.second())
    await racing.turn("priya", tap)
    draft = await racing.draft("priya")
    assert draft is not None
    assert draft.step == "hope_you"
    assert draft.answers["worry"] == "From the desk."
    assert draft.kept["worry"] == ("From the phone.",)
    assert "From the phone." in racing.shown("priya")


async def test_typed_text_given_while_another_answer_is_saved_is_not_lost(racing: House) -> None:
    await racing.fill_to("priya", "hope_you")
    other = racing.data("priya", "Next", hope_you="From the desk.", hope_you_known="Known.")
    store: Any = racing.store
    store.first = lambda: racing.turn("priya", other, root=racing.second())
    await racing.say("priya", "Typed on the phone.")
    draft = await racing.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == "From the desk."
    assert "Typed on the phone." in str(draft.answers) + str(draft.kept)


async def test_an_answer_changed_while_the_request_is_sent_is_not_lost(racing: House) -> None:
    await racing.arrive("priya", "martin")
    await racing.fill_request()
    send = racing.data("priya", "Send")

    async def change() -> None:
        card = racing.people["priya"].card
        root = racing.second()
        pressed = action(card, f"Change: {wording.Q_WORRY}")
        tap = CardAction(pressed["verb"], pressed["data"])
        reply = await root.handle(racing.a_turn("priya", tap))
        assert reply.card is not None
        pressed = action(reply.card, "Next")
        data = {**pressed["data"], **values(reply.card), "worry": "Changed meanwhile."}
        await root.handle(racing.a_turn("priya", CardAction(pressed["verb"], data)))

    store: Any = racing.store
    store.first = change
    await racing.turn("priya", send)
    file = await racing.file(await racing.newest())
    kept = file.answers_of("request", "requester")
    assert kept is not None
    assert kept.texts["worry"] == "Changed meanwhile."


async def test_a_number_tapped_twice_counts_once_and_another_changes_it(house: House) -> None:
    key = await house.held()
    six, eight = house.data("priya", "6 out of 10"), house.data("priya", "8 out of 10")
    await house.turn("priya", six)
    once = await house.file(key)
    await house.turn("priya", six)
    twice = await house.file(key)
    assert twice == once
    await house.turn("priya", eight)
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == 8
    assert "Your 8 counts." in house.shown("priya")


async def test_two_taps_on_one_number_at_once_count_once(house: House) -> None:
    key = await house.held()
    tap = house.data("priya", "6 out of 10")
    await asyncio.gather(house.turn("priya", tap), house.turn("priya", tap, root=house.second()))
    it = await house.record(key)
    assert [one.by for one in it.feedback] == ["requester"]


async def test_send_the_feedback_card_twice_adds_the_substitute_once(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    tap = house.data(
        "fay", "Send the feedback card", other_name="Sam Ode", other_mail="sam@police.example"
    )
    await house.turn("fay", tap)
    await house.turn("fay", tap)
    it = await house.record(key)
    assert [one.name for one in it.people if one.part == "substitute"] == ["Sam Ode"]


async def test_a_substitute_named_again_on_another_card_stays_among_those_who_came(
    house: House,
) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    sam = {"other_name": "Sam Ode", "other_mail": "sam@police.example"}
    one = house.data("fay", "Send the feedback card", **sam)
    two = CardAction(one.verb, {**one.data, "submission": "another-drawing"})
    await house.turn("fay", one)
    await house.turn("fay", two)
    it = await house.record(key)
    subs = [who.id for who in it.people if who.part == "substitute"]
    assert len(subs) == 1
    assert it.held is not None
    assert subs[0] in it.held.came


async def test_talk_first_sent_twice_sends_one_message(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    tap = house.data("martin", "Send", message="Can we talk on Tuesday?")
    await house.turn("martin", tap)
    await house.turn("martin", tap)
    assert len((await house.record(key)).talks) == 1
    assert "your message went to Priya Shah" in house.shown("martin")
    kinds = [p.kind for p, _ in (await house.file(key)).prompts.values()]
    assert kinds.count(Kind.TALK_FIRST) == 1


async def test_the_same_agree_twice_is_one_agreement(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    tap = house.data("martin", "Agree")
    await house.turn("martin", tap)
    once = await house.file(key)
    await house.turn("martin", tap)
    assert len((await house.file(key)).audit) == len(once.audit)
    assert "You agreed to" in house.shown("martin")
    assert len([one for one in house.channel if "waits" in one.summary]) <= 1


async def test_remove_twice_removes_one(house: House) -> None:
    await house.fill_to("priya", "people")
    for name in ("Ann Ode", "Pat Reed", "Nia Okafor"):
        await house.tap("priya", "Add another person", nurse="none", other_name=name)
    tap = house.data("priya", "Remove Ann Ode")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed", "Nia Okafor"]
