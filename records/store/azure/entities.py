"""A row as the entity that the table service takes in JSON, and back.

Source: Azure Table Storage, "Payload format for table service operations" and "Understanding the
table service data model": what JSON has no kind for carries its type in a property beside it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, TypeGuard
from urllib.parse import quote

from azure.data.tables import EdmType

from records.store.contract import Row, Value
from records.store.long_strings import join, split
from records.store.row_rules import TOKEN

Entity = Mapping[str, Any]
ETAG: Final = "odata.etag"
KEYS: Final = ("PartitionKey", "RowKey")
_TYPE: Final = "@odata.type"
_OWN: Final = frozenset({"PartitionKey", "RowKey", "Timestamp", TOKEN})


def encoded(row: Row, token: str) -> bytes:
    """The entity to write, marked with the token."""
    entity: dict[str, Any] = {"PartitionKey": row.partition, "RowKey": row.key, TOKEN: token}
    for name, value in split(row.values).items():
        match value:
            case bool() | str():
                entity[name] = value
            case datetime():
                entity[name] = value.astimezone(UTC).isoformat().replace("+00:00", "Z")
                entity[name + _TYPE] = "Edm.DateTime"
            case float():
                entity[name] = value
                entity[name + _TYPE] = "Edm.Double"
            case _ if -(2**31) <= value < 2**31:
                entity[name] = value
            case _:
                entity[name] = str(value)
                entity[name + _TYPE] = "Edm.Int64"
    return json.dumps(entity, separators=(",", ":")).encode()


def for_library(row: Row, token: str) -> dict[str, Any]:
    """The same as the library takes it, which encodes it itself."""
    entity: dict[str, Any] = {"PartitionKey": row.partition, "RowKey": row.key, TOKEN: token}
    for name, value in split(row.values).items():
        wide = type(value) is int and not -(2**31) <= value < 2**31
        entity[name] = (value, EdmType.INT64) if wide else value
    return entity


def to_row(entity: Entity) -> Row:
    """The row that was read, without the token; its times are aware and in UTC.

    What was selected and is not there comes as null, and is no value. Raises ValueError for what
    is no entity of ours, which quotes nothing of it.
    """
    try:
        values = {
            name: _value(value, entity.get(name + _TYPE))
            for name, value in entity.items()
            if value is not None and name not in _OWN and "odata." not in name
        }
        found = Row(
            entity["PartitionKey"],
            entity["RowKey"],
            MappingProxyType(join(values)),
            entity[ETAG],
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise ValueError(f"no entity: {type(error).__name__}") from None
    return found


def decoded(body: bytes) -> Entity:
    """The entity in an answer. Raises ValueError."""
    found = _read(body)
    if not _is_entity(found):
        raise ValueError("an answer that is no entity")
    return found


def decoded_page(body: bytes) -> Sequence[Entity]:
    """The entities in the answer to a query. Raises ValueError."""
    found = _read(body)
    page = found.get("value") if isinstance(found, dict) else None
    if not isinstance(page, list) or not all(map(_is_entity, page)):
        raise ValueError("an answer that is no page")
    return page


def address_of(table: str, partition: str, key: str) -> str:
    """Where an entity is. Its keys are as `is_key` has them."""
    return f"{table}(PartitionKey='{quote(partition, '')}',RowKey='{quote(key, '')}')"


def _read(body: bytes) -> Any:
    """What an answer says in JSON. Raises ValueError, which quotes nothing of it."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"an answer that is no JSON: {type(error).__name__}") from None


def _is_entity(found: Any) -> TypeGuard[Entity]:
    """Whether it has the keys and the etag that every entity has, whatever was selected of it."""
    return isinstance(found, dict) and all(
        isinstance(found.get(name), str) and found[name] for name in (*KEYS, ETAG)
    )


def _value(value: Any, kind: str | None) -> Value:
    match kind:
        case "Edm.DateTime":
            return datetime.fromisoformat(value)
        case "Edm.Int64":
            return int(value)
        case "Edm.Double":
            return float(value)
        # A kind that is none of ours was written by somebody else's hand: it stays as its text.
        case _ if isinstance(value, str | int | float):
            return value
    raise ValueError(f"a property of another kind: {kind}")
