"""A person's devices: each shows its own, and only what was tapped on it takes the card back.

Sources: Teams, "User Specific Views" (the answer goes to the client that asked),
microsoft-365-agents-toolkit #11071 (a reload or a reaction brings the message's card back),
msteams-docs #13924 (dead `Action.Execute`), AdaptiveCards #8585 (`associatedInputs` ignored).
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.teams import drawn
from tests.teams.line import Again, Answered
from tests.teams.places import ADAPTIVE_CARD, Card, Message
from tests.teams.screens import Redrawn, Screen

if TYPE_CHECKING:
    from tests.teams.people import Person

PATIENCE: Final = 5.0
"""Seconds somebody waits for a button to appear."""
THINKS: Final = 2.0
"""Seconds of the clock that somebody takes before each tap and each message."""
REFRESHES: Final = 60.0
"""Seconds between two automatic refreshes of a card. Source: Teams, "User Specific Views"."""
TEXT: Final = "application/vnd.microsoft.activity.message"


class NotThere(AssertionError):
    """There is no such button, field or choice on the screen."""


class Blocked(Exception):
    """The client did not send the tap: a required field is empty. Holds the field's id."""


@dataclass(eq=False)
class Device:
    """A client. `executes` is false where its `Action.Execute` is dead, `associates` where it sends
    all inputs whatever the button says."""

    person: "Person"
    name: str
    executes: bool = True
    associates: bool = True
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    _own: dict[str, Card] = field(default_factory=dict)
    _tapped: dict[str, float] = field(default_factory=dict)
    _refreshed: dict[str, float] = field(default_factory=dict)
    _last: dict[str, Any] = field(default_factory=dict)

    # What is on the screen ---------------------------------------------------------------------

    def screens(self) -> Iterator[Screen]:
        """Every card of the chat as it is shown here, oldest first."""
        for message in self.person.place.standing():
            card = self._own.get(message.id) or message.now.card
            if card is not None:
                yield Screen(message, card)

    @property
    def shown(self) -> list[str]:
        """What each card says, oldest first."""
        return [drawn.texts(one.card) for one in self.screens()]

    @property
    def buttons(self) -> list[str]:
        """Everything that can be tapped, oldest first."""
        return [title for one in self.screens() for title in drawn.buttons(one.card)]

    @property
    def newest(self) -> Screen:
        """The last card of the chat."""
        return list(self.screens())[-1]

    async def sees(self, words: str) -> str:
        """What the newest card says that has these words; waits for it."""
        found = await self._until(lambda one: words in drawn.texts(one.card))
        if found is None:
            raise NotThere(f"{self.label} sees no {words!r} in:\n" + "\n---\n".join(self.shown))
        return drawn.texts(found.card)

    async def finds(self, title: str, on: str = "") -> tuple[Screen, dict[str, Any]]:
        """The newest card with this button, and with these words; waits for it."""
        found = await self._until(
            lambda one: drawn.find(one.card, title) is not None and on in drawn.texts(one.card)
        )
        pressed = drawn.find(found.card, title) if found is not None else None
        if found is None or pressed is None:
            raise NotThere(f"{self.label} has no {title!r} on:\n" + "\n---\n".join(self.shown))
        return found, pressed

    async def _until(self, fits: Any) -> Screen | None:
        until = time.monotonic() + PATIENCE
        while True:
            found = [one for one in self.screens() if fits(one)]
            if found or time.monotonic() > until:
                return found[-1] if found else None
            await asyncio.sleep(0.005)

    @property
    def label(self) -> str:
        """Whose it is, and which."""
        return f"{self.person.key}'s {self.name}"

    # What somebody does ------------------------------------------------------------------------

    async def say(self, text: str) -> None:
        """Type a message."""
        self.person.thinks(THINKS)
        self._last = self.person.says(text)
        await self.person.line.deliver(self._last)

    def type(self, on: str = "", /, **words: str) -> None:
        """Begin to fill in the newest card (with these words on it), and tap nothing yet."""
        screen = next(one for one in reversed(list(self.screens())) if on in drawn.texts(one.card))
        self._fill(screen, words)
        self.typed.setdefault(screen.message.id, {}).update(words)

    async def tap(self, title: str, /, *, on: str = "", **words: str) -> Card | None:
        """Tap a button, with this in the card's fields; the card that came back, if one did."""
        screen, pressed = await self.finds(title, on)
        return await self.press(screen, pressed, **words)

    async def press(self, screen: Screen, pressed: dict[str, Any], **words: str) -> Card | None:
        """Tap this button of this card."""
        data = self.sends(screen, pressed, **words)
        self.person.thinks(THINKS)
        self._tapped[screen.message.id] = self.person.now()
        if self.executes:
            self._last = self.person.executes(pressed, data, screen.message)
            return self._take(screen.message, await self.person.line.deliver(self._last))
        screen.message.fallback = True
        self._last = self.person.submits(data, screen.message)
        await self.person.line.deliver(self._last)
        self.typed.pop(screen.message.id, None)
        return screen.message.now.card

    async def again(self, how: Again = Again.SAME_ID) -> Card | None:
        """Teams delivers the last thing done here once more; what the client shows then."""
        answered = await self.person.line.repeat(self._last, how)
        message = self.person.place.messages.get(self._last.get("replyToId", ""))
        if message is None or self._last["type"] != "invoke":
            return None
        return self._take(message, answered)

    def reload(self) -> None:
        """Close the client and open it again: every message shows its own card."""
        self._own.clear()
        self.typed.clear()

    async def react(self, screen: Screen) -> None:
        """A thumb on a message, which draws its own card again."""
        self._own.pop(screen.message.id, None)
        self.typed.pop(screen.message.id, None)
        await self.person.line.deliver(self.person.reacts(screen.message))

    async def open(self) -> None:
        """Open the chat: each card that asks to be refreshed is, at most once a minute."""
        for one in list(self.screens()):
            refresh = one.card.get("refresh") or {}
            last = self._refreshed.get(one.message.id, float("-inf"))
            mine = self.person.account.id in refresh.get("userIds", [self.person.account.id])
            if "action" not in refresh or not mine or self.person.now() - last < REFRESHES:
                continue
            self._refreshed[one.message.id] = self.person.now()
            await self._refresh(one, refresh["action"])

    async def _refresh(self, screen: Screen, pressed: dict[str, Any]) -> None:
        """An automatic invoke is answered with a card alone. Source: Agents-for-js #1202."""
        before = self.person.written
        data = dict(pressed.get("data") or {})
        asked = self.person.executes(pressed, data, screen.message, trigger="automatic")
        card = self._take(screen.message, await self.person.line.deliver(asked))
        if card is None or self.person.written != before:
            self.person.line.wrong.append("an automatic refresh not answered with a card alone")

    # What Teams does ---------------------------------------------------------------------------

    def redraw(self, message: Message) -> None:
        """The message was updated: its own card is shown, and what was half typed is gone."""
        self._own.pop(message.id, None)
        lost = self.typed.pop(message.id, {})
        since = self.person.now() - self._tapped.get(message.id, float("-inf"))
        self.person.redrawn.append(Redrawn(self.label, message.id, lost, since))

    def _fill(self, screen: Screen, words: dict[str, str]) -> None:
        there = drawn.fields(screen.card)
        for name, text in words.items():
            if name not in there or not drawn.fits(there[name], text):
                raise NotThere(f"{name} cannot be {text!r} on:\n{drawn.texts(screen.card)}")

    def sends(self, screen: Screen, pressed: dict[str, Any], **words: str) -> dict[str, Any]:
        """The button's data and the inputs. Raises Blocked where the client would not send it."""
        chosen = pressed if self.executes else pressed["fallback"]
        data = dict(chosen.get("data") or {})
        if chosen.get("associatedInputs") == "none" and self.associates:
            return data
        self._fill(screen, words)
        typed = {**self.typed.get(screen.message.id, {}), **words}
        for name, one in drawn.fields(screen.card).items():
            held = drawn.holds(one, typed.get(name))
            if one.get("isRequired") and not held:
                raise Blocked(name)
            if held is not None:
                data[name] = held
        return data

    def _take(self, message: Message, answered: Answered) -> Card | None:
        """Show the answer to a tap, here alone."""
        body = answered.body if isinstance(answered.body, dict) else {}
        if body.get("statusCode") == 200 and body.get("type") == ADAPTIVE_CARD:
            card: Card = body["value"]
            self.person.checks(card)
            self._own[message.id] = message.latest = card
            self.typed.pop(message.id, None)
            return card
        if body.get("statusCode") == 200 and body.get("type") == TEXT:
            self.sentences.append(str(body["value"]))
            return None
        self.person.line.wrong.append("a tap whose answer no client can show")
        return None
