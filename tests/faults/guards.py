"""Guards of the delivery, each of which can be taken out, to see that the trial needs it.

Only the trial does this, to its own child processes, and `make guards`, to the tests it runs: the
product has no such switch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from azure.data.tables import UpdateMode

import bot.teams.teams_courier
import records.register.register
import records.store.azure.table
import scheduler.delivery.delivery
import scheduler.sweep
from bot.teams.connector import TeamsAnswered
from records.conversation.snapshot import Snapshot
from records.outbox import due
from records.outbox.due import is_lists
from records.outbox.prompt import State
from records.people import Reference
from records.register.register import Deed, Register
from records.store import unsure_writes
from records.store.azure.table import AzureTable
from records.store.contract import Changed, Create, Row, Store
from records.store.memory import MemoryStore
from scheduler.delivery.courier import Refused, Unreachable
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.lines import FRESH, Reading
from scheduler.delivery.opening import Opening
from scheduler.delivery.outbox import Outbox, OutboxRow


def _if_match() -> None:
    """An update or a delete is made whatever has become of the row since it was read."""
    original = AzureTable.send

    async def send(
        self: AzureTable, writes: Sequence[unsure_writes.Write], token: str
    ) -> unsure_writes.Etags:
        # `If-Match: *` asks for no more than a row that is there.
        blind = [
            one
            if isinstance(one, Create | unsure_writes.Put)
            else replace(one, row=replace(one.row, etag="*"))
            for one in writes
        ]
        return await original(self, blind, token)

    def check_same(self: MemoryStore, table: str, rows: Mapping[str, Row], row: Row) -> None:
        if row.key not in rows:
            raise Changed(table, row.partition, row.key)

    AzureTable.send = send  # type: ignore[method-assign]  # taken out on purpose
    MemoryStore._check_same = check_same  # type: ignore[method-assign]  # on purpose


def _token_compare() -> None:
    """After a write without an answer, or a conflict, nobody looks whose row is there."""

    async def nobody_looks(*_: object, **__: object) -> None:
        return None

    unsure_writes._look = nobody_looks  # type: ignore[assignment]  # taken out on purpose


def _intent() -> None:
    """A message is claimed, and nothing says before it is posted that it is about to be."""
    original = Outbox.change

    async def change(self: Outbox, entry: OutboxRow, **changes: object) -> OutboxRow:
        if changes.get("state") is not State.SENDING:
            return await original(self, entry, **changes)
        claimed = await original(self, entry, **changes | {"state": State.CLAIMED})
        return replace(claimed, prompt=claimed.prompt.model_copy(update=changes))

    Outbox.change = change  # type: ignore[method-assign]  # taken out on purpose


def _lease() -> None:
    """No claim keeps anybody away: its lease counts as over at once."""
    original = Deliverer._before

    async def before(self: Deliverer, entry: OutboxRow, pointer: Any) -> Any:
        over = entry.prompt.model_copy(update={"lease_until": None})
        return await original(self, replace(entry, prompt=over), pointer)

    Deliverer._before = before  # type: ignore[method-assign]  # taken out on purpose


def _still_owed() -> None:
    """What was owed once is sent, whatever has happened since."""

    def owed(timetable: Any, file: Any, prompt: str) -> Any:
        found = file.prompts.get(prompt) if file else None
        return found[0] if found else None

    scheduler.delivery.delivery.owed_now = owed  # taken out on purpose


def _dedupe() -> None:
    """The same submission counts as a new one."""
    original = Register.apply

    async def apply(self: Register, key: str, deed: Deed, *more: Any, **named: Any) -> Snapshot:
        return await original(self, key, replace(deed, submission=""), *more, **named)

    Register.apply = apply  # type: ignore[method-assign,assignment]  # on purpose


def _clock() -> None:
    """A clock may be off by a day."""
    scheduler.sweep.MAX_SKEW = timedelta(days=1)  # type: ignore[misc]  # taken out on purpose


class _Over(Create):
    """A create that overwrites what is there."""


def _create_only() -> None:
    """A transaction writes every prompt that is owed, also over one that is there."""
    step, check, original = records.store.azure.table._step, MemoryStore._check, Register._commit

    async def commit(self: Register, file: Snapshot, *more: Any) -> Snapshot:
        done = await original(self, replace(file, prompts={}, unreadable={}), *more)
        return replace(done, prompts=file.prompts | done.prompts, unreadable=file.unreadable)

    def create(row: Row) -> Create:
        return _Over(row) if row.key.startswith("prompt-") else Create(row)

    def over(write: unsure_writes.Write, token: str) -> Any:
        name, entity, options = step(write, token)
        if not isinstance(write, _Over):
            return name, entity, options
        return "upsert", entity, {"mode": UpdateMode.REPLACE}

    def checked(self: MemoryStore, table: str, rows: Any, operation: Any) -> None:
        if not isinstance(operation, _Over):
            check(self, table, rows, operation)

    Register._commit = commit  # type: ignore[method-assign]  # taken out on purpose
    records.register.register.Create = create  # type: ignore[assignment,misc]  # so is this
    records.store.azure.table._step = over  # and this
    MemoryStore._check = checked  # type: ignore[method-assign]  # and this


def _lists_pointer() -> None:
    """Nothing says before a change that its lists are to do."""
    original = due.point

    async def point(store: Store, to: due.Pointer) -> None:
        if not is_lists(to):
            await original(store, to)

    due.point = point  # taken out on purpose


def _whose_fault() -> None:
    """What is the deployment's fault counts as that of whoever was written to."""
    original = bot.teams.teams_courier.meaning

    def meaning(answered: TeamsAnswered, to: Reference) -> Any:
        found = original(answered, to)
        return found if isinstance(found, Refused) else Unreachable("refused", answered.status)

    bot.teams.teams_courier.meaning = meaning  # taken out on purpose


def _opening() -> None:
    """Whoever finds somebody without a chat opens one, whatever another copy does."""

    async def claim(self: Opening, key: str) -> Row:
        row = Row("opening", key, {"at": self._clocks.system()})
        return await self._store.put("people", row)

    async def give_back(self: Opening, mine: Row) -> None:
        await self._store.delete("people", mine.partition, mine.key)

    Opening._claim = claim  # type: ignore[method-assign,assignment]  # taken out on purpose
    Opening._give_back = give_back  # type: ignore[method-assign]  # on purpose


def _as_read() -> None:
    """A conversation that was read for one message is taken to be so for those that follow."""

    async def holds(self: Reading, file: Snapshot) -> bool:
        return self._monotonic() - self._at < FRESH

    Reading._holds = holds  # type: ignore[method-assign]  # taken out on purpose


GUARDS: Final[Mapping[str, Callable[[], None]]] = {
    "if-match": _if_match,
    "token-compare": _token_compare,
    "intent": _intent,
    "lease": _lease,
    "still-owed": _still_owed,
    "dedupe": _dedupe,
    "create-only": _create_only,
    "clock": _clock,
    "lists-pointer": _lists_pointer,
    "whose-fault": _whose_fault,
    "opening": _opening,
    "as-read": _as_read,
}


def without(guard: str) -> None:
    """Take a guard out of this process: `off-<name>`, or nothing. Raises KeyError."""
    if guard:
        GUARDS[guard.removeprefix("off-")]()
