"""From bytes to one JSON object, refusing what parsers read differently or choke on."""

import json
import math
import re
from typing import Any, Final, NoReturn

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 64

# A string is one token, closed or not, taken possessively: every byte is looked at once, however
# many quotes a hostile body holds.
_TOKENS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


class BadRequest(Exception):
    """The request is refused. `status` is the HTTP answer, `reason` one line for the caller."""

    def __init__(self, status: int, code: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.code, self.reason = status, code, reason


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body of at most `MAX_BYTES`, nested at most `MAX_DEPTH` deep.

    Refused with 400 (413 for the size): bytes that are not UTF-8, repeated keys, NaN and numbers
    too large to hold, half a surrogate pair, anything but an object. Source: RFC 8259, I-JSON.
    """
    if len(body) > MAX_BYTES:
        raise BadRequest(413, "too_large", f"The body is over {MAX_BYTES} bytes.")
    if _depth(body) > MAX_DEPTH:
        raise BadRequest(400, "too_deep", f"The JSON is nested over {MAX_DEPTH} deep.")
    value = _parse(body)
    if not isinstance(value, dict):
        raise BadRequest(400, "not_an_object", "The body is not a JSON object.")
    return value


def _parse(body: bytes) -> Any:
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite
        )
        if _SURROGATE.search(body):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise BadRequest(400, "not_utf8", "The body is not UTF-8.") from error
    except UnicodeEncodeError as error:
        raise BadRequest(400, "lone_surrogate", "The body holds half a character.") from error
    except ValueError as error:
        raise BadRequest(400, "not_json", "The body is not JSON.") from error
    return value


def _depth(body: bytes) -> int:
    """How deep brackets nest, strings left out; before any recursive parser sees them."""
    if body.count(b"{") + body.count(b"[") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for token in _TOKENS.finditer(body):
        mark = token[0]
        if mark in (b"{", b"["):
            depth += 1
            deepest = max(deepest, depth)
        elif mark in (b"}", b"]"):
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("repeated key")
    return made


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number
