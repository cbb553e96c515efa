"""`python -m bot`: one bot process, settings from the environment; with a word more, a command."""

import sys

from bot.commands.line import asked_for


def main() -> int:
    """Exit codes: 0 stopped, 2 the settings or the partnership's file do not hold together, each
    problem on a line.

    A command has exit codes of its own; one that there is not is 2.
    """
    command, asked = asked_for(sys.argv[1:])
    return command.run(asked)


if __name__ == "__main__":
    sys.exit(main())
