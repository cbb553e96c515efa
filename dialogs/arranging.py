"""The date, the place and who comes: booking a conversation, and moving what is booked.

Both are one card, checked alike; what differs is who may when, what is filled in, and the act.
Source: pathway, step 4.
"""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from cards import booking as cards
from cards.answers import chosen
from cards.elements import Card
from cards.page import Page
from cards.who_comes import by_agency
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.booking import choices, where
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records import moving
from records.calendar import Office
from records.conversation import Booking, Conversation, expected
from records.drafts import Draft
from records.partnership import late
from records.register import Deed
from records.request import Part
from records.stages import Act, WrongStage


class Arranging(Flow):
    """What both have in common. `right` is who may, `act` what is then done."""

    version: ClassVar[int] = 1
    right: ClassVar[Right]
    act: ClassVar[Act]

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the facilitator, at its time; what is known is filled in."""
        done, it = await self.now(visit, conversation), await visit.conversation(conversation)
        if done is not None or it is None:
            return done or access.refuse(visit, self.name, conversation)
        return self.draft(visit, conversation, self.filled_in(visit, it))

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where things are, unless it is time for this."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, self.right):
            return access.refuse(visit, self.name, conversation)
        return None if access.may(visit, it, self.right) else await where(visit, it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from, and who comes for which agency as it stands in the draft."""
        it = await visit.conversation(draft.conversation)
        if it is None:
            return {}
        agencies = by_agency(it.present, chosen(draft.answers.get("coming")))
        return {"people": choices(it), "reference": it.reference, "agencies": agencies}

    def context(self, visit: Visit) -> dict[str, Any]:
        """The clock and the zone a date is checked against."""
        office = visit.desk.register.timetable.office
        return {**super().context(visit), "now": visit.now, "office": office}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """It is booked, or moved; everyone who comes is told once."""
        wanted = cards.Booking.model_validate(draft.answers, context=self.context(visit))
        office = visit.desk.register.timetable.office
        deed = Deed(self.act, visit.person.key, visit.now, submission)

        def changed(now: Conversation) -> Conversation:
            it = access.still(visit, now, self.right, self.act)
            return self.change(it, visit.now, booked(it, wanted, office))

        try:
            it = await visit.desk.register.change(draft.conversation, deed, changed)
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            it = found
        return await where(visit, it)

    @abstractmethod
    def filled_in(self, visit: Visit, it: Conversation) -> dict[str, Any]:
        """What the card shows at first."""

    @abstractmethod
    def change(self, it: Conversation, at: datetime, wanted: Booking) -> Conversation:
        """The conversation with this booking. Raises WrongStage."""


class BookingFlow(Arranging):
    """Date, start, end, place or link, lead worker, who comes."""

    name: ClassVar[str] = "booking"
    title: ClassVar[str] = late(lambda: wording.BOOK_TITLE)
    right: ClassVar[Right] = Right.BOOK
    act: ClassVar[Act] = Act.BOOK
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "booking",
            cards.Booking,
            cards.booking,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.BOOK,
        ),
    )

    def filled_in(self, visit: Visit, it: Conversation) -> dict[str, Any]:
        """What was booked before, but for the date."""
        last = it.booking or it.missed
        return {
            "lead": last.lead if last else it.lead,
            "coming": ",".join(last.coming if last else expected(it.people)),
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
    title: ClassVar[str] = late(lambda: wording.MOVE_TITLE)
    right: ClassVar[Right] = Right.MOVE
    act: ClassVar[Act] = Act.MOVE
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "moving",
            cards.Booking,
            _moving_card,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.MOVE_SEND,
        ),
    )

    def filled_in(self, visit: Visit, it: Conversation) -> dict[str, Any]:
        """Everything, as it is booked."""
        if it.booking is None:
            return {}
        zone = visit.desk.zone
        start, end = it.booking.start.astimezone(zone), it.booking.end.astimezone(zone)
        return {
            "day": start.date().isoformat(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "place": it.booking.place,
            "lead": it.booking.lead,
            "coming": ",".join(it.booking.coming),
        }

    def change(self, it: Conversation, at: datetime, wanted: Booking) -> Conversation:
        """In a new cycle where it is told to everyone."""
        return moving.move(it, at, wanted)


def booked(it: Conversation, wanted: cards.Booking, office: Office) -> Booking:
    """What was filled in as a booking. Somebody it does not know is left out."""
    last = it.booking or it.missed
    known = [one.id for one in it.present if one.part is not Part.FACILITATOR]
    return Booking(
        cycle=last.cycle + 1 if last else 1,
        start=office.at(wanted.day, wanted.start),
        end=office.at(wanted.day, wanted.end),
        wall_start=f"{wanted.day.isoformat()}T{wanted.start:%H:%M}",
        zone=office.zone.key,
        place=wanted.place,
        lead=wanted.lead if wanted.lead in known else it.lead,
        coming=tuple(who for who in known if who in (*wanted.coming, wanted.lead)),
    )
