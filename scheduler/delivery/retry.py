"""What follows a send that did not go well. A decision is a value; `scheduler.delivery.delivery`
acts on it.

| the courier says | a question | a notice |
|---|---|---|
| `NotAccepted` | again: a random wait that doubles up to 15 min, or as Teams asked | the same |
| `Refused` | park | park |
| `Ambiguous` | once more after 24 h with no answer*, as a reminder | once more after 15 minutes |
| `Ambiguous`, again | park | park |

*) What only the manager is asked: on the next working morning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from records.calendar import Office
from records.outbox.kinds import KINDS, Kind, To
from records.outbox.prompt import Prompt
from scheduler.delivery.courier import Ambiguous, NotAccepted, Refused

DOUBLINGS: Final = 20
"""Enough to reach any longest wait; more would only make a number too large for a date."""

Failure = NotAccepted | Refused | Ambiguous


@dataclass(frozen=True)
class Waits:
    """How long is waited. `late` is how late a timed prompt may go after office hours."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    answer: timedelta = timedelta(hours=24)
    notice: timedelta = timedelta(minutes=15)
    late: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class TryAgain:
    """It was never taken: the same message, not before `at`."""

    at: datetime


@dataclass(frozen=True)
class Remind:
    """It may have arrived: once more, not before `at`, and worded as a reminder."""

    at: datetime


@dataclass(frozen=True)
class Park:
    """Nothing more until somebody acts; the requester and the facilitators are told."""

    reason: str


Decision = TryAgain | Remind | Park


def decide(
    prompt: Prompt,
    failure: Failure,
    now: datetime,
    office: Office,
    chance: Callable[[], float],
    waits: Waits,
) -> Decision:
    """What follows this failure of a prompt tried `prompt.attempt` times.

    `chance` gives a random number from 0 to 1: full jitter, so that an outage does not end in a
    burst. There is never more than one reminder. Source: the design's delivery rules; Teams asks
    for a retry of 429 and 412, and not of 400, 401, 403, 404 and 413.
    """
    match failure:
        case Refused():
            return Park(failure.reason)
        case Ambiguous() if prompt.reminders:
            return Park(f"unsure twice: {failure.reason}")
        case Ambiguous():
            return Remind(_reminder_at(prompt.kind, now, office, waits))
        case NotAccepted():
            at = now + _backoff(prompt.attempt, failure.retry_after, chance(), waits)
            return TryAgain(in_hours(prompt.kind, prompt.due, at, office, waits))


def in_hours(kind: Kind, due: datetime, at: datetime, office: Office, waits: Waits) -> datetime:
    """When a prompt that was due at `due` may go, if it could go at `at`.

    A timed prompt that is late, because the bot or Teams was away, waits for office hours rather
    than arrive in the night; one that is less than an hour late goes. Source: pathway, Timing.
    """
    return office.roll_forward(at) if KINDS[kind].timed and at - due > waits.late else at


def _reminder_at(kind: Kind, now: datetime, office: Office, waits: Waits) -> datetime:
    message = KINDS[kind]
    if not message.asks:
        return now + waits.notice
    if message.who == (To.MANAGER,):
        return office.next_morning(now)
    return office.roll_forward(now + waits.answer)


def _backoff(attempts: int, asked: float | None, chance: float, waits: Waits) -> timedelta:
    doublings = min(max(attempts - 1, 0), DOUBLINGS)
    window = min(waits.first * (1 << doublings), waits.longest)
    own = window * chance
    if asked is None:
        return own
    # Everybody was told the same number of seconds; a little chance spreads them.
    return max(own, timedelta(seconds=asked) + waits.first * chance)
