"""What participants answer after the conversation, and the lead worker eight weeks on.

Source: pathway, "Partnership Learning Conversation Feedback Tool" and step 10.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Self

from records.people import Frozen, Participant


class Answers(Frozen):
    """One person's answers to one set of questions, as they were typed.

    `what` is `request`, `feedback` or `outcome`; `by` is the participant's id; `version` is the
    version of the question set they answered last. `asked` are the questions as they were asked,
    beside the answers: a partnership may change its words, and nobody answered the new ones.
    `evaluators` is the promise that the words were sent under: that evaluators may read them.
    """

    what: str
    by: str
    version: int
    at: datetime
    texts: dict[str, str]
    scale: int | None = None
    may_quote: bool = False
    evaluators: bool = False
    asked: dict[str, str] = {}

    def text(self, field: str) -> str:
        """One answer, or nothing."""
        return self.texts.get(field, "")

    def question(self, field: str, today: str) -> str:
        """The question that was asked; today's, where the answer is older than the keeping of
        questions."""
        return self.asked.get(field) or today

    def after(self, before: "Answers") -> Self:
        """These answers in place of earlier ones, with what a newer version wrote among those.

        A question that only a newer set has keeps its answer.
        """
        carried: dict[str, Any] = dict(before.model_extra or {})
        if before.version > self.version:
            carried |= {"texts": {**before.texts, **self.texts}, "version": before.version}
            carried |= {"asked": {**before.asked, **self.asked}}
        return type(self)(**{**dict(self), **carried})


def unsent(
    written: Mapping[str, Any],
    sent: Answers | None,
    names: Iterable[str],
    beside: Iterable[str] = (),
) -> list[str]:
    """The texts of a draft that are not what was sent: its writer's alone until they press Send.

    `beside` are those that another answer stands in place of.
    """
    found = ((name, str(written.get(name, "")).strip()) for name in names)
    new = [text for name, text in found if text and text != (sent.text(name) if sent else "")]
    there = {*new, *(sent.texts.values() if sent else ())}
    return [*new, *(text for text in dict.fromkeys(beside) if text.strip() not in there)]


NO_ANSWERS: Final = Answers(
    what="", by="", version=1, at=datetime(2020, 1, 1, tzinfo=UTC), texts={}
)
"""Where nobody has answered."""
BEFORE: Final = "request-before-"
"""With what the kind of a request's answers begins, as they were before a change."""
SCALE: Final = "scale"
SCALE_0: Final = f"{SCALE}.0"
SCALE_10: Final = f"{SCALE}.10"
"""Under what the meanings of both ends are kept in `asked`, beside the question itself."""


class Response(Frozen):
    """That somebody answered, and when; the answers themselves stay apart."""

    by: str
    first_at: datetime
    complete: bool = False


class Given(Response):
    """That somebody gave feedback. `seen` is the promise it was given under: who may read it, by
    their part in reading (`records.feedback.readers`) or, for the words alone and without a name,
    by the id of the facilitator. Empty: given before the cards said so, and read by nobody.

    `last_at` is when it was last changed, `words_at` when the words were sent as they are now.
    """

    seen: tuple[str, ...] = ()
    last_at: datetime | None = None
    words_at: datetime | None = None


class UpTo(Frozen):
    """Until when a reader has read."""

    by: str
    at: datetime


class Talk(Frozen):
    """Somebody asks that `to` rings them about how it was for them. No reason is kept."""

    who: str
    to: str
    at: datetime


class Readership(Frozen):
    """Who reads what is said after a conversation, and how far they have come.

    `readers` are those whom the settings and the partnership's file name for it, as they were last
    looked up: who of them may is asked of the record. `batches` are when feedback began to wait to
    be read, each of which is one message to each reader. `shared` says that the lead worker shares
    the outcome with everybody who came.
    """

    readers: tuple[Participant, ...] = ()
    batches: tuple[datetime, ...] = ()
    read: tuple[UpTo, ...] = ()
    talks: tuple[Talk, ...] = ()
    shared: bool = False
