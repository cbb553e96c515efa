"""The date, the place and who comes: booking a conversation, and moving what is booked.

Both are one card, checked alike; what differs is who may when, what is filled in, and the act.
Source: pathway, step 4.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from cards.booking import booking as cards
from cards.booking.who_comes import by_agency
from cards.kit.answers import chosen
from cards.kit.elements import Card
from cards.kit.page import Page
from cards.wording import wording
from dialogs.booking.pick_up import choices, where
from dialogs.flow.flow import Flow, Step
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.booking import moving
from records.calendar import Office
from records.conversation.conversation import Booking, Conversation, expected
from records.conversation.one_each import counts, once, places
from records.drafts import Draft
from records.people import Part
from records.stages import Act


def _unusual(context: Context, draft: Draft, button: str) -> str:
    """Whether a weekend, a bank holiday, an hour of the night or a time that has passed is meant;
    not of a time that stands there already."""
    wanted = cards.BookingAnswers.model_validate(draft.answers)
    there, office = context.it.booking, context.services.timetable.office
    times = (office.at(wanted.day, wanted.start), office.at(wanted.day, wanted.end))
    if there is not None and (there.start, there.end) == times:
        return ""
    said = cards.unusual(wanted, office, context.now)
    return " ".join((*said, wording.BOOK_SURE.format(button=button))) if said else ""


class Arranging(Flow):
    """What both have in common. `right` is who may, `act` what is then done."""

    act: ClassVar[Act]

    async def begin(self, context: Context) -> Draft | Reply:
        """For the facilitator, at its time; what is known is filled in."""
        return self.draft(context, self.filled_in(context, context.it))

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from, and who comes for which agency as it stands in the draft."""
        it = context.it
        agencies = by_agency(it.present, chosen(draft.answers.get("coming")))
        return {"people": choices(it), "reference": it.reference, "agencies": agencies}

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """Nobody met before it was asked for."""
        return {**super().checks(context, draft), "since": context.it.created}

    def wanted(self, context: Context, draft: Draft) -> cards.BookingAnswers:
        """What was filled in."""
        return cards.BookingAnswers.model_validate(
            draft.answers, context=self.checks(context, draft)
        )

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """It is booked, or moved; everyone who comes is told once."""
        wanted = self.wanted(context, draft)
        office = context.services.timetable.office
        it = await context.change(
            self.act,
            lambda now: self.change(now, context.now, booked(now, wanted, office)),
            submission=submission,
        )
        return await where(context, it)

    @abstractmethod
    def filled_in(self, context: Context, it: Conversation) -> dict[str, Any]:
        """What the card shows at first."""

    @abstractmethod
    def change(self, it: Conversation, at: datetime, wanted: Booking) -> Conversation:
        """The conversation with this booking. Raises WrongStage."""


class BookingFlow(Arranging):
    """Date, start, end, place or link, lead worker, who comes."""

    name: ClassVar[str] = "booking"
    back_to: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.BOOK_TITLE)
    right: ClassVar[Right | None] = Right.BOOK
    act: ClassVar[Act] = Act.BOOK
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "booking",
            cards.BookingAnswers,
            cards.booking,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.BOOK,
            sure=lambda context, draft: _unusual(context, draft, wording.BOOK),
        ),
    )

    def filled_in(self, context: Context, it: Conversation) -> dict[str, Any]:
        """What was booked before, but for the date."""
        last = it.booking or it.missed
        return {
            "lead": counts(it, last.lead if last else it.lead),
            "coming": ",".join(_each(it, last.coming if last else expected(it.people))),
            "place": last.place if last else "",
        }

    def change(self, it: Conversation, at: datetime, wanted: Booking) -> Conversation:
        """In a new cycle."""
        return moving.book(it, at, wanted)


def _moving_card(page: Page) -> Card:
    return cards.booking_card(page, wording.MOVE_TITLE, wording.MOVE_SEND)


class MovingFlow(Arranging):
    """The booking's card with what is booked filled in. The same as before changes nothing."""

    name: ClassVar[str] = "moving"
    back_to: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.MOVE_TITLE)
    right: ClassVar[Right | None] = Right.MOVE
    act: ClassVar[Act] = Act.MOVE
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "moving",
            cards.BookingAnswers,
            _moving_card,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.MOVE_SEND,
            sure=lambda context, draft: _unusual(context, draft, wording.MOVE_SEND),
        ),
    )

    def filled_in(self, context: Context, it: Conversation) -> dict[str, Any]:
        """Everything, as it is booked."""
        if it.booking is None:
            return {}
        zone = context.services.zone
        start, end = it.booking.start.astimezone(zone), it.booking.end.astimezone(zone)
        return {
            "day": start.date().isoformat(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "place": it.booking.place,
            "lead": counts(it, it.booking.lead),
            "coming": ",".join(_each(it, it.booking.coming)),
        }

    def change(self, it: Conversation, at: datetime, wanted: Booking) -> Conversation:
        """In a new cycle where it is told to everyone."""
        return moving.move(it, at, wanted)


def _each(it: Conversation, coming: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(counts(it, who) for who in coming)


def booked(it: Conversation, wanted: cards.BookingAnswers, office: Office) -> Booking:
    """What was filled in as a booking. Somebody it does not know is left out."""
    last = it.booking or it.missed
    known = [one.id for one in it.present if one.part is not Part.FACILITATOR]
    coming = once(it, (who for who in known if who in (*wanted.coming, wanted.lead)))
    return Booking(
        cycle=last.cycle + 1 if last else 1,
        start=office.at(wanted.day, wanted.start),
        end=office.at(wanted.day, wanted.end),
        wall_start=f"{wanted.day.isoformat()}T{wanted.start:%H:%M}",
        zone=office.zone.key,
        place=wanted.place,
        lead=next(iter(places(it, wanted.lead) & {*coming}), it.lead),
        coming=coming,
    )
