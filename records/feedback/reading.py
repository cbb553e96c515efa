"""Feedback that waits to be read, who has read it, and who asks to be rung about it.

Many answers are one message: a batch begins with the first answer that finds none waiting
(`records.feedback.readers.noted`), and its message goes a while later (`Dates.feedback_to_read`).
"""

from collections.abc import Iterator
from datetime import datetime

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.feedback import Given, Readership, Talk, UpTo
from records.conversation.one_each import once
from records.feedback.readers import (
    Readers,
    given_to,
    of_feedback,
    read_until,
    to_talk,
    together,
)
from records.outbox.prompt import Kind, Owed
from records.people import Participant
from records.stages import Act, Stage, WrongStage


def begin(it: Conversation, at: datetime, listed: Readers) -> Conversation:
    """A batch begins; its readers are those whom the settings name by now. Raises WrongStage."""
    batches = (*it.reading.batches, aware(at))
    return it.move(Act.FEEDBACK_CAME, at, reading=_reading(it, batches=batches, readers=listed))


def read_by(it: Conversation, listed: Readers) -> Conversation:
    """With those noted who are to read what is said after it."""
    return _with(it, readers=listed)


def said_outcome(it: Conversation, listed: Readers, *, shared: bool) -> Conversation:
    """The outcome is there: its readers are those named by now, and it is shared or not."""
    return _with(it, readers=listed, shared=shared)


def is_kept_from(it: Conversation, who: str) -> bool:
    """Whether somebody who wrote asked that the facilitator does not get it."""
    given = it.answered(who)
    wrote = given is not None and given.words_at is not None and bool(given.seen)
    return wrote and given is not None and it.facilitator not in given.seen


def read(it: Conversation, at: datetime, reader: Participant) -> Conversation:
    """Somebody has read all there is for them. Raises WrongStage."""
    others = (one for one in it.reading.read if one.by != reader.id)
    upto = (*others, UpTo(by=reader.id, at=aware(at)))
    return it.move(Act.FEEDBACK_READ, at, reading=_reading(it, read=upto))


def unread_since(it: Conversation, reader: Participant) -> datetime | None:
    """Since when there is something that this reader has not read; None where there is nothing."""
    until = read_until(it, reader)
    came = (one.last_at for one in given_to(it, reader) if one.last_at is not None)
    return min((at for at in came if until is None or at > until), default=None)


def ask_to_talk(it: Conversation, at: datetime, who: str) -> Conversation:
    """`who` asks to be rung about how it was for them; asking twice is asking once. Raises
    WrongStage where there is nobody to ask."""
    if asked_to_talk(it, who) is not None:
        return it
    to = to_talk(it)
    if to is None:
        raise WrongStage(it.id, Act.ASK_TO_TALK, it.stage)
    talk = Talk(who=who, to=to.id, at=aware(at))
    return it.move(Act.ASK_TO_TALK, at, reading=_reading(it, talks=(*it.reading.talks, talk)))


def asked_to_talk(it: Conversation, who: str) -> Talk | None:
    """That this person has asked to be rung, and whom."""
    return next((one for one in it.reading.talks if one.who == who), None)


def _with(it: Conversation, **changes: object) -> Conversation:
    return it.with_(reading=_reading(it, **changes))


def _reading(it: Conversation, **changes: object) -> Readership:
    return it.reading.model_copy(update=changes)


# ------------------------------------------------------------------------------------------------


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What its readers are to hear: feedback that waits, words without names, a wish to talk."""
    for number, _ in enumerate(it.reading.batches, start=1):
        due = dates.feedback_to_read(it.reading.batches[number - 1])
        for one in of_feedback(it):
            if any(_unread(it, number, one)):
                yield Owed(kind=Kind.FEEDBACK_CAME, to=one.id, cycle=str(number), due=due)
    deadline = dates.feedback_deadline(it)
    if deadline is not None and together(it):
        due = dates.office.roll_forward(deadline)
        yield Owed(kind=Kind.FEEDBACK_TOGETHER, to=it.facilitator, cycle="1", due=due)
    for talk in it.reading.talks:
        yield Owed(kind=Kind.TO_TALK, to=talk.to, cycle=talk.who, due=talk.at)
    if it.stage is Stage.COMPLETE and it.reading.shared and it.outcome and it.held:
        came = (one for one in once(it, it.held.came) if one != it.outcome.by)
        for who in dict.fromkeys((*came, it.facilitator)):
            due = it.outcome.first_at
            yield Owed(kind=Kind.OUTCOME_SHARED, to=who, cycle="1", due=due)


def _unread(it: Conversation, number: int, reader: Participant) -> Iterator[Given]:
    """What came with a batch and its reader has not read."""
    batches, until = it.reading.batches, read_until(it, reader)
    end = batches[number] if number < len(batches) else None
    for one in given_to(it, reader):
        at = one.last_at
        if at is None or at < batches[number - 1] or (end is not None and at >= end):
            continue
        if until is None or at > until:
            yield one
