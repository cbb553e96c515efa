"""What follows each failure. A decision is a value, so each rule is one line of a table."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.calendar import Office
from records.outbox.kinds import KINDS, Kind
from records.outbox.prompt import Prompt
from records.people import Reference
from scheduler.delivery.courier import (
    Ambiguous,
    ChatGone,
    MessageGone,
    Moved,
    NotAccepted,
    OutOfOrder,
    Refused,
    Unreachable,
)
from scheduler.delivery.retry import Hold, Park, Remind, TryAgain, Waits, decide, in_hours

LONDON = ZoneInfo("Europe/London")
OFFICE, WAITS = Office(), Waits()
TIMED = {kind for kind, one in KINDS.items() if one.timed}
QUESTIONS = {kind for kind, one in KINDS.items() if one.asks}
TO_THE_MANAGER = {Kind.MANAGER_ASK, Kind.MANAGER_REMINDER}
MONDAY = datetime(2026, 11, 2, 10, tzinfo=LONDON).astimezone(UTC)
PLACE = Reference(service_url="https://t.example", conversation_id="c", tenant="t")
FRIDAY = datetime(2026, 11, 6, 15, tzinfo=LONDON).astimezone(UTC)


def prompt(kind=Kind.AGREED, attempt=1, reminders=0, due=MONDAY):
    return Prompt(
        kind=kind, to="x", cycle="1", due=due, conversation="c", not_before=due,
        attempt=attempt, reminders=reminders,
    )  # fmt: skip


def decided(one, failure, now=MONDAY, chance=1.0):
    return decide(one, failure, now, OFFICE, lambda: chance, WAITS)


def wall(moment):
    return moment.astimezone(LONDON).strftime("%a %H:%M")


@pytest.mark.parametrize(
    ("attempt", "seconds"),
    [(1, 5), (2, 10), (3, 20), (5, 80), (8, 640), (9, 900), (10, 900), (10_000, 900)],
)
def test_what_was_not_accepted_waits_twice_as_long_each_time_up_to_a_quarter_hour(attempt, seconds):
    found = decided(prompt(attempt=attempt), NotAccepted("no connection"))
    assert found == TryAgain(MONDAY + timedelta(seconds=seconds))


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_the_wait_is_random_over_its_whole_length(chance):
    found = decided(prompt(attempt=3), NotAccepted("no connection"), chance=chance)
    assert found == TryAgain(MONDAY + timedelta(seconds=20 * chance))


@pytest.mark.parametrize(
    ("asked", "attempt", "seconds"), [(120, 1, 122.5), (2, 9, 450), (0, 1, 2.5)]
)
def test_a_retry_after_is_waited_for_and_a_little_longer(asked, attempt, seconds):
    found = decided(prompt(attempt=attempt), NotAccepted("429", float(asked)), chance=0.5)
    assert found == TryAgain(MONDAY + timedelta(seconds=seconds))


@settings(deadline=None, max_examples=60)
@given(
    asked=st.none() | st.floats(0, 86_400),
    attempt=st.integers(0, 10**6),
    chance=st.floats(0, 1),
)
def test_a_wait_is_never_shorter_than_asked_nor_longer_than_both_limits(asked, attempt, chance):
    found = decided(prompt(attempt=attempt), NotAccepted("429", asked), chance=chance)
    waited = (found.at - MONDAY).total_seconds()
    assert (asked or 0) - 0.001 <= waited <= max(900, (asked or 0) + 5) + 0.001


BOTH = pytest.mark.parametrize("kind", [Kind.MANAGER_ASK, Kind.AGREED])


@BOTH
@pytest.mark.parametrize("theirs", [Unreachable, ChatGone])
def test_what_cannot_reach_its_person_is_parked(kind, theirs):
    assert decided(prompt(kind), theirs("Teams answered 403", 403)) == Park("Teams answered 403")


@BOTH
@pytest.mark.parametrize(
    "ours",
    [Refused("no", 413), MessageGone("no", 404), Moved("no", 403, PLACE)],
    ids=lambda one: type(one).__name__,
)
def test_what_is_wrong_with_the_message_waits_for_an_operator(kind, ours):
    assert decided(prompt(kind), ours) == Hold("no")


@BOTH
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_what_is_out_of_order_is_tried_again_at_one_instant_for_all(kind, chance):
    """Whole seconds: nobody overtakes anybody by a clock that was read a moment earlier."""
    one = decided(prompt(kind, attempt=1), OutOfOrder("401", 1799.99), chance=chance)
    later = MONDAY + timedelta(seconds=0.005)
    other = decided(prompt(kind, attempt=9), OutOfOrder("401", 1799.985), later, chance=chance)
    assert one == other == TryAgain(MONDAY + timedelta(minutes=30))


@BOTH
@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 5), (2, 10), (5, 80), (10, 2560), (11, 3600), (10**6, 3600)]
)
def test_what_one_chat_alone_has_met_waits_longer_each_time_up_to_an_hour(kind, attempt, seconds):
    found = decided(prompt(kind, attempt=attempt), OutOfOrder("401"), chance=1)
    assert found == TryAgain(MONDAY + timedelta(seconds=seconds))


@pytest.mark.parametrize("kind", sorted(QUESTIONS - TO_THE_MANAGER))
def test_a_question_that_may_have_arrived_is_repeated_after_a_day_without_an_answer(kind):
    assert decided(prompt(kind), Ambiguous("502")) == Remind(MONDAY + timedelta(hours=24))


@pytest.mark.parametrize("kind", sorted(TO_THE_MANAGER))
@pytest.mark.parametrize(("now", "morning"), [(MONDAY, "Tue 09:00"), (FRIDAY, "Mon 09:00")])
def test_a_manager_is_reminded_on_the_next_working_morning(kind, now, morning):
    found = decided(prompt(kind, due=now), Ambiguous("502"), now)
    assert isinstance(found, Remind)
    assert wall(found.at) == morning


def test_a_reminder_a_day_after_a_friday_waits_for_monday():
    found = decided(prompt(Kind.FEEDBACK, due=FRIDAY), Ambiguous("reset"), FRIDAY)
    assert wall(found.at) == "Mon 09:00"


@pytest.mark.parametrize("kind", sorted(set(Kind) - QUESTIONS))
def test_a_notice_that_may_have_arrived_is_repeated_after_a_quarter_hour(kind):
    assert decided(prompt(kind), Ambiguous("reset")) == Remind(MONDAY + timedelta(minutes=15))


@pytest.mark.parametrize("kind", list(Kind))
def test_there_is_never_a_second_reminder(kind):
    assert decided(prompt(kind, reminders=1), Ambiguous("reset")) == Park("unsure twice: reset")


def test_a_reminder_that_was_not_accepted_is_tried_again():
    assert isinstance(decided(prompt(reminders=1), NotAccepted("no connection")), TryAgain)


@pytest.mark.parametrize(
    ("kind", "late", "goes"),
    [
        (Kind.FEEDBACK_PROMPT, timedelta(0), "Mon 10:00"),
        (Kind.FEEDBACK_PROMPT, timedelta(hours=6, minutes=20), "Mon 16:20"),
        (Kind.FEEDBACK_PROMPT, timedelta(hours=16), "Tue 09:00"),
        (Kind.FEEDBACK, timedelta(hours=16), "Tue 02:00"),
        (Kind.AGREED, timedelta(hours=16), "Tue 02:00"),
    ],
)
def test_a_timed_prompt_that_is_late_waits_for_office_hours(kind, late, goes):
    due = MONDAY + timedelta(hours=6) if goes == "Mon 16:20" else MONDAY
    assert wall(in_hours(kind, due, MONDAY + late, OFFICE, WAITS)) == goes


def test_a_timed_prompt_refused_for_the_moment_late_at_night_waits_for_the_morning():
    now = MONDAY + timedelta(hours=12)
    for kind in TIMED:
        found = decided(prompt(kind, attempt=20), NotAccepted("no connection"), now)
        assert wall(found.at) == "Tue 09:00"
