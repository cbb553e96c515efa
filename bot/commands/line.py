"""Reads the command line by the table of commands; no module of the product is loaded for help."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from bot.commands import COMMANDS, OperatorCommand

NAME = "python -m bot"


def asked_for(arguments: Sequence[str]) -> tuple[OperatorCommand, Namespace]:
    """The command and what it was given. Raises SystemExit: 0 after help, 2 for nonsense."""
    parser = ArgumentParser(
        prog=NAME,
        usage=f"{NAME} [-h] [COMMAND ...]",
        description="The bot of the settings in the environment, and what is run beside it.",
        epilog=f"{NAME} COMMAND --help says what it takes and how it ends. No help needs settings.",
    )
    known = parser.add_subparsers(title="commands", metavar="COMMAND is one of", prog=NAME)
    parsers = {command: _parser(known.add_parser, command) for command in COMMANDS}
    names = [command.name for command in COMMANDS]
    if arguments and not arguments[0].startswith("-") and arguments[0] not in names:
        # In our own words: argparse's differ from one Python to the next.
        there = ", ".join(names)
        parser.exit(2, f"There is no command {arguments[0]!r}. There are: {there}.\n")
    asked = parser.parse_args(arguments, Namespace(command=COMMANDS[0]))
    command: OperatorCommand = asked.command
    if problem := command.nonsense(asked):
        parsers[command].error(problem)
    return command, asked


def _parser(add: Callable[..., ArgumentParser], command: OperatorCommand) -> ArgumentParser:
    does = command.does
    parser = add(
        command.name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"Exit codes: {command.exits}.",
    )
    parser.set_defaults(command=command)
    command.takes(parser)
    return parser
