"""The evaluation as a card: the figures of a period, and the choice of another.

And the month in figures for the facilitation team's channel: counts of conversations alone.

The chart is of whole people, beside the same numbers as text; where a client draws no charts, the
text stands alone. Source: pathway, step 11; Teams, "Charts in Adaptive Cards".
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from microsoft_teams.cards import (
    CardElement,
    HorizontalBarChart,
    HorizontalBarChartDataValue,
    RichTextBlock,
    TableCell,
    TableRow,
    TextBlock,
    TextRun,
)
from microsoft_teams.cards import ColumnDefinition as Width
from microsoft_teams.cards import Table as CardTable

from cards.evaluation.report import Cell, ReportTable, notes, period_words, tables
from cards.kit.elements import Card, act, build, heading, para, small
from cards.kit.forms import ChoiceField, shortened, trouble
from cards.kit.notes import note
from cards.kit.pickers import DateField, Field
from cards.wording import wording
from records.evaluation.digest import Month
from records.evaluation.figures import Figures
from records.evaluation.periods import Period

REPORT: Final = "evaluation-report"
WORKBOOK: Final = "evaluation-workbook"
"""Names of the two files on the shelf; a file of a period is asked for by the period's key."""
BOLD_AGENCIES: Final = 12
"""So many agencies have their figures in bold; of more each takes less room, so that all fit."""
ROOM_FOR_AGENCIES: Final = 4_500
"""Bytes for the agencies of one table: a hundred, as they are called. The workbook has all."""
BACK: Final = "back"
"""Says that no other period is wanted, whatever was chosen meanwhile."""
DATES: Final = "dates"
"""Chosen instead of a named period."""
NAMES: Final = frozenset({"asked-by", "agencies"})
LISTED: Final = frozenset({"why-not", "level", "open"})
"""Tables of which the card leaves out what was never chosen."""
FIELDS: Final[tuple[Field, ...]] = (
    ChoiceField("period", lambda: wording.PERIOD_LABEL, lambda: wording.PERIODS),
    DateField("first", lambda: wording.PERIOD_FROM, required=False),
    DateField("last", lambda: wording.PERIOD_TO, required=False),
)


def evaluation(of: Figures, unread: int) -> Card:
    """One period in figures; then files, words, and other dates. Where there is nothing to be
    counted, other dates are the way on."""
    carried, words = {"in": of.period.key}, []
    if unread:
        count = str(unread) if unread < 100 else wording.BOARD_MANY
        words = [act(wording.QUOTES_TO_READ.format(count=count), "quotes.read", carried)]
    others = act(wording.PERIOD_OTHER, "evaluation.choose", carried, primary=of.is_empty)
    said = act(wording.QUOTES, "quotes.show", carried)
    files = [
        act(title, "file.get", {"kind": kind, "conversation": of.period.key})
        for title, kind in ((wording.REPORT, REPORT), (wording.WORKBOOK, WORKBOOK))
    ]
    actions = [others, *words] if of.is_empty else [*files, *words, said, others]
    as_of, few = notes(of)[:2]
    body = [para(wording.EVALUATION_NOTHING)] if of.is_empty else list(_body(of, few))
    return build(
        [small(wording.EVALUATION), heading(period_words(of.period)), small(as_of), *body],
        actions,
    )


def choose(period: Period, answers: Mapping[str, Any], problem: str = "") -> Card:
    """Which period. What was chosen so far stays where something has to be put right; before that
    the dates are chosen, so that changing one of them is enough."""
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    shown = {"period": DATES, **dates, **answers}
    inputs: list[CardElement] = []
    for one in FIELDS:
        if problem and one.id == "first":
            inputs.append(trouble(problem))
        inputs += one.element(shown.get(one.id))
    return build(
        [small(wording.EVALUATION), heading(wording.PERIOD_TITLE), *inputs],
        [
            act(wording.PERIOD_SHOW, "evaluation.show", {}, primary=True),
            act(wording.BACK, "evaluation.show", {"in": period.key, BACK: True}, inputs=False),
        ],
    )


# --------------------------------------------------------------------------------------------------


def _body(of: Figures, few: str) -> Iterable[CardElement]:
    """The tables; where people are counted first, also what is not said about few of them."""
    for table in tables(of):
        rows = [row for row in table.rows if table.id not in LISTED or row[1]]
        if not rows:
            continue
        yield _title(table.title)
        if table.id == "scale":
            yield from _scale(of, table)
        elif table.id in NAMES:
            yield _in_a_line(rows)
        else:
            yield from (_row(row) for row in rows)
        if table.id == "feedback":
            yield small(few)


def _title(text: str) -> CardElement:
    return TextBlock(
        text=text, weight="Bolder", size="Default", wrap=True, spacing="Medium", style="heading"
    )


def _row(row: tuple[Cell, ...]) -> CardElement:
    runs = [TextRun(text=f"{_text(row[0])}: "), TextRun(text=_value(row), weight="Bolder")]
    return RichTextBlock(inlines=list(runs), spacing="Small")


def _in_a_line(rows: Sequence[tuple[Cell, ...]]) -> CardElement:
    """Agencies, which are many and typed by people, run on in one paragraph, every one of them."""
    if len(rows) <= BOLD_AGENCIES:
        return RichTextBlock(inlines=list(_bold(rows)), spacing="Small")
    told = [f"{_text(row[0])}: {_value(row)}" for row in rows]
    shown = [one for one, room in zip(told, accumulate(map(_bytes, told)), strict=True)
             if room <= ROOM_FOR_AGENCIES]  # fmt: skip
    runs = [TextRun(text=" · ".join(shown))]
    if len(shown) < len(told):
        more = wording.MORE_AGENCIES.format(count=len(rows))
        runs.append(TextRun(text=f" · … {more}", is_subtle=True))
    return RichTextBlock(inlines=list(runs), spacing="Small")


def _bold(rows: Sequence[tuple[Cell, ...]]) -> Iterator[TextRun]:
    for number, row in enumerate(rows):
        yield TextRun(text=f"{' · ' if number else ''}{_text(row[0])}: ")
        yield TextRun(text=_value(row), weight="Bolder")


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())


def _value(row: tuple[Cell, ...]) -> str:
    count = _text(row[1])
    share = row[2] if len(row) > 2 else ""
    if isinstance(share, float):
        return wording.OF_ALL.format(count=count, share=f"{share:.0%}")
    return count


def _text(cell: Cell) -> str:
    return shortened(str(cell), 60)[0]


def _scale(of: Figures, table: ReportTable) -> Iterable[CardElement]:
    """The chart, and under it the same as a table. One band alone makes no picture."""
    if len(of.scale) > 1:
        yield HorizontalBarChart(
            title=table.title,
            x_axis_title=wording.COL_PEOPLE,
            y_axis_title=wording.T_SCALE_NUMBER,
            # Without an axis: its lines would stand at parts of people.
            display_mode="AbsoluteNoAxis",
            # One colour: the chart's own would tell bars apart where nothing is meant by it.
            color="categoricalBlue",
            data=[
                HorizontalBarChartDataValue(x=str(row[0]), y=row[1])
                for row in table.rows
                if isinstance(row[1], int)
            ],
            fallback=TextBlock(text=wording.T_SCALE_TEXT, wrap=True, size="Small", is_subtle=True),
        )
    yield _as_table(table)
    yield small(table.note)


def _as_table(table: ReportTable) -> CardElement:
    every = (table.header, *table.rows)
    return CardTable(
        first_row_as_headers=True,
        show_grid_lines=True,
        columns=[Width(width=1) for _ in table.header],
        rows=[
            TableRow(cells=[TableCell(items=[_cell(cell, row is table.header)]) for cell in row])
            for row in every
        ],
    )


def _cell(cell: Cell, is_header: bool) -> CardElement:
    return TextBlock(text=str(cell), wrap=True, weight="Bolder" if is_header else None)


def digest(of: Month) -> Card:
    """Three counts, and where to find more."""
    return note(
        title(of),
        wording.DIGEST_WHY,
        rows=(
            (wording.DIGEST_REQUESTS, str(of.requests)),
            (wording.DIGEST_HELD, str(of.held)),
            (wording.DIGEST_OUTCOMES, str(of.outcomes)),
        ),
        extra=[small(wording.DIGEST_MORE, gap=True)],
    )


def title(of: Month) -> str:
    """Such as: Learning conversations in January 2027."""
    return wording.DIGEST_TITLE.format(month=f"{of.period.first:%B %Y}")
