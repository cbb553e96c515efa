"""Dates of birth, NHS numbers and numbers of records in a text, however they were pasted.

Every pattern here is bounded, so that the work grows with the text and no faster. They read a text
that `tidied` has made plain.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
RECENT: Final = timedelta(days=90)
"""A date this near, or still to come, is more likely when something happened than a birth."""

_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u034f\u180e"
_SPACES: Final = "\t\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
_MORE_SPACES: Final = "\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u2032\uff07"
_SLASHES: Final = "\u2044\u2215\uff0f"
_LINES: Final = "\x85\u2028\u2029"
_TIDY: Final = {
    **dict.fromkeys(map(ord, _UNSEEN), ""),
    **dict.fromkeys(map(ord, _SPACES + _MORE_SPACES), " "),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _SLASHES), "/"),
    **dict.fromkeys(map(ord, _LINES), "\n"),
}
_MANY: Final = re.compile(r" {2,}+| ?\n[ \n]*+")

_AGES: Final = r"(?:weeks?|wks?|months?|days?|hours?|minutes?|years?|kg|lbs?|per|percent)\b"
_BORN: Final = re.compile(
    r"\b(?:d\.? ?o\.? ?b\b|date of birth|born|birthday)\D{0,25}"
    rf"(?<!\d)\d{{1,4}}+(?! ?(?:(?:[+-]|plus) ?\d{{1,2}})? ?{_AGES})",
    re.I,
)
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?<!\d[/.-])(\d{1,2})( ?[/.-] ?)(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/.-]\d)"
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?<!\d[/.-])((?:19|20)\d\d)( ?[/.-] ?)(\d{1,2})\2(\d{1,2})(?!\d|[/.-]\d)"
)
_SPACED: Final = re.compile(r"(?<![\d/.-])(?<!\d )(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)(?! ?\d)")
_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ ,./\n-]{{0,2}}(?:of )?({MONTHS})(?![a-z])"
    r"[ ,./\n'-]{0,2}((?:19|20)\d\d|(?<=['/.-])\d\d)(?!\d)",
    re.I,
)
_MONTH_FIRST: Final = re.compile(
    rf"\b({MONTHS})\.? ?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?[ ,.]{{0,2}}((?:19|20)\d\d)(?!\d)",
    re.I,
)
_APART: Final = r"[ ./_,\n-]{0,3}"
_NHS: Final = re.compile(
    rf"(?<![\d+])(?:\d{{3}}{_APART}\d{{3}}{_APART}\d{{4}}|\d{{4}}{_APART}\d{{3}}{_APART}\d{{3}})(?!\d)"
)
_NHS_SAID: Final = re.compile(r"\bnhs (?:no|num|number)\b\D{0,6}\d{3}", re.I)

_OF_WHAT: Final = (
    "case|crime|incident|custody|court|hospital|record|client|patient|pupil|person|file|log|police|"
    "referral|national insurance|passport|reference"
)
_REFERENCE: Final = re.compile(
    rf"\b(?:{_OF_WHAT})(?: record)? (?:ref(?:erence)? )?(?:no|num|number|ref|reference|id)\b"
    r"\W{0,4}(?:is |was )?[a-z]{0,4}[ /-]{0,2}(?:\d{4}|\d{1,3}[/.-]\d|\d{1,2}[a-z]\d{2})|"
    r"\b(?:case|crime|incident|custody record|passport|mrn|ref) ?#? ?\d{5}|"
    r"\b(?:case|crime|incident) ?# ?\d{3}|"
    r"\bref(?:erence)?\.?: ?[a-z]{0,4}[ /-]?\d{4}|"
    r"\b\d{2}/\d{3,7}/\d{2,4}\b|"
    r"\bcr[ :/-]{1,3}[a-z]{0,3}/?\d[\d/-]{2}|"
    r"\b(?:urn|las|lcs|ics|cad|crn|pnc|pncid|upn|cpr|emis|rio|mosaic|liquidlogic)\b"
    r"(?: (?:id|no|number|ref))?\W{0,3}[a-z]?(?:\d{4}|\d{2}/\d{4})|"
    r"\b[a-ceghj-pr-tw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b",
    re.I,
)
"""Numbers by which a child, an adult or a record can be looked up in some agency's system."""


def tidied(text: str) -> str:
    """The text with its spaces, dashes and apostrophes as a keyboard has them, single spaces and
    lines, and nothing unseen."""
    plain = text.replace("\r\n", "\n").translate(_TIDY)
    return _MANY.sub(lambda found: "\n" if "\n" in found[0] else " ", plain).strip()


def holds_birth(text: str, today: date) -> bool:
    """Whether it says when somebody was born, or has a whole date of long ago."""
    return bool(_BORN.search(text)) or any(one < today - RECENT for one in _dates(text, today))


def holds_nhs_number(text: str) -> bool:
    """Whether it has an NHS number, or says that it has one."""
    return bool(_NHS_SAID.search(text)) or any(map(is_nhs_number, _NHS.findall(text)))


def holds_reference(text: str) -> bool:
    """Whether it has a number under which some agency keeps somebody's record."""
    return _REFERENCE.search(text) is not None


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, spaced or not, carry the check digit of an NHS number (modulus 11).

    None begins with 0. Source: NHS Data Dictionary, "NHS NUMBER".
    """
    digits = [int(one) for one in text if one.isdecimal()]
    if len(digits) != 10 or digits[0] == 0:
        return False
    total = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == digits[9]


def _dates(text: str, today: date) -> Iterator[date]:
    """Whole dates, however they are written, that are a day in the calendar."""
    found = [(int(y), int(m), int(d)) for y, _, m, d in _YEAR_FIRST.findall(text)]
    found += [(int(y), int(m), int(d)) for d, _, m, y in _NUMERIC.findall(text)]
    found += [(int(y), int(m), int(d)) for d, m, y in _SPACED.findall(text)]
    found += [(int(y), _month(m), int(d)) for d, m, y in _DAY_FIRST.findall(text)]
    found += [(int(y), _month(m), int(d)) for m, d, y in _MONTH_FIRST.findall(text)]
    for year, month, day in found:
        whole = year
        if year < 100:
            whole = year + (2000 if 2000 + year <= today.year else 1900)
        try:
            yield date(whole, month, day)
        except ValueError:
            continue


def _month(name: str) -> int:
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return months.index(name[:3].casefold()) + 1
