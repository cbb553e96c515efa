"""Whose tenant an activity is of: every place that names one has to name the same."""

import logging
from typing import Any

import pytest

from bot.edge.incoming import read_activity
from bot.edge.turns import Turns
from dialogs.turn.events import Reply

TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
OTHER = "bbbbbbbb-0000-0000-0000-000000000002"


def activity(bot: Any, **named: str) -> dict[str, Any]:
    """A message with tenants in these places; none where it is empty."""
    made = bot.activity()
    made["conversation"] = {**made["conversation"], "tenantId": named.get("chat", TENANT)}
    made["channelData"] = {"tenant": {"id": named.get("channel", TENANT)}}
    for place in ("from", "recipient"):
        if place in named:
            made[place] = {**made[place], "tenantId": named[place]}
    found: dict[str, Any] = made
    return found


SAME = [
    {},
    {"chat": TENANT.upper()},
    {"channel": TENANT.upper()},
    {"from": TENANT, "recipient": TENANT.upper()},
    {"chat": ""},
    {"channel": ""},
]
DIFFERENT = [
    {"chat": OTHER},
    {"channel": OTHER},
    {"from": OTHER},
    {"recipient": OTHER},
    {"chat": OTHER, "channel": OTHER},
    {"chat": OTHER, "channel": OTHER, "from": TENANT},
    {"chat": "", "channel": ""},
]


@pytest.mark.parametrize("named", SAME)
async def test_who_names_one_tenant_wherever_it_stands_is_let_in(
    bot: Any, named: dict[str, str]
) -> None:
    await bot.post(activity(bot, **named))
    [turn] = bot.dialogs.turns
    assert turn.actor.tenant == TENANT


@pytest.mark.parametrize("named", DIFFERENT)
async def test_who_names_two_or_another_or_none_is_refused_in_one_line(
    bot: Any, caplog: pytest.LogCaptureFixture, named: dict[str, str]
) -> None:
    await bot.post(activity(bot, **named))
    assert bot.dialogs.turns == []
    [record] = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert record.action == "tenant_refused"  # type: ignore[attr-defined]  # our own field


async def test_two_tenants_that_are_both_ours_are_refused_as_well(bot: Any) -> None:
    """Whose object id it is would not be known."""

    async def never(_: Any) -> Any:
        raise AssertionError

    turns = Turns(
        never,
        lambda _: Reply(),
        None,  # type: ignore[arg-type]  # nothing is looked up for who is refused
        None,  # type: ignore[arg-type]  # nor is a message of theirs updated
        tenants={TENANT, OTHER},
        refusal=Reply(),
        needs_mails=never,
        seconds=1,
    )
    incoming = read_activity(activity(bot, channel=OTHER))
    assert await turns.take(incoming, None) == Reply()  # type: ignore[arg-type]  # nothing is shown


@pytest.mark.parametrize(
    ("tid", "status"),
    [
        (TENANT, 200),
        (TENANT.upper(), 200),
        (None, 200),
        ("d6d49420-f39b-4df7-a1dc-d59a935871db", 200),
        (OTHER, 403),
    ],
)
async def test_a_token_that_names_a_tenant_names_the_activitys(
    bot: Any, caplog: pytest.LogCaptureFixture, tid: str | None, status: int
) -> None:
    for _ in range(2):  # checked, and kept
        assert (await bot.post(bot.activity(), bot.bearer(tid=tid)))[0] == status
    assert len(bot.dialogs.turns) == (2 if status == 200 else 0)
    reasons = [r.reason for r in caplog.records if hasattr(r, "reason")]
    assert reasons == ([] if status == 200 else ["tenant_differs"] * 2)
