"""Rows that wait on the disk until it is known whether they may go into a backup.

They lie packed in a file that has no name, in the folder of the backup, so that they are as safe as
it is. Nobody else can open it, and it is gone with the process, however that ends.
"""

import gzip
import tempfile
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, Self

from records.backup.form import BackupRow, read_row, row_line

QUICK: Final = 1
"""How hard gzip tries, of 9: the file is read once, within minutes."""
Partition = tuple[str, list[BackupRow]]


class Spool:
    """Rows in the order of their keys: first all are kept, then all are given back, once."""

    def __init__(self, folder: Path) -> None:
        # Closed in __exit__; the file has no name from the start where the system can do that.
        self._raw = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._packed = gzip.GzipFile(mode="wb", compresslevel=QUICK, fileobj=self._raw, mtime=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._packed.close()
        self._raw.close()

    def keep(self, one: BackupRow) -> None:
        """One more row. Raises OSError."""
        self._packed.write(row_line(one))

    def partitions(self) -> Iterator[Partition]:
        """What was kept, a partition at a time. Raises OSError."""
        self._packed.close()
        self._raw.seek(0)
        with gzip.GzipFile(mode="rb", fileobj=self._raw) as lines:
            rows = map(read_row, lines)
            for key, some in groupby(rows, key=lambda one: one.row.partition):
                yield key, list(some)


def side_by_side(*spools: Spool) -> Iterator[tuple[str, list[list[BackupRow]]]]:
    """Each partition that is in any of them, with what each of them holds of it."""
    every = [_numbered(number, spool) for number, spool in enumerate(spools)]
    for key, found in groupby(merge(*every), key=itemgetter(0)):
        of = {number: rows for _, number, rows in found}
        yield key, [of.get(number, []) for number in range(len(spools))]


def _numbered(number: int, spool: Spool) -> Iterator[tuple[str, int, list[BackupRow]]]:
    return ((key, number, rows) for key, rows in spool.partitions())
