"""The facilitator moves a booked conversation, or changes who comes. Source: pathway, step 4."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cards import booking as booking_cards
from cards import wording
from cards.elements import Card
from cards.page import Page
from dialogs import access, booking
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.drafts import Draft
from records.moving import move
from records.register import Deed
from records.stages import Act, WrongStage


def _card(page: Page) -> Card:
    return booking_cards.booking_card(page, wording.MOVE_TITLE, wording.MOVE_SEND)


class MovingFlow(Flow):
    """The booking's card with what is booked filled in."""

    name: ClassVar[str] = "moving"
    title: ClassVar[str] = wording.MOVE_TITLE
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "moving",
            booking_cards.Booking,
            _card,
            ("day", "start", "end", "place", "lead", "coming"),
            alone=True,
            carried=("lead", "coming"),
            press=wording.MOVE_SEND,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the facilitator, while it is booked."""
        done = await self.now(visit, conversation)
        it = await visit.conversation(conversation)
        if done is not None or it is None or it.booking is None:
            return done or access.refuse(visit, "moving", conversation)
        now, zone = it.booking, visit.desk.zone
        start, end = now.start.astimezone(zone), now.end.astimezone(zone)
        answers: dict[str, Any] = {
            "day": start.date().isoformat(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "place": now.place,
            "lead": now.lead,
            "coming": ",".join(now.coming),
        }
        return self.draft(visit, conversation, answers)

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where things are, unless it is booked."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.MOVE):
            return access.refuse(visit, "moving", conversation)
        return None if access.may(visit, it, Right.MOVE) else await booking.where(visit, it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from."""
        return await booking.whom(visit, draft)

    def context(self, visit: Visit) -> dict[str, Any]:
        """The clock and the zone a date is checked against."""
        office = visit.desk.register.timetable.office
        return {**super().context(visit), "now": visit.now, "office": office}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Moved; everyone who comes is told once. The same as before changes nothing."""
        wanted = booking_cards.Booking.model_validate(draft.answers, context=self.context(visit))
        office = visit.desk.register.timetable.office
        deed = Deed(Act.MOVE, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation,
                deed,
                lambda now: move(
                    access.still(visit, now, Right.MOVE, Act.MOVE),
                    visit.now,
                    booking.booked(now, wanted, office),
                ),
            )
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            it = found
        return await booking.where(visit, it)
