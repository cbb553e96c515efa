"""The evaluation: a period's figures, one person's words released, and the two files."""

import io
import re
import zipfile
from datetime import date

import docx
import invented
import openpyxl
from handed_out import read_word
from journeys import PICTURES, Journey

from cards.wording import wording as w
from tests.dialogs.conftest import STORY

FIRST, LAST = date(2027, 2, 1), date(2027, 3, 31)
DATES = dict(w.PERIODS)["dates"]
RELEASED = (invented.THEIR_HAPPENED, STORY["hope_child"], invented.THEIR_OUTCOME)
NOT_RELEASED = (
    invented.THEIR_LEARNING,
    invented.HAPPENED,
    invented.LEARNING,
    invented.POSSIBILITY,
    invented.OUTCOME_CHILD,
    invented.OUTCOME_YOU,
    *invented.STORY,
)
IN_ROWS = ("requests", "held", "days", "feedback", "outcomes")
"""Tables of which the card has a row each, as the workbook has."""


async def a_period_is_chosen(journey: Journey) -> str:
    """It begins with the last whole quarter; two days give another. The card's words."""
    me = journey.facilitator
    await me.say("evaluation")
    await me.wait_for_card("1 January 2027 to 31 March 2027")
    await me.click(w.PERIOD_OTHER)
    await me.wait_for_card(w.PERIOD_TITLE)
    await journey.picture(me, "evaluation-period")
    await me.choose(w.PERIOD_LABEL, DATES)
    await me.set_date(w.PERIOD_FROM, FIRST)
    await me.set_date(w.PERIOD_TO, LAST)
    await me.click(w.PERIOD_SHOW)
    shown = await me.wait_for_card("1 February 2027 to 31 March 2027")
    await the_chart_is_drawn_beside_its_table(journey, (5, 7))
    await journey.picture(me, "evaluation")
    return shown


async def this_year_in_figures(journey: Journey) -> None:
    """On a phone: a quarter without anything, then the year that holds these weeks."""
    me = journey.facilitator
    await me.say("evaluation")
    await me.wait_for_card(w.EVALUATION_NOTHING)
    await journey.picture(me, "evaluation-nothing")
    await me.click(w.PERIOD_OTHER)
    await me.wait_for_card(w.PERIOD_TITLE)
    await journey.picture(me, "evaluation-period")
    await me.choose(w.PERIOD_LABEL, dict(w.PERIODS)["year"])
    await me.click(w.PERIOD_SHOW)
    await me.wait_for_card("1 January 2027 to 31 December 2027")
    await the_chart_is_drawn_beside_its_table(journey, (5, 5))
    await journey.picture(me, "evaluation")
    # Not counted: those of the one that she led, which somebody with no part in it reads.
    await me.click(w.QUOTES_TO_READ.format(count=3))
    assert invented.THEIR_HAPPENED in await me.wait_for_card(w.QUOTE_READ_WHY)
    await journey.picture(me, "words-to-read")


async def the_chart_is_drawn_beside_its_table(journey: Journey, people: tuple[int, int]) -> None:
    """Whole people, as bars and as words: so many up to 7, and so many from 8 on."""
    card = journey.facilitator.page.locator(".ac-adaptiveCard").last
    low, high = (w.BAND.format(low=first, high=last) for first, last in ((0, 7), (8, 10)))
    for band, count in zip((low, high), people, strict=True):
        await card.get_by_role("img", name=f"{band}, {count}", exact=True).wait_for()
    rows = [await row.inner_text() for row in await card.get_by_role("row").all()]
    assert [row.split() for row in rows[1:]] == [
        [*low.split(), str(people[0])],
        [*high.split(), str(people[1])],
    ]


async def words_are_read_and_two_are_released(journey: Journey) -> None:
    """Of one that others led: released, kept back, and released at 8 weeks beside what was
    hoped. Then what people said."""
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
    shown = await me.wait_for_card(w.QUOTE_SHOWN)
    assert invented.THEIR_HAPPENED in shown
    await journey.picture(me, "words-released")
    await me.click(w.QUOTES_TO_FIGURES)
    await me.wait_for_card("1 February 2027 to 31 March 2027")


async def the_files_say_what_the_card_said(journey: Journey, card: str) -> None:
    """Both behind signed links, opened by something that did not write them."""
    workbook = await fetched(journey, w.WORKBOOK, w.WORKBOOK_CALLED)
    report = await fetched(journey, w.REPORT, w.REPORT_CALLED)
    counted = in_workbook(workbook)
    assert counted == in_report(report)
    said = set(card.splitlines())
    missing = [one for one in counted if one not in said]
    assert missing == []
    assert len(counted) > 15
    for text in (in_words(workbook), read_word(report)):
        assert [one for one in RELEASED if one not in text] == []
        assert not any(line in text for one in NOT_RELEASED for line in one.splitlines())


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


def in_workbook(body: bytes) -> list[str]:
    """Each row of a table as the card says it. Nothing in the file is a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 2
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]|<hyperlink", parts.read(name)), name
    found = []
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    for table in IN_ROWS:
        rows = list(book[w.SHEET_NAMES[table]].iter_rows(min_row=2, values_only=True))
        found += [said(*row) for row in rows if row[0] is not None]
    return found


def in_report(body: bytes) -> list[str]:
    """The same rows, from the report."""
    titles = (w.T_REQUESTS, w.T_HELD, w.T_DAYS, w.T_FEEDBACK, w.T_OUTCOMES)
    read = docx.Document(io.BytesIO(body))
    found, heading = [], ""
    for block in read.iter_inner_content():
        if isinstance(block, docx.text.paragraph.Paragraph):
            heading = block.text or heading
        elif heading in titles:
            cells = [[cell.text for cell in row.cells] for row in block.rows][1:]
            found += [said(*row) for row in cells]
    return found


def said(name: object, count: object, share: object = "") -> str:
    """As the card has it."""
    if not share and share != 0:
        return f"{name}: {count}"
    shown = share if isinstance(share, str) else f"{share:.0%}"
    return f"{name}: {w.OF_ALL.format(count=count, share=shown)}"


def in_words(body: bytes) -> str:
    """All the words of the workbook's last sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(body))[w.SHEET_QUOTES]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
