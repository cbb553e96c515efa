"""Who reads what is said after a conversation: feedback, its outcome, and who can ring.

The settings and the partnership's file name people; nobody who is or was anything in the
conversation, as its facilitator too, is among those who read. Each has a part in reading, and that
is what a writer's promise keeps (`Given.seen`), so that a successor reads what was meant for them.
Of a restricted conversation the gatekeepers read what is said, and nobody else of the team does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.feedback import Answers, Given
from records.conversation.one_each import places
from records.manager.waiting import is_same
from records.people import Participant, mail_key

LEAD: Final = "reads-lead"
DEPUTY: Final = "reads-deputy"
STAND_IN: Final = "reads-instead"
PRACTICE: Final = "practice"
GATEKEEPER: Final = "reads-gatekeeper"
PARTS: Final = (LEAD, DEPUTY, PRACTICE, STAND_IN, GATEKEEPER)
"""How the ids of readers begin: their part."""
OURS: Final = (LEAD, DEPUTY, STAND_IN)
"""Who reads feedback for the team; in a restricted conversation its gatekeepers do."""
FEWEST: Final = 3
"""So many have to have written before the facilitator gets the words of any. Added: with fewer, who
wrote what is soon guessed."""

Readers = tuple[Participant, ...]


def listed(
    lead: Participant | None,
    deputy: Participant | None,
    practice: Readers,
    stand_in: Participant | None,
    gatekeepers: Readers = (),
) -> Readers:
    """Everybody whom the settings and the partnership's file name, each with their part."""
    found = ((LEAD, lead), (DEPUTY, deputy), (STAND_IN, stand_in))
    ours = (_as(part, one) for part, one in found if one is not None)
    others = (_as(GATEKEEPER, one) for one in gatekeepers)
    return (*ours, *(_as(PRACTICE, one) for one in practice), *others)


def _as(part: str, one: Participant) -> Participant:
    return one.model_copy(update={"id": f"{part}-{mail_key(one.mail)[:12]}"})


def part_of(one: Participant) -> str:
    """The part in reading of one of the readers."""
    return next(part for part in PARTS if one.id.startswith(f"{part}-"))


def of_feedback(it: Conversation, listed: Readers | None = None) -> Readers:
    """Who reads its feedback: the team lead and their deputy; where neither is without a part in
    it, who stands in. Of a restricted one its gatekeepers do in their place. `listed` are those
    named now, where they were looked up."""
    named = it.reading.readers if listed is None else listed
    free = [one for one in named if not any(is_same(one, other) for other in it.people)]
    ours = (LEAD, DEPUTY) if it.changes.restricted is None else (GATEKEEPER,)
    first = tuple(one for one in free if part_of(one) in ours)
    return first or tuple(one for one in free if part_of(one) == STAND_IN)


def of_outcome(it: Conversation, listed: Readers | None = None) -> Readers:
    """Who reads what difference it made: the Practice Team, or else the team lead, their deputy, or
    who stands in."""
    if it.changes.restricted is not None:
        return of_feedback(it, listed)
    everybody = (tuple(_free(it, listed, part)) for part in (PRACTICE, LEAD, DEPUTY, STAND_IN))
    return next(filter(None, everybody), ())


def to_talk(it: Conversation) -> Participant | None:
    """Who can ring somebody about how it was for them: a reader of its feedback, where there is a
    team lead at all."""
    led = any(part_of(one) in (LEAD, GATEKEEPER) for one in it.reading.readers)
    return next(iter(of_feedback(it)), None) if led else None


def _free(it: Conversation, listed: Readers | None, *parts: str) -> Iterator[Participant]:
    for one in it.reading.readers if listed is None else listed:
        if part_of(one) in parts and not any(is_same(one, other) for other in it.people):
            yield one


# ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Noted:
    """What is new of an answer: whether it is the first that waits to be read, so that its readers
    are told; and what `Conversation.give_feedback` is to note."""

    begins: bool
    changes: Mapping[str, object]


def noted(
    dates: Dates,
    it: Conversation,
    at: datetime,
    before: Answers | None,
    now: Answers,
    *,
    kept_from: bool | None = None,
) -> Noted:
    """Feedback as it comes, with its promise: who may read it, as its cards say. Nobody, where it
    was held under other cards.

    `kept_from` is whether its words are kept from the facilitator; None where nobody was asked
    just now: then words that were given under one promise stay under it. A batch begins where none
    waits, its message has gone, or somebody has read since.
    """
    given, texts = it.answered(now.by), before.texts if before is not None else {}
    changed = before is None or (before.scale, texts) != (now.scale, now.texts)
    found = of_feedback(it) if it.held is not None and it.held.seen else ()
    seen = given.seen if given is not None else ()
    if kept_from is not None or not texts:
        facilitator = () if kept_from or not (it.held and it.held.seen) else (it.facilitator,)
        seen = (*(part_of(one) for one in found), *facilitator)
    changes: dict[str, object] = {"seen": seen, **({"last_at": at} if changed else {})}
    if now.texts != texts:
        changes["words_at"] = at if now.texts else None
    last = it.reading.batches[-1] if it.reading.batches else None
    waits = last is not None and dates.feedback_to_read(last) > at
    read = last is not None and any(one.at >= last for one in it.reading.read)
    return Noted(bool(found) and changed and (not waits or read), changes)


def given_to(it: Conversation, reader: Participant) -> tuple[Given, ...]:
    """The feedback that somebody may read, by the promise each was given under.

    What was promised to the lead and their deputy before few were to know of it, its gatekeepers
    read in their place: else nobody would.
    """
    part = part_of(reader)
    parts = {part, *OURS} if part == GATEKEEPER else {part}
    return tuple(one for one in it.feedback if not parts.isdisjoint(one.seen))


def together(it: Conversation) -> tuple[str, ...]:
    """Whose words its facilitator gets, without a name: where three or more wrote who let them.

    What is sent, or changed, after the two days is not let through: it would give its writer away.
    """
    wrote = [
        one.by for one in it.feedback if it.facilitator in one.seen and one.words_at is not None
    ]
    people = {min(places(it, who)) for who in wrote}
    return tuple(wrote) if len(people) >= FEWEST else ()


def read_until(it: Conversation, reader: Participant) -> datetime | None:
    """Until when a reader has read its feedback."""
    return next((one.at for one in it.reading.read if one.by == reader.id), None)
