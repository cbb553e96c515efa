"""What people do in a round, step by step, and what each answer has to show.

A step is done once by each of many people, so that every answer is a new one. `measured` names what
it is counted under; the others only lead there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bench.peers.given import APP_ID, TENANT
from bench.town import Member
from tests.dialogs.conftest import TAPS
from tests.teams.activities import Activity

NUMBER: Final = "6"
"""What everybody answers on the scale."""


@dataclass(frozen=True)
class Step:
    """`shows` is a field that the card in the answer has, or the title of a button on it; empty
    where the answer is a message of its own."""

    act: Callable[[Member], Activity]
    shows: str = ""
    measured: str = ""


def _next(*told: str, **words: str) -> Callable[[Member], Activity]:
    return lambda member: member.presses("Next", **words, **member.tells(*told))


def _opens_a_request(member: Member) -> Activity:
    return member.taps("flow.open", {"flow": "request"})


def _is_on_the_scale(member: Member) -> Activity:
    """As the message that asks for feedback carries it: its draft is at hand no more."""
    member.sent["scale"] = NUMBER
    data: dict[str, Any] = {
        "flow": "feedback",
        "step": "scale",
        "conversation": member.conversation,
        "submission": f"prompt-{member.one.number}",
        "scale": NUMBER,
    }
    return member.taps("flow.next", data)


def _says_help(member: Member) -> Activity:
    return member.says("help")


ARRIVES: Final = Step(_says_help)
"""From here on the process knows them."""
HELP: Final = Step(_says_help, measured="help")
REQUEST: Final = (
    Step(_opens_a_request, "No"),
    Step(lambda member: member.presses("No"), "about"),
    Step(_next(**TAPS["about"]), "contact"),
    Step(_next(**TAPS["you"]), "nurse"),
    Step(_next(**TAPS["people"]), "worry"),
    Step(_next("worry"), "hope_you", "turn"),
    Step(_next("hope_you", "hope_you_known"), "hope_child", "turn"),
    Step(_next("hope_child", "hope_child_known"), "Send", "check"),
)
"""A request: two answers that lead to another step, as a peer's tap does, and the one that leads to
*Check your answers*, which shows everything that was written and is no card for a message."""
SCALE: Final = Step(_is_on_the_scale, "happened", "scale")
FEEDBACK: Final = (
    Step(_next("happened", "learning"), "difference_you", "feedback"),
    Step(_next("difference_you", "difference_child", "together"), "possibility", "feedback"),
)
"""The two cards of texts before the one that is sent for good."""
WHOLE: Final = (ARRIVES, HELP, *REQUEST, SCALE, *FEEDBACK)


def plain_tap(services: str, number: int) -> dict[str, Any]:
    """What a peer is sent: the same activity as ours are, but for its data."""
    return {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "id": f"f:{number:08x}-0000-4000-8000-000000000000",
        "channelId": "msteams",
        "serviceUrl": services,
        "from": {"id": f"29:person-{number}", "name": "Person", "aadObjectId": f"object-{number}"},
        "recipient": {"id": f"28:{APP_ID}", "name": "Learning Conversations"},
        "conversation": {
            "id": f"chat-{number}",
            "conversationType": "personal",
            "tenantId": TENANT,
        },
        "channelData": {"tenant": {"id": TENANT}},
        "replyToId": f"card-{number}",
        "value": {
            "action": {"type": "Action.Execute", "verb": "next", "data": {"number": number}},
            "trigger": "manual",
        },
    }
