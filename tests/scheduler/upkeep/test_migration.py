"""What an older version kept is brought forward once, and nothing is lost or doubled on the way."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.stores import EVERY_TABLE
from records.addresses import MAIL
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About, Reason, Request
from records.conversation.snapshot import read_file, record_row
from records.drafts import Draft, Drafts
from records.outbox.parked import Parked, Waiting
from records.people import (
    Addresses,
    Part,
    Participant,
    Person,
    Reference,
    key_as_written,
    mail_key,
    mail_key_as_written,
    person_key,
)
from records.people_rows import PEOPLE
from records.register.projections import BY_PERSON, own_entries
from records.register.register import Register
from records.shown_cards import Shown, ShownCards
from records.stages import Act
from records.store.codec import read, to_values
from records.store.contract import Row, Unavailable
from scheduler.leader import TABLE as LEADER
from scheduler.upkeep.migration import Count, Migration
from tests.records.audit_chain import first_break
from tests.scheduler.conftest import World

TENANT = "Tenant-A"
NFC, NFD = "zo\u00eb@health.example", "zoe\u0308@health.example"
LETTERS, PUNYCODE = "ana@b\u00fccher.example", "ana@xn--bcher-kva.example"
KNOWN = {
    "Cap-1": "priya@care.example",
    "Cap-2": "martin@care.example",
    "zoe": NFC,
    "ana": LETTERS,
    "desk-1": "desk@school.example",
    "desk-2": "desk@school.example",
}
"""Object ids and addresses, as the platform gave them to the older version."""
OLD = {one: key_as_written(TENANT, one) for one in KNOWN}
NEW = {one: person_key(TENANT, one) for one in KNOWN}
PEOPLE_NAMED = (
    Participant(id="r", part=Part.REQUESTER, name="Priya", agency="SC", key=OLD["Cap-1"]),
    Participant(id="m", part=Part.MANAGER, name="Martin", mail="Martin@Care.example"),
    Participant(id="n", part=Part.NURSE, name="Zoe", mail=NFD),
    Participant(id="o", part=Part.OTHER, name="Ana", mail=PUNYCODE),
    Participant(id="d", part=Part.OTHER, name="Desk", mail="desk@school.example"),
    Participant(id="u", part=Part.OTHER, name="Una", mail="una@police.example"),
)


class OldWorld(World):
    """A store as the version before wrote it, whose people have capitals in their ids."""

    def __init__(self, store=None):
        super().__init__(store)
        self.migration = self.another()

    def another(self, **more):
        """One more process that may migrate."""
        return Migration(self.register, self.directory, self.clocks, at_once=1, **more)

    def person(self, one):
        place = Reference(service_url="https://t.example", conversation_id=one, tenant=TENANT)
        return Person(
            key=OLD[one], tenant=TENANT, object_id=one, name=one, mails=(KNOWN[one],),
            reference=place, seen_at=self.moment, contact="0123",
        )  # fmt: skip

    async def fill(self):
        for one, mail in KNOWN.items():
            await self.store.put(PEOPLE, Row(OLD[one], "person", to_values(self.person(one))))
            shared = {"ambiguous": one == "desk-2"}
            values = {"person": OLD[one], "source": "member-lookup", "at": self.moment, **shared}
            await self.store.put(MAIL, Row(mail_key_as_written(mail), "person", values))
        before = Register(self.store, self.timetable)
        for key, reference in (("c1", "LC-1"), ("c2", "LC-2")):
            answers = Answers(what="request", by="r", version=1, at=self.moment, texts={"a": "w"})
            await before.open(self.conversation(key, reference), answers, OLD["Cap-1"])
        await self.act(Act.WITHDRAW, lambda it: it.withdraw(self.moment), "c2")
        await self.beside()
        return self

    def conversation(self, key, reference):
        return Conversation(
            id=key, reference=reference, created=self.moment, stage_since=self.moment,
            request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="N", agency="SC"),
            people=PEOPLE_NAMED, asked_at=self.moment,
        )  # fmt: skip

    async def beside(self):
        """What is kept under keys beside the conversations."""
        await self.store.put("drafts", self.draft("Cap-1", "request", "half a worry"))
        shown = Shown(
            person=OLD["Cap-1"], place=self.person("Cap-1").reference, message="m1",
            conversation="c1", flow="request", since=self.moment,
        )  # fmt: skip
        await ShownCards(self.store).note(shown)
        ask = (await self.prompt("manager-ask", "m")).id
        parked = Parked(self.store)
        await parked.note(Waiting(mail_key_as_written(KNOWN["Cap-2"]), "c1", ask))
        await parked.note(Waiting(OLD["Cap-1"], "c9", "gone"))
        await parked.note(Waiting(mail_key_as_written(NFD), "c9", "gone"))

    def draft(self, owner, flow, text, key=None, **more):
        draft = Draft(
            id="d1", owner=key or OLD[owner], flow=flow, conversation="c1", version=1, step="one",
            answers={"worry": text}, begun=self.moment, touched=self.moment,
        ).model_copy(update=more)  # fmt: skip
        return Row(draft.owner, "request", to_values(draft))

    async def rows(self, *tables):
        """All that is kept, but for etags and for who leads."""
        return {
            (table, row.partition, row.key): dict(row.values)
            for table in tables or EVERY_TABLE
            async for row in self.store.query(table)
        }

    async def named(self, key="c1"):
        it = (await read_file(self.store, key)).conversation
        return {one.id: one.key for one in it.people}


@pytest.fixture
async def old():
    return await OldWorld().fill()


BOUND = {"r": NEW["Cap-1"], "m": NEW["Cap-2"], "n": NEW["zoe"], "o": NEW["ana"], "d": "", "u": ""}


async def test_everybody_known_for_certain_is_bound_and_nobody_else(old):
    """Also in a conversation that is over; a shared address and an unknown one bind nobody."""
    await old.migration.once()
    assert await old.named("c1") == BOUND
    assert await old.named("c2") == BOUND


async def test_it_is_an_act_of_its_own_in_an_audit_trail_that_holds(old):
    before = len((await read_file(old.store, "c1")).audit)
    await old.migration.once()
    file = await read_file(old.store, "c1")
    (line,) = file.audit[before:]
    assert (line.act, line.by, line.at) == (Act.BOUND, "assistant", old.moment)
    assert first_break(file.audit, file.conversation.audit_head) is None


async def test_open_conversations_come_before_those_that_are_over(old):
    await old.act(Act.WITHDRAW, lambda it: it.withdraw(old.moment), "c1")
    third = old.conversation("c3", "LC-3")
    answers = Answers(what="request", by="r", version=1, at=old.moment, texts={"a": "w"})
    await Register(old.store, old.timetable).open(third, answers, "r")
    assert await old.migration._conversations() == ["c3", "c1", "c2"]


async def test_a_person_has_one_row_and_is_found_by_the_key_they_had(old):
    await old.migration.once()
    there = await old.directory.find(NEW["Cap-1"])
    assert there.former == (OLD["Cap-1"],)
    assert (there.mails, there.contact) == (("priya@care.example",), "0123")
    assert await old.directory.find(OLD["Cap-1"]) == there
    row = await old.store.get(PEOPLE, OLD["Cap-1"], "person")
    emptied = read(Person, row)
    assert (emptied.name, emptied.mails, emptied.contact) == ("", (), "")


async def test_each_holder_of_an_address_has_a_row_and_the_single_ones_are_gone(old):
    await old.migration.once()
    rows = {(row.partition, row.key) async for row in old.store.query(MAIL)}
    assert rows == {(mail_key(mail), NEW[one]) for one, mail in KNOWN.items()}
    assert len(await old.directory.holders("desk@school.example")) == 2
    for written in (NFC, NFD, PUNYCODE, LETTERS, "PRIYA@care.example"):
        assert await old.directory.find_by_mail(written) is not None


async def test_until_everybody_is_bound_an_older_copy_still_finds_people_by_their_address(old):
    """Both run side by side while a new version starts."""

    async def bound_none_yet():
        singles = {row.partition async for row in old.store.query(MAIL) if row.key == "person"}
        everybody = (await old.named("c1")), (await old.named("c2"))
        assert everybody == (BOUND, BOUND) or mail_key_as_written(KNOWN["Cap-2"]) in singles
        return True

    await old.migration.once(bound_none_yet)
    assert await old.migration.is_done()


async def test_what_was_kept_under_the_key_they_had_is_under_the_one_of_now(old):
    await old.migration.once()
    former = set(OLD.values()) - set(NEW.values())
    for table in ("drafts", BY_PERSON, "parked"):
        assert not former & {row.partition async for row in old.store.query(table)}
    draft = await Drafts(old.store).find(NEW["Cap-1"], "request")
    assert (draft.draft.owner, draft.draft.answers) == (NEW["Cap-1"], {"worry": "half a worry"})
    (shown,) = await ShownCards(old.store).of("c1")
    assert shown.person == NEW["Cap-1"]
    me = await old.directory.find(NEW["Cap-1"])
    assert [one.conversation async for one in own_entries(old.store, *me.keys)] == ["c1", "c2"]


async def test_a_message_that_waits_is_on_the_shelf_of_who_is_meant(old):
    """It stood under the address as it was written; now it stands under who has it."""
    await old.migration.once()
    found = {one.prompt: one.partition async for one in Parked(old.store).all()}
    ask = (await old.prompt("manager-ask", "m")).id
    assert found[ask] == NEW["Cap-2"]


async def test_a_shelf_in_another_spelling_is_found_by_who_comes(old):
    ask = (await old.prompt("manager-ask", "m")).id
    await Parked(old.store).note(Waiting(mail_key_as_written(NFD), "c1", ask))
    await old.migration.once()
    assert {one.partition async for one in Parked(old.store).all() if one.prompt == ask} == {
        NEW["Cap-2"]
    }


async def test_ids_of_people_and_messages_never_change(old):
    before = await read_file(old.store, "c1")
    await old.migration.once()
    after = await read_file(old.store, "c1")
    assert after.prompts.keys() == before.prompts.keys()
    assert [one.id for one in after.conversation.people] == [one.id for one in PEOPLE_NAMED]


async def test_done_twice_is_done_once(old):
    await old.migration.once()
    rows = await old.rows()
    again = old.another()
    assert await again.is_done()
    # The rows under the keys they had are looked at too.
    assert await again.run() == {
        Count.PEOPLE: 12, Count.CONVERSATIONS: 2, Count.BOUND: 0, Count.MOVED: 0,
    }  # fmt: skip
    assert await old.rows() == rows


async def test_once_it_is_done_the_next_start_looks_at_one_row(old):
    await old.migration.once()
    old.faults.passed = 0
    await old.another().once()
    assert old.faults.passed == 2


async def test_its_progress_is_a_row_and_lines_without_a_name(old, caplog):
    with caplog.at_level(logging.INFO):
        await old.migration.once()
    row = await old.store.get(LEADER, "migration", "1")
    assert row.values["done"] == old.moment
    assert (row.values["people"], row.values["conversations"], row.values["bound"]) == (6, 2, 2)
    said = [one for one in caplog.records if getattr(one, "action", "") == "migration"]
    assert [one.step for one in said] == ["people", "conversations", "kept", "done"]
    assert (said[-1].people, said[-1].conversations, said[-1].bound) == (6, 2, 2)
    assert not any(word in caplog.text for word in ("@", "Priya", "Martin"))


# Killed -----------------------------------------------------------------------------------------


async def settled(world):
    """What stands once the next process has done it, and the sweeps after it. Nothing is due
    twice; who holds what until when is the delivery's own matter."""
    await world.another().once()
    world.courier.failures.clear()
    for _ in range(2):
        await world.sweep.run()
    kept = {at: row for at, row in (await world.rows()).items() if at[0] not in ("due", "board")}
    return kept, sorted(world.courier.sent)


async def test_killed_at_any_boundary_the_next_start_comes_to_the_same_end():
    """Nothing is lost, nothing doubled, nothing sent twice."""
    wanted = await settled(await OldWorld().fill())
    assert {place: kind for place, kind, *_ in wanted[1]} == {"Cap-2": "withdrawn"}
    for boundary in range(1, 2_000):
        world = await OldWorld().fill()
        if not await world.crash_at(boundary, world.migration.once):
            assert boundary > 200
            break
        assert await settled(world) == wanted, boundary
    else:
        pytest.fail("it never came to its end")


async def test_another_leader_goes_on_where_one_lost_the_lease(old):
    asked = 0

    async def lead():
        nonlocal asked
        asked += 1
        return asked < 5

    await old.migration.once(lead)
    assert not await old.migration.is_done()
    assert await settled(old) == await settled(await OldWorld().fill())


async def test_two_at_once_come_to_the_same_end(old):
    """An operator's `migrate` beside the leader's own."""
    await asyncio.gather(*(old.another().run() for _ in range(3)))
    bound, _ = await settled(old)
    expected, _ = await settled(await OldWorld().fill())
    assert bound.keys() == expected.keys()
    assert await old.named() == BOUND


async def test_over_a_real_table_storage_it_comes_to_the_same_end(stored_world):
    world = OldWorld(stored_world.store)
    for table in (PEOPLE, MAIL):
        for row in [row async for row in world.store.query(table)]:
            await world.store.delete(table, row.partition, row.key)
    await world.fill()
    await world.migration.run()
    reference = await OldWorld().fill()
    await reference.migration.run()
    for table in (PEOPLE, MAIL, "drafts", BY_PERSON, "parked", "shown", "conversations"):
        assert await world.rows(table) == await reference.rows(table), table


# What cannot be read, and what is there twice ---------------------------------------------------


async def test_a_person_who_cannot_be_read_keeps_the_single_rows_of_addresses(old):
    """They may be the other one who has an address, who would be forgotten with its row."""
    await old.store.put(PEOPLE, Row("damaged", "person", {"name": 7}))
    assert (await old.migration.run())[Count.LEFT] == 1
    singles = [row async for row in old.store.query(MAIL, key_from="person", key_to="person~")]
    assert len(singles) == len(set(KNOWN.values()))
    assert await old.named() == BOUND
    await old.store.delete(PEOPLE, "damaged", "person")
    assert (await old.another().run())[Count.LEFT] == 0
    assert not [row async for row in old.store.query(MAIL, key_from="person", key_to="person~")]


async def test_a_conversation_that_cannot_be_read_holds_up_no_other(old, caplog):
    await old.store.put("conversations", Row("c0", "conversation", {"stage": "requested"}))
    counts = await old.migration.run()
    assert (counts[Count.LEFT], counts[Count.BOUND]) == (1, 2)
    assert await old.migration.is_done()
    assert any(getattr(one, "action", "") == "row_unreadable" for one in caplog.records)


async def test_one_that_makes_no_sense_holds_up_no_other(old, caplog):
    """Nobody is asked to agree: the record reads, but what it owes cannot be said."""
    row = await old.store.get("conversations", "c1", "conversation")
    it = read(Conversation, row)
    others = tuple(one for one in it.people if one.part is not Part.MANAGER)
    await old.store.put("conversations", record_row(it.with_(people=others), ""))
    counts = await old.migration.run()
    assert (counts[Count.LEFT], counts[Count.BOUND]) == (1, 1)
    (line,) = [one for one in caplog.records if getattr(one, "action", "") == "not_migrated"]
    assert not any(word in str(vars(line)) for word in ("@", "Priya", "Martin"))


async def test_two_rows_of_one_person_become_one(old):
    """The platform gave their id with capitals, and without: an older version took them for two,
    and their own address for one that two people have."""
    twin = old.person("Cap-1").model_copy(
        update={
            "key": key_as_written(TENANT, "cap-1"), "object_id": "cap-1", "contact": "",
            "mails": ("p.shah@care.example",), "seen_at": old.moment + timedelta(days=1),
        }
    )  # fmt: skip
    await old.store.put(PEOPLE, Row(twin.key, "person", to_values(twin)))
    await old.migration.once()
    one = await old.directory.find(NEW["Cap-1"])
    assert set(one.former) == {OLD["Cap-1"], twin.key}
    assert set(one.mails) == {"priya@care.example", "p.shah@care.example"}
    assert (one.contact, one.seen_at) == ("0123", twin.seen_at)
    assert await old.directory.find_by_mail("priya@care.example") == one
    assert await old.directory.find(twin.key) == one


async def test_addresses_that_the_platform_gave_since_are_not_added_to(old):
    """Whoever was here before it was done, in another spelling of their id, has those of now."""
    found = Addresses(("p.shah@care.example",))
    await old.directory.seen(TENANT, "CAP-1", "Priya", old.moment, addresses=found)
    await old.migration.once()
    one = await old.directory.find(NEW["Cap-1"])
    assert (one.mails, one.former) == (("p.shah@care.example",), (OLD["Cap-1"],))
    assert await old.directory.find_by_mail("priya@care.example") is None


async def test_an_alias_of_somebody_who_is_there_no_more_makes_nobody(old):
    await old.migration.once()
    await old.store.delete(PEOPLE, NEW["Cap-1"], "person")
    await old.another().run()
    assert await old.store.get(PEOPLE, NEW["Cap-1"], "person") is None


async def test_a_storage_that_goes_away_is_another_rounds_matter(old):
    """Also for one of them alone: what was not done is not taken for what cannot be read."""

    moments = iter([Unavailable])

    async def comes_and_goes():
        old.store.away = next(moments, None)
        return True

    with pytest.raises(Unavailable):
        await old.migration.once(comes_and_goes)
    old.store.away = None
    assert not await old.migration.is_done()
    await old.migration.once()
    assert await old.named() == BOUND
