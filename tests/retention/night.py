"""Nights of removal, each in a process of its own, forked from one that has imported everything.

`python -m tests.retention.night` reads one night a line, as JSON, and answers twice: with the
process that has it, and, once that is gone, with how it ended, as the kernel says.
"""

import asyncio
import gc
import json
import os
import sys
import tracemalloc
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import records.store.azure.table
import scheduler.upkeep.removal
from bot.clock import SystemClock
from bot.commands.parts import over
from bot.commands.retention import removal_over
from bot.settings import Settings
from cards.wording import use
from records.partnership import SUFFOLK, read_partnership
from records.people import Reference
from records.store.azure import TableStore
from scheduler.delivery.courier import Courier, Parcel, Unreachable


@dataclass(frozen=True)
class Night:
    """One look, `at` its moment, over the tables with this prefix. `closes` is the file in which
    each message that was closed is noted, `says` where what was done stands at the end.

    So many conversations are done `together`, and so many rows are asked for in one `page`; 0 is
    what the product does. `traced` measures what Python's own objects take, and is slow.
    """

    tables: str
    prefix: str
    at: str
    closes: str
    says: str
    together: int = 0
    page: int = 0
    traced: bool = False


class At(SystemClock):
    """It stays the same moment for as long as a night takes."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = datetime.fromisoformat(at)

    def now(self) -> datetime:
        return self._at


class Nobody(Courier):
    """A Teams that takes everything."""

    async def send(self, to: Reference, parcel: Parcel) -> str:
        raise NotImplementedError

    async def reopen(self, to: Reference) -> Reference:
        raise Unreachable("no chat can be opened", 404)

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        return


class Closes(Nobody):
    """One that leaves in a file what it took."""

    def __init__(self, file: str) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        os.write(self._file, f"{to.conversation_id} {message_id}\n".encode())


async def look(night: Night) -> dict[str, Any]:
    """Have it, and say what was done and what memory that took."""
    settings = Settings(demo=True, tables_prefix=night.prefix, log_level="ERROR")
    async with AsyncExitStack() as closing:
        store = TableStore(
            night.tables, clock=lambda: datetime.now(UTC), prefix=night.prefix, timeout=60
        )
        closing.push_async_callback(store.close)
        removal = removal_over(over(store, settings, At(night.at)), settings, Closes(night.closes))
        before = _resident("VmRSS")
        if night.traced:
            tracemalloc.start()
        done = await removal.look()
        peak = tracemalloc.get_traced_memory()[1] if night.traced else 0
    counts = {name: dict(one) for name, one in vars(done).items() if isinstance(one, dict)}
    return {
        "looked_at": done.looked_at, **counts,
        "before": before, "most": _resident("VmHWM"), "traced": peak,
    }  # fmt: skip


def _resident(which: str) -> int:
    """Kilobytes of this process, as the kernel counts them."""
    text = Path("/proc/self/status").read_text()
    return int(text.partition(f"{which}:")[2].split()[0])


def _pages_of(size: int) -> None:
    """The storage gives no more rows than these at once."""
    original = records.store.azure.table._asked

    def asked(*given: Any) -> dict[str, str]:
        return {"$top": str(size), **original(*given)}

    records.store.azure.table._asked = asked


def _have(night: Night) -> None:
    if night.together:
        scheduler.upkeep.removal.TOGETHER = night.together  # type: ignore[misc]  # a small night
    if night.page:
        _pages_of(night.page)
    done = asyncio.run(look(night))
    Path(night.says).write_text(json.dumps(done))


def main() -> None:
    """Until nobody asks any more."""
    use(read_partnership(SUFFOLK))
    gc.collect()
    gc.freeze()  # what is imported is shared, not copied
    for line in sys.stdin:
        night = Night(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _have(night)
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(pid, flush=True)
        ended = os.waitpid(pid, 0)[1]
        signal = os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0
        print(json.dumps({"signal": signal, "code": ended >> 8}), flush=True)


def asked(night: Night) -> bytes:
    """The line that asks for it."""
    return json.dumps(asdict(night)).encode() + b"\n"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
