"""The ledger of erasures: what has been erased, kept outside the tables, without a name or an id.

A file of JSON lines. The first holds a random key; each other one an erasure: when, why, and
digests under that key of whose it was, so that it is found again in a backup made before it. Each
line is chained to the one before. Whoever has the file can try a guess ("was this address erased?")
and learn no more. Lines are only added.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from records.people import Participant, PersonKey, mail_key
from records.retention.holds import Of
from records.rights.erasures import Erasure, keep
from records.store.contract import Store

FORM: Final = "learning-conversations erasures"
VERSION: Final = 1
KEY_BYTES: Final = 32


class BadLedger(Exception):
    """This is no whole ledger of ours. The message says why, in a line without content."""


class LedgerPlace(Protocol):
    """Where the ledger is. Raises OSError where it cannot be read or written."""

    async def read(self) -> bytes | None:
        """All of it; None where there is none."""
        ...

    async def append(self, line: bytes, after: int) -> None:
        """Add a line to one of so many bytes, made if that is none. Raises OSError, also where
        somebody else was quicker."""
        ...


@dataclass(frozen=True)
class LedgerEntry:
    """One erasure. `digests` are of a conversation's id, or of a person's keys and addresses."""

    id: str
    at: datetime
    of: Of
    reason: str
    digests: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """All of it, as it was read. `size` is its bytes, `head` the hash of its last line."""

    key: bytes
    entries: tuple[LedgerEntry, ...] = ()
    size: int = 0
    head: str = ""

    def digest(self, kind: str, value: str) -> str:
        """What stands for a value of this kind."""
        text = f"{kind}:{value}".encode()
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()

    def of_conversation(self, key: str) -> str:
        """What stands for a conversation."""
        return self.digest("conversation", key)

    def of_key(self, key: str) -> str:
        """What stands for somebody's key."""
        return self.digest("key", key)

    def of_mail(self, address: str) -> str:
        """What stands for an address, whichever way it is written."""
        return self.digest("mail", mail_key(address))

    def has(self, which: str) -> bool:
        """Whether an erasure with this id is in it."""
        return any(one.id == which for one in self.entries)

    def is_them(self, entry: LedgerEntry, one: Participant) -> bool:
        """Whether somebody named is the one of this entry: by who they are where that is known,
        else by the address they are named by."""
        if one.key:
            return self.of_key(one.key) in entry.digests
        return bool(one.mail.strip()) and self.of_mail(one.mail) in entry.digests

    def is_their_row(self, entry: LedgerEntry, keys: Iterable[PersonKey]) -> bool:
        """Whether these are the keys of the one of this entry."""
        return any(self.of_key(key) in entry.digests for key in keys)


def digests_of(ledger: Ledger, one: Erasure) -> tuple[str, ...]:
    """What an entry holds of whose it is."""
    if one.of is Of.CONVERSATION:
        return tuple(map(ledger.of_conversation, one.conversations))
    found = (*map(ledger.of_key, one.keys), *map(ledger.of_mail, one.mails))
    return tuple(dict.fromkeys(found))


async def read_ledger(place: LedgerPlace) -> Ledger | None:
    """The ledger that is there, or None. Raises BadLedger and OSError."""
    text = await place.read()
    return None if text is None else parsed(text)


async def begun(place: LedgerPlace, key: bytes) -> Ledger:
    """The ledger that is there, or a new one with this key. Raises BadLedger and OSError."""
    there = await read_ledger(place)
    if there is not None:
        return there
    first = {"ledger": FORM, "version": VERSION, "key": key.hex()}
    await place.append(_line(first, ""), 0)
    there = await read_ledger(place)
    if there is None:
        raise BadLedger("what was written is not there")
    return there


async def note(place: LedgerPlace, ledger: Ledger, one: Erasure) -> Ledger:
    """The ledger with this erasure; the same one where it has it. Raises OSError."""
    if ledger.has(one.id):
        return ledger
    facts = {
        "id": one.id,
        "at": one.at.astimezone(UTC).isoformat(),
        "of": str(one.of),
        "reason": one.reason,
        "digests": list(digests_of(ledger, one)),
    }
    await place.append(_line(facts, ledger.head), ledger.size)
    there = await read_ledger(place)
    if there is None or not there.has(one.id):
        raise BadLedger("what was written is not there")
    return there


async def entered(place: LedgerPlace, store: Store, one: Erasure) -> Erasure:
    """The erasure once the ledger has it, which its row says. Raises BadLedger, OSError and
    StoreError."""
    ledger = await begun(place, secrets.token_bytes(KEY_BYTES))
    await note(place, ledger, one)
    return await keep(store, one.model_copy(update={"ledgered": True}))


def parsed(text: bytes) -> Ledger:
    """The ledger in these bytes, every line of it looked at. Raises BadLedger."""
    lines = text.splitlines(keepends=True)
    if not lines:
        raise BadLedger("it is empty")
    entries, head, key = list[LedgerEntry](), "", b""
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            raise BadLedger(f"line {number} was cut off")
        facts = _checked(line, number, head)
        try:
            if number == 1:
                key = _key(facts)
            else:
                entries.append(_entry(facts))
        except (KeyError, TypeError, ValueError) as error:
            raise BadLedger(f"line {number} is not as we write it") from error
        head = str(facts["hash"])
    return Ledger(key, tuple(entries), len(text), head)


def _key(facts: dict[str, Any]) -> bytes:
    if facts["ledger"] != FORM or facts["version"] != VERSION:
        raise ValueError(facts["ledger"])
    key = bytes.fromhex(facts["key"])
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    return key


def _entry(facts: dict[str, Any]) -> LedgerEntry:
    digests: Sequence[Any] = facts["digests"]
    return LedgerEntry(
        id=str(facts["id"]),
        at=datetime.fromisoformat(facts["at"]),
        of=Of(facts["of"]),
        reason=str(facts["reason"]),
        digests=tuple(map(str, digests)),
    )


def _line(facts: dict[str, Any], before: str) -> bytes:
    chained = {**facts, "before": before}
    return _text({**chained, "hash": _hash(chained)})


def _checked(line: bytes, number: int, before: str) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads(line)
        told = facts["hash"]
        bare = {name: value for name, value in facts.items() if name != "hash"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadLedger(f"line {number} is not as we write it") from error
    if told != _hash(bare) or facts.get("before") != before:
        raise BadLedger(f"line {number} was changed, or one before it was taken out")
    return facts


def _hash(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_text(facts)).hexdigest()


def _text(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True).encode() + b"\n"
