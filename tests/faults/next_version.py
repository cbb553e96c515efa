"""The next version of the product, as far as its records go: a schema of one more, and one more
field in what is kept, at two depths. Only a trial makes it, in a child process of its own.

Every row that such a process writes has a `moon`, drawn when the field is first set and then never
again; `moons.log` says which rows were written with which. So a row with two of them, or with none
at the end, was written by an older process that dropped what it did not know.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import records.conversation.snapshot
import records.store.codec
from records.conversation.conversation import Conversation
from records.outbox.prompt import Prompt
from records.people import Participant
from records.store import unsure_writes
from records.store.azure.table import AzureTable
from records.store.contract import Row, Value
from tests.faults.logbook import lines

KEPT: Final[tuple[type[BaseModel], ...]] = (Conversation, Prompt)
LOG: Final = "moons.log"
_drawn: dict[tuple[str, str], str] = {}


def become_the_next(log: Path) -> None:
    """Patch this process. `log` is the file for what it writes."""
    records.store.codec.SCHEMA += 1  # type: ignore[misc]  # the next version's own
    for model in (Participant, *KEPT):
        model.model_fields["moon"] = FieldInfo(annotation=str, default="")
        model.__annotations__["moon"] = str
    for model in (Participant, *KEPT):
        model.model_rebuild(force=True)
    original = records.store.codec.to_values

    def to_values(model: BaseModel) -> dict[str, Value]:
        return original(_with_a_moon(model) if isinstance(model, KEPT) else model)

    for module in (records.store.codec, records.conversation.snapshot):
        module.to_values = to_values  # type: ignore[attr-defined]  # patched on purpose
    _log_what_is_written(log)


def _with_a_moon(model: Any) -> BaseModel:
    # A process that writes a row twice without reading it in between means the same moon.
    drawn = _drawn.setdefault((getattr(model, "conversation", ""), model.id), uuid4().hex)
    moon = model.moon or drawn
    changes: dict[str, object] = {"moon": moon}
    if isinstance(model, Conversation):
        people: tuple[Any, ...] = model.people
        changes["people"] = tuple(
            one if one.moon else one.model_copy(update={"moon": moon}) for one in people
        )
    changed: BaseModel = model.model_copy(update=changes)
    return changed


def _log_what_is_written(log: Path) -> None:
    send = AzureTable.send
    book = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def noting(
        self: AzureTable, writes: Sequence[unsure_writes.Write], token: str
    ) -> unsure_writes.Etags:
        etags = await send(self, writes, token)
        for write in writes:
            if moon := write.row.values.get("moon"):
                os.write(book, f"{write.row.partition} {write.row.key} {moon}\n".encode())
        return etags

    AzureTable.send = noting  # type: ignore[method-assign]  # patched on purpose


def dropped(folder: Path) -> list[str]:
    """Rows that lost something that the next version had written; `rows.jsonl` says what is there
    at the end."""
    log = folder / LOG
    moons: dict[str, set[str]] = {}
    for line in log.read_text().splitlines() if log.exists() else ():
        row, _, moon = line.rpartition(" ")
        moons.setdefault(row, set()).add(moon)
    there = {one["row"]: one for one in lines(folder, "rows")}
    return [row for row, seen in moons.items() if row in there and _is_poorer(there[row], seen)]


def _is_poorer(row: dict[str, Any], seen: set[str]) -> bool:
    return seen != {row["moon"]} or not set(row["inside"]) <= seen


def facts(row: Row) -> dict[str, Any]:
    """What `rows.jsonl` says of a row."""
    people = json.loads(str(row.values.get("people_json", "[]")))
    return {
        "row": f"{row.partition} {row.key}",
        "moon": row.values.get("moon", ""),
        "schema": row.values.get("schema"),
        "inside": [one.get("moon", "") for one in people],
    }
