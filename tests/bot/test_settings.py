"""Settings that do not hold together stop the start, with one line each."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BadSettings, Settings, load_settings

GOOD = {
    "MICROSOFT_APP_ID": "app",
    "MICROSOFT_APP_PASSWORD": "hunter2",
    "MICROSOFT_APP_TENANT_ID": "Tenant-A",
    "TABLES_ENDPOINT": "https://learning.table.core.windows.net",
}
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the whole environment of settings; anything not given is not set."""

    def give(values: dict[str, str]) -> None:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return give


def problems() -> list[str]:
    with pytest.raises(BadSettings) as bad:
        load_settings()
    return bad.value.problems


def test_the_example_names_every_setting_with_its_default(env: Any) -> None:
    lines = re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    assert {name for name, _ in lines} == {name.upper() for name in Settings.model_fields}
    env(GOOD | {name: value for name, value in lines if value})
    given = load_settings()
    env(GOOD)
    assert given == load_settings()


def test_every_setting_in_the_example_has_its_meaning_above_it() -> None:
    lines = EXAMPLE.read_text().splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z]", line):
            assert lines[number - 1][:1] in "#ABCDEFGHIJKLMNOPQRSTUVWXYZ", line
            assert lines[number - 1], line


def test_a_production_setting_holds_together(env: Any) -> None:
    env(GOOD | {"FACILITATORS": "a@one.org, b@two.org,", "ALLOWED_TENANTS": ""})
    settings = load_settings()
    assert settings.facilitators == ("a@one.org", "b@two.org")
    assert settings.tenants == {"tenant-a"}
    assert (settings.host, settings.port, settings.turn_seconds) == ("127.0.0.1", 3978, 7)
    assert "hunter2" not in repr(settings)


def test_named_tenants_take_the_place_of_the_apps_own(env: Any) -> None:
    env(GOOD | {"ALLOWED_TENANTS": "one,TWO"})
    assert load_settings().tenants == {"one", "two"}


def test_a_demo_needs_nothing_and_serves_every_tenant(env: Any) -> None:
    env({"DEMO": "true"})
    assert load_settings().tenants is None


def test_a_managed_identity_needs_no_password(env: Any) -> None:
    values = GOOD | {"MICROSOFT_APP_TYPE": "UserAssignedMSI"}
    env({name: value for name, value in values.items() if name != "MICROSOFT_APP_PASSWORD"})
    load_settings()


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "MICROSOFT_APP_ID is missing"),
        ({"HOST": "0.0.0.0"}, "MICROSOFT_APP_ID is missing"),
        ({"DEMO": "true", "HOST": "0.0.0.0"}, "DEMO runs on this machine alone"),
        (GOOD | {"DEMO": "true", "HOST": "10.0.0.5"}, "DEMO runs on this machine alone"),
        (GOOD | {"TABLES_ENDPOINT": ""}, "Give TABLES_CONNECTION_STRING or"),
        (GOOD | {"TABLES_CONNECTION_STRING": "x"}, "Give TABLES_CONNECTION_STRING or"),
        (GOOD | {"MICROSOFT_APP_PASSWORD": ""}, "MICROSOFT_APP_PASSWORD is missing"),
        (GOOD | {"MICROSOFT_APP_TENANT_ID": ""}, "MICROSOFT_APP_TENANT_ID is missing"),
        (GOOD | {"MICROSOFT_APP_TYPE": "MultiTenant"}, "MICROSOFT_APP_TYPE: input should be"),
        (GOOD | {"PORT": "high"}, "PORT: input should be a valid integer"),
        (GOOD | {"TURN_SECONDS": "10"}, "TURN_SECONDS has to be under 10"),
        (GOOD | {"TURN_SECONDS": "0"}, "TURN_SECONDS: input should be greater"),
        (GOOD | {"LEASE_SECONDS": "40"}, "LEASE_SECONDS has to be over twice"),
        (GOOD | {"INSTANCES": "0"}, "INSTANCES: input should be greater"),
        (GOOD | {"FACILITATORS": "a@one.org, Bea"}, "FACILITATORS: 'Bea' is not a mail"),
        (GOOD | {"GATEKEEPERS": "a@b.org, c@b.org, d@b.org"}, "GATEKEEPERS: give 2 addresses"),
        (GOOD | {"GATEKEEPERS": "Bea"}, "GATEKEEPERS: 'Bea' is not a mail"),
        (GOOD | {"ALLOWED_SERVICE_URLS": "http://x.example/"}, "ALLOWED_SERVICE_URLS: 'http"),
        (GOOD | {"OUTBOUND_TOKEN_AUTHORITY": "http://x.example"}, "OUTBOUND_TOKEN_AUTHORITY: give"),
        (GOOD | {"CHANNEL_OPENID_METADATA_URL": "x"}, "CHANNEL_OPENID_METADATA_URL: give an"),
        (GOOD | {"TABLES_PREFIX": "a-b"}, "TABLES_PREFIX: string should match"),
        (GOOD | {"PARTNERSHIP_FILE": "/none/such"}, "PARTNERSHIP_FILE: there is no file"),
        (GOOD | {"PUBLIC_URL": "http://x.example"}, "PUBLIC_URL: give an https address"),
        (GOOD | {"PUBLIC_URL": "https://x.example"}, "LINK_SECRET has to have 32"),
        (
            GOOD | {"PUBLIC_URL": "https://x.example", "LINK_SECRET": "hunter2"},
            "LINK_SECRET has to have 32",
        ),
        (GOOD | {"LINK_MINUTES": "0"}, "LINK_MINUTES: input should be"),
        (GOOD | {"LOG_LEVEL": "loud"}, "LOG_LEVEL: input should be"),
    ],
)
def test_what_does_not_hold_together_is_said_in_a_line(
    env: Any, values: dict[str, str], line: str
) -> None:
    env(values)
    found = problems()
    assert any(problem.startswith(line) for problem in found), found
    assert not any("\n" in problem or "hunter2" in problem for problem in found)


def test_the_team_and_its_channel_may_be_pasted_as_they_stand_in_a_link(env: Any) -> None:
    env(GOOD | {"FACILITATION_TEAM_ID": "19%3a8d2f%40thread.tacv2"})
    found = load_settings()
    assert (found.facilitation_team_id, found.team) == ("19:8d2f@thread.tacv2",) * 2
    assert list(found.warnings()) == []
    # General has the team's id, so where only that is set it is the team.
    env(GOOD | {"FACILITATION_CHANNEL_ID": "19:8d2f@thread.tacv2"})
    assert load_settings().team == "19:8d2f@thread.tacv2"


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "FACILITATION_TEAM_ID or FACILITATORS is missing"),
        ({"FACILITATION_TEAM_ID": "5a0f6c1e-0000-4000"}, "FACILITATION_TEAM_ID: this is no id"),
        (
            {"FACILITATORS": "a@one.org", "FACILITATION_CHANNEL_ID": "General"},
            "FACILITATION_CHANNEL_ID: this is no id",
        ),
    ],
)
def test_a_team_that_nobody_will_find_is_said_at_the_start(
    env: Any, values: dict[str, str], line: str
) -> None:
    env(GOOD | values)
    assert any(one.startswith(line) for one in load_settings().warnings())
