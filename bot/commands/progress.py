"""How far a long command has come: a bar on a terminal, nothing anywhere else."""

import sys
from typing import Final, TextIO

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
