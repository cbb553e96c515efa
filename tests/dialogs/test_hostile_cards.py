"""What a card never sent: every tap and every input, with whatever somebody puts into them.

Nothing raises, each reply is a card that Teams takes, what was to be chosen is never shown again
where it was none of the choices, and a text that was typed is kept or shown.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from cards.kit.elements import MAX_BYTES, size
from cards.kit.forms import ChoiceField, Question, TextField
from cards.kit.pickers import DateField, TimeField
from dialogs.flow.flow import CHECK, Flow, Step
from dialogs.root.root import typed_texts
from dialogs.root.routes import FLOWS, TAPS
from dialogs.root.storage_down import not_taken
from dialogs.turn.events import CardAction, FileConsent, Reply, Target
from records.conversation.conversation import Conversation
from records.drafts import Draft, Open
from records.register.register import Deed
from records.stages import Act
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House
from tests.sampled import some
from tests.upgrade.town import Copied

MARK = "Oliver Smithson"
"""Stands in every hostile text, to be looked for."""
LONG = f"{MARK} " + "x" * 120_000
VALUES: dict[str, Any] = {
    "long": LONG,
    "many": ",".join([MARK] * 8_000),
    "quotes": f"{MARK} " + "\x01" * 20_000,
    "odd": f"{MARK}\x00#?/\\' or 1 eq 1",
    "half": f"{MARK} \ud800",
    "list": [LONG, {"deep": [MARK]}],
    "object": {"a": {"b": {"c": LONG}}},
    "number": 2**70,
    "float": 1e300,
    "negative": -1,
    "true": True,
    "null": None,
    "empty": "",
}
NAMES = (
    "submission", "for", "whole", "asked", "seen", "to", "item", "field", "start", "as_list",
    "number", "who", "silence", "worker", "had", "points", "kind", "in", "period", "first", "last",
    "view", "find", "after", "standing", "by", "words", "text", "tapped", "verb",
)  # fmt: skip
"""Whatever some card carries beside its inputs."""
STAGES = ("requested", "agreed", "picked-up", "booked", "held", "later", "shared")
PEOPLE = ("priya", "martin", "fay", "pat")
_built: dict[str, tuple[MemoryStore, str, Any]] = {}
_opens: dict[str, tuple[str, str]] = {"wishes": ("about-adult", "priya")}
"""At which stage, and by whom, each flow is opened."""


async def at_stage(stage: str) -> tuple[House, str]:
    """A house of its own, with one conversation there."""
    if stage not in _built:
        house = House(MemoryStore())
        await _walk(house, stage)
        assert isinstance(house.store, MemoryStore)
        _built[stage] = house.store, await house.newest(), house.at
    store, key, at = _built[stage]
    house = House(Copied(store))
    house.at = at
    return house, key


async def _walk(house: House, stage: str) -> None:
    if stage == "about-adult":
        await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
        await house.fill_request(about="adult")
        await house.tap("priya", "Send")
    else:
        await house.requested()
    if stage == "requested":
        return
    await house.agree()
    if stage == "agreed":
        return
    await house.pick_up()
    if stage == "picked-up":
        return
    await house.book()
    if stage in ("booked", "about-adult"):
        return
    await house.hold()
    if stage == "later":
        await house.skip(weeks=9)
    if stage == "shared":
        deed = Deed(Act.LEARNING_SHARED, "fay", house.at)
        await house.register.change(await house.newest(), deed, lambda it: _shared(it, house.at))


def _shared(it: Conversation, at: datetime) -> Conversation:
    """With a document that is shared, and a day for the review."""
    captured = it.captured.model_copy(update={"shared_at": at, "shares": 1})
    return it.with_(captured=captured, review_on=at.date() - timedelta(days=1))


async def hit(house: House, who: str, tap: CardAction | FileConsent) -> Reply:
    """One tap. It has to be answered, by something that Teams takes, also where storage is away."""
    turn = house.a_turn(who, tap)
    reply = await house.root.handle(turn)
    for one in (reply, reply.beside or Reply(), not_taken(turn, "s")):
        assert one.card is None or size(one.card) <= MAX_BYTES, tap
        assert len(one.summary) < 1_000, tap
    return reply


VERBS = (*TAPS, "no.such", "x" * 2_000)


@pytest.mark.parametrize("verb", VERBS)
async def test_a_tap_with_whatever_in_its_data_is_answered(verb: str) -> None:
    for number, stage in enumerate(("booked", "held")):
        house, key = await at_stage(stage)
        for value in some(VALUES.values(), VERBS.index(verb) + number):
            small = value[:4_000] if isinstance(value, str) else value
            every = dict.fromkeys(NAMES, "" if isinstance(value, list | dict) else small)
            for who in ("priya", "fay"):
                await hit(house, who, CardAction(verb, {**every, "conversation": key}))
    place = {"conversation": key, "flow": "feedback", "step": "scale"}
    for number, value in some(enumerate(VALUES.values()), VERBS.index(verb) + 2):
        for name in (*place, *NAMES[number :: len(VALUES)]):
            await hit(house, "fay", CardAction(verb, {**place, name: value}))


def steps() -> Iterator[tuple[Flow, Step]]:
    for flow in FLOWS.values():
        if flow.name == "rectify":
            continue  # It begins at one of somebody's own answers: `tests/rights` tries it.
        for step in flow.steps:
            yield flow, step


async def opened(flow: Flow) -> tuple[House, str, str]:
    """Somebody who has this flow open, at a stage where it can be."""
    places = [(stage, who) for stage in STAGES for who in PEOPLE]
    for stage, who in [_opens[flow.name]] if flow.name in _opens else places:
        house, key = await at_stage(stage)
        about = "" if flow.right is None else key
        data = {"conversation": about, "flow": flow.name}
        await house.root.handle(house.a_turn(who, CardAction("flow.open", data)))
        draft = await house.draft(who, flow.name, about)
        if draft is not None:
            _opens[flow.name] = stage, who
            return house, who, draft.conversation
    raise AssertionError(f"nobody has {flow.name}")


async def put_at(house: House, who: str, flow: Flow, key: str, step: Step) -> None:
    found = await house.drafts.find(house.people[who].actor.key, flow.name, key)
    assert found is not None
    draft = found.draft.model_copy(update={"step": step.id, "returning": False})
    await house.drafts.save(Open(draft, found.etag))


@pytest.mark.parametrize(
    ("flow", "step"), list(steps()), ids=[f"{flow.name} {step.id}" for flow, step in steps()]
)
async def test_an_input_with_whatever_in_it_is_answered_and_no_choice_is_echoed(
    flow: Flow, step: Step
) -> None:
    for number, question in enumerate(step.questions, len(step.id)):
        for name, value in some(VALUES.items(), number):
            house, who, key = await opened(flow)
            await put_at(house, who, flow, key, step)
            data = {"flow": flow.name, "step": step.id, "conversation": key, "submission": "s"}
            verb = "flow.save" if flow.name == "learning" else "flow.next"
            reply = await hit(house, who, CardAction(verb, {**data, question.id: value}))
            kept = await everything(house)
            shown = json.dumps(reply.card, ensure_ascii=False, default=str)
            if isinstance(question, DateField | TimeField) or _may_be_written(question):
                # A day, or an agency by its name: short, it is shown back as it was typed.
                assert len(kept) < 60_000, (question.id, name)
            elif not isinstance(question, TextField):
                assert MARK not in shown, (question.id, name)
                assert len(kept) < 60_000, (question.id, name)
            elif isinstance(value, str) and value.strip() and name != "half":
                assert MARK in kept + shown, (question.id, name)
            await hit(house, who, CardAction("flow.add", {**data, question.id: value}))


def _may_be_written(question: Question) -> bool:
    return isinstance(question, ChoiceField) and question.listed


async def everything(house: House) -> str:
    rows = [row for table in ("drafts", "conversations") for row in await house.dump(table)]
    return str([row.values for row in rows])


async def test_a_card_of_no_known_step_keeps_its_texts_and_no_more_than_a_card_has() -> None:
    house, who, key = await opened(FLOWS["feedback"])
    many = {f"field{number}": f"{MARK} {number}" for number in range(20_000)}
    data = {"flow": "feedback", "step": "gone", "conversation": key, LONG: MARK}
    await hit(house, who, CardAction("flow.next", {**data, **many}))
    draft = await house.draft(who, "feedback", key)
    assert draft is not None
    assert 0 < len(draft.kept) < 100
    assert LONG not in draft.kept


async def test_an_old_draft_with_such_a_choice_in_it_is_drawn_again() -> None:
    """As an earlier version kept it."""
    house, who, key = await opened(FLOWS["request"])
    found = await house.drafts.find(house.people[who].actor.key, "request", key)
    assert found is not None
    answers = {**found.draft.answers, "risk": "no", "about": LONG, "agency": LONG, "day": LONG}
    for step in (*(one.id for one in FLOWS["request"].steps), CHECK):
        now = await house.drafts.find(house.people[who].actor.key, "request", key)
        assert now is not None
        draft: Draft = now.draft.model_copy(update={"answers": answers, "step": step})
        await house.drafts.save(Open(draft, now.etag))
        await hit(house, who, CardAction("flow.open", {"flow": "request", "conversation": key}))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
async def test_an_answer_about_a_file_with_whatever_in_it_is_answered(value: Any) -> None:
    house, key = await at_stage("held")
    person = house.people["fay"].actor.key
    target = Target("https://x.example/", "n", "u", "i", "t")
    for context in (
        {"kind": value, "conversation": key, "person": person},
        {"kind": "pack", "conversation": value, "person": person},
        {"kind": "pack", "conversation": key, "person": value},
    ):
        await hit(house, "fay", FileConsent(context, target))
        await hit(house, "fay", FileConsent(context))


async def test_no_log_line_holds_anything_that_a_card_carried(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A name in every field of every verb, as a story could stand there."""
    caplog.set_level(logging.DEBUG)
    house, key = await at_stage("held")
    names = [*NAMES, "conversation", "flow", "step", *(f for _, s in steps() for f in s.fields)]
    for verb in (*TAPS, MARK):
        for who in ("priya", "kit"):
            every = dict.fromkeys(names, MARK)
            for data in (every, {**every, "conversation": key}, {**every, "flow": "feedback"}):
                await hit(house, who, CardAction(verb, data))
    for context in (dict.fromkeys(("kind", "conversation", "person"), MARK),):
        await hit(house, "priya", FileConsent(context))
    logged = [str(vars(one)) for one in caplog.records]
    assert logged
    assert [one for one in logged if "Oliver" in one or "Smithson" in one] == []


def test_the_texts_that_come_back_are_those_that_were_typed() -> None:
    """What was chosen is not one of them, whatever stands in it."""
    data = {"flow": "review", "step": "looked-at", "movement": LONG, "words": MARK}
    assert typed_texts(CardAction("flow.next", data)) == [MARK]
