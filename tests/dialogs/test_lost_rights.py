"""A right is lost on the way: what was begun is put away, nothing shows, nothing is changed."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cards.wording import wording
from dialogs.flow import drafting, engine, leaving, steering
from dialogs.flow.typed import typed
from dialogs.preparation.telling import NotSafeFlow
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, Data, Message, Reply
from records.drafts import TABLE as DRAFTS
from records.drafts import Draft, Drafts, Open
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, texts

DANA = {
    "new_name": "Dana Hill",
    "new_agency": "Suffolk Police",
    "new_mail": "kit@facilitation.example",
}
REASON = "Because somebody at home reads every letter."
WORRIES = "Two visits in a row were missed."


def pressed(verb: str, key: str, **more: Any) -> CardAction:
    """A tap on some card that somebody still has."""
    return CardAction(verb, {"conversation": key, **more})


async def replaced(house: House, key: str, whose: str) -> None:
    """The facilitator says that Dana is now in somebody's place."""
    await house.turn("fay", pressed("flow.open", key, flow="someone-else"))
    await house.tap("fay", "Save the change", whose=whose, **DANA)
    assert "Dana Hill" in [one.name for one in (await house.record(key)).present]


async def taken_over(house: House, key: str) -> None:
    """Fay asks the team, and Idris takes it over."""
    await house.turn("fay", pressed("handover.yes", key))
    await house.turn("idris", pressed("handover.take", key))
    assert "You facilitate" in house.shown("idris") or STORY["worry"] in house.shown("idris")


async def typing_up(house: House) -> str:
    """Fay has typed into a section of the learning document, and has its draft."""
    key = await house.booked()
    await house.turn("fay", pressed("learning.type-up", key))
    await house.turn("fay", pressed("flow.change", key, flow="learning", to="worries"))
    await house.tap("fay", "Save and go on", worries_text=WORRIES)
    assert await house.draft("fay", "learning", key) is not None
    return key


async def not_safe(house: House) -> str:
    """Priya leads, and is writing why the family is not told."""
    key = await house.booked()
    await house.turn("priya", pressed("flow.open", key, flow="not-safe"))
    await begun(house, "priya", "not-safe", key, because=REASON)
    return key


async def begun(house: House, who: str, flow: str, key: str, **answers: str) -> None:
    """What another device has typed into somebody's draft, saved past the product."""
    drafts = Drafts(house.store)
    opened = await drafts.find(house.people[who].actor.key, flow, key)
    assert opened is not None
    fuller = opened.draft.model_copy(update={"answers": {**opened.draft.answers, **answers}})
    await drafts.save(Open(fuller, opened.etag))


async def put_back(house: House, draft: Draft) -> None:
    """A draft that was put away, as a copy that hung for a moment may still write it."""
    await Drafts(house.store).save(Open(draft))


# `type up` and what is stopped --------------------------------------------------------------------


async def another(house: House, first: str) -> str:
    """A second conversation of the same people, booked."""
    await house.fill_request()
    await house.tap("priya", "Send")
    keys = {row.partition for row in await house.dump() if row.key == "conversation"}
    (key,) = keys - {first}
    it = await house.record(key)
    await house.turn("martin", pressed("manager.agree", key, seen=len(it.amended)))
    await house.turn("fay", pressed("pickup.take", key))
    booking = {"day": "2027-02-10", "start": "14:00", "end": "15:30", "place": "Room 2"}
    await house.turn("fay", pressed("flow.open", key, flow="booking"))
    await house.tap("fay", "Book the date", **booking, lead="requester", coming="requester,nurse")
    return key


@pytest.mark.parametrize("stopped", ["first", "second"])
async def test_type_up_passes_over_what_is_stopped(house: House, stopped: str) -> None:
    first = await house.booked()
    both = {"first": first, "second": await another(house, first)}
    halted = both.pop(stopped)
    (running,) = both.values()
    await house.turn("fay", pressed("stop.yes", halted))
    reply = await house.say("fay", "type up")
    assert reply.card is not None
    assert (await house.record(running)).reference in texts(reply.card)
    assert (await house.record(halted)).reference not in texts(reply.card)
    assert "are stopped" not in texts(reply.card)
    await house.turn("fay", pressed("stop.yes", running))
    assert (await house.say("fay", "type up")).summary == wording.TYPE_UP_NONE


# A flow that was open when its right was lost -----------------------------------------------------

WAYS: dict[str, Callable[[House, str, str], Awaitable[Reply]]] = {
    "opened": lambda house, who, key: house.turn(who, pressed("flow.open", key, flow="learning")),
    "command": lambda house, who, key: house.turn(who, pressed("learning.type-up", key)),
    "section": lambda house, who, key: house.turn(
        who, pressed("flow.change", key, flow="learning", to="worries")
    ),
    "answered": lambda house, who, key: house.turn(
        who, pressed("flow.next", key, flow="learning", step="worries", submission="n")
    ),
    "back": lambda house, who, key: house.turn(
        who, pressed("flow.back", key, flow="learning", step="worries")
    ),
    "typed": lambda house, who, key: house.say(who, "Another worry."),
    "said": lambda house, who, key: house.say(who, "type up"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_former_facilitator_sees_no_section_any_more(house: House, way: str) -> None:
    key = await typing_up(house)
    draft = await house.draft("fay", "learning", key)
    assert draft is not None
    await taken_over(house, key)
    assert await house.draft("fay", "learning", key) is None
    await put_back(house, draft)
    await replaced_by(house, key)
    reply = await WAYS[way](house, "fay", key)
    shown = texts(reply.card) if reply.card else reply.summary
    for words in (WORRIES, STORY["worry"], STORY["hope_child"], wording.RECORDING_WORDS):
        assert words not in shown
    assert "Dana Hill" not in shown


async def replaced_by(house: House, key: str) -> None:
    """The new facilitator adds somebody, of whom the former one knows nothing."""
    await house.turn("idris", pressed("flow.open", key, flow="someone-else"))
    await house.tap("idris", "Save the change", whose="nurse", **DANA)


@pytest.mark.parametrize("event", ["flow.open", "flow.next", "flow.show", "typed"])
async def test_a_replaced_lead_worker_reads_the_reason_no_more(house: House, event: str) -> None:
    key = await not_safe(house)
    draft = await house.draft("priya", "not-safe", key)
    assert draft is not None
    await replaced(house, key, "requester")
    assert await house.draft("priya", "not-safe", key) is None
    await put_back(house, draft)
    more = {"flow": "not-safe", "step": "because", "field": "because"}
    tap = Message("More of it.") if event == "typed" else pressed(event, key, **more)
    reply = await house.turn("priya", tap)
    assert REASON not in (texts(reply.card) if reply.card else reply.summary)
    if event in ("flow.open", "typed"):
        assert await house.draft("priya", "not-safe", key) is None


async def by_hand(house: House, who: str, key: str, *, whole: bool = True) -> Context:
    """A turn of somebody with a conversation at hand, of which no right was asked yet."""
    person = await house.directory.find(house.people[who].actor.key)
    assert person is not None
    context = Context(house.root.services, house.a_turn(who, Message("")), person, house.now())
    context.file = await house.root.services.register.file(key, whole=whole)
    return context


async def test_the_engine_asks_at_every_showing_whoever_calls_it(house: House) -> None:
    key = await not_safe(house)
    draft = await house.draft("priya", "not-safe", key)
    assert draft is not None
    await replaced(house, key, "requester")
    flow, opened = NotSafeFlow(), Open(draft)
    await put_back(house, draft)
    shows: list[Callable[[Context], Awaitable[Any]]] = [
        lambda context: drafting.show(context, flow, draft),
        lambda context: engine.begin(context, flow, key),
        lambda context: engine.open_flow(context, flow, key),
        lambda context: typed(context, flow, opened, "More."),
        lambda context: steering.peek(context, flow, key, {}),
        lambda context: leaving.go_back(
            context, flow, Data({"step": "because", "conversation": key})
        ),
        lambda context: engine.answer(
            context, flow, Data({"step": "because", "conversation": key, "because": "More."})
        ),
        lambda context: engine.send(context, flow, Data({"conversation": key})),
    ]
    for showing in shows:
        with pytest.raises(NotNow):
            await showing(await by_hand(house, "priya", key))
    kept = await house.draft("priya", "not-safe", key)
    assert kept == draft


# Drafts go with the place -------------------------------------------------------------------------


async def test_a_replaced_attendees_drafts_go_and_their_feedback_stays(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.turn("pat", pressed("flow.open", key, flow="someone-else"))
    assert await house.draft("pat", "someone-else", key) is not None
    await replaced(house, key, "other1")
    assert await house.draft("pat", "someone-else", key) is None
    assert await house.draft("pat", "feedback", key) is not None
    await house.turn("pat", pressed("flow.open", key, flow="feedback"))
    assert "Your 6 counts" in house.shown("pat")


async def test_with_the_lead_the_reason_goes_to_nobody(house: House) -> None:
    key = await not_safe(house)
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", lead="other1")
    assert (await house.record(key)).lead == "other1"
    assert await house.draft("priya", "not-safe", key) is None


async def test_who_led_until_another_was_chosen_sees_who_leads_now(house: House) -> None:
    key = await house.booked()
    await house.change(wording.MOVE_IT)
    await house.tap("fay", wording.MOVE_SEND, lead="other1")
    assert (await house.record(key)).lead == "other1"
    await house.turn("priya", pressed("prepare.telling", key))
    assert "Pat Reed is now lead worker, and has taken over from" in house.shown("priya")
    await house.turn("nia", pressed("prepare.telling", key))
    assert wording.NOT_FOR_YOU in house.shown("nia")


async def test_with_another_manager_the_words_of_the_one_before_go(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await begun(house, "martin", "talk-first", key, message="Can we talk?")
    await house.turn("priya", pressed("flow.open", key, flow="manager"))
    other = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
    await house.tap("priya", "Name this manager", **other)
    assert (await house.record(key)).manager.name == "Nia Okafor"
    assert await house.draft("martin", "talk-first", key) is None


async def test_with_a_deputy_the_words_of_the_manager_go(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.turn("martin", pressed("flow.open", key, flow="deputy"))
    deputy = {"deputy_name": "Nia Okafor", "deputy_mail": "nia@health.example"}
    await house.tap("martin", "Ask my deputy", **deputy)
    assert await house.draft("martin", "talk-first", key) is None


@pytest.mark.parametrize("event", [Message("We listened."), "Next"])
async def test_while_messages_are_stopped_drafts_wait(house: House, event: Message | str) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    tap = house.data("pat", event) if isinstance(event, str) else event
    await house.turn("fay", pressed("stop.yes", key))
    await house.turn("pat", tap)
    assert "stopped" in house.shown("pat")
    assert await house.draft("pat", "feedback", key) is not None
    await house.turn("fay", pressed("stop.start", key))
    await house.turn("pat", pressed("flow.open", key, flow="feedback"))
    assert "Your 6 counts" in house.shown("pat")


# Who taps late ------------------------------------------------------------------------------------

LEADS = {
    "ring me": pressed("ring.me", "-"),
    "telling": pressed("prepare.telling", "-"),
    "told": pressed("prepare.told", "-"),
    "because": pressed("prepare.because", "-"),
    "will be told": pressed("flow.open", "-", flow="will-be-told"),
    "not safe": pressed("flow.open", "-", flow="not-safe"),
    "outcome": pressed("flow.open", "-", flow="outcome"),
    "ask anew": pressed("review.again", "-"),
    "passed on": pressed("flow.open", "-", flow="passed-on"),
}


def of(tap: CardAction, key: str) -> CardAction:
    """The same tap about this conversation."""
    return CardAction(tap.verb, {**tap.data, "conversation": key})


async def complete(house: House) -> str:
    """The lead worker has said what difference it made."""
    key = await house.held()
    house.at = house.local("2027-04-02T10:00")
    await house.sweep.run()
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    return key


@pytest.mark.parametrize("name", LEADS)
@pytest.mark.parametrize("stage", [House.requested, House.held, complete])
async def test_a_lead_worker_out_of_time_sees_where_things_are(
    house: House, name: str, stage: Callable[[House], Awaitable[str]]
) -> None:
    key = await stage(house)
    reply = await house.turn("priya", of(LEADS[name], key))
    assert reply.shows
    assert reply.summary not in (wording.NOT_FOR_YOU, wording.GONE)


@pytest.mark.parametrize("name", LEADS)
async def test_who_led_and_left_sees_who_has_their_place(house: House, name: str) -> None:
    key = await house.held()
    await replaced(house, key, "requester")
    await house.turn("priya", of(LEADS[name], key))
    shown = house.shown("priya")
    assert "Dana Hill is now lead worker, and has taken over from" in shown
    assert "has taken over from Priya Shah" in shown


@pytest.mark.parametrize("name", LEADS)
@pytest.mark.parametrize("stage", [House.booked, House.held, complete])
async def test_a_stranger_is_told_that_it_is_not_for_them(
    house: House, name: str, stage: Callable[[House], Awaitable[str]]
) -> None:
    key = await stage(house)
    reply = await house.turn("kit", of(LEADS[name], key))
    assert reply.summary == wording.NOT_FOR_YOU


# Lost between loading and committing --------------------------------------------------------------


class Between(MemoryStore):
    """Lets somebody else act, once, right before a transaction or a draft of ours is written."""

    def __init__(self) -> None:
        super().__init__()
        self.before_commit: Any = None
        self.before_draft: Any = None

    async def commit(self, *args: Any) -> Any:
        if self.before_commit is not None:
            first, self.before_commit = self.before_commit, None
            await first()
        return await super().commit(*args)

    async def update(self, table: str, row: Row) -> Row:
        if table == DRAFTS and self.before_draft is not None:
            first, self.before_draft = self.before_draft, None
            await first()
        return await super().update(table, row)


@pytest.fixture
def between() -> House:
    return House(Between())


async def test_taken_over_while_the_facilitator_taps_nothing_of_theirs_counts(
    between: House,
) -> None:
    key = await between.booked()
    await between.turn("fay", pressed("handover.yes", key))

    async def first() -> None:
        await between.root.handle(between.a_turn("idris", pressed("handover.take", key)))

    store: Any = between.store
    store.before_commit = first
    await between.turn("fay", pressed("stop.yes", key))
    it = await between.record(key)
    facilitator = it.person(it.facilitator)
    assert facilitator is not None
    assert (facilitator.name, it.stopped_at) == ("Idris Vaughan", None)
    assert "Idris Vaughan" in between.shown("fay")
    assert STORY["worry"] not in between.shown("fay")


async def test_another_manager_while_the_first_agrees_leaves_it_to_the_second(
    between: House,
) -> None:
    key = await between.requested()
    await between.open_door("martin")
    agree = between.data("martin", "Agree")
    await between.turn("priya", pressed("flow.open", key, flow="manager"))
    other = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
    save = between.data("priya", "Name this manager", **other)
    store: Any = between.store
    store.before_commit = lambda: between.root.handle(between.a_turn("priya", save))
    await between.turn("martin", agree)
    it = await between.record(key)
    assert (it.stage, it.manager.name) == ("requested", "Nia Okafor")
    assert STORY["worry"] not in between.shown("martin")


async def test_replaced_while_another_device_answers_nothing_begins_again(between: House) -> None:
    """The draft is gone and the record has moved on: asked of the record as it was, it opened."""
    key = await between.held()
    between.at = between.local("2027-04-02T10:00")
    await between.sweep.run()
    await between.open_door("priya")
    tap = between.data("priya", "Next", outcome_child="Back at school.")
    await between.turn("priya", pressed("flow.open", key, flow="outcome"))
    store: Any = between.store

    async def first() -> None:
        turn = between.a_turn("fay", pressed("flow.open", key, flow="someone-else"))
        reply = await between.root.handle(turn)
        between.show("fay", turn.event, reply)
        save = between.data("fay", "Save the change", whose="requester", **DANA)
        await between.root.handle(between.a_turn("fay", save))

    store.before_draft = first
    reply = await between.turn("priya", tap)
    assert (await between.record(key)).lead != "requester"
    assert await between.draft("priya", "outcome", key) is None
    assert reply.card is not None
    assert STORY["hope_child"] not in texts(reply.card)
    assert "has taken over from Priya Shah" in texts(reply.card)


async def test_again_asks_the_right_of_the_record_as_it_is_by_then(house: House) -> None:
    key = await house.booked()
    context = await by_hand(house, "priya", key, whole=False)
    await context.about(key, Right.TELLING)
    await context.again()
    await replaced(house, key, "requester")
    with pytest.raises(NotNow):
        await context.again()


# Words that come too late -------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["Send", "typed", "opened"])
async def test_an_amended_request_booked_meanwhile_gives_its_words_back_once(
    house: House, way: str
) -> None:
    key = await house.requested()
    await house.turn("priya", pressed("flow.open", key, flow="amend"))
    await begun(house, "priya", "amend", key, worry="Nobody answers the school.")
    await house.tap("martin", "Agree")
    await house.turn("fay", pressed("pickup.take", key))
    await house.turn("fay", pressed("flow.open", key, flow="booking"))
    booking = {"day": "2027-02-10", "start": "14:00", "end": "15:30", "place": "Room 2"}
    await house.tap("fay", "Book the date", **booking, lead="requester", coming="requester,nurse")
    taps = {
        "Send": pressed("flow.send", key, flow="amend", submission="n"),
        "typed": Message("And nobody comes."),
        "opened": pressed("flow.open", key, flow="amend"),
    }
    await house.turn("priya", taps[way])
    assert wording.AMEND_TOO_LATE.split("{")[0] in house.shown("priya")
    assert (wording.TYPED_ABOVE in house.shown("priya")) == (way == "typed")
    if way == "typed":
        assert "Nobody answers the school." not in house.shown("priya"), "no message holds it"
        await house.tap("priya", wording.BACK_OPEN)
        assert wording.KEPT_HEADING not in house.shown("priya"), "its title says it"
    assert house.shown("priya").count("Nobody answers the school.") == 1
    assert await house.draft("priya", "amend", key) is None
    await house.turn("priya", pressed("flow.open", key, flow="amend"))
    assert "Nobody answers the school." not in house.shown("priya")


@pytest.mark.parametrize("way", ["flow.open", "flow.next", "typed"])
async def test_words_of_a_flow_whose_stage_is_over_are_shown_once(house: House, way: str) -> None:
    key = await not_safe(house)
    await house.turn("fay", pressed("held.end", key))
    more = {"step": "because", "because": "New words."} if way == "flow.next" else {}
    tap = Message("New words.") if way == "typed" else pressed(way, key, flow="not-safe", **more)
    reply = await house.turn("priya", tap)
    assert reply.card is not None
    shown = texts(reply.card)
    if way == "typed":
        assert wording.TYPED_ABOVE in shown
        assert REASON not in shown, "no message holds it"
        await house.tap("priya", wording.BACK_OPEN)
        shown = house.shown("priya")
    assert shown.count(REASON) == 1
    assert ("New words." in shown) == (way == "flow.next")
    assert wording.NOT_FOR_YOU not in shown
    assert await house.draft("priya", "not-safe", key) is None
    reply = await house.turn("priya", pressed("flow.open", key, flow="not-safe"))
    assert reply.card is not None
    assert REASON not in texts(reply.card)
