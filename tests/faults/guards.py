"""Guards of the delivery, each of which can be taken out, to see that the trial needs it.

Only the trial does this, to its own child processes: the product has no such switch.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import records.register
import scheduler.delivery
from records import settle
from records.prompt import State
from records.store import Create, Update
from records.tables import store as tables
from records.tables.table import AzureTable
from scheduler.outbox import Outbox


def _if_match() -> None:
    """Every update overwrites whatever is there."""
    original = AzureTable.send

    async def send(self: AzureTable, writes: Any, token: str) -> Any:
        blind = [settle.Put(one.row) if isinstance(one, Update) else one for one in writes]
        if len(blind) > 1:
            return await original(self, writes, token)
        return await original(self, blind, token)

    AzureTable.send = send  # type: ignore[method-assign]  # taken out on purpose


def _token_compare() -> None:
    """After a write without an answer nobody looks whose row is there: it counts as a failure."""

    async def settled(table: Any, writes: Any) -> Any:
        etags = await settle.twice(lambda: table.send(writes, "0"))
        return [replace(one.row, etag=etags.get(one.row.key, "")) for one in writes]

    tables.settle = settled  # taken out on purpose


def _intent() -> None:
    """Nothing is written down before a message is posted."""
    original = Outbox.change

    async def change(self: Outbox, entry: Any, **changes: Any) -> Any:
        if changes.get("state") is State.SENDING:
            return replace(entry, prompt=entry.prompt.model_copy(update=changes))
        return await original(self, entry, **changes)

    Outbox.change = change  # type: ignore[method-assign]  # taken out on purpose


def _lease() -> None:
    """A claim of somebody else's is taken over at once."""
    original = scheduler.delivery.Deliverer._before

    async def before(self: Any, entry: Any, pointer: Any) -> Any:
        prompt = entry.prompt
        if prompt.state is State.CLAIMED:
            return None
        return await original(self, entry, pointer)

    scheduler.delivery.Deliverer._before = before  # type: ignore[method-assign]  # on purpose


def _still_owed() -> None:
    """What was owed once is sent, whatever has happened since."""

    def owed(timetable: Any, file: Any, prompt: str) -> Any:
        found = file.prompts.get(prompt) if file else None
        return found[0] if found else None

    scheduler.delivery.owed_now = owed  # taken out on purpose


def _dedupe() -> None:
    """The same submission counts as a new one."""
    records.register.REMEMBERED = 0  # type: ignore[misc]  # taken out on purpose


def _create_only() -> None:
    """A transaction may overwrite a prompt that is there."""

    def missing(self: Any, fresh: Any, there: Any) -> Any:
        owed = self.timetable.owed(fresh)
        return [records.register.Prompt.of(one, fresh.id) for one in owed]

    def put(row: Any) -> Any:
        return settle.Put(row)

    records.register.Register._missing = missing  # type: ignore[method-assign]  # on purpose
    records.register.Create = lambda row: (  # type: ignore[assignment,misc]  # on purpose
        put(row) if row.key.startswith("prompt-") else Create(row)
    )


GUARDS: Final[Mapping[str, Callable[[], None]]] = {
    "if-match": _if_match,
    "token-compare": _token_compare,
    "intent": _intent,
    "lease": _lease,
    "still-owed": _still_owed,
    "dedupe": _dedupe,
    "create-only": _create_only,
}


def without(guard: str) -> None:
    """Take a guard out of this process: `off-<name>`, or nothing. Raises KeyError."""
    if guard:
        GUARDS[guard.removeprefix("off-")]()
