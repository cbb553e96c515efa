"""What participants answer after the conversation, and the lead worker eight weeks on.

Source: pathway, "Partnership Learning Conversation Feedback Tool" and step 10.
"""

from datetime import datetime
from typing import Any, Final, Self

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

    def after(self, before: "Answers") -> Self:
        """These answers in place of earlier ones, with what a newer version wrote among those.

        A question that only a newer set has keeps its answer.
        """
        carried: dict[str, Any] = dict(before.model_extra or {})
        if before.version > self.version:
            carried |= {"texts": {**before.texts, **self.texts}, "version": before.version}
        return type(self)(**{**dict(self), **carried})


class Response(Frozen):
    """That somebody answered, and when; the answers themselves stay apart."""

    by: str
    first_at: datetime
    complete: bool = False
