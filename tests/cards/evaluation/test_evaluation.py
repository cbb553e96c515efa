"""The evaluation on a card, in a workbook, in a report and as CSV: the same rows, and no others."""

import csv
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from docx2python import docx2python

from cards.evaluation.evaluation import choose, digest, evaluation, every_figure, nothing_yet
from cards.evaluation.figures_csv import COLUMNS, figures_csv, harmless, write_csv
from cards.evaluation.pictures import pictures
from cards.evaluation.quotes import released, to_read
from cards.evaluation.report import (
    Reported,
    held_back,
    missing,
    period_words,
    sentences,
    tables,
    told,
    told_of_held,
)
from cards.evaluation.report_word import report
from cards.evaluation.workbook import workbook
from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from records.evaluation.digest import Month
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated
from records.evaluation.quotes import Quote
from records.evaluation.shown import Figure
from tests.cards.evaluation.invented import (
    AT,
    PERIOD,
    YEAR,
    a_year,
    counts,
    evaluated,
    of_rows,
    running,
)
from tests.dialogs.conftest import elements, texts

EVIL = '=HYPERLINK("http://evil.example","Click")'
DOCS = Path(__file__).parents[3] / "docs"


def quoted(text: str = "A calm hour.", field: str = "happened", hoped: str = "") -> Quote:
    return Quote(conversation="c", by="n", field=field, text=text, held=AT, hoped=hoped)


def figure(low: int, high: int | None) -> Figure:
    return Figure(table="told", name="all", low=low, high=high)


UNDIVIDED = of_rows(
    ("asked", "all", 5, 5), ("held", "all", 4, 4), ("people", "answered", 8, 8),
    ("scale", "0-10", 8, 8),
)  # fmt: skip
"""Four conversations, with nothing that divides those who gave feedback."""


# What is told of a figure -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "of", "says"),
    [
        (12, 12, 30, 12),
        (0, 0, None, 0),
        (26, 30, 30, "26 or more"),
        (12, None, None, "12 or more"),
        (0, 4, 30, "4 or fewer"),
        (12, 19, 30, "12 to 19"),
        (0, None, None, "not shown"),
        (0, 30, 30, "not shown"),
    ],
)
def test_a_figure_is_told_as_far_as_it_is_known(
    low: int, high: int | None, of: int | None, says: object
) -> None:
    assert told(figure(low, high), of) == says


def test_what_is_not_shown_is_said_in_words_and_never_as_0() -> None:
    assert told(None) == "not shown"
    small = evaluated(counts(4))
    assert told_of_held(small) == ""
    assert "Not shown" in texts(evaluation(small, 0)).splitlines()
    for table in tables(small):
        assert 0 not in [cell for row in table.rows for cell in row]


# The card ----------------------------------------------------------------------------------------


def test_the_card_opens_with_the_two_figures_that_matter_and_the_scale() -> None:
    shown = texts(evaluation(evaluated(), 3)).splitlines()
    assert shown[:9] == [
        "Evaluation",
        "1 October 2026 to 31 December 2026",
        wording.EVALUATION_CLOSED.format(day="20 January 2027"),
        "Conversations that took place in this period",
        "30",
        "Conversations asked for in this period: 40",
        "The lead worker said what difference it made",
        "26 or more of 30",
        "Where people are on the scale",
    ]
    assert "(Words to read: 3)" in shown


def test_the_card_says_what_is_missing_and_no_more_than_the_figures_tell() -> None:
    assert missing(evaluated()) in texts(evaluation(evaluated(), 0))
    assert "10 people who came had given none" in missing(evaluated())
    few = of_rows(("held", "all", 6, 6), ("people", "answered", 14, 14))
    assert missing(few) == "14 people gave feedback."
    none = of_rows(("held", "all", 2, 2))
    assert missing(none) == wording.SAY_PEOPLE_NOT


def test_a_card_that_holds_something_back_says_why_and_one_that_does_not_says_nothing() -> None:
    whole = of_rows(
        ("asked", "all", 30, 30), ("held", "all", 30, 30), ("told", "all", 20, 20),
        ("people", "answered", 60, 60), ("scale", "0-6", 30, 30), ("scale", "7-10", 30, 30),
    )  # fmt: skip
    assert wording.EVALUATION_FEW not in texts(evaluation(whole, 0))
    roughly, nothing, of_a_few = evaluated(), evaluated(counts(2)), UNDIVIDED
    for one in (roughly, nothing, of_a_few):
        assert wording.EVALUATION_FEW in texts(evaluation(one, 0))


def test_all_figures_name_what_is_not_among_them() -> None:
    shown = texts(every_figure(evaluated(counts(2))))
    named = next(line for line in shown.splitlines() if "Not shown for this period" in line)
    for name in ("people", "scale", "agencies", "became", "level", "open", "asked-by"):
        assert wording.TABLES[name] in named
    assert "Not shown for this period" not in texts(every_figure(of_rows(("asked", "all", 0, 0))))


def test_on_the_card_people_are_told_from_numbers_of_the_scale_in_words() -> None:
    for card in (evaluation(evaluated(), 0), every_figure(evaluated())):
        assert "8 at 0 to 3 · 8 at 4" in texts(card)
        assert "16 at 7 · 16 at 8" in texts(card)


def test_each_quarter_of_a_year_has_a_line_of_its_own() -> None:
    lines = texts(every_figure(*YEAR_AND_QUARTERS)).splitlines()
    first = [line.partition(":")[0] for line in lines if "Asked for" in line]
    assert first == [period_words(one.period) for one in YEAR_AND_QUARTERS[1]]


def test_the_one_chart_is_of_whole_people_with_the_same_as_text_and_a_fallback() -> None:
    card = evaluation(evaluated(), 0)
    [chart] = [one for one in elements(card) if one.get("type", "").startswith("Chart.")]
    assert chart["fallback"]["type"] == "TextBlock"
    bars = [(one["x"], int(one["y"])) for one in chart["data"]]
    assert bars[:2] == [("0 to 3", 8), ("4", 8)]
    assert sum(people for _, people in bars) == 80
    assert all(f"{people} at {name}" in texts(card) for name, people in bars)


def test_a_scale_that_is_not_divided_makes_no_chart() -> None:
    card = evaluation(UNDIVIDED, 0)
    assert not any(one.get("type", "").startswith("Chart.") for one in elements(card))
    assert wording.TABLES["scale"] in texts(card)


def test_all_figures_are_a_tap_away() -> None:
    card = evaluation(evaluated(), 0)
    assert card["actions"][0]["title"] == wording.EVALUATION_ALL
    year, quarters = a_year()
    shown = texts(every_figure(year, quarters))
    for table in tables(year, quarters):
        assert table.title in shown
        for row in table.rows:
            assert all(str(cell) in shown for cell in row)
    assert (
        "1 January 2027 to 31 March 2027: Asked for 5, Took place 4, Outcome given not shown"
        in shown
    )


def test_a_period_that_is_not_closed_shows_two_counts_and_says_when_there_is_more() -> None:
    card = evaluation(running(), 2)
    shown = texts(card)
    assert wording.EVALUATION_RUNNING.format(day="26 March 2027") in shown
    assert "Conversations asked for in this period: 4" in shown
    assert wording.ROWS["told"] not in shown
    titles = [one["title"] for one in card["actions"]]
    assert titles == [wording.QUOTES_TO_READ.format(count=2), wording.PERIOD_OTHER]


def test_a_card_with_the_longest_of_everything_still_fits() -> None:
    rows = [("agencies", f"{number:03}{'🙂' * 60}", 9, 30) for number in range(41)]
    rows += [("asked-by", name, low, high) for _, name, low, high in rows]
    rows += [("scale", str(number), 9_999, None) for number in range(11)]
    rows += [("level", str(number) * 90, 10, 10) for number in range(11)]
    long = of_rows(("asked", "all", 99, 99), ("held", "all", 99, 99), *rows)
    _, quarters = a_year()
    assert size(evaluation(long, 100)) <= MAX_BYTES
    assert size(every_figure(long, quarters)) <= MAX_BYTES


def test_ten_years_of_periods_can_be_chosen_from_the_newest_first() -> None:
    every = [
        evaluated(period=Period(first=PERIOD.first.replace(year=2026 + year), last=PERIOD.last))
        for year in range(50)
    ]
    card = choose([*every, running()], every[0].period.key, wording.PERIOD_GONE)
    assert size(card) <= MAX_BYTES
    [chosen] = [one for one in elements(card) if one.get("type") == "Input.ChoiceSet"]
    assert len(chosen["choices"]) == 51
    assert chosen["choices"][0]["title"].endswith("(not closed yet)")
    assert wording.PERIOD_GONE in texts(card)


def test_a_period_of_the_partnerships_own_has_its_name() -> None:
    pilot = PERIOD.model_copy(update={"name": "The pilot"})
    assert period_words(pilot) == "The pilot: 1 October 2026 to 31 December 2026"


def test_an_agency_is_never_read_as_markdown() -> None:
    of = of_rows(("held", "all", 30, 30), ("agencies", "**Health**", 12, 12))
    card = every_figure(of)
    assert "**Health**" in texts(card)
    written = [one["text"] for one in elements(card) if one.get("type") == "TextBlock"]
    assert not any("**Health**" in text for text in written)


def test_a_level_that_the_file_no_longer_has_is_shown_as_it_was_kept() -> None:
    of = of_rows(("asked", "all", 12, 12), ("level", "1", 5, 5), ("level", "9b", 7, 7))
    table = next(one for one in tables(of) if one.id == "level")
    assert table.rows == (("Level 1: universal", 5), ("9b", 7))


def test_nothing_in_a_period_is_said_kindly_and_the_way_on_is_to_another() -> None:
    empty = of_rows(("asked", "all", 0, 0), ("held", "all", 0, 0))
    card = evaluation(empty, 2)
    assert wording.EVALUATION_NOTHING in texts(card)
    titles = [one["title"] for one in card["actions"]]
    assert titles == [wording.QUOTES_TO_READ.format(count=2), wording.PERIOD_OTHER]
    assert wording.EVALUATION_NOTHING in read_word(report(Reported(empty), AT))
    assert wording.EVALUATION_NEVER in texts(nothing_yet())


def test_the_month_has_two_counts_and_no_split() -> None:
    shown = texts(digest(Month(period=PERIOD, requests=7, held=5)))
    assert [n for n in numbers(shown) if n in ("7", "5")] == ["7", "5"]
    assert "utcome" not in shown


# Read aloud --------------------------------------------------------------------------------------


def test_short_paragraphs_say_what_the_tables_say() -> None:
    said = list(sentences(evaluated()))
    assert said[0] == (
        "Conversations asked for in this period: 40. Conversations that took place: 30."
    )
    assert "26 or more of 30 conversations" in said[1]
    assert "80 people gave feedback. 74 of them gave it within two days, and 6 later." in said[2]
    assert "16 at 7" in said[3]
    assert "Suffolk Police 15" in said[4]
    assert said[5] == (
        "Not shown for this period, to protect those who took part: Why not this route."
    )


def test_what_is_not_shown_is_named_and_never_guessed() -> None:
    assert len(held_back(UNDIVIDED)) == 8
    said = list(sentences(UNDIVIDED))
    assert len([one for one in said if "ot shown" in one]) == 1, "it is said once"
    for title in (wording.ROWS["told"], wording.TABLES["scale"], wording.TABLES["agencies"]):
        assert title in said[-1]
    assert wording.TABLES["people"] not in said[-1]


def test_what_is_not_shown_is_said_of_a_period_in_which_nothing_took_place_too() -> None:
    said = list(sentences(of_rows(("asked", "all", 3, 3), ("held", "all", 0, 0))))
    assert len(said) == 2
    assert wording.TABLES["level"] in said[1]
    assert wording.TABLES["scale"] not in said[1]


# Only what is in the rows ------------------------------------------------------------------------


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def allowed(*every: Evaluated) -> set[str]:
    """Every number that may stand anywhere: those of the rows, and of dates, names and hours."""
    found: set[str] = set()
    for one in every:
        found |= {n for figure in one.figures for n in numbers(f"{figure.low} {figure.high}")}
        found |= {n for figure in one.figures for n in numbers(figure.name)}
        found |= set(numbers(f"{period_words(one.period)} {one.as_of:%-d %Y}"))
    found |= {n for level in wording.levels for n in numbers(str(level))}
    fixed = (wording.TABLES, wording.ROWS, wording.PICTURES, wording.REPORT_TITLE)
    return found | {n for text in fixed for n in numbers(str(text))}


YEAR_AND_QUARTERS = a_year()
CASES = {
    "quarter": Reported(evaluated()),
    "small": Reported(evaluated(counts(4))),
    "year": Reported(*YEAR_AND_QUARTERS),
}


def everything(of: Reported) -> Iterator[tuple[str, str]]:
    yield "card", texts(evaluation(of.of, 0))
    yield "all figures", texts(every_figure(of.of, of.quarters))
    yield "report", without_pages(read_word(report(of, AT)))
    yield "alternative texts", "\n".join(one.words for one in pictures(of))
    for sheet in read_back(workbook(of, AT)):
        for row in sheet.iter_rows(values_only=True):
            yield sheet.title, " ".join(str(cell) for cell in row if cell is not None)


@pytest.mark.parametrize("case", CASES)
def test_no_number_is_shown_that_is_not_in_the_rows(case: str) -> None:
    of = CASES[case]
    may = allowed(of.of, *of.quarters)
    for place, text in everything(of):
        assert set(numbers(text)) <= may, (place, set(numbers(text)) - may)


@pytest.mark.parametrize("case", CASES)
def test_card_report_and_workbook_have_every_table(case: str) -> None:
    of = CASES[case]
    card, word = texts(every_figure(of.of, of.quarters)), read_word(report(of, AT))
    book = read_back(workbook(of, AT))
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    for table in tables(of.of, of.quarters):
        for row in table.rows:
            for cell in row:
                assert str(cell) in card
                assert str(cell) in word
                assert str(cell) in cells


# CSV ---------------------------------------------------------------------------------------------


def rows_of_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_has_every_row_of_every_closed_period_and_none_of_those_that_run() -> None:
    year, quarters = YEAR_AND_QUARTERS
    every = (*quarters, year, running())
    found = rows_of_csv(figures_csv(every))
    assert tuple(found[0]) == COLUMNS
    told_rows = [
        (one["first"], one["last"], one["table"], one["row"], one["low"], one["high"])
        for one in found
    ]
    kept = [
        (str(one.period.first), str(one.period.last), figure.table, figure.name, str(figure.low),
         "" if figure.high is None else str(figure.high))
        for one in (*quarters, year)
        for figure in one.figures
    ]  # fmt: skip
    assert told_rows == kept
    assert {one["closed_on"] for one in found} == {"2027-01-20"}


def test_the_page_describes_every_column_and_table_of_the_csv() -> None:
    page = (DOCS / "figures.md").read_text(encoding="utf-8")
    year, quarters = YEAR_AND_QUARTERS
    for name in COLUMNS:
        assert f"| `{name}` |" in page
    found = {figure.table for one in (*quarters, year) for figure in one.figures}
    for name in (*found, "days", "themes"):
        assert f"| `{name}` |" in page


def test_a_name_in_the_csv_is_no_formula() -> None:
    period = PERIOD.model_copy(update={"name": EVIL})
    of = of_rows(("agencies", EVIL, 9, 9), period=period)
    [row] = rows_of_csv(figures_csv([of]))
    assert row["period"] == row["row"] == f"'{EVIL}"


def test_the_csv_is_put_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    write_csv([evaluated()], path)
    before = path.read_bytes()
    write_csv([evaluated()], path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["figures.csv"]

    def broken() -> Iterator[Evaluated]:
        yield evaluated()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_csv(broken(), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["figures.csv"]


# The workbook ------------------------------------------------------------------------------------


def read_back(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def test_the_workbook_has_one_overview_and_its_tables_on_two_sheets() -> None:
    book = read_back(workbook(Reported(evaluated(), (), (quoted(),)), AT))
    assert book.sheetnames == list(wording.SHEET_NAMES.values())
    words = book[wording.SHEET_NAMES["words"]]
    assert list(words.iter_rows(values_only=True))[1:] == [
        (wording.QUOTE_HEADINGS["happened"], wording.Q_HAPPENED, "", "A calm hour.")
    ]


def test_the_charts_of_the_overview_follow_its_cells() -> None:
    book = read_back(workbook(Reported(*YEAR_AND_QUARTERS), AT))
    charts = {sheet.title: sheet._charts for sheet in book}  # type: ignore[attr-defined]
    overview = wording.SHEET_NAMES["overview"]
    assert [name for name, found in charts.items() if found] == [overview]
    sheet = book[overview]
    for chart in charts[overview]:
        for series in chart.series:
            named, cells = series.val.numRef.f.split("!")
            assert named.strip("'") == overview
            values = [cell.value for row in sheet[cells.replace("$", "")] for cell in row]
            assert len(values) > 1
            assert all(one is None or isinstance(one, int) for one in values)


def test_a_figure_that_is_told_from_here_to_there_has_no_number_on_its_bar() -> None:
    book = read_back(workbook(Reported(evaluated()), AT))
    chart = book[wording.SHEET_NAMES["overview"]]._charts[0]  # type: ignore[attr-defined]
    most, least = chart.series
    assert least.dLbls is None
    labels = most.dLbls.dLbl
    # Asked for, took place, said what difference it made: 26 or more.
    assert [one.idx for one in labels] == [2]


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
    period = PERIOD.model_copy(update={"name": evil})
    of = of_rows(
        ("asked", "all", 30, 30), ("held", "all", 30, 30), ("asked-by", evil, 9, 9),
        ("agencies", evil, 9, 9), period=period,
    )  # fmt: skip
    body = workbook(Reported(of, (), (quoted(evil, hoped=evil),)), AT)
    found = 0
    for sheet in read_back(body):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
                    found += cell.value.startswith("'")
    assert found == 6  # twice as one that took part, once as one that asked, the name, the words


def test_what_is_no_danger_stays_as_it_was() -> None:
    for text in ("Police", "7 of 10", "A = B", "'quoted'", ""):
        assert harmless(text) == text
    assert harmless("bell\x07") == "bell"


def test_the_workbook_names_no_author() -> None:
    known = read_back(workbook(Reported(evaluated()), AT)).properties
    assert not known.creator
    assert not known.lastModifiedBy


# The report --------------------------------------------------------------------------------------


def read_word(body: bytes) -> str:
    with docx2python(io.BytesIO(body)) as found:
        return str(found.text)


def without_pages(text: str) -> str:
    """Without the places of pictures, which the reader numbers, and the page's own number."""
    return re.sub(r"media/image\d+\.png|page \d+ of \d+", "", text).replace("page 1", "")


def test_the_report_is_pictures_then_paragraphs_then_tables_then_words() -> None:
    every = (quoted(), quoted("It is calmer.", "outcome_child", "Less shouting."))
    shown = read_word(report(Reported(evaluated(), (), every), AT))
    places = [
        shown.index(text)
        for text in (
            wording.REPORT_TITLE,
            wording.REPORT_PICTURES,
            "----Image alt text---->",
            wording.REPORT_SUMMARY,
            next(sentences(evaluated())),
            wording.REPORT_FIGURES,
            wording.TABLES["became"],
            wording.QUOTES,
            "A calm hour.",
            "Less shouting.",
            "It is calmer.",
        )
    ]
    assert places == sorted(places)


def test_another_library_finds_headings_alternative_texts_and_table_headers() -> None:
    of = Reported(*YEAR_AND_QUARTERS)
    body = report(of, AT)
    read = docx.Document(io.BytesIO(body))
    headings = [one.text for one in read.paragraphs if one.style.name.startswith("Heading 1")]  # type: ignore[union-attr]
    assert headings == [
        wording.REPORT_PICTURES,
        wording.REPORT_SUMMARY,
        wording.REPORT_ABOUT,
        wording.REPORT_FIGURES,
        wording.QUOTES,
    ]
    words = [one.words for one in pictures(of)]
    assert len(words) == 6
    shown = read_word(body)
    for one in words:
        assert f"----Image alt text---->{one}<" in shown
    assert len(read.tables) == len(tables(*YEAR_AND_QUARTERS))
    for table in read.tables:
        assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")
    page = read.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)  # type: ignore[union-attr]


def test_each_picture_is_sharp_in_print_and_says_what_it_shows() -> None:
    every = pictures(Reported(*YEAR_AND_QUARTERS))
    titles = list(wording.PICTURES.values())
    for one, title in zip(every, titles, strict=True):
        assert one.words.startswith(f"{title}. ")
        wide, high = struct.unpack(">II", one.png[16:24])
        assert (wide, high) == (720, 520)  # 8 cm at over 220 dots an inch
    assert "Asked for 102, Took place 77" in every[0].words
    assert "Social Care 61 or more" in every[4].words
    assert "Oct–Dec 2026: Asked for 40, Took place 30" in every[5].words


def test_a_bar_told_from_here_to_there_is_explained_below_the_pictures() -> None:
    exact = of_rows(("asked", "all", 9, 9), ("held", "all", 9, 9))
    for of, said in ((evaluated(), True), (exact, False)):
        assert any(one.ranged for one in pictures(Reported(of))) is said
        assert (wording.PICTURE_RANGES in read_word(report(Reported(of), AT))) is said


def test_where_nothing_took_place_no_picture_says_that_somebody_is_hidden() -> None:
    [only] = pictures(Reported(of_rows(("asked", "all", 3, 3), ("held", "all", 0, 0))))
    assert only.words.endswith("Asked for 3, Took place 0.")


def test_no_table_that_fits_on_a_page_is_broken_between_two() -> None:
    read = docx.Document(io.BytesIO(report(Reported(*YEAR_AND_QUARTERS), AT)))
    for table in read.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept == [True] * (len(kept) - 1) + [None]


def test_no_page_is_begun_for_words_of_which_there_are_none() -> None:
    for quotes, begins in (((), None), ((quoted(),), True)):
        read = docx.Document(io.BytesIO(report(Reported(evaluated(), (), quotes), AT)))
        [words] = [one for one in read.paragraphs if one.text == wording.QUOTES]
        assert words.paragraph_format.page_break_before is begins


def test_read_aloud_it_is_clear_what_is_a_number_of_people_and_what_one_of_the_scale() -> None:
    scale = pictures(Reported(evaluated()))[1].words
    assert "8 at 0 to 3, 8 at 4, 8 at 5" in scale
    book = workbook(Reported(*YEAR_AND_QUARTERS), AT)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert "119 at 0 to 7, 85 at 8 to 10" in drawing
    assert "30 June 2026: Asked for 24, Took place 18, Outcome given 14 or more" in drawing


def test_a_picture_of_what_is_not_shown_says_so() -> None:
    _, scale, _, told_by, agencies = pictures(Reported(UNDIVIDED))
    for one in (scale, agencies):
        assert one.words.endswith(wording.PICTURE_NOT_DRAWN)
    assert told_by.words.endswith("Took place 4, Outcome given not shown.")


def test_a_year_has_its_quarters_side_by_side() -> None:
    year, quarters = YEAR_AND_QUARTERS
    assert year.period == YEAR
    table = next(one for one in tables(year, quarters) if one.id == "quarters")
    assert [row[1:] for row in table.rows] == [
        (24, 18, "14 or more"),
        (33, 25, "21 or more"),
        (40, 30, "26 or more"),
        (5, 4, "not shown"),
    ]


# Words -------------------------------------------------------------------------------------------


def test_words_stand_under_the_question_that_they_answered() -> None:
    before = quoted("A walk.").model_copy(update={"asked": "What went well?"})
    every = (before, quoted(), quoted("Tea.").model_copy(update={"asked": wording.Q_HAPPENED}))
    of = Reported(evaluated(), (), every)
    shown = read_word(report(of, AT)).splitlines()
    old, new, walk, calm, tea = (
        next(number for number, line in enumerate(shown) if text in line)
        for text in ("What went well?", wording.Q_HAPPENED, "A walk.", "A calm hour.", "Tea.")
    )
    assert old < walk < new < calm < tea
    card = texts(released("happened", every, "", PERIOD.key, 0)).splitlines()
    assert card.index("What went well?") < card.index("A walk.") < card.index(wording.Q_HAPPENED)
    assert card.count(wording.Q_HAPPENED) == 1
    assert "What went well?" in texts(to_read(before, "", PERIOD.key, 1))
    sheet = read_back(workbook(of, AT))[wording.SHEET_NAMES["words"]]
    asked = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert asked == ["What went well?", wording.Q_HAPPENED, wording.Q_HAPPENED]


def test_a_hope_has_its_question_beside_it_where_that_is_another_now() -> None:
    calmer = quoted("It is calmer.", "outcome_child", "Less shouting.")
    before = calmer.model_copy(update={"hoped_asked": "What do you wish for?"})
    same = calmer.model_copy(update={"hoped_asked": wording.Q_PERSON})
    for one, asked in ((before, True), (same, False), (calmer, False)):
        assert ("What do you wish for?" in texts(to_read(one, "", PERIOD.key, 1))) is asked
        word = read_word(report(Reported(evaluated(), (), (one,)), AT))
        assert ("What do you wish for?" in word) is asked
        assert wording.Q_PERSON not in texts(to_read(one, "", PERIOD.key, 1))


def test_no_words_are_no_list_and_say_why() -> None:
    shown = texts(released("happened", (), "", PERIOD.key, 0))
    assert wording.QUOTES_NONE in shown
    assert wording.QUOTES_FEW in shown
    assert wording.QUOTES_END in texts(released("outcome_you", (), "", PERIOD.key, 0))
    book = read_back(workbook(Reported(evaluated()), AT))[wording.SHEET_NAMES["words"]]
    for text in (read_word(report(Reported(evaluated()), AT)), str(book["A2"].value)):
        assert wording.QUOTES_NONE in text
        assert wording.QUOTES_FEW in text
    some = read_word(report(Reported(evaluated(), (), (quoted(),)), AT))
    assert wording.QUOTES_NONE not in some


def test_a_scale_whose_ends_were_changed_says_so() -> None:
    rows = (("held", "all", 9, 9), ("scale", "0-6", 9, 9), ("scale", "7-10", 11, 11))
    told_sets = (("meanings", "1", 12, 12), ("meanings", "2", 8, 8))
    hidden = (("meanings", "1", 0, None), ("meanings", "2", 0, None))
    first = wording.SCALE_CHANGED_SET.format(number=1, people=12)
    for meanings, shown in ((told_sets, True), (hidden, False)):
        of = of_rows(*rows, *meanings)
        for text in (texts(every_figure(of)), read_word(report(Reported(of), AT))):
            assert wording.SCALE_CHANGED in text
            assert (first in text) is shown
    assert wording.SCALE_CHANGED not in texts(every_figure(evaluated()))


def test_a_name_is_never_taken_for_a_formula_in_a_picture() -> None:
    name = r"A $\bad$ B"
    of = of_rows(("asked", "all", 9, 9), ("held", "all", 9, 9), ("agencies", name, 5, 9))
    assert any(f"{name} 5 or more" in one.words for one in pictures(Reported(of)))
