"""The partnership's paper, line by line: shown word for word, or listed with the reason why not."""

import re
from collections.abc import Iterator

from cards.wording import wording
from records.conversation.readiness import Point
from records.partnership.advice import AVOIDED
from tests.cards.sentences import sentences, topics
from tests.cards.walks import seen
from tests.paper.found import CARD, where
from tests.paper.lines import LINES, MENDED, NOT_SHOWN, TWICE, as_shown, is_the_papers

VERBATIM = (
    "Request for Partnership Learning Conversation",
    "Person that is bringing the situation to the conversation",
    "Partnership Learning Conversation Feedback Tool",
    "Acknowledgment",
    "Possibility",
    "Partnership Learning Conversation Agreement",
    "Participants will adhere to their agencies GDPR protocol",
    "Where are you on the scale:",
)
"""Titles and lines that stand on the cards, not only behind *In the paper's words*."""


def of_the_paper_part() -> Iterator[str]:
    """Every line of `[paper]` in the partnership's file."""
    paper = wording.partnership.paper
    yield from (paper.title, *paper.document)
    for part in (part for page in paper.pages for part in page.parts):
        yield from (part.heading, *part.texts, *part.points)


def test_every_line_is_met_or_listed_with_the_reason_why_not() -> None:
    assert len(LINES) > 100
    lost = [line for line in LINES if not where(line) and line not in {**TWICE, **NOT_SHOWN}]
    assert lost == []


def test_what_is_listed_as_left_out_is_a_line_of_the_paper_and_is_met_nowhere() -> None:
    for listed in (TWICE, NOT_SHOWN, MENDED):
        assert set(listed) <= set(LINES)
    assert [line for line in (*TWICE, *NOT_SHOWN) if where(line)] == []
    assert all(reason.endswith((".", "”")) for reason in NOT_SHOWN.values())
    assert not set(TWICE) & set(NOT_SHOWN)


def test_of_what_is_said_twice_the_longer_is_shown() -> None:
    for short, longer in TWICE.items():
        assert longer in LINES
        assert len(longer) > len(short)
        assert where(longer), longer


def test_a_slip_is_mended_and_nothing_else_of_its_line_is_changed() -> None:
    for slip, mended in MENDED.items():
        assert where(slip), slip
        words = [re.sub(r"\W+", "", one).casefold() for one in (slip, mended)]
        near = words[0] in words[1] or abs(len(words[0]) - len(words[1])) <= 2
        assert near, slip
        assert not any(slip in one.text for one in sentences() if len(slip) > 40)


def test_the_file_says_nothing_in_the_papers_name_that_the_paper_does_not_say() -> None:
    assert [line for line in of_the_paper_part() if not is_the_papers(line)] == []
    assert len(list(of_the_paper_part())) > 40


def test_what_stands_among_the_papers_sentences_is_the_papers_or_marked_as_ours() -> None:
    ours = {wording.Q_PERSON, wording.Q_CHILDREN, wording.Q_TOGETHER, *wording.PREPARATION.values()}
    verbatim = next(one for one in topics() if one.place == "[words.verbatim]")
    assert {one.text for one in verbatim.sentences if not one.verbatim} == ours


def test_titles_and_principles_stand_on_the_cards_themselves() -> None:
    for text in VERBATIM:
        assert is_the_papers(text), text
        assert CARD in where(text), text


def test_the_paper_has_eight_aims_and_its_two_lists_whole() -> None:
    parts = {part.heading: part for page in wording.partnership.paper.pages for part in page.parts}
    aims = parts["Purpose of the learning conversation"].points
    assert len(aims) == 8
    assert aims[0].startswith("To enhance reflection and understanding in a safe environment.")
    first, second = wording.partnership.paper.pages[0].parts
    assert (len(first.points), len(second.points)) == (5, 4)


def test_a_word_that_we_do_not_use_stays_in_the_papers_own_lines() -> None:
    shown = {line for one in seen() for line in one.text.split("\n") if AVOIDED.search(line)}
    assert any("case" in one.casefold() for one in shown), "the paper's lines have it"
    assert [one for one in shown if not is_the_papers(one)] == []


# Preparation in plain words -----------------------------------------------------------------------


def test_no_thought_of_the_papers_preparation_is_lost_in_the_plain_points() -> None:
    said = {
        Point.RECORDS: ("your records", "know the situation well"),
        Point.TOOLS: ("supporting tools", "may help"),
        Point.MIND: ("open mind", "might not have it quite right"),
        Point.RIGHT_PERSON: ("in your agency", "the right person", "share all the information"),
        Point.FAMILY: ("child, family or person know", "conversation is happening"),
        Point.SUPPORT: ("everyone wants to support them", "best they can", "conversation helps"),
        Point.ROLE: ("your role in this situation",),
        Point.VIEWS: ("what the family think", "say people do that is useful"),
    }
    assert set(said) == set(wording.PREPARATION)
    for point, words in said.items():
        for one in words:
            assert one in wording.PREPARATION[point], (point, one)


def test_each_plain_point_is_one_line_and_speaks_to_you() -> None:
    for text in wording.PREPARATION.values():
        assert "\n" not in text
        assert ". " not in text
        assert not re.search(r"\b(practitioners?|participants?)\b", text, re.IGNORECASE)
        assert not is_the_papers(text)


def test_a_line_that_is_reworded_would_be_found() -> None:
    for line in LINES:
        if line not in {**TWICE, **NOT_SHOWN}:
            assert is_the_papers(as_shown(line))
            assert not is_the_papers(f"{as_shown(line)} today")
