"""The form of a backup: JSON lines. A header, every row, every audit head, and a trailer.

A time is written as `{"at": ...}`; every other value is JSON's own, and no value of ours is an
object, so that each comes back as what it was. The trailer's digest covers every line before it,
which finds a file that was cut or damaged. Whoever alters one on purpose can write a new digest, so
the one that `export` shows belongs somewhere else.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from records.store.codec import SCHEMA
from records.store.contract import Row, Value

TRAILS: Final = "conversations"
FORM: Final = "learning-conversations backup"
VERSION: Final = 1
MAX_LINE: Final = 8 * 1_048_576
"""Bytes of a line. A row takes 1 MiB as the storage counts it, and less than four as JSON."""


class Unfit(Exception):
    """This file is no whole backup of ours. The message says why, in a line without content."""


@dataclass(frozen=True)
class Header:
    """The first line. `counts` are rows of each table when the export began: for a progress bar."""

    made: datetime
    counts: Mapping[str, int]
    schema: int = SCHEMA


@dataclass(frozen=True)
class BackupRow:
    """One row of a table. `size` is the bytes of its line."""

    table: str
    row: Row
    size: int = 0


@dataclass(frozen=True)
class Head:
    """Where the audit trail of a conversation ended when it was copied; with the `table` of those,
    a chain of reads of this name."""

    conversation: str
    sequence: int
    hash: str
    table: str = TRAILS


@dataclass(frozen=True)
class Trailer:
    """The last line: what is in the file, a digest of all heads, and one of all that is before."""

    counts: Mapping[str, int]
    conversations: int
    heads: str
    digest: str


Line = Header | BackupRow | Head | Trailer


class Writer:
    """Writes a backup line by line, and counts."""

    def __init__(self, to: BinaryIO, header: Header) -> None:
        self._to, self._sums = to, _Sums()
        self._add(
            _text(
                {
                    "backup": FORM,
                    "version": VERSION,
                    "schema": header.schema,
                    "made": header.made.isoformat(),
                    "counts": dict(header.counts),
                }
            )
        )

    def write(self, line: BackupRow | Head) -> None:
        """One more row or head. Raises OSError."""
        self._sums.note(line)
        if isinstance(line, Head):
            self._add(_text({_head_of(line.table): [line.conversation, line.sequence, line.hash]}))
        else:
            self._add(row_line(line))

    def close(self) -> Trailer:
        """Write the trailer. Without one, a file is no backup. Raises OSError."""
        end = self._sums.trailer()
        facts = {"counts": dict(end.counts), "conversations": end.conversations}
        self._add(_text({"end": facts | {"heads": end.heads, "digest": end.digest}}))
        return end

    def _add(self, text: bytes) -> None:
        self._sums.digest.update(text)
        self._to.write(text)


def row_line(one: BackupRow) -> bytes:
    """A row as its line, which ends with a line break."""
    values = {name: _plain(value) for name, value in one.row.values.items()}
    return _text({"row": [one.table, one.row.partition, one.row.key, values]})


def read_row(text: bytes) -> BackupRow:
    """What `row_line` wrote. Raises Unfit."""
    line = _parsed(text, 1)
    if not isinstance(line, BackupRow):
        raise Unfit(_altered(1))
    return line


def read(source: BinaryIO) -> Iterator[Line]:
    """Every line: first the header, last the trailer, which comes only if all before it is whole.

    Raises Unfit, at any line: what came before it may not be trusted until the trailer has come.
    """
    sums = _Sums()
    for number, text in enumerate(_lines(source)):
        line = _parsed(text, number)
        if isinstance(line, Header) is not (number == 0):
            raise Unfit("it does not begin as a backup of ours" if not number else _altered(number))
        if isinstance(line, Trailer):
            if line != sums.trailer() or next(_lines(source), b""):
                raise Unfit("its digest does not fit what is in it: it was altered or damaged")
            yield line
            return
        sums.digest.update(text)
        if not isinstance(line, Header):
            sums.note(line)
        yield line
    raise Unfit("it has no end: it was cut off")


class _Sums:
    """What the trailer says, as it grows."""

    def __init__(self) -> None:
        self.digest, self._heads = hashlib.sha256(), hashlib.sha256()
        self._counts: Counter[str] = Counter()
        self._conversations = 0

    def note(self, line: BackupRow | Head) -> None:
        if isinstance(line, BackupRow):
            self._counts[line.table] += 1
            return
        self._conversations += line.table == TRAILS
        name = line.conversation if line.table == TRAILS else f"{line.table}/{line.conversation}"
        self._heads.update(f"{name} {line.sequence} {line.hash}\n".encode())

    def trailer(self) -> Trailer:
        heads, digest = self._heads.hexdigest(), self.digest.hexdigest()
        return Trailer(dict(self._counts), self._conversations, heads, digest)


def _text(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _head_of(table: str) -> str:
    return "head" if table == TRAILS else f"{table}_head"


def _lines(source: BinaryIO) -> Iterator[bytes]:
    number = 0
    while True:
        try:
            text = source.readline(MAX_LINE)
        except EOFError as error:
            raise Unfit("it has no end: it was cut off") from error
        except (OSError, zlib.error) as error:
            raise Unfit(
                "it is damaged" if number else "it does not begin as a backup of ours"
            ) from error
        if not text:
            return
        yield text
        number += 1


def _altered(number: int) -> str:
    return f"line {number + 1} is not as we write it: it was altered or damaged"


def _parsed(text: bytes, number: int) -> Line:
    try:
        found: dict[str, Any] = json.loads(text)
        match found:
            case {"row": [str(table), str(partition), str(key), dict(values)]}:
                typed = {name: _value(value) for name, value in values.items()}
                return BackupRow(table, Row(partition, key, MappingProxyType(typed)), len(text))
            case {"head": [str(conversation), int(sequence), str(head)]}:
                return Head(conversation, sequence, head)
            case {"access_head": [str(chain), int(sequence), str(head)]}:
                return Head(chain, sequence, head, "access")
            case {"end": {"counts": dict(counts), "conversations": int(many)}}:
                return Trailer(counts, many, found["end"]["heads"], found["end"]["digest"])
            case {"backup": str(form)} if form == FORM:
                return _header(found)
    except (ValueError, KeyError, TypeError) as error:
        raise Unfit(_altered(number)) from error
    raise Unfit(_altered(number) if number else "it does not begin as a backup of ours")


def _header(facts: Mapping[str, Any]) -> Header:
    made, schema = datetime.fromisoformat(facts["made"]), int(facts["schema"])
    if int(facts["version"]) != VERSION or schema > SCHEMA + 1:
        raise Unfit("it was made by a newer version of this product: restore it with that one")
    return Header(made, dict(facts["counts"]), schema)


def _plain(value: Value) -> object:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"])
    if not isinstance(value, str | int | float):
        raise TypeError(type(value).__name__)
    return value
