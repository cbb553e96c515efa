"""Somebody who cannot be reached: who hears of it."""

from collections.abc import Iterator

from records.changes.restricting import gatekeepers
from records.conversation.conversation import Conversation, Unreached
from records.conversation.dates import Dates
from records.feedback.readers import PRACTICE, of_feedback, part_of
from records.outbox.prompt import CHANNEL, Kind, Owed
from records.people import same_mail


def owed(_: Dates, it: Conversation) -> Iterator[Owed]:
    """The requester hears of it, alone until the manager agreed; then the team does, or whoever
    picked it up."""
    for note in it.unreached:
        if not note.still:
            continue
        for to in dict.fromkeys(_told(it, note)):
            if to != note.who:
                yield Owed(
                    kind=Kind.NOT_REACHED,
                    to=to,
                    cycle=str(note.times),
                    due=note.since,
                    about=note.who,
                )


def _told(it: Conversation, note: Unreached) -> Iterator[str]:
    """A facilitator who was merely told of the conversation is the team's own matter, and nobody's
    once somebody has picked it up."""
    asked = (*it.changes.called, *(one.asked for one in it.changes.seconds))
    if any(one.id == note.who for one in asked):
        yield it.facilitator
        return
    if it.decided_at is None:
        yield it.requester.id
        return
    reader = next((one for one in it.reading.readers if one.id == note.who), None)
    if reader is not None and part_of(reader) != PRACTICE:
        # Who reads what they said is nothing that those who came have to see to.
        others = [one.id for one in of_feedback(it) if one.id != note.who]
        yield from others or (it.facilitator,)
        return
    if it.changes.restricted is not None and (found := _of_few(it, note)) is not None:
        yield from found
        return
    team = [one.id for one in it.told]
    lead = it.team_lead.id if it.team_lead else ""
    if note.who not in (*team, lead):
        yield it.requester.id
    if not it.facilitator:
        yield from (CHANNEL, *team)
    elif note.who not in (*team, lead):
        yield _facilitator(it, note)


def _of_few(it: Conversation, note: Unreached) -> tuple[str, ...] | None:
    """Who hears it of a restricted one that nobody facilitates yet, or of those who are to see to
    that: the gatekeepers, or whoever is left, and never the team; None: as of any other."""
    here, keepers = it.changes.restricted, tuple(one.id for one in gatekeepers(it))
    asked = [one.asked.id for one in here.assigned] if here is not None else []
    others = tuple(one for one in keepers if one != note.who)
    if note.who in (*asked, *keepers):
        return others or (it.facilitator or it.requester.id,)
    lead = it.team_lead.id if it.team_lead else ""
    if it.facilitator or note.who == lead:
        return None if it.facilitator else others
    return (it.requester.id, *others)


def _facilitator(it: Conversation, note: Unreached) -> str:
    """Who heard of it as one of the team, and then picked it up, is not told a second time."""
    me = it.person(it.facilitator)
    if me is None or it.picked_up_at is None or note.since > it.picked_up_at:
        return it.facilitator
    before = (one.id for one in it.told if same_mail(one.mail, me.mail))
    return next(before, it.facilitator)
