"""When things fall due: the dates of one conversation, in the partnership's own time.

Timed prompts keep office hours; dates that are shown are the true ones. Source: pathway, Timing.
The rules of the 2-day prompt stand in `feedback_prompt_due`.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from records.calendar import Office
from records.conversation.conversation import PRACTICE, Conversation
from records.partnership import Partnership, Timings
from records.stages import Stage


@dataclass(frozen=True)
class Dates:
    """The rules of time for one partnership."""

    partnership: Partnership

    @cached_property
    def office(self) -> Office:
        """Its working days and office hours."""
        return self.partnership.office

    @cached_property
    def timings(self) -> Timings:
        """Its waits."""
        return self.partnership.timings

    def manager_silent(self, conversation: Conversation) -> datetime:
        """When a manager counts as silent: working days after they were last asked."""
        asked = max((conversation.asked_at, *conversation.nudges))
        return self.office.add_working_days(asked, self.timings.manager_silent_working_days)

    def preparation_reminder(self, conversation: Conversation) -> datetime | None:
        """The morning of the last working day before the conversation's own day.

        None where the booking came so late that the first card has only just been given.
        """
        booking = conversation.booking
        if booking is None:
            return None
        due = self.office.morning_before(booking.start)
        since = conversation.booked_at or conversation.stage_since
        return due if due >= since + self.timings.preparation_gap else None

    def feedback_deadline(self, conversation: Conversation) -> datetime | None:
        """Event + 2 days, the true deadline that is shown. The event is the booked end."""
        if conversation.booking is None:
            return None
        return self.office.add_days(conversation.booking.end, self.timings.feedback_days)

    def feedback_to_read(self, began: datetime) -> datetime:
        """When its readers hear of feedback that began to wait for them then: a working day before
        they are to have read it."""
        days = self.timings.feedback_read_working_days - 1
        return self.office.add_working_days(began, days)

    def first_card(self, conversation: Conversation) -> datetime | None:
        """When the first feedback card is owed: at *We are closing*, else the next morning."""
        booking, held = conversation.booking, conversation.held
        if held is not None and held.confirmed:
            return held.at
        return self.morning_after(conversation) if booking else None

    def morning_after(self, conversation: Conversation) -> datetime:
        """Opening time of the first working day after its end, or after it was booked where that
        was later. Raises LookupError where nothing is booked."""
        if conversation.booking is None:
            raise LookupError("nothing is booked")
        end, booked = conversation.booking.end, conversation.booked_at
        return self.office.next_morning(max(end, booked) if booked else end)

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
        """Event + 8 weeks at the same wall time; feedback is accepted until then. In a rehearsal,
        which is soon removed, the day after feedback was due."""
        if conversation.booking is None:
            return None
        timings = self.timings
        practice = conversation.id.startswith(PRACTICE)
        days = timings.feedback_days + 1 if practice else timings.outcome_days
        return self.office.add_days(conversation.booking.end, days)

    def words_date(self, shared: datetime) -> datetime:
        """When each agency gets its words at the latest, of a document shared then."""
        return self.office.add_working_days(shared, self.timings.learning_words_working_days)

    def no_outcome_date(self, conversation: Conversation) -> datetime | None:
        """When it ends by itself, where its lead worker says nothing: weeks after its day.

        Who could be asked only later has as long for an answer: another lead worker by then, one
        who was rung, or messages that were stopped. None while they are stopped, or nothing is
        booked. Source: pathway, Timing.
        """
        asked, lead = self.outcome_date(conversation), conversation.person(conversation.lead)
        if asked is None or conversation.stopped_at is not None:
            return None
        changes = conversation.changes
        on = (one.again_on for one in changes.rings if one.who == conversation.lead)
        later = (lead.joined if lead else None, *(one.until for one in changes.pauses), *on)
        asked = max([asked, *filter(None, later)])
        wait = 7 * self.timings.no_outcome_weeks - self.timings.outcome_days
        return self.office.add_days(asked, wait)

    def feedback_closes(self, conversation: Conversation) -> datetime | None:
        """When feedback is taken no more: the 8-week date, or earlier where the lead worker has
        said what difference it made, never later. None before it was held."""
        date = self.outcome_date(conversation)
        if conversation.stage is Stage.COMPLETE:
            return min(date or conversation.stage_since, conversation.stage_since)
        return date if conversation.stage is Stage.HELD else None

    def is_late(self, conversation: Conversation, at: datetime) -> bool:
        """Whether feedback asked for at `at` is asked after its deadline: it is still welcome."""
        deadline = self.feedback_deadline(conversation)
        return deadline is not None and at > deadline
