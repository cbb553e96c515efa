"""A row as the library's entity, and back."""

from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from azure.data.tables import EdmType, EntityProperty, TableEntity

from records.chunks import join, split
from records.entities import TOKEN
from records.store import Row, Value


def to_entity(row: Row, token: str) -> dict[str, Any]:
    """The entity to write, marked with the token; integers over 32 bits carry their type."""
    entity: dict[str, Any] = {"PartitionKey": row.partition, "RowKey": row.key, TOKEN: token}
    for name, value in split(row.values).items():
        wide = type(value) is int and not -(2**31) <= value < 2**31
        entity[name] = (value, EdmType.INT64) if wide else value
    return entity


def to_row(entity: TableEntity) -> Row:
    """The row that was read, without the token; its times are aware and in UTC."""
    own = ("PartitionKey", "RowKey", TOKEN)
    properties = {name: _value(value) for name, value in entity.items() if name not in own}
    values = MappingProxyType(join(properties))
    return Row(entity["PartitionKey"], entity["RowKey"], values, etag_of(entity))


def _value(value: Any) -> Value:
    # The library's own kinds of integer and time stay below this floor.
    if isinstance(value, EntityProperty):
        return int(value.value)
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.time(), UTC)
    kept: Value = value
    return kept


def etag_of(entity: TableEntity) -> str:
    """The etag that the storage gave with the entity."""
    return str(entity.metadata["etag"])
