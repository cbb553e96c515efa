"""What somebody who was invited says of the day itself: they cannot come, or another time is best.

Nothing moves by it: the facilitator hears, and decides. Who cannot come is asked nothing more about
this day, and can come after all until it begins. A new date asks everybody anew.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.readiness import OfTheDay
from records.preparation.preparing import noted, readiness_of
from records.stages import Act, WrongStage


def cannot_come(it: Conversation, at: datetime, who: str) -> Conversation:
    """Neither they nor anybody else from their agency can. Saying so twice is saying it once."""
    if stays_away(it, who):
        return it
    said = _said(it, at, readiness_of(it, who).cannot_come)
    after = noted(it, Act.CANNOT_COME, at, who, cannot_come=said)
    return after.with_(absent=tuple(dict.fromkeys((*it.absent, who))))


def comes_after_all(it: Conversation, at: datetime, who: str) -> Conversation:
    """They come after all: everything is as it was before they said that they cannot. Raises
    WrongStage."""
    if not it.allows(Act.COMES_AFTER_ALL):
        raise WrongStage(it.id, Act.COMES_AFTER_ALL, it.stage)
    said = readiness_of(it, who).cannot_come
    if said is None or not stays_away(it, who):
        return it
    back = said.model_copy(update={"taken_back": aware(at)})
    after = noted(it, Act.COMES_AFTER_ALL, at, who, cannot_come=back)
    return after.with_(absent=tuple(one for one in it.absent if one != who))


def another_time(it: Conversation, at: datetime, who: str) -> Conversation:
    """Another time suits them better; they are expected as before."""
    said = _said(it, at, readiness_of(it, who).another_time)
    return noted(it, Act.ANOTHER_TIME, at, who, another_time=said)


def stays_away(it: Conversation, who: str) -> bool:
    """Whether they have said that they cannot come to the day that is booked now."""
    said = readiness_of(it, who).cannot_come
    return said is not None and of_now(it, said) and said.taken_back is None


def wants_another(it: Conversation, who: str) -> bool:
    """Whether they have said that another time suits them better than the one booked now."""
    said = readiness_of(it, who).another_time
    return said is not None and of_now(it, said)


def of_now(it: Conversation, said: OfTheDay) -> bool:
    """Whether this was said of the day that is booked now."""
    return it.booking is not None and it.booking.cycle == said.cycle


def times_by(it: Conversation, who: str) -> str:
    """Under this the times that suit somebody are kept among the answers: each time said anew."""
    said = readiness_of(it, who).another_time
    return f"{who}.{said.cycle}.{said.times}" if said is not None else who


def _said(it: Conversation, at: datetime, before: OfTheDay | None) -> OfTheDay:
    cycle = it.booking.cycle if it.booking else 0
    times = 1 + before.times if before is not None and before.cycle == cycle else 1
    return OfTheDay(at=aware(at), cycle=cycle, times=times)
