"""Addresses in settings: read as typed ones are, each once, with the tenant where one is given."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.listed import Listed, listed
from bot.roster import Entry, entries
from bot.settings import Settings
from bot.teams.lookups import addresses


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("fay@team.example", Listed("", "fay@team.example")),
        ("Fay Larsen <Fay@Team.example>", Listed("", "Fay@team.example")),
        ("fay@team", Listed("", "fay@team")),
        ("TENANT-1/fay@team.example", Listed("tenant-1", "fay@team.example")),
        ("tenant-1/fay/north@team.example", Listed("tenant-1", "fay/north@team.example")),
        (" tenant-1 / <fay@team.example>", Listed("tenant-1", "fay@team.example")),
    ],
)
def test_an_entry_is_an_address_with_or_without_its_tenant(entry: str, found: Listed) -> None:
    """And is written again as a setting has it."""
    assert listed(entry) == found
    assert listed(str(found)) == found
    assert entries([str(found)], "") == (Entry(found.mail, found.tenant),)


@pytest.mark.parametrize("entry", ["fay", "/fay@team.example", "fay@a.example bo@b.example"])
def test_what_is_no_entry_is_told_at_the_start(entry: str) -> None:
    """With the setting and what was given."""
    with pytest.raises(ValidationError, match="facilitators"):
        Settings(demo=True, facilitators=(entry,))


def test_somebody_listed_twice_is_listed_once() -> None:
    """By the mailbox, in each tenant."""
    given = ("Fay@team.example", "fay@TEAM.example", "t/fay@team.example")
    assert Settings(demo=True, facilitators=given).facilitators == (
        "fay@team.example",
        "t/fay@team.example",
    )


@pytest.mark.parametrize(
    ("member", "found"),
    [
        ({"email": "Pat@Police.example", "userPrincipalName": "pat@police.example"}, 1),
        (
            {"email": "o\u2019neill@police.example", "userPrincipalName": "o'neill@police.example"},
            1,
        ),
        ({"email": "pat@police.example", "userPrincipalName": "pat2@police.example"}, 2),
        ({"email": "pat", "userPrincipalName": None}, 0),
    ],
)
def test_the_platform_gives_each_mailbox_once(member: dict[str, Any], found: int) -> None:
    """What cannot be read binds nobody."""
    assert len(addresses(member).mails) == found
