"""What the storage's answers mean. Source: Azure Table Storage, table service error codes."""

import re
from typing import Any, Final

from azure.core.exceptions import HttpResponseError
from azure.core.pipeline import PipelineResponse

from records.store.azure.wire import Answer
from records.store.contract import StoreError, TooLarge, Unavailable
from records.store.unsure_writes import RefusalKind, StorageRefusal

_REASON: Final = re.compile(r'"code"\s*:\s*"(\w+)"|<(?:\w+:)?code>(\w+)<', re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Z][A-Za-z]{0,49}")
"""How the storage writes a code of its own. What is none is told nowhere."""


def refusal(answer: Answer) -> StoreError:
    """What an answer says that is no success."""
    return _meaning(answer.status, _reason(answer.body.decode("utf-8", "replace")), None)


def translated(error: HttpResponseError) -> StoreError:
    """The same of the library's error, with the place of the operation that it is about."""
    known = getattr(error, "error_code", None)
    if known is None and error.response is not None:
        # The library leaves the answer to some refusals unread, and we that in XML.
        code = _reason(error.response.text())
    else:
        code = _code(str(getattr(known, "value", known) or ""))
    number = re.match(r"(\d+):", error.message or "")
    return _meaning(error.status_code, code, int(number[1]) if number else None)


def _meaning(status: int | None, code: str, index: int | None) -> StoreError:
    """Refused, TooLarge, Unavailable, or StoreError for a fault of ours."""
    match status, code:
        case 404, "TableNotFound":
            return StorageRefusal(RefusalKind.NO_TABLE, index)
        case 404, "ResourceNotFound" | "EntityNotFound":
            return StorageRefusal(RefusalKind.MISSING, index)
        case 409, "EntityAlreadyExists" | "TableAlreadyExists":
            return StorageRefusal(RefusalKind.EXISTS, index)
        case 412, _:
            return StorageRefusal(RefusalKind.CHANGED, index)
        case (413, _) | (400, "EntityTooLarge" | "PropertyValueTooLarge"):
            return TooLarge(f"the storage refused this as too large ({code})")
        case 400, _:
            return StoreError(f"the storage refused this ({code})")
    return Unavailable(f"the storage answered {status} ({code or 'no reason'})")


def _reason(text: str) -> str:
    found = _REASON.search(text)
    return _code((found[1] or found[2]) if found else "")


def _code(word: str) -> str:
    return word if _CODE.fullmatch(word) else ""


class _AsText:
    """An answer that gives its body as plain text; in everything else the answer it was."""

    content_type: Final = "text/plain"

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)


def keep_xml_unread(response: PipelineResponse[Any, Any]) -> None:
    """A response hook for the library's client: a refusal in XML stays the text that it is.

    The gate of an account refuses in XML, and the library asks the element it reads for its
    truth, which Python 3.12 deprecates. The code, all that is wanted, is found without.
    """
    answer = response.http_response
    if answer.status_code >= 400 and "xml" in (answer.content_type or ""):
        response.http_response = _AsText(answer)
