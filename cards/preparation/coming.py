"""What somebody says of the day: they cannot come, or another time suits them. And who hears it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards.kit.answers import AnswerModel, Optional
from cards.kit.elements import Card, act, box, line, row_of, said, small, tap_line
from cards.kit.forms import TextField
from cards.kit.notes import note
from cards.kit.page import Page, ask, leaving
from cards.kit.when import moment
from cards.kit.who import facilitates, facilitator, look_up, to_ring
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Participant
from records.preparation.coming import stays_away


class OtherTime(AnswerModel):
    """Which times suit them, in their words; nothing is as good."""

    times: Optional = ""


FIELDS: Final = (TextField("times", lambda: wording.OTHER_TIME_TIMES, required=False),)


def away(it: Conversation, who: str) -> list[CardElement]:
    """High on the card of somebody who cannot come: that it is so, and the way back."""
    if not stays_away(it, who):
        return []
    back = act(wording.COME_AFTER_ALL, "prepare.after-all", {"conversation": it.id})
    return [line((wording.AWAY.format(name=hears(it)),)), row_of(back)]


def of_the_day(it: Conversation, who: str, data: Mapping[str, Any]) -> list[CardElement]:
    """The quiet lines at the end of a card about getting ready; `data` carries its ticks along."""
    cannot = tap_line(wording.CANNOT, act(wording.CANNOT, "prepare.cannot", data))
    another = tap_line(wording.OTHER_TIME, act(wording.OTHER_TIME, "prepare.other-time", data))
    return [another] if stays_away(it, who) else [cannot, another]


def cannot(it: Conversation, zone: ZoneInfo) -> Card:
    """Asked before anybody is told: who comes instead, or that nobody can."""
    data = {"conversation": it.id}
    return note(
        wording.CANNOT_TITLE.format(reference=it.reference, when=_when(it, zone)),
        wording.CANNOT_ASK,
        extra=[small(wording.CANNOT_SEEN, gap=True)],
        actions=[
            act(wording.CANNOT_INSTEAD, "prepare.right-person", data, primary=True),
            act(wording.CANNOT_NOBODY, "prepare.nobody", data),
            act(wording.OTHER_TIME, "flow.open", {**data, "flow": "other-time"}),
            act(wording.PREPARE_BACK, "prepare.see", data),
        ],
    )


def told_cannot(it: Conversation) -> Card:
    """The receipt: who is told, whom to ring, and the way back."""
    data = {"conversation": it.id}
    return note(
        wording.CANNOT_DONE.format(name=hears(it), reference=it.reference),
        wording.CANNOT_DONE_NEXT,
        _ring(it, wording.CANNOT_RING),
        extra=_last(it),
        actions=[act(wording.COME_AFTER_ALL, "prepare.after-all", data)],
        typed_title=True,
    )


def other_time(page: Page) -> Card:
    """One card: which times suit them, if they like to say."""
    return ask(
        page,
        page.fact("reference"),
        wording.OTHER_TIME,
        FIELDS,
        intro=[
            line(wording.OTHER_TIME_INTRO.format(name=page.fact("name"), when=page.fact("when")))
        ],
        seen_by=wording.OTHER_TIME_SEEN,
        next_title=wording.SEND,
        more=[leaving(page, FIELDS, wording.PREPARE_BACK, "prepare.see", {})],
    )


def told_other(it: Conversation, zone: ZoneInfo) -> Card:
    """The receipt: the day stands until the facilitator moves it."""
    name = hears(it)
    back = act(wording.PREPARE_BACK, "prepare.see", {"conversation": it.id})
    return note(
        wording.OTHER_TIME_DONE.format(name=name, reference=it.reference),
        wording.OTHER_TIME_NEXT.format(name=name, when=_when(it, zone)),
        _ring(it, wording.OTHER_TIME_RING),
        extra=_last(it),
        actions=[back],
        typed_title=True,
    )


def came_cannot(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """The facilitator: who cannot come, and that nobody else from there can."""
    person = it.person(who)
    agency = person.agency if person and person.agency else wording.THEIR_AGENCY
    return _came(
        it,
        person,
        wording.CANNOT_CAME.format(
            name=_name(it, who), reference=it.reference, when=_when(it, zone)
        ),
        wording.CANNOT_CAME_NEXT.format(agency=agency),
        wording.CANNOT_CAME_LEAD if who == it.lead else "",
    )


def came_after_all(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """The facilitator: they come after all."""
    text = wording.AFTER_ALL_CAME.format(
        name=_name(it, who), reference=it.reference, when=_when(it, zone)
    )
    return note(text, wording.AFTER_ALL_NEXT, typed_title=True)


def came_other(it: Conversation, who: str, words: str, zone: ZoneInfo) -> Card:
    """The facilitator: another time suits them better, and which, where they said so."""
    name = _name(it, who)
    wrote = [line(wording.THEY_WROTE.format(name=name)), box(said(words))] if words else []
    title = wording.OTHER_TIME_CAME.format(name=name, reference=it.reference, when=_when(it, zone))
    return _came(it, it.person(who), title, wording.OTHER_TIME_CAME_NEXT, extra=wrote)


def every_other(it: Conversation, words: Sequence[tuple[str, str]]) -> Card:
    """The same, of everybody who said so of this day."""
    rows: list[CardElement] = []
    for who, text in words:
        rows.append(line((_name(it, who),), "" if text else f": {wording.OTHER_TIME_NO_WORDS}"))
        rows += [box(said(text))] if text else []
    data = {"conversation": it.id}
    ways = [
        act(wording.MOVE_IT, "flow.open", {**data, "flow": "moving"}, primary=True),
        act(wording.FAR_OPEN, "prepare.people", data),
    ]
    title = wording.OTHER_TIME_EVERY.format(reference=it.reference)
    return note(title, extra=rows, actions=ways)


def _came(
    it: Conversation,
    person: Participant | None,
    title: str,
    *texts: str,
    extra: Sequence[CardElement] = (),
) -> Card:
    data = {"conversation": it.id}
    contact = (person.contact or person.mail) if person else ""
    return note(
        title,
        *texts,
        rows=((wording.RING_CONTACT, contact),),
        extra=extra,
        actions=[
            act(wording.CHANGED, "changes.see", data),
            act(wording.FAR_OPEN, "prepare.people", data),
        ],
        typed_title=True,
    )


def _last(it: Conversation) -> list[CardElement]:
    return [*look_up(facilitates(it)), small(wording.NOBODY_WATCHES, gap=True)]


def hears(it: Conversation) -> str:
    """Who is told what somebody says of the day: the facilitator; where they have left it, the
    team."""
    return facilitator(it)


def _name(it: Conversation, who: str) -> str:
    found = it.person(who)
    return found.name if found else wording.SOMEBODY


def _ring(it: Conversation, sentence: str) -> str:
    # Nobody is asked to ring somebody who has left it.
    found = facilitates(it)
    return sentence.format(name=to_ring(found)) if found else ""


def _when(it: Conversation, zone: ZoneInfo) -> str:
    return moment(it.booking.start, zone) if it.booking else ""
