"""What a long command prints: how far it has come, on a terminal alone, and what there was."""

import sys
from typing import Final, TextIO

from records.backup.form import Trailer

WIDTH: Final = 30


class Progress:
    """Counts rows up to a total, and draws when the percentage has changed."""

    def __init__(self, total: int, to: TextIO = sys.stderr) -> None:
        self._total, self._to = total, to
        self._done, self._drawn = 0, -1
        self._shown = to.isatty()

    def add(self, rows: int = 1) -> None:
        """So many more. More than the total are still all: rows may be added while we read."""
        self._done += rows
        percent = min(100, 100 * self._done // max(self._total, 1))
        if not self._shown or percent == self._drawn:
            return
        self._drawn = percent
        bar = ("#" * (WIDTH * percent // 100)).ljust(WIDTH)
        print(f"\r[{bar}] {percent:3}%  {self._done:,} rows", end="", file=self._to, flush=True)

    def end(self) -> None:
        """Leave the line as it is, for what is printed next."""
        if self._drawn >= 0:
            print(file=self._to)


def print_trailer(begins: str, end: Trailer) -> None:
    """How much is in a backup, and its two digests, by which one is known from another."""
    print(f"{begins} {end.conversations:,} conversations, {sum(end.counts.values()):,} rows")
    print(f"digest of the file    {end.digest}")
    print(f"digest of audit heads {end.heads}")
