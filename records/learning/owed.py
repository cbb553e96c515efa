"""The learning document: to the lead worker, then the words of each agency to who came for it.

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
    """One message and one reminder each; nothing once it is passed on, or recorded.

    The words go as the lead worker confirms, or when they were promised at the latest. Each of both
    has a cycle of its own: the message of the promised day is written as the document is shared.
    """
    captured = it.captured
    if captured.shared_at is None or not it.allows(Act.LEARNING_CONFIRMED):
        return
    wait, cycle = dates.timings.learning_reminder_working_days, str(captured.shares)
    if captured.confirmed_at is None:
        due, again = captured.shared_at, dates.office.add_working_days(captured.shared_at, wait)
        yield Owed(kind=Kind.LEARNING_SHARED, to=it.lead, cycle=cycle, due=due)
        yield Owed(kind=Kind.LEARNING_REMINDER, to=it.lead, cycle=cycle, due=again)
    if captured.words_due is None:
        return
    due = captured.words_due
    again = dates.office.add_working_days(due, wait)
    words = "1" if due == captured.confirmed_at else f"promised{cycle}"
    for one in who_came(it):
        if not any(map(captured.has_recorded, places(it, one.id))):
            yield Owed(kind=Kind.RECORD, to=one.id, cycle=words, due=due)
            yield Owed(kind=Kind.RECORD_REMINDER, to=one.id, cycle=words, due=again)
