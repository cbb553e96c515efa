"""From a turn's reply to the card that stands in somebody's chat now."""

from collections.abc import Callable

from dialogs.turn.events import CardAction, Reply, Turn
from scheduler.tidying import Seen, Tidier


def showed(tidier: Tidier) -> Callable[[Turn, str, Reply], None]:
    """Tells the tidier which message holds which card, and which conversation's it was before."""

    def tell(turn: Turn, message: str, reply: Reply) -> None:
        data = turn.event.data if isinstance(turn.event, CardAction) else {}
        before = data.get("conversation")
        before = before[:36] if isinstance(before, str) else ""
        if reply.card is not None:
            tidier.saw(Seen(turn.actor.key, turn.reference, message, reply.card, before))

    return tell
