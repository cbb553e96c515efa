"""Who facilitates, and whether somebody does no more.

The list or roster is the platform's or the settings'; the team lead is named in the settings and
may take a conversation over without being on it.
"""

from collections.abc import Iterable
from typing import Protocol

from records.directory import Directory
from records.people import Participant, Person


class Facilitators(Protocol):
    """Who facilitates: the members of the facilitation team, or a list of mail addresses."""

    async def members(self) -> tuple[Participant, ...]:
        """Everybody who hears of a request that waits."""
        ...

    async def is_member(self, person: Person) -> bool:
        """Whether this person may pick up conversations."""
        ...

    async def has_left(self, person: Person) -> bool:
        """Whether it is known that this person is not one of them any more."""
        ...


async def is_lead(directory: Directory, lead: Participant | None, person: Person) -> bool:
    """Whether this is the team lead whom the settings name. Raises StoreError."""
    return lead is not None and await directory.is_named(lead, person)


async def has_left(
    facilitators: Facilitators, directory: Directory, lead: Participant | None, person: Person
) -> bool:
    """Whether they are known to facilitate no more: their account is gone, or the team has them no
    more, and they do not lead it. A team that cannot be asked takes nobody's place away.

    Raises StoreError.
    """
    if person.unknown_at is not None:
        return True
    return await facilitators.has_left(person) and not await is_lead(directory, lead, person)


async def looked_up(directory: Directory, listed: Iterable[Participant]) -> tuple[Participant, ...]:
    """Those of a list as who they are, by their own name, where it is known. Raises StoreError."""
    people = [(one, await directory.named(one)) for one in listed]
    return tuple(
        one.model_copy(update={"name": person.name or one.name, "key": person.key})
        if person is not None
        else one
        for one, person in people
    )
