"""From a prompt to the card and the notification it becomes: the map of `scheduler.messages`.

A card's submission id comes from the prompt, so that a reminder of the same question gives the
same answer only once.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from cards.changes import handing_over
from cards.kit.door import door, holds_words
from cards.kit.elements import Card, with_note
from cards.kit.files import NO_LINKS, Links
from cards.kit.forms import Sentence, text_of
from cards.kit.story import OPENS
from cards.practice import marked
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
    timetable: Timetable, links: Links = NO_LINKS, *, evaluators: bool = False
) -> Callable[[Prompt, Snapshot, Person | None, bool], Parcel]:
    """How prompts become parcels for one partnership; `evaluators` says that it has some."""

    def parcel(prompt: Prompt, file: Snapshot, person: Person | None, reminder: bool) -> Parcel:
        occasion = Occasion(prompt, file, timetable, person, links, evaluators)
        name = KINDS[prompt.kind].card
        card, summary = DRAWINGS[name](occasion)
        if holds_words(card):
            card = _door(occasion, name, card)
        if reminder:
            card = with_note(card, wording.REMINDER_NOTE)
        card, summary = marked(card, summary)
        alert = prompt.to == CHANNEL and KINDS[prompt.kind].alerts
        return Parcel(card, " ".join(summary.split()), alert=alert)

    return parcel


def _door(on: Occasion, name: str, card: Card) -> Card:
    """A message holds no word of a story: what it says before, and the way to all of it."""
    title, verb, flow = READS.get(name, ELSE)
    place = {"conversation": on.it.id, **({"flow": flow} if flow else {})}
    return door(card, text_of(title), verb, place)


def _instead(on: Occasion) -> tuple[Card, str]:
    """What a facilitator would have been told who has left: its notification, and nothing of it."""
    theirs = replace(on, prompt=stands_for(on.prompt, on.it))
    _, title = DRAWINGS[KINDS[theirs.prompt.kind].card](theirs)
    leads = on.it.team_lead is not None and on.prompt.to == on.it.team_lead.id
    return handing_over.instead(on.it, title, leads=leads), title


def whole(*topics: Drawings) -> Drawings:
    """Every drawing of `records.outbox.kinds` under its name. Raises LookupError unless each is
    there, once, and no other."""
    named = Counter(name for topic in topics for name in topic)
    wanted = {one.card for one in KINDS.values()}
    if wrong := (wanted ^ set(named)) | {name for name in named if named[name] > 1}:
        raise LookupError(f"missing, twice, or of no kind of message: {', '.join(sorted(wrong))}")
    return {name: draw for topic in topics for name, draw in topic.items()}


READS: Final[Mapping[str, tuple[Sentence, str, str]]] = {
    "talk-first": (lambda: wording.DOOR_WORDS, "request.words", ""),
    "review": (lambda: wording.DOOR_REVIEW, OPENS, "review"),
    "review-said": (lambda: wording.DOOR_WORDS, "review.words", ""),
    "another-time": (lambda: wording.DOOR_WORDS, "prepare.other-times", ""),
    "record": (lambda: wording.DOOR_RECORD, "learning.record", ""),
}
"""Of the drawings that may hold words of a story: the button to them, its verb, and its flow."""
ELSE: Final = (lambda: wording.CLOSED_WHERE, "request.mine", "")
"""Of one that is not among them: no message is lost by it, and none holds a story."""

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
