"""*Something has happened*: reminders are paused, not the date, until somebody has rung.

The requester and the lead worker may say so at every stage, and need not say what. Whoever
facilitates is asked to ring them today; before anybody has picked it up the team lead, or the
facilitators where there is none. Where nobody has said by the next working noon that they rang, the
team lead is asked as well. What fell due meanwhile and is still open is asked once things go on
(`records.changes.stopping`). Source: pathway, safety and practice rules.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from records.calendar import aware
from records.changes.restricting import gatekeepers
from records.conversation.changes import Occurrence
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.manager.waiting import free, team_lead
from records.outbox.prompt import CHANNEL, Kind, Owed
from records.people import Participant
from records.stages import Act, WrongStage

MAX_ASKED: Final = 12
"""Facilitators asked one by one where there is neither a facilitator nor a team lead."""


def something_happened(
    it: Conversation,
    at: datetime,
    who: str,
    tell: tuple[Participant, ...],
    lead: Participant | None,
) -> Conversation:
    """`who` says so; `lead` leads the team, and `tell` are the facilitators who may stand in.

    Saying so twice is saying it once. Raises WrongStage.
    """
    if any(one.who == who for one in it.changes.waits):
        return it
    happened = (*it.changes.happened, Occurrence(who=who, at=aware(at)))
    changes = it.changes.model_copy(update={"happened": happened})
    told = () if it.changes.restricted is not None else it.told or tell[:MAX_ASKED]
    known = {"team_lead": lead or it.team_lead, "told": told}
    return it.move(Act.HAPPENED, at, changes=changes, **known)


def rang(it: Conversation, at: datetime, who: str, *, number: int = 0) -> Conversation:
    """Somebody has rung them: it goes on, unless another one waits too. `number` is which time it
    was that the card is about, where it says so: an older one settles nothing that came later.
    Raises WrongStage."""
    about = it.changes.happened[number - 1 : number] if number > 0 else it.changes.happened
    if all(one.who != who or one.until is not None for one in about):
        raise WrongStage(it.id, Act.RANG, it.stage)
    return it.move(Act.RANG, at, changes=it.changes.going_on(at, who))


def stand_ins(it: Conversation) -> tuple[str, ...]:
    """Who is asked where nobody facilitates, or whoever does has not rung: the team lead; else the
    other facilitators, or their channel. Of a restricted one its gatekeepers."""
    if it.changes.restricted is not None:
        return tuple(one.id for one in gatekeepers(it))
    lead = team_lead(it)
    if lead is not None:
        return (lead.id,)
    mine = it.person(it.facilitator)
    others = (one for one in free(it) if mine is None or not one.is_also(mine))
    return tuple(one.id for one in islice(others, MAX_ASKED)) or (CHANNEL,)


def rings(it: Conversation) -> str:
    """The facilitator, if they can ring: not one who has left the team, whoever is asked then."""
    return "" if it.changes.facilitator_left is not None else it.facilitator


def asked(it: Conversation) -> Participant | None:
    """Who is asked to ring; None where that is several, or nobody by name."""
    if rings(it):
        return it.person(rings(it))
    if it.changes.restricted is not None:
        return next(iter(gatekeepers(it)), None)
    return team_lead(it)


def number_of(it: Conversation, who: str) -> int:
    """Which of all times it is that this person waits; 0 where they do not."""
    every = enumerate(it.changes.happened, start=1)
    return next((number for number, one in every if one.who == who and one.until is None), 0)


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """To whoever is to ring: at once, and at the next working noon."""
    if not it.allows(Act.RANG):
        return
    for number, one in enumerate(it.changes.happened, start=1):
        if one.until is not None:
            continue
        about, cycle = one.who, str(number)
        for to in (rings(it),) if rings(it) else stand_ins(it):
            yield Owed(kind=Kind.HAPPENED, to=to, cycle=cycle, due=one.at, about=about)
        due = dates.office.next_noon(one.at)
        for to in stand_ins(it):
            yield Owed(kind=Kind.STILL_TO_RING, to=to, cycle=cycle, due=due, about=about)
