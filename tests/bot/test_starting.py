"""What an operator should know at the start, though nothing stops for it."""

import logging

import pytest

from bot.settings import Settings
from bot.starting import tell_doubts


def settings(facilitator: str) -> Settings:
    return Settings(
        microsoft_app_id="app",
        microsoft_app_password="invented",
        microsoft_app_tenant_id="tenant-a",
        allowed_tenants=("tenant-a", "tenant-b"),
        tables_endpoint="https://learning.table.core.windows.net",
        facilitators=(facilitator,),
    )


def test_a_listed_address_without_a_tenant_is_told_on_the_terminal_and_in_the_log(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither says which address it is."""
    with caplog.at_level(logging.WARNING):
        tell_doubts(settings("fay@facilitation.example"))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Look at FACILITATORS: an address without a tenant counts")
    (record,) = caplog.records
    assert (record.levelname, record.action) == ("WARNING", "settings_doubtful")  # type: ignore[attr-defined]  # our own field
    assert "fay" not in line + str(record.__dict__)


def test_one_with_its_tenant_needs_no_word(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    tell_doubts(settings("tenant-b/fay@facilitation.example"))
    assert (capsys.readouterr().err, caplog.records) == ("", [])
