"""What a storage row may hold. Both stores keep these rules, so that a test in memory is honest.

Source of every number: Azure Table Storage, "Understanding the Table service data model" and
"Performing entity group transactions".
"""

import json
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from records.store.contract import (
    MAX_ENTITY_BYTES,
    MAX_OPERATIONS,
    MAX_TRANSACTION_BYTES,
    Create,
    Operation,
    Row,
    TooLarge,
    Value,
)
from records.store.long_strings import CHUNKED

MAX_KEY_LENGTH: Final = 500
"""Characters in a partition or row key. The storage takes 512."""
MAX_PROPERTIES: Final = 200
"""Values of a row. The storage takes 252 properties; our own two and chunks need the rest."""
TOKEN: Final = "token"  # noqa: S105  a property's name, no secret
"""The property in which a store marks its own write. Never part of `Row.values`."""

_KEY: Final = re.compile(r"[A-Za-z0-9._:@-]+", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,199}", re.ASCII)
_TABLE: Final = re.compile(r"[a-z][a-z0-9]{2,40}", re.ASCII)
_RESERVED: Final = frozenset({"partitionkey", "rowkey", "timestamp", "etag", TOKEN, CHUNKED})
_FIRST_YEAR: Final = 1601
_LOW, _HIGH = -(2**63), 2**63 - 1
# Headers, boundaries and the address of one operation inside a transaction's payload.
_OPERATION_OVERHEAD: Final = 2_048


class NotStorable(ValueError):
    """A key, name or value that no store takes. A fault of the caller; asking again cannot help."""


def is_key(key: str) -> bool:
    """Whether a row can have this key: 1 to 500 of `A-Z a-z 0-9 . _ : @ -`, never user text."""
    return len(key) <= MAX_KEY_LENGTH and _KEY.fullmatch(key) is not None


def check_table(table: str) -> None:
    """Refuse a table name that is not 3 to 41 lower-case letters and digits. Raises NotStorable."""
    if _TABLE.fullmatch(table) is None:
        raise NotStorable(f"{table!r} cannot be a table's name: lower-case letters and digits only")


def storable(row: Row) -> Row:
    """The row as every store keeps it: times in UTC, text without lone surrogates.

    Raises NotStorable for a key, name or value outside the rules, and TooLarge over 1 MiB or 200
    values. A lone half of a surrogate pair, which is no character, becomes U+FFFD.
    """
    for kind, key in (("partition", row.partition), ("row", row.key)):
        if not is_key(key):
            raise NotStorable(
                f"{key[:40]!r} cannot be a {kind} key: "
                f"1 to {MAX_KEY_LENGTH} of A-Z a-z 0-9 . _ : @ - are allowed"
            )
    values = {_name(name): _value(name, value) for name, value in row.values.items()}
    kept = Row(row.partition, row.key, MappingProxyType(values), row.etag)
    _check_size(kept)
    return kept


def storable_operations(operations: Sequence[Operation]) -> list[Operation]:
    """The operations with storable rows, ready for one transaction.

    Raises TooLarge over 100 operations or 4 MiB of payload, and NotStorable for two partitions,
    the same row twice, or a change of a row that was never read.
    """
    if len(operations) > MAX_OPERATIONS:
        raise TooLarge(
            f"{len(operations)} operations; one transaction takes at most {MAX_OPERATIONS}"
        )
    if len({operation.row.partition for operation in operations}) > 1:
        raise NotStorable("one transaction stays within one partition")
    if len({operation.row.key for operation in operations}) < len(operations):
        raise NotStorable("one transaction touches a row only once")
    kept: list[Operation] = []
    for operation in operations:
        if not isinstance(operation, Create):
            check_read(operation.row)
        kept.append(type(operation)(storable(operation.row)))
    _check_payload([operation.row for operation in kept])
    return kept


def check_read(row: Row) -> None:
    """Refuse a conditional write of a row without an etag. Raises NotStorable."""
    if not row.etag:
        raise NotStorable(f"{row.key[:40]!r} was never read, so it cannot be changed if unchanged")


def well_formed(text: str) -> str:
    """The text with U+FFFD in place of every lone half of a surrogate pair."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _name(name: str) -> str:
    if _NAME.fullmatch(name) is None or "__" in name or name.lower() in _RESERVED:
        raise NotStorable(f"{name[:40]!r} cannot be a value's name")
    return name


def _value(name: str, value: object) -> Value:
    # Subclasses such as enumerations come back as what they extend, so they are stored as that.
    match value:
        case bool():
            return value
        case int() if _LOW <= value <= _HIGH:
            return int(value)
        case float() if math.isfinite(value):
            return float(value) + 0.0  # -0.0 becomes 0.0: JSON on the other side drops the sign
        case str():
            return well_formed(str.__str__(value))
        case datetime() if value.utcoffset() is not None and value.year > _FIRST_YEAR:
            try:
                return value.astimezone(UTC)
            except OverflowError:
                raise NotStorable(f"{name}: a time after 9999 in UTC cannot be stored") from None
        case datetime():
            raise NotStorable(f"{name}: a time without a zone, or before 1602, cannot be stored")
        case _:
            raise NotStorable(f"{name}: {type(value).__name__} of this size cannot be stored")


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _bytes(row: Row) -> int:
    """Bytes of the row as the storage counts them; text takes two for each UTF-16 unit."""
    total = 4 + 2 * (len(row.partition) + len(row.key))
    for name, value in row.values.items():
        total += 8 + 2 * len(name) + (2 * _units(value) + 4 if isinstance(value, str) else 8)
    return total


def _check_size(row: Row) -> None:
    # The storage's own Timestamp, our token and the names of further chunks take their share.
    size = _bytes(row) + 2_048
    if size > MAX_ENTITY_BYTES:
        raise TooLarge(f"{row.key}: {size:,} bytes; a row takes at most {MAX_ENTITY_BYTES:,}")
    if len(row.values) > MAX_PROPERTIES:
        raise TooLarge(f"{row.key}: {len(row.values)} values; a row takes at most {MAX_PROPERTIES}")


def _check_payload(rows: Sequence[Row]) -> None:
    # JSON escapes make at most three bytes out of each stored one: only then count exactly.
    rough = sum(3 * _bytes(row) + _OPERATION_OVERHEAD for row in rows)
    if rough <= MAX_TRANSACTION_BYTES:
        return
    exact = sum(_payload(row) for row in rows)
    if exact > MAX_TRANSACTION_BYTES:
        raise TooLarge(
            f"{exact:,} bytes in one transaction; it takes at most {MAX_TRANSACTION_BYTES:,}"
        )


def _payload(row: Row) -> int:
    annotations = sum(len(name) + 32 for name in row.values)
    body = json.dumps(dict(row.values), default=str)
    return len(body) + annotations + _OPERATION_OVERHEAD
