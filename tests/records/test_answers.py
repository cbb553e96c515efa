"""What the storage's refusals are read as, whichever form they come in."""

from types import SimpleNamespace
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError

from records.store.azure.refusals import keep_xml_unread, translated

XML = '<?xml version="1.0"?><m:error xmlns:m="x"><m:code>AuthenticationFailed</m:code></m:error>'
PLAIN = "<Error><Code>AuthenticationFailed</Code><Message>No.</Message></Error>"
JSON = '{"odata.error": {"code": "AuthenticationFailed"}}'


class Answer:
    """As much of the library's as is asked for."""

    reason = "Forbidden"

    def __init__(self, text: str, content_type: str | None, status: int = 403) -> None:
        self._text, self.content_type, self.status_code = text, content_type, status
        self.headers: dict[str, str] = {}

    def text(self) -> str:
        return self._text


@pytest.mark.parametrize("text", [XML, PLAIN, JSON])
def test_a_refusal_says_its_reason_in_xml_as_in_json(text: str) -> None:
    error = HttpResponseError(response=Answer(text, None))
    assert str(translated(error)) == "the storage answered 403 (AuthenticationFailed)"


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        (Answer(XML, "application/xml; charset=utf-8"), "text/plain"),
        (Answer(JSON, "application/json"), "application/json"),
        (Answer("", None), None),
        (Answer(XML, "application/atom+xml", 200), "application/atom+xml"),
    ],
)
def test_only_a_refusal_in_xml_stays_text(given: Answer, read_as: str | None) -> None:
    response: Any = SimpleNamespace(http_response=given)
    keep_xml_unread(response)
    assert response.http_response.content_type == read_as
    assert response.http_response.status_code == given.status_code
    assert response.http_response.text() == given.text()
