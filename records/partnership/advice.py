"""What is not wrong with a file and yet worth a look before people read it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from records.partnership.lines import line_of, lines_of
from records.partnership.model import Partnership
from records.partnership.reading import Problem, named, shipped_words
from records.partnership.words import Way, each

AVOIDED: Final = re.compile(
    r"\b(tickets?|ticketing|ticketed|incidents?|incidental(?:ly)?|cases?|caseloads?|caseworkers?"
    r"|scores?|scored|scoring|users?|reject(?:s|ed|ing|ions?)?)\b",
    re.IGNORECASE,
)
"""Words that nobody is to be met with, in all their forms. Source: pathway, practice rules."""
OLD: Final = timedelta(days=365)
"""A local number that was checked longer ago than this is to be checked again."""


ROOM: Final = 60
"""Characters that a sentence may have beyond twice those it replaces, before it is looked at."""


def remarks(path: Path, found: Partnership, today: date) -> list[Problem]:
    """Everything worth a look, by line."""
    lines = lines_of(path.read_text(encoding="utf-8"))
    every = [*_numbers(found, today), *_words(found.words), *_contacts(found)]
    told = [Problem(line_of(lines, way), named(way), reason) for way, reason in every]
    return sorted(told, key=lambda one: one.line)


def _numbers(found: Partnership, today: date) -> Iterator[tuple[Way, str]]:
    for place, one in enumerate(found.numbers):
        if one.checked_on > today:
            yield ("numbers", place, "checked_on"), "is a day that is still to come"
        elif today - one.checked_on > OLD:
            yield ("numbers", place, "checked_on"), "is more than a year ago: check it again"


def _contacts(found: Partnership) -> Iterator[tuple[Way, str]]:
    if not found.contacts.facilitation_team:
        yield ("contacts", "facilitation_team"), "is empty: nobody is told where to write"


def _words(words: Mapping[str, Any]) -> Iterator[tuple[Way, str]]:
    shipped = dict(each(shipped_words()))
    for way, text in each(words):
        for one in AVOIDED.findall(re.sub(r"\{[^}]*\}", " ", text)):
            yield way, f"says “{one}”, a word that this product avoids"
        if way in shipped and len(text) > 2 * len(shipped[way]) + ROOM:
            yield way, "is much longer than what it replaces: look at its card, on a phone too"
