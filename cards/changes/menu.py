"""What a facilitator does when plans change: one card with every way there is."""

from collections.abc import Sequence
from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, para, row_of, small
from cards.kit.forms import Sentence, text_of
from cards.kit.notes import note, stands_for_facilitator
from cards.wording import wording
from records.conversation.conversation import Conversation

Way = tuple[Sentence, str, str]
"""A title, its verb, and the flow it opens, if any."""
MOST: Final = 4
"""Conversations on one page: a card takes six buttons."""


def menu(it: Conversation, groups: Sequence[tuple[Sentence, Sequence[Way]]]) -> Card:
    """The ways that are open now, under a word each for what they are about."""
    rows: list[CardElement] = []
    for about, ways in groups:
        if ways:
            rows += [small(text_of(about), gap=True), row_of(*(_tap(it, way) for way in ways))]
    back = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})
    title = wording.CHANGED_TITLE.format(reference=it.reference)
    return note(title, extra=rows, actions=[back])


def _tap(it: Conversation, way: Way) -> Action:
    title, verb, flow = way
    return act(text_of(title), verb, {"conversation": it.id, **({"flow": flow} if flow else {})})


def facilitating(waits: Sequence[Conversation], rest: Sequence[Conversation], begin: int) -> Card:
    """The conversations of one facilitator, what waits for them first; a page of both together,
    from the one at `begin`."""
    every, end = (*waits, *rest), begin + MOST
    if not every:
        return note(wording.FACILITATING_TITLE, wording.FACILITATING_NONE)
    shown, waiting = every[begin:end], waits[begin:end]
    rows: list[CardElement] = []
    for number, it in enumerate(shown):
        if waits and number in (0, len(waiting)):
            about = wording.WAITS_TITLE if number < len(waiting) else wording.FACILITATING_REST
            rows.append(small(about, gap=True))
        rows.append(para(stands_for_facilitator(it)))
    actions = [
        act(
            wording.OPEN_ONE.format(reference=it.reference), "changes.open", {"conversation": it.id}
        )
        for it in shown
    ]
    left = len(every) - end
    if left > 0:
        title = wording.SHOW_NEXT.format(count=min(left, MOST))
        actions.append(act(title, "changes.mine", {"begin": end}))
    return note(wording.FACILITATING_TITLE, extra=rows, actions=actions)
