"""Every kind of message becomes a card, and feedback is asked for with the right word."""

import json

import pytest

from cards.kit.elements import build, para, said
from cards.wording import wording
from records.conversation.snapshot import Snapshot
from records.outbox.kinds import KINDS, Kind
from records.outbox.prompt import Prompt
from records.timetable.timetable import Timetable
from scheduler.messages import manager, rendering, request
from scheduler.messages.rendering import DRAWINGS, render, whole
from tests.records.conftest import Story

STORY, RULES = Story(), Timetable(wording.partnership)


def test_every_kind_has_its_drawing_and_no_drawing_is_left_over():
    assert {one.card for one in KINDS.values()} == set(DRAWINGS)


@pytest.mark.parametrize(
    ("topics", "wrong"),
    [
        ((request.CARDS, manager.CARDS), "closing"),
        ((DRAWINGS, request.CARDS), "agreed"),
        ((DRAWINGS, {"old-news": DRAWINGS["agreed"]}), "old-news"),
    ],
    ids=["missing", "twice", "of no kind"],
)
def test_the_bot_does_not_start_where_a_drawing_is(topics, wrong):
    with pytest.raises(LookupError, match=wrong):
        whole(*topics)


def drawn(it, kind, due=None):
    owed = next(one for one in RULES.owed(it) if (one.kind, one.to) == (kind, "n"))
    owed = owed.model_copy(update={"due": due or owed.due})
    file = Snapshot(it, "", {}, {}, ())
    return json.dumps(render(RULES)(Prompt.of(owed, it.id), file, None, False).card)


@pytest.mark.parametrize(
    ("end", "word"),
    [
        ("2026-11-09 14:00", "A short reminder"),  # Wednesday 14:00, the deadline itself
        ("2026-11-09 16:30", "A short reminder"),  # half an hour before it
        ("2026-11-13 14:00", "still welcome"),  # Monday 9:00, the deadline was on Sunday
        ("2026-12-24 14:00", "still welcome"),
    ],
)
def test_the_two_day_prompt_says_still_welcome_only_after_its_deadline(end, word):
    card = drawn(STORY.held(end), Kind.FEEDBACK_PROMPT)
    assert [one for one in ("A short reminder", "still welcome") if one in card] == [word]
    assert ("Please answer by" in card) == (end == "2026-11-09 16:30")


def test_the_first_feedback_card_is_no_reminder_and_is_still_welcome_when_it_comes_late():
    it = STORY.held("2026-11-09 14:00")
    first = drawn(it, Kind.FEEDBACK)
    assert "A short reminder" not in first
    assert "still welcome" not in first
    assert "still welcome" in drawn(it, Kind.FEEDBACK, STORY.at("2026-11-11 14:01"))


@pytest.mark.parametrize("known", [True, False], ids=["said", "not said"])
def test_a_card_with_words_becomes_a_door_and_is_never_lost(monkeypatch, known):
    """Also where nobody has said which button leads to them."""
    words = [*said("Nobody listens.")]
    drawing = {**DRAWINGS, "feedback": lambda on: (build([para("Came"), *words]), "It came")}
    monkeypatch.setattr(rendering, "DRAWINGS", drawing)
    if known:
        monkeypatch.setattr(
            rendering, "READS", {"feedback": (lambda: "Read their words", "a.verb", "")}
        )
    card = drawn(STORY.held("2026-11-09 14:00"), Kind.FEEDBACK)
    assert "Nobody listens." not in card
    assert ("a.verb" if known else "request.mine") in card
