"""From a prompt to the card and the notification it becomes: the map of `scheduler.messages`.

A card's submission id comes from the prompt, so that a reminder of the same question gives the
same answer only once.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from cards.changes import handing_over
from cards.kit.elements import Card, with_note
from cards.kit.files import NO_LINKS, Links
from cards.wording import wording
from records.changes.facilitator_left import stands_for
from records.conversation.snapshot import Snapshot
from records.outbox.kinds import KINDS
from records.outbox.prompt import CHANNEL, Prompt
from records.people import Person
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import Parcel
from scheduler.messages import booking, changes, feedback, learning, manager, preparation, request
from scheduler.messages.occasion import Drawings, Occasion


def render(
    timetable: Timetable, links: Links = NO_LINKS
) -> Callable[[Prompt, Snapshot, Person | None, bool], Parcel]:
    """How prompts become parcels for one partnership."""

    def parcel(prompt: Prompt, file: Snapshot, person: Person | None, reminder: bool) -> Parcel:
        occasion = Occasion(prompt, file, timetable, person, links)
        card, summary = DRAWINGS[KINDS[prompt.kind].card](occasion)
        if reminder:
            card = with_note(card, wording.REMINDER_NOTE)
        alert = prompt.to == CHANNEL and KINDS[prompt.kind].alerts
        return Parcel(card, " ".join(summary.split()), alert=alert)

    return parcel


def _instead(on: Occasion) -> tuple[Card, str]:
    """What a facilitator would have been told who has left: its notification, and nothing of it."""
    theirs = replace(on, prompt=stands_for(on.prompt, on.it))
    _, title = DRAWINGS[KINDS[theirs.prompt.kind].card](theirs)
    return handing_over.instead(on.it, title), title


def whole(*topics: Drawings) -> Drawings:
    """Every drawing of `records.outbox.kinds` under its name. Raises LookupError unless each is
    there, once, and no other."""
    named = Counter(name for topic in topics for name in topic)
    wanted = {one.card for one in KINDS.values()}
    if wrong := (wanted ^ set(named)) | {name for name in named if named[name] > 1}:
        raise LookupError(f"missing, twice, or of no kind of message: {', '.join(sorted(wrong))}")
    return {name: draw for topic in topics for name, draw in topic.items()}


DRAWINGS: Final = whole(
    request.CARDS,
    manager.CARDS,
    feedback.CARDS,
    changes.CARDS,
    preparation.CARDS,
    booking.CARDS,
    learning.CARDS,
    {"instead": _instead},
)
"""Each drawing by its name; the bot does not start where one is missing."""
