"""The evaluation as a Word report, fit to print: a page of pictures, then paragraphs to read aloud,
then the tables, then what people said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cards.evaluation.pictures import pictures
from cards.evaluation.quotes import hope_question, question
from cards.evaluation.report import (
    Reported,
    ReportTable,
    is_empty,
    notes,
    period_words,
    sentences,
    stands,
    tables,
)
from cards.kit.word import Word
from cards.wording import wording
from records.evaluation.quotes import FIELDS, Quote

WIDTHS: Final = {2: (11.6, 5.0), 4: (7.0, 2.8, 3.0, 3.8)}
"""Centimetres of the columns."""
ON_A_PAGE: Final = 24
"""Rows of a table that is not broken between two pages."""
PICTURE: Final = 8.0
"""Centimetres of a picture: two stand side by side."""


def report(of: Reported, at: datetime) -> bytes:
    """The report of a closed period. `at` becomes its creation time."""
    period = period_words(of.of.period)
    word = Word(wording.REPORT_TITLE, wording.REPORT_FOOTER.format(period=period), at)
    word.para((period,))
    word.para(stands(of.of))
    if is_empty(of.of):
        word.para(wording.EVALUATION_NOTHING)
        return word.body()
    word.heading(wording.REPORT_PICTURES)
    drawn = pictures(of)
    word.pictures([(one.png, one.words) for one in drawn], PICTURE)
    if any(one.ranged for one in drawn):
        word.para(wording.PICTURE_RANGES)
    word.heading(wording.REPORT_SUMMARY, new_page=True)
    for text in sentences(of.of):
        word.para(text)
    word.heading(wording.REPORT_ABOUT)
    word.points(notes(of.of)[1:])
    word.heading(wording.REPORT_FIGURES, new_page=True)
    for table in tables(of.of, of.quarters):
        _table(word, table)
    word.heading(wording.QUOTES, new_page=bool(of.quotes))
    _words(word, of.quotes)
    return word.body()


def _table(word: Word, table: ReportTable) -> None:
    word.heading(table.title, 2)
    rows = [[str(cell) for cell in row] for row in table.rows]
    whole = len(rows) <= ON_A_PAGE
    word.table(table.header, rows, WIDTHS[len(table.header)], whole=whole)
    if table.note:
        word.para(table.note)


def _words(word: Word, quotes: Sequence[Quote]) -> None:
    if not quotes:
        word.para(wording.QUOTES_NONE)
    word.para(wording.QUOTES_FEW)
    for field in FIELDS:
        there = [one for one in quotes if one.field == field]
        if there:
            _quotes(word, field, there)


def _quotes(word: Word, field: str, quotes: Sequence[Quote]) -> None:
    """Words stand under the question they answered: where it was changed, under each of them."""
    word.heading(wording.QUOTE_HEADINGS[field], 2)
    for asked in dict.fromkeys(question(one) for one in quotes):
        word.para(asked, quiet=True)
        for one in quotes:
            if question(one) == asked:
                _quote(word, one)


def _quote(word: Word, one: Quote) -> None:
    if not one.hoped:
        word.points([one.text])
        return
    if hope_question(one):
        word.para(hope_question(one), quiet=True)
    word.para((f"{wording.QUOTE_HOPED}: ",), one.hoped, close=True)
    word.para((f"{wording.QUOTE_HAPPENED}: ",), one.text)
