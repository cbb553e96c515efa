"""Who comes for which agency, and how far they are: what the facilitator decides with.

One key representative from each agency is the pathway's rule (step 4); nothing here stops anybody.
"""

from collections.abc import Collection, Sequence

from microsoft_teams.cards import CardElement

from cards.kit.elements import line, para, small
from cards.kit.people import named
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Part, Participant
from records.preparation.preparing import attendees, still_open

Agency = tuple[str, tuple[str, ...]]
"""An agency as it was first written, and who comes for it."""


def by_agency(people: Sequence[Participant], coming: Collection[str]) -> tuple[Agency, ...]:
    """The agencies named, in order, each with those who come. Case and spaces do not matter."""
    titles: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for one in people:
        if one.part is Part.FACILITATOR or not one.agency.strip():
            continue
        key = " ".join(one.agency.casefold().split())
        titles.setdefault(key, one.agency.strip())
        names.setdefault(key, []).extend([one.name] if one.id in coming else [])
    return tuple((title, tuple(names[key])) for key, title in titles.items())


def agencies(found: Sequence[Agency]) -> list[CardElement]:
    """Each agency with who comes for it, and a sentence where that is not one person."""
    if not found:
        return []
    rows = []
    for title, names in found:
        agency, *shown = named(len(found) + sum(len(one) for _, one in found), title, *names)
        if names:
            rows.append(line((f"{agency}: ",), ", ".join(shown)))
    return [
        para(wording.AGENCIES_TITLE, bold=True),
        *rows,
        *(line(text) for text in _notes(found)),
        small(wording.AGENCIES_RULE),
    ]


def notes(it: Conversation) -> tuple[str, ...]:
    """The sentences alone, for a booked conversation."""
    coming = it.booking.coming if it.booking else ()
    return _notes(by_agency(it.present, coming))


def _notes(found: Sequence[Agency]) -> tuple[str, ...]:
    shown = []
    for title, names in found:
        agency = named(len(found), title)[0]
        if not names:
            shown.append(wording.AGENCIES_NONE.format(agency=agency))
        elif len(names) > 1:
            many = len(names) >= len(wording.NUMBERS)
            count = str(len(names)) if many else wording.NUMBERS[len(names)]
            shown.append(wording.AGENCIES_MANY.format(count=count, agency=agency))
    return tuple(shown)


def ready_line(it: Conversation) -> str:
    """How many are ready, of those who come."""
    people = attendees(it)
    ready = sum(not still_open(it, one.id) for one in people)
    return wording.FAR_READY.format(ready=ready, total=len(people))


def ready_so_far(it: Conversation) -> str:
    """The same, once any of them has begun to get ready: nobody can be as soon as it is booked."""
    begun = {one.who for one in it.readiness}
    return ready_line(it) if any(one.id in begun for one in attendees(it)) else ""
