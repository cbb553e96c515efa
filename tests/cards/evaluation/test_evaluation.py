"""The evaluation on a card, in a workbook and in a report: the same figures, and nothing sharp."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from docx2python import docx2python

from cards.evaluation.evaluation import choose, evaluation
from cards.evaluation.quotes import released, to_read
from cards.evaluation.report import ReportTable, period_words, tables
from cards.evaluation.report_word import report
from cards.evaluation.workbook import harmless, workbook
from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from records.evaluation.few_people import Band, Feedback
from records.evaluation.figures import Days, FigureRow, Figures
from records.evaluation.periods import Period
from records.evaluation.quotes import Quote
from records.feedback.scale_meanings import Meaning
from tests.dialogs.conftest import elements, texts

AT = datetime(2027, 1, 20, 10, tzinfo=UTC)
PERIOD = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
EVIL = '=HYPERLINK("http://evil.example","Click")'


def some(**more: Any) -> Figures:
    full: dict[str, Any] = {
        "period": PERIOD,
        "as_of": date(2027, 1, 20),
        "requests": 12,
        "agreed": 9,
        "not_agreed": 2,
        "waiting": 1,
        "fell_through": 1,
        "reasons": (FigureRow(name="", count=1), FigureRow(name="meeting", count=1)),
        "levels": (FigureRow(name="1", count=4), FigureRow(name="", count=8)),
        "open_to": (FigureRow(name="yes", count=12), FigureRow(name="no", count=0)),
        "asked_by": (FigureRow(name=EVIL, count=3), FigureRow(name="Police", count=9)),
        "held": 8,
        "days": Days(middle=9.5, least=3, most=21),
        "agencies": (FigureRow(name="**Health**", count=7), FigureRow(name="Police", count=8)),
        "feedback": Feedback(came=30, answered=20, not_answered=10, in_time=15, later=5),
        "scale": (Band(low=0, high=6, people=5), Band(low=7, high=7, people=15)),
        "outcomes": 3,
        "outcomes_awaited": 1,
        "outcomes_later": 4,
    }
    return Figures.model_validate(full | more)


def quoted(text: str = "A calm hour.", field: str = "happened", hoped: str = "") -> Quote:
    return Quote(conversation="c", by="n", field=field, text=text, held=AT, hoped=hoped)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


# The card ----------------------------------------------------------------------------------------


def test_the_card_shows_every_figure_and_who_is_meant() -> None:
    shown = texts(evaluation(some(), 3))
    for text in (
        "1 October 2026 to 31 December 2026",
        "Requests: 12",
        "Agreed by the manager: 9",
        "Another meeting or plan fits better: 1",
        "The middle one (median): 9.5",
        "Gave feedback: 20 (67%)",
        "Within two days: 15 (50%)",
        "The lead worker said what changed: 3 (75%)",
        "(Words to read: 3)",
    ):
        assert text in shown, text


def test_the_chart_is_of_whole_people_with_the_same_as_text_and_a_fallback() -> None:
    card = evaluation(some(), 0)
    [chart] = [one for one in elements(card) if one.get("type", "").startswith("Chart.")]
    assert chart["fallback"]["type"] == "TextBlock"
    bars = [(one["x"], one["y"]) for one in chart["data"]]
    assert bars == [("0 to 6", 5), ("7", 15)]
    assert all(float(people).is_integer() for _, people in bars)
    [table] = [one for one in elements(card) if one.get("type") == "Table"]
    cells = [one["text"] for one in elements(table) if one.get("type") == "TextBlock"]
    assert cells == ["Number", "People", "0 to 6", "5", "7", "15"]


def test_fewer_than_five_is_said_in_words_and_makes_no_chart() -> None:
    few = some(feedback=Feedback(), scale=())
    card = evaluation(few, 0)
    shown = texts(card)
    assert "Gave feedback: fewer than five" in shown
    assert "Came: not shown" in shown
    assert not any(one.get("type", "").startswith("Chart.") for one in elements(card))
    assert "0 to 10" in shown


def test_everybody_answered_does_not_say_how_few_did_not() -> None:
    shown = texts(evaluation(some(feedback=Feedback(answered=11, in_time=6, later=5)), 0))
    assert "Gave feedback: 11\n" in shown  # no share: it would give the others away
    assert "No feedback so far: fewer than five" in shown
    assert "Came: not shown" in shown


def test_an_agency_is_never_read_as_markdown() -> None:
    card = evaluation(some(), 0)
    assert "**Health**" in texts(card)
    written = [one["text"] for one in elements(card) if one.get("type") == "TextBlock"]
    assert not any("**Health**" in text for text in written)


def test_a_card_with_the_longest_of_everything_still_fits() -> None:
    many = tuple(FigureRow(name=f"{number:03}{'🙂' * 200}", count=9) for number in range(300))
    long = some(asked_by=many, agencies=many,
                scale=tuple(Band(low=n, high=n, people=9_999) for n in range(11)))  # fmt: skip
    card = evaluation(long, 100)
    assert size(card) <= MAX_BYTES
    assert wording.MORE_AGENCIES.format(count=300) in texts(card)


def test_a_level_that_the_file_no_longer_has_is_shown_as_it_was_kept() -> None:
    levels = (
        FigureRow(name="1", count=4),
        FigureRow(name="9b", count=2),
        FigureRow(name="", count=6),
    )
    table = next(one for one in tables(some(levels=levels)) if one.id == "level")
    assert table.rows == (("Level 1: universal", 4), ("Not said", 6), ("9b", 2))
    assert "9b" in texts(evaluation(some(levels=levels), 0))


def test_nothing_in_a_period_is_said_kindly() -> None:
    empty = Figures(period=PERIOD, as_of=date(2027, 1, 20))
    shown = texts(evaluation(empty, 0))
    assert wording.EVALUATION_NOTHING in shown


def test_where_there_is_nothing_the_way_on_is_to_other_dates() -> None:
    card = evaluation(Figures(period=PERIOD, as_of=date(2027, 1, 20)), 2)
    titles = [one["title"] for one in card["actions"]]
    assert titles == [wording.PERIOD_OTHER, wording.QUOTES_TO_READ.format(count=2)]


def test_a_wrong_choice_of_days_keeps_what_was_chosen() -> None:
    answers = {"period": "dates", "first": "2026-12-31", "last": "2026-10-01"}
    shown = texts(choose(PERIOD, answers, wording.PERIOD_DATES))
    assert wording.PERIOD_DATES in shown
    assert "[2026-12-31]" in shown


# The workbook ------------------------------------------------------------------------------------


def read_back(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def test_the_workbook_has_a_sheet_a_table_with_the_same_figures() -> None:
    book = read_back(workbook(some(), (quoted(),), AT))
    for table in tables(some()):
        sheet = book[wording.SHEET_NAMES[table.id]]
        rows = list(sheet.iter_rows(values_only=True, max_row=len(table.rows) + 1))
        assert rows[0] == table.header
        for written, row in zip(rows[1:], table.rows, strict=True):
            for cell, value in zip(written, row, strict=True):
                assert cell == (harmless(value) if isinstance(value, str) else value)
    assert list(book[wording.SHEET_QUOTES].iter_rows(values_only=True))[1:] == [
        (wording.QUOTE_HEADINGS["happened"], wording.Q_HAPPENED, "", "A calm hour.")
    ]


def test_the_workbook_draws_the_scale_and_the_level_itself() -> None:
    book = read_back(workbook(some(), (), AT))
    drawn = {sheet.title for sheet in book if sheet._charts}  # type: ignore[attr-defined]
    assert drawn == {wording.SHEET_NAMES["scale"], wording.SHEET_NAMES["level"]}


@pytest.mark.parametrize(
    "evil",
    [
        EVIL,
        "+1+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "=cmd|' /C calc'!A0",
        "%0A=1",
        "|calc",
    ],
)
def test_nothing_typed_becomes_a_formula(evil: str) -> None:
    rows = (FigureRow(name=evil, count=2),)
    body = workbook(some(asked_by=rows, agencies=rows), (quoted(evil, hoped=evil),), AT)
    found = 0
    for sheet in read_back(body):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
                    found += cell.value.startswith("'")
    assert found == 4


def test_what_is_no_danger_stays_as_it_was() -> None:
    for text in ("Police", "7 of 10", "A = B", "'quoted'", ""):
        assert harmless(text) == text
    assert harmless("bell\x07") == "bell"


def test_an_empty_period_is_a_workbook_and_a_report_too() -> None:
    empty = Figures(period=PERIOD, as_of=date(2027, 1, 20))
    assert read_back(workbook(empty, (), AT)).sheetnames[0] == wording.SHEET_ABOUT
    assert wording.EVALUATION_NOTHING in read_word(report(empty, (), AT))


def test_the_workbook_names_no_author() -> None:
    known = read_back(workbook(some(), (), AT)).properties
    assert not known.creator
    assert not known.lastModifiedBy


# The report --------------------------------------------------------------------------------------


def read_word(body: bytes) -> str:
    with docx2python(io.BytesIO(body)) as found:
        return str(found.text)


def test_the_report_has_every_table_and_every_word_that_was_released() -> None:
    every = (quoted(), quoted("It is calmer.", "outcome_child", "Less shouting."))
    shown = read_word(report(some(), every, AT))
    for table in tables(some()):
        assert table.title in shown
        for row in table.rows:
            assert str(row[0]) in shown
    assert period_words(PERIOD) in shown
    for text in ("A calm hour.", "It is calmer.", "Less shouting.", wording.QUOTE_HOPED):
        assert text in shown


def test_words_stand_under_the_question_that_they_answered() -> None:
    before = quoted("A walk.").model_copy(update={"asked": "What went well?"})
    every = (before, quoted(), quoted("Tea.").model_copy(update={"asked": wording.Q_HAPPENED}))
    shown = read_word(report(some(), every, AT)).splitlines()
    old, new, walk, calm, tea = (
        next(number for number, line in enumerate(shown) if text in line)
        for text in ("What went well?", wording.Q_HAPPENED, "A walk.", "A calm hour.", "Tea.")
    )
    assert old < walk < new < calm < tea
    card = texts(released("happened", every, "", PERIOD, 0)).splitlines()
    assert card.index("What went well?") < card.index("A walk.") < card.index(wording.Q_HAPPENED)
    assert card.count(wording.Q_HAPPENED) == 1
    assert "What went well?" in texts(to_read(before, "", PERIOD, 1))
    sheet = read_back(workbook(some(), every, AT))[wording.SHEET_QUOTES]
    asked = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert asked == ["What went well?", wording.Q_HAPPENED, wording.Q_HAPPENED]


def test_a_hope_has_its_question_beside_it_where_that_is_another_now() -> None:
    calmer = quoted("It is calmer.", "outcome_child", "Less shouting.")
    before = calmer.model_copy(update={"hoped_asked": "What do you wish for?"})
    same = calmer.model_copy(update={"hoped_asked": wording.Q_PERSON})
    for one, told in ((before, True), (same, False), (calmer, False)):
        assert ("What do you wish for?" in texts(to_read(one, "", PERIOD, 1))) is told
        assert ("What do you wish for?" in read_word(report(some(), (one,), AT))) is told
        assert wording.Q_PERSON not in texts(to_read(one, "", PERIOD, 1))


def test_a_scale_whose_ends_were_changed_says_so() -> None:
    sets = (Meaning(number=1, people=12), Meaning(number=2, people=8))
    for told, shown in ((sets, True), ((Meaning(number=1), Meaning(number=2)), False)):
        of = some(meanings=told)
        first = wording.SCALE_CHANGED_SET.format(number=1, people=12)
        for text in (texts(evaluation(of, 0)), read_word(report(of, (), AT))):
            assert wording.SCALE_CHANGED in text
            assert (first in text) is shown
    assert wording.SCALE_CHANGED not in texts(evaluation(some(), 0))


def test_card_workbook_and_report_say_the_same() -> None:
    """Every number of every table is on all three."""
    figures = some()
    card = texts(evaluation(figures, 0))
    word = read_word(report(figures, (), AT))
    book = read_back(workbook(figures, (), AT))
    for table in tables(figures):
        sheet = book[wording.SHEET_NAMES[table.id]]
        for row in shown_rows(table):
            assert str(row[1]) in numbers(card)
            assert str(row[1]) in numbers(word)
            assert row[1] in [cells[1] for cells in sheet.iter_rows(values_only=True)]


def shown_rows(table: ReportTable) -> list[tuple[Any, ...]]:
    return [row for row in table.rows if isinstance(row[1], int | float) and row[1]]
