"""Every flow there is, by name; and what a card carries of one: hints, checked by the handlers."""

from collections.abc import Mapping
from typing import Any, Final

from dialogs.agreement import NotThisRoute, TalkFirst
from dialogs.amending import AmendFlow
from dialogs.arranging import BookingFlow, MovingFlow
from dialogs.concern import ConcernFlow
from dialogs.feedback import FeedbackFlow
from dialogs.flow import Flow
from dialogs.held import TookPlaceFlow
from dialogs.learning import FLOW as LEARNING
from dialogs.managing import AnotherManagerFlow, DeputyFlow
from dialogs.outcome import OutcomeFlow
from dialogs.people_change import SomeoneElseFlow
from dialogs.request import RequestFlow
from dialogs.review import ReviewDayFlow, ReviewFlow
from dialogs.right_person import RightPersonFlow
from dialogs.sharing import PassedOnFlow
from dialogs.telling import NotSafe, WillBeTold

FLOWS: Final[Mapping[str, Flow]] = {
    flow.name: flow
    for flow in (
        RequestFlow(),
        AmendFlow(),
        TalkFirst(),
        NotThisRoute(),
        DeputyFlow(),
        AnotherManagerFlow(),
        BookingFlow(),
        MovingFlow(),
        WillBeTold(),
        NotSafe(),
        RightPersonFlow(),
        TookPlaceFlow(),
        FeedbackFlow(),
        LEARNING,
        PassedOnFlow(),
        OutcomeFlow(),
        SomeoneElseFlow(),
        ConcernFlow(),
        ReviewFlow(),
        ReviewDayFlow(),
    )
}


def text(data: Mapping[str, Any], name: str) -> str:
    """A short text a card carried; anything else is nothing."""
    value = data.get(name)
    return value[:100] if isinstance(value, str) else ""


def number(data: Mapping[str, Any], name: str) -> int:
    """A whole number a card carried; anything else is 0."""
    value = data.get(name)
    return value if isinstance(value, int) and 0 <= value <= 1_000_000 else 0


def flow_of(data: Mapping[str, Any]) -> Flow | None:
    """The flow a card belongs to."""
    return FLOWS.get(text(data, "flow"))
