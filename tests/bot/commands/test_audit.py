"""`python -m bot audit`: in words, with names; and every way to tamper with a chain is found."""

import asyncio
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.commands import restore as restoring
from bot.commands.audit import Audited, audit, told
from bot.commands.export import export
from bot.commands.restore import bring_back
from records.access.lines import HEAD, LINES, AccessHead, AccessLine, head_row, line_row
from records.access.lines import TABLE as ACCESS
from records.access.lines import chained as chained_read
from records.backup.chains import heads_in
from records.conversation.snapshot import (
    TABLE,
    AuditLine,
    audit_row,
    chained,
    read_file,
    record_row,
)
from records.store.azure import TableStore
from records.store.codec import from_values
from records.store.contract import Row, Store
from records.store.memory import MemoryStore
from tests.bot.commands.test_backup import settings
from tests.bot.commands.test_commands import run
from tests.dialogs.conftest import STORY, House
from tests.dialogs.test_reads import mark


async def walked(store: Store | None = None) -> tuple[House, str]:
    """A request that its manager opened and agreed to, and what somebody else was refused."""
    house = House(store or MemoryStore())
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.press("pat", {"verb": "manager.see", "data": {"conversation": key}}, {})
    await house.reads()
    return house, key


async def found(house: House, key: str, heads: Path | None = None, *, at: Any = None) -> Audited:
    it = await house.record(key)
    known = heads_in(heads) if heads else None
    result = await audit(house.store, it.reference, at or house.at, known)
    assert result is not None
    return result


async def text(house: House, key: str) -> str:
    return "\n".join(told(await found(house, key), house.timetable.office.zone))


async def test_changes_and_reads_are_told_in_words_with_names() -> None:
    house, key = await walked()
    said = await text(house, key)
    reference = (await house.record(key)).reference
    assert said.startswith(f"{reference}, picked-up\n")
    for line in (
        "  1  2027-02-01 09:05  Priya Shah: request (requested)",
        "  2  2027-02-01 09:05  Martin Cole: agree (agreed)",
        "  3  2027-02-01 09:05  Fay Larsen: pick up (picked-up)",
        "2027-02-01 09:05  Martin Cole: was sent a message (manager-ask)",
        "2027-02-01 09:05  Martin Cole: opened the story of Priya Shah",
        "2027-02-01 09:05  Fay Larsen: opened the story of Priya Shah",
        "2027-02-01 09:05  Pat Reed: was refused (see_asked)",
    ):
        assert line in said.splitlines(), said
    assert "Every chain holds." in said
    assert "Chains of reads: 1, of which name it: 1" in said
    assert not [word for word in STORY.values() if word in said]
    assert house.people["martin"].actor.key not in said


async def test_of_who_was_forgotten_the_lines_stay_and_nobody_can_say_whose_they_were() -> None:
    house, key = await walked()
    martin = await mark(house, "martin")
    await house.directory.forget(house.people["martin"].actor.key)
    result = await found(house, key)
    assert result.wrong == []
    said = "\n".join(told(result, house.timetable.office.zone))
    assert f"somebody who is known no more ({martin[:8]}): agree (agreed)" in said
    assert f"somebody who is known no more ({martin[:8]}): opened the story" in said


async def test_a_conversation_there_is_not_is_none() -> None:
    house, _ = await walked()
    assert await audit(house.store, "LC-NOONE", house.at) is None
    assert await audit(house.store, "a/b?c", house.at) is None


# Changes ------------------------------------------------------------------------------------------


async def trail(house: House, key: str) -> list[Row]:
    query = house.store.query(TABLE, partition=key, key_from="audit-", key_to="audit-~")
    return [row async for row in query]


async def changed(house: House, key: str) -> None:
    row = (await trail(house, key))[1]
    line = from_values(AuditLine, row.values).model_copy(update={"by": "a" * 32})
    await house.store.put(TABLE, audit_row(key, line))


async def changed_with_its_hash(house: House, key: str) -> None:
    row = (await trail(house, key))[1]
    line = from_values(AuditLine, row.values).model_copy(update={"by": "a" * 32})
    await house.store.put(TABLE, audit_row(key, chained(line)))


async def removed(house: House, key: str) -> None:
    await house.store.delete(TABLE, key, "audit-00000002")


async def added(house: House, key: str) -> None:
    it = await house.record(key)
    line = AuditLine(
        sequence=it.audit_sequence + 1, at=house.at, by="a" * 32, act="agree", stage="agreed",
        before=it.audit_head,
    )  # fmt: skip
    await house.store.put(TABLE, audit_row(key, chained(line)))


async def unreadable(house: House, key: str) -> None:
    await house.store.put(TABLE, Row(key, "audit-00000002", {"sequence": "two"}))


TAMPERED: dict[str, tuple[Callable[[House, str], Any], str]] = {
    "changed": (changed, "changes: line 2 was changed"),
    "changed, hash too": (changed_with_its_hash, "changes: line 2 was changed"),
    "removed": (removed, "changes: line 2 was removed"),
    "added": (added, "changes: line 4 was added"),
    "unreadable": (unreadable, "changes: line 2 was removed"),
}


@pytest.mark.parametrize(("tamper", "says"), TAMPERED.values(), ids=TAMPERED)
async def test_a_change_that_was_tampered_with_is_named(tamper: Any, says: str) -> None:
    house, key = await walked()
    assert len(await trail(house, key)) == 3
    await tamper(house, key)
    result = await found(house, key)
    assert result.wrong == [says]
    assert f"  {says}" in "\n".join(told(result, house.timetable.office.zone))


# Reads --------------------------------------------------------------------------------------------


async def chain(house: House) -> list[Row]:
    rows = [row async for row in house.store.query(ACCESS, partition_to=":")]
    assert len({row.partition for row in rows}) == 1
    return [row for row in rows if row.key.startswith(LINES)]


async def the_story(house: House, key: str) -> tuple[Row, AccessLine]:
    """The line that says that Martin opened it."""
    martin = await mark(house, "martin")
    for row in await chain(house):
        line = from_values(AccessLine, row.values)
        if (line.by, line.what) == (martin, "story"):
            return row, line
    raise AssertionError


async def read_by_another(house: House, key: str) -> str:
    row, line = await the_story(house, key)
    forged = line.model_copy(update={"by": "a" * 32})
    await house.store.put(ACCESS, line_row(row.partition, forged))
    return f"reads of {row.partition}: line {line.sequence} was changed"


async def read_of_another(house: House, key: str) -> str:
    """It names this conversation no more, and its hash is right again."""
    row, line = await the_story(house, key)
    forged = line.model_copy(update={"conversation": "f" * 32})
    forged = chained_read(forged)
    await house.store.put(ACCESS, line_row(row.partition, forged))
    return f"reads of {row.partition}: line {line.sequence} was changed"


async def read_removed(house: House, key: str) -> str:
    row, line = await the_story(house, key)
    await house.store.delete(ACCESS, row.partition, row.key)
    return f"reads of {row.partition}: line {line.sequence} was removed"


async def read_added(house: House, key: str) -> str:
    row = (await chain(house))[-1]
    last = from_values(AccessLine, row.values)
    bare = last.model_copy(
        update={"sequence": last.sequence + 1, "before": last.hash, "conversation": key}
    )
    forged = chained_read(bare)
    await house.store.put(ACCESS, line_row(row.partition, forged))
    return f"reads of {row.partition}: line {forged.sequence} was added"


async def head_removed(house: House, key: str) -> str:
    row = (await chain(house))[-1]
    await house.store.delete(ACCESS, row.partition, HEAD)
    return f"reads of {row.partition}: its head was removed"


async def index_removed(house: House, key: str) -> str:
    _, line = await the_story(house, key)
    await house.store.delete(ACCESS, f"of.{key}", f"2027-02-01.story.{line.by}.requester")
    return "reads of 2027-02-01: a row of the index was removed"


@pytest.mark.parametrize(
    "tamper",
    [read_by_another, read_of_another, read_removed, read_added, head_removed, index_removed],
)
async def test_a_read_that_was_tampered_with_is_named(tamper: Any) -> None:
    house, key = await walked()
    says = await tamper(house, key)
    wrong = (await found(house, key)).wrong
    assert says in wrong
    assert {one.partition(": ")[0] for one in wrong} == {says.partition(": ")[0]} or len(wrong) == 2


async def test_a_chain_that_is_over_a_year_old_and_half_removed_is_no_fault() -> None:
    house, key = await walked()
    row = (await chain(house))[-1]
    await house.store.delete(ACCESS, row.partition, HEAD)
    await house.store.delete(ACCESS, row.partition, f"{LINES}00000001")
    assert (await found(house, key)).wrong != []
    later = house.at + timedelta(days=367)
    assert (await found(house, key, at=later)).wrong == []


# Heads that lie elsewhere -------------------------------------------------------------------------


async def cut_off(house: House, key: str) -> None:
    """The last change and the last reads, each with a head that fits what is left."""
    file = await read_file(house.store, key)
    assert file is not None
    last = file.audit[-2]
    it = file.conversation.model_copy(
        update={"audit_sequence": last.sequence, "audit_head": last.hash}
    )
    await house.store.delete(TABLE, key, f"audit-{file.audit[-1].sequence:08d}")
    await house.store.put(TABLE, record_row(it, ""))
    *rows, gone = await chain(house)
    await house.store.delete(ACCESS, gone.partition, gone.key)
    kept = from_values(AccessLine, rows[-1].values)
    head = AccessHead(sequence=kept.sequence, hash=kept.hash)
    await house.store.put(ACCESS, head_row(gone.partition, head, ""))


async def test_a_tail_that_was_cut_off_is_found_by_a_backup_alone(tmp_path: Path) -> None:
    house, key = await walked()
    backup = tmp_path / "backup"
    await export(house.store, backup, house.at)
    assert (await found(house, key, backup)).wrong == []
    lines = len(await chain(house))
    await cut_off(house, key)
    assert (await found(house, key)).wrong == [], "nobody can tell without it"
    wrong = (await found(house, key, backup)).wrong
    partition = (await chain(house))[0].partition
    assert wrong == [
        "changes: line 3 was removed",
        f"reads of {partition}: line {lines} was removed",
    ]


async def test_a_whole_chain_that_was_removed_is_found_by_a_backup_alone(tmp_path: Path) -> None:
    house, key = await walked()
    backup = tmp_path / "backup"
    await export(house.store, backup, house.at)
    rows = [row async for row in house.store.query(ACCESS)]
    for row in rows:
        await house.store.delete(ACCESS, row.partition, row.key)
    assert (await found(house, key)).wrong == []
    wrong = (await found(house, key, backup)).wrong
    assert wrong == [f"reads of {rows[0].partition}: the whole chain was removed"]


async def test_what_came_after_the_backup_is_no_fault(tmp_path: Path) -> None:
    house, key = await walked()
    backup = tmp_path / "backup"
    await export(house.store, backup, house.at)
    await house.book()
    await house.reads()
    assert (await found(house, key, backup)).wrong == []


async def test_a_backup_that_comes_back_has_every_chain_whole_and_an_import_says_which_has_not(
    tmp_path: Path,
) -> None:
    house, key = await walked()
    await export(house.store, tmp_path / "sound", house.at)
    said = list[str]()
    await bring_back(MemoryStore(), tmp_path / "sound", said.append)
    assert said == []
    reference = (await house.record(key)).reference
    await removed(house, key)
    says = await read_removed(house, key)
    await export(house.store, tmp_path / "broken", house.at)
    other = MemoryStore()
    await bring_back(other, tmp_path / "broken", said.append)
    assert said == [f"{reference}: line 2 was removed", says.removeprefix("reads of ")]
    assert await read_file(other, key) is not None, "it is brought back all the same"


async def test_a_chain_that_is_written_while_it_is_copied_is_whole_in_the_copy(
    tmp_path: Path,
) -> None:
    """Pages are read one after another: the head first, and lines that came after it."""

    class Written(MemoryStore):
        async def query(self, table: str, **bounds: Any) -> Any:  # type: ignore[override]
            everything = table == ACCESS and not bounds
            if everything:
                head = await anext(super().query(table))
                assert head.key == HEAD
                yield head
                await house.press("pat", {"verb": "manager.see", "data": {"conversation": key}}, {})
                await house.access.flush()
            async for row in super().query(table, **bounds):
                if not everything or row.key != HEAD:
                    yield row

    house, key = await walked()
    tables = house.store._tables  # type: ignore[attr-defined]
    house, before = House(Written()), house
    house.people, house.store._tables = before.people, tables  # type: ignore[attr-defined]
    house.access = before.access
    house.access._store = house.store
    house.root = house.second()
    await export(house.store, tmp_path / "backup", house.at)
    said = list[str]()
    await bring_back(MemoryStore(), tmp_path / "backup", said.append)
    assert said == []


# The command --------------------------------------------------------------------------------------


async def test_an_operator_is_told_and_the_exit_code_says_whether_it_holds(
    azurite: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(azurite, "audit", *arguments, prefix="audited")

    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix="audited")
    house, key = await walked(store)
    reference = (await house.record(key)).reference
    done = asked(reference.lower())
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    assert "Martin Cole: agree (agreed)" in done.stdout
    assert "Every chain holds" in done.stdout
    assert asked("LC-NOONE").stdout == "There is no conversation LC-NOONE.\n"
    backup = tmp_path / "backup"
    await export(store, backup, house.at)
    told = asked(reference, "--heads", str(backup))
    assert (told.returncode, "and to the backup of 2027-02-01 09:05" in told.stdout) == (0, True)
    assert asked(reference, "--heads", str(tmp_path / "none")).returncode == 1
    await removed(house, key)
    broken = asked(reference)
    assert broken.returncode == 1
    assert "  changes: line 2 was removed" in broken.stdout.splitlines()
    await export(store, tmp_path / "broken", house.at)
    await store.close()
    anew, broken_backup = settings(azurite, "anew"), tmp_path / "broken"
    assert await asyncio.to_thread(partial(restoring.run, anew, broken_backup, no_ledger=True)) == 1
    assert f"A chain does not hold: {reference}: line 2 was removed" in capsys.readouterr().out
