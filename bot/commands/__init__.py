"""What an operator can run, `python -m bot COMMAND`: every command in one table.

To be helped nobody needs settings: what a command is stands here and what it takes in `arguments`,
and its module, which loads the product, is loaded when it runs.
"""

import gc
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.commands import arguments

if TYPE_CHECKING:
    from bot.starting import Start

Takes = Callable[[ArgumentParser], object]
Run = Callable[[Namespace], int]


def _nothing(_: ArgumentParser) -> None:
    """For a command that takes no arguments."""


def _makes_sense(_: Namespace) -> str:
    """For a command whose arguments do not depend on each other."""
    return ""


@dataclass(frozen=True)
class OperatorCommand:
    """`does` and `exits` are read in the help; `run` gives the exit code.

    `nonsense` says in words why the arguments do not go together, which is exit code 2.
    """

    name: str
    does: str
    exits: str
    run: Run
    takes: Takes = _nothing
    nonsense: Callable[[Namespace], str] = _makes_sense


def _with_settings(run: Callable[["Start", Namespace], int]) -> Run:
    """A command over the records that the settings name, in the partnership's words."""

    def start(asked: Namespace) -> int:
        from bot import starting

        try:
            return run(starting.prepared(), asked)
        except starting.NotPrepared as trouble:
            return starting.told(trouble)

    return start


def _serve(start: "Start", _: Namespace) -> int:
    # A collection while all of it is loaded would find nothing; `serving` turns it on again.
    gc.disable()
    from bot import serving, starting

    starting.tell_doubts(start.settings)
    return serving.run(start.settings, start.demo_time)


def _evaluation(start: "Start", asked: Namespace) -> int:
    from bot.commands import evaluation

    return evaluation.run(start.settings, asked.period, asked.out)


def _export(start: "Start", asked: Namespace) -> int:
    from bot.commands import export

    return export.run(start.settings, asked.out)


def _import(start: "Start", asked: Namespace) -> int:
    from bot.commands import restore

    return restore.run(start.settings, asked.file, no_ledger=asked.no_ledger)


def _migrate(start: "Start", _: Namespace) -> int:
    from bot.commands import migrate

    return migrate.run(start.settings)


def _parked(start: "Start", asked: Namespace) -> int:
    from bot.commands import parked

    return parked.run(start.settings, asked.release, every=asked.all)


def _people(start: "Start", asked: Namespace) -> int:
    from bot.commands import people

    given = vars(asked)
    return people.run(start.settings, asked.what, given.get("address", ""), given.get("person", ""))


def _audit(start: "Start", asked: Namespace) -> int:
    from bot.commands import audit

    return audit.run(start.settings, asked.reference, asked.heads)


def _erase(start: "Start", asked: Namespace) -> int:
    from bot.commands import erase

    return erase.run(start.settings, asked.who, asked.reason, for_real=asked.for_real)


def _subject_access(start: "Start", asked: Namespace) -> int:
    from bot.commands import subject_access

    return subject_access.run(start.settings, asked.who, asked.out, asked.release, asked.reason)


def _partnership(asked: Namespace) -> int:
    from bot import partnership

    return partnership.template() if asked.what == "template" else partnership.check(asked.file)


def _hold(start: "Start", asked: Namespace) -> int:
    from bot.commands import hold

    given = vars(asked)
    which, reason = given.get("which", ""), given.get("reason", "")
    return hold.run(start.settings, asked.what, which, reason, given.get("review_on"))


def _retention(start: "Start", asked: Namespace) -> int:
    from bot.commands import retention

    return retention.run(start.settings, dry=asked.dry_run)


COMMANDS: Final = (
    OperatorCommand(
        "serve",
        "the bot itself, until it is asked to stop; so does no command",
        "0 stopped, 2 the settings or the partnership's file do not hold together",
        _with_settings(_serve),
    ),
    OperatorCommand(
        "evaluation",
        "workbook and report of a closed period, and all figures as CSV",
        "0 written or listed, 1 not read, not written, or no such closed period,"
        " 2 what was asked makes no sense",
        _with_settings(_evaluation),
        arguments.takes_a_period,
        arguments.says_which_period,
    ),
    OperatorCommand(
        "export",
        "everything in the tables in one file, while the bot goes on",
        "0 written, 1 nothing was written, 2 what was asked makes no sense",
        _with_settings(_export),
        arguments.takes_a_new_file,
    ),
    OperatorCommand(
        "hold",
        "a legal hold on a conversation or a person: set, lifted or listed",
        "0 done, 1 not clear what is meant or not read, 2 what was asked makes no sense",
        _with_settings(_hold),
        arguments.takes_a_hold,
    ),
    OperatorCommand(
        "import",
        "a backup back into tables that are empty",
        "0 restored; 1 refused, stopped, or restored with a chain that does not hold;"
        " 2 what was asked makes no sense",
        _with_settings(_import),
        arguments.takes_a_backup,
    ),
    OperatorCommand(
        "subject-access",
        "what is held on a person or a conversation, in a file to be handed on",
        "0 written or released, 1 not certain who, or not done, 2 what was asked makes no sense",
        _with_settings(_subject_access),
        arguments.takes_whom_and_where,
        arguments.says_what_to_do,
    ),
    OperatorCommand(
        "erase",
        "a person's name, or a conversation, out of every table",
        "0 erased, or told what would be, 1 refused or not done, 2 what was asked makes no sense",
        _with_settings(_erase),
        arguments.takes_whom_and_why,
    ),
    OperatorCommand(
        "migrate",
        "what an older version kept, brought forward now, while the bot goes on",
        "0 done, 1 stopped or something could not be read, 2 what was asked makes no sense",
        _with_settings(_migrate),
    ),
    OperatorCommand(
        "parked",
        "messages that wait, why and since when, and an operator's word to go on",
        "0 listed or released, 1 not released or not read, 2 what was asked makes no sense",
        _with_settings(_parked),
        arguments.takes_messages,
        arguments.names_messages,
    ),
    OperatorCommand(
        "people",
        "whose a mail address is, and an operator's word where several have it",
        "0 told or settled, 1 refused or not read, 2 what was asked makes no sense",
        _with_settings(_people),
        arguments.takes_a_question,
    ),
    OperatorCommand(
        "audit",
        "who changed and opened a conversation, and whether the chains that say so hold",
        "0 told, and every chain holds; 1 one does not, or was not read;"
        " 2 what was asked makes no sense",
        _with_settings(_audit),
        arguments.takes_a_reference,
    ),
    OperatorCommand(
        "retention",
        "what has been kept long enough goes now, as it would at night",
        "0 listed or done, 1 stopped or not read, 2 what was asked makes no sense",
        _with_settings(_retention),
        arguments.takes_dry_run,
    ),
    OperatorCommand(
        "partnership",
        "check a partnership's file, or print one to begin with",
        "0 sound, or printed; 1 not sound; 2 what was asked makes no sense",
        _partnership,
        arguments.takes_check_or_template,
    ),
)
"""In the order of the help. Without a command the first runs."""
