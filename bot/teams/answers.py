"""What an answer of Teams means, by its code: a table, and the three shapes in which codes come.

| code, or status where there is none that we know | means |
|---|---|
| any 401; `BotNotRegistered`, `BotDisabledByAdmin` | a `Trouble` of the deployment |
| `ConversationBlockedByUser`, `MessageWritesBlocked` | `Unreachable` |
| `BotNotInConversationRoster`; 403 | `Unreachable` |
| `ConversationNotFound`; 404 | `ChatGone` |
| `ActivityNotFoundInConversation` | `MessageGone` |
| `InvalidBotApiHost` | `Moved` to the host that it names; where it names none, a `Trouble` |
| 400, 413, any other 3xx or 4xx | `Refused` |

Source: Teams, "Status codes from bot conversational APIs". The code stands in `error.code`, or as
`subCode` in JSON that is the text of `message`, or nowhere.
"""

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from bot.teams.connector import JsonObject, TeamsAnswered
from bot.teams.outbreak import Trouble
from records.people import Reference
from scheduler.delivery.courier import ChatGone, MessageGone, Moved, Refused, Unreachable

NO_CHAT: Final = "ConversationNotFound"
OTHER_HOST: Final = "InvalidBotApiHost"
TROUBLES: Final[Mapping[str, Trouble]] = MappingProxyType(
    {"BotNotRegistered": Trouble.NOT_KNOWN, "BotDisabledByAdmin": Trouble.BLOCKED}
)
ERRORS: Final[Mapping[str, type[Refused]]] = MappingProxyType(
    {
        "ConversationBlockedByUser": Unreachable,
        "MessageWritesBlocked": Unreachable,
        "BotNotInConversationRoster": Unreachable,
        NO_CHAT: ChatGone,
        "ActivityNotFoundInConversation": MessageGone,
    }
)
WITHOUT_CODE: Final[Mapping[int, type[Refused]]] = MappingProxyType(
    {403: Unreachable, 404: ChatGone}
)
SAFE: Final = re.compile(r"\w{1,60}", re.ASCII)
"""What a code may look like to be put into a log."""
_URL: Final = re.compile(r"https?://[\w.:/-]+")


def meaning(answered: TeamsAnswered, to: Reference) -> Trouble | Refused:
    """What a refusal means for what was to go there."""
    found = tuple(codes(answered.body))
    status, reason = answered.status, said(answered)
    if status == 401:
        return Trouble.NOT_KNOWN
    if OTHER_HOST in found:
        there = _elsewhere(answered.body, to)
        return Moved(reason, status, there) if there is not None else Trouble.ADDRESS
    for code in found:
        if code in TROUBLES:
            return TROUBLES[code]
        if code in ERRORS:
            return ERRORS[code](reason, status)
    return WITHOUT_CODE.get(status, Refused)(reason, status)


def said(answered: TeamsAnswered) -> str:
    """The status and its code, fit for a log and for a row: nothing else of the body."""
    words = [f"Teams answered {answered.status}"]
    return " ".join(words + [one for one in codes(answered.body) if SAFE.fullmatch(one)][:1])


def codes(body: JsonObject) -> Iterator[str]:
    """Every code that an answer carries; what says most comes first."""
    error = body.get("error")
    for one in (error if isinstance(error, dict) else {}, body):
        inner = _inner(one.get("message"))
        for code in (inner.get("subCode"), one.get("code")):
            if isinstance(code, str) and code:
                yield code


def _inner(message: Any) -> JsonObject:
    """The JSON object that a message is the text of, if it is one."""
    if not isinstance(message, str) or not message.lstrip().startswith("{"):
        return {}
    try:
        found = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _elsewhere(body: JsonObject, to: Reference) -> Reference | None:
    """The same place at the host that the answer names; whether it is allowed, the connector says.

    Where only a host is named, the path stays: it stands for a region.
    """
    found = _URL.search(json.dumps(body))
    if found is None:
        return None
    try:
        named, before = urlsplit(found[0].rstrip("./")), urlsplit(to.service_url)
    except ValueError:
        return None
    url = f"{named.scheme}://{named.netloc}{named.path or before.path}"
    if url.rstrip("/") == to.service_url.rstrip("/"):
        return None
    return to.model_copy(update={"service_url": url})
