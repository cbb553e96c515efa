"""Records to stored values and back: one property a field, so that a list can select what it needs.

Plain fields are stored as they are; anything nested is JSON under `<field>_json`. Every entity
carries `schema`, the newest version that has written it. Two versions can run side by side: a
field missing from an entity takes its default, and what a newer version put there, which we do not
know, is carried in the record and written back as it was, at any depth. What an older version put
there and we no longer know goes at the next write.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from records.store.contract import Row, StoreError, Value

SCHEMA: Final = 2
log = logging.getLogger(__name__)
Model = TypeVar("Model", bound=BaseModel)


class Unreadable(StoreError):
    """A row that is no record of its kind: damaged, or written by a version that knows more.

    `partition` and `key` are ids; what the row holds stays out of the message.
    """

    def __init__(self, kind: str, partition: str, key: str) -> None:
        super().__init__(f"{partition}/{key} is no {kind}")
        self.kind, self.partition, self.key = kind, partition, key


def to_values(model: BaseModel) -> dict[str, Value]:
    """The stored form of a record, with what it carries of a newer version.

    None is left out: storage drops it anyway.
    """
    values: dict[str, Value] = {"schema": SCHEMA, **(model.model_extra or {})}
    plain = model.model_dump(mode="json")
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Enum):
            values[name] = str(value.value)
        elif isinstance(value, str | int | float | datetime):
            values[name] = value
        elif value is not None:
            values[f"{name}_json"] = json.dumps(plain[name], ensure_ascii=False)
    return values


def from_values(kind: type[Model], values: Mapping[str, Value]) -> Model:
    """The record. Raises pydantic.ValidationError where the entity is not one."""
    fields: dict[str, Any] = {}
    newer, known = is_newer(values), kind.model_fields
    for name, value in values.items():
        bare = name.removesuffix("_json")
        if name in known:
            fields[name] = value
        elif bare in known and isinstance(value, str):
            fields[bare] = json.loads(value)
        elif newer:
            fields[name] = value
    return kind.model_validate(fields, extra="allow" if newer else "ignore")


def is_newer(values: Mapping[str, Value]) -> bool:
    """Whether a version that knows more than ours has written this entity."""
    schema = values.get("schema")
    return isinstance(schema, int) and schema > SCHEMA


def read(kind: type[Model], row: Row) -> Model:
    """The record in a row. Raises Unreadable."""
    try:
        return from_values(kind, row.values)
    except ValueError:
        # Not chained: a validation error quotes what somebody wrote, and would end in a log.
        raise Unreadable(kind.__name__, row.partition, row.key) from None


def read_or_pass(kind: type[Model], row: Row) -> Model | None:
    """The record, or None where it cannot be read, with a line in the log: for lists."""
    try:
        return read(kind, row)
    except Unreadable as error:
        tell(error)
        return None


OF_NOBODY: Final = frozenset(
    {
        "AccessHead",
        "AccessLine",
        "Answers",
        "AuditLine",
        "Conversation",
        "Erasure",
        "Pointer",
        "Prompt",
        "Quote",
        "Shown",
        "ToClose",
    }
)
"""Kinds of rows whose keys hold nobody's key: conversations' ids, days, views and hashes."""
OF_CONVERSATIONS: Final = frozenset({"Draft", "ListEntry"})
"""Kinds that stand under somebody's key, or a view's, by a conversation's id."""
A_KEY: Final = re.compile(r"[0-9a-f]{32}")
SOMEBODYS: Final = "somebody's"
"""What the log says in place of a key of a person or of an address."""


def tell(error: Unreadable) -> None:
    """Log which row cannot be read: ids of nobody, and nothing of what it holds."""

    def shown(part: str) -> str:
        theirs = error.kind not in OF_NOBODY and A_KEY.search(part)
        return A_KEY.sub(SOMEBODYS, part) if theirs else part

    row = error.key if error.kind in OF_CONVERSATIONS else shown(error.key)
    where = {"kind": error.kind, "partition": shown(error.partition), "row": row}
    log.error("row unreadable", extra={"action": "row_unreadable", **where})
