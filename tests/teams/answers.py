"""What Teams answers, in the words and the three shapes in which its bodies have been seen.

Source: Teams, "Status codes from bot conversational APIs" (status and code, what each means, and
which may be tried again); the second shape: Teams, "Send proactive messages", blocked chats.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Final


class Shape(Enum):
    """How the body of a refusal looks."""

    ERROR = auto()
    SUB_CODE = auto()
    EMPTY = auto()


class Way(Enum):
    """How an answer travels: most by HTTP, and some do not arrive."""

    HTTP = auto()
    RESET = auto()
    SILENCE = auto()
    PAGE = auto()
    NO_ID = auto()


@dataclass(frozen=True)
class Answer:
    """One row of the table. With `taken` Teams does what was asked, and answers this all the same.

    `retry_after` is in seconds.
    """

    status: int
    code: str = ""
    message: str = ""
    sub_code: str = ""
    retry_after: float | None = None
    shape: Shape = Shape.ERROR
    way: Way = Way.HTTP
    taken: bool = False

    def shaped(self, shape: Shape) -> "Answer":
        """The same answer with its body in another shape."""
        return replace(self, shape=shape)

    def after_taking(self) -> "Answer":
        """The same answer to something that was done: ambiguous for whoever asked."""
        return replace(self, taken=True)

    @property
    def headers(self) -> Mapping[str, str]:
        """Retry-After, where it is said."""
        if self.retry_after is None:
            return {}
        return {"Retry-After": f"{self.retry_after:.0f}"}

    @property
    def body(self) -> dict[str, Any] | None:
        """The JSON, or None for none."""
        match self.shape:
            case Shape.EMPTY:
                return None
            case Shape.SUB_CODE:
                inner = {"subCode": self.sub_code or self.code, "details": self.message}
                return {"errorCode": 209, "message": json.dumps(inner, indent=2)}
        return {"error": {"code": self.code, "message": self.message or self.code}}


class Refusal(Exception):
    """Teams does not do what was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.code}")
        self.answer = answer


BAD_ARGUMENT: Final = Answer(400, "Bad Argument")
UNAUTHORIZED: Final = Answer(401, "Unauthorized", "Authorization has been denied.")
NOT_REGISTERED: Final = Answer(401, "BotNotRegistered", "No registration found for this bot.")
BLOCKED_BY_ADMIN: Final = Answer(403, "BotDisabledByAdmin", "The tenant admin disabled this bot")
BLOCKED_BY_USER: Final = Answer(
    403, "ConversationBlockedByUser", "User blocked the conversation.", "MessageWritesBlocked"
)
NOT_IN_ROSTER: Final = Answer(
    403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."
)
WRONG_HOST: Final = Answer(403, "InvalidBotApiHost", "Please use https://smba.infra.gcc.teams.x")
NO_CONVERSATION: Final = Answer(404, "ConversationNotFound", "Conversation not found.")
NO_ACTIVITY: Final = Answer(404, "ActivityNotFoundInConversation", "Message not found.")
NO_MEMBER: Final = Answer(404, "MemberNotFoundInConversation", "Member not found.")
PRECONDITION: Final = Answer(412, "PreconditionFailed", "Please try again.")
TOO_BIG: Final = Answer(413, "MessageSizeTooBig", "The message size is too big.")
THROTTLED: Final = Answer(429, "Throttled", "Too many requests.", retry_after=1.0)
INTERNAL: Final = Answer(500, "ServiceError", "An internal error occurred.")
BAD_GATEWAY: Final = Answer(502, "ServiceError", "Bad gateway.")
UNAVAILABLE: Final = Answer(503, "ServiceUnavailable", "Service unavailable.")
GATEWAY_TIMEOUT: Final = Answer(504, "GatewayTimeout", "Gateway timeout.")
RESET: Final = Answer(0, "reset", way=Way.RESET)
SILENCE: Final = Answer(0, "silence", way=Way.SILENCE)

OUR_FAULT: Final = (BAD_ARGUMENT, TOO_BIG)
"""This message's: an error, for an operator."""
DEPLOYMENTS: Final = (NOT_REGISTERED, UNAUTHORIZED, BLOCKED_BY_ADMIN)
"""The deployment's: nobody is unreachable by them."""
PERSONS: Final = (BLOCKED_BY_USER, NOT_IN_ROSTER)
"""This person's: they wait for the person to act."""
LATER: Final = (PRECONDITION, THROTTLED)
AMBIGUOUS: Final = (INTERNAL, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT, RESET)
TABLE: Final = (
    *OUR_FAULT,
    *DEPLOYMENTS,
    *PERSONS,
    WRONG_HOST,
    NO_CONVERSATION,
    NO_ACTIVITY,
    *LATER,
    *AMBIGUOUS,
)
"""Every row that a message may meet."""


@dataclass
class Order:
    """From now on this answer, for what fits; for a count of requests, or until it is lifted.

    Empty fields fit everything. `path` is a part of the path, `person` a `29:` id.
    """

    answer: Answer
    person: str = ""
    conversation: str = ""
    method: str = ""
    path: str = ""
    times: int | None = None
    met: int = 0

    def fits(self, *, method: str, path: str, conversation: str, person: str) -> bool:
        """Whether it holds for this request."""
        if self.times is not None and self.met >= self.times:
            return False
        return (
            self.method in ("", method)
            and self.path in path
            and self.conversation in ("", conversation)
            and self.person in ("", person)
        )


class Orders:
    """What a test has told Teams to answer; the newest that fits counts."""

    def __init__(self) -> None:
        self._all: list[Order] = []

    def give(self, order: Order) -> Order:
        """From now on."""
        self._all.append(order)
        return order

    def lift(self, order: Order) -> None:
        """It holds no more."""
        self._all.remove(order)

    def find(self, *, method: str, path: str, conversation: str, person: str) -> Answer | None:
        """The answer to this request, if one was ordered; it counts as met."""
        for one in reversed(self._all):
            if one.fits(method=method, path=path, conversation=conversation, person=person):
                one.met += 1
                return one.answer
        return None
