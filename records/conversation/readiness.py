"""How far people are before the conversation: what each said, and who tells the family.

Source: pathway, steps 5 and 6, "Who it is about", "Who tells the family".
"""

from datetime import date, datetime
from enum import StrEnum

from records.people import Frozen


class Point(StrEnum):
    """The preparation points, in the paper's order. Stored by value: only add."""

    RECORDS = "records"
    TOOLS = "tools"
    MIND = "mind"
    RIGHT_PERSON = "right-person"
    FAMILY = "family"
    SUPPORT = "support"
    ROLE = "role"
    VIEWS = "views"


class Ask(StrEnum):
    """What a person is asked before the conversation; ready is who has none of these open."""

    WHO = "who"
    MANAGER = "manager"
    AGREEMENT = "agreement"
    FAMILY = "family"


class NotYet(Frozen):
    """Somebody does not know yet who it is about; said for one booking."""

    at: datetime
    cycle: int


class OfTheDay(Frozen):
    """Said of one booked day: that they cannot come, or that another time suits them better.

    `times` counts how often it was said of this day; `taken_back` is since when they come after
    all.
    """

    at: datetime
    cycle: int
    times: int = 1
    taken_back: datetime | None = None


class WouldHelp(Frozen):
    """They wrote what would help them take part; the words stand apart. `times` counts how often,
    and `there` is false once they have taken it back."""

    at: datetime
    times: int = 1
    there: bool = True


class Readiness(Frozen):
    """What one person said. `ticks` are their own and nobody else's to see.

    `talks` are the times they asked to talk about the agreement first. All of it outlives a
    new date, but what is said of one booking: "not yet", and what they say of the day itself.
    """

    who: str
    ticks: tuple[Point, ...] = ()
    knows: datetime | None = None
    not_yet: NotYet | None = None
    manager_knows: datetime | None = None
    accepted: datetime | None = None
    talks: tuple[datetime, ...] = ()
    cannot_come: OfTheDay | None = None
    another_time: OfTheDay | None = None
    would_help: WouldHelp | None = None


class Told(StrEnum):
    """How telling the family is settled. Stored by value: only add."""

    TOLD = "told"
    WILL_BE = "will-be-told"
    SOME = "some-may-know"
    NOT_SAFE = "not-safe"


class Warned(StrEnum):
    """Why nobody may talk with the family as they like. The values name sentences."""

    OPEN = "open"
    SOME = "some-may-know"
    NOT_SAFE = "not-safe"


class Telling(Frozen):
    """Settled once, by the lead worker. `teller` tells on the day `on`, where it is still to come.

    `at` is since when it is settled in this way, `since` since when the others read what they read
    now, and `changes` how often that was another thing before. `since` is None in records of a
    version that promised nobody to say so. A reason stands among the answers, never here.
    """

    how: Told
    at: datetime
    by: str
    teller: str = ""
    on: date | None = None
    since: datetime | None = None
    changes: int = 0

    @property
    def warns(self) -> Warned | None:
        """What the others are to keep to; None where telling the family is settled."""
        return {Told.SOME: Warned.SOME, Told.NOT_SAFE: Warned.NOT_SAFE}.get(self.how)


class Wishes(Frozen):
    """What the lead worker knows of what an adult wants: whether they agree to it, and who
    speaks for them. Choices, no words; empty where nothing was said."""

    agrees: str = ""
    speaks: str = ""
