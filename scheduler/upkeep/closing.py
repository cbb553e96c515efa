"""Closes every message about a conversation before what it is about is removed."""

from collections.abc import AsyncIterator

from records.conversation.snapshot import Snapshot
from records.people import Reference
from records.shown_cards import ShownCards
from records.store.contract import Store
from scheduler.delivery.courier import Ambiguous, Courier, Moved, NotAccepted, Parcel, Refused
from scheduler.delivery.reach import Reach


class Closing:
    """Puts one card in place of all that stands in anybody's chat about a conversation."""

    def __init__(self, store: Store, reach: Reach, courier: Courier) -> None:
        self._shown, self._reach, self._courier = ShownCards(store), reach, courier

    async def closed(self, file: Snapshot, parcel: Parcel, *, every: bool) -> bool:
        """Whether each of them holds this card now, or never will; `every` message, or the cards
        with a story alone. False is worth another try. Raises StoreError."""
        done = True
        async for place, message in self._messages(file, every=every):
            done &= await self.replaced(place, message, parcel)
        return done

    async def _messages(
        self, file: Snapshot, *, every: bool
    ) -> AsyncIterator[tuple[Reference, str]]:
        it = file.conversation
        for prompt, _ in file.prompts.values() if every else ():
            if prompt.message_id:
                place, _ = await self._reach.known(prompt.to, it.person(prompt.to))
                if place is not None:
                    yield place, prompt.message_id
        for shown in await self._shown.of(it.id):
            yield shown.place, shown.message

    async def replaced(self, place: Reference, message: str, parcel: Parcel) -> bool:
        """Whether one message holds this card now, or never will."""
        try:
            try:
                await self._courier.replace(place, message, parcel)
            except Moved as moved:
                await self._courier.replace(moved.to, message, parcel)
        except (NotAccepted, Ambiguous):
            return False
        except Refused:
            return True  # It is there no more, or Teams will never take it.
        return True
