"""The evaluation as a Word report, fit to print: figures first, then what people said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cards.evaluation.quotes import hope_question, question
from cards.evaluation.report import Cell, ReportTable, notes, period_words, tables
from cards.kit.word import Word
from cards.question_sets import asked_today
from cards.wording import wording
from records.evaluation.figures import Figures
from records.evaluation.quotes import FIELDS, Quote

WIDTHS: Final = {2: (11.6, 5.0), 3: (9.6, 4.0, 3.0)}
"""Centimetres of the columns."""


def report(of: Figures, quotes: Sequence[Quote], at: datetime) -> bytes:
    """The report of a period. `at` becomes its creation time."""
    period = period_words(of.period)
    word = Word(wording.REPORT_TITLE, wording.REPORT_FOOTER.format(period=period), at)
    word.para((period,))
    word.heading(wording.REPORT_ABOUT)
    word.points(notes(of))
    word.heading(wording.REPORT_FIGURES)
    if of.is_empty:
        word.para(wording.EVALUATION_NOTHING)
    for table in tables(of):
        _table(word, table)
    word.heading(wording.QUOTES, new_page=True)
    for field in FIELDS:
        _quotes(word, field, [one for one in quotes if one.field == field])
    return word.body()


def _table(word: Word, table: ReportTable) -> None:
    if not table.rows:
        return
    word.heading(table.title, 2)
    rows = [[_text(cell, column) for column, cell in enumerate(row)] for row in table.rows]
    word.table(table.header, rows, WIDTHS[len(table.header)])
    if table.note:
        word.para(table.note)


def _text(cell: Cell, column: int) -> str:
    if isinstance(cell, float) and column == 2:
        return f"{cell:.0%}"
    return str(cell)


def _quotes(word: Word, field: str, quotes: Sequence[Quote]) -> None:
    """Words stand under the question they answered: where it was changed, under each of them."""
    word.heading(wording.QUOTE_HEADINGS[field], 2)
    if not quotes:
        word.para(asked_today(field), quiet=True)
        word.para(wording.QUOTES_NONE)
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
