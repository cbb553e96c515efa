"""`people` and `migrate`: an operator asks whose an address is, and says whom one means."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.commands import migrate as migrating
from bot.commands import people as asking
from bot.commands.parts import OperatorParts, over
from bot.commands.people import conflicts, find, settle
from bot.settings import Settings
from records.addresses import MAIL
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About, Request
from records.conversation.snapshot import read_file
from records.people import (
    Addresses,
    Part,
    Participant,
    Person,
    key_as_written,
    mail_key,
    person_key,
)
from records.people_rows import PEOPLE
from records.register.register import Register
from records.stages import Act
from records.store.azure import TableStore
from records.store.codec import to_values
from records.store.contract import Row, Store
from records.store.memory import MemoryStore

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
DESK = "desk@school.example"


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def parts_over(store: Store, *tenants: str) -> OperatorParts:
    settings = Settings(demo=True, allowed_tenants=tenants)
    return over(store, settings, Clock())


async def request(parts: OperatorParts, key: str, reference: str, *mails: str) -> None:
    """A conversation whose manager is named by an address."""
    people = [Participant(id="r", part=Part.REQUESTER, name="Priya", key=person_key("t", "priya"))]
    people += [
        Participant(
            id=f"m{number}", part=Part.MANAGER if not number else Part.OTHER, name="", mail=mail
        )
        for number, mail in enumerate(mails)
    ]
    it = Conversation(
        id=key, reference=reference, created=NOW, stage_since=NOW, asked_at=NOW,
        request=Request(about=About.CHILD, reasons=(), team="N", agency="SC"), people=tuple(people),
    )  # fmt: skip
    answers = Answers(what="request", by="r", version=1, at=NOW, texts={"worry": "w"})
    register = Register(parts.store, parts.register.timetable)
    await register.open(it, answers, "r")


async def there(
    parts: OperatorParts, *who: str, mails: Sequence[str] = (DESK,), **more: bool
) -> None:
    for one in who:
        found = Addresses(tuple(mails), **more)
        await parts.directory.seen("t", one, one.title(), NOW, addresses=found)


@pytest.fixture
async def parts() -> OperatorParts:
    """Anna and Ben share the desk's address; Cara has one of her own."""
    made = parts_over(MemoryStore())
    await there(made, "anna", "ben")
    await there(made, "cara", mails=("cara@school.example", "cara.sign-in@school.example"))
    await request(made, "c1", "LC-ONE", "DESK@school.example", "una@police.example")
    return made


async def test_find_says_who_has_an_address_and_that_it_is_certain(
    parts: OperatorParts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await find(parts, "Cara.Sign-In@school.example") == 0
    said = capsys.readouterr().out
    key = person_key("t", "cara")
    assert said.splitlines() == [
        f"Certain: it means Cara, {key}.",
        "",
        f"key        {key}",
        "tenant     t",
        "object id  cara",
        "name       Cara",
        "addresses  cara@school.example, cara.sign-in@school.example",
        "reached    yes",
        "since      2027-02-01 09:00 UTC",
    ]


async def test_find_tells_shared_and_unknown_apart(
    parts: OperatorParts, capsys: pytest.CaptureFixture[str]
) -> None:
    await find(parts, DESK)
    shared = capsys.readouterr().out
    assert shared.startswith("Shared: 2 people have it, so it means nobody.")
    assert all(f"object id  {one}" in shared for one in ("anna", "ben"))
    await find(parts, "nobody@school.example")
    assert capsys.readouterr().out == "Unknown: nobody is known to have it.\n"
    await parts.directory.gone(person_key("t", "cara"), NOW)
    await find(parts, "cara@school.example")
    gone = capsys.readouterr().out
    assert gone.startswith("Unknown: nobody has it whom Teams reaches")
    assert "reached    no, removed the app 2027-02-01 09:00 UTC" in gone


async def test_find_knows_people_of_whom_only_an_older_version_wrote(
    parts: OperatorParts, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row an address, which kept only the last of two; and a key with capitals in it."""
    old = key_as_written("T", "Dan")
    for key, object_id in ((old, "Dan"), (person_key("T", "eve"), "eve")):
        person = Person(
            key=key, tenant="T", object_id=object_id, name=object_id, mails=("d@x.example",)
        )
        await parts.store.put(PEOPLE, Row(key, "person", to_values(person)))
    both = {"person": old, "ambiguous": True}
    await parts.store.put(MAIL, Row(mail_key("d@x.example"), "person", both))
    await find(parts, "d@x.example")
    assert "Shared: 2 people" in capsys.readouterr().out
    await conflicts(parts)
    assert "d@x.example" in capsys.readouterr().out


async def test_conflicts_lists_shared_addresses_and_what_waits(
    parts: OperatorParts, capsys: pytest.CaptureFixture[str]
) -> None:
    await conflicts(parts)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == DESK
    assert sorted(line.split()[1] for line in said[1:3]) == ["anna", "ben"]
    assert said[3] == "  waited for in: LC-ONE"
    assert said[-1] == "Addresses that several people have: 1"
    await settle(parts, DESK, "anna", "op")
    capsys.readouterr()
    await conflicts(parts)
    assert capsys.readouterr().out == "Addresses that several people have: 0\n"


async def test_a_guest_and_a_member_at_home_are_no_conflict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = parts_over(MemoryStore())
    await there(parts, "home")
    await there(parts, "away", guest=True)
    await conflicts(parts)
    assert capsys.readouterr().out == "Addresses that several people have: 0\n"


@pytest.mark.parametrize("by", ["object id", "key", "former key"])
async def test_settle_is_an_operators_word_that_binds_what_waits(
    parts: OperatorParts,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    by: str,
) -> None:
    """A row says who said so and when; the log holds the key alone."""
    anna = person_key("t", "anna")
    who = {"object id": "ANNA", "key": anna, "former key": "0ld"}[by]
    row = await parts.store.get(PEOPLE, anna, "person")
    assert row is not None
    if by == "former key":
        values = {**row.values, "former_json": '["0ld"]'}
        await parts.store.put(PEOPLE, Row(anna, "person", values))
    with caplog.at_level(logging.INFO):
        assert await settle(parts, "Desk@School.example", who, "op-7") == 0
    said = capsys.readouterr().out
    assert said.splitlines() == [
        f"Settled: Desk@School.example means Anna, {anna}.",
        "Bound in: LC-ONE",
    ]
    settled = await parts.store.get(MAIL, mail_key(DESK), "settled")
    assert settled is not None
    assert dict(settled.values) == {"person": anna, "source": "operator op-7", "at": NOW}
    file = await read_file(parts.store, "c1")
    assert file is not None
    assert {one.id: one.key for one in file.conversation.people} == {
        "r": person_key("t", "priya"), "m0": anna, "m1": "",
    }  # fmt: skip
    assert file.audit[-1].act == Act.BOUND
    (line,) = [one for one in caplog.records if getattr(one, "action", "") == "address_settled"]
    found_again = await parts.directory.find(anna)
    assert found_again is not None
    assert line.person == found_again.mark != anna  # type: ignore[attr-defined]  # our own field
    assert not any(word in str(line.__dict__) for word in ("Anna", "school", "op-7"))
    await find(parts, DESK)
    found = capsys.readouterr().out
    assert f"Certain: it means Anna, {anna}." in found
    assert f"Settled 2027-02-01 09:00 UTC by operator op-7: it means {anna}" in found


@pytest.mark.parametrize("who", ["cara", "nobody", ""])
async def test_settle_is_refused_where_that_person_does_not_have_it(
    parts: OperatorParts, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    assert await settle(parts, DESK, who, "op") == 1
    said = capsys.readouterr().out
    assert said.startswith("Nothing was settled: of those who have this address, nobody is")
    assert await parts.store.get(MAIL, mail_key(DESK), "settled") is None


async def test_an_address_is_nobodys_in_a_tenant_that_is_not_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = parts_over(MemoryStore(), "other")
    await there(parts, "anna")
    await find(parts, DESK)
    assert capsys.readouterr().out.startswith("Unknown: nobody has it whom Teams reaches")


# As an operator runs them -----------------------------------------------------------------------


def test_they_say_where_there_are_no_tables(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = Settings(demo=True)
    assert asking.run(nothing, "find", DESK, "") == 1
    assert migrating.run(nothing) == 1
    assert capsys.readouterr().out.count("the settings name no tables") == 2


def test_what_is_no_address_is_said_and_is_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    ours = Settings(demo=True, tables_endpoint="https://learning.table.core.windows.net")
    for typed in ("martin cole@x.example", "nobody", "", "a@x.example b@x.example"):
        assert asking.run(ours, "find", typed, "") == 2
        assert capsys.readouterr().err == "That cannot be read as one mail address.\n"


async def test_migrate_and_people_over_real_tables(
    azurite: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an older version wrote; asked, settled and migrated by the commands themselves."""
    ours = Settings(demo=True, tables_connection_string=SecretStr(azurite), tables_prefix="ppl")
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix="ppl")
    parts = parts_over(store)
    await there(parts, "anna", "ben")
    old = key_as_written("t", "Cap")
    person = Person(key=old, tenant="t", object_id="Cap", name="Cap", mails=("cap@x.example",))
    await store.put(PEOPLE, Row(old, "person", to_values(person)))
    await store.put(MAIL, Row(mail_key("cap@x.example"), "person", {"person": old}))
    await request(parts, "c1", "LC-ONE", "cap@x.example", DESK)

    def told(code: int) -> str:
        assert code == 0
        return capsys.readouterr().out

    said = told(await asyncio.to_thread(migrating.run, ours))
    assert said.splitlines() == [
        "People and conversations looked at: 3 and 1",
        "Conversations bound to who is meant: 1",
    ]
    assert "LC-ONE" in told(await asyncio.to_thread(asking.run, ours, "conflicts", "", ""))
    await asyncio.to_thread(asking.run, ours, "settle", DESK, "ben")
    assert "Bound in: LC-ONE" in capsys.readouterr().out
    assert told(await asyncio.to_thread(asking.run, ours, "find", DESK, "")).startswith("Certain")
    file = await read_file(store, "c1")
    assert file is not None
    assert [one.key for one in file.conversation.people[1:]] == [
        person_key("t", "cap"), person_key("t", "ben"),
    ]  # fmt: skip
    await store.close()
