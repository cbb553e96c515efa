"""What a facilitator does when plans change: one card with every way there is."""

from collections.abc import Sequence

from microsoft_teams.cards import Action

from cards import wording
from cards.elements import Card, act, small
from cards.notes import note
from records.conversation import Conversation


def changed(it: Conversation) -> Action:
    """*Something has changed*, on every card of a facilitator's."""
    return act(wording.CHANGED, "changes.see", {"conversation": it.id})


def menu(it: Conversation, ways: Sequence[tuple[str, str, str]]) -> Card:
    """The ways that are open now, as (title, verb, flow)."""
    actions = [
        act(title, verb, {"conversation": it.id, **({"flow": flow} if flow else {})})
        for title, verb, flow in ways
    ]
    return note(wording.CHANGED_TITLE.format(reference=it.reference), actions=actions)


def facilitating(found: Sequence[Conversation]) -> Card:
    """The conversations of one facilitator, newest first; at most five."""
    if not found:
        return note(wording.FACILITATING_TITLE, wording.FACILITATING_NONE)
    rows = [f"{it.reference}: {wording.FACILITATOR_STATUS[it.stage]}" for it in found[:5]]
    more = len(found) - 5
    actions = [
        act(
            wording.OPEN_ONE.format(reference=it.reference), "changes.open", {"conversation": it.id}
        )
        for it in found[:5]
    ]
    extra = [small(wording.MORE_REQUESTS.format(count=more))] if more > 0 else []
    return note(wording.FACILITATING_TITLE, *rows, extra=extra, actions=actions)
