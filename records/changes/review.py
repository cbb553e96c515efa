"""The review on the agreed day: did things move, is there anything to bring back.

Source: pathway, step 12. One prompt each to the lead worker and the facilitator, no reminder.
"""

from datetime import datetime, time
from typing import Final

from records.calendar import aware
from records.conversation.changes import Reviewed
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.snapshot import Snapshot
from records.learning.document import learning_document
from records.partnership import Partnership
from records.stages import Act, WrongStage

MORNING: Final = time(9, 0)
WHAT: Final = "review"
"""What the words are kept as; `by` is `words_by`."""


def review_due(dates: Dates, it: Conversation) -> datetime | None:
    """09:00 of the agreed day, rolled forward to a working day."""
    if it.review_on is None:
        return None
    return dates.office.roll_forward(dates.office.at(it.review_on, MORNING))


def reviewed(it: Conversation, who: str) -> Reviewed | None:
    """What they answered for the day that is agreed now; an earlier day is asked anew."""
    found = (one for one in it.changes.reviewed if one.by == who and one.day == it.review_on)
    return next(found, None)


def review(it: Conversation, at: datetime, who: str, said: str) -> Conversation:
    """One answer, which may be given again. Raises WrongStage where no day is agreed."""
    if it.review_on is None:
        raise WrongStage(it.id, Act.REVIEWED, it.stage)
    before = reviewed(it, who)
    answer = Reviewed(by=who, day=it.review_on, at=before.at if before else aware(at), said=said)
    others = tuple(one for one in it.changes.reviewed if one is not before)
    changes = it.changes.model_copy(update={"reviewed": (*others, answer)})
    return it.move(Act.REVIEWED, at, changes=changes)


def agreed_points(file: Snapshot, of: Partnership) -> tuple[tuple[str, str], ...]:
    """What was agreed, as (heading, text): the sections the document shows again at the review."""
    parts = (one for one in learning_document(file, of).parts if one.section.at_review)
    texts = ((part.section.heading, "\n".join(said.text for said in part.said)) for part in parts)
    return tuple((heading, text.strip()) for heading, text in texts if text.strip())


def words_by(it: Conversation, who: str) -> str:
    """Under what one person's words for the agreed day are kept."""
    return f"{who}-{it.review_on.isoformat() if it.review_on else ''}"
