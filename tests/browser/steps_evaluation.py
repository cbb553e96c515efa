"""The evaluation: a period's figures before and after it is closed, words released, two files."""

import io
import re
import zipfile

import docx
import invented
import openpyxl
from handed_out import read_word
from journeys import PICTURES, Journey
from others import months_later

from cards.wording import wording as w
from tests.dialogs.conftest import STORY

QUARTER = "1 January 2027 to 31 March 2027"
NOT_IN_FILES = (
    invented.THEIR_HAPPENED,
    invented.THEIR_OUTCOME,
    invented.THEIR_LEARNING,
    invented.HAPPENED,
    invented.LEARNING,
    invented.POSSIBILITY,
    invented.OUTCOME_CHILD,
    invented.OUTCOME_YOU,
    *invented.STORY,
)
"""What somebody wrote: released or not, too few wrote for any of it to be shown."""


async def a_period_is_closed_and_chosen(journey: Journey) -> str:
    """Before it is closed two counts; months later all that may be shown. The card's words."""
    me = journey.facilitator
    await me.say("evaluation")
    shown = await me.wait_for_card(w.PERIOD_OTHER)
    assert w.REPORT not in shown
    await journey.picture(me, "evaluation-running")
    await months_later(journey.demo)
    await the_quarter_is_chosen(journey)
    await journey.picture(me, "evaluation")
    await me.click(w.EVALUATION_ALL)
    shown = await me.wait_for_card(w.QUOTES_TO_FIGURES)
    await journey.picture(me, "evaluation-all")
    await me.click(w.QUOTES_TO_FIGURES)
    await me.wait_for_card(w.EVALUATION_ALL)
    return shown


async def the_quarter_is_chosen(journey: Journey) -> None:
    """Out of all periods there are."""
    me = journey.facilitator
    await me.say("evaluation")
    await me.wait_for_card(w.PERIOD_OTHER)
    await me.click(w.PERIOD_OTHER)
    await me.wait_for_card(w.PERIOD_TITLE)
    await journey.picture(me, "evaluation-period")
    await me.choose(w.PERIOD_LABEL, QUARTER)
    await me.click(w.PERIOD_SHOW)
    await me.wait_for_card(w.EVALUATION_ALL)


async def this_quarter_in_figures(journey: Journey) -> None:
    """On a phone: the quarter of these weeks, closed months later; and words to be read."""
    me = journey.facilitator
    await me.say("evaluation")
    await me.wait_for_card(w.PERIOD_OTHER)
    await journey.picture(me, "evaluation-running")
    await months_later(journey.demo)
    await the_quarter_is_chosen(journey)
    await journey.picture(me, "evaluation")
    # Not counted: those of the one that she led, which somebody with no part in it reads.
    await me.click(w.QUOTES_TO_READ.format(count=3))
    assert invented.THEIR_HAPPENED in await me.wait_for_card(w.QUOTE_READ_WHY)
    await journey.picture(me, "words-to-read")


async def words_are_read_and_two_are_released(journey: Journey) -> None:
    """Of one that others led: released, kept back, and released at 8 weeks beside what was
    hoped. Too few wrote for any of it to be shown; whoever released it can read it again."""
    me = journey.facilitator
    await me.click(w.QUOTES_TO_READ.format(count=3))
    assert invented.THEIR_HAPPENED in await me.wait_for_card(w.QUOTE_READ_WHY)
    await journey.picture(me, "words-to-read")
    await me.click(w.QUOTE_RELEASE)
    assert invented.THEIR_LEARNING in await me.wait_for_card(w.QUOTES_TO_READ.format(count=2))
    await journey.picture(me, "words-next")
    await me.click(w.QUOTE_KEEP_BACK)
    shown = await me.wait_for_card(w.QUOTE_HEADINGS["outcome_child"])
    for text in (w.QUOTE_HOPED, STORY["hope_child"], invented.THEIR_OUTCOME):
        assert text in shown
    await journey.picture(me, "words-hoped-and-happened")
    await me.click(w.QUOTE_RELEASE)
    await me.wait_for_card(w.QUOTES_ALL_READ)
    await me.click(w.QUOTES)
    assert invented.THEIR_HAPPENED not in await me.wait_for_card(w.QUOTES_FEW)
    await journey.picture(me, "words-too-few")
    await me.click(w.QUOTES_RELEASED)
    assert invented.THEIR_HAPPENED in await me.wait_for_card(w.QUOTE_RELEASED)
    await journey.picture(me, "words-released")
    await me.click(w.QUOTES_TO_FIGURES)
    await me.wait_for_card(QUARTER)


async def the_files_say_what_the_card_said(journey: Journey, card: str) -> None:
    """Both behind signed links, opened by something that did not write them."""
    workbook = await fetched(journey, w.WORKBOOK, w.WORKBOOK_CALLED)
    report = await fetched(journey, w.REPORT, w.REPORT_CALLED)
    counted = in_workbook(workbook)
    assert counted == in_report(report)
    shown = " ".join(card.split())
    assert [one for one in counted if not any(said in shown for said in as_said(*one))] == []
    assert len(counted) > 2
    for text in (in_cells(workbook), read_word(report)):
        assert not any(line in text for one in NOT_IN_FILES for line in one.splitlines())
        assert STORY["hope_child"] not in text


async def fetched(journey: Journey, title: str, called: str) -> bytes:
    """What a button of the figures hands out; it is left beside the pictures."""
    me = journey.facilitator
    await me.click(title, within=w.PERIOD_OTHER)
    ready = w.FILE_READY.format(name=called)
    await me.wait_for_card(ready)
    await journey.picture(me, called.replace(" ", "-"))
    body = await journey.fetch(me, await me.link_of(w.FILE_OPEN))
    (PICTURES / f"evaluation.{'xlsx' if title == w.WORKBOOK else 'docx'}").write_bytes(body)
    return body


def as_said(name: str, count: str) -> tuple[str, str]:
    """A row as the card may have it: how many chose a number is said the other way round."""
    return f"{name}: {count}", w.SAY_SCALE_PART.format(band=name, people=count)


def in_workbook(body: bytes) -> list[tuple[str, str]]:
    """Each row of the tables. Nothing in the file is a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]|<hyperlink", parts.read(name)), name
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    headers = {w.COL_COUNTED, w.T_SCALE_NUMBER}
    rows = [
        row
        for name in ("requests", "conversations")
        for row in book[w.SHEET_NAMES[name]].iter_rows(values_only=True)
    ]
    told = [row for row in rows if len(row) > 1 and row[1] and row[0] not in headers]
    return sorted((str(row[0]), str(row[1])) for row in told)


def in_report(body: bytes) -> list[tuple[str, str]]:
    """The same rows, from the report."""
    read = docx.Document(io.BytesIO(body))
    rows = [row.cells for table in read.tables for row in table.rows[1:]]
    return sorted((cells[0].text, cells[1].text) for cells in rows)


def in_cells(body: bytes) -> str:
    """All the words of the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
