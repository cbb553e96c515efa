"""What waits for somebody: what they were asked and have not answered, in whatever part they have.

It is found as it is owed, so that a message that was scrolled away, closed or never came keeps
nobody from answering. Each button asks for its right as it is tapped.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from cards.feedback.feedback import TEXTS
from cards.home import WaitsFor
from cards.kit.elements import act
from cards.preparation import family
from cards.wording import wording
from dialogs.turn.access import UNDER_WAY, Right, Role, Who, attendee, has_role, may
from dialogs.turn.context import Context
from records.conversation.conversation import Conversation
from records.conversation.feedback import unsent
from records.learning.agencies import has_words
from records.learning.sharing import has_recorded
from records.outbox.kinds import Kind
from records.preparation.coming import stays_away
from records.preparation.preparing import still_open
from records.stages import Stage
from records.timetable.timetable import Timetable

Said = Callable[[], str]
Ask = tuple[Said, Said, str, str]
"""What is asked, the button to it, its verb, and its flow where that is one."""
OPENS: Final = "flow.open"

_AGREE: Final[Ask] = (
    lambda: wording.WAITS_AGREE, lambda: wording.DOOR_REQUEST, "manager.see", "",
)  # fmt: skip
_PREPARE: Final[Ask] = (
    lambda: wording.WAITS_PREPARE, lambda: wording.WAITS_PREPARE_OPEN, "prepare.see", "",
)  # fmt: skip
_FEEDBACK: Final[Ask] = (
    lambda: wording.WAITS_FEEDBACK, lambda: wording.WAITS_FEEDBACK_OPEN, OPENS, "feedback",
)  # fmt: skip
_OUTCOME: Final[Ask] = (
    lambda: wording.WAITS_OUTCOME, lambda: wording.WAITS_OUTCOME_OPEN, OPENS, "outcome",
)  # fmt: skip
_RECORD: Final[Ask] = (
    lambda: wording.WAITS_RECORD, lambda: wording.DOOR_RECORD, "learning.record", "",
)  # fmt: skip
_PASS_ON: Final[Ask] = (
    lambda: wording.WAITS_PASS_ON, lambda: wording.WAITS_PASS_ON_OPEN, OPENS, "passed-on",
)  # fmt: skip
ASKS: Final[Mapping[Kind, Ask]] = {
    Kind.MANAGER_ASK: _AGREE,
    Kind.MANAGER_REMINDER: _AGREE,
    Kind.PREPARATION: _PREPARE,
    Kind.PREPARATION_REMINDER: _PREPARE,
    Kind.TELLING_ASK: (
        lambda: wording.WAITS_TELLING, lambda: wording.WAITS_TELLING_OPEN, "prepare.telling", "",
    ),
    Kind.CLOSING: (
        lambda: wording.WAITS_CLOSING, lambda: wording.TOOK_PLACE, OPENS, "took-place",
    ),
    Kind.TOOK_PART: (
        lambda: wording.WAITS_TOOK_PART,
        lambda: wording.WAITS_TOOK_PART_OPEN,
        "feedback.took-part",
        "",
    ),
    Kind.FEEDBACK: _FEEDBACK,
    Kind.FEEDBACK_PROMPT: _FEEDBACK,
    Kind.OUTCOME: _OUTCOME,
    Kind.OUTCOME_REMINDER: _OUTCOME,
    Kind.LEARNING_SHARED: _PASS_ON,
    Kind.LEARNING_REMINDER: _PASS_ON,
    Kind.RECORD: _RECORD,
    Kind.RECORD_REMINDER: _RECORD,
    Kind.REVIEW: (lambda: wording.WAITS_REVIEW, lambda: wording.DOOR_REVIEW, OPENS, "review"),
}  # fmt: skip
"""The questions that somebody finds again, by the message that asks them. Left out are those of the
facilitation team, whose list is the board, and of a manager who is silent: *my requests* has it."""


def can_read_again(who: Who, it: Conversation) -> bool:
    """Whether they recorded the words of their own agency, and may read them still. Where none were
    written there is nothing to read."""
    me = attendee(who, it) if may(who, it, Right.RECORD) else None
    return me is not None and has_recorded(it, me.id) and has_words(it, me.id)


def has_agreed(who: Who, it: Conversation) -> bool:
    """Whether they are the manager of what was agreed to, and it is under way."""
    under_way = it.stage in UNDER_WAY - {Stage.REQUESTED} and it.practice_over is None
    return under_way and has_role(who, it, Role.MANAGER)


async def unsent_feedback(context: Context, it: Conversation) -> list[tuple[datetime, WaitsFor]]:
    """Words of feedback that were written and not sent: the number was given, so that nobody asks
    for them any more."""
    me = attendee(context.who, it)
    if me is None or not it.answered(me.id) or not may(context.who, it, Right.FEEDBACK):
        return []
    opened = await context.services.drafts.find(context.person.key, "feedback", it.id)
    draft = opened.draft if opened is not None else None
    sent = await context.answers(it, "feedback", me.id) if draft is not None else None
    if draft is None or not unsent(draft.answers, sent, TEXTS, draft.beside):
        return []
    name = wording.WAITS_BUTTON.format(reference=it.reference, title=wording.WAITS_UNSENT_OPEN)
    go_on = act(name, "feedback.see", {"conversation": it.id})
    return [(draft.touched, WaitsFor(wording.WAITS_UNSENT, go_on))]


def _is_to_get_ready(it: Conversation, who: str) -> bool:
    """Whether somebody who is invited comes, as far as anybody knows, and is not ready yet."""
    return bool(still_open(it, who)) and not stays_away(it, who)


def waiting(
    it: Conversation, who: Who, timetable: Timetable, now: datetime
) -> list[tuple[datetime, WaitsFor]]:
    """What one conversation asks of somebody by now, each once, with since when."""
    places = {one.id for one in it.people if who.is_person(one)}
    found: dict[Ask, tuple[datetime, WaitsFor]] = {}
    for owed in timetable.owed(it):
        ask = ASKS.get(owed.kind)
        if ask is None or owed.to not in places or owed.due > now or ask in found:
            continue
        if ask is _PREPARE and not _is_to_get_ready(it, owed.to):
            continue
        what, title, verb, flow = ask
        data = {"conversation": it.id, **({"flow": flow} if flow else {})}
        asked = what()
        if owed.kind is Kind.TELLING_ASK:
            asked = family.whom(it, "waits_telling", asked)
        name = wording.WAITS_BUTTON.format(reference=it.reference, title=title())
        found[ask] = owed.due, WaitsFor(asked, act(name, verb, data))
    return list(found.values())
