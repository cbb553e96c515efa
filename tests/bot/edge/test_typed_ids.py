"""What a turn carries of its activity: a mark of a typed message's id, and when it happened."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.edge.incoming import read_activity
from bot.edge.to_turn import read_turn
from dialogs.turn.events import Turn


def turn(bot: Any, **changes: Any) -> Turn:
    found = read_turn(read_activity(bot.activity(**changes)))
    assert found is not None
    return found


async def test_the_same_message_has_the_same_mark_and_another_has_another(bot: Any) -> None:
    first = turn(bot, id="activity-1").activity
    assert first
    assert turn(bot, id="activity-1").activity == first
    assert turn(bot, id="activity-2").activity != first
    elsewhere = {**bot.activity()["conversation"], "id": "a:chat/2"}
    assert turn(bot, id="activity-1", conversation=elsewhere).activity != first


@pytest.mark.parametrize("identity", ["x" * 2_000, "a#?/\\b", "Sam Smith"])
async def test_a_mark_is_short_and_holds_nothing_of_the_id(bot: Any, identity: str) -> None:
    mark = turn(bot, id=identity).activity
    assert len(mark) == 20
    assert mark.isalnum()


async def test_a_message_without_an_id_and_a_tap_have_none(bot: Any) -> None:
    assert turn(bot, id=None).activity == ""
    tapped = read_turn(read_activity(bot.invoke()))
    assert tapped is not None
    assert tapped.activity == ""
    assert turn(bot, text=None, value={"verb": "next"}).activity == ""


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ("2026-03-02T09:00:00Z", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02T09:00:00.1234567Z", datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)),
        ("2026-03-02T11:00:00+02:00", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02T09:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("9" * 120_000, None),
        (7, None),
        ({"at": "now"}, None),
        (None, None),
    ],
)
async def test_when_it_happened_is_read_with_its_zone_or_not_at_all(
    bot: Any, sent: Any, at: datetime | None
) -> None:
    made = turn(bot, type="installationUpdate", action="add", timestamp=sent)
    assert made.at == at
