"""The partnership's own paper, as far as people can open it: pages, each with its parts.

It is data of the partnership's file and stands there as it was written, for its readers' eyes. No
code knows a part by its heading, and nothing is filled in. A partnership that gives none has no way
to it on any card.
"""

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from records.partnership.sections import Strict, Words

LONGEST: Final = 8_000
"""Characters of a page: a card holds 28 KB, and nobody reads more of it on a phone."""


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("this has to be some words on one line")
    return text


Line = Annotated[str, Field(max_length=600), AfterValidator(_one_line)]
Title = Annotated[str, Field(max_length=24), AfterValidator(_one_line)]
"""It is a button on a phone."""


class PaperPart(Strict):
    """One heading of the paper: what it says in whole sentences, and its points."""

    heading: Words
    texts: tuple[Line, ...] = ()
    points: tuple[Line, ...] = ()


def _fits(parts: tuple[PaperPart, ...]) -> tuple[PaperPart, ...]:
    lines = [line for one in parts for line in (one.heading, *one.texts, *one.points)]
    if sum(map(len, lines)) > LONGEST:
        raise ValueError(f"this is longer than {LONGEST:,} characters: make two pages of it")
    return parts


class PaperPage(Strict):
    """What is read at once; the pages lead to each other by their titles."""

    title: Title
    parts: Annotated[tuple[PaperPart, ...], Field(min_length=1), AfterValidator(_fits)]


class Paper(Strict):
    """Its title, its pages, of which the first is opened first, and what it prints on top of the
    learning document."""

    title: Annotated[str, Field(max_length=100)] = ""
    document: Annotated[tuple[Line, ...], Field(max_length=4)] = ()
    pages: Annotated[tuple[PaperPage, ...], Field(max_length=4)] = ()
