"""What a request says: whom it is about, why it comes; and that it was changed.

Source: pathway, "Request for Partnership Learning Conversation" and "Situations to bring".
"""

from datetime import datetime
from enum import StrEnum

from records.people import Frozen
from records.stages import Stage


class About(StrEnum):
    """Whom the situation is about; asked early, because it drives the wording. Stored by value:
    only add."""

    CHILD = "child"
    UNBORN = "unborn"
    ADULT = "adult"
    CHILDREN = "children"


class Reason(StrEnum):
    """Situations to bring; one or more."""

    GOAL = "goal"
    DIFFERENCES = "differences"
    STUCK = "stuck"
    CLARITY = "clarity"


class Request(Frozen):
    """The parts of a request that are not a story; the five answers are kept apart from it."""

    about: About
    reasons: tuple[Reason, ...]
    team: str
    agency: str
    level_of_need: str = ""
    open_to_social_care: str = ""
    nurse: str = ""


class Amendment(Frozen):
    """The requester changed something of the request: when, in which stage, and who was being
    asked then, for the how manieth time."""

    at: datetime
    stage: Stage
    manager: str
    asks: int
