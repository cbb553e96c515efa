"""What a sentence may be where it is more than a sentence: the name of a file, of a sheet in Excel,
the header of a table."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from records.partnership.words import Way, Wrong, each

FILES: Final = (".docx", ".xlsx", ".ics")
SHEET: Final = 31
"""Characters of the name of a sheet. Source: Excel specifications and limits."""
NOT_IN_A_SHEET: Final = r"[]:*?/\'"
COLUMNS: Final = frozenset(
    {
        ("words", "documents", "doc_people"),
        ("words", "documents", "doc_views"),
        ("words", "documents", "doc_scaling"),
        ("words", "documents", "pack_people"),
    }
)
"""Lists that are the header of a table: one for each column, no more and no fewer."""
_FIELD: Final = re.compile(r"\{[^}]*\}")


def unfit(words: Mapping[str, Any], shipped: Mapping[str, Any]) -> Iterator[Wrong]:
    """Each sentence, filled in, that would break the file it is meant for."""
    was = dict(each(shipped))
    for way, text in each(words):
        ending = next((one for one in FILES if str(was.get(way, "")).endswith(one)), "")
        if ending:
            yield from _wrong_name(way, text, ending)
    yield from _wrong_sheets(words["evaluation"])
    for way in COLUMNS:
        _, topic, name = way
        given, wanted = len(words[topic][name]), len(shipped[topic][name])
        if given != wanted:
            yield Wrong(way, f"is the header of a table: it has to have {wanted} parts")


def _wrong_name(way: Way, text: str, ending: str) -> Iterator[Wrong]:
    if not text.endswith(ending):
        yield Wrong(way, f"is the name of a file: it has to end in {ending}")
    if not re.fullmatch(r"[\w(][\w .,()-]*", _FIELD.sub("x", text)):
        yield Wrong(way, "is the name of a file: letters, numbers, spaces and - . , ( ) only")


def _wrong_sheets(evaluation: Mapping[str, Any]) -> Iterator[Wrong]:
    names: dict[Way, str] = {
        ("words", "evaluation", "sheet_names", name): text
        for name, text in evaluation["sheet_names"].items()
    }
    times = Counter(text.casefold() for text in names.values())
    for way, text in names.items():
        if len(text) > SHEET:
            yield Wrong(way, f"is the name of a sheet: “{text}” is longer than {SHEET} characters")
        if set(text) & set(NOT_IN_A_SHEET) or text.casefold() == "history":
            yield Wrong(way, f"is the name of a sheet: not History, and none of {NOT_IN_A_SHEET}")
        if times[text.casefold()] > 1:
            yield Wrong(way, f"is the name of a sheet: there are two called “{text}”")
