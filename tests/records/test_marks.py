"""Whose a mark is can be said by a secret in their own row, and by nobody once that is gone."""

import asyncio
from datetime import timedelta

import pytest

from records.conversation.conversation import Layer
from records.conversation.snapshot import (
    KEYS_SEALED,
    TABLE,
    AuditLine,
    audit_row,
    chained,
    record_row,
)
from records.directory import Directory
from records.people import Person, person_key
from records.people_rows import PEOPLE
from records.register.register import Deed
from records.rekeying import bring_forward
from records.retention.scrubbing import without
from records.stages import Act
from records.store.codec import SCHEMA, from_values, to_values
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.records.audit_chain import first_break

KEY = person_key("t", "o1")


@pytest.fixture
def now(story):
    return story.at("2026-11-02 10:00")


@pytest.fixture
def directory(store):
    return Directory(store)


async def kept(store, key=KEY):
    row = await store.get(PEOPLE, key, "person")
    return from_values(Person, row.values)


async def older(store, key=KEY, **more):
    """A row of a version that knew no secrets."""
    person = Person(key=key, tenant="t", object_id="o1", name="Maria", **more)
    values = {name: one for name, one in to_values(person).items() if name != "secret"}
    await store.put(PEOPLE, Row(key, "person", values | {"schema": 1}))


# The secret ---------------------------------------------------------------------------------------


async def test_it_is_made_with_the_row_and_stays(directory, store, now):
    first, _ = await directory.seen("t", "o1", "Maria", now)
    assert (len(first.secret), len(first.mark)) == (64, 32)
    for days in (0, 2, 40):
        again, _ = await directory.seen("t", "o1", "Maria Lee", now + timedelta(days=days))
        assert again.mark == first.mark
    await directory.remember(KEY, {"team": "East"})
    await directory.gone(KEY, now)
    assert (await kept(store)).secret == first.secret


async def test_whoever_was_here_before_has_one_at_their_first_act(directory, store, now):
    await older(store, team="East")
    assert (await directory.find(KEY)).mark == ""
    person, _ = await directory.seen("t", "o1", "Maria", now)
    assert person.mark
    assert person.secret == (await kept(store)).secret
    assert person.team == "East"


@pytest.mark.parametrize("older_row", [True, False])
async def test_two_copies_at_once_never_make_two(older_row, now):
    class Slow(MemoryStore):
        async def get(self, *where):
            found = await super().get(*where)
            await asyncio.sleep(0)
            return found

    for _ in range(20):
        store = Slow()
        if older_row:
            await older(store)
        copies = [Directory(store) for _ in range(4)]
        seen = await asyncio.gather(*(one.seen("t", "o1", "Maria", now) for one in copies))
        assert len({person.mark for person, _ in seen}) == 1
        assert seen[0][0].secret == (await kept(store)).secret


async def test_a_copy_that_has_an_older_row_at_hand_takes_the_secret_that_was_made_since(
    store, now
):
    await older(store, seen_at=now, mails_at=now)

    async def later(_):
        return None

    late = Directory(store, later=later, monotonic=lambda: 0.0)
    assert (await late.find(KEY)).mark == ""
    first, _ = await Directory(store).seen("t", "o1", "Maria", now)
    assert (await late.recent(KEY)).mark == ""
    again, _ = await late.seen("t", "o1", "Maria", now)
    assert again.mark == first.mark == (await kept(store)).mark


def test_a_mark_says_nothing_without_the_secret():
    def person(secret, key="o1"):
        return Person(key=KEY, tenant="t", object_id=key, name="Maria", secret=secret)

    marks = [person("a"), person("b"), person("a", "o2")]
    assert len({one.mark for one in marks}) == 3
    assert person("a").mark == person("a").mark
    assert KEY not in {one.mark for one in marks}
    assert person("").mark == ""
    assert "secret" not in repr(person("a-secret"))


async def test_it_goes_along_when_a_row_comes_under_another_key(directory, store, now):
    before = person_key("t", "0ld")
    secret = "5" * 64
    await older(store, key=before, secret=secret)
    row = await store.get(PEOPLE, before, "person")
    await store.put(PEOPLE, Row(before, "person", {**row.values, "secret": secret}))
    moved = await bring_forward(store, await kept(store, before))
    assert (moved.key, moved.secret) == (KEY, secret)
    assert (await directory.find(before)).mark == moved.mark


async def test_an_older_copy_beside_a_newer_one_writes_it_back(store, now):
    """It carries what it does not know of a row whose schema is newer than its own."""
    assert SCHEMA == 2
    values = to_values(Person(key=KEY, tenant="t", object_id="o1", name="Maria", secret="5" * 64))
    assert values["schema"] == SCHEMA
    renamed = {("unknown" if name == "secret" else name): one for name, one in values.items()}
    newer = from_values(Person, renamed | {"schema": SCHEMA + 1})
    assert to_values(newer.model_copy(update={"team": "East"}))["unknown"] == "5" * 64


async def test_for_a_log_line_a_mark_is_had_without_a_read_and_never_a_key(directory, now):
    assert directory.mark(KEY) == ""
    person, _ = await directory.seen("t", "o1", "Maria", now)
    assert directory.mark(KEY) == person.mark


# Forgetting ---------------------------------------------------------------------------------------


async def test_who_is_forgotten_leaves_marks_that_nobody_can_make_again(
    directory, store, now, story, register
):
    person, _ = await directory.seen("t", "o1", "Maria", now)
    await register.open(story.requested(), story.answers(), person.mark)
    deed = Deed(Act.TALK_FIRST, person.mark, now + timedelta(hours=1))
    await register.change("c1", deed, lambda it: it.talk_first(deed.at))
    before = [row async for row in store.query(TABLE, partition="c1")]
    await directory.forget(KEY)
    assert await store.get(PEOPLE, KEY, "person") is None
    assert await directory.find(KEY) is None
    assert directory.mark(KEY) == ""
    rows = [row for table in list(store._tables) async for row in store.query(table)]
    assert not [row for row in rows if person.secret in str(row.values)]
    assert [row async for row in store.query(TABLE, partition="c1")] == before, "no line is touched"
    file = await register.file("c1")
    assert first_break(list(file.audit), file.conversation.audit_head) is None
    anew, _ = await directory.seen("t", "o1", "Maria", now)
    assert anew.mark not in {person.mark, ""}, "who comes back is somebody new"


async def test_a_former_row_goes_as_well(directory, store, now):
    person, _ = await directory.seen("t", "o1", "Maria", now)
    await store.put(
        PEOPLE, Row(KEY, "person", to_values(person.model_copy(update={"former": ("0ld",)})))
    )
    alias = Person(key="0ld", tenant="t", object_id="o1", name="", reachable=False)
    await store.put(PEOPLE, Row("0ld", "person", to_values(alias)))
    await directory.forget(KEY)
    assert [row async for row in store.query(PEOPLE)] == []


# Old lines ----------------------------------------------------------------------------------------


async def old_trail(store, story):
    """A conversation of a version whose lines have keys of people in them."""
    it, before = story.requested(), ""
    for number in (1, 2):
        bare = AuditLine(
            sequence=number, at=it.created, by=KEY, act="request", stage="requested", before=before
        )
        line = chained(bare)
        await store.create(TABLE, audit_row(it.id, line))
        before = line.hash
    record = it.model_copy(update={"audit_sequence": 2, "audit_head": before})
    values = {k: v for k, v in to_values(record).items() if k != "audit_sealed"}
    await store.create(TABLE, Row(it.id, record_row(record, "").key, values | {"schema": 1}))
    return before


async def test_old_lines_are_sealed_once_before_the_first_of_the_new_form(store, story, register):
    head = await old_trail(store, story)
    old = [row async for row in store.query(TABLE, partition="c1", key_to="audit-~")]
    commits = []
    real = store.commit

    async def commit(table, operations):
        commits.append([one.row.key for one in operations])
        return await real(table, operations)

    store.commit = commit
    for hour in (12, 13):
        deed = Deed(Act.TALK_FIRST, "a" * 32, story.at(f"2026-11-02 {hour}:00"))
        await register.change("c1", deed, lambda it, at=deed.at: it.talk_first(at))
    file = await register.file("c1")
    assert [(one.act, one.by) for one in file.audit[2:]] == [
        (KEYS_SEALED, "assistant"), ("talk-first", "a" * 32), ("talk-first", "a" * 32),
    ]  # fmt: skip
    assert file.audit[2].before == head, "it names the head of the old ones"
    assert file.conversation.audit_sealed == 3
    assert first_break(list(file.audit), file.conversation.audit_head) is None
    assert file.conversation.audit_sequence == 5
    (first,) = [one for one in commits if "audit-00000003" in one]
    assert "audit-00000004" in first, "in the same transaction"
    now = [row async for row in store.query(TABLE, partition="c1", key_to="audit-00000003")]
    assert now == old, "and no old line is written again"


async def test_a_new_conversation_has_nothing_to_seal(store, story, register):
    await register.open(story.requested(), story.answers(), "a" * 32)
    deed = Deed(Act.TALK_FIRST, "b" * 32, story.at("2026-11-02 12:00"))
    await register.change("c1", deed, lambda it: it.talk_first(deed.at))
    file = await register.file("c1")
    assert [one.act for one in file.audit] == ["request", "talk-first"]
    assert file.conversation.audit_sealed == 1


async def test_a_record_whose_people_are_gone_still_says_where_old_lines_end(
    store, story, register
):
    await old_trail(store, story)
    for hour, layer in ((12, Layer.ANSWERS), (13, Layer.PEOPLE), (14, Layer.WORDS)):
        at = story.at(f"2026-11-02 {hour}:00")
        deed = Deed(Act.TALK_FIRST, "a" * 32, at)
        await register.change("c1", deed, lambda it, layer=layer, at=at: without(it, layer, at))
    file = await register.file("c1")
    assert [one.act for one in file.audit].count(KEYS_SEALED) == 1
    assert file.conversation.audit_sealed == 3


async def test_a_trail_that_holds_is_held_in_one_turn_too(store, story, register):
    """The snapshot that a change gives is what the next one may begin from."""
    await old_trail(store, story)
    deed = Deed(Act.TALK_FIRST, "a" * 32, story.at("2026-11-02 12:00"))
    given = await register.apply("c1", deed, lambda it: it.talk_first(deed.at), lambda _: ())
    assert given.audit == (await register.file("c1")).audit
