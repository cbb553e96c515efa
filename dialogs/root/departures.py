"""Somebody leaves their place: what they had begun to write about the conversation is put away.

A draft holds the story, and their right to it went with the place. What they may still do, such as
giving feedback on what they came to, stays.
"""

from collections.abc import Mapping

from dialogs.flow.flow import Flow
from dialogs.turn.access import Who, is_theirs
from dialogs.turn.context import Context
from records.people import Person
from records.request import Participant


async def put_away(context: Context, flows: Mapping[str, Flow]) -> None:
    """For everybody who has lost a place by this turn. Raises StoreError."""
    for one in context.departed:
        person = await _find(context, one)
        if person is not None:
            await _drafts_of(context, flows, person)


async def _find(context: Context, one: Participant) -> Person | None:
    directory = context.services.directory
    found = await directory.find(one.key) if one.key else None
    return found or await directory.find_by_mail(one.mail)


async def _drafts_of(context: Context, flows: Mapping[str, Flow], person: Person) -> None:
    it = context.it
    drafts, who = context.services.drafts, Who(person, context.services.practice_team)
    theirs = [
        one.draft async for one in drafts.all_of(person.key) if one.draft.conversation == it.id
    ]
    for draft in theirs:
        flow = flows.get(draft.flow)
        if flow is not None and flow.right is not None and not is_theirs(who, it, flow.right):
            await drafts.discard(draft)
