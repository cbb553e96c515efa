"""Since when nobody hears of a conversation, and when that ended."""

from datetime import UTC, datetime, timedelta

from records.changes.silence import Silence, silent_since, went_on

STOPPED = datetime(2027, 3, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_stop_lasts_until_messages_go_on():
    over = Silence(STOPPED, STOPPED + HOUR)
    assert silent_since([over], STOPPED) == STOPPED
    assert silent_since([over], STOPPED - HOUR) is None
    assert silent_since([over], STOPPED + HOUR) is None
    assert went_on([over], STOPPED) is None
    assert went_on([over], STOPPED + HOUR) == STOPPED + HOUR


def test_one_that_a_copy_with_a_fast_clock_has_noted_holds_at_once():
    assert silent_since([Silence(STOPPED, None)], STOPPED - timedelta(seconds=2)) == STOPPED


def test_of_two_at_a_time_the_first_one_counts_and_the_last_end():
    both = [Silence(STOPPED + HOUR, None), Silence(STOPPED, STOPPED + 3 * HOUR)]
    assert silent_since(both, STOPPED + 2 * HOUR) == STOPPED
    ended = [Silence(STOPPED, STOPPED + HOUR), Silence(STOPPED, STOPPED + 2 * HOUR)]
    assert went_on(ended, STOPPED + 5 * HOUR) == STOPPED + 2 * HOUR
