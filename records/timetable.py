"""What a conversation owes, and when: a pure function, so that nothing has to be remembered.

Messages caused by somebody's act are due at once, at whatever hour; timed prompts keep office
hours. Source: pathway, Timing. The rules of the 2-day prompt stand in `feedback_prompt_due`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from records.calendar import Office
from records.conversation import Conversation
from records.prompt import CHANNEL, Kind, Owed
from records.stages import Stage


@dataclass(frozen=True)
class Timings:
    """The waits of one partnership, in the units their names say."""

    manager_reminder_working_days: int = 2
    feedback_days: int = 2
    feedback_gap: timedelta = timedelta(hours=4)
    closing_lead: timedelta = timedelta(minutes=5)
    outcome_days: int = 56
    outcome_reminder_days: int = 7


@dataclass(frozen=True)
class Timetable:
    """The rules of time for one partnership."""

    office: Office = field(default_factory=Office)
    timings: Timings = field(default_factory=Timings)

    def owed(self, conversation: Conversation) -> tuple[Owed, ...]:
        """Every message the conversation owes in its present stage, answered ones left out."""
        rules = {
            Stage.REQUESTED: self._requested,
            Stage.AGREED: self._agreed,
            Stage.PICKED_UP: self._picked_up,
            Stage.BOOKED: self._booked,
            Stage.HELD: self._held,
            Stage.NOT_THIS_ROUTE: self._declined,
            Stage.WITHDRAWN: self._withdrawn,
            Stage.ENDED: self._ended,
        }
        rule = rules.get(conversation.stage)
        own = tuple(rule(conversation)) if rule else ()
        return (*own, *_not_reached(conversation))

    # When ---------------------------------------------------------------------------------------

    def feedback_deadline(self, conversation: Conversation) -> datetime | None:
        """Event + 2 days, the true deadline that is shown. The event is the booked end."""
        if conversation.booking is None:
            return None
        return self.office.add_days(conversation.booking.end, self.timings.feedback_days)

    def first_card(self, conversation: Conversation) -> datetime | None:
        """When the first feedback card is owed: at *We are closing*, else the next morning."""
        booking, held = conversation.booking, conversation.held
        if held is not None and held.confirmed:
            return held.at
        return self.office.next_morning(booking.end) if booking else None

    def feedback_prompt_due(self, deadline: datetime, first_card: datetime) -> datetime:
        """When the one 2-day prompt goes to those who have not answered.

        At the deadline, if that falls in office hours; otherwise at the last moment of office
        hours before it that is at least 4 hours after the first card; failing that, the next
        working morning after both, which `is_late` words as "still welcome".
        """
        earliest = first_card + self.timings.feedback_gap
        if self.office.is_open(deadline) and deadline >= earliest:
            return deadline
        before = self.office.last_open_before(deadline)
        if before >= earliest:
            return before
        return self.office.next_morning(max(deadline, first_card))

    def outcome_date(self, conversation: Conversation) -> datetime | None:
        """Event + 8 weeks at the same wall time; feedback is accepted until then."""
        if conversation.booking is None:
            return None
        return self.office.add_days(conversation.booking.end, self.timings.outcome_days)

    def is_late(self, owed: Owed, conversation: Conversation) -> bool:
        """Whether a 2-day prompt goes after its deadline, and so says "still welcome"."""
        deadline = self.feedback_deadline(conversation)
        return deadline is not None and owed.due > deadline

    # What ---------------------------------------------------------------------------------------

    def _requested(self, it: Conversation) -> Iterator[Owed]:
        cycle = str(it.asks)
        manager = it.manager.id
        for number, at in enumerate(it.talks, start=1):
            yield Owed(kind=Kind.TALK_FIRST, to=it.requester.id, cycle=str(number), due=at)
        if len(it.talks) >= it.asks:
            return
        yield Owed(kind=Kind.MANAGER_ASK, to=manager, cycle=cycle, due=it.asked_at)
        days = self.timings.manager_reminder_working_days
        due = self.office.add_working_days(it.asked_at, days)
        yield Owed(kind=Kind.MANAGER_REMINDER, to=manager, cycle=cycle, due=due)

    def _agreed(self, it: Conversation) -> Iterator[Owed]:
        at = it.stage_since
        yield Owed(kind=Kind.AGREED, to=it.requester.id, cycle="1", due=at)
        yield Owed(kind=Kind.WAITING, to=CHANNEL, cycle="1", due=at)
        for one in it.told:
            yield Owed(kind=Kind.WAITING, to=one.id, cycle="1", due=at)

    def _picked_up(self, it: Conversation) -> Iterator[Owed]:
        at = it.picked_up_at or it.stage_since
        yield Owed(kind=Kind.PICKED_UP, to=it.requester.id, cycle="1", due=at)
        if it.missed is not None:
            for who in it.missed.coming:
                yield Owed(
                    kind=Kind.NOT_AHEAD, to=who, cycle=str(it.missed.cycle), due=it.stage_since
                )

    def _booked(self, it: Conversation) -> Iterator[Owed]:
        booking = it.booking
        if booking is None:
            return
        cycle = str(booking.cycle)
        for who in booking.coming:
            due = it.booked_at or it.stage_since
            yield Owed(kind=Kind.PREPARATION, to=who, cycle=cycle, due=due)
        # The facilitator asked for this card by booking: it comes in the last minutes of the
        # conversation itself, whatever the hour.
        due = booking.end - self.timings.closing_lead
        yield Owed(kind=Kind.CLOSING, to=it.facilitator, cycle=cycle, due=due)
        yield from self._took_part(it)
        yield from _doubted(it)

    def _took_part(self, it: Conversation) -> Iterator[Owed]:
        if it.booking is None:
            return
        doubting = (note.by for note in it.doubts)
        known = {*it.absent, *doubting, *(it.held.came if it.held else ())}
        for who in it.booking.coming:
            if who not in known:
                due = self.office.next_morning(it.booking.end)
                yield Owed(kind=Kind.TOOK_PART, to=who, cycle=str(it.booking.cycle), due=due)

    def _held(self, it: Conversation) -> Iterator[Owed]:
        held, booking = it.held, it.booking
        if held is None or booking is None:
            return
        cycle = str(booking.cycle)
        if not held.confirmed:
            yield from self._took_part(it)
            yield from _doubted(it)
        open_for = [who for who in held.came if not it.answered(who)]
        for who in open_for:
            if who not in held.self_reported:
                yield Owed(kind=Kind.FEEDBACK, to=who, cycle=cycle, due=held.at)
        yield from self._feedback_prompts(it, open_for, cycle)
        yield from self._outcome(it, cycle)

    def _feedback_prompts(
        self, it: Conversation, open_for: list[str], cycle: str
    ) -> Iterator[Owed]:
        deadline, first = self.feedback_deadline(it), self.first_card(it)
        if deadline is None or first is None or it.held is None:
            return
        for who in open_for:
            due = self.feedback_prompt_due(deadline, max(first, it.held.since(who)))
            yield Owed(kind=Kind.FEEDBACK_PROMPT, to=who, cycle=cycle, due=due)

    def _outcome(self, it: Conversation, cycle: str) -> Iterator[Owed]:
        date = self.outcome_date(it)
        if date is None:
            return
        due = self.office.roll_forward(date)
        yield Owed(kind=Kind.OUTCOME, to=it.lead, cycle=cycle, due=due)
        again = self.office.roll_forward(
            self.office.add_days(date, self.timings.outcome_reminder_days)
        )
        yield Owed(kind=Kind.OUTCOME_REMINDER, to=it.lead, cycle=cycle, due=again)

    def _declined(self, it: Conversation) -> Iterator[Owed]:
        yield Owed(kind=Kind.NOT_THIS_ROUTE, to=it.requester.id, cycle="1", due=it.stage_since)

    def _withdrawn(self, it: Conversation) -> Iterator[Owed]:
        told = {it.manager.id: None}
        if it.facilitator:
            told[it.facilitator] = None
        if it.withdrawn_from is Stage.AGREED:
            told |= dict.fromkeys((CHANNEL, *(one.id for one in it.told)))
        if it.missed is not None and it.withdrawn_from is Stage.PICKED_UP:
            told |= dict.fromkeys(it.missed.coming)
        if it.booking is not None and it.withdrawn_from is Stage.BOOKED:
            told |= dict.fromkeys(it.booking.coming)
        told.pop(it.requester.id, None)
        for who in told:
            yield Owed(kind=Kind.WITHDRAWN, to=who, cycle="1", due=it.stage_since)

    def _ended(self, it: Conversation) -> Iterator[Owed]:
        for who in it.booking.coming if it.booking else ():
            yield Owed(kind=Kind.ENDED, to=who, cycle="1", due=it.stage_since)


def _not_reached(it: Conversation) -> Iterator[Owed]:
    """The requester and the facilitator hear of it; before pick-up, the whole team does."""
    for note in it.unreached:
        if not note.still:
            continue
        told = [it.facilitator] if it.facilitator else [CHANNEL, *(one.id for one in it.told)]
        # A facilitator who was merely told of it is the team's own matter.
        first = () if any(one.id == note.who for one in it.told) else (it.requester.id,)
        for to in dict.fromkeys((*first, *told)):
            if to != note.who:
                yield Owed(
                    kind=Kind.NOT_REACHED,
                    to=to,
                    cycle=str(note.times),
                    due=note.since,
                    about=note.who,
                )


def _doubted(it: Conversation) -> Iterator[Owed]:
    """The facilitator is asked about each person who says that it did not go ahead."""
    if it.booking is None:
        return
    for note in it.doubts:
        yield Owed(
            kind=Kind.DOUBTED,
            to=it.facilitator,
            cycle=str(it.booking.cycle),
            due=note.first_at,
            about=note.by,
        )
