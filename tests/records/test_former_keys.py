"""A key that somebody had before leads to who they are now, and to all that is kept under it."""

from datetime import UTC, datetime, timedelta

import pytest

from records.addresses import Holders
from records.board.list_entry import ListEntry
from records.directory import Directory
from records.drafts import MAX_TEXTS, Draft, Drafts
from records.former_keys import move_drafts, move_list
from records.people import Addresses, Part, Participant, Person, key_as_written, person_key
from records.people_rows import PEOPLE
from records.register.projections import BY_PERSON, own_entries
from records.stages import Stage
from records.store.codec import to_values
from records.store.contract import Row
from records.store.memory import MemoryStore

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
BEFORE, KEY = key_as_written("T", "Priya"), person_key("T", "Priya")


class Crash(BaseException):
    """The process ends here."""


class Dying(MemoryStore):
    """Ends the process when a draft under the key of before is to go."""

    async def delete(self, *arguments, **more):
        if arguments[0] == "drafts":
            raise Crash
        await super().delete(*arguments, **more)


def draft(owner=BEFORE, text="half a worry", **more):
    made = Draft(
        id="d1", owner=owner, flow="request", conversation="c1", version=1, step="one",
        answers={"worry": text}, begun=NOW, touched=NOW,
    )  # fmt: skip
    return made.model_copy(update=more)


def row_of(one):
    return Row(one.owner, "request", to_values(one))


async def kept(store, **more):
    """A person as they were kept where capitals counted, with a draft."""
    person = Person(key=BEFORE, tenant="T", object_id="Priya", name="Priya", **more)
    await store.put(PEOPLE, Row(BEFORE, "person", to_values(person)))
    await store.put("drafts", row_of(draft()))


async def visit(store):
    found, _ = await Directory(store).seen("T", "Priya", "Priya", NOW, addresses=Addresses(()))
    return found


@pytest.fixture
def store():
    return MemoryStore()


async def texts(store, owner=KEY):
    opened = await Drafts(store).find(owner, "request")
    return opened and (opened.draft.answers["worry"], opened.draft.beside)


async def test_whoever_comes_before_the_migration_finds_the_draft_they_had(store):
    await kept(store, contact="0123")
    person = await visit(store)
    assert (person.key, person.former, person.contact) == (KEY, (BEFORE,), "0123")
    assert await texts(store) == ("half a worry", ())
    assert await texts(store, BEFORE) is None


async def test_the_key_they_had_leads_to_who_they_are_now(store):
    await kept(store)
    directory = Directory(store)
    assert (await directory.find(BEFORE)).key == BEFORE
    await visit(store)
    assert (await directory.find(BEFORE)).key == KEY
    place = Participant(id="r", part=Part.REQUESTER, name="Priya", key=BEFORE)
    assert (await directory.named(place)).key == KEY
    assert place.is_person(await directory.find(KEY))
    await directory.remember(BEFORE, {"contact": "0456"})
    assert (await directory.find(KEY)).contact == "0456"


async def test_an_address_that_stands_under_both_keys_has_one_holder(store):
    await kept(store, mails=("priya@x.example",), reachable=True)
    holders = Holders(store, Directory(store).find, None)
    await holders.note("priya@x.example", BEFORE, NOW)
    await Directory(store).seen(
        "T", "Priya", "Priya", NOW, addresses=Addresses(("priya@x.example",))
    )
    await holders.note("priya@x.example", KEY, NOW)
    assert [one.key for one in await holders.of("priya@x.example")] == [KEY]


async def test_killed_between_the_two_rows_of_a_draft_nothing_is_lost_or_doubled():
    store = Dying()
    await kept(store)
    with pytest.raises(Crash):
        await visit(store)
    healthy = MemoryStore()
    healthy._tables = store._tables
    await visit(healthy)
    assert [row.partition async for row in healthy.query("drafts")] == [KEY]
    assert await texts(healthy) == ("half a worry", ())


async def test_one_draft_at_two_moments_is_the_later_one(store):
    await store.put("drafts", row_of(draft()))
    later = draft(KEY, "a whole worry", touched=NOW + timedelta(hours=1))
    await store.put("drafts", row_of(later))
    assert await move_drafts(store, BEFORE, KEY) == 1
    assert await texts(store) == ("a whole worry", ())


@pytest.mark.parametrize("later", ["before", "now"])
async def test_of_two_drafts_the_later_goes_on_with_the_others_texts_beside_it(store, later):
    hours = timedelta(hours=1 if later == "before" else -1)
    await store.put("drafts", row_of(draft(BEFORE, "of before", touched=NOW + hours)))
    await store.put("drafts", row_of(draft(KEY, "of now", id="d2")))
    await move_drafts(store, BEFORE, KEY)
    both = ("of before", ("of now",)) if later == "before" else ("of now", ("of before",))
    assert await texts(store) == both
    assert [row.partition async for row in store.query("drafts")] == [KEY]


async def test_two_drafts_that_one_row_cannot_hold_both_stay(store):
    long = "w" * (MAX_TEXTS // 2 - 100)
    await store.put("drafts", row_of(draft(BEFORE, "old")))
    kept_beside = {"worry": ("x" * (MAX_TEXTS // 2 - 100),)}
    await store.put("drafts", row_of(draft(KEY, long[:1000], id="d2", kept=kept_beside)))
    await store.put("drafts", row_of(draft(BEFORE, long)))
    assert await move_drafts(store, BEFORE, KEY) == 0
    assert (await texts(store, BEFORE))[0] == long
    assert (await texts(store))[0] == long[:1000]


async def test_a_draft_that_cannot_be_read_stays_where_it_is(store):
    await store.put("drafts", Row(BEFORE, "request", {"flow": 1}))
    await store.put("drafts", row_of(draft(KEY)))
    assert await move_drafts(store, BEFORE, KEY) == 0
    assert await store.get("drafts", BEFORE, "request") is not None


def entry(made_from):
    made = ListEntry(
        conversation="c1", reference="LC-1", stage=Stage.REQUESTED, since=NOW, agency="SC",
        made_from=made_from,
    )  # fmt: skip
    return to_values(made)


@pytest.mark.parametrize(("before", "now"), [(1, 2), (2, 1), (2, None), (None, 2)])
async def test_their_own_list_shows_each_conversation_once_as_it_is_now(store, before, now):
    for key, made_from in ((BEFORE, before), (KEY, now)):
        if made_from:
            await store.put(BY_PERSON, Row(key, "c1", entry(made_from)))
    person = Person(key=KEY, tenant="T", object_id="Priya", name="Priya", former=(BEFORE,))
    assert [one.made_from async for one in own_entries(store, *person.keys)] == [2]


async def test_a_row_of_their_list_that_is_there_is_not_written_over(store):
    await store.put(BY_PERSON, Row(BEFORE, "c1", entry(1)))
    await store.put(BY_PERSON, Row(BEFORE, "c2", entry(1)))
    await store.put(BY_PERSON, Row(KEY, "c1", entry(2)))
    assert await move_list(store, BEFORE, KEY) == 2
    rows = {
        (row.partition, row.key): row.values["made_from"] async for row in store.query(BY_PERSON)
    }
    assert rows == {(KEY, "c1"): 2, (KEY, "c2"): 1}
