"""What a conversation owes, and when: a pure function, so that nothing has to be remembered.

Messages caused by somebody's act are due at once, at whatever hour; timed prompts keep office
hours. Source: pathway, Timing. The dates stand in `records.conversation.dates`, each step's
messages in its room's `owed`.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from records.booking import owed as booking
from records.changes import going_on
from records.changes import owed as amending
from records.changes.facilitator_left import in_their_place
from records.changes.ringing import is_held_back
from records.changes.stopping import after_pauses, while_happening
from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.conversation.one_each import second_places
from records.feedback import owed as feedback
from records.feedback import reading
from records.learning import owed as learning
from records.manager import owed as manager
from records.outbox.kinds import KINDS, Kind
from records.outbox.prompt import Owed
from records.preparation import owed as preparation
from records.request import owed as request
from records.stages import BEFORE_IT_TOOK_PLACE, Stage
from records.timetable import reach

Topic = Callable[[Dates, Conversation], Iterator[Owed]]

_ALWAYS: Final = frozenset(Stage)
_BEFORE: Final = manager.BEFORE_BOOKING
TOPICS: Final[Mapping[Topic, frozenset[Stage]]] = MappingProxyType(
    {
        request.owed: _BEFORE | {Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN},
        manager.owed: _BEFORE,
        amending.owed_of_amending: _BEFORE,
        booking.owed: frozenset({Stage.BOOKED, Stage.ENDED}),
        preparation.owed: frozenset({Stage.PICKED_UP, Stage.BOOKED, Stage.HELD, Stage.COMPLETE}),
        feedback.owed: frozenset({Stage.HELD}),
        learning.owed: frozenset({Stage.HELD, Stage.COMPLETE}),
        amending.owed: _ALWAYS,
        reading.owed: frozenset({Stage.HELD, Stage.COMPLETE}),
        feedback.practice_team_hears: frozenset({Stage.COMPLETE}),
        reach.owed: _ALWAYS,
        going_on.owed: frozenset({*BEFORE_IT_TOOK_PLACE, Stage.ENDED}),
    }
)
"""Every topic with the stages in which it can owe anything, in the pathway's order."""

CHASES: Final = frozenset({Kind.LEARNING_REMINDER, Kind.RECORD_REMINDER, Kind.REVIEW})
"""What nobody is chased for once a conversation ended by itself, without an outcome."""

_AT: Final[Mapping[Stage, tuple[Topic, ...]]] = {
    stage: tuple(topic for topic, stages in TOPICS.items() if stage in stages) for stage in Stage
}


class Timetable(Dates):
    """The rules of time for one partnership, and what follows from them."""

    def owed(self, conversation: Conversation) -> tuple[Owed, ...]:
        """Every message the conversation owes in its present stage, answered ones left out.

        Nothing is owed to somebody who left but to tell them so, nor said about them; and nothing
        at all while messages are stopped, but that the facilitator has left the team. Who waits to
        be rung is asked nothing, and while something has happened nobody is reminded. After it
        ended by itself only what somebody's act causes is.
        """
        if conversation.practice_over is not None or conversation.lacks(Layer.PEOPLE):
            return ()
        ended = conversation.no_outcome_at
        left = {one.id for one in conversation.people if one.left is not None}
        every = (one for topic in _AT[conversation.stage] for one in topic(self, conversation))
        rings = conversation.changes.rings
        there = tuple(
            one
            for one in every
            if (KINDS[one.kind].parting or not left & {one.to, one.about})
            and not (rings and is_held_back(conversation, one))
            and not (ended and (one.due < ended or one.kind in CHASES))
        )
        changes = conversation.changes
        there = in_their_place(conversation, while_happening(conversation, there))
        told = _once(conversation, there)
        paused = changes.pauses or changes.happened
        return after_pauses(self, conversation, told) if paused else told


def _once(it: Conversation, every: tuple[Owed, ...]) -> tuple[Owed, ...]:
    """Each message once for a person, though they have two places in it."""
    second = second_places(it)
    if not second:
        return every
    found: dict[tuple[object, ...], Owed] = {}
    for one in sorted(every, key=lambda one: one.to in second):
        found.setdefault((one.kind, one.cycle, one.about, second.get(one.to, one.to)), one)
    return tuple(one for one in every if one in found.values())
