"""The evaluation as an Excel workbook: a sheet a table, with Excel's own charts.

Everything that is text is written as text: nothing that somebody typed can become a formula, a
link or a number, in Excel or in what reads the file after it. Source: OWASP, "CSV injection".
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from cards.evaluation.quotes import hope_question, question
from cards.evaluation.report import Cell, ReportTable, notes, period_words, tables
from cards.kit.word import clean
from cards.wording import wording
from records.evaluation.figures import Figures
from records.evaluation.quotes import Quote

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""First characters that a spreadsheet may take for more than text."""
PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK: Final = "#1D3B47"
MOST_IN_CELL: Final = 32_767
"""Characters of one cell. Source: Excel specifications and limits."""


def workbook(of: Figures, quotes: Sequence[Quote], at: datetime) -> bytes:
    """The whole workbook. `at` becomes its creation time; it holds no author."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    title = f"{wording.REPORT_TITLE}, {period_words(of.period)}"
    created = at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": title, "author": "", "company": "", "created": created})
    looks = _Looks(book)
    _about(book, looks, of)
    for table in tables(of):
        _sheet(book, looks, table)
    _words(book, looks, quotes)
    book.close()
    return out.getvalue()


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula, even after it was saved as CSV."""
    shown = clean(text)[: MOST_IN_CELL - 1]
    return f"'{shown}" if shown.lstrip(" \u00a0").startswith(DANGEROUS) else shown


class _Looks:
    """The few formats there are."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "text_wrap": True,
             "valign": "top", "border": 1}
        )  # fmt: skip
        self.text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.share = book.add_format({"num_format": "0%", "valign": "top", "border": 1})
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": INK})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})


def _about(book: Any, looks: _Looks, of: Figures) -> None:
    sheet = _new(book, wording.SHEET_ABOUT, (80,))
    sheet.write_string(0, 0, wording.REPORT_TITLE, looks.title)
    sheet.write_string(1, 0, period_words(of.period), looks.title)
    for number, text in enumerate(notes(of), start=3):
        sheet.write_string(number, 0, text, looks.note)


def _sheet(book: Any, looks: _Looks, table: ReportTable) -> None:
    name = wording.SHEET_NAMES[table.id]
    sheet = _new(book, name, (48, 16, 12)[: len(table.header)])
    for column, text in enumerate(table.header):
        sheet.write_string(0, column, text, looks.head)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, looks)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    below = len(table.rows) + 2
    if table.note:
        sheet.write_string(below, 0, table.note, looks.note)
    if table.chart and any(not isinstance(row[1], str) for row in table.rows):
        sheet.insert_chart(below + 2, 0, _chart(book, name, table))


def _write(sheet: Any, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, harmless(cell), looks.text)
    else:
        is_share = column == 2
        sheet.write_number(row, column, cell, looks.share if is_share else looks.text)


def _chart(book: Any, name: str, table: ReportTable) -> Any:
    chart = book.add_chart({"type": "column"})
    last = len(table.rows)
    chart.add_series(
        {
            "name": table.header[1],
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 1, last, 1],
            "fill": {"color": INK},
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": table.title, "name_font": {"size": 12}})
    chart.set_x_axis({"name": table.header[0]})
    # Whole people and whole conversations only.
    chart.set_y_axis({"name": table.header[1], "min": 0, "major_unit": _step(table)})
    chart.set_legend({"none": True})
    return chart


def _step(table: ReportTable) -> int:
    most = max(row[1] for row in table.rows if isinstance(row[1], int))
    return max(1, -(-most // 8))


def _words(book: Any, looks: _Looks, quotes: Sequence[Quote]) -> None:
    sheet = _new(book, wording.SHEET_QUOTES, (34, 40, 50, 70))
    header = (wording.COL_ABOUT, wording.COL_ASKED, wording.COL_HOPED, wording.COL_WORDS)
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, looks.head)
    for number, one in enumerate(quotes, start=1):
        heading = wording.QUOTE_HEADINGS[one.field]
        was = hope_question(one)
        hoped = f"{was}\n{one.hoped}" if was else one.hoped
        for column, text in enumerate((heading, question(one), hoped, one.text)):
            sheet.write_string(number, column, harmless(text), looks.text)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _new(book: Any, name: str, widths: Sequence[int]) -> Any:
    """A sheet that prints on A4, as wide as the page."""
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{name}&R&P / &N")
    return sheet
