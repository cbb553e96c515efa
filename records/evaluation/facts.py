"""What one conversation adds to the evaluation: counts and dates, never a name, never a word.

Made from the conversation and its answers alone, and kept beside the board, so that the evaluation
of any period is one range of rows: no story is read for it. Source: pathway, step 11.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.feedback import SCALE_0, SCALE_10, Answers
from records.conversation.one_each import once
from records.learning.agencies import said, who_came
from records.partnership import Partnership
from records.people import Frozen
from records.stages import Stage
from records.store.codec import SCHEMA, Unreadable, tell
from records.store.contract import Row, Value

ASKED: Final = "asked"
"""The list of all conversations by the moment of their request."""
HELD: Final = "held"
"""The list of those that took place, by the moment they began."""
TO_HOLD: Final = "to-hold"
"""The list of those that are booked, by the moment they begin: nobody has said yet how it was."""
OPEN_TO: Final = ("yes", "no", "unknown", "")
WHY_NOT: Final = ("supervision", "meeting", "moving", "later", "other", "")
"""Why a manager said "not this route", as far as they chose one of these."""
NUMBERS: Final = range(11)
FACTS: Final = "facts"
Told = tuple[int, int]
"""The earliest question set in which 0 and 10 had a meaning, and the people who answered it."""


class Facts(Frozen):
    """One conversation in numbers.

    An agency that was not said is empty in `agency` and in `agencies`. `days` are working days from
    the request to the conversation. `came` counts people; `in_time` of them gave feedback within
    two days, `later` after that. `scale` counts people by the number they chose, 0 to 10;
    `meanings` by what 0 and 10 meant to them, as a mark of these words, with the question set and
    how many they are.
    """

    conversation: str
    made_from: int
    asked: datetime
    stage: Stage
    agreed: bool
    level: str = ""
    open_to: str = ""
    agency: str = ""
    why_not: str = ""
    held: datetime | None = None
    agencies: tuple[str, ...] = ()
    days: int | None = None
    came: int = 0
    in_time: int = 0
    later: int = 0
    scale: tuple[int, ...] = (0,) * 11
    meanings: dict[str, Told] = {}
    outcome_due: datetime | None = None
    outcome: datetime | None = None
    unanswered: bool = False


def to_row(one: Facts) -> dict[str, Value]:
    """The stored form: one value, since ten years of rows are read at a time."""
    return {"schema": SCHEMA, FACTS: one.model_dump_json()}


def from_row(values: Mapping[str, Value]) -> Facts:
    """The numbers of a row. Raises pydantic.ValidationError where it holds none."""
    return Facts.model_validate_json(str(values.get(FACTS, "")))


def from_row_or_pass(row: Row) -> Facts | None:
    """The same, or None with a line in the log: one that is damaged stops no other."""
    try:
        return from_row(row.values)
    except ValidationError:
        tell(Unreadable(Facts.__name__, row.partition, row.key))
        return None


def facts(it: Conversation, answers: Sequence[Answers], dates: Dates) -> Facts:
    """What a conversation adds, as it stands now."""
    began = it.booking.start if it.held and it.booking else None
    request = it.request
    plain = Facts(
        conversation=it.id,
        made_from=it.audit_sequence,
        asked=it.created,
        stage=it.stage,
        agreed=it.decided_at is not None and it.stage is not Stage.NOT_THIS_ROUTE,
        level=request.level_of_need,
        open_to=_known(request.open_to_social_care, OPEN_TO),
        agency=request.agency.strip(),
        why_not=_why_not(it, answers),
    )
    if began is None:
        return plain
    return plain.model_copy(update=_of_held(it, began, answers, dates))


def _of_held(
    it: Conversation, began: datetime, answers: Sequence[Answers], dates: Dates
) -> dict[str, object]:
    came = it.held.came if it.held else ()
    deadline = dates.feedback_deadline(it)
    times = [one.first_at for one in it.feedback if one.by in came]
    in_time = sum(deadline is not None and at <= deadline for at in times)
    office = dates.office
    return {
        "held": began,
        "agencies": tuple(sorted(said(who_came(it)), key=str.casefold)),
        "days": office.working_days(it.created, began),
        "came": len(once(it, came)),
        "in_time": in_time,
        "later": len(times) - in_time,
        "scale": _scale(_counted(it, answers)),
        "meanings": _meanings(_counted(it, answers), dates.partnership),
        "outcome_due": dates.outcome_date(it),
        "outcome": it.outcome.first_at if it.outcome else None,
        "unanswered": it.unanswered,
    }


def _counted(it: Conversation, answers: Iterable[Answers]) -> tuple[Answers, ...]:
    """The feedback of those who came and whose answer counts."""
    came = it.held.came if it.held else ()
    counted = {one.by for one in it.feedback if one.by in came}
    return tuple(one for one in answers if one.what == "feedback" and one.by in counted)


def _scale(answers: Iterable[Answers]) -> tuple[int, ...]:
    """People by the number they chose."""
    chosen = [one.scale for one in answers]
    return tuple(chosen.count(number) for number in NUMBERS)


def _meanings(answers: Iterable[Answers], of: Partnership) -> dict[str, Told]:
    """People by what 0 and 10 meant, where a partnership changed it: a 7 under one meaning and a 7
    under another are not the same answer. Today's words where they were not kept."""
    words = of.words["verbatim"]
    today = {SCALE_0: str(words["scale_0"]), SCALE_10: str(words["scale_10"])}
    found: dict[str, Told] = {}
    for one in answers:
        if one.scale is not None:
            asked = "\n".join(one.question(end, now) for end, now in today.items())
            mark = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            number, people = found.get(mark, (one.version, 0))
            found[mark] = (min(number, one.version), people + 1)
    return found


def _why_not(it: Conversation, answers: Iterable[Answers]) -> str:
    """What the manager chose; their words are for the requester alone."""
    if it.stage is not Stage.NOT_THIS_ROUTE:
        return ""
    chosen = (one.texts.get("short", "") for one in answers if one.what == "not-this-route")
    return _known(next(chosen, ""), WHY_NOT)


def _known(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""
