"""Two versions side by side: an older process loses nothing of what a newer one wrote."""

import json
from datetime import UTC, datetime

import pytest

from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import answers_row, prompt_row, record_row
from records.drafts import Draft, Drafts, Open, draft_key
from records.outbox.prompt import Kind, Owed, Prompt, State
from records.people import Person
from records.register.register import Deed, Register
from records.stages import Act
from records.store.codec import SCHEMA, from_values, to_values
from records.store.contract import Row
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
LATER = {"schema": SCHEMA + 1, "moon": "full", "tide": 3, "high": True, "flows_json": '["a", {}]'}
"""Properties that only the next version knows."""


def later(values):
    """An entity as the next version writes it: with more of its own, at any depth."""
    return {name: _deeper(name, value) for name, value in values.items()} | LATER


def _deeper(name, value):
    return json.dumps(_marked(json.loads(value))) if name.endswith("_json") else value


def _marked(value):
    if isinstance(value, list):
        return [_marked(one) for one in value]
    if isinstance(value, dict) and value and "id" in value:
        return {name: _marked(one) for name, one in value.items()} | {"moon": {"is": ["full"]}}
    return value


@pytest.fixture
def records(story):
    owed = Owed(kind=Kind.FEEDBACK, to="o", cycle="1", due=AT)
    draft = Draft(
        owner=story.requested().requester.key or "k", flow="feedback", conversation="c", version=1,
        step="scale", begun=AT, touched=AT,
    )  # fmt: skip
    return [
        story.booked(),
        Prompt.of(owed, "c"),
        draft,
        Answers(what="feedback", by="o", version=1, at=AT, texts={"happened": "x"}),
        Person(key="k", tenant="t", object_id="o", name="Invented"),
    ]


@pytest.mark.parametrize("place", range(5))
def test_what_a_newer_version_wrote_is_written_back_as_it_was(records, place):
    one = records[place]
    newer = later(to_values(one))
    back = to_values(from_values(type(one), newer))
    assert {n: json.loads(v) if n.endswith("_json") else v for n, v in back.items()} == {
        n: json.loads(v) if n.endswith("_json") else v for n, v in newer.items()
    }


@pytest.mark.parametrize("place", range(5))
def test_what_only_an_older_version_knew_goes(records, place):
    one = records[place]
    older = {**later(to_values(one)), "schema": SCHEMA}
    assert to_values(from_values(type(one), older)) == to_values(one)


def test_a_record_that_went_through_a_newer_version_still_says_so(records):
    booked = from_values(Conversation, later(to_values(records[0])))
    assert to_values(booked.with_(asks=2))["schema"] == SCHEMA + 1


async def test_a_change_by_an_older_process_keeps_what_a_newer_one_wrote(story):
    store, key = MemoryStore(), ("conversations", "c1", "conversation")
    register = Register(store, Timetable(wording.partnership))
    it = story.requested().model_copy(update={"id": "c1"})
    await register.open(it, Answers(what="request", by="r", version=1, at=AT, texts={}), "r")
    before = await _written_by_a_newer_one(store, *key)
    deed = Deed(Act.WITHDRAW, "k", AT)
    await register.change("c1", deed, lambda now: now.withdraw(AT))
    after = await store.get(*key)
    assert after is not None
    assert {name: after.values[name] for name in LATER} == LATER
    assert after.values["stage"] == "withdrawn"
    assert json.loads(after.values["people_json"]) == json.loads(before.values["people_json"])


async def test_answers_given_again_keep_what_a_newer_set_of_questions_asked(story):
    store = MemoryStore()
    register = Register(store, Timetable(wording.partnership))
    it = story.held() if hasattr(story, "held") else story.booked()
    it = it.model_copy(update={"id": "c1"})
    await store.create("conversations", record_row(it, ""))
    first = Answers(what="feedback", by="o", version=2, at=AT, texts={"new": "n", "happened": "h"})
    row = answers_row("c1", first)
    await store.create("conversations", Row(row.partition, row.key, row.values | LATER))
    again = Answers(what="feedback", by="o", version=1, at=AT, texts={"happened": "later"})
    deed = Deed(Act.FEEDBACK, "k", AT)
    await register.change("c1", deed, lambda now: now, lambda _: (again,))
    kept = await store.get("conversations", "c1", row.key)
    assert kept is not None
    assert {name: kept.values[name] for name in LATER} == LATER
    assert json.loads(kept.values["texts_json"]) == {"new": "n", "happened": "later"}
    assert kept.values["version"] == 2


async def test_a_draft_that_goes_on_at_an_older_process_keeps_what_it_does_not_know(records):
    store, draft = MemoryStore(), records[2]
    drafts = Drafts(store)
    await drafts.save(Open(draft))
    await _written_by_a_newer_one(
        store, "drafts", draft.owner, draft_key(draft.flow, draft.conversation)
    )
    opened = await drafts.find(draft.owner, "feedback", "c")
    assert opened is not None
    moved = opened.draft.model_copy(update={"step": "happened"}).remember("s1")
    await drafts.save(Open(moved, opened.etag))
    row = await store.get("drafts", draft.owner, draft_key(draft.flow, draft.conversation))
    assert row is not None
    assert {name: row.values[name] for name in LATER} == LATER
    assert row.values["step"] == "happened"


def test_a_prompt_that_an_older_process_delivers_keeps_what_it_does_not_know(records):
    prompt = from_values(Prompt, later(to_values(records[1])))
    sent = prompt.model_copy(update={"state": State.SENT, "message_id": "m1"})
    values = prompt_row(sent).values
    assert {name: values[name] for name in LATER} == LATER
    woken = prompt.model_copy(update={"state": State.CANCELLED})
    again = woken.again(Owed(kind=Kind.FEEDBACK, to="o", cycle="1", due=AT))
    assert {name: prompt_row(again).values[name] for name in LATER} == LATER


def test_what_is_said_again_of_a_person_keeps_what_it_does_not_know(story):
    it = story.booked().took_place(AT, ("r", "o"), story.booked().people)
    it = it.not_reached(AT, "o", ()).give_feedback(AT, "o", complete=False)
    newer = {name: _all_marked(name, value) for name, value in to_values(it).items()} | LATER
    read = from_values(Conversation, newer).reached("o").not_reached(AT, "o", ())
    read = read.give_feedback(AT, "o", complete=True).took_place(AT, ("r",), read.people)
    values = to_values(read)
    for name in ("held_json", "feedback_json", "unreached_json"):
        found = json.loads(values[name])
        assert (found[0] if isinstance(found, list) else found)["moon"] == "full"


def _all_marked(name, value):
    if not name.endswith("_json"):
        return value
    found = json.loads(value)
    if isinstance(found, list):
        return json.dumps(
            [{**one, "moon": "full"} if isinstance(one, dict) else one for one in found]
        )
    return json.dumps({**found, "moon": "full"} if isinstance(found, dict) else found)


async def _written_by_a_newer_one(store, table, partition, key):
    row = await store.get(table, partition, key)
    return await store.update(table, Row(partition, key, later(row.values), row.etag))
