"""Who acts, who is named, and how a person can be reached."""

import hashlib
from datetime import datetime
from typing import Final, NewType

from pydantic import BaseModel, ConfigDict

PersonKey = NewType("PersonKey", str)
"""A hash of (tenant, object id). Keys carry no name and no mail address."""

NOBODY: Final = PersonKey("")


def person_key(tenant: str, object_id: str) -> PersonKey:
    """The key a person has everywhere in the store."""
    return PersonKey(_digest(f"{tenant}|{object_id}"))


def mail_key(address: str) -> str:
    """The key of a mail address; case and surrounding space do not matter."""
    return _digest(address.strip().casefold())


def same_mail(one: str, other: str) -> bool:
    """Whether two typed addresses are the same mailbox. Empty is nobody's."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
    """Somebody who has the app: bound to a mail address by the platform's own member lookup.

    `mails` are the addresses the platform gave (mail and sign-in name). `reachable` turns false
    when a send was refused for good and true again at the next install or message.
    """

    key: PersonKey
    tenant: str
    object_id: str
    name: str
    mails: tuple[str, ...] = ()
    reference: Reference | None = None
    reachable: bool = True
    welcomed_at: datetime | None = None
    seen_at: datetime | None = None
    # Remembered so that a second request is quicker to fill in.
    contact: str = ""
    team: str = ""
    agency: str = ""
    manager_name: str = ""
    manager_mail: str = ""
