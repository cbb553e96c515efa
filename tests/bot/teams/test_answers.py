"""The table of what an answer of Teams means, row by row, in each shape of body."""

import json
from typing import Any

import pytest

from bot.teams.answers import meaning, said
from bot.teams.connector import TeamsAnswered
from bot.teams.outbreak import Trouble
from records.people import Reference
from scheduler.delivery.courier import ChatGone, MessageGone, Moved, Refused, Unreachable
from tests.bot.teams.strict import SHAPES, answer

TO = Reference(service_url="https://teams.example/uk/", conversation_id="c", tenant="t")
ROWS: tuple[tuple[int, str, Any], ...] = (
    (400, "Bad Argument", Refused),
    (401, "BotNotRegistered", Trouble.NOT_KNOWN),
    (401, "Anything", Trouble.NOT_KNOWN),
    (403, "BotDisabledByAdmin", Trouble.BLOCKED),
    (403, "ConversationBlockedByUser", Unreachable),
    (403, "MessageWritesBlocked", Unreachable),
    (403, "BotNotInConversationRoster", Unreachable),
    (403, "SomethingNew", Unreachable),
    (404, "ConversationNotFound", ChatGone),
    (404, "ActivityNotFoundInConversation", MessageGone),
    (404, "SomethingNew", ChatGone),
    (413, "MessageSizeTooBig", Refused),
    (307, "", Refused),
    (405, "", Refused),
    (409, "", Refused),
)
WITHOUT_CODE = {400: Refused, 401: Trouble.NOT_KNOWN, 403: Unreachable, 404: ChatGone, 413: Refused}


@pytest.mark.parametrize("shape", ["code", "sub-code"])
@pytest.mark.parametrize(("status", "code", "means"), ROWS)
def test_each_code_has_its_meaning(status: int, code: str, means: Any, shape: str) -> None:
    found = meaning(answer(status, code, shape), TO)
    assert found is means or type(found) is means
    if isinstance(found, Refused):
        assert found.status == status


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"error": None},
        {"error": {}},
        {"error": {"code": 209, "message": None}},
        {"error": "403"},
        {"errorCode": 209, "message": "{"},
        {"errorCode": 209, "message": "[1]"},
        {"errorCode": 209, "message": '{"subCode": null}'},
        {"message": {"subCode": "BotDisabledByAdmin"}},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("status", WITHOUT_CODE)
def test_an_answer_without_a_code_means_what_its_status_says(
    status: int, body: dict[str, Any]
) -> None:
    found = meaning(TeamsAnswered(status, {}, body), TO)
    means = WITHOUT_CODE[status]
    assert found is means or type(found) is means


def test_a_code_that_says_more_is_found_within_an_error_too() -> None:
    inner = json.dumps({"subCode": "BotDisabledByAdmin"})
    body = {"error": {"code": "Forbidden", "message": inner}}
    assert meaning(TeamsAnswered(403, {}, body), TO) is Trouble.BLOCKED


@pytest.mark.parametrize(
    ("message", "url"),
    [
        ("Call https://gcc.teams.example.", "https://gcc.teams.example/uk/"),
        ("Call https://gcc.teams.example/", "https://gcc.teams.example/uk/"),
        ("Please use 'https://gcc.teams.example/gcc'", "https://gcc.teams.example/gcc"),
        ("https://gcc.teams.example:8443/gcc/ it is", "https://gcc.teams.example:8443/gcc"),
    ],
)
@pytest.mark.parametrize("shape", ["code", "sub-code"])
def test_the_host_that_an_answer_names_is_where_the_chat_is(
    message: str, url: str, shape: str
) -> None:
    inner = json.dumps({"subCode": "InvalidBotApiHost", "details": message})
    body: dict[str, Any] = {"error": {"code": "InvalidBotApiHost", "message": message}}
    found = meaning(TeamsAnswered(403, {}, body if shape == "code" else {"message": inner}), TO)
    assert isinstance(found, Moved)
    assert found.to == TO.model_copy(update={"service_url": url})


@pytest.mark.parametrize("message", ["", "Invalid host.", "Call https://teams.example/uk/"])
def test_a_wrong_host_and_no_other_is_the_deployments(message: str) -> None:
    body = {"error": {"code": "InvalidBotApiHost", "message": message}}
    assert meaning(TeamsAnswered(403, {}, body), TO) is Trouble.ADDRESS


def test_what_is_said_of_an_answer_is_its_status_and_a_plain_code() -> None:
    assert said(answer(413, "MessageSizeTooBig")) == "Teams answered 413 MessageSizeTooBig"
    assert said(answer(403, "Priya Shah has blocked it")) == "Teams answered 403"
    assert said(answer(403, "x" * 61)) == "Teams answered 403"
    assert said(TeamsAnswered(403, {}, SHAPES["empty"](""))) == "Teams answered 403"
