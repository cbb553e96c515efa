"""The learning document on its way: typed, shared with the lead worker, passed on, recorded.

Each act is pure and raises `WrongStage` where the stage does not allow it, or where the document
stands elsewhere: shared sections are closed, and only a document that was shared is passed on.
Source: pathway, step 8.
"""

from datetime import date, datetime

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.feedback import Response
from records.conversation.learning_state import Captured
from records.conversation.one_each import places
from records.learning.agencies import who_came
from records.stages import Act, WrongStage


def write(it: Conversation, at: datetime) -> Conversation:
    """A section was saved. Too late once the document is shared."""
    return _with(it, Act.LEARNING, at, open_=True, begun_at=it.captured.begun_at or aware(at))


def agree_review(it: Conversation, at: datetime, day: date | None) -> Conversation:
    """The day on which progress is reviewed; `None` where none is agreed any more."""
    return it.move(Act.REVIEW_AGREED, at, review_on=day)


def put_file(it: Conversation, at: datetime, file: str) -> Conversation:
    """A finished Word file stands for the typed sections; empty takes it back."""
    begun = it.captured.begun_at or aware(at)
    return _with(it, Act.LEARNING_FILE, at, open_=True, file=file, begun_at=begun)


def share(
    it: Conversation,
    at: datetime,
    words_at: datetime | None = None,
    words_for: tuple[str, ...] | None = None,
) -> Conversation:
    """The lead worker gets the document; its sections close. Each agency gets its words by
    `words_at`, where that is promised; `words_for` are those for which there are any."""
    shares = it.captured.shares + 1
    times = {"shared_at": aware(at), "words_at": words_at and aware(words_at)}
    found = {**times, "words_for": words_for}
    return _with(it, Act.LEARNING_SHARED, at, open_=True, shares=shares, **found)


def open_again(it: Conversation, at: datetime) -> Conversation:
    """Something is to be put right: open until it is shared anew. Too late once it is passed on, or
    each agency has its words."""
    if it.captured.words_are_out(at):
        raise WrongStage(it.id, Act.LEARNING_OPENED, it.stage)
    return _with(it, Act.LEARNING_OPENED, at, open_=False, shared_at=None, words_at=None)


def confirm(it: Conversation, at: datetime, shared_with: tuple[str, ...]) -> Conversation:
    """The lead worker says with whom they shared it. Now everybody is asked to record, unless they
    have been.

    Said again it changes with whom, never when.
    """
    known = {one.id for one in it.people}
    first = it.captured.confirmed_at or aware(at)
    return _with(
        it,
        Act.LEARNING_CONFIRMED,
        at,
        open_=False,
        confirmed_at=first,
        shared_with=tuple(who for who in dict.fromkeys(shared_with) if who in known),
    )


def record(it: Conversation, at: datetime, who: str) -> Conversation:
    """A participant has recorded the learning on their agency's system; the first time counts."""
    captured = it.captured
    if not captured.words_are_out(at) or who not in {one.id for one in who_came(it)}:
        raise WrongStage(it.id, Act.RECORDED, it.stage)
    if captured.has_recorded(who):
        return it
    done = Response(by=who, first_at=aware(at), complete=True)
    return _with(it, Act.RECORDED, at, open_=False, recorded=(*captured.recorded, done))


def has_recorded(it: Conversation, who: str) -> bool:
    """Whether somebody has said so, in whichever of their places."""
    return any(map(it.captured.has_recorded, places(it, who)))


def _with(
    it: Conversation, act: Act, at: datetime, *, open_: bool, **changes: object
) -> Conversation:
    """The record with this change of its document, if that is open (or shared) as it has to be."""
    if it.captured.is_open is not open_:
        raise WrongStage(it.id, act, it.stage)
    captured: Captured = it.captured.model_copy(update=changes)
    return it.move(act, at, captured=captured)
