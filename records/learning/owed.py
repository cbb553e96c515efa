"""The learning document: to the lead worker, and once it is passed on to each agency's recorder.

It may be shared before or after the lead worker has said what difference the conversation made.
"""

from collections.abc import Iterator

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.one_each import places
from records.learning.agencies import who_came
from records.outbox.prompt import Kind, Owed
from records.stages import Act


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """One message and one reminder each; nothing once it is passed on, or recorded."""
    captured = it.captured
    if captured.shared_at is None or not it.allows(Act.LEARNING_CONFIRMED):
        return
    wait, cycle = dates.timings.learning_reminder_working_days, str(captured.shares)
    if captured.confirmed_at is None:
        due, again = captured.shared_at, dates.office.add_working_days(captured.shared_at, wait)
        yield Owed(kind=Kind.LEARNING_SHARED, to=it.lead, cycle=cycle, due=due)
        yield Owed(kind=Kind.LEARNING_REMINDER, to=it.lead, cycle=cycle, due=again)
        return
    due, again = captured.confirmed_at, dates.office.add_working_days(captured.confirmed_at, wait)
    for one in who_came(it):
        if not any(map(captured.has_recorded, places(it, one.id))):
            yield Owed(kind=Kind.RECORD, to=one.id, cycle="1", due=due)
            yield Owed(kind=Kind.RECORD_REMINDER, to=one.id, cycle="1", due=again)
