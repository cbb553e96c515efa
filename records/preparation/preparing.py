"""Getting ready: what people say before the conversation, and what is still open for each.

Ready is who knows who it is about, whose manager knows, and who accepted the agreement; the lead
worker has settled who tells the family, and is asked that first. Ticks help their owner and count
for nothing. Who is no longer expected says nothing more: `WrongStage`. Source: pathway, steps 5
and 6.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.one_each import one_each, places
from records.conversation.readiness import (
    Ask,
    NotYet,
    Point,
    Readiness,
    Telling,
    Told,
    Warned,
    Wishes,
    WouldHelp,
)
from records.people import Part, Participant
from records.stages import Act, WrongStage

LETS_KNOW: Final = frozenset({Point.FAMILY, Point.SUPPORT})
"""The points that speak to the family."""


def readiness_of(it: Conversation, who: str) -> Readiness:
    """What this person said so far."""
    return next((one for one in it.readiness if one.who == who), Readiness(who=who))


def attendees(it: Conversation) -> tuple[Participant, ...]:
    """Those who come, each once, in the order they were named."""
    coming = it.booking.coming if it.booking else ()
    return one_each(it, (one for one in it.present if one.id in coming))


def asked(it: Conversation, who: str) -> tuple[Ask, ...]:
    """What is asked of this person.

    The requester knows who it is about, and their manager agreed; a manager is not asked about
    the manager. The facilitator only accepts their own part of the agreement.
    """
    person = it.person(who)
    part = person.part if person else None
    found = [Ask.FAMILY] if who == it.lead else []
    if part not in (Part.REQUESTER, Part.FACILITATOR):
        found.append(Ask.WHO)
    if part not in (Part.REQUESTER, Part.MANAGER, Part.FACILITATOR):
        found.append(Ask.MANAGER)
    found.append(Ask.AGREEMENT)
    return tuple(found)


def still_open(it: Conversation, who: str) -> tuple[Ask, ...]:
    """What is asked of this person and not yet done; none of it, and they are ready."""
    have = readiness_of(it, who)
    done = {
        Ask.WHO: have.knows,
        Ask.MANAGER: have.manager_knows,
        Ask.AGREEMENT: have.accepted,
        Ask.FAMILY: it.telling,
    }
    return tuple(one for one in asked(it, who) if done[one] is None)


def tells(it: Conversation, who: str) -> str:
    """Who tells this person who it is about: the lead worker; the lead worker, the requester."""
    return it.requester.id if who == it.lead else it.lead


def warned(it: Conversation) -> Warned | None:
    """What everybody is to keep to with the family, until the lead worker settles it otherwise."""
    return it.telling.warns if it.telling else Warned.OPEN


def can_settle(it: Conversation) -> bool:
    """Whether who tells the family can be settled, or settled otherwise: from the first booking to
    the end, also while another date is being found. Before it there is no lead worker yet."""
    return it.booking is not None and it.allows(Act.TELLING)


def points(it: Conversation, who: str) -> tuple[Point, ...]:
    """The preparation points of this person: letting the family know, and what to tell them, is the
    lead worker's alone, and nobody's where the family, or some of them, must not know."""
    lets_know = who == it.lead and warned(it) in (None, Warned.OPEN)
    return tuple(one for one in Point if one not in LETS_KNOW or lets_know)


def asks_family(it: Conversation, today: date) -> str:
    """Who asks the family for their views, for everybody: who tells them where they come, else the
    lead worker. Empty until the family knows: they have been told, or the day for it has passed,
    and whoever was to tell them knows whether they did.
    """
    telling = it.telling
    if telling is None or telling.how not in (Told.TOLD, Told.WILL_BE):
        return ""
    if telling.how is Told.WILL_BE and (telling.on is None or today <= telling.on):
        return ""
    mine = places(it, telling.teller) if telling.teller else ()
    return next((one.id for one in attendees(it) if one.id in mine), it.lead)


def tick(
    it: Conversation, at: datetime, who: str, had: Collection[Point], now: Collection[Point]
) -> Conversation:
    """Their ticks, changed as this card changed them: `had` is what it showed, `now` what it sent.

    An older copy of the card so undoes nothing that was ticked on a newer one.
    """
    have = set(readiness_of(it, who).ticks)
    wanted = (have | (set(now) - set(had))) - (set(had) - set(now))
    if wanted == have:
        return it
    ticks = tuple(one for one in Point if one in wanted)
    return noted(it, Act.PREPARE, at, who, ticks=ticks)


def knows_who(it: Conversation, at: datetime, who: str) -> Conversation:
    """They know who it is about."""
    if readiness_of(it, who).knows is not None:
        return it
    return noted(it, Act.KNOWS_WHO, at, who, knows=aware(at))


def does_not_know(it: Conversation, at: datetime, who: str) -> Conversation:
    """They do not know yet; once a booking whoever tells them is asked to."""
    cycle = it.booking.cycle if it.booking else 0
    before = readiness_of(it, who)
    told = before.not_yet is not None and before.not_yet.cycle == cycle
    if told and before.knows is None:
        return it
    note = before.not_yet if told else NotYet(at=aware(at), cycle=cycle)
    return noted(it, Act.NOT_YET, at, who, knows=None, not_yet=note)


def manager_knows(it: Conversation, at: datetime, who: str) -> Conversation:
    """Their manager knows that they are coming."""
    if readiness_of(it, who).manager_knows is not None:
        return it
    return noted(it, Act.MANAGER_KNOWS, at, who, manager_knows=aware(at))


def accept(it: Conversation, at: datetime, who: str) -> Conversation:
    """They accept the agreement; the first time counts."""
    if readiness_of(it, who).accepted is not None:
        return it
    return noted(it, Act.ACCEPT, at, who, accepted=aware(at))


def talk_about_agreement(it: Conversation, at: datetime, who: str) -> Conversation:
    """They want to talk first: the facilitator hears of it once, and it stays open."""
    before = readiness_of(it, who)
    if before.talks or before.accepted is not None:
        return it
    return noted(it, Act.TALK_AGREEMENT, at, who, talks=(*before.talks, aware(at)))


def would_help(it: Conversation, at: datetime, who: str, *, there: bool) -> Conversation:
    """They write what would help them take part, or take it back: the facilitator hears of it each
    time that it is there."""
    before = readiness_of(it, who).would_help
    times = before.times if before else 0
    have = WouldHelp(at=aware(at), times=times + 1 if there else times, there=there)
    return noted(it, Act.PREPARE, at, who, would_help=have)


def settle_telling(it: Conversation, at: datetime, telling: Telling) -> Conversation:
    """Who tells the family, or that nobody does; the lead worker's alone, to be changed until the
    end.

    `at` and `since` stay those of the first time: saying it again tells nobody anew. Whoever was to
    tell them remains the one who asks them.
    """
    if telling.by != it.lead or not can_settle(it):
        raise WrongStage(it.id, Act.TELLING, it.stage)
    before, known = it.telling, dict[str, object]()
    if before is None or before.warns is not telling.warns:
        known = {"since": aware(at), "changes": before.changes + 1 if before else 0}
    else:
        known = {"since": before.since, "changes": before.changes}
    if before is not None and before.how is telling.how:
        known["at"] = before.at
    if before is not None and telling.how is Told.TOLD:
        known["teller"] = before.teller
    return it.move(Act.TELLING, at, telling=telling.model_copy(update=known))


def say_wishes(it: Conversation, at: datetime, wishes: Wishes) -> Conversation:
    """What an adult wants, as the lead worker knows it; what is left out is said no more."""
    if not can_settle(it):
        raise WrongStage(it.id, Act.TELLING, it.stage)
    return it.move(Act.TELLING, at, wishes=wishes if wishes != Wishes() else None)


def noted(it: Conversation, act: Act, at: datetime, who: str, **changes: object) -> Conversation:
    """With more known of how far this person is. Raises WrongStage where nobody expects them."""
    coming = it.booking.coming if it.booking else ()
    second = it.changes.second
    if who not in (*coming, it.lead, it.facilitator, second.asked.id if second else ""):
        raise WrongStage(it.id, act, it.stage)
    mine = readiness_of(it, who).model_copy(update=changes)
    others = tuple(one for one in it.readiness if one.who != who)
    return it.move(act, at, readiness=(*others, mine))
