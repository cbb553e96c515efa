"""A second facilitator: another one of the team, asked by the first, who declares independence too.

They read what the first reads before the day and on it, and are no attendee: nothing is asked of
them, and no feedback is. What people write afterwards is for others who had no part in it, so it is
never theirs. The first keeps every act; it ends when either says so. Source: pathway, independence.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.changes import Changes, Second
from records.conversation.conversation import Conversation
from records.manager.waiting import is_same
from records.people import Part, Participant
from records.stages import Act, Stage, WrongStage


def can_be_asked(it: Conversation, one: Participant) -> bool:
    """Whether somebody of the team has and had no part in it, its facilitator's included."""
    return not any(is_same(one, other) for other in it.people)


def ask(it: Conversation, at: datetime, one: Participant) -> Conversation:
    """Ask this member of the team; while one is asked or is there already nobody else is. Raises
    WrongStage where they have a part in it."""
    if it.changes.asked_second is not None or it.changes.second is not None:
        return it
    if not can_be_asked(it, one):
        raise WrongStage(it.id, Act.SECOND_ASKED, it.stage)
    who = f"second{len(it.changes.seconds) + 1}"
    asked = one.model_copy(update={"id": who, "part": Part.FACILITATOR})
    seconds = (*it.changes.seconds, Second(asked=asked, by=it.facilitator, at=aware(at)))
    return it.move(Act.SECOND_ASKED, at, changes=_with(it, seconds))


def join(it: Conversation, at: datetime, me: Participant) -> Conversation:
    """Independence declared: they facilitate, too. Raises WrongStage where nobody is asked any
    more."""
    open_ = it.changes.asked_second
    if open_ is None:
        raise WrongStage(it.id, Act.SECOND_JOINED, it.stage)
    update = {"id": open_.asked.id, "part": Part.FACILITATOR, "joined": aware(at)}
    people = (*it.people, me.model_copy(update=update))
    cycle = it.booking.cycle if it.booking and it.stage is Stage.BOOKED else 0
    changes = settled(it.changes, joined=aware(at), cycle=cycle)
    return it.move(Act.SECOND_JOINED, at, people=people, changes=changes)


def decline(it: Conversation, at: datetime) -> Conversation:
    """They are not independent, or cannot: the first hears so, and may ask somebody else."""
    if it.changes.asked_second is None:
        raise WrongStage(it.id, Act.SECOND_DECLINED, it.stage)
    return it.move(Act.SECOND_DECLINED, at, changes=settled(it.changes, declined=aware(at)))


def end(it: Conversation, at: datetime, *, by_the_second: bool = False) -> Conversation:
    """They step back, or the first goes on alone; whoever is asked is asked no more."""
    if it.changes.second is None and it.changes.asked_second is None:
        raise WrongStage(it.id, Act.SECOND_ENDED, it.stage)
    return it.move(Act.SECOND_ENDED, at, **ended(it, at, by_the_second=by_the_second))


def ended(it: Conversation, at: datetime, *, by_the_second: bool = False) -> dict[str, object]:
    """What is different in the record without its second facilitator."""
    here = it.changes.second
    people = tuple(
        one.model_copy(update={"left": aware(at)}) if here and one.id == here.asked.id else one
        for one in it.people
    )
    back = aware(at) if by_the_second else None
    return {"people": people, "changes": settled(it.changes, ended=aware(at), stepped_back=back)}


def has_left(it: Conversation, at: datetime, one: Participant) -> Conversation:
    """Whoever facilitates as well, or is asked to, has left the team: it ends, and the first hears
    so. Nothing where that is somebody else by now."""
    here, asked = it.changes.second, it.changes.asked_second
    if here is not None and here.asked.id == one.id:
        return end(it, at, by_the_second=True)
    if asked is not None and asked.asked.id == one.id:
        return decline(it, at)
    return it


def over(number: int) -> str:
    """The cycle of the message that the second with this number steps back. It is about nobody: of
    who is not there any more no message is."""
    return f"{number}-over"


def told_of(it: Conversation, about: str, cycle: str) -> str:
    """Of whom a message to the first is: of the one it is about, or of the one who steps back."""
    every = enumerate(it.changes.seconds, start=1)
    return about or next(one.asked.id for number, one in every if over(number) == cycle)


def settled(changes: Changes, **how: object) -> Changes:
    """The changes with more known of the last one who was asked."""
    *before, last = changes.seconds
    return changes.model_copy(update={"seconds": (*before, last.model_copy(update=how))})


def _with(it: Conversation, seconds: tuple[Second, ...]) -> Changes:
    return it.changes.model_copy(update={"seconds": seconds})
