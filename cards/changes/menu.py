"""What a facilitator does when plans change: one card with every way there is."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, row_of, small
from cards.kit.forms import Sentence, text_of
from cards.kit.notes import note
from cards.wording import wording
from records.conversation.conversation import Conversation

Way = tuple[Sentence, str, str]
"""A title, its verb, and the flow it opens, if any."""


def menu(it: Conversation, groups: Sequence[tuple[Sentence, Sequence[Way]]]) -> Card:
    """The ways that are open now, under a word each for what they are about."""
    rows: list[CardElement] = []
    for heading, ways in groups:
        if ways:
            rows += [small(text_of(heading), gap=True), row_of(*(_tap(it, way) for way in ways))]
    back = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})
    title = wording.CHANGED_TITLE.format(reference=it.reference)
    return note(title, extra=rows, actions=[back])


def _tap(it: Conversation, way: Way) -> Action:
    title, verb, flow = way
    return act(text_of(title), verb, {"conversation": it.id, **({"flow": flow} if flow else {})})


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
