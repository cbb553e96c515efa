"""Somebody else takes a person's place, at any stage. Source: pathway, safety and practice rules.

Whoever goes stays in the record as `left`, for its history; whoever takes their place has an id
of their own that was never anybody else's, so what is open is owed to them and nothing is owed to
the one who left. Who came, came: that list is not touched.

The requester's place is different: the story and "difference to YOU" stay theirs. They hand on
coming and leading, and remain the requester.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from records.calendar import aware
from records.conversation.changes import Replaced
from records.conversation.conversation import MAX_PEOPLE, Booking, Conversation
from records.people import Attending, Part, Participant
from records.stages import Act, Stage, WrongStage

MOST: Final = 2 * MAX_PEOPLE
"""Everybody ever named in one conversation, those who left included."""
PREFIX: Final = "someone"
"""Ids of those who take another's place begin with it, and are counted."""


def replace(it: Conversation, at: datetime, old: str, new: Participant) -> Conversation:
    """`new` is now what `old` was: manager, lead worker, attendee. Their id is given here.

    In a request that waits for its manager, the new manager is asked at once. Raises WrongStage
    where `old` is not there to be replaced, facilitates, or there are too many people; where the
    requester would be their own manager; and where `new` facilitates it.
    """
    gone = _there(it, old)
    if gone.part is Part.MANAGER and new.is_also(it.requester):
        raise WrongStage(it.id, Act.REPLACE, it.stage)
    _stays_apart(it, new)
    stays = gone.part is Part.REQUESTER
    part = Part.OTHER if stays else gone.part
    after = _instead(it, at, gone, new, part, leaves=not stays)
    if part is Part.MANAGER and it.stage is Stage.REQUESTED:
        asks = max(it.asks, len(it.talks) + 1)
        after = after.with_(asks=asks, asked_at=aware(at), nudges=())
    return after


def comes_instead(it: Conversation, at: datetime, old: str, new: Participant) -> Conversation:
    """`new` comes, and leads, instead of `old`; a manager stays the manager. Raises WrongStage."""
    gone = _there(it, old)
    _stays_apart(it, new)
    stays = gone.part in (Part.REQUESTER, Part.MANAGER)
    return _instead(it, at, gone, new, Part.OTHER if stays else gone.part, leaves=not stays)


def fresh_id(it: Conversation) -> str:
    """An id nobody in this conversation has or had: people are never taken out of it."""
    return f"{PREFIX}{1 + sum(one.id.startswith(PREFIX) for one in it.people)}"


def _stays_apart(it: Conversation, new: Participant) -> None:
    """Whoever facilitates takes nobody's place in it: they are independent. Raises WrongStage."""
    facilitator = it.person(it.facilitator) if it.facilitator else None
    if facilitator is not None and new.is_also(facilitator):
        raise WrongStage(it.id, Act.REPLACE, it.stage)


def _there(it: Conversation, old: str) -> Participant:
    found = next((one for one in it.present if one.id == old), None)
    if found is None or found.part is Part.FACILITATOR or len(it.people) >= MOST:
        raise WrongStage(it.id, Act.REPLACE, it.stage)
    return found


def _here_already(it: Conversation, gone: Participant, new: Participant) -> str:
    """The id of somebody who is named anyway: nobody comes twice. A manager's place is its own."""
    others = (
        one
        for one in it.present
        if one.id != gone.id and one.part not in (Part.FACILITATOR, Part.MANAGER)
    )
    return next((one.id for one in others if one.is_also(new)), "")


def _instead(
    it: Conversation, at: datetime, gone: Participant, new: Participant, part: Part, *, leaves: bool
) -> Conversation:
    there = "" if part is Part.MANAGER else _here_already(it, gone, new)
    who = there or fresh_id(it)
    place = {"id": who, "part": part, "left": None, "joined": aware(at)}
    joins = () if there else (new.model_copy(update=place),)
    went = {"left": aware(at)} if leaves else {"attending": Attending.NO}
    people = tuple(one.model_copy(update=went) if one.id == gone.id else one for one in it.people)

    def now(one: str) -> str:
        return who if one == gone.id else one

    changes: dict[str, object] = {"people": (*people, *joins)}
    changes |= {"booking": rebooked(it.booking, now), "missed": rebooked(it.missed, now)}
    if it.lead == gone.id:
        changes["lead_named"] = who
    done = Replaced(old=gone.id, new=who, at=aware(at), by=new.named_by)
    replaced = (*it.changes.replaced, done)
    changes["changes"] = it.changes.model_copy(update={"replaced": replaced})
    return it.move(Act.REPLACE, at, **changes)


def rebooked(there: Booking | None, now: Callable[[str], str]) -> Booking | None:
    """What is booked, with who is `now` in a place in it."""
    if there is None:
        return None
    coming = tuple(dict.fromkeys(now(one) for one in there.coming))
    return there.model_copy(update={"lead": now(there.lead), "coming": coming})
