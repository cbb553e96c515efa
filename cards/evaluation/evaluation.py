"""The evaluation as a card: the two figures that matter and the scale, a tap for all the others,
and the choice of a period.

And the month in figures for the facilitation team's channel: counts of conversations alone.

The chart is of whole people, beside the same numbers as text; where a client draws no charts, the
text stands alone. Source: pathway, step 11; Teams, "Charts in Adaptive Cards".
"""

from collections.abc import Iterator, Sequence
from typing import Final

from microsoft_teams.cards import (
    CardElement,
    HorizontalBarChart,
    HorizontalBarChartDataValue,
    RichTextBlock,
    TextBlock,
    TextRun,
)

from cards.evaluation.report import (
    Cell,
    ReportTable,
    held_back,
    is_empty,
    is_told_whole,
    missing,
    period_words,
    scale,
    stands,
    tables,
    told_of_held,
    values_of,
)
from cards.kit.elements import Card, act, build, heading, para, small
from cards.kit.forms import ChoiceField, shortened, trouble
from cards.kit.notes import note
from cards.wording import wording
from records.evaluation.digest import Month
from records.evaluation.queries import Evaluated
from records.evaluation.shown import AGENCIES, ASKED, BANDS, HELD

REPORT: Final = "evaluation-report"
WORKBOOK: Final = "evaluation-workbook"
"""Names of the two files on the shelf; a file of a period is asked for by the period's key."""
BACK: Final = "back"
"""Says that no other period is wanted, whatever was chosen meanwhile."""
PERIOD: Final = "period"
"""The input with the key of the period that is wanted."""
BOLD: Final = 14
"""So many figures of one paragraph are in bold."""
IN_A_LINE: Final = frozenset({"asked-by", AGENCIES, BANDS})
"""Tables with many rows, which run on in one paragraph."""


def evaluation(of: Evaluated, unread: int) -> Card:
    """One period: how many conversations took place, how many said what difference it made, and
    the scale; then all figures, files, words, and other periods."""
    carried = {"in": of.period.key}
    closed = of.closed_at is not None and not is_empty(of)
    actions = [act(wording.EVALUATION_ALL, "evaluation.all", carried)] if closed else []
    if closed:
        actions += [
            act(title, "file.get", {"kind": kind, "conversation": of.period.key})
            for title, kind in ((wording.REPORT, REPORT), (wording.WORKBOOK, WORKBOOK))
        ]
    if unread:
        count = str(unread) if unread < 100 else wording.BOARD_MANY
        actions.append(act(wording.QUOTES_TO_READ.format(count=count), "quotes.read", carried))
    if closed:
        actions.append(act(wording.QUOTES, "quotes.show", carried))
    actions.append(act(wording.PERIOD_OTHER, "evaluation.choose", carried, primary=is_empty(of)))
    return build([*_title(of), *_body(of)], actions)


def every_figure(of: Evaluated, quarters: Sequence[Evaluated] = ()) -> Card:
    """All that is shown of a closed period, as text."""
    back = act(wording.QUOTES_TO_FIGURES, "evaluation.show", {"in": of.period.key})
    rows = [element for table in tables(of, quarters) for element in _table(table)]
    if titles := held_back(of):
        rows.append(small(wording.SAY_HELD_BACK.format(titles="; ".join(titles)), gap=True))
    return build([*_title(of), *rows, small(wording.EVALUATION_FEW, gap=True)], [back])


def nothing_yet() -> Card:
    """Before the first request there is no period."""
    return note(wording.EVALUATION, wording.EVALUATION_NEVER)


def choose(every: Sequence[Evaluated], now: str, problem: str = "") -> Card:
    """Which period, the newest first. `now` is the key of the one that is shown."""
    period = ChoiceField(
        PERIOD,
        lambda: wording.PERIOD_LABEL,
        tuple((one.period.key, _of_choice(one)) for one in reversed(every)),
        compact=True,
    )
    wrong = [trouble(problem)] if problem else []
    return build(
        [
            small(wording.EVALUATION),
            heading(wording.PERIOD_TITLE),
            *wrong,
            *period.element(now),
        ],
        [
            act(wording.PERIOD_SHOW, "evaluation.show", {}, primary=True),
            act(wording.BACK, "evaluation.show", {"in": now, BACK: True}, inputs=False),
        ],
    )


# --------------------------------------------------------------------------------------------------


def _of_choice(one: Evaluated) -> str:
    words = period_words(one.period)
    return words if one.closed_at else wording.PERIOD_RUNNING.format(period=words)


def _title(of: Evaluated) -> list[CardElement]:
    return [small(wording.EVALUATION), heading(period_words(of.period)), small(stands(of))]


def _body(of: Evaluated) -> Iterator[CardElement]:
    if is_empty(of):
        yield para(wording.EVALUATION_NOTHING)
        return
    yield from _matters(
        wording.ROWS[HELD],
        str(of.count(HELD)),
        f"{wording.ROWS[ASKED]}: {of.count(ASKED)}",
    )
    if of.closed_at is None or not of.count(HELD):
        return
    yield from _matters(wording.ROWS["told"], told_of_held(of) or _not_shown())
    yield from _scale(scale(of))
    yield small(missing(of), gap=True)
    if not is_told_whole(of):
        yield small(wording.EVALUATION_FEW, gap=True)


def _not_shown() -> str:
    """In place of a figure, so that it begins a line."""
    return wording.NOT_SHOWN[:1].upper() + wording.NOT_SHOWN[1:]


def _matters(title: str, figure: str, under: str = "") -> Iterator[CardElement]:
    """A figure that is read first."""
    number = TextBlock(text=figure, size="ExtraLarge", weight="Bolder", wrap=True, spacing="None")
    yield TextBlock(text=title, wrap=True, spacing="Medium")
    yield number
    if under:
        yield small(under)


def _scale(table: ReportTable) -> Iterator[CardElement]:
    """The chart, and under it the same as text. One band alone makes no picture."""
    yield _heading(table.title)
    if not table.rows:
        yield small(_not_shown())
        return
    bars = [(str(name), people) for name, people in table.rows if isinstance(people, int)]
    if len(bars) == len(table.rows) > 1:
        yield HorizontalBarChart(
            title=table.title,
            x_axis_title=wording.COL_PEOPLE,
            y_axis_title=wording.T_SCALE_NUMBER,
            # Without an axis: its lines would stand at parts of people.
            display_mode="AbsoluteNoAxis",
            # One colour: the chart's own would tell bars apart where nothing is meant by it.
            color="categoricalBlue",
            data=[HorizontalBarChartDataValue(x=name, y=people) for name, people in bars],
            fallback=TextBlock(text=wording.T_SCALE_TEXT, wrap=True, size="Small", is_subtle=True),
        )
    yield _in_a_line(table)


def _table(table: ReportTable) -> Iterator[CardElement]:
    yield _heading(table.title)
    if table.id in IN_A_LINE:
        yield _in_a_line(table)
    else:
        yield from (_row(table, row) for row in table.rows)
    if table.note:
        yield small(table.note)


def _heading(text: str) -> CardElement:
    return TextBlock(
        text=text, weight="Bolder", size="Default", wrap=True, spacing="Medium", style="heading"
    )


def _row(table: ReportTable, row: Sequence[Cell]) -> CardElement:
    value = TextRun(text=values_of(table, row), weight="Bolder")
    runs = [TextRun(text=f"{_text(row[0])}: "), value]
    return RichTextBlock(inlines=list(runs), spacing="Small")


def _in_a_line(table: ReportTable) -> CardElement:
    """Rows run on in one paragraph; their names may be typed words. Many of them are not in bold,
    which takes less room, so that all fit."""
    rows = [(_text(row[0]), values_of(table, row)) for row in table.rows]
    if table.id == BANDS:
        # A number of people beside a number of the scale: said in words which is which.
        parts = (wording.SAY_SCALE_PART.format(band=name, people=value) for name, value in rows)
        return RichTextBlock(inlines=[TextRun(text=" · ".join(parts))], spacing="Small")
    if len(rows) > BOLD:
        told = " · ".join(f"{name}: {value}" for name, value in rows)
        return RichTextBlock(inlines=[TextRun(text=told)], spacing="Small")
    runs: list[TextRun] = []
    for number, (name, value) in enumerate(rows):
        runs.append(TextRun(text=f"{' · ' if number else ''}{name}: "))
        runs.append(TextRun(text=value, weight="Bolder"))
    return RichTextBlock(inlines=list(runs), spacing="Small")


def _text(cell: Cell) -> str:
    return shortened(str(cell), 60)[0]


# The month ----------------------------------------------------------------------------------------


def digest(of: Month) -> Card:
    """Two counts, and where to find more."""
    return note(
        title(of),
        wording.DIGEST_WHY,
        rows=(
            (wording.DIGEST_REQUESTS, str(of.requests)),
            (wording.DIGEST_HELD, str(of.held)),
        ),
        extra=[small(wording.DIGEST_MORE, gap=True)],
    )


def title(of: Month) -> str:
    """Such as: Learning conversations in January 2027."""
    return wording.DIGEST_TITLE.format(month=f"{of.period.first:%B %Y}")
