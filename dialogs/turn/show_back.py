"""Typed text shown back on a card, as plain text, so that it can be copied: never lost."""

from collections.abc import Sequence
from dataclasses import replace

from cards.elements import MAX_BYTES, append_texts, size
from cards.forms import shortened
from cards.wording import wording
from dialogs.turn.events import Reply


def with_texts(reply: Reply, texts: Sequence[str], heading: str | None = None) -> Reply:
    """The reply with these texts at its end; where they do not fit, the beginning of each."""
    if not texts or reply.card is None:
        return reply
    above = wording.KEPT_HEADING if heading is None else heading
    for limit in (100_000, 4_000, 1_000, 300, 100):
        card = append_texts(reply.card, above, [shortened(text, limit)[0] for text in texts])
        if size(card) <= MAX_BYTES:
            return replace(reply, card=card)
    return reply
