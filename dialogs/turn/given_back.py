"""What could not be kept is given back: shown on the card, or left where its writer sees it anyway.

What was typed into the chat stands there, in its writer's own message; a second one of ours with
the same words would stay in the chat as well. So a sentence says where they are.
"""

from collections.abc import Sequence
from dataclasses import replace

from cards.kit.elements import with_note
from cards.wording import wording
from dialogs.turn.events import Event, FileSent, Message, Reply, with_texts


def given_back(
    reply: Reply, texts: Sequence[str], event: Event, *, heading: str = "", above: str = ""
) -> Reply:
    """The reply with these texts under the heading; for those that the event itself typed, the
    sentence `above` on top."""
    typed = _plain(event.text) if isinstance(event, Message | FileSent) else ""
    others = [one for one in texts if not typed or _plain(one) not in typed]
    if len(others) < len(texts) and reply.card is not None:
        reply = replace(reply, card=with_note(reply.card, above or wording.TYPED_ABOVE))
    return with_texts(reply, others, heading or None)


def _plain(text: str) -> str:
    return " ".join(text.split())
