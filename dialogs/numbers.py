"""`my number 01473 …`: the number somebody can be rung on, said once and remembered.

It stands on a card wherever somebody in one of their conversations is asked to ring them, and
nowhere else. What they gave as their contact in a request stays in that request.
"""

import re
from functools import partial
from typing import Final

from cards.changes import ringing as cards
from cards.kit.who import number_in
from cards.wording import wording
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from dialogs.turn.route import Command, Spoken
from records.conversation.conversation import Conversation
from records.people import Person
from records.register.projections import own_entries
from records.register.register import Deed
from records.stages import Act, Stage

MOST: Final = 60
"""Characters of a number, at most: fifteen digits with what stands between them, and an extension.
It stands on other people's cards."""
OVER: Final = frozenset({Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN, Stage.ENDED})
"""Nobody is rung about these any more."""


async def keep(context: Context, number: str) -> None:
    """Theirs from now on, also in the conversations they are in. Raises StoreError."""
    person, services = context.person, context.services
    await services.directory.remember(person.key, {"contact": number})
    context.person = person.model_copy(update={"contact": number})
    deed = Deed(Act.MY_NUMBER, person.mark, context.now)
    entries = [one async for one in own_entries(services.store, *person.keys)]
    for one in entries:
        it = await context.record(one.conversation)
        if it is not None and _with_number(it, person, number) is not it:
            change = partial(_with_number, person=person, number=number)
            await services.register.change(it.id, deed, change)


def _with_number(it: Conversation, person: Person, number: str) -> Conversation:
    """The record with their number; the same one where it has it, or where it is over."""
    theirs = {one.id for one in it.present if one.is_person(person) and one.contact != number}
    if not theirs or it.stage in OVER:
        return it
    people = (
        one.model_copy(update={"contact": number}) if one.id in theirs else one for one in it.people
    )
    return it.with_(people=tuple(people))


async def _say(context: Context, typed: str) -> Reply:
    """Typed with a number, or with none: it is taken away."""
    number = number_in(typed) if len(typed) <= MOST else ""
    if not number and not typed.isalpha():
        return Reply(cards.not_a_number(), wording.MY_NUMBER)
    await keep(context, number)
    return Reply(cards.number_known(number, changed=True), wording.MY_NUMBER)


async def _show(context: Context) -> Reply:
    """What is known, who sees it, and how it is changed."""
    known = number_in(context.person.contact)
    return Reply(cards.number_known(known), wording.MY_NUMBER)


COMMANDS: Final = (Command(("my number", "my phone number", "my phone"), _show),)
SPOKEN: Final = (
    Spoken(
        re.compile(
            r"my (?:phone |telephone |work )?(?:number|phone)(?: is)?:?\s+"
            r"(?P<found>[+(]?\d[\d ()./+-]*(?:\s*(?:ext|x)\.?\s*\d{1,6})?|none|remove)[.!]?",
            re.IGNORECASE,
        ),
        _say,
    ),
)
