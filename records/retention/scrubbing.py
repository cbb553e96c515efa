"""What is left of a record, and of answers, once a part of it has been removed.

Choices that figures are counted from stay: numbers, the reason a manager chose, agencies. Words,
names, addresses and identities do not.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from records.calendar import aware
from records.conversation.changes import Changes
from records.conversation.conversation import Booking, Conversation, Layer, Removed
from records.conversation.feedback import SCALE, SCALE_0, SCALE_10, Answers, Readership
from records.conversation.one_each import second_places
from records.people import NOBODY, Participant, PersonKey
from records.stages import Act

A_PERSON: Final = "a person"
"""The name of everybody whose name is kept no longer."""
NOBODYS: Final = "gone-"
"""With what the key of such a person begins, so that nobody who acts can be it."""
ACT: Final[Mapping[Layer, Act]] = MappingProxyType(
    {
        Layer.ANSWERS: Act.ANSWERS_REMOVED,
        Layer.LEARNING: Act.LEARNING_REMOVED,
        Layer.WORDS: Act.WORDS_REMOVED,
        Layer.PEOPLE: Act.PEOPLE_REMOVED,
    }
)
"""What the audit trail says of each; the trail itself goes without a line."""
OF_LEARNING: Final = frozenset({"learning", "passed-on", "review"})
OF_WORDS: Final = frozenset({"feedback", "outcome"})
NOTE: Final = "note-"
"""With what the kind of a note begins that a writer added beside an answer."""
SCALES: Final = (SCALE, SCALE_0, SCALE_10)
CHOSEN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"not-this-route": frozenset({"short"})}
)
"""What of each kind of answers is a choice and no words."""


def layer_of(what: str) -> Layer:
    """To which part answers of this kind belong; what is nothing else belongs to the request."""
    what = what.removeprefix(NOTE)
    if what in OF_LEARNING:
        return Layer.LEARNING
    return Layer.WORDS if what in OF_WORDS else Layer.ANSWERS


def without_words(answers: Answers) -> Answers | None:
    """What is left of answers without their words: a number and what its ends meant, or a choice;
    None where that is nothing."""
    chosen = CHOSEN.get(answers.what, frozenset())
    texts = {name: text for name, text in answers.texts.items() if name in chosen}
    if answers.scale is None and not texts:
        return None
    ends = SCALES if answers.scale is not None else ()
    return Answers(
        what=answers.what,
        by=answers.by,
        version=answers.version,
        at=answers.at,
        texts=texts,
        scale=answers.scale,
        asked={name: answers.asked[name] for name in ends if name in answers.asked},
    )


def without(it: Conversation, layer: Layer, at: datetime) -> Conversation:
    """The record without this part, which it says of itself; once."""
    if it.lacks(layer):
        return it
    scrubbed = _OF.get(layer, _nothing)(it)
    return scrubbed.with_(removed=(*it.removed, Removed(layer=layer, at=aware(at))))


# --------------------------------------------------------------------------------------------------


def _nothing(it: Conversation) -> Conversation:
    return it


def _no_answers(it: Conversation) -> Conversation:
    """The family's telling and what an adult wishes belonged to the request's words."""
    return it.with_(wishes=None)


def _no_learning(it: Conversation) -> Conversation:
    """Of the document there is only when each step of it was."""
    return it.with_(captured=it.captured.model_copy(update={"file": "", "shared_with": ()}))


def _no_words(it: Conversation) -> Conversation:
    return it.with_(rulings=())


def _no_people(it: Conversation) -> Conversation:
    """Everybody becomes a person, of an agency where one was said, and what they said is gone."""
    return Conversation(
        **{name: getattr(it, name) for name in _STAYS},
        request=it.request.model_copy(update={"team": "", "nurse": ""}),
        people=_people(it),
        booking=_booking(it.booking),
        missed=_booking(it.missed),
        reading=Readership(shared=it.reading.shared),
        rulings=tuple(one.model_copy(update={"ruled_by": NOBODY}) for one in it.rulings),
        changes=Changes(pauses=it.changes.pauses),
    )


_STAYS: Final = (
    "schema_version", "id", "reference", "stage", "created", "stage_since", "asked_at", "asks",
    "decided_at", "facilitator", "picked_up_at", "booked_at", "held", "absent", "feedback",
    "outcome", "no_outcome_at", "captured", "review_on", "withdrawn_from", "audit_sequence",
    "audit_head", "audit_sealed", "lead_named", "practice_over", "silent_asked", "silent_at",
    "removed",
)  # fmt: skip
"""What names nobody: ids in the record, stages and dates."""


def _people(it: Conversation) -> tuple[Participant, ...]:
    second = second_places(it)
    return tuple(
        Participant(
            id=one.id,
            part=one.part,
            name=A_PERSON,
            agency=one.agency,
            attending=one.attending,
            # Two places of one person go on counting once.
            key=PersonKey(f"{NOBODYS}{second.get(one.id, one.id)}"),
            left=one.left,
            joined=one.joined,
        )
        for one in it.people
    )


def _booking(booking: Booking | None) -> Booking | None:
    return booking.model_copy(update={"place": ""}) if booking else None


_OF: Final[Mapping[Layer, Callable[[Conversation], Conversation]]] = MappingProxyType(
    {
        Layer.ANSWERS: _no_answers,
        Layer.LEARNING: _no_learning,
        Layer.WORDS: _no_words,
        Layer.PEOPLE: _no_people,
    }
)
