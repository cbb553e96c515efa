"""The form of a log line: one line, in UTC, with ids and an error's kind and nothing it says."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.logs import JsonLines


def line(message: str = "done", error: Exception | None = None, **extra: Any) -> str:
    """What is written of a record."""
    given = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot.edge", logging.WARNING, "", 0, message, (), given)
    vars(record).update(extra)
    return JsonLines().format(record)


def test_an_error_is_told_by_its_kind_alone_whoever_raised_it() -> None:
    try:
        raise ValueError("what somebody wrote")
    except ValueError as error:
        found = line(error=error)
    assert json.loads(found)["error"] == "ValueError"
    assert "what somebody wrote" not in found


@pytest.mark.parametrize(
    "mark", ["\n", "\r\n", "\u2028", "\x00", "\x1b[2J", '"}\n{"level": "ERROR']
)
def test_no_value_can_begin_a_line_of_its_own(mark: str) -> None:
    """Nor end the object that it stands in."""
    found = line(f"a{mark}b", conversation=f"c{mark}d")
    assert found.splitlines() == [found]
    assert found.isascii()
    assert found.isprintable()
    read = json.loads(found)
    assert (read["message"], read["conversation"]) == (f"a{mark}b", f"c{mark}d")
    assert read["level"] == "WARNING"


def test_the_time_is_in_utc_and_says_so() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    found = json.loads(line())["time"]
    assert found.endswith("Z")
    assert before <= datetime.fromisoformat(found) <= datetime.now(UTC)
