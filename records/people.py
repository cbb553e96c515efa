"""Who acts, who is named, and how a person can be reached; long, as all of it is small."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Final, NewType

from pydantic import BaseModel, ConfigDict, Field

from records import mail_address

PersonKey = NewType("PersonKey", str)
"""The key of an identity: a hash, so that it carries no name and no mail address."""

NOBODY: Final = PersonKey("")


def person_key(tenant: str, object_id: str) -> PersonKey:
    """The key that an identity in Teams has everywhere in the store: tenant and object id.

    Capitals do not count. Rights, drafts and own lists hang on it, never on an address. An
    identity of another kind begins with a word of its own before it is hashed, such as `mail:`, and
    so can never be one of these.
    """
    return PersonKey(sha256(f"{tenant}|{object_id}".casefold().encode()).hexdigest()[:32])


def key_as_written(tenant: str, object_id: str) -> PersonKey:
    """The key that was made where capitals still counted: an alias, until it is moved."""
    return _hashed(f"{tenant}|{object_id}")


def mail_key(address: str) -> str:
    """The key of a mailbox, whichever way its address is written.

    What is no address is kept under what it says.
    """
    return _hashed(_normal(address) or address.strip().casefold())


def mail_key_as_written(address: str) -> str:
    """The key that was made of capitals and space alone: an alias, until it is moved."""
    return _hashed(address.strip().casefold())


def same_mail(one: str, other: str) -> bool:
    """Whether two addresses are the same mailbox. Empty is nobody's, nor is what is no address."""
    return bool(_normal(one)) and _normal(one) == _normal(other)


def is_among(address: str, mails: Iterable[str]) -> bool:
    """Whether it is one of these mailboxes."""
    return any(same_mail(address, mail) for mail in mails)


@lru_cache(maxsize=10_000)
def _normal(address: str) -> str:
    return mail_address.normal(address)


def _hashed(text: str) -> PersonKey:
    return PersonKey(sha256(text.encode()).hexdigest()[:32])


class Frozen(BaseModel):
    """Base of every record: immutable, and it carries what `records.store.codec` found in its
    entity of a newer version."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Reference(Frozen):
    """Where a person or channel can be written to. Source: Bot Framework conversation reference."""

    service_url: str
    conversation_id: str
    tenant: str
    bot_id: str = ""
    bot_name: str = ""
    user_id: str = ""


class Person(Frozen):
    """Somebody who has the app, as the platform's own member lookup has them.

    `mails` are the addresses it gave when it was last asked, at `mails_at` (mail and sign-in name);
    `guest` says that their account is another tenant's. `reachable` turns false when a send was
    refused for good and true again at the next install or message; `gone_at` is when the app was
    last removed. `unknown_at` is when the platform said that there is no such account, until it
    says otherwise. `former` are keys under which they are still kept here and there. `secret` is
    made at their first act and goes with their row: by it alone is known whose a `mark` is.
    """

    key: PersonKey
    tenant: str
    object_id: str
    name: str
    mails: tuple[str, ...] = ()
    mails_at: datetime | None = None
    guest: bool = False
    reference: Reference | None = None
    reachable: bool = True
    gone_at: datetime | None = None
    unknown_at: datetime | None = None
    former: tuple[PersonKey, ...] = ()
    secret: str = Field(default="", repr=False)
    welcomed_at: datetime | None = None
    seen_at: datetime | None = None
    # Remembered so that a second request is quicker to fill in.
    contact: str = ""
    team: str = ""
    agency: str = ""
    manager_name: str = ""
    manager_mail: str = ""

    @property
    def has_account(self) -> bool:
        """Whether they are somebody still, as far as is known: then their addresses are theirs,
        also while Teams does not reach them."""
        return self.reachable or self.unknown_at is None

    @property
    def mark(self) -> str:
        """What stands for them in audit trails, in the chain of reads and in logs.

        Without the secret nobody can say whose it is, nor make another one; empty before their
        first act.
        """
        known = person_key(self.tenant, self.object_id).encode()
        return hmac.digest(self.secret.encode(), known, "sha256").hex()[:32] if self.secret else ""

    @property
    def keys(self) -> tuple[PersonKey, ...]:
        """The key they have now, and those that they had."""
        return self.key, *self.former


LONGEST_NAME: Final = 256
"""Characters of a display name. Source: Microsoft Graph, user resource, `displayName`."""
READ_AGAIN: Final = timedelta(days=1)
"""After which the platform is asked for somebody's addresses again."""


@dataclass(frozen=True)
class Addresses:
    """What the platform says of somebody: addresses, name, and whether they are a guest there."""

    mails: tuple[str, ...] = ()
    name: str = ""
    guest: bool = False


@dataclass(frozen=True)
class Visit:
    """Somebody who was here, as the platform has it; `at` is when, where it says so.

    What happened before they removed the app, or by it, brings nobody back.
    """

    key: PersonKey
    tenant: str
    object_id: str
    name: str
    now: datetime
    reference: Reference | None
    addresses: Addresses | None = None
    at: datetime | None = None

    def noted(self, known: Person | None) -> Person:
        """Their row with what is new of them, and the day."""
        base = known or Person(
            key=self.key, tenant=self.tenant, object_id=self.object_id, name=self.name
        )
        changes: dict[str, object] = {"name": self.name or base.name}
        if not base.secret:
            changes["secret"] = secrets.token_hex(32)  # Holds once their row is written with it.
        if self.addresses is not None and self.addresses.mails:
            changes |= {"mails": self.addresses.mails, "guest": self.addresses.guest}
        if self.addresses is not None and is_old(base, self.now):
            changes["mails_at"] = self.now
        if self.addresses is not None:
            changes["unknown_at"] = None
        removed = base.gone_at
        late = self.at is not None and removed is not None and self.at <= removed
        if self.reference is not None and not late:
            changes |= {"reference": self.reference, "reachable": True}
        fresh = base.model_copy(update=changes)
        # A day's precision is enough, and saves a write at every tap.
        stale = base.seen_at is None or (self.now - base.seen_at).days >= 1
        return fresh.model_copy(update={"seen_at": self.now}) if stale or fresh != base else base


def is_old(person: Person, now: datetime) -> bool:
    """Whether the platform was last asked for their addresses over a day ago, or never; or knew
    no such account, while they are here."""
    read_at = person.mails_at
    return read_at is None or person.unknown_at is not None or now - read_at > READ_AGAIN


def has_removed_it(person: Person) -> bool:
    """Whether they removed the app and are not back: then their chat is closed to us, and a lookup
    that fails says nothing of their account."""
    removed, seen = person.gone_at, person.seen_at
    return removed is not None and (seen is None or seen <= removed)


class Attending(StrEnum):
    """Whether somebody named will come; the form's "attending"."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Part(StrEnum):
    """How somebody came to be named."""

    REQUESTER = "requester"
    MANAGER = "manager"
    NURSE = "nurse"
    OTHER = "other"
    FACILITATOR = "facilitator"
    SUBSTITUTE = "substitute"


class Participant(Frozen):
    """Somebody named in a conversation. `id` is unique within it and never reused.

    `key` is who they are, once that is certain: at once where the platform told us who acts, else
    from the moment when one person alone has their address (`records.conversation.binding`). Until
    then they are an address, and nobody acts as them. Somebody who `left` stays in the record;
    `joined` is since when somebody has another's place (`records.conversation.replacing`),
    `named_by` the id of who named them for it. `tenant` is the one in which the address counts,
    where a setting lists it; empty is any that is served.
    """

    id: str
    part: Part
    name: str
    mail: str = ""
    tenant: str = ""
    contact: str = ""
    role: str = ""
    agency: str = ""
    attending: Attending = Attending.UNSURE
    key: PersonKey = NOBODY
    left: datetime | None = None
    joined: datetime | None = None
    named_by: str = ""

    def is_person(self, person: Person) -> bool:
        """Whether this is who acts: by who they are, never by an address."""
        return bool(self.key) and (self.key == person.key or self.key in person.former)

    def is_also(self, other: "Participant") -> bool:
        """Whether both are one person: by who they are, where that is known of both; else by the
        address they are named by, which may have been handed from one to the other since."""
        if self.key and other.key:
            return self.key == other.key
        return same_mail(self.mail, other.mail)

    def may_be(self, person: Person) -> bool:
        """The same, or nobody knows yet and the address could be theirs: for keeping apart."""
        return self.is_person(person) or (not self.key and is_among(self.mail, person.mails))
