"""What follows a send that did not go well. A decision is a value; `scheduler.delivery.delivery`
acts on it.

| the courier says | a question | a notice |
|---|---|---|
| `NotAccepted` | again: a random wait that doubles up to 15 min, or as Teams asked | the same |
| `OutOfOrder` | again when all are; one chat alone: a wait that doubles up to an hour | the same |
| `Unreachable` | park: people are told, and it comes with their next sign of life | the same |
| any other `Refused` | hold: nobody is told, an operator releases it | the same |
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
from scheduler.delivery.courier import Ambiguous, NotAccepted, OutOfOrder, Refused, Unreachable

DOUBLINGS: Final = 20
"""Enough to reach any longest wait; more would only make a number too large for a date."""

Failure = NotAccepted | Refused | Ambiguous


@dataclass(frozen=True)
class Waits:
    """How long is waited. `late` is how late a timed prompt may go after office hours.

    `longest` is while Teams is away or busy, `out_of_order` while it would take nothing of us.
    """

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    out_of_order: timedelta = timedelta(hours=1)
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


@dataclass(frozen=True)
class Hold:
    """Nothing more until an operator says so: the message itself is at fault, and nobody else."""

    reason: str


Decision = TryAgain | Remind | Park | Hold


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
    burst. After an outage of ours all go at one instant, paced by the courier, so that they keep
    their order. There is never more than one reminder. Source: the design's delivery rules; Teams
    asks for a retry of 429 and 412, and not of 400, 403, 404 and 413.
    """
    match failure:
        case Unreachable():
            return Park(failure.reason)
        case Refused():
            return Hold(failure.reason)
        case Ambiguous() if prompt.reminders:
            return Park(f"unsure twice: {failure.reason}")
        case Ambiguous():
            return Remind(_reminder_at(prompt.kind, now, office, waits))
        case OutOfOrder() if failure.retry_after is not None:
            at = _whole_second(now + timedelta(seconds=failure.retry_after))
        case OutOfOrder():
            at = now + _backoff(prompt.attempt, None, chance(), waits.first, waits.out_of_order)
        case NotAccepted():
            asked = failure.retry_after
            at = now + _backoff(prompt.attempt, asked, chance(), waits.first, waits.longest)
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


def _backoff(
    attempts: int, asked: float | None, chance: float, first: timedelta, longest: timedelta
) -> timedelta:
    doublings = min(max(attempts - 1, 0), DOUBLINGS)
    own = min(first * (1 << doublings), longest) * chance
    if asked is None:
        return own
    # Everybody was told the same number of seconds; a little chance spreads them.
    return max(own, timedelta(seconds=asked) + first * chance)


def _whole_second(at: datetime) -> datetime:
    """Rounded up: two clocks read a moment apart still give all the same instant."""
    rest = timedelta(microseconds=at.microsecond)
    return at + (timedelta(seconds=1) - rest) if rest else at
