"""What the handlers of taps and commands are: a function of the hands, the visit and the data.

A topic that has taps of its own exports them as `TAPS` (and typed commands as `COMMANDS`);
`dialogs.taps` puts them together.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.engine import Engine
from dialogs.events import Reply
from dialogs.flows import text
from dialogs.typed import Typed
from dialogs.visit import Visit


@dataclass(frozen=True)
class Hands:
    """What the handlers of taps and commands work with."""

    engine: Engine
    typed: Typed


Action = Callable[[Hands, Visit, Mapping[str, Any]], Awaitable[Reply]]
Command = Callable[[Hands, Visit], Awaitable[Reply]]


def on(handler: Callable[[Visit, str], Awaitable[Reply]]) -> Action:
    """A handler that needs to know the conversation only."""

    async def handle(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
        return await handler(visit, text(data, "conversation"))

    return handle
