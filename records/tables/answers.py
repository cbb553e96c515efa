"""What the storage's answers mean. Source: Azure Table Storage, table service error codes."""

import re

from azure.core.exceptions import HttpResponseError

from records.settle import Kind, Refused
from records.store import StoreError, TooLarge, Unavailable


def translated(error: HttpResponseError) -> StoreError:
    """The answer as Refused, TooLarge, Unavailable, or StoreError for a fault of ours."""
    code = _code(error)
    number = re.match(r"(\d+):", error.message or "")
    index = int(number[1]) if number else None
    match error.status_code, code:
        case 404, "TableNotFound":
            return Refused(Kind.NO_TABLE, index)
        case 404, "ResourceNotFound" | "EntityNotFound":
            return Refused(Kind.MISSING, index)
        case 409, "EntityAlreadyExists" | "TableAlreadyExists":
            return Refused(Kind.EXISTS, index)
        case 412, _:
            return Refused(Kind.CHANGED, index)
        case (413, _) | (400, "EntityTooLarge" | "PropertyValueTooLarge"):
            return TooLarge(f"the storage refused this as too large ({code})")
        case 400, _:
            return StoreError(f"the storage refused this ({code})")
    return Unavailable(f"the storage answered {error.status_code} ({code or 'no reason'})")


def _code(error: HttpResponseError) -> str:
    known = getattr(error, "error_code", None)
    if known is None and error.response is not None:
        # The library leaves the answer to a refused insert unread.
        found = re.search(r'"code"\s*:\s*"(\w+)"', error.response.text())
        return found[1] if found else ""
    return str(getattr(known, "value", known) or "")
