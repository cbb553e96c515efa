"""The evaluation as an Excel workbook, long as each sheet has a way of its own: an overview whose
charts follow the cells beside them, and the tables and words on three sheets more.

Everything that is text is written as text: nothing that somebody typed can become a formula, a
link or a number, in Excel or in what reads the file after it. Source: OWASP, "CSV injection".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from cards.evaluation.figures_csv import harmless
from cards.evaluation.quotes import hope_question, question
from cards.evaluation.report import (
    OF_REQUESTS,
    Cell,
    Reported,
    ReportTable,
    notes,
    period_words,
    sentences,
    stands,
    tables,
    values_of,
)
from cards.wording import wording
from records.evaluation.quotes import Quote
from records.evaluation.shown import BANDS

PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK: Final = "#1D3B47"
LIGHT: Final = "#8FB3BF"
CHART_ROWS: Final = 12
"""Rows that a chart stands beside at least; of many bars it is higher."""
ACROSS: Final = 150
"""Characters of a line across the overview."""
LINE: Final = 15
"""Points of a line."""
DRAWN: Final = ("conversations", "quarters", "scale", "people", "agencies")
"""Tables of the overview, each with its chart beside it."""
WIDE: Final = (34, 40, 50, 70)
"""Characters of the columns of words."""
MOST_HIGH: Final = 400
"""Points of a row. Source: Excel specifications and limits, less a little."""
COLUMNS: Final = (46, 14, 14, 16)


def workbook(of: Reported, at: datetime) -> bytes:
    """The whole workbook. `at` becomes its creation time; it holds no author."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    title = f"{wording.REPORT_TITLE}, {period_words(of.of.period)}"
    created = at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": title, "author": "", "company": "", "created": created})
    looks = _Looks(book)
    every = tables(of.of, of.quarters)
    _overview(book, looks, of, every)
    _sheet(book, looks, "requests", [one for one in every if one.id in OF_REQUESTS])
    _sheet(book, looks, "conversations", [one for one in every if one.id not in OF_REQUESTS])
    _words(book, looks, of.quotes)
    book.close()
    return out.getvalue()


class _Looks:
    """The few formats there are."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "text_wrap": True,
             "valign": "top", "border": 1}
        )  # fmt: skip
        self.text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.count = book.add_format({"align": "right", "valign": "top", "border": 1})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.table = book.add_format({"bold": True, "font_size": 12, "font_color": INK})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})


def _overview(book: Any, looks: _Looks, of: Reported, every: Sequence[ReportTable]) -> None:
    name = wording.SHEET_NAMES["overview"]
    sheet = _new(book, name, (*COLUMNS, 2, 62))
    sheet.write_string(0, 0, harmless(wording.REPORT_TITLE), looks.title)
    sheet.write_string(1, 0, harmless(period_words(of.of.period)), looks.table)
    row = _said(sheet, 3, (stands(of.of), *sentences(of.of)), looks) + 1
    there = {one.id: one for one in every}
    for table in (there[one] for one in DRAWN if one in there):
        placed = _put(sheet, row, table, looks, drawn=True)
        chart = _chart(book, name, table, placed)
        sheet.insert_chart(row, 5, chart, {"description": _alt(table)})
        row = max(placed.after, row + _high(table)) + 1
    _said(sheet, row, notes(of.of)[1:], looks)
    sheet.fit_to_pages(1, 1)


def _said(sheet: Any, row: int, texts: Sequence[str], looks: "_Looks") -> int:
    """Sentences under each other, as wide as the overview; the row after them."""
    for text in texts:
        sheet.merge_range(row, 0, row, 5, "", looks.note)
        sheet.write_string(row, 0, harmless(text), looks.note)
        sheet.set_row(row, LINE * (1 + len(text) // ACROSS))
        row += 1
    return row


@dataclass(frozen=True)
class _Placed:
    """Where the `rows` of a table stand, from `first`; `after` is the row after all of it."""

    first: int
    rows: int
    after: int


def _put(
    sheet: Any, row: int, table: ReportTable, looks: _Looks, *, drawn: bool = False
) -> _Placed:
    """A table with its title; where it is drawn, also the least and the most told of each row."""
    sheet.write_string(row, 0, harmless(table.title), looks.table)
    ranged = drawn and bool(table.ranges)
    header = (*table.header, wording.COL_LEAST, wording.COL_MOST) if ranged else table.header
    for column, text in enumerate(header):
        sheet.write_string(row + 1, column, harmless(text), looks.head)
    for number, cells in enumerate(table.rows):
        bounds = table.ranges[number] if ranged else ()
        for column, cell in enumerate((*cells, *bounds)):
            _write(sheet, row + 2 + number, column, cell, looks)
    after = row + 2 + len(table.rows)
    if table.note:
        sheet.merge_range(after, 0, after, 3, "", looks.note)
        sheet.write_string(after, 0, harmless(table.note), looks.note)
        sheet.set_row(after, LINE * (1 + len(table.note) // (ACROSS // 2)))
        after += 1
    return _Placed(row + 2, len(table.rows), after)


def _write(sheet: Any, row: int, column: int, cell: Cell | None, looks: _Looks) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, looks.count)
    elif isinstance(cell, str):
        sheet.write_string(row, column, harmless(cell), looks.count if column else looks.text)
    else:
        sheet.write_number(row, column, cell, looks.count)


def _chart(book: Any, name: str, table: ReportTable, placed: _Placed) -> Any:
    """A chart of the cells beside it. A figure that is told from here to there is dark as far as it
    is certain, light as far as it may be, and has no number: its cell says what is told of it."""
    lies = table.id not in (BANDS, "quarters")
    chart = book.add_chart({"type": "bar" if lies else "column"})
    first, last = placed.first, placed.first + placed.rows - 1
    ranged = bool(table.ranges)
    both = ((3, LIGHT), (2, INK)) if ranged else ((1, LIGHT), (2, INK))
    exact = [low == high for low, high in table.ranges]
    labelled = [None if one else {"delete": True} for one in exact]
    for column, colour in both:
        labels: dict[str, Any] = {"value": True, "position": "outside_end"}
        chart.add_series(
            {
                "name": [name, first - 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
                **({"overlap": 100} if ranged else {}),
                **({} if ranged and column == 2 else {"data_labels": labels}),
                **(
                    {"data_labels": {**labels, "custom": labelled}}
                    if ranged and column == 3
                    else {}
                ),
            }
        )
    chart.set_title({"name": table.title, "name_font": {"size": 12, "color": INK}})
    # Every bar has its number: whole people and whole conversations only.
    bare = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}
    named = {"num_font": {"size": 8}, "interval_unit": 1, "major_gridlines": {"visible": False}}
    if lies:
        chart.set_x_axis(bare)
        chart.set_y_axis({**named, "reverse": True})  # from the top down
    else:
        below = {"name": wording.T_SCALE_ENDS} if table.id == BANDS else {}
        chart.set_x_axis({**named, **below, "name_font": {"size": 9, "bold": False}})
        chart.set_y_axis(bare)
    chart.set_legend({"none": True} if ranged and all(exact) else {"position": "bottom"})
    chart.set_size({"width": 430, "height": 20 * _high(table) - 10})
    return chart


def _high(table: ReportTable) -> int:
    return max(CHART_ROWS, 3 + 2 * len(table.rows))


def _alt(table: ReportTable) -> str:
    if table.id == BANDS:
        parts = [wording.SAY_SCALE_PART.format(band=name, people=n) for name, n in table.rows]
        return wording.PICTURE_ALT.format(title=table.title, values=", ".join(parts))
    values = "; ".join(f"{row[0]}: {values_of(table, row)}" for row in table.rows)
    return wording.PICTURE_ALT.format(title=table.title, values=values)


def _sheet(book: Any, looks: _Looks, name: str, every: Iterable[ReportTable]) -> None:
    sheet = _new(book, wording.SHEET_NAMES[name], COLUMNS)
    row = 0
    for table in every:
        row = _put(sheet, row, table, looks).after + 1
    if not row:
        sheet.write_string(0, 0, harmless(wording.EVALUATION_FEW), looks.note)


def _words(book: Any, looks: _Looks, quotes: Sequence[Quote]) -> None:
    sheet = _new(book, wording.SHEET_NAMES["words"], WIDE, landscape=True)
    header = (wording.COL_ABOUT, wording.COL_ASKED, wording.COL_HOPED, wording.COL_WORDS)
    for column, text in enumerate(header):
        sheet.write_string(0, column, harmless(text), looks.head)
    for number, one in enumerate(quotes, start=1):
        was = hope_question(one)
        hoped = f"{was}\n{one.hoped}" if was else one.hoped
        cells = (wording.QUOTE_HEADINGS[one.field], question(one), hoped, one.text)
        for column, text in enumerate(cells):
            sheet.write_string(number, column, harmless(text), looks.text)
        lines = max(1 + len(text) // width for text, width in zip(cells, WIDE, strict=True))
        sheet.set_row(number, min(MOST_HIGH, LINE * lines))
    if not quotes:
        sheet.merge_range(1, 0, 1, len(header) - 1, "", looks.note)
        sheet.set_row(1, 2 * LINE)
        sheet.write_string(
            1, 0, harmless(f"{wording.QUOTES_NONE} {wording.QUOTES_FEW}"), looks.note
        )
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _new(book: Any, name: str, widths: Sequence[int], *, landscape: bool = False) -> Any:
    """A sheet that prints on A4, as wide as the page."""
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{name}&R&P / &N")
    return sheet
