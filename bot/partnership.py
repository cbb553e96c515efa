"""`python -m bot partnership check FILE` and `partnership template`: to write a file of one's own.

Needs no settings: the file is checked where it is written.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.clock import SystemClock
from records.partnership import SUFFOLK, TEMPLATE, BadPartnership, Partnership, choose
from records.partnership.advice import remarks
from records.partnership.reading import own_sentences


def run(arguments: Sequence[str]) -> int:
    """Exit codes: 0 sound, or printed; 1 not sound; 2 what was asked makes no sense."""
    asked = _parser().parse_args(arguments)
    if asked.what == "template":
        sys.stdout.write(TEMPLATE.read_text(encoding="utf-8"))
        return 0
    return check(asked.file, SystemClock().now().date())


def check(path: Path, today: date) -> int:
    """Read the file as a start would, load every module with it, and print what was found."""
    try:
        found = choose(path)
    except BadPartnership as wrong:
        print(f"{path} is not sound. The bot would not start with it:")
        for problem in wrong.problems:
            print(f"  {problem}")
        return 1
    # Every module that reads a word, as at a start.
    from bot import serving  # noqa: F401

    print(f"{path} is sound: {found.partnership.name}.")
    for line in _summary(path, found):
        print(f"  {line}")
    told = remarks(path, found, today)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bot partnership")
    what = parser.add_subparsers(dest="what", required=True)
    checking = what.add_parser("check", help="say what is wrong with a file, line by line")
    checking.add_argument("file", type=Path)
    what.add_parser("template", help="print a commented file to begin with")
    return parser
