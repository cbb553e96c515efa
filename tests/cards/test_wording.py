"""Every sentence: on its page for sign-off, in our words, and easy to read."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

import pytest

from bot.pages import pages, upload_page
from cards.evaluation.report import Reported
from cards.evaluation.report_word import report
from cards.evaluation.workbook import workbook
from cards.learning.documents import learning_document, pack
from cards.wording import TOPICS, wording
from cards.wording.source import declared
from records.evaluation.quotes import FIELDS
from records.outbox.kinds import Kind
from records.partnership.advice import AVOIDED
from tests.cards.evaluation.invented import AT, a_year, evaluated
from tests.cards.evaluation.test_evaluation import quoted
from tests.cards.learning.test_documents import document
from tests.cards.readability import grade, syllables
from tests.cards.sentences import sentences
from tests.cards.walks import seen
from tests.cards.wording_page import PAGE, instructions, page, papers
from tests.paper.lines import is_the_papers

NEVER = AVOIDED
WHOLE, EACH = 7.0, 9.0
"""Flesch-Kincaid grades: of all instructions together, and of each."""


def test_the_page_for_sign_off_is_what_people_are_shown() -> None:
    logging.disable(logging.CRITICAL)
    try:
        assert PAGE.read_text(encoding="utf-8") == page(), (
            "the words have moved on: run `make docs`"
        )
    finally:
        logging.disable(logging.NOTSET)


def test_no_two_topics_declare_the_same_name() -> None:
    """All topics are one for cards: a name declared twice would hide a sentence."""
    names = [name for topic in TOPICS for name in declared(topic)]
    assert len(names) > 800
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_sentence_of_the_file_is_declared_by_its_topic() -> None:
    """A sentence that nobody can name would be in the file for nothing."""
    words = wording.partnership.words
    assert {topic.TABLE: {name.lower() for name in declared(topic)} for topic in TOPICS} == {
        table: set(sentences) for table, sentences in words.items()
    }


# In our words -----------------------------------------------------------------------------------


def test_no_sentence_holds_a_word_that_we_do_not_use() -> None:
    found = [one for one in sentences() if NEVER.search(one.text)]
    assert [one for one in found if not one.verbatim] == []
    assert found, "the paper's own lines have such a word"


def test_nobody_is_shown_such_a_word_on_any_walk() -> None:
    assert len(seen()) > 3_000
    lines = {line for one in seen() for line in one.text.split("\n")}
    assert {line for line in lines if NEVER.search(line) and not is_the_papers(line)} == set()


def test_whatever_stands_in_braces_is_filled_in_before_anybody_reads_it() -> None:
    assert {one.text for one in seen() if re.search(r"\{\w+\}", one.text)} == set()


def test_no_document_or_web_page_holds_such_a_word() -> None:
    texts = [*documents(), *web_pages()]
    assert len(texts) > 8
    for text in texts:
        assert len(text.split()) > 5
        assert NEVER.findall(text) == []


@pytest.mark.parametrize("word", ["Ticket", "cases", "Scored", "user's", "rejected", "incident."])
def test_such_a_word_would_be_found(word: str) -> None:
    assert NEVER.search(f"Here is a {word}")
    assert not NEVER.search("Because suitcase, scorecard, userful, casein.")


def documents() -> Iterator[str]:
    """The text of each file people can have, as all its parts hold it."""
    words = tuple(quoted(field=field) for field in FIELDS)
    figures = [Reported(evaluated(), (), words), Reported(*a_year())]
    bodies = (
        learning_document(document(), AT),
        learning_document(document(filled=False), AT),
        pack(document(), AT),
        *(make(of, AT) for make in (report, workbook) for of in figures),
    )
    for body in bodies:
        with ZipFile(io.BytesIO(body)) as parts:
            names = [one for one in parts.namelist() if one.endswith(".xml")]
            whole = " ".join(parts.read(one).decode() for one in names)
        lines = unescape(re.sub(r"<[^>]+>", "\n", whole)).split("\n")
        yield " ".join(line for line in lines if not is_the_papers(line))


def web_pages() -> Iterator[str]:
    """The words of each page behind a link."""
    refusals = [one for one in vars(pages).values() if isinstance(one, pages.Refusal)]
    for one in refusals:
        yield words_of(pages.page(*one.words()))
    yield words_of(upload_page.form())


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", " ", html)))


# Easy to read -----------------------------------------------------------------------------------


def test_our_instructions_as_a_whole_are_easy_to_read() -> None:
    assert len(list(instructions())) > 400
    assert grade(one.text for one in instructions()) <= WHOLE


def test_the_papers_own_lines_are_counted_apart() -> None:
    """They stand as they are, also where they are hard; each sentence is in one of both counts."""
    theirs = list(papers())
    assert len(theirs) > 50
    assert not {one.text for one in instructions()} & set(theirs)
    assert wording.Q_YOU in theirs
    assert wording.HELLO in {one.text for one in instructions()}


def test_our_plain_points_of_preparation_are_easy_to_read() -> None:
    hard = [text for text in wording.PREPARATION.values() if grade([text]) > EACH]
    assert hard == []


def test_each_of_our_instructions_is_easy_to_read() -> None:
    hard = {
        one.name: f"{found:.1f} {one.text}"
        for one in instructions()
        if (found := grade([one.text])) > EACH
    }
    assert hard == {}


# The pronouncing dictionary of Carnegie Mellon University says the same of all our words.
@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1),
        ("changed", 1),
        ("asked", 1),
        ("booked", 1),
        ("needed", 2),
        ("people", 2),
        ("agencies", 3),
        ("agency's", 3),
        ("conversation", 4),
        ("facilitator", 5),
        ("situation", 4),
        ("safeguarding", 3),
        ("purely", 2),
        ("table", 2),
        ("2027", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    two = "Nobody is shown this. It stays here."
    assert grade([two]) == pytest.approx(0.39 * 3.5 + 11.8 * 9 / 7 - 15.59)
    assert grade(["{name} asks."]) == grade(["Pat asks."])
    assert grade([""]) == 0


def test_a_hard_sentence_would_be_found() -> None:
    hard = "Practitioners are requested to facilitate multidisciplinary collaboration."
    assert grade([hard]) > EACH


def test_a_message_that_comes_by_itself_begins_with_its_reference() -> None:
    """On a locked phone that is all there is to tell one conversation from another."""
    about_none = {Kind.CONCERN, Kind.NOT_MEANT}  # on purpose they tell nothing of it
    begins = re.compile(r"(PRACTICE: PRACTICE-|LC-)\w+\b")
    said = {
        (one.kind, one.text)
        for one in seen()
        if one.as_what == "notification" and one.kind not in (None, *about_none)
    }
    assert len(said) > 60
    assert sorted(f"{kind}: {text}" for kind, text in said if not begins.match(text)) == []
