"""The logs of a trial: one JSON object a line, from which every figure can be counted again."""

import json
import time
from pathlib import Path
from typing import Any, TextIO


class Logbook:
    """`deliveries`, `kills`, `ended`, `faults`, `prompts`, `lists`, `refused`: files of the same
    names, `.jsonl`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("*.jsonl"), *folder.glob("*.log")):
            old.unlink()  # What an earlier trial said is no part of this one.
        self.folder = folder
        self._started = time.monotonic()
        self._open: dict[str, TextIO] = {}

    def write(self, name: str, **facts: Any) -> None:
        """One line, with the seconds since the trial began."""
        if name not in self._open:
            self._open[name] = (self.folder / f"{name}.jsonl").open("w")
        line = {"at": round(time.monotonic() - self._started, 3), **facts}
        self._open[name].write(json.dumps(line) + "\n")

    def close(self) -> None:
        """Everything is on disk."""
        for file in self._open.values():
            file.close()
        self._open.clear()


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    """What a log holds; nothing where it was never begun."""
    file = folder / f"{name}.jsonl"
    return [json.loads(one) for one in file.read_text().splitlines()] if file.exists() else []
