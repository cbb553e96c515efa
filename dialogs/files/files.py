"""Files that are made when somebody asks: who may have one is asked each time, of what holds now.

Nothing is stored for a link. A topic that has files exports them as `FILES`; `dialogs.root.routes`
puts them together.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.turn.access import NotNow, Right, is_theirs
from dialogs.turn.context import Context, NoSuchKey, Services
from dialogs.turn.events import Actor, LinkFollowed, Turn, for_log
from records.access.lines import What
from records.conversation.snapshot import Snapshot
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
    make: Callable[[Context, Snapshot], Awaitable[Made]]


@dataclass(frozen=True)
class TeamFile:
    """A file for members of the facilitation team that is of no one conversation. Where a
    conversation's id stands elsewhere, `make` is given what it is of, such as a period's key.
    """

    make: Callable[[Context, str], Awaitable[Made]]


Kinds = Mapping[str, FileKind | TeamFile]


async def fetch(context: Context, kinds: Kinds, kind: str, key: str) -> Made:
    """The file for the one who acts, made now. Raises NotTheirs, NotThere or StoreError; and
    NotNow while messages are stopped."""
    found = kinds.get(kind)
    if isinstance(found, TeamFile):
        if not await context.is_member():
            raise NotTheirs
        made = await found.make(context, key)
    else:
        made = await _of_conversation(context, found, key)
    ids = {"kind": kind, "conversation": for_log(key), "person": context.person.mark}
    log.info("file made", extra={"action": "file_made", **ids})
    return made


async def _of_conversation(context: Context, kind: FileKind | None, key: str) -> Made:
    if kind is None:
        raise NotThere
    try:
        await context.about(key, kind.right, whole=True)
    except NoSuchKey as error:
        raise NotThere from error
    except NotNow as lost:
        if lost.it.stopped_at is not None and is_theirs(context.who, lost.it, kind.right):
            raise
        raise NotTheirs from lost
    return await kind.make(context, context.whole)


async def follow(services: Services, kinds: Kinds, owner: PersonKey, kind: str, key: str) -> Made:
    """The file behind a signed link. While messages are stopped there is none."""
    context = await by_link(services, owner)
    try:
        made = await fetch(context, kinds, kind, key)
    except NotNow as error:
        raise NotThere from error
    except NotTheirs:
        context.opened(What.REFUSED, for_log(key), about=f"file {kind}")
        raise
    context.opened(What.FILE, for_log(key), about=kind)
    return made


async def by_link(services: Services, owner: PersonKey) -> Context:
    """The turn of the one whom a signed link names. Raises NotTheirs for somebody unknown.

    A link shows who was meant, as a card's button does; what they may have is asked as ever.
    """
    person, now = await services.directory.find(owner), services.now()
    if person is None:
        raise NotTheirs
    if not person.secret:  # As at their first tap: what they do here stands under a mark.
        about = (person.tenant, person.object_id, person.name, now)
        person, _ = await services.directory.seen(*about)
    nowhere = Reference(service_url="", conversation_id="", tenant=person.tenant)
    actor = Actor(person.tenant, person.object_id, person.name)
    turn = Turn(actor, LinkFollowed(), person.reference or nowhere)
    return Context(services, turn, person, now)
