"""What an operator can run beside the bot: `python -m bot COMMAND`, each in a module of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.commands import evaluation, export, restore
from bot.settings import Settings

COMMANDS: Final[Mapping[str, Callable[[Settings, Sequence[str]], int]]] = {
    "evaluation": evaluation.run,
    "export": export.run,
    "import": restore.run,
}
"""Each gives its exit code."""
