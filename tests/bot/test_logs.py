"""The form of a log line: one line, in UTC, with ids and an error's kind and nothing it says."""

import contextlib
import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from bot.logs import JsonLines
from records.board.list_entry import ListEntry
from records.conversation.conversation import Conversation
from records.drafts import Draft
from records.people import Person, mail_key
from records.retention import holds, notices
from records.retention.holds import LegalHold, Of
from records.retention.notices import Notice
from records.rights import releases
from records.rights.releases import Release
from records.shown_cards import Shown
from records.store.codec import read_or_pass
from records.store.contract import Row, StoreError
from tests.retention.nights import ended, everything


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


KINDS: Final = {
    "people": Person, "drafts": Draft, "holds": LegalHold, "retention": Notice,
    "releases": Release, "byperson": ListEntry, "board": ListEntry, "shown": Shown,
    "conversations": Conversation,
}  # fmt: skip


async def test_whatever_is_damaged_no_key_of_a_person_gets_into_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    house, state = await ended()
    pat = house.people["pat"].actor.key
    hold = LegalHold(
        of=Of.PERSON, key=pat, reason="", by="", since=house.at, review_on=house.at.date()
    )
    await holds.keep(house.store, hold)
    await releases.keep(house.store, Release(of=pat, piece="p", reason="", by="", at=house.at))
    await notices.note(house.store, Notice(of=pat, what="person", due=house.at, told=house.at))
    rows = [(table, row) async for table, row in everything(house)]
    for table, row in rows:
        await house.store.put(table, Row(row.partition, row.key, {"schema": "none"}))
    with caplog.at_level(logging.DEBUG):
        for table, row in rows:
            kind = KINDS.get(table)
            assert kind is None or read_or_pass(kind, Row(row.partition, row.key, {})) is None
        with contextlib.suppress(StoreError):
            await house.a_night()
        with contextlib.suppress(StoreError):
            await house.an_hour_strikes()
    theirs = {one.actor.key for one in house.people.values()}
    theirs |= {mail_key(one.mail) for one in house.people.values()}
    assert {row.partition for _, row in rows} & theirs
    found = [one for one in caplog.records if getattr(one, "action", "") == "row_unreadable"]
    assert {one.kind for one in found} >= {kind.__name__ for kind in KINDS.values()}
    assert state.a in {one.partition for one in found}
    every = [f"{vars(one)}" for one in caplog.records]
    assert not [one for one in every if any(key in one for key in theirs)]
