"""Whoever is named by an address is somebody from the moment that is certain.

From then on their place hangs on who they are: an address that is handed on takes nothing with it.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from operator import is_

from records.conversation.conversation import Conversation
from records.people import Participant, Person, PersonKey, is_among
from records.store.contract import each

Named = tuple[str, str]
"""How somebody is named who is nobody in particular yet: address, and the tenant it counts in."""
Certain = Callable[[str, str], Awaitable[PersonKey]]
"""Whose an address is now: the one person who has it, or nobody."""


def everybody(it: Conversation) -> Iterator[Participant]:
    """Everybody a conversation names, wherever it does."""
    yield from it.people
    yield from it.told
    yield from it.practice_team
    yield from it.changes.called
    yield from (one.asked for one in it.changes.seconds)
    yield from it.reading.readers
    if it.changes.restricted is not None:
        yield from it.changes.restricted.gatekeepers
        yield from (one.asked for one in it.changes.restricted.assigned)
    if it.team_lead is not None:
        yield it.team_lead


def unbound(people: Iterable[Participant]) -> tuple[Named, ...]:
    """Those who are nobody in particular yet, each once."""
    found = ((one.mail, one.tenant) for one in people if one.mail and not one.key)
    return tuple(dict.fromkeys(found))


def waits_for(it: Conversation, person: Person) -> tuple[Named, ...]:
    """By which names this conversation may mean this person, and has not bound them."""
    return tuple(one for one in unbound(everybody(it)) if is_among(one[0], person.mails))


def newly_named(before: Conversation, it: Conversation) -> tuple[Named, ...]:
    """Those a change has just named, and not bound."""
    known = {id(one) for one in everybody(before)}
    return unbound(one for one in everybody(it) if id(one) not in known)


async def whose(named: Iterable[Named], certain: Certain) -> Mapping[Named, PersonKey]:
    """Those of these names whose person is certain now. Raises StoreError."""
    asked = list(named)
    keys = await each(lambda one: certain(*one), asked)
    return {one: key for one, key in zip(asked, keys, strict=True) if key}


def bind(it: Conversation, keys: Mapping[Named, PersonKey]) -> Conversation:
    """The record with those who are named so bound; the same one where there are none.

    Who has an identity keeps it, and ids never change.
    """

    def one(named: Participant) -> Participant:
        key = None if named.key else keys.get((named.mail, named.tenant))
        return named.model_copy(update={"key": key}) if key else named

    return with_each(it, one)


def rekeyed(it: Conversation, keys: Mapping[PersonKey, PersonKey]) -> Conversation:
    """The record with people under the keys they have now, where they stood under a former one;
    the same one where nobody did."""

    def one(named: Participant) -> Participant:
        key = keys.get(named.key)
        return named.model_copy(update={"key": key}) if key else named

    return with_each(it, one)


def with_each(it: Conversation, one: Callable[[Participant], Participant]) -> Conversation:
    """The record with `one` done to everybody it names; the same one where that changes nobody."""

    def every(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
        fresh = tuple(map(one, people))
        return people if all(map(is_, fresh, people)) else fresh

    lists = {"people": it.people, "told": it.told, "practice_team": it.practice_team}
    changed: dict[str, object] = {
        name: fresh for name, people in lists.items() if (fresh := every(people)) is not people
    }
    of_changes: dict[str, object] = {}
    if (called := every(it.changes.called)) is not it.changes.called:
        of_changes["called"] = called
    seconds = tuple(each.asked for each in it.changes.seconds)
    if (asked := every(seconds)) is not seconds:
        both = zip(it.changes.seconds, asked, strict=True)
        of_changes["seconds"] = tuple(each.model_copy(update={"asked": who}) for each, who in both)
    if (here := it.changes.restricted) is not None:
        keepers, chosen = here.gatekeepers, tuple(each.asked for each in here.assigned)
        now, whom = every(keepers), every(chosen)
        if now is not keepers or whom is not chosen:
            pairs = zip(here.assigned, whom, strict=True)
            assigned = tuple(each.model_copy(update={"asked": who}) for each, who in pairs)
            of_changes["restricted"] = here.model_copy(
                update={"gatekeepers": now, "assigned": assigned}
            )
    if of_changes:
        changed["changes"] = it.changes.model_copy(update=of_changes)
    if (readers := every(it.reading.readers)) is not it.reading.readers:
        changed["reading"] = it.reading.model_copy(update={"readers": readers})
    if it.team_lead is not None and (lead := one(it.team_lead)) is not it.team_lead:
        changed["team_lead"] = lead
    return it.with_(**changed) if changed else it
