"""Who comes for which agency, and how far they are: what the facilitator decides with.

One key representative from each agency is the pathway's rule (step 4); nothing here stops anybody.
"""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards import telling
from cards.elements import Card, act, build, heading, line, para, small
from cards.people import named
from cards.wording import wording
from records.conversation import Conversation
from records.feedback import Answers
from records.preparing import attendees, said, still_open
from records.request import Part, Participant

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


def far(it: Conversation, zone: ZoneInfo, because: Answers) -> Card:
    """How far everybody is, who accepted the agreement, and the facilitator's own part of it."""
    data = {"conversation": it.id}
    own = said(it, it.facilitator).accepted is not None
    title = wording.AGREEMENT_AGAIN if own else wording.AGREEMENT_READ
    coming = it.booking.coming if it.booking else ()
    return build(
        [
            heading(wording.FAR_TITLE.format(reference=it.reference)),
            para(ready_line(it)),
            *(_person(it, one) for one in attendees(it)),
            line((f"{wording.FAR_ACCEPTED}: ",), _accepted(it)),
            line((f"{wording.TELLING_FACILITATOR}: ",), telling.shown_to(it, zone)),
            *telling.because(it, because),
            *agencies(by_agency(it.present, coming)),
            para(wording.AGREEMENT_DONE if own else wording.FAR_OWN_PART),
        ],
        [
            act(title, "prepare.agreement", data, primary=not own),
            act(wording.FAR_BACK, "pickup.see", data),
        ],
    )


def _person(it: Conversation, one: Participant) -> CardElement:
    name, agency = named(len(attendees(it)), one.name, one.agency)
    points = [wording.POINTS[point] for point in still_open(it, one.id)]
    have = said(it, one.id)
    listed = ", ".join(points)
    text = wording.FAR_HAS.format(count=len(points), points=listed)
    if len(points) < 2:
        text = wording.FAR_HAS_ONE.format(points=listed) if points else wording.FAR_IS_READY
    if have.talks and have.accepted is None:
        text = f"{text}. {wording.TALKS}"
    return line((name,), f" ({agency}) {text}" if agency else f" {text}")


def _accepted(it: Conversation) -> str:
    people = [one for one in attendees(it) if said(it, one.id).accepted is not None]
    names = [named(len(people), one.name)[0] for one in people]
    return "; ".join(names) or wording.FAR_NOBODY
