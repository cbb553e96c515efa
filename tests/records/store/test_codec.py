"""Every record comes back from the store as it went in, old and new versions beside each other."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from records.board.list_entry import ListEntry
from records.conversation.changes import Changes, Pause, Ring
from records.conversation.conversation import (
    Booking,
    Conversation,
    Held,
    Layer,
    OnHold,
    Removed,
    Unreached,
)
from records.conversation.feedback import Answers, Readership, Response
from records.conversation.learning_state import Ruling
from records.conversation.readiness import Point, Telling, Told, Wishes
from records.conversation.request import Amendment, Request
from records.conversation.snapshot import AuditLine
from records.drafts import Draft
from records.evaluation.facts import Facts
from records.evaluation.quotes import Quote
from records.learning import sharing
from records.manager.waiting import remind_again, stand_aside, wait
from records.outbox.prompt import Owed, Prompt
from records.people import Participant, Person, PersonKey, Reference
from records.preparation import preparing
from records.store.codec import SCHEMA, from_values, to_values
from records.store.contract import Row
from records.store.memory import MemoryStore

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# The bounds are naive because the zone is drawn apart.
FIRST, LAST = datetime(1900, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
MODELS = [Conversation, Prompt, Answers, AuditLine, Draft, ListEntry, Person, Facts, Quote]
PARTS = [Booking, Held, Unreached, Response, Reference, Owed, Participant, Request]

st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(int, st.integers(-(2**53), 2**53))


def record(model):
    fields = {}
    for name, field in model.model_fields.items():
        if model is Draft and name == "answers":
            plain = TEXTS | st.booleans() | st.none() | st.lists(TEXTS, max_size=2)
            fields[name] = st.dictionaries(TEXTS, plain, max_size=3)
        else:
            fields[name] = st.from_type(field.annotation)
    return st.builds(model, **fields)


for _model in PARTS:
    st.register_type_strategy(_model, record(_model))


async def through_the_store(one):
    store = MemoryStore()
    await store.put("codec", Row("p", "k", to_values(one)))
    row = await store.get("codec", "p", "k")
    return from_values(type(one), row.values)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
async def test_a_record_with_anything_in_it_comes_back(model, data):
    one = data.draw(record(model))
    assert await through_the_store(one) == one


async def test_a_conversation_with_everything_set_comes_back(story):
    at = story.at("2026-11-10 09:00")
    it = wait(remind_again(story.requested(), at), at).agree(
        at, (story.facilitator,), story.facilitator
    )
    it = stand_aside(it, at, "f").pick_up(at, story.facilitator)
    it = it.book(at, story.booking("2026-11-10 10:00"), it.people)
    it = preparing.accept(preparing.does_not_know(it, at, "o"), at, "o")
    it = preparing.tick(it, at, "o", (), (Point.MIND, Point.ROLE))
    it = preparing.settle_telling(
        it, at, Telling(how=Told.WILL_BE, at=at, by="r", teller="n", on=date(2026, 11, 9))
    )
    it = it.doubt(at, "o").took_part(at, "n").not_there(at, "o")
    it = it.took_place(at, ("r", "n"), (*story.people, story.facilitator))
    it = it.not_reached(at, "o", ()).give_feedback(at, "n", complete=True)
    it = sharing.record(sharing.confirm(sharing.share(it, at), at, ("n",)), at, "n")
    it = sharing.agree_review(it, at, date(2027, 3, 1))
    ruling = Ruling(
        by="n", field="happened", words="d", released=True, ruled_by=PersonKey("k"), at=at
    )
    changes = Changes(pauses=(Pause(since=at, until=at),), rings=(Ring(who="r", at=at),))
    it = it.give_outcome(at, "r").model_copy(
        update={"missed": story.booking("2026-11-03 10:00"), "talks": (at,), "recent": ("s1",),
                "withdrawn_from": it.stage, "audit_sequence": 7, "audit_head": "abc",
                "audit_sealed": 3,
                    "lead_named": "n", "rulings": (ruling,), "practice_team": (story.facilitator,),
                "amended": (Amendment(at=at, stage=it.stage, manager="m", asks=1),),
                "changes": changes, "no_outcome_at": at, "practice_over": at,
                    "silent_asked": at, "silent_at": at,
                    "removed": (Removed(layer=Layer.WORDS, at=at),),
                    "hold": OnHold(since=at, review_on=at.date()), "noted": ("feedback/n",),
                "wishes": Wishes(agrees="yes"),
                "reading": Readership(readers=(story.facilitator,), batches=(at,), shared=True)}
    )  # fmt: skip
    unset = {name for name in Conversation.model_fields
             if getattr(it, name) == Conversation.model_fields[name].default}  # fmt: skip
    assert unset <= {"schema_version", "asks"}
    assert await through_the_store(it) == it


def test_plain_fields_are_properties_of_their_own(story):
    values = to_values(story.booked())
    assert values["stage"] == "booked"
    assert values["created"] == story.at("2026-11-02 10:00")
    assert values["schema"] == SCHEMA
    assert "decided_at" in values
    assert "withdrawn_from" not in values  # None: the storage would drop it


def test_an_older_version_reads_a_newer_entity_and_a_newer_one_an_older(story):
    values = to_values(story.booked())
    newer = {**values, "schema": SCHEMA + 1, "moon": "full", "tides_json": "[1]"}
    read = from_values(Conversation, newer)
    assert {name: getattr(read, name) for name in Conversation.model_fields} == dict(story.booked())
    older = {name: value for name, value in values.items() if name not in {"asks", "told_json"}}
    assert from_values(Conversation, older).told == ()


def test_an_entity_that_is_no_record_is_refused():
    with pytest.raises(ValidationError):
        from_values(Conversation, {"id": "c1"})


def test_a_record_cannot_be_changed_in_place(story):
    with pytest.raises(ValidationError):
        story.booked().facilitator = "x"
