"""*Someone else is now…*: by the facilitator for anybody, by anybody for their own place.

Source: pathway, safety and practice rules: anyone can be replaced at any stage.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.changes import people_change as cards
from cards.kit.who import among
from cards.preparation import coming
from cards.wording import wording
from dialogs.flow.flow import Flow, NotOpen, Step
from dialogs.turn.access import NotNow, Right, Role, attendee, may, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from dialogs.turn.route import Command
from records.conversation.conversation import Conversation
from records.conversation.replacing import replace
from records.drafts import Draft
from records.people import Part, Participant, PersonKey
from records.register.projections import naming, own_entries
from records.stages import Act, Stage, WrongStage


def places(context: Context, it: Conversation) -> tuple[Participant, ...]:
    """The places this person may pass on: the facilitator every one, everybody else their own."""
    people = tuple(one for one in it.present if one.part is not Part.FACILITATOR)
    if Role.FACILITATOR in roles(context.who, it):
        return people
    return tuple(one for one in people if context.is_person(one))


class SomeoneElseFlow(Flow):
    """One card: whose place, and who has it now."""

    name: ClassVar[str] = "someone-else"
    back_to: ClassVar[str] = "request.mine"
    title = staticmethod(lambda: wording.SOMEONE_ELSE)
    right: ClassVar[Right | None] = Right.REPLACE
    steps: ClassVar[tuple[Step, ...]] = (
        Step("someone", cards.SomeoneElse, cards.someone_else, cards.FIELDS),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """With the place filled in where there is only one, and its agency."""
        there = places(context, context.it)
        if not there:
            raise NotNow(context.it, Right.REPLACE)
        answers: dict[str, Any] = {}
        if len(there) == 1:
            only = there[0]
            answers = {
                "whose": only.id,
                "new_agency": only.agency,
                "new_attending": only.attending.value,
            }
        return self.draft(context, answers)

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whose place it may be."""
        it = context.it
        return {"people": among(places(context, it)), "reference": it.reference}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """The new person has the place, and what is open goes to them."""
        wanted = cards.SomeoneElse.model_validate(draft.answers)
        key = await context.services.directory.certain(wanted.new_mail)
        try:
            it = await context.change(
                Act.REPLACE, lambda now: _replaced(context, now, wanted, key), submission=submission
            )
        except NotNow as lost:
            if not context.may(Right.REPLACE):
                raise
            raise NotOpen(Reply(cards.not_possible(lost.it), wording.SOMEONE_ELSE)) from None
        return Reply(cards.done(it), wording.SOMEONE_ELSE)


def _replaced(
    context: Context, it: Conversation, wanted: cards.SomeoneElse, key: PersonKey
) -> Conversation:
    if wanted.whose not in {one.id for one in places(context, it)}:
        raise WrongStage(it.id, Act.REPLACE, it.stage)
    facilitates = Role.FACILITATOR in roles(context.who, it)
    new = Participant(
        id="",
        part=Part.OTHER,
        name=wanted.new_name,
        role=wanted.new_role,
        agency=wanted.new_agency,
        mail=wanted.new_mail,
        contact=wanted.new_contact,
        key=key,
        attending=wanted.new_attending,
        named_by=it.facilitator if facilitates else wanted.whose,
    )
    return replace(it, context.now, wanted.whose, new)


AT_ONCE: Final = 20
"""Conversations looked at side by side for the typed command."""


async def named_in(context: Context, right: Right, *, stopped: bool = False) -> list[Conversation]:
    """The conversations in which somebody has this right, by what they are in each; with `stopped`
    also those in which they would have it if messages were not stopped.

    Looked at are those that name them, by key or by an address that the platform gave; what they
    are there, the record says.
    """
    store, person = context.services.store, context.person
    await context.has_left()
    ids = [one.conversation async for one in own_entries(store, *person.keys)]
    ids += await naming(store, person.mails)
    ids = list(dict.fromkeys(ids))
    found: list[Conversation] = []
    for start in range(0, len(ids), AT_ONCE):
        read = await asyncio.gather(*map(context.record, ids[start : start + AT_ONCE]))
        asked = ((it, _going_on(it) if stopped else it) for it in read if it)
        found += [it for it, as_if in asked if may(context.who, as_if, right)]
    return found


def _going_on(it: Conversation) -> Conversation:
    """As it would be if its messages were not stopped."""
    return it.with_(changes=it.changes.model_copy(update={"pauses": ()}))


async def _with_a_place(context: Context) -> list[Conversation]:
    """The conversations in which somebody has a place to pass on."""
    return [it for it in await named_in(context, Right.REPLACE) if places(context, it)]


async def _which(context: Context) -> Reply:
    """Typed `someone else`."""
    return Reply(cards.which(await _with_a_place(context)), wording.SOMEONE_ELSE)


async def cannot_come(context: Context) -> Reply:
    """Somebody wrote that they cannot come: what can be done about each date they are expected on,
    the next one first. Nothing is changed by it, and nobody told."""
    booked = [it for it in await _with_a_place(context) if it.stage is Stage.BOOKED]
    booked.sort(key=lambda it: it.booking.start if it.booking else it.created)
    every = [(it, Role.FACILITATOR in roles(context.who, it)) for it in booked]
    mine = [(it, leads) for it, leads in every if leads or attendee(context.who, it) is not None]
    if len(mine) == 1 and not mine[0][1]:
        # As on the invitation itself.
        return Reply(coming.cannot(mine[0][0], context.services.zone), wording.CANNOT_COME)
    return Reply(cards.cannot_come(mine, context.services.zone), wording.CANNOT_COME)


COMMANDS: Final = (Command(("someone else",), _which),)
