"""One person once: somebody may have two places in a conversation, and is asked and told once.

They are named twice where an earlier version did not say so, where the manager also comes, or where
somebody takes the place of another and keeps their own. The place that counts is the one they are
expected or came in; failing that the one they were named in first. The facilitator's is their own.
"""

from collections.abc import Iterable, Mapping

from records.conversation.conversation import Conversation
from records.people import Part, Participant


def second_places(it: Conversation) -> Mapping[str, str]:
    """The ids of places that do not count, each with the one of the same person that does.

    A person is told by who acts, where the platform has said it; failing that by the mailbox.
    """
    comes = {*(it.booking.coming if it.booking else ()), *(it.held.came if it.held else ())}
    first: list[Participant] = []
    second: dict[str, str] = {}
    for one in sorted(it.present, key=lambda one: one.id not in comes):
        if one.part is Part.FACILITATOR:
            continue
        there = next((other for other in first if other.is_also(one)), None)
        if there is not None:
            second[one.id] = second.get(there.id, there.id)
        first.append(one)
    return second


def one_each(it: Conversation, people: Iterable[Participant]) -> tuple[Participant, ...]:
    """These people, each in the place that counts, where that stands here; in their order."""
    found = {one.id: one for one in people}
    return tuple(found[who] for who in once(it, found))


def once(it: Conversation, ids: Iterable[str]) -> tuple[str, ...]:
    """These ids, of each person one: that of the place that counts, where it stands here."""
    second, there = second_places(it), tuple(dict.fromkeys(ids))
    if not second:
        return there
    kept: dict[str, str] = {}
    for who in sorted(there, key=lambda one: one in second):
        kept.setdefault(second.get(who, who), who)
    return tuple(who for who in there if who in kept.values())


def counts(it: Conversation, who: str) -> str:
    """The place that counts, of the person with this one."""
    return second_places(it).get(who, who)


def places(it: Conversation, who: str) -> frozenset[str]:
    """Every id that the person with this one has."""
    second = second_places(it)
    first = second.get(who, who)
    return frozenset({who, first, *(one for one, other in second.items() if other == first)})


def as_came(it: Conversation, one: Participant) -> Participant:
    """Somebody in the place they came in, where they have two and it is the other."""
    came = it.held.came if it.held else ()
    if one.id in came:
        return one
    place = next((who for who in came if who in places(it, one.id)), "")
    return it.person(place) or one
