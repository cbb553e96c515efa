"""Typed text shown back on a card, as plain text, so that it can be copied: never lost."""

from collections.abc import Sequence
from dataclasses import replace

from cards import wording
from cards.elements import MAX_BYTES, append_texts, size
from cards.forms import shortened
from dialogs.events import Reply


def with_texts(reply: Reply, texts: Sequence[str], heading: str = wording.KEPT_HEADING) -> Reply:
    """The reply with these texts at its end; where they do not fit, the beginning of each."""
    if not texts or reply.card is None:
        return reply
    for limit in (100_000, 4_000, 1_000, 300, 100):
        card = append_texts(reply.card, heading, [shortened(text, limit)[0] for text in texts])
        if size(card) <= MAX_BYTES:
            return replace(reply, card=card)
    return reply
