"""A restricted conversation: somebody in the facilitation team may know this family.

Nothing is posted, and nobody of the team hears of it but two gatekeepers at most and whom one of
them asks to facilitate. Whoever is asked declares independence before anything of the story, as
everybody does. Source: pathway, "Independence before the story"; that few may know is added.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from records.calendar import aware
from records.changes import second
from records.changes.handing_over import offered
from records.conversation.changes import Assigned, ByTeamLead, Restricted
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.manager.waiting import is_named, is_same, team_lead
from records.outbox.kinds import Kind
from records.outbox.prompt import Owed
from records.people import Participant, mail_key
from records.stages import Act, Stage, WrongStage

MOST: Final = 2
"""Gatekeepers at most: few are to know."""
GATEKEEPER: Final = "gatekeeper"
STAND_IN: Final = "gatekeeper-instead"
VACANT_IN: Final = frozenset({Stage.PICKED_UP, Stage.BOOKED, Stage.HELD, Stage.COMPLETE})

Gatekeepers = tuple[Participant, ...]


def listed(named: Iterable[Participant], stand_in: Participant | None) -> Gatekeepers:
    """Everybody whom the settings name as a gatekeeper, and who stands in for them."""
    found = [(GATEKEEPER, one) for one in tuple(named)[:MOST]]
    found += [(STAND_IN, stand_in)] if stand_in is not None else []
    return tuple(
        one.model_copy(update={"id": f"{part}-{mail_key(one.mail)[:12]}"}) for part, one in found
    )


def gatekeepers(it: Conversation, named: Gatekeepers | None = None) -> Gatekeepers:
    """Who chooses its facilitator: the gatekeepers who are not named in it, else who stands in.

    `named` are those of now, where they were looked up; nobody, where it is not restricted.
    """
    here = it.changes.restricted
    if here is None:
        return ()
    every = here.gatekeepers if named is None else named
    free = [one for one in every if not is_named(it, one)]
    first = tuple(one for one in free if not one.id.startswith(STAND_IN))
    return first or tuple(free)


def restrict(
    it: Conversation, at: datetime, by: str, named: Gatekeepers, *, asked_for: bool = False
) -> Conversation:
    """Few may know of it from now on; saying so twice is saying it once. Nobody is told any more
    who was told before, and whoever is asked to facilitate as well is asked no more.

    `asked_for`: the requester says so as they ask, or change what they asked. Raises WrongStage.
    """
    if it.changes.restricted is not None:
        return it
    if it.changes.asked_second is not None:
        it = second.end(it, at)
    restricted = Restricted(since=aware(at), by=by, gatekeepers=named)
    changes = it.changes.model_copy(update={"restricted": restricted})
    told: dict[str, object] = {"changes": changes, "told": ()}
    return it.with_(**told) if asked_for else it.move(Act.RESTRICT, at, **told)


def said_by_requester(
    it: Conversation, at: datetime, named: Gatekeepers, *, may_know: bool
) -> Conversation:
    """What the requester ticked, once they sent it or changed it. Until the manager has agreed they
    can take it back; by then somebody may have heard that few may know."""
    if may_know:
        return restrict(it, at, it.requester.id, named, asked_for=True)
    if it.stage is not Stage.REQUESTED or it.changes.restricted is None:
        return it
    return it.with_(changes=it.changes.model_copy(update={"restricted": None}))


def with_gatekeepers(it: Conversation, named: Gatekeepers) -> Conversation:
    """The same with those whom the settings name by now; the same record where it is not
    restricted."""
    return _with(it, gatekeepers=named) if it.changes.restricted is not None else it


def vacant(it: Conversation) -> tuple[datetime, str] | None:
    """Since when a facilitator is wanted, and which time that is; None where none is, or it is not
    restricted."""
    if it.changes.restricted is None:
        return None
    if it.stage is Stage.AGREED:
        return it.stage_since, "1"
    offer = it.changes.offer
    if offer is None or it.stage not in VACANT_IN:
        return None
    return offer.left or offer.at, str(1 + len(it.changes.offers))


def can_be_assigned(it: Conversation, one: Participant) -> bool:
    """Whether somebody of the team is not named in it, has not said that they are too close, and
    does not facilitate it already."""
    here = it.changes.restricted
    refused = (done.asked for done in (here.assigned if here else ()) if done.no)
    mine = (it.person(it.facilitator),) if it.facilitator else ()
    others = (*refused, *filter(None, mine))
    return not is_named(it, one) and not any(is_same(one, other) for other in others)


def assign(it: Conversation, at: datetime, one: Participant) -> Conversation:
    """A gatekeeper asks this member of the team; whoever was asked before is asked no more. Where
    somebody facilitates it, they hear of it, and keep it until the one who is asked has taken it.

    Raises WrongStage.
    """
    here = it.changes.restricted
    if here is None:
        raise WrongStage(it.id, Act.ASSIGN, it.stage)
    waits = here.waits_for
    if waits is not None and is_same(waits.asked, one):
        return it
    if not can_be_assigned(it, one):
        raise WrongStage(it.id, Act.ASSIGN, it.stage)
    if it.facilitator and it.changes.offer is None:
        noted = ByTeamLead(did=Act.ASSIGN, at=aware(at), to=it.facilitator)
        it = offered(it, at)
        by_lead = (*it.changes.by_lead, noted)
        it = it.with_(changes=it.changes.model_copy(update={"by_lead": by_lead}))
    who = f"assigned{len(here.assigned) + 1}"
    it = it.with_(changes=it.changes.assigned_said(at))
    before = it.changes.restricted.assigned if it.changes.restricted else ()
    asked = Assigned(asked=one.model_copy(update={"id": who}), at=aware(at))
    return _with(it, assigned=(*before, asked)).move(Act.ASSIGN, at)


def decline(it: Conversation, at: datetime) -> Conversation:
    """They are not independent, or cannot: it goes back to the gatekeepers. Raises WrongStage."""
    here = it.changes.restricted
    if here is None or here.waits_for is None:
        raise WrongStage(it.id, Act.ASSIGN_DECLINED, it.stage)
    return it.move(Act.ASSIGN_DECLINED, at, changes=it.changes.assigned_said(at, no=True))


def taken(it: Conversation, at: datetime) -> Conversation:
    """They have declared independence and facilitate it; the same record where nobody is asked."""
    changes = it.changes.assigned_said(at, took=True)
    return it if changes is it.changes else it.with_(changes=changes)


def _with(it: Conversation, **how: object) -> Conversation:
    here = it.changes.restricted
    if here is None:
        return it
    restricted = here.model_copy(update=how)
    return it.with_(changes=it.changes.model_copy(update={"restricted": restricted}))


# ------------------------------------------------------------------------------------------------


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """While a facilitator is wanted: the gatekeepers are asked whom to ask, and then that one is;
    where there is no gatekeeper, somebody hears whom to ring."""
    here, wanted = it.changes.restricted, vacant(it)
    if here is None or wanted is None:
        return
    since, time = wanted
    found = gatekeepers(it)
    if not found:
        yield Owed(kind=Kind.NO_GATEKEEPER, to=_who_hears(it), cycle=time, due=since)
    asked = here.waits_for
    if asked is not None:
        yield Owed(kind=Kind.ASSIGNED, to=asked.asked.id, cycle="1", due=asked.at)
    else:
        last = here.assigned[-1].said if here.assigned else None
        due = max(since, here.since, last or since)
        cycle = f"{time}.{len(here.assigned)}"
        for one in found:
            yield Owed(kind=Kind.GATE_ASKED, to=one.id, cycle=cycle, due=due)
    yield from _nobody_yet(dates, it, since, time)


def _who_hears(it: Conversation) -> str:
    """Who can ring somebody: the facilitator who asks for another one, else who asked for it."""
    offer = it.changes.offer
    return it.facilitator if offer is not None and offer.left is None else it.requester.id


def _nobody_yet(dates: Dates, it: Conversation, since: datetime, time: str) -> Iterator[Owed]:
    """The gatekeepers are reminded; the team lead hears. Where the lead is a gatekeeper these are
    reminded once more, when the lead of any request hears. Then the requester hears, too."""
    office, timings, found = dates.office, dates.timings, gatekeepers(it)
    first = office.add_working_days(since, timings.pick_up_working_days)
    later = office.add_working_days(since, timings.team_lead_working_days)
    for one in found:
        yield Owed(kind=Kind.GATE_REMINDER, to=one.id, cycle=time, due=first)
    offer, lead = it.changes.offer, lead_apart(it)
    if offer is not None and offer.left is None:
        return  # Somebody facilitates it until another one does.
    if lead is not None:
        yield Owed(kind=Kind.GATE_LEAD, to=lead.id, cycle=time, due=first)
    else:
        for one in found:
            yield Owed(kind=Kind.GATE_REMINDER, to=one.id, cycle=f"{time}.2", due=later)
    if it.stage is Stage.AGREED and found:
        yield Owed(kind=Kind.STILL_LOOKING, to=it.requester.id, cycle="1", due=later)


def lead_apart(it: Conversation) -> Participant | None:
    """The team lead, where they are no gatekeeper of it, and not named in it."""
    lead = team_lead(it)
    if lead is None or any(is_same(lead, one) for one in gatekeepers(it)):
        return None
    return lead


def heard(dates: Dates, it: Conversation) -> Iterator[str]:
    """Who of the team has heard of one that was withdrawn before anybody had picked it up."""
    here = it.changes.restricted
    if here is None:
        return
    yield from (one.id for one in gatekeepers(it))
    yield from (one.asked.id for one in here.assigned if one.said is None)
    agreed, days = it.decided_at or it.stage_since, dates.timings.pick_up_working_days
    lead = lead_apart(it)
    if lead is not None and it.stage_since >= dates.office.add_working_days(agreed, days):
        yield lead.id
