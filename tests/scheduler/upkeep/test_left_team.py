"""Every five minutes: whose facilitator has left is offered to the team, once and for each."""

from datetime import timedelta

import pytest

from records.changes.handing_over import take_over
from records.conversation.changes import Replaced
from records.conversation.snapshot import RECORD, TABLE
from records.outbox.prompt import CHANNEL, Kind
from records.people import (
    Addresses,
    Part,
    Participant,
    Person,
    key_as_written,
    person_key,
)
from records.stages import Act, Stage
from records.store.codec import to_values
from records.store.contract import Row
from scheduler.upkeep.left_team import AFTERWARDS, LeftTeam

LEAD = Participant(
    id="team-lead", part=Part.FACILITATOR, name="The team lead", key=person_key("t", "lead")
)
IDA = Participant(id="f-ida", part=Part.FACILITATOR, name="Ida Vale", key=person_key("t", "ida"))


class Team:
    """Who is in the facilitation team, by key; counts how often it was asked."""

    def __init__(self):
        self.keys, self.asked = {person_key("t", "f"), IDA.key}, []

    async def members(self):
        return (IDA,)

    async def is_member(self, person: Person):
        return bool(self.keys & {person.key, *person.former})

    async def has_left(self, person: Person):
        self.asked.append(person.key)
        return not await self.is_member(person)


class Errand(LeftTeam):
    """The errand with the parts it was given at hand."""

    def __init__(self, world, lead=None):
        self.team, self.tidied = Team(), []

        async def tidy(key):
            self.tidied.append(key)

        super().__init__(world.register, world.directory, self.team, lead, world.clocks, tidy)


@pytest.fixture
def errand(world):
    return Errand(world)


async def booked(world, identity="c1"):
    await world.request(identity)
    await world.book("2026-11-10 10:00", identity=identity)


async def record(world, identity="c1"):
    return (await world.register.file(identity)).conversation


async def test_whoever_is_in_the_team_keeps_what_they_have_and_nothing_is_written(world, errand):
    await booked(world)
    before = await record(world)
    assert await errand.look() == 0
    assert await record(world) == before


async def test_it_is_noted_once_by_the_assistant_and_the_cards_are_looked_at(world, errand):
    await booked(world)
    errand.team.keys.clear()
    assert [await errand.look() for _ in range(3)] == [1, 0, 0]
    [line] = [one for one in (await world.register.file("c1")).audit if one.act == Act.OFFER]
    assert line.by == "assistant"
    assert errand.tidied == ["c1"]
    offer = (await record(world)).changes.facilitator_left
    assert (offer.by, offer.left) == ("f", world.now())


async def test_each_facilitator_is_asked_of_once_whatever_they_have(world, errand):
    for identity in ("c1", "c2", "c3"):
        await booked(world, identity)
    errand.team.keys.clear()
    assert await errand.look() == 3
    assert errand.team.asked == [person_key("t", "f")]


async def test_somebody_whom_nobody_knows_any_more_has_left(world, errand):
    await booked(world)
    await world.store.delete("people", world.key("f"), "person")
    assert await errand.look() == 1


async def test_a_row_from_when_capitals_counted_is_the_same_person(world, errand):
    """Whoever has not been here since the keys changed is no stranger to the roster."""
    old = key_as_written("T", "Fay")
    row = Person(key=old, tenant="T", object_id="Fay", name="Fay", mails_at=world.now())
    await world.store.put("people", Row(old, "person", to_values(row)))
    errand.team.keys.add(person_key("T", "Fay"))
    assert not await errand._has_left(old)
    errand.team.keys.clear()
    assert await errand._has_left(old)


async def test_the_lead_who_took_one_over_has_not_left_for_being_on_no_list(world):
    errand = Errand(world, LEAD)
    await booked(world)
    errand.team.keys.clear()
    assert await errand.look() == 1
    place = (await world.directory.find(world.key("f"))).reference
    found = Addresses(("lead@sos.example",))
    await world.directory.seen("t", "lead", "Lea", world.now(), reference=place, addresses=found)
    await world.act(Act.TAKE_OVER, lambda it: take_over(it, world.now(), LEAD))
    assert await errand.look() == 0


async def test_who_is_back_before_anybody_took_it_keeps_it(world, errand):
    await booked(world)
    errand.team.keys.clear()
    await errand.look()
    errand.team.keys.add(person_key("t", "f"))
    assert await errand.look() == 1
    it = await record(world)
    assert it.changes.offer is None
    assert it.facilitator == "f"
    await world.sweep.run()
    assert not world.courier.to("channel", Kind.HAND_OVER)


async def test_one_that_cannot_be_read_stops_no_other(world, errand):
    await booked(world)
    await booked(world, "c2")
    row = await world.store.get(TABLE, "c1", RECORD)
    await world.store.put(TABLE, Row("c1", RECORD, {**row.values, "stage": "lost"}))
    errand.team.keys.clear()
    assert await errand.look() == 1
    assert (await record(world, "c2")).changes.facilitator_left is not None


async def test_what_is_complete_is_offered_only_while_there_is_something_left_to_do(world, errand):
    """The document is still to be shared; long after nobody is asked for it."""
    await booked(world)
    world.until("2026-11-10 10:00")
    await world.hold()
    await world.act(Act.OUTCOME, lambda it: it.give_outcome(world.now(), "r"))
    assert (await record(world)).stage is Stage.COMPLETE
    errand.team.keys.clear()
    world.pass_(days=AFTERWARDS.days + 1)
    assert await errand.look() == 0
    world.pass_(days=-2)
    assert await errand.look() == 1


async def test_what_is_complete_and_shared_needs_nobody(world, errand):
    await booked(world)
    world.until("2026-11-10 10:00")
    await world.hold()
    await world.act(Act.OUTCOME, lambda it: it.give_outcome(world.now(), "r"))
    shared = {"shared_at": world.now()}
    await world.act(
        Act.LEARNING_SHARED,
        lambda it: it.with_(captured=it.captured.model_copy(update=shared)),
    )
    errand.team.keys.clear()
    assert await errand.look() == 0


async def test_nobody_who_left_is_written_to_and_the_channel_and_the_team_are(world, errand):
    await booked(world)
    errand.team.keys.clear()
    world.announced.clear()
    await errand.look()
    told = {(one.kind, one.to) for one in world.announced}
    assert told == {(Kind.HAND_OVER, CHANNEL), (Kind.HAND_OVER, "f-ida"), (Kind.INSTEAD, "f-ida")}
    owed = world.timetable.owed(await record(world))
    assert not [one for one in owed if one.to == "f"]


async def test_as_many_questions_and_colleagues_as_there_can_be_fit_one_transaction(world, errand):
    many = tuple(
        Participant(id=f"f{number}", part=Part.FACILITATOR, name="F", mail=f"f{number}@sos.example")
        for number in range(200)
    )

    async def members():
        return many

    errand.team.members = members
    await booked(world)
    later = world.now() + timedelta(days=400)
    replaced = tuple(Replaced(old="n", new="o", at=later, by=str(number)) for number in range(70))
    changed = {"replaced": replaced}
    await world.act(Act.MOVE, lambda it: it.with_(changes=it.changes.model_copy(update=changed)))
    errand.team.keys.clear()
    world.announced.clear()
    assert await errand.look() == 1
    assert len(world.announced) <= 90
