"""What a message shows once its card was answered: the same card, where everybody may see it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.teams.teams_courier import Later, Since
from cards.kit.door import ForAll, ForThisClient, shown_to
from dialogs.turn.events import CardAction, Reply, Turn
from records.people import Reference
from scheduler.delivery.courier import Parcel
from scheduler.upkeep.tidying import Shows

Showed = Callable[[Turn, str, Reply, Shows], None]
"""Told at which message a reply's card is shown now, and what the message holds."""


class Messages(Protocol):
    """Updates of messages that are there, each in its line: `bot.teams.teams_courier`."""

    async def redraw(
        self,
        to: Reference,
        message_id: str,
        card: ForAll,
        summary: str,
        since: Since = None,
    ) -> bool:
        """The card that answers a tap, at once or not at all; whether the message has it."""
        ...

    async def answer(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        """Into a message that is there, for a client that takes its answer nowhere else. Raises
        NotAccepted, Refused or Ambiguous."""
        ...


def nobody_is_told(turn: Turn, message: str, reply: Reply, shows: Shows) -> None:
    """For a bot whose cards may stay as they are."""


class Redraws:
    """The updates that leave with a reply, and who is told what a message holds then."""

    def __init__(self, messages: Messages, showed: Showed) -> None:
        self._messages, self._showed = messages, showed
        self._leaving = set[asyncio.Task[None]]()

    def answered(self, turn: Turn, message: str, reply: Reply) -> None:
        """What everybody may see goes into the message as well, at the moment of the reply, which
        does not wait for it; what holds words of a story is for the client that tapped."""
        tapped = turn.event
        automatic = isinstance(tapped, CardAction) and tapped.automatic
        if reply.card is None or not message or automatic:
            return
        shown = shown_to(reply.card)
        if reply.private or not turn.personal or isinstance(shown, ForThisClient):
            self.told(turn, message, reply, Shows.TAPPED)
            return
        errand = asyncio.create_task(self._redrawn(turn, message, shown, reply))
        self._leaving.add(errand)
        errand.add_done_callback(self._leaving.discard)

    async def _redrawn(self, turn: Turn, message: str, card: ForAll, reply: Reply) -> None:
        place, said = turn.reference, reply.summary
        held = await self._messages.redraw(place, message, card, said, _later(reply))
        self.told(turn, message, reply, Shows.HELD if held else Shows.TAPPED)

    async def quiet(self) -> None:
        """Every update that is on its way has ended: when the process is asked to stop."""
        while self._leaving:
            await asyncio.wait(tuple(self._leaving))

    def told(self, turn: Turn, message: str, reply: Reply, shows: Shows) -> None:
        """Only a card in somebody's own chat can hold a story; a sentence leaves the card there."""
        if message and reply.card is not None and turn.personal:
            self._showed(turn, message, reply, shows)


def _later(reply: Reply) -> Since:
    """What the record shows later than this reply, as a message may hold it."""
    look = reply.since
    if look is None:
        return None

    async def since() -> Later | None:
        now = await look()
        shown = shown_to(now.card) if now is not None and now.card is not None else None
        card = shown if isinstance(shown, ForAll) else None
        return None if now is None else Later(card, now.summary)

    return since
