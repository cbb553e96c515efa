"""Another manager before a date is booked: who hears of it."""

from collections.abc import Iterator
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.manager.naming import former_managers, handed_by
from records.outbox.prompt import Kind, Owed
from records.people import Participant
from records.stages import Stage

BEFORE_BOOKING: Final = frozenset({Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP})


def owed(_: Dates, it: Conversation) -> Iterator[Owed]:
    """While it waits, the one before hears that nothing is needed of them any more, unless they
    handed it over themselves, of which the requester hears. After the agreement, all hear who it
    is now."""
    if it.stage not in BEFORE_BOOKING:
        return
    corrected = {one.old for one in it.changes.replaced if one.corrected}
    for before, after in former_managers(it):
        if before.id in corrected:
            continue
        if it.decided_at is None or (after.joined and after.joined < it.decided_at):
            yield from _while_it_waits(it, before, after)
        else:
            yield from _after_the_agreement(it, before, after)


def _while_it_waits(it: Conversation, before: Participant, after: Participant) -> Iterator[Owed]:
    if before.left is None:
        return
    if handed_by(it, after) is not None:
        to, kind = it.requester.id, Kind.DEPUTY_ASKED
    elif never_reached(it, before) or before.is_also(it.manager):
        return
    else:
        to, kind = before.id, Kind.NOT_NEEDED
    yield Owed(kind=kind, to=to, cycle=after.id, due=before.left, about=after.id)


def _after_the_agreement(
    it: Conversation, before: Participant, after: Participant
) -> Iterator[Owed]:
    if after.id != it.manager.id or after.joined is None:
        return
    told = [after.id, *([it.facilitator] if it.facilitator else [])]
    if not never_reached(it, before):
        told.append(before.id)
    for to in told:
        yield Owed(kind=Kind.MANAGER_NOW, to=to, cycle=after.id, due=after.joined, about=after.id)


def never_reached(it: Conversation, one: Participant) -> bool:
    """Who never got the request need not hear that it is not theirs any more."""
    return any(note.who == one.id and note.still for note in it.unreached)
