"""Somebody who cannot be reached: who hears of it."""

from collections.abc import Iterator

from records.conversation import Conversation
from records.dates import Dates
from records.prompt import CHANNEL, Kind, Owed


def owed(_: Dates, it: Conversation) -> Iterator[Owed]:
    """The requester and the facilitator hear of it; before pick-up, the whole team does."""
    for note in it.unreached:
        if not note.still:
            continue
        told = [it.facilitator] if it.facilitator else [CHANNEL, *(one.id for one in it.told)]
        # A facilitator who was merely told of it is the team's own matter.
        first = () if any(one.id == note.who for one in it.told) else (it.requester.id,)
        for to in dict.fromkeys((*first, *told)):
            if to != note.who:
                yield Owed(
                    kind=Kind.NOT_REACHED,
                    to=to,
                    cycle=str(note.times),
                    due=note.since,
                    about=note.who,
                )
