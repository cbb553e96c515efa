"""Somebody who was not seen for long, and has nothing open: all by which they are known goes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import pytest

from bot.commands.retention import listed
from records import heard
from records.addresses import MAIL
from records.drafts import Drafts
from records.heard import HeardMessages
from records.people import Person, mail_key, person_key
from records.people_rows import PEOPLE
from records.retention import holds, people
from records.retention.holds import LegalHold, Of
from records.rights import releases
from records.rights.releases import Release
from records.store.contract import Store
from scheduler.upkeep import removal
from scheduler.upkeep.removal import A_PERSON
from tests.retention.nights import ended, everything, on, rows_of, values
from tests.security.cast import PLAYERS, Marked

LONG: Final = timedelta(days=366)
A_WEEK: Final = timedelta(days=8)


async def known(house: Marked, who: str) -> Person | None:
    """Their row, as it is kept now."""
    actor = house.people[who].actor
    return await house.directory.find(person_key(actor.tenant, actor.object_id))


async def a_year_on(house: Marked) -> None:
    """The night on which it is told of, and the one on which it goes."""
    for wait in (LONG, A_WEEK):
        await on(house, f"{house.at + wait:%Y-%m-%d}")


async def test_who_is_in_nothing_open_goes_a_week_after_it_was_told_of() -> None:
    house, _ = await ended("withdrawn")
    person = await known(house, "odd")
    assert person is not None
    await (await HeardMessages.of(house.store, person.key)).note("a-mark", "", done=True)
    for of in (person.key, *map(mail_key, person.mails)):
        given = Release(of=of, piece="a-piece", reason="It is theirs.", by="op", at=house.at)
        await releases.keep(house.store, given)
    at = {(table, row.partition) async for table, row in everything(house)}
    assert {(PEOPLE, person.key), (heard.TABLE, person.key)} <= at
    assert {(MAIL, mail_key(one)) for one in person.mails} <= at
    await on(house, f"{house.at + LONG:%Y-%m-%d}")
    assert await known(house, "odd") is not None
    await on(house, f"{house.at + A_WEEK:%Y-%m-%d}")
    hashes = map(mail_key, person.mails)
    assert await rows_of(house, person.key, person.name, *person.mails, *hashes) == set()


async def test_who_is_in_something_that_is_under_way_stays() -> None:
    house, state = await ended("withdrawn")
    before = await known(house, "una")  # of B, which is held all the while
    assert before is not None
    await a_year_on(house)
    assert await known(house, "una") is not None
    assert (await house.record(state.b)).stage == "held"


async def test_who_reads_the_feedback_of_one_that_is_under_way_stays() -> None:
    house, state = await ended("reviewed")
    readers = {one.mail for one in (await house.record(state.b)).reading.readers}
    assert PLAYERS["ola"][1] in readers
    assert await known(house, "ola") is not None
    await a_year_on(house)
    assert await known(house, "ola") is not None


async def test_a_dry_run_lists_people_too_and_who_is_held(capsys: Any) -> None:
    house, _ = await ended("withdrawn")
    odd, other = await known(house, "odd"), await known(house, "namesake")
    assert odd is not None
    assert other is not None
    held = LegalHold(
        of=Of.PERSON, key=other.key, reason="", by="", since=house.at, review_on=house.at.date()
    )
    await holds.keep(house.store, held)
    house.at = house.timetable.office.add_months(house.at, 12)
    before = await values(house)
    plan = [one async for one in house.removal().plan()]
    assert await values(house) == before
    there = {one.which: one for one in plan if one.what == A_PERSON}
    assert (there[odd.key].told, there[odd.key].held) == (None, False)
    assert there[other.key].held
    receipt = await house.a_night()
    assert receipt.told[A_PERSON] == sum(not one.held for one in there.values())
    plan = [one async for one in house.removal().plan()]
    assert {one.which: one.told for one in plan}[odd.key] == house.at
    listed(plan)
    out = capsys.readouterr().out
    assert odd.key in out
    assert PLAYERS["odd"][0] not in out
    assert "People that are to go: " in out


async def test_who_comes_while_a_night_looks_at_everybody_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house, _ = await ended("withdrawn")
    odd = await known(house, "odd")
    assert odd is not None
    await on(house, f"{house.at + LONG:%Y-%m-%d}")

    async def looks(_: Any, person: Person, __: Any) -> bool:
        if person.key == odd.key:
            await house.say("odd", "help")
        return False

    monkeypatch.setattr(people, "is_needed", looks)
    await on(house, f"{house.at + A_WEEK:%Y-%m-%d}")
    assert await known(house, "odd") is not None
    assert await known(house, "namesake") is None


async def test_who_is_held_stays_until_the_hold_is_lifted() -> None:
    house, _ = await ended("withdrawn")
    person = await known(house, "odd")
    assert person is not None
    held = LegalHold(
        of=Of.PERSON,
        key=person.key,
        reason="An inquiry.",
        by="operator",
        since=house.at,
        review_on=house.at.date(),
    )
    await holds.keep(house.store, held)
    await a_year_on(house)
    assert await known(house, "odd") is not None
    assert await holds.lift(house.store, Of.PERSON, person.key)
    await a_year_on(house)
    assert await known(house, "odd") is None


async def test_no_more_people_are_at_hand_than_are_done_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house, _ = await ended("withdrawn")
    together, original = list[int](), people.forget

    async def forget(store: Store, kept: Drafts, gone: Iterable[Person]) -> None:
        some = list(gone)
        together.append(len(some))
        await original(store, kept, some)

    monkeypatch.setattr(removal, "TOGETHER", 2)
    monkeypatch.setattr(people, "forget", forget)
    before = {row.partition async for table, row in everything(house) if table == PEOPLE}
    await a_year_on(house)
    after = {row.partition async for table, row in everything(house) if table == PEOPLE}
    assert sum(together) == len(before - after) > 4
    assert max(together) == 2
