"""What a conversation owes, and when: a pure function, so that nothing has to be remembered.

Messages caused by somebody's act are due at once, at whatever hour; timed prompts keep office
hours. Source: pathway, Timing. The dates stand in `records.dates`, each topic in `records.owed`.
"""

from collections.abc import Callable, Iterator
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
from records.stopping import after_pauses

Topic = Callable[[Dates, Conversation], Iterator[Owed]]

TOPICS: Final[tuple[Topic, ...]] = (
    request.owed,
    managing.owed,
    amending.owed,
    booking.owed,
    preparation.owed,
    held.owed,
    learning.owed,
    changes.owed,
    practice.owed,
    reach.owed,
)
"""Every topic with its messages, in the pathway's order."""


class Timetable(Dates):
    """The rules of time for one partnership, and what follows from them."""

    def owed(self, conversation: Conversation) -> tuple[Owed, ...]:
        """Every message the conversation owes in its present stage, answered ones left out.

        Nothing is owed to somebody who left but to tell them so, nor said about them; and nothing
        at all while messages are stopped. Who waits to be rung is asked nothing.
        """
        left = {one.id for one in conversation.people if one.left is not None}
        every = (one for topic in TOPICS for one in topic(self, conversation))
        there = tuple(
            one
            for one in every
            if (KINDS[one.kind].parting or not left & {one.to, one.about})
            and not is_held_back(conversation, one)
        )
        return after_pauses(self, conversation, there)
