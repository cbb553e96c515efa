"""`python -m bot partnership check FILE` and `partnership template`: to write a file of one's own.

Needs no settings: the file is checked where it is written.
"""

import sys
from pathlib import Path

from bot.clock import SystemClock
from cards.wording import TOPICS
from cards.wording.source import read
from records.partnership import (
    SUFFOLK,
    TEMPLATE,
    BadPartnership,
    Partnership,
    read_partnership,
)
from records.partnership.advice import remarks
from records.partnership.reading import own_sentences


def template() -> int:
    """Print a file to begin with; the exit code."""
    sys.stdout.write(TEMPLATE.read_text(encoding="utf-8"))
    return 0


def check(path: Path) -> int:
    """Read the file and all its sentences as a start would, and print what was found.

    Exit codes: 0 sound; 1 not sound, or not there.
    """
    if not path.is_file():
        print(f"{path}: there is no such file.")
        return 1
    try:
        found = read_partnership(path.resolve())
    except BadPartnership as wrong:
        print(f"{path} is not sound. The bot would not start with it:")
        for problem in wrong.problems:
            print(f"  {problem}")
        return 1
    read(TOPICS, found.words)
    print(f"{path} is sound: {found.partnership.name}.")
    for line in _summary(path, found):
        print(f"  {line}")
    told = remarks(path, found, SystemClock().now().date())
    if told:
        print("Please look at:")
    for problem in told:
        print(f"  {problem}")
    return 0


def _summary(path: Path, found: Partnership) -> list[str]:
    sets = found.questions
    own = "all" if path.resolve() == SUFFOLK else own_sentences(path)
    return [
        f"Sentences in its own words: {own}.",
        f"Sets of questions: request {sets.request}, feedback {sets.feedback}, "
        f"outcome {sets.outcome}, learning document {sets.learning}.",
        f"Headings: {len(found.learning.sections)}. Agencies: {len(found.partnership.agencies)}. "
        f"Levels of need: {len(found.levels_of_need)}. Local numbers: {len(found.numbers)}.",
        f"Feedback within {found.facts['feedback_within']}, the outcome after "
        f"{found.facts['outcome_after']}; messages between {found.hours.opens:%H:%M} and "
        f"{found.hours.closes:%H:%M} in {found.hours.zone}.",
    ]
