"""The agreement on one card, word for word, and the two answers. Source: pathway, Agreement."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import (
    Card,
    act,
    aside,
    build,
    heading,
    line,
    para,
    small,
)
from cards.kit.files import AGREEMENT, get
from cards.kit.people import named
from cards.kit.when import day
from cards.kit.who import named_facilitator
from cards.preparation.paper import listed
from cards.preparation.preparation import PreparationView
from cards.wording import wording
from records.preparation.preparing import attendees, readiness_of

# The agreement ----------------------------------------------------------------------------------


def agreement(on: PreparationView) -> Card:
    """Word for word, with participants, facilitator and date; then the two answers."""
    second = on.it.changes.second
    facilitates = on.who in (on.it.facilitator, second.asked.id if second else "")
    have = readiness_of(on.it, on.who)
    parts = (
        (wording.AGREEMENT_FOR_ALL, wording.AGREEMENT_ALL),
        (wording.AGREEMENT_FOR_ATTENDEES, wording.AGREEMENT_ATTENDEES),
        (wording.AGREEMENT_FOR_FACILITATOR, wording.AGREEMENT_FACILITATOR),
    )
    return build(
        [
            small(wording.PREPARE_KICKER.format(reference=on.it.reference)),
            heading(wording.AGREEMENT_TITLE),
            *(element for title, texts in parts for element in _part(title, texts)),
            small(wording.AGREEMENT_GDPR, gap=True),
            *_signed(on),
            aside(wording.AGREEMENT_DONE if have.accepted else wording.AGREEMENT_SEEN),
        ],
        _answers(on, facilitates=facilitates),
    )


def _part(title: str, texts: Sequence[str]) -> list[CardElement]:
    return [para(title, bold=True), *listed(texts)]


def _signed(on: PreparationView) -> list[CardElement]:
    """What the agreement records: the participants, the facilitator and the date."""
    people, second = attendees(on.it), on.it.changes.second
    shown = []
    for one in people:
        name, agency = named(len(people), one.name, one.agency)
        shown.append(f"{name} ({agency})" if agency else name)
    when = day(on.it.booking.start, on.zone) if on.it.booking else ""
    rows = (
        (wording.AGREEMENT_PARTICIPANTS, "; ".join(shown)),
        (wording.FACILITATOR, named_facilitator(on.it)),
        (wording.SECOND, on.name(second.asked.id) if second else ""),
        (wording.AGREEMENT_DATE, when),
    )
    return [line((f"{label}: ",), text) for label, text in rows if text]


def _answers(on: PreparationView, *, facilitates: bool) -> list[Action]:
    have = readiness_of(on.it, on.who)
    data = {"conversation": on.it.id}
    back = act(wording.FAR_OPEN, "prepare.people", data)
    if not facilitates:
        back = act(wording.PREPARE_BACK, "prepare.see", data)
    form = [get(wording.AGREEMENT_GET, AGREEMENT, on.it.id)] if facilitates else []
    if have.accepted is not None:
        return [back, *form]
    found = [act(wording.ACCEPT, "prepare.accept", data, primary=True)]
    if not facilitates and not have.talks:
        found.append(act(wording.TALK_AGREEMENT, "prepare.talk", data))
    return [*found, back, *form]
