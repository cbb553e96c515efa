"""What an operator can run, `python -m bot COMMAND`: long, as every command stands in one table.

To be helped nobody needs settings: what a command is and takes stands here, and its module, which
loads the product, is loaded when it runs.
"""

import gc
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

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

    return evaluation.run(start.settings, asked.first, asked.last, asked.out)


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


def _takes_a_hold(parser: ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="{set,lift,list}")
    exits = "Exit codes: 0 done; 1 not clear what is meant, or not read; 2 makes no sense."
    setting = what.add_parser(
        "set", help="hold it", description="Hold a conversation or a person.", epilog=exits
    )
    lifting = what.add_parser("lift", help="end it", description="End a hold.", epilog=exits)
    what.add_parser(
        "list", help="every hold", description="Every hold, and when each is due.", epilog=exits
    )
    for one in (setting, lifting):
        one.add_argument(
            "which", metavar="REFERENCE|ADDRESS", help="such as LC-7K3QX, or a mail address"
        )
    setting.add_argument("--reason", required=True, metavar="TEXT", help="why; without a name")
    setting.add_argument(
        "--review-on",
        type=date.fromisoformat,
        required=True,
        metavar="DAY",
        help="when it is looked at again, such as 2027-06-30",
    )


def _takes_dry_run(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="say what will go, and write nothing"
    )


def _takes_a_period(parser: ArgumentParser) -> None:
    for name, dest, says in (("--from", "first", "2026-10-01"), ("--to", "last", "2026-12-31")):
        parser.add_argument(
            name, dest=dest, type=date.fromisoformat, required=True, metavar="DAY", help=says
        )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="a folder, made if need be"
    )


def _takes_a_new_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a file that is not there yet"
    )


def _takes_a_backup(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `export` wrote")
    parser.add_argument(
        "--no-ledger",
        action="store_true",
        help="though ERASURE_LEDGER is not there: what was erased since comes back",
    )


def _takes_whom_and_why(parser: ArgumentParser) -> None:
    _takes_whom(parser, several=False)
    parser.add_argument(
        "--reason", required=True, metavar="CODE", help="one that is none lists all"
    )
    parser.add_argument(
        "--for-real", action="store_true", help="without it, it only says what would be erased"
    )


def _takes_whom(parser: ArgumentParser, *, several: bool = True) -> None:
    parser.add_argument(
        "who",
        nargs="+" if several else None,
        metavar="WHO",
        help="a mail address, a person's key or object id, or a reference (LC-7K3QX)",
    )


def _takes_whom_and_where(parser: ArgumentParser) -> None:
    _takes_whom(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a file that is not there yet")
    parser.add_argument(
        "--release",
        nargs="+",
        metavar="ID",
        help="pieces of the list that may be told, by their ids",
    )
    parser.add_argument("--reason", metavar="TEXT", help="with --release: why, which is kept")


def _says_what_to_do(asked: Namespace) -> str:
    """Why it is not clear whether to write or to release."""
    if bool(asked.release) != bool(asked.reason):
        return "--release and --reason go together"
    return "" if asked.out or asked.release else "give --out, or --release with --reason"


def _takes_messages(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--release", nargs="*", metavar="ID", help="let these go out: ids out of the list"
    )
    parser.add_argument(
        "--all", action="store_true", help="with --release: all that wait for an operator"
    )


def _names_messages(asked: Namespace) -> str:
    """Why it is not clear which messages are meant."""
    if asked.release is None:
        return "--all goes with --release" if asked.all else ""
    if bool(asked.release) == asked.all:
        return "--release takes the ids of messages, or --all"
    return ""


def _takes_a_question(parser: ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="{find,conflicts,settle}")
    exits = "Exit codes: 0 told; 1 the records could not be read; 2 what was asked makes no sense."
    finding = what.add_parser(
        "find",
        help="who has an address, and whom it means",
        description="Who has an address, whether it means one of them, and where it is settled.",
        epilog=exits,
    )
    what.add_parser(
        "conflicts",
        help="addresses that several people have",
        description="Every address that several people have, and the conversations that wait.",
        epilog=exits,
    )
    settling = what.add_parser(
        "settle",
        help="say whom an address means that several have",
        description="Say whom an address means that several have; it is kept who said so and when.",
        epilog="Exit codes: 0 settled; 1 that person does not have it, or the records could not"
        " be read; 2 what was asked makes no sense.",
    )
    for one in (finding, settling):
        one.add_argument("address", metavar="ADDRESS", help="a mail address, or a sign-in name")
    settling.add_argument(
        "person", metavar="PERSON", help="their key, or their object id in the directory"
    )


def _takes_a_reference(parser: ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REFERENCE", help="such as LC-7K3QX")
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="a backup, whose heads of every chain must fit"
    )


def _takes_check_or_template(parser: ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="{check,template}")
    checking = what.add_parser(
        "check",
        help="say what is wrong with a file, line by line",
        description="Say what is wrong with a partnership's file, line by line.",
        epilog="Exit codes: 0 sound; 1 not sound, or not there; 2 what was asked makes no sense.",
    )
    checking.add_argument(
        "file", type=Path, metavar="FILE", help="such as one that `partnership template` began"
    )
    what.add_parser("template", help="print a commented file to begin with")


COMMANDS: Final = (
    OperatorCommand(
        "serve",
        "the bot itself, until it is asked to stop; so does no command",
        "0 stopped, 2 the settings or the partnership's file do not hold together",
        _with_settings(_serve),
    ),
    OperatorCommand(
        "evaluation",
        "workbook and report of a period",
        "0 written, 1 the records could not be read, 2 what was asked makes no sense",
        _with_settings(_evaluation),
        _takes_a_period,
        lambda asked: "--from has to be before --to" if asked.first > asked.last else "",
    ),
    OperatorCommand(
        "export",
        "everything in the tables in one file, while the bot goes on",
        "0 written, 1 nothing was written, 2 what was asked makes no sense",
        _with_settings(_export),
        _takes_a_new_file,
    ),
    OperatorCommand(
        "hold",
        "a legal hold on a conversation or a person: set, lifted or listed",
        "0 done, 1 not clear what is meant or not read, 2 what was asked makes no sense",
        _with_settings(_hold),
        _takes_a_hold,
    ),
    OperatorCommand(
        "import",
        "a backup back into tables that are empty",
        "0 restored; 1 refused, stopped, or restored with a chain that does not hold;"
        " 2 what was asked makes no sense",
        _with_settings(_import),
        _takes_a_backup,
    ),
    OperatorCommand(
        "subject-access",
        "what is held on a person or a conversation, in a file to be handed on",
        "0 written or released, 1 not certain who, or not done, 2 what was asked makes no sense",
        _with_settings(_subject_access),
        _takes_whom_and_where,
        _says_what_to_do,
    ),
    OperatorCommand(
        "erase",
        "a person's name, or a conversation, out of every table",
        "0 erased, or told what would be, 1 refused or not done, 2 what was asked makes no sense",
        _with_settings(_erase),
        _takes_whom_and_why,
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
        _takes_messages,
        _names_messages,
    ),
    OperatorCommand(
        "people",
        "whose a mail address is, and an operator's word where several have it",
        "0 told or settled, 1 refused or not read, 2 what was asked makes no sense",
        _with_settings(_people),
        _takes_a_question,
    ),
    OperatorCommand(
        "audit",
        "who changed and opened a conversation, and whether the chains that say so hold",
        "0 told, and every chain holds; 1 one does not, or was not read;"
        " 2 what was asked makes no sense",
        _with_settings(_audit),
        _takes_a_reference,
    ),
    OperatorCommand(
        "retention",
        "what has been kept long enough goes now, as it would at night",
        "0 listed or done, 1 stopped or not read, 2 what was asked makes no sense",
        _with_settings(_retention),
        _takes_dry_run,
    ),
    OperatorCommand(
        "partnership",
        "check a partnership's file, or print one to begin with",
        "0 sound, or printed; 1 not sound; 2 what was asked makes no sense",
        _partnership,
        _takes_check_or_template,
    ),
)
"""In the order of the help. Without a command the first runs."""
