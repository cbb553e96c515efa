"""A conversation in which nobody does anything: it is asked whether it goes on, and then it ends.

Whatever anybody does begins the wait anew. Source: the partnership's file, `[kept]`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.snapshot import AuditLine
from records.manager.waiting import team_lead
from records.outbox.kinds import Kind
from records.outbox.prompt import Owed
from records.people import Participant
from records.stages import BEFORE_IT_TOOK_PLACE, Act, Stage


def last_act(it: Conversation, trail: Iterable[AuditLine], by_itself: str) -> datetime:
    """When somebody last did something; `by_itself` is who the product is in the trail."""
    return max((one.at for one in trail if one.by != by_itself), default=it.created)


def ask(it: Conversation, at: datetime, lead: Participant | None) -> Conversation:
    """Whether it goes on is asked now. Raises WrongStage."""
    told = {"team_lead": it.team_lead or lead}
    return it.move(Act.SILENT_ASKED, at, silent_asked=aware(at), **told)


def goes_on(it: Conversation, at: datetime) -> Conversation:
    """Somebody says that it does; once. Raises WrongStage."""
    return it.move(Act.GOES_ON, at, silent_asked=None) if it.silent_asked else it


def stop_asking(it: Conversation) -> Conversation:
    """Somebody has done something since it was asked: the wait begins anew."""
    return it.with_(silent_asked=None)


def end(it: Conversation, at: datetime) -> Conversation:
    """It has ended by itself. Raises WrongStage."""
    return it.move(Act.SILENT, at, silent_at=aware(at))


def asked(it: Conversation) -> str:
    """Who is asked: the facilitator, else the team lead, unless few may know of it, else who asked
    for it."""
    lead = team_lead(it) if it.changes.restricted is None else None
    facilitates = it.facilitator if it.changes.facilitator_left is None else ""
    return facilitates or (lead.id if lead else it.requester.id)


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """The question; and once it ended, that it has, to who asked for it and who facilitated."""
    if it.silent_asked is not None and it.stage in BEFORE_IT_TOOK_PLACE:
        cycle = str(int(it.silent_asked.timestamp()))
        due = dates.office.roll_forward(it.silent_asked)
        yield Owed(kind=Kind.SILENT, to=asked(it), cycle=cycle, due=due)
    if it.silent_at is not None and it.stage is Stage.ENDED:
        for who in dict.fromkeys(filter(None, (it.requester.id, it.facilitator))):
            due = dates.office.roll_forward(it.silent_at)
            yield Owed(kind=Kind.SILENT_ENDED, to=who, cycle="1", due=due)
