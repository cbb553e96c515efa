"""Files that are made when somebody asks: who may have one is asked each time, of what holds now.

Nothing is stored for a link. A topic that has files exports them as `FILES`; `dialogs.shelf` puts
them together.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.access import Right, may
from dialogs.events import Actor, LinkFollowed, Turn
from dialogs.visit import Desk, Stopped, Visit
from records.file import File
from records.people import PersonKey, Reference

log = logging.getLogger(__name__)

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CALENDAR: Final = "text/calendar; charset=utf-8"


class NotTheirs(Exception):
    """This person may not have this file, or may not any more."""


class NotThere(Exception):
    """There is no such file: of no such kind or conversation, or not at this stage."""


@dataclass(frozen=True)
class Made:
    """A file as it is handed over. Neither name nor title holds a person's name.

    `title` is what people call it in a sentence: "learning document for LC-7K3QX".
    """

    name: str
    title: str
    media: str
    body: bytes


@dataclass(frozen=True)
class FileKind:
    """One kind of file, and the right to it. `make` raises NotThere where there is none yet."""

    right: Right
    make: Callable[[Visit, File], Awaitable[Made]]


@dataclass(frozen=True)
class TeamFile:
    """A file for members of the facilitation team that is of no one conversation. Where a
    conversation's id stands elsewhere, `make` is given what it is of, such as a period's key.
    """

    make: Callable[[Visit, str], Awaitable[Made]]


Kinds = Mapping[str, FileKind | TeamFile]


async def fetch(visit: Visit, kinds: Kinds, kind: str, conversation: str) -> Made:
    """The file for the one who visits, made now. Raises NotTheirs, NotThere or StoreError."""
    found = kinds.get(kind)
    if isinstance(found, TeamFile):
        if not await visit.desk.facilitators.is_member(visit.person):
            raise NotTheirs
        made = await found.make(visit, conversation)
    else:
        made = await _of_conversation(visit, found, conversation)
    ids = {"kind": kind, "conversation": conversation, "person": visit.person.key}
    log.info("file made", extra={"action": "file_made", **ids})
    return made


async def _of_conversation(visit: Visit, kind: FileKind | None, conversation: str) -> Made:
    file = await visit.file(conversation)
    if kind is None or file is None:
        raise NotThere
    if not may(visit, file.conversation, kind.right):
        raise NotTheirs
    return await kind.make(visit, file)


async def follow(desk: Desk, kinds: Kinds, key: PersonKey, kind: str, conversation: str) -> Made:
    """The file behind a signed link. While messages are stopped there is none."""
    try:
        return await fetch(await by_link(desk, key), kinds, kind, conversation)
    except Stopped as error:
        raise NotThere from error


async def by_link(desk: Desk, key: PersonKey) -> Visit:
    """The visit of the one whom a signed link names. Raises NotTheirs for somebody unknown.

    A link shows who was meant, as a card's button does; what they may have is asked as ever.
    """
    person = await desk.directory.find(key)
    if person is None:
        raise NotTheirs
    nowhere = Reference(service_url="", conversation_id="", tenant=person.tenant)
    actor = Actor(person.tenant, person.object_id, person.name)
    turn = Turn(actor, LinkFollowed(), person.reference or nowhere, mails=person.mails)
    return Visit(desk, turn, person, desk.now())
