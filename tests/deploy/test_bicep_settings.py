"""What the deployment hands to the bot: settings that exist, and that hold together."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings

BICEP = (Path(__file__).parents[2] / "deploy" / "main.bicep").read_text()
NOT_OURS = {"AZURE_CLIENT_ID"}  # azure-identity's own: which of several identities to be
PAIR = re.compile(r"\{ name: '([A-Z_]+)', (?:value|secretRef): (.+) \}")
EXAMPLES = {
    "string(port)": "3978",
    "string(instances)": "1",
    "logLevel": "INFO",
    "identity.properties.clientId": "11111111-2222-3333-4444-555555555555",
    "tenant().tenantId": "aaaaaaaa-0000-0000-0000-000000000001",
    "storage.properties.primaryEndpoints.table": "https://account.table.core.windows.net/",
    "'${storage.properties.primaryEndpoints.blob}erasures/ledger'": (
        "https://account.blob.core.windows.net/erasures/ledger"
    ),
    "empty(linkSecret) ? '' : publicUrl": "https://learning.region.azurecontainerapps.io",
    "join(facilitators, ',')": "fay.larsen@council.example",
}
"""What Azure makes of an expression; one that is not here is empty unless somebody asks for it."""
SECRETS = {"link-secret": "5" * 32}


def handed_over() -> dict[str, str]:
    return dict(PAIR.findall(BICEP))


def test_every_variable_is_a_setting_of_the_bot() -> None:
    found = handed_over()
    assert len(found) == BICEP.count("{ name: '") > 10
    assert found.keys() - NOT_OURS <= {name.upper() for name in Settings.model_fields}


def test_a_bot_that_is_given_them_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, expression in handed_over().items():
        literal = expression.strip("'") if expression.startswith("'") else ""
        monkeypatch.setenv(name, SECRETS.get(literal, literal) or EXAMPLES.get(expression, ""))
    settings = load_settings()
    assert settings.host == "0.0.0.0"
    assert settings.microsoft_app_type == "UserAssignedMSI"
    assert not settings.demo


def test_no_key_opens_the_records_and_no_secret_is_handed_over() -> None:
    assert "allowSharedKeyAccess: false" in BICEP
    assert "PASSWORD" not in BICEP
    assert re.search(r"@secure\(\)\nparam linkSecret ", BICEP)
    assert re.findall(r"linkSecret\b(?!\))", BICEP) == ["linkSecret", "linkSecret"]
    assert "{ name: 'LINK_SECRET', secretRef: 'link-secret' }" in BICEP
    assert "CONNECTION_STRING" not in BICEP


def test_nothing_is_reached_in_clear_text_and_no_blob_by_anybody() -> None:
    assert "allowInsecure: false" in BICEP
    assert "supportsHttpsTrafficOnly: true" in BICEP
    assert "minimumTlsVersion: 'TLS1_2'" in BICEP
    assert "allowBlobPublicAccess: false" in BICEP
    assert "endpoint: 'https://" in BICEP
    assert "http://" not in BICEP


def test_the_identity_gets_the_tables_the_ledger_and_the_image_and_nothing_else() -> None:
    roles = re.findall(r"scope: (\w+)\n(?:.*\n){1,6}?.*roleDefinitionId: (\w+)", BICEP)
    assert roles == [
        ("storage", "tableContributor"),
        ("ledger", "blobContributor"),
        ("images", "acrPull"),
    ]
    assert BICEP.count("roleDefinitionId: ") == len(roles)


def test_every_parameter_says_what_it_is() -> None:
    parameters = re.findall(r"((?:@.*\n)*)param (\w+)", BICEP)
    assert len(parameters) == BICEP.count("\nparam ")
    assert [name for above, name in parameters if "@description(" not in above] == []
