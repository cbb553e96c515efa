"""Who acts, who is named, and how a person can be reached."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, NewType

from pydantic import BaseModel, ConfigDict

PersonKey = NewType("PersonKey", str)
"""A hash of (tenant, object id). Keys carry no name and no mail address."""

NOBODY: Final = PersonKey("")


def person_key(tenant: str, object_id: str) -> PersonKey:
    """The key a person has everywhere in the store."""
    return PersonKey(sha256(f"{tenant}|{object_id}".encode()).hexdigest()[:32])


def mail_key(address: str) -> str:
    """The key of a mail address; case and surrounding space do not matter."""
    return sha256(address.strip().casefold().encode()).hexdigest()[:32]


def same_mail(one: str, other: str) -> bool:
    """Whether two typed addresses are the same mailbox. Empty is nobody's."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


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

    `key` is set only where the platform told us who acts (the requester, the facilitator);
    everybody else is matched by mail address when they act. Somebody who `left` stays in the
    record; `joined` is since when somebody has another's place (`records.conversation.replacing`),
    `named_by` the id of who named them for it.
    """

    id: str
    part: Part
    name: str
    mail: str = ""
    contact: str = ""
    role: str = ""
    agency: str = ""
    attending: Attending = Attending.UNSURE
    key: PersonKey = NOBODY
    left: datetime | None = None
    joined: datetime | None = None
    named_by: str = ""

    def is_person(self, person: Person) -> bool:
        """Whether this is who acts, by their key or by an address that the platform gave."""
        if self.key:
            return self.key == person.key
        return any(same_mail(self.mail, mail) for mail in person.mails)
