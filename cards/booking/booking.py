"""Pick-up and booking: what the facilitation team and the facilitator see; long, as both are here.

Source: pathway, 3-4.

Before independence is declared a card shows people and agencies only, nothing of the story.
"""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement
from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cards.booking.who_comes import agencies, notes, ready_so_far
from cards.kit.answers import AnswerModel, Short, ShortOptional, Some
from cards.kit.elements import Card, act, aside, build, heading, line, para, row_of, small
from cards.kit.forms import ChoiceField, NumberField, TextField
from cards.kit.notes import MOST, note, receipt
from cards.kit.page import Page, ask
from cards.kit.people import named
from cards.kit.pickers import DateField, TimeField
from cards.kit.typed_when import Clock, Day
from cards.kit.when import named_day, when_and_where
from cards.kit.who import facilitator, number_in
from cards.manager.agreement import summary
from cards.request.check import reasons, reasons_and_need
from cards.wording import wording
from records.board.list_entry import ListEntry
from records.calendar import Office
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.people import Part, Participant


def waiting(it: Conversation, *, in_channel: bool) -> Card:
    """Reference, agency and reasons; in the channel without a button, since the story is not
    for everybody there."""
    why = wording.WAITING_WHY.format(reference=it.reference)
    if in_channel:
        return note(why, wording.WAITING_CHANNEL, extra=reasons(it))
    take = act(wording.ILL_FACILITATE, "pickup.look", {"conversation": it.id}, primary=True)
    return note(why, extra=reasons(it), actions=[take])


def waiting_list(entries: tuple[ListEntry, ...]) -> Card:
    """What waits for a facilitator, oldest first. Of very many those that wait longest, and where
    the others are."""
    if not entries:
        return note(wording.WAITING_TITLE, wording.WAITING_NONE)
    rows: list[CardElement] = []
    for one in entries[:MOST]:
        rows.append(line((one.reference,), f"  {one.agency}"))
        title = f"{wording.ILL_FACILITATE}: {one.reference}"
        rows.append(row_of(act(title, "pickup.look", {"conversation": one.conversation})))
    if len(entries) > MOST:
        rows.append(small(wording.WAITING_LONGEST.format(count=len(entries))))
    return note(wording.WAITING_TITLE, extra=rows)


def independence(it: Conversation, verb: str = "pickup", *, why: str = "") -> Card:
    """People and agencies, and the question whether the facilitator is independent of them.

    `verb` says what is taken: a request that waits, or a conversation that is handed over, or done
    together; `why` that, where it does not wait.
    """
    people = [one for one in it.present if one.part is not Part.FACILITATOR]
    data = {"conversation": it.id}
    # One who was asked by name does not leave it to the team.
    few = it.changes.restricted is not None
    no = wording.ASSIGNED_NO if few or verb == "second" else wording.INDEPENDENT_NO
    return build(
        [
            aside(why or wording.WAITING_WHY.format(reference=it.reference)),
            heading(wording.INDEPENDENT_TITLE),
            *reasons_and_need(it),
            *(_named(one, len(people)) for one in people),
            para(wording.INDEPENDENT),
        ],
        [
            act(wording.INDEPENDENT_YES, f"{verb}.take", data, primary=True),
            act(no, f"{verb}.leave", data),
        ],
    )


def _named(one: Participant, count: int) -> CardElement:
    role = one.role or (wording.MANAGER if one.part is Part.MANAGER else "")
    name, *rest = named(count, one.name, role, one.agency)
    detail = ", ".join(part for part in rest if part)
    return line((name,), f"  {detail}" if detail else "")


def picked_up(it: Conversation, story: Answers) -> Card:
    """The story, for the one who picked it up, and the way to a date."""
    data = {"flow": "booking", "conversation": it.id}
    return build(
        [
            small(wording.PICKED_UP_YOU.format(reference=it.reference)),
            line(it.requester.name, f" ({it.request.agency})", title=True),
            *summary(it, story),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [act(wording.BOOK_NOW, "flow.open", data, primary=True), changed(it)],
    )


def taken(it: Conversation) -> Card:
    """Somebody else was quicker, or it has moved on: a calm sentence."""
    return note(taken_title(it), typed_title=True)


def taken_title(it: Conversation) -> str:
    """That in one line."""
    return wording.PICKED_UP_BY.format(name=facilitator(it), reference=it.reference)


class BookingAnswers(AnswerModel):
    """Date, start, end, place or link, who comes, and who of them is the lead worker."""

    day: Day
    start: Clock
    end: Clock
    place: Short
    coming: Some
    lead: Short

    @field_validator("end")
    @classmethod
    def _after_start(cls, value: time, info: ValidationInfo) -> time:
        start = info.data.get("start")
        if start is not None and value <= start:
            raise PydanticCustomError("order", "{sentence}", {"sentence": wording.BOOK_ORDER})
        return value

    @field_validator("lead")
    @classmethod
    def _comes(cls, value: str, info: ValidationInfo) -> str:
        coming = info.data.get("coming")
        if coming is None or value in coming:
            return value
        name = dict((info.context or {}).get("people", ())).get(value, wording.SOMEBODY)
        said = wording.BOOK_LEAD_AWAY.format(name=name)
        raise PydanticCustomError("away", "{sentence}", {"sentence": said})

    @field_validator("start")
    @classmethod
    def _after_the_request(cls, value: time, info: ValidationInfo) -> time:
        given = info.context or {}
        day, dates, since = info.data.get("day"), given.get("dates"), given.get("since")
        if day is None or dates is None or since is None:
            return value
        if dates.office.at(day, value) <= since:
            raise PydanticCustomError("past", "{sentence}", {"sentence": wording.BOOK_PAST})
        return value


class FirstBooking(BookingAnswers):
    """The same, and a number to ring the facilitator on, if they like, where none is known."""

    number: ShortOptional = ""

    @field_validator("number")
    @classmethod
    def _to_ring(cls, value: str) -> str:
        if value and not number_in(value):
            said = wording.MY_NUMBER_NOT_YET
            raise PydanticCustomError("number", "{sentence}", {"sentence": said})
        return value


def unusual(wanted: BookingAnswers, office: Office, now: datetime) -> tuple[str, ...]:
    """What is asked about once before it is booked: a day or an hour when few people meet, and a
    time that has passed."""
    day, found = wanted.day, list[str]()
    if office.at(day, wanted.start) <= now:
        found.append(wording.BOOK_MET.format(day=named_day(day)))
    if day.weekday() >= 5:
        found.append(wording.BOOK_WEEKEND.format(day=named_day(day)))
    if office.is_bank_holiday(day):
        found.append(wording.BOOK_HOLIDAY.format(day=named_day(day)))
    if wanted.start < office.begins or wanted.end > office.ends:
        found.append(wording.BOOK_HOURS)
    return tuple(found)


def booking(page: Page) -> Card:
    """One card: everything that makes a booking."""
    asks = bool(page.facts.get("asks_number") or page.answers.get("number"))
    return booking_card(page, wording.BOOK_TITLE, wording.BOOK, asks=asks)


FIELDS: Final = (
    DateField("day", lambda: wording.BOOK_DATE),
    TimeField("start", lambda: wording.BOOK_START),
    TimeField("end", lambda: wording.BOOK_END),
    TextField("place", lambda: wording.BOOK_PLACE, long=False),
    ChoiceField(
        "lead",
        lambda: wording.BOOK_LEAD,
        of="people",
        compact=True,
        hint=lambda: wording.BOOK_LEAD_WHO,
    ),
    ChoiceField("coming", lambda: wording.BOOK_COMING, of="people", many=True),
)
NUMBER: Final = NumberField("number", lambda: wording.BOOK_NUMBER)
"""Asked once: where a number of the facilitator's is known it is left out."""


def booking_card(page: Page, title: str, next_title: str, *, asks: bool = False) -> Card:
    """The booking's inputs under another title: to book, or to move. `asks` for a number, too."""
    return ask(
        page,
        page.fact("reference"),
        title,
        (*FIELDS, NUMBER) if asks else FIELDS,
        intro=agencies(tuple(page.facts.get("agencies", ()))),
        after=[small(wording.BOOK_CHOSEN)] if page.away else (),
        seen_by=wording.BOOK_SEEN_NUMBER if asks else wording.BOOK_SEEN,
        next_title=next_title,
    )


def booked(it: Conversation, zone: ZoneInfo) -> Card:
    """The facilitator's receipt, with what to tap on the day, or now where they have met."""
    if it.met_before:
        return receipt(
            wording.BOOKED_TITLE.format(reference=it.reference),
            wording.BOOKED_MET,
            rows=when_and_where(it, zone),
            actions=[*closing_actions(it), changed(it)],
        )
    far = act(wording.FAR_OPEN, "prepare.people", {"conversation": it.id})
    return receipt(
        wording.BOOKED_TITLE.format(reference=it.reference),
        wording.BOOKED_NEXT,
        *notes(it),
        ready_so_far(it),
        wording.BOOKED_CLOSING,
        rows=when_and_where(it, zone),
        actions=[closing_actions(it)[0], far, changed(it)],
    )


def closing_actions(it: Conversation) -> list[Action]:
    """We are closing, and It didn't go ahead."""
    closing = {"flow": "took-place", "conversation": it.id}
    return [
        act(wording.CLOSING, "flow.open", closing, primary=True),
        act(wording.NOT_AHEAD, "held.not-ahead", {"conversation": it.id}),
    ]


def changed(it: Conversation) -> Action:
    """*Something has changed*, on every card of a facilitator's."""
    return act(wording.CHANGED, "changes.see", {"conversation": it.id})
