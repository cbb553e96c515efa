"""A cancelled prompt that is owed again: what it keeps of what it was, and when it may go."""

from datetime import UTC, datetime, timedelta

import pytest

from records.outbox.prompt import NOT_OWED, Kind, Owed, Prompt, State

DUE = datetime(2026, 11, 10, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def cancelled(**facts):
    owed = Owed(kind=Kind.FEEDBACK, to="o", cycle="1", due=DUE)
    said = {"state": State.CANCELLED, "reason": NOT_OWED, **facts}
    return owed, Prompt.of(owed, "c1").model_copy(update=said)


@pytest.mark.parametrize(("reminders", "state"), [(0, State.WAITING), (1, State.UNSURE)])
def test_it_waits_as_what_it_was_before_it_was_cancelled(reminders, state):
    owed, prompt = cancelled(reminders=reminders)
    again = prompt.again(owed)
    assert (again.state, again.reason, again.reminders) == (state, "", reminders)


def test_it_goes_no_earlier_than_it_is_due_now():
    owed, prompt = cancelled()
    later = owed.model_copy(update={"due": DUE + HOUR})
    assert (prompt.again(later).due, prompt.again(later).not_before) == (DUE + HOUR, DUE + HOUR)


def test_it_goes_no_earlier_than_it_was_to_be_tried_again():
    owed, prompt = cancelled(not_before=DUE + 24 * HOUR, reminders=1)
    assert prompt.again(owed).not_before == DUE + 24 * HOUR
