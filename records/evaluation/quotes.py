"""Words that may be quoted: ticked by their writer, and then released one by one by a facilitator.

A ruling is about these very words: where they are changed afterwards, or the tick is taken back,
it no longer holds and somebody reads them again. Source: pathway, safety and practice rules.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from records.calendar import aware
from records.conversation.conversation import Conversation, Layer
from records.conversation.feedback import Answers
from records.conversation.learning_state import Ruling
from records.people import Frozen, PersonKey
from records.stages import Act

HELPED: Final = ("happened", "learning")
WOULD_HELP: Final = ("possibility",)
DIFFERENCE: Final = ("difference_you", "together", "difference_child")
OUTCOME: Final = ("outcome_child", "outcome_you", "outcome_said")
FIELDS: Final = (*HELPED, *WOULD_HELP, *DIFFERENCE, *OUTCOME)
"""Answers that can be quoted, in the order of the report."""
HOPES: Final = {"outcome_child": "hope_child", "outcome_you": "hope_you"}
"""What was hoped for, beside what happened."""


class Standing(StrEnum):
    """What has become of words that may be quoted; also the names of their lists."""

    UNREAD = "quotes-unread"
    RELEASED = "quotes-released"
    KEPT_BACK = "quotes-kept-back"


def list_of(standing: Standing, field: str = "") -> str:
    """The list on the board: released words have one for each answer."""
    return f"{standing}-{field}" if standing is Standing.RELEASED else standing.value


def lists_of(standing: Standing) -> tuple[str, ...]:
    """Every list on the board of words with this standing."""
    if standing is Standing.RELEASED:
        return tuple(list_of(standing, field) for field in FIELDS)
    return (list_of(standing),)


class Quote(Frozen):
    """One answer that may be quoted, without its writer's name. `by` is their id in it.

    `hoped` is what the same person hoped for in the request; another person's hope is not theirs
    to give, and is left out. `asked` and `hoped_asked` are the questions of both as they were
    asked; empty where that was not kept. `restricted`: few may know of the conversation.
    """

    conversation: str
    by: str
    field: str
    text: str
    held: datetime
    hoped: str = ""
    asked: str = ""
    hoped_asked: str = ""
    restricted: bool = False
    ruling: Ruling | None = None

    @property
    def standing(self) -> Standing:
        """Whether somebody has read it, and what they said."""
        if self.ruling is None:
            return Standing.UNREAD
        return Standing.RELEASED if self.ruling.released else Standing.KEPT_BACK

    @property
    def words(self) -> str:
        """What a ruling is about: these words and no others."""
        return _digest(f"{self.hoped}\n{self.text}")

    @property
    def place(self) -> str:
        """Where it stands on the board: by conversation, person and answer, and nobody's name."""
        which = f"{_digest(self.by)}{FIELDS.index(self.field):02d}"
        key = f"{int(self.held.timestamp()):010d}.{self.conversation}.{which}"
        return f"{list_of(self.standing, self.field)}/{key}"


def quotes(it: Conversation, answers: Iterable[Answers]) -> tuple[Quote, ...]:
    """Every answer of a conversation that may be quoted, in the report's order.

    While its messages are stopped, as after a death, nothing of it is; nor what is kept no longer.
    """
    gone = it.stopped_at is not None or it.lacks(Layer.WORDS)
    if it.held is None or it.booking is None or gone:
        return ()
    found = [
        one.model_copy(
            update={
                "ruling": _ruling(it.rulings, one),
                "restricted": it.changes.restricted is not None,
            }
        )
        for one in _quotable(it, tuple(answers), it.booking.start)
    ]
    return tuple(sorted(found, key=lambda one: (FIELDS.index(one.field), one.by)))


def rule(
    it: Conversation, at: datetime, who: PersonKey, quote: Quote, *, release: bool
) -> Conversation:
    """A facilitator has read these words: released, or kept back. The last word holds.

    Raises WrongStage.
    """
    ruling = Ruling(
        by=quote.by,
        field=quote.field,
        words=quote.words,
        released=release,
        ruled_by=who,
        at=aware(at),
    )
    before = next((one for one in it.rulings if one.is_about(ruling)), None)
    if before is not None and (before.words, before.released) == (ruling.words, release):
        return it
    others = tuple(one for one in it.rulings if not one.is_about(ruling))
    act = Act.WORDS_RELEASED if release else Act.WORDS_KEPT_BACK
    return it.move(act, at, rulings=(*others, ruling))


def taken_back(it: Conversation, answers: Answers) -> Conversation:
    """Whoever takes their tick back ends what was ruled: set again, somebody reads them again."""
    if answers.may_quote:
        return it
    fields = OUTCOME if answers.what == "outcome" else (*HELPED, *WOULD_HELP, *DIFFERENCE)
    there = tuple(one for one in it.rulings if one.by != answers.by or one.field not in fields)
    return it if len(there) == len(it.rulings) else it.with_(rulings=there)


def _quotable(it: Conversation, answers: Sequence[Answers], held: datetime) -> Iterator[Quote]:
    came = it.held.came if it.held else ()
    for one in answers:
        if not one.may_quote:
            continue
        if one.what == "feedback" and one.by in came and it.answered(one.by) is not None:
            fields: tuple[str, ...] = (*HELPED, *WOULD_HELP, *DIFFERENCE)
        elif one.what == "outcome" and it.outcome is not None:
            fields = OUTCOME
        else:
            continue
        for field in fields:
            text = one.texts.get(field, "").strip()
            if text:
                hoped, hoped_asked = _hoped(it, answers, field)
                yield Quote(
                    conversation=it.id,
                    by=one.by,
                    field=field,
                    text=text,
                    held=held,
                    hoped=hoped,
                    asked=one.question(field, ""),
                    hoped_asked=hoped_asked,
                )


def _hoped(it: Conversation, answers: Sequence[Answers], field: str) -> tuple[str, str]:
    """What its writer had hoped for, and what that was asked with."""
    own = it.outcome is not None and it.outcome.by == it.requester.id
    if field not in HOPES or not own:
        return "", ""
    hope = HOPES[field]
    asked = (one for one in answers if one.what == "request" and one.by == it.requester.id)
    found = ((one.text(hope).strip(), one.question(hope, "")) for one in asked)
    return next(found, ("", ""))


def _ruling(rulings: Iterable[Ruling], quote: Quote) -> Ruling | None:
    for one in rulings:
        if (one.by, one.field, one.words) == (quote.by, quote.field, quote.words):
            return one
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
