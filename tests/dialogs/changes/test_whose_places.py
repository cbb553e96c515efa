"""Typed `someone else`: who is named where is found by an index, whatever else is kept."""

from dataclasses import replace

from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import Message
from records.people import mail_key
from records.register.projections import BY_MAIL, BY_PERSON, naming
from records.register.repair import repair
from records.store.contract import Row, Store
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, texts
from tests.trips import Counting

DANA = {"new_name": "Dana Hill", "new_agency": "Police", "new_mail": "Kit@facilitation.example"}


async def with_many(house: House, count: int) -> str:
    """A booked conversation, and so many more in which other people are named."""
    key = await house.booked()
    it, file = await house.record(key), await house.file(key)
    answers = file.answers_of("request", "requester")
    assert answers is not None
    for number in range(count):
        people = tuple(
            one.model_copy(update={"mail": f"{one.id}{number}@other.example", "key": ""})
            for one in it.people
        )
        other = it.model_copy(update={"id": f"{number:032x}", "people": people, "recent": ()})
        await house.register.open(other, answers, "somebody")
    await house.tidy()
    return key


async def reads(house: House, who: str) -> int:
    counting = Counting(house.store)
    services = house.services()
    register = type(house.register)(counting, house.timetable)
    root = Root(replace(services, register=register))
    house.directory._store = counting
    await house.turn(who, Message("someone else"), root=root)
    house.directory._store = house.store
    return len([one for one in counting.reads if one.table in ("conversations", "board", BY_MAIL)])


async def test_what_is_looked_at_follows_a_persons_own_conversations(house: House) -> None:
    key = await with_many(house, 0)
    few = await reads(house, "pat")
    assert (await house.record(key)).reference in house.shown("pat")
    other = House(MemoryStore())
    await with_many(other, 30)
    assert await reads(other, "pat") == few


async def test_who_takes_a_place_finds_it_at_once_and_who_left_it_no_more(house: House) -> None:
    key = await house.booked()
    await house.arrive("kit")
    await house.say("kit", "someone else")
    assert wording.SOMEONE_NONE in house.shown("kit")
    data = {"flow": "someone-else", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    await house.tap("pat", "Save the change", **DANA)
    await house.say("kit", "someone else")
    assert (await house.record(key)).reference in house.shown("kit")
    await house.say("pat", "someone else")
    assert wording.SOMEONE_NONE in house.shown("pat")


async def test_a_row_for_somebody_who_is_not_named_gives_no_right(house: House) -> None:
    key = await house.booked()
    await house.store.put(BY_MAIL, Row(mail_key("idris@facilitation.example"), key, {}))
    await house.store.put(BY_MAIL, Row(mail_key("idris@facilitation.example"), "0" * 32, {}))
    await house.say("idris", "someone else")
    assert wording.SOMEONE_NONE in house.shown("idris")


async def for_unknown(house: House) -> str:
    """A booked conversation whose nurse and other agency nobody has seen yet."""
    await house.arrive("priya", "martin", "fay", "idris")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.book()
    return await house.newest()


def asked(house: House, who: str) -> str:
    """Everything that a chat shows: what waited for somebody comes after their first answer."""
    return "\n".join(texts(one.card) for one in house.people[who].chat if one.card)


async def listed(store: Store) -> list[tuple[str, str]]:
    return [(row.partition, row.key) async for row in store.query(BY_MAIL)]


async def test_a_conversation_of_before_is_found_once_the_nightly_repair_has_run(
    house: House,
) -> None:
    await for_unknown(house)
    before = await listed(house.store)
    assert len(before) == 2  # the nurse, and Pat Reed
    for partition, key in before:
        await house.store.delete(BY_MAIL, partition, key)
    await house.say("nia", "someone else")
    assert wording.SOMEONE_NONE in asked(house, "nia")
    await repair(house.store, house.timetable)
    assert {one for one, _ in await listed(house.store)} == {mail_key("pat@police.example")}
    await house.say("pat", "someone else")
    assert wording.SOMEONE_NONE not in asked(house, "pat")


async def test_the_index_holds_keys_and_nothing_else(house: House) -> None:
    key = await for_unknown(house)
    rows = await house.dump(BY_MAIL)
    assert {row.key for row in rows} == {key}
    assert [dict(row.values) for row in rows] == [{}] * len(rows)
    assert all(len(row.partition) == 32 for row in rows)
    assert not {row.partition for row in rows} & {
        row.partition for row in await house.dump(BY_PERSON)
    }


async def test_an_address_is_found_however_it_is_written(house: House) -> None:
    key = await for_unknown(house)
    assert await naming(house.store, (" PAT@Police.example ", "pat@police.example")) == [key]
