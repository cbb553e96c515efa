"""What participants answer after the conversation, and the lead worker eight weeks on.

Source: pathway, "Partnership Learning Conversation Feedback Tool" and step 10.
"""

from datetime import datetime
from typing import Final

from records.partnership import the_partnership
from records.people import Frozen

FEEDBACK_VERSION: Final = the_partnership().questions.feedback
OUTCOME_VERSION: Final = the_partnership().questions.outcome


class Answers(Frozen):
    """One person's answers to one set of questions, as they were typed.

    `what` is `request`, `feedback` or `outcome`; `by` is the participant's id; `version` is the
    version of the question set they answered.
    """

    what: str
    by: str
    version: int
    at: datetime
    texts: dict[str, str]
    scale: int | None = None
    may_quote: bool = False


class Response(Frozen):
    """That somebody answered, and when; the answers themselves stay apart."""

    by: str
    first_at: datetime
    complete: bool = False
