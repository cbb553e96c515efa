"""What a conversation owes, and when: a pure function, so that nothing has to be remembered.

Messages caused by somebody's act are due at once, at whatever hour; timed prompts keep office
hours. Source: pathway, Timing. The dates stand in `records.dates`, each topic in `records.owed`.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from records.conversation import Conversation
from records.dates import Dates
from records.kinds import KINDS
from records.owed import (
    amending,
    booking,
    changes,
    held,
    learning,
    managing,
    practice,
    preparation,
    reach,
    request,
)
from records.prompt import Owed
from records.ringing import is_held_back
from records.stages import Stage
from records.stopping import after_pauses

Topic = Callable[[Dates, Conversation], Iterator[Owed]]

_ALWAYS: Final = frozenset(Stage)
_BEFORE: Final = managing.BEFORE_BOOKING
TOPICS: Final[Mapping[Topic, frozenset[Stage]]] = MappingProxyType(
    {
        request.owed: _BEFORE | {Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN},
        managing.owed: _BEFORE,
        amending.owed: _BEFORE,
        booking.owed: frozenset({Stage.BOOKED, Stage.ENDED}),
        preparation.owed: frozenset({Stage.BOOKED}),
        held.owed: frozenset({Stage.HELD}),
        learning.owed: frozenset({Stage.HELD, Stage.COMPLETE}),
        changes.owed: _ALWAYS,
        practice.owed: frozenset({Stage.COMPLETE}),
        reach.owed: _ALWAYS,
    }
)
"""Every topic with the stages in which it can owe anything, in the pathway's order."""

_AT: Final[Mapping[Stage, tuple[Topic, ...]]] = {
    stage: tuple(topic for topic, stages in TOPICS.items() if stage in stages) for stage in Stage
}


class Timetable(Dates):
    """The rules of time for one partnership, and what follows from them."""

    def owed(self, conversation: Conversation) -> tuple[Owed, ...]:
        """Every message the conversation owes in its present stage, answered ones left out.

        Nothing is owed to somebody who left but to tell them so, nor said about them; and nothing
        at all while messages are stopped. Who waits to be rung is asked nothing.
        """
        left = {one.id for one in conversation.people if one.left is not None}
        every = (one for topic in _AT[conversation.stage] for one in topic(self, conversation))
        rings, pauses = conversation.changes.rings, conversation.changes.pauses
        there = tuple(
            one
            for one in every
            if (KINDS[one.kind].parting or not left & {one.to, one.about})
            and not (rings and is_held_back(conversation, one))
        )
        return after_pauses(self, conversation, there) if pauses else there
