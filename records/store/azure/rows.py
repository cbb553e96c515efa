"""A row as the library's entity, and back; and what the storage's answers mean.

Source: Azure Table Storage, table service error codes.
"""

import re
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from azure.core.exceptions import HttpResponseError
from azure.core.pipeline import PipelineResponse
from azure.data.tables import EdmType, EntityProperty, TableEntity

from records.store.contract import Row, StoreError, TooLarge, Unavailable, Value
from records.store.long_strings import join, split
from records.store.row_rules import TOKEN
from records.store.unsure_writes import RefusalKind, StorageRefusal

_REASON: Final = re.compile(r'"code"\s*:\s*"(\w+)"|<(?:\w+:)?code>(\w+)<', re.IGNORECASE)


class _AsText:
    """An answer that gives its body as plain text; in everything else the answer it was."""

    content_type: Final = "text/plain"

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)


def keep_xml_unread(response: PipelineResponse[Any, Any]) -> None:
    """A response hook for the library's client: a refusal in XML stays the text that it is.

    The gate of an account refuses in XML, and the library asks the element it reads for its
    truth, which Python 3.12 deprecates. The code, all that is wanted, is found without.
    """
    answer = response.http_response
    if answer.status_code >= 400 and "xml" in (answer.content_type or ""):
        response.http_response = _AsText(answer)


def translated(error: HttpResponseError) -> StoreError:
    """The answer as Refused, TooLarge, Unavailable, or StoreError for a fault of ours."""
    code = _code(error)
    number = re.match(r"(\d+):", error.message or "")
    index = int(number[1]) if number else None
    match error.status_code, code:
        case 404, "TableNotFound":
            return StorageRefusal(RefusalKind.NO_TABLE, index)
        case 404, "ResourceNotFound" | "EntityNotFound":
            return StorageRefusal(RefusalKind.MISSING, index)
        case 409, "EntityAlreadyExists" | "TableAlreadyExists":
            return StorageRefusal(RefusalKind.EXISTS, index)
        case 412, _:
            return StorageRefusal(RefusalKind.CHANGED, index)
        case (413, _) | (400, "EntityTooLarge" | "PropertyValueTooLarge"):
            return TooLarge(f"the storage refused this as too large ({code})")
        case 400, _:
            return StoreError(f"the storage refused this ({code})")
    return Unavailable(f"the storage answered {error.status_code} ({code or 'no reason'})")


def _code(error: HttpResponseError) -> str:
    known = getattr(error, "error_code", None)
    if known is None and error.response is not None:
        # The library leaves the answer to a refused insert unread, and we that in XML.
        found = _REASON.search(error.response.text())
        return (found[1] or found[2]) if found else ""
    return str(getattr(known, "value", known) or "")


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
