"""What the team lead does in a facilitator's place, who may be ill: move, call off, hand over.

The facilitator is told, and everybody else as when the facilitator does it. The story, the feedback
and the document stay closed to the team lead: they have no right to any of these.
"""

from collections.abc import Callable

from dialogs.turn.access import Role, roles
from dialogs.turn.context import Context
from records.changes.handing_over import by_team_lead
from records.conversation.conversation import Conversation
from records.people import Participant
from records.stages import Act

Change = Callable[[Conversation], Conversation]


def leads_it(context: Context, it: Conversation) -> bool:
    """Whether the one who acts is here as the team lead, and not as its facilitator."""
    theirs = roles(context.who, it)
    return Role.TEAM_LEAD in theirs and Role.FACILITATOR not in theirs


async def the_lead(context: Context) -> Participant | None:
    """The team lead, by the name and number that are known of them."""
    lead = context.services.team_lead
    person = await context.services.directory.named(lead) if lead is not None else None
    if lead is None or person is None:
        return lead
    return lead.model_copy(update={"name": person.name, "contact": person.contact})


def told_by(context: Context, act: Act, change: Change) -> Change:
    """The change; where the team lead makes it, the facilitator is told."""

    def with_word(now: Conversation) -> Conversation:
        after = change(now)
        if not leads_it(context, now):
            return after
        lead = now.team_lead or context.services.team_lead
        known = {"name": context.person.name, "contact": context.person.contact}
        by = lead.model_copy(update=known) if lead is not None else None
        return by_team_lead(now, after, context.now, act, by)

    return with_word
