"""Days and times as people type them, where a client sends what was typed and not what was picked.

A picker sends 2027-02-03 and 14:00. A fallback text box, a paste and an older client send anything:
what says one day, or one time, is read; what could be two is not guessed at. So 03/02/2027 is the
third of February, as the partnership writes it, and 9 alone is no time.
"""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from cards.wording import wording
from records.calendar import years_later
from records.conversation.dates import Dates

_DAYS: Final = (
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d/%m/%y", "%d %m %Y",
    "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y",
)  # fmt: skip
_WEEKDAY: Final = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|r|rs|ur)?(?:day)?\b")
_ORDINAL: Final = re.compile(
    r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\bthe\b|,|(?<=[a-z])\.|(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)"
)
_STOP: Final = re.compile(r"(?<=\d)\.+$")
_MIDNIGHT: Final = re.compile(r"(?<=\d)T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:[:.h]\s?(\d{2})(?:[:.](\d{2})(?:\.0+)?)?)?\s?(a\.?m\.?|p\.?m\.?)?"
)
_TOGETHER: Final = re.compile(r"(\d{1,2})(\d{2})\s?(a\.?m\.?|p\.?m\.?)?")
_NAMED: Final = {"noon": time(12), "midday": time(12), "12 noon": time(12), "midnight": time(0)}


class NotReadable(ValueError):
    """No day, or no time, can be read there without a guess."""


def read_day(text: str) -> date:
    """One day of the calendar, its year included. Raises NotReadable, also where it is said to be
    another day of the week."""
    plain = _MIDNIGHT.sub("", _plain(text)).casefold()
    words = " ".join(_WEEKDAY.sub(" ", _ORDINAL.sub(" ", plain)).split()).replace("sept ", "sep ")
    for spoken in dict.fromkeys((words, re.sub(r"(?<=\d)[.-](?=\d)", "/", words))):
        for form in _DAYS:
            with suppress(ValueError):
                found = datetime.strptime(spoken, form).date()  # noqa: DTZ007  # a day has no zone
                if set(_WEEKDAY.findall(plain)) <= {f"{found:%a}".casefold()}:
                    return found
    raise NotReadable


def read_clock(text: str) -> time:
    """A wall time, to the minute: of 24 hours, or with am or pm. Raises NotReadable.

    One with a zone is refused: which wall time it means depends on the day.
    """
    words = _plain(text).casefold().replace(" o'clock", "").replace(" o’clock", "")
    if words in _NAMED:
        return _NAMED[words]
    if (found := _TOGETHER.fullmatch(words)) is not None:
        return _time(found[1], found[2], found[3])
    found = _CLOCK.fullmatch(words)
    if found is None or not (found[2] or found[4]):
        raise NotReadable
    return _time(found[1], found[2] or "0", found[4])


def _time(hours: str, minutes: str, half: str | None) -> time:
    hour = int(hours)
    if half and hour <= 12:
        if hour == 0 and half.startswith("p"):
            raise NotReadable
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif half and half.startswith("a"):
        raise NotReadable
    try:
        return time(hour, int(minutes))
    except ValueError as error:
        raise NotReadable from error


def _plain(text: str) -> str:
    """Single spaces, usual signs and nothing unseen, without a full stop behind a number."""
    seen = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return _STOP.sub("", " ".join("".join(seen).split()))


def day_as_kept(text: str) -> str:
    """A typed day as a picker would have sent it; what cannot be read stays as it was typed."""
    try:
        return read_day(text).isoformat()
    except NotReadable:
        return text


def clock_as_kept(text: str) -> str:
    """The same for a time."""
    try:
        return f"{read_clock(text):%H:%M}"
    except NotReadable:
        return text


def _sorry(kind: str, sentence: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "{sentence}", {"sentence": sentence})


def _day(value: object) -> object:
    text = value.strip() if isinstance(value, str) else ""
    if isinstance(value, date):
        return value
    try:
        return read_day(text)
    except NotReadable:
        raise _sorry("date", wording.DATE_NOT_READ if text else wording.CHOOSE_DATE) from None


def _clock(value: object) -> object:
    text = value.strip() if isinstance(value, str) else ""
    if isinstance(value, time):
        return value
    try:
        return read_clock(text)
    except NotReadable:
        raise _sorry("time", wording.TIME_NOT_READ if text else wording.CHOOSE_TIME) from None


def _today(info: ValidationInfo) -> tuple[date, Dates | None]:
    """The partnership's own day, by the `now` and the `dates` that are checked against."""
    given = info.context or {}
    dates: Dates | None = given.get("dates")
    return (dates.office.local(given["now"]).date() if dates else date.min), dates


def _not_far(value: date | None, info: ValidationInfo) -> date | None:
    today, dates = _today(info)
    ahead = dates.timings.booked_ahead_years if dates else 0
    if value is not None and dates is not None and value > years_later(today, ahead):
        raise _sorry("far", wording.DATE_FAR)
    return value


def to_come(past: Callable[[], str]) -> AfterValidator:
    """Not before today; `past` is what is said otherwise."""

    def check(value: date | None, info: ValidationInfo) -> date | None:
        today, dates = _today(info)
        if value is not None and dates is not None and value < today:
            raise _sorry("past", past())
        return value

    return AfterValidator(check)


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_not_far)]
"""An answer's day, no further ahead than dates are given. Pydantic alone would take a number for
seconds."""
DayOrNone = Annotated[
    date | None,
    BeforeValidator(lambda value: _day(value) if value else None),
    AfterValidator(_not_far),
]
"""The same, or nothing."""
Clock = Annotated[time, BeforeValidator(_clock)]
"""An answer's wall time, never with a zone. Pydantic alone would take 1400 for a time of night."""
