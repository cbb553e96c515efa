"""Storage does not answer: the same card with the text in it, never a receipt, nothing doubled."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import CardAction, Event, Message, Reply
from records.store.contract import Row, Unavailable
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, TAPS, House, action, elements, texts, values

WRITES = ("create", "update", "put", "delete", "commit")
CALLS = ("get", *WRITES)


class Failing(MemoryStore):
    """Fails at the n-th call from now, before or after it has happened; or at every call."""

    def __init__(self) -> None:
        super().__init__()
        self.fail_at, self.calls, self.after, self.away = 0, 0, False, False

    def arm(self, number: int, *, after: bool) -> None:
        self.fail_at, self.calls, self.after = number, 0, after

    @property
    def fired(self) -> bool:
        return 0 < self.fail_at <= self.calls

    def _now(self) -> bool:
        self.calls += 1
        return self.away or self.calls == self.fail_at

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in CALLS:
            return found

        async def call(*args: Any, **options: Any) -> Any:
            fails = self._now()
            if fails and not (self.after and name in WRITES):
                raise Unavailable("away")
            done = await found(*args, **options)
            if fails:
                raise Unavailable("away after it was done")
            return done

        return call

    # Inside, the memory store's create goes through its commit: that is one call, not two.
    async def create(self, table: str, row: Row) -> Row:
        calls, fail = self.calls, self.fail_at
        self.fail_at = 0
        try:
            return await super().create(table, row)
        finally:
            self.calls, self.fail_at = calls, fail

    async def query(self, *args: Any, **options: Any) -> AsyncIterator[Row]:
        if self._now():
            raise Unavailable("away")
        async for row in super().query(*args, **options):
            yield row


@pytest.fixture
def failing() -> House:
    return House(Failing())


async def turn(house: House, who: str, event: Event) -> tuple[Reply, bool]:
    """As the edge does it: a failed turn answers with `not_saved`. Whether it failed."""
    try:
        reply = await house.root.handle(house.a_turn(who, event))
    except Unavailable:
        reply = not_saved(house.a_turn(who, event), "fresh-drawing")
        assert reply.card is None or size(reply.card) <= MAX_BYTES
        house.show(who, event, reply)
        return reply, True
    house.show(who, event, reply)
    return reply, False


def again(house: House, who: str, reply: Reply, event: CardAction) -> CardAction:
    """Pressing the card's button again: its own first action with what its inputs hold."""
    if reply.card is None:
        return event  # a sentence only: the card on the screen stayed as it was
    pressed = reply.card["actions"][0]
    return CardAction(pressed["verb"], {**pressed["data"], **values(reply.card)})


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 9))
async def test_next_is_taken_when_pressed_again_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "hope_you")
    tap = failing.data("priya", "Next", hope_you="Room to think.", hope_you_known="I sleep.")
    store.arm(number, after=after)
    reply, failed = await turn(failing, "priya", tap)
    assert failed == store.fired
    store.arm(0, after=False)
    if failed:
        assert "Not saved yet, press “Next” again" in failing.shown("priya")
        assert "Room to think." in failing.shown("priya")
        assert "I sleep." in failing.shown("priya")
        await turn(failing, "priya", again(failing, "priya", reply, tap))
    draft = await failing.draft("priya")
    assert draft is not None
    assert draft.step == "hope_child"
    assert draft.answers["hope_you"] == "Room to think."
    assert draft.kept == {}
    assert "7 of 8" in failing.shown("priya")
    assert "You also wrote" not in failing.shown("priya")


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 26))
async def test_send_never_gives_a_receipt_before_the_write_and_doubles_nothing(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    await failing.arrive("priya", "martin")
    await failing.fill_request()
    tap = failing.data("priya", "Send")
    store.arm(number, after=after)
    reply, failed = await turn(failing, "priya", tap)
    assert failed or number > 5
    store.arm(0, after=False)
    if failed:
        assert "is sent" not in failing.shown("priya")
        await turn(failing, "priya", again(failing, "priya", reply, tap))
    await failing.deliver()
    await failing.sweep.run()
    key = await failing.newest()
    it = await failing.record(key)
    assert f"Your request {it.reference} is sent" in failing.shown("priya")
    assert await failing.draft("priya") is None
    assert len(failing.told("martin")) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 16))
async def test_talk_first_sends_one_message_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    key = await failing.requested()
    await failing.tap("martin", "Talk first")
    tap = failing.data("martin", "Send", message="Can we talk on Tuesday?")
    store.arm(number, after=after)
    reply, failed = await turn(failing, "martin", tap)
    assert failed or number > 5
    store.arm(0, after=False)
    if failed:
        assert "your message went" not in failing.shown("martin")
        assert "Can we talk on Tuesday?" in failing.shown("martin")
        assert "Not saved yet, press “Send” again" in failing.shown("martin")
        await turn(failing, "martin", again(failing, "martin", reply, tap))
    assert len((await failing.record(key)).talks) == 1
    assert "your message went to Priya Shah" in failing.shown("martin")


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 16))
async def test_who_came_is_taken_once_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    key = await failing.booked()
    failing.at = failing.local("2027-02-03T15:25")
    await failing.sweep.run()
    await failing.tap("fay", "We are closing")
    sam = {"other_name": "Sam Ode", "other_mail": "sam@police.example"}
    tap = failing.data("fay", "Send the feedback card", **sam)
    store.arm(number, after=after)
    reply, failed = await turn(failing, "fay", tap)
    store.arm(0, after=False)
    if failed:
        assert "is on its way" not in failing.shown("fay")
        await turn(failing, "fay", again(failing, "fay", reply, tap))
    it = await failing.record(key)
    assert [one.name for one in it.people if one.part == "substitute"] == ["Sam Ode"]
    assert it.held is not None
    assert it.held.came == ("requester", "nurse", "other1", "substitute1")
    assert "is on its way" in failing.shown("fay")


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 16))
async def test_a_number_on_the_scale_counts_once_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    key = await failing.held()
    tap = failing.data("priya", "6 out of 10")
    store.arm(number, after=after)
    reply, failed = await turn(failing, "priya", tap)
    store.arm(0, after=False)
    if failed:
        assert "Your 6 counts." not in failing.shown("priya")
        await turn(failing, "priya", again(failing, "priya", reply, tap))
    assert "Your 6 counts." in failing.shown("priya")
    assert [one.by for one in (await failing.record(key)).feedback] == ["requester"]


@pytest.mark.parametrize("step", ["about", "you", "people", "worry", "hope_you", "hope_child"])
async def test_every_card_of_the_request_comes_back_with_what_was_typed(
    failing: House, step: str
) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", step)
    inputs = TAPS[step] | ({"other_name": "Pat Reed"} if step == "people" else {})
    tap = failing.data("priya", "Next", **inputs)
    store.away = True
    reply, failed = await turn(failing, "priya", tap)
    assert failed
    for text in inputs.values():
        if len(text) > 7:
            assert text in failing.shown("priya")
    store.away = False
    await turn(failing, "priya", again(failing, "priya", reply, tap))
    draft = await failing.draft("priya")
    assert draft is not None
    assert draft.step != step


async def test_another_text_in_the_card_that_came_back_is_a_new_answer(failing: House) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "worry")
    tap = failing.data("priya", "Next", worry="First.")
    for number in range(1, 12):
        store.arm(number, after=True)
        reply, failed = await turn(failing, "priya", tap)
        if failed and (await failing.draft("priya")).step == "hope_you":  # type: ignore[union-attr]
            break
    store.arm(0, after=False)
    pressed = again(failing, "priya", reply, tap)
    data = {**pressed.data, "worry": "Second thoughts."}
    await turn(failing, "priya", CardAction(pressed.verb, data))
    draft = await failing.draft("priya")
    assert draft is not None
    assert draft.kept["worry"] == ("Second thoughts.",)
    assert "Second thoughts." in failing.shown("priya")


async def test_people_come_back_with_what_was_typed_and_keep_those_added_before(
    failing: House,
) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "people")
    await failing.tap("priya", "Add another person", nurse="none", other_name="Pat Reed")
    store.away = True
    for title in ("Add another person", "Next"):
        sam = {"other_name": "Sam Ode", "other_role": "Teacher", "other_attending": "yes"}
        tap = failing.data("priya", title, **sam)
        reply, failed = await turn(failing, "priya", tap)
        assert failed
        assert f"Not saved yet, press “{title}” again." in failing.shown("priya")
        assert "Everyone you added before is kept." in failing.shown("priya")
        now = values(failing.people["priya"].card)
        assert now == {"nurse": "none"} | sam
    store.away = False
    await turn(failing, "priya", again(failing, "priya", reply, tap))
    draft = await failing.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed", "Sam Ode"]
    assert "5 of 8" in failing.shown("priya")


async def test_a_booking_comes_back_and_carries_what_only_storage_could_show(
    failing: House,
) -> None:
    store: Any = failing.store
    key = await failing.requested()
    await failing.agree()
    await failing.pick_up()
    await failing.tap("fay", "Find a date")
    typed = {"day": "2027-02-03", "start": "14:00", "end": "15:30", "place": "Room 2"}
    tap = failing.data("fay", "Book the date", **typed, lead="other1", coming="other1,nurse")
    store.away = True
    reply, failed = await turn(failing, "fay", tap)
    assert failed
    assert "Not saved yet, press “Book the date” again." in failing.shown("fay")
    assert "The lead worker and who comes stay as you chose them." in failing.shown("fay")
    assert values(failing.people["fay"].card) == typed
    store.away = False
    await turn(failing, "fay", again(failing, "fay", reply, tap))
    it = await failing.record(key)
    assert it.booking is not None
    assert (it.booking.place, it.booking.lead) == ("Room 2", "other1")
    assert it.booking.coming == ("nurse", "other1")


async def test_who_came_comes_back_with_the_ticks_and_the_substitute(failing: House) -> None:
    store: Any = failing.store
    key = await failing.booked()
    failing.at = failing.local("2027-02-03T15:25")
    await failing.sweep.run()
    await failing.tap("fay", "We are closing")
    sam = {"other_name": "Sam Ode", "other_mail": "sam@police.example"}
    tap = failing.data("fay", "Send the feedback card", came="requester", **sam)
    store.away = True
    reply, failed = await turn(failing, "fay", tap)
    assert failed
    assert "Not saved yet, press “Send the feedback card” again." in failing.shown("fay")
    assert "Everyone you ticked stays ticked." in failing.shown("fay")
    assert values(failing.people["fay"].card) == sam
    store.away = False
    await turn(failing, "fay", again(failing, "fay", reply, tap))
    it = await failing.record(key)
    assert it.held is not None
    assert it.held.came == ("requester", "substitute1")


async def test_a_text_that_was_kept_whole_need_not_be_written_again(failing: House) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "worry")
    long = "語" * 4_000
    await failing.tap("priya", "Next", worry=long)
    await failing.tap("priya", "Back")
    tap = failing.data("priya", "Next")
    store.away = True
    reply, _ = await turn(failing, "priya", tap)
    worry = [one for one in elements(failing.people["priya"].card) if one.get("id") == "worry"]
    assert worry[0]["label"].endswith(wording.OPTIONAL)
    store.away = False
    await turn(failing, "priya", again(failing, "priya", reply, tap))
    draft = await failing.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("hope_you", long)


async def test_back_shows_half_written_words_again_and_then_keeps_them(failing: House) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "worry")
    tap = failing.data("priya", "Back", worry="Half a thou")
    store.away = True
    await turn(failing, "priya", tap)
    assert wording.NOT_SAVED.format(button=wording.BACK) in failing.shown("priya")
    assert values(failing.people["priya"].card)["worry"] == "Half a thou"
    store.away = False
    await failing.tap("priya", "Back")
    draft = await failing.draft("priya")
    assert draft is not None
    assert (draft.step, draft.answers["worry"]) == ("people", "Half a thou")


async def test_a_button_out_of_the_flow_brings_half_written_words_again(failing: House) -> None:
    store: Any = failing.store
    key = await failing.held()
    await failing.skip(weeks=9)
    await failing.open_door("priya")
    tap = failing.data("priya", wording.RING_ME, outcome_child="Half a thou")
    store.away = True
    await turn(failing, "priya", tap)
    assert "Half a thou" in failing.shown("priya")
    store.away = False
    await failing.tap("priya", wording.TRY_AGAIN)
    draft = await failing.draft("priya", "outcome", key)
    assert draft is not None
    assert draft.answers["outcome_child"] == "Half a thou"


@pytest.mark.parametrize("text", ["x" * 12_000, "🙂" * 3_000], ids=["long", "emoji"])
async def test_a_long_text_comes_back_whole_since_it_is_kept_nowhere_else(
    failing: House, text: str
) -> None:
    await failing.fill_to("priya", "hope_you")
    tap = failing.data("priya", "Next", hope_you=text, hope_you_known=text)
    reply = not_saved(failing.a_turn("priya", tap), "fresh")
    assert reply.card is not None
    assert size(reply.card) <= MAX_BYTES
    assert values(reply.card) == {"hope_you": text, "hope_you_known": text}


@pytest.mark.parametrize(
    "text", ["x" * 15_000, "🙂" * 4_000, "\x00" * 6_000], ids=["long", "emoji", "control"]
)
async def test_a_text_that_no_card_can_show_leaves_the_card_on_the_screen(
    failing: House, text: str
) -> None:
    store: Any = failing.store
    await failing.fill_to("priya", "hope_you")
    tap = failing.data("priya", "Next", hope_you=text, hope_you_known=text)
    store.away = True
    reply = not_saved(failing.a_turn("priya", tap), "fresh")
    assert reply.card is None
    assert "Not saved yet, press “Next” again" in reply.summary
    store.away = False
    await turn(failing, "priya", tap)
    draft = await failing.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == text


async def test_what_was_typed_stands_in_its_writers_own_message_alone(failing: House) -> None:
    reply = not_saved(failing.a_turn("priya", Message("A typed worry. " * 3_000)), "fresh")
    assert reply.card is not None
    assert size(reply.card) <= MAX_BYTES
    assert "Not saved yet" in texts(reply.card)
    assert "A typed worry." not in texts(reply.card)


async def test_try_again_sends_the_very_same_answer(failing: House) -> None:
    key = await failing.requested()
    await failing.open_door("martin")
    tap = failing.data("martin", "Agree")
    reply = not_saved(failing.a_turn("martin", tap), "fresh")
    assert reply.card is not None
    pressed = action(reply.card, "Try again")
    assert pressed["verb"] == "manager.agree"
    await failing.press("martin", pressed, {})
    assert (await failing.record(key)).stage == "agreed"


@pytest.mark.parametrize(
    "data",
    [  # hostile card data
        {},
        {"flow": ["talk-first"], "step": {}, "message": 5},
        {"flow": "talk-first", "step": "message", "message": ["x"], "whole": 7, "for": {}},
        {"msteams": "x", "verb": 5, "submission": None},
        {"flow": "request", "step": "worry", "worry": "\ud800<script>", "for": "\ud800"},
        {"text": "x" * 60_000},
        {"flow": "booking", "step": "booking", "people": "x" * 60_000, "coming": "a" * 60_000},
    ],
)
@pytest.mark.parametrize("verb", ["flow.next", "flow.send", "manager.agree", "no.such", "long"])
async def test_saying_sorry_never_fails(house: House, verb: str, data: dict[str, Any]) -> None:
    reply = not_saved(
        house.a_turn("priya", CardAction(verb.replace("long", "x" * 9_000), data)), "fresh"
    )
    assert reply.summary
    assert reply.card is None or size(reply.card) <= MAX_BYTES


async def test_a_section_of_the_learning_document_is_drawn_again_with_its_text(
    house: House,
) -> None:
    await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    tap = house.data("fay", "Save and see all sections", worries_text="Nobody listens.")
    reply = not_saved(house.a_turn("fay", tap), "again")
    assert reply.card is not None
    assert "Not saved yet, press “Save and go on” again" in texts(reply.card)
    assert values(reply.card)["worries_text"] == "Nobody listens."
    house.show("fay", tap, reply)
    await house.tap("fay", "Save and go on")
    assert "section 5 of 13" in house.shown("fay")


async def test_a_section_of_several_keeps_who_was_chosen(house: House) -> None:
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 9. Scaling, 0 to 10")
    said = {"scaling_who": "requester", "scaling_numbers.nurse": "4"}
    tap = house.data("fay", "Save and add another", scaling_words="We met.", **said)
    reply = not_saved(house.a_turn("fay", tap), "again")
    assert reply.card is not None
    assert values(reply.card) == {"scaling_words": "We met."}
    house.show("fay", tap, reply)
    await house.tap("fay", "Save and see all sections")
    kept = (await house.file(key)).answers_of("learning", "scaling")
    assert kept is not None
    assert kept.texts["requester.words"] == "We met."


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 13, 2))
async def test_a_deputy_is_asked_once_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    key = await failing.requested()
    await failing.tap("martin", "Ask my deputy to decide")
    deputy = {"deputy_name": "Nia Okafor", "deputy_mail": "nia@health.example"}
    tap = failing.data("martin", "Ask my deputy", **deputy)
    store.arm(number, after=after)
    reply, failed = await turn(failing, "martin", tap)
    store.arm(0, after=False)
    if failed:
        assert "Nia Okafor" in failing.shown("martin")
        await turn(failing, "martin", again(failing, "martin", reply, tap))
    assert "You handed" in failing.shown("martin")
    it = await failing.record(key)
    assert [one.name for one in it.people if one.part == "manager"] == ["Martin Cole", "Nia Okafor"]


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the write"])
@pytest.mark.parametrize("number", range(1, 13, 2))
async def test_a_change_of_the_request_is_kept_once_wherever_storage_failed(
    failing: House, number: int, after: bool
) -> None:
    store: Any = failing.store
    key = await failing.requested()
    await failing.turn("priya", CardAction("flow.open", {"flow": "amend", "conversation": key}))
    await failing.tap("priya", f"Change: {wording.Q_WORRY}")
    await failing.tap("priya", "Next", worry="Another worry.")
    tap = failing.data("priya", "Save the changes")
    store.arm(number, after=after)
    _, failed = await turn(failing, "priya", tap)
    store.arm(0, after=False)
    if failed:
        await turn(failing, "priya", tap)
    assert "are saved" in failing.shown("priya")
    file = await failing.file(key)
    assert len(file.conversation.amended) == 1
    kept = [file.answers_of(what, "requester") for what in ("request", "request-before-1")]
    assert [one.texts["worry"] for one in kept if one] == ["Another worry.", STORY["worry"]]


async def test_who_is_right_comes_back_as_it_was_typed(house: House) -> None:
    data = {"flow": "right-person", "step": "right-person", "conversation": "c"}
    typed = {"right_name": "Sam Ode", "right_mail": "sam@police.example"}
    reply = not_saved(house.a_turn("pat", CardAction("flow.next", {**data, **typed})), "fresh")
    assert reply.card is not None
    assert values(reply.card) == typed
    assert f"press “{wording.RIGHT_PERSON_SAVE}” again" in texts(reply.card)
