"""The preparation card as it stands for the one who acts: what every tap about it shows.

Every button of the card carries the ticks, so that tapping something else keeps them too (`said`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from cards.kit.answers import MAX_SHORT, chosen
from cards.preparation import preparation as cards
from cards.preparation.taking_part import HELP
from cards.wording import wording
from dialogs.turn.access import NotNow, Right, Role, attendee, has_role
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS, Answers
from records.conversation.readiness import Point, Told
from records.conversation.snapshot import Snapshot
from records.preparation import preparing
from records.stages import Act, Stage

WHAT: Final = "telling"
"""Under this a reason why the family, or some of them, must not know is kept among the answers."""
LINE: Final = "taking-part"
"""Under this a line on what would help somebody take part is kept among the answers."""
REASONS: Final[Mapping[Told, str]] = {Told.NOT_SAFE: "because", Told.SOME: "some"}
"""By which of them; the others have no reason."""


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are, for somebody who comes or leads."""
    return card_of(context, it)


def card_of(context: Context, it: Conversation, notice: str = "") -> Reply:
    """Their card; without a date, where things are."""
    me = attendee(context.who, it)
    title = wording.PREPARE_KICKER.format(reference=it.reference)
    if me is None or it.stage is not Stage.BOOKED:
        settles = context.may(Right.TELLING)
        who = it.lead if has_role(context.who, it, Role.LEAD) else ""
        return Reply(cards.not_now(it, who, context.services.zone, may_settle=settles), title)
    return Reply(cards.preparation(seen(context, it, me.id), notice=notice), title)


def seen(context: Context, it: Conversation, who: str) -> cards.PreparationView:
    """What a card about getting ready is drawn from."""
    until = it.booking.end if it.booking else None
    file = context.services.links.file("calendar", it.id, context.person.key, until=until)
    zone = context.services.zone
    return cards.PreparationView(it, who, zone, context.now.astimezone(zone).date(), file)


async def why(context: Context, it: Conversation) -> Answers:
    """The reason for how it is settled now, for those who may read it; none where it has none."""
    by = REASONS.get(it.telling.how) if it.telling else None
    if by is None or not context.may(Right.READ_TELLING):
        return NO_ANSWERS
    return await context.read(it, WHAT, by) or NO_ANSWERS


Say = Callable[[Conversation, datetime, str], Conversation]
"""What somebody says of getting ready, on the record."""


async def said(context: Context, data: Data, act: Act, say: Say) -> Conversation:
    """The conversation once they have said this, with the ticks of their card. Raises NotNow."""
    right = context.right or Right.PREPARE
    text = _line(data)

    def change(now: Conversation) -> Conversation:
        me = attendee(context.who, now)
        if me is None or len(text) > MAX_SHORT:
            raise NotNow(now, right)
        now = _ticked(now, context.now, me.id, data)
        now = preparing.would_help(now, context.now, me.id, there=True) if text else now
        return say(now, context.now, me.id)

    return await context.change(act, change, answers=written(context, text) if text else None)


def _line(data: Data) -> str:
    """What was written on the card; one longer than its input takes is shown back, as `NotNow`."""
    typed = data.get(HELP)
    return typed.strip() if isinstance(typed, str) else ""


def written(context: Context, text: str) -> Callable[[Snapshot], tuple[Answers, ...]]:
    """The line of the one who acts, as it is kept among the answers."""

    def kept(file: Snapshot) -> tuple[Answers, ...]:
        me = attendee(context.who, file.conversation)
        asked = {HELP: wording.Q_WOULD_HELP}
        line = {"texts": {HELP: text}, "asked": asked if text else {}}
        return (Answers(what=LINE, by=me.id, version=1, at=context.now, **line),) if me else ()

    return kept


async def line_of(context: Context, it: Conversation, who: str) -> str:
    """What somebody wrote there."""
    kept = await context.read(it, LINE, who)
    return kept.text(HELP) if kept else ""


def _ticked(it: Conversation, at: datetime, who: str, data: Mapping[str, Any]) -> Conversation:
    """With the ticks a card sent; a card without the list changes none."""
    if not isinstance(data.get("had"), str):
        return it
    return preparing.tick(it, at, who, _points(data.get("had")), _points(data.get("points")))


def _points(value: object) -> tuple[Point, ...]:
    known = {one.value: one for one in Point}
    return tuple(known[one] for one in chosen(value) if one in known)


def as_it_is(it: Conversation, _: datetime, __: str) -> Conversation:
    """Nothing is said but what is ticked."""
    return it


WHERE: Final[Mapping[Right, Where]] = dict.fromkeys(
    (
        Right.PREPARE,
        Right.AGREEMENT,
        Right.RIGHT_PERSON,
        Right.TELLING,
        Right.READ_TELLING,
        Right.WOULD_HELP,
        Right.REPLACE,
    ),
    where,
)
