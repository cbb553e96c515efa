"""Whether the chains in a backup hold, each to the head that was copied with it."""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from records.access.lines import LINES, AccessLine
from records.access.lines import TABLE as ACCESS
from records.access.lines import chained as chained_read
from records.backup.form import TRAILS, BackupRow, Head, Header, Line, read
from records.chain import Fault, Tampered, Walk
from records.conversation.snapshot import RECORD, AuditLine, chained
from records.store.codec import from_values
from records.store.contract import Row


def checked(lines: Iterable[Line], tell: Callable[[str], None]) -> Iterator[Line]:
    """The lines of a backup as they are; `tell` hears in words of each that a chain is missing, or
    that is not what it was."""
    chain = _Chain()
    for line in lines:
        if isinstance(line, BackupRow):
            chain = chain.with_row(line.table, line.row)
        elif isinstance(line, Head):
            for fault in chain.end(line):
                tell(f"{chain.called or line.conversation}: {fault}")
            chain = _Chain()
        yield line


class _Chain:
    """The one that is being read."""

    def __init__(self, table: str = "", partition: str = "") -> None:
        self.at, self.called = (table, partition), ""
        self._trail, self._reads = Walk[AuditLine](chained), Walk[AccessLine](chained_read)
        self._unread: list[Fault] = []

    def with_row(self, table: str, row: Row) -> "_Chain":
        """This one with a row more; another one, where the row is of another."""
        if table not in (TRAILS, ACCESS):
            return self
        one = self if self.at == (table, row.partition) else _Chain(table, row.partition)
        one._pass_by(table, row)
        return one

    def _pass_by(self, table: str, row: Row) -> None:
        if table == TRAILS and row.key == RECORD:
            self.called = str(row.values.get("reference", ""))
        try:
            if table == TRAILS and row.key.startswith("audit-"):
                self._trail.pass_by(from_values(AuditLine, row.values))
            elif table == ACCESS and row.key.startswith(LINES):
                self._reads.pass_by(from_values(AccessLine, row.values))
        except ValueError:
            number = row.key.rpartition("-")[2]
            self._unread.append(Fault(int(number) if number.isdecimal() else 0, Tampered.CHANGED))

    def end(self, head: Head) -> list[Fault]:
        """All that is wrong with it."""
        walk = self._trail if head.table == TRAILS else self._reads
        return [*self._unread, *walk.end(head.sequence, head.hash)]


@dataclass(frozen=True)
class Heads:
    """The heads in a backup: of audit trails by conversation, of chains of reads by name."""

    made: datetime
    trails: Mapping[str, Head] = field(default_factory=dict)
    reads: Mapping[str, Head] = field(default_factory=dict)


def heads_in(path: Path) -> Heads:
    """All heads of a backup, which is read to its end. Raises Unfit, OSError."""
    trails, reads = dict[str, Head](), dict[str, Head]()
    made = datetime.min.replace(tzinfo=UTC)
    with gzip.open(path) as packed:
        for line in read(cast(BinaryIO, packed)):
            if isinstance(line, Header):
                made = line.made
            elif isinstance(line, Head):
                (trails if line.table == TRAILS else reads)[line.conversation] = line
    return Heads(made, trails, reads)
