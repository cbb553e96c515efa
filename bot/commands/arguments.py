"""What each command takes, and what of it makes no sense: nothing of the product is loaded here, so
that help needs no settings."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path


def takes_a_hold(parser: ArgumentParser) -> None:
    """`hold set`, `lift` and `list`: a hold has a reason and a day on which it is looked at."""
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


def takes_dry_run(parser: ArgumentParser) -> None:
    """Whether it only says."""
    parser.add_argument(
        "--dry-run", action="store_true", help="say what will go, and write nothing"
    )


def takes_a_period(parser: ArgumentParser) -> None:
    """A closed period, and the folder for what is written of it; or only which there are."""
    parser.add_argument(
        "--period",
        metavar="PERIOD",
        help="a period's name or key, or `latest`: the one that was closed last",
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="a folder, made if need be")
    parser.add_argument("--list", action="store_true", help="print the periods there are")


def says_which_period(asked: Namespace) -> str:
    """Why it is not clear what to write, or whether to."""
    if asked.list:
        return "--list goes alone" if asked.period or asked.out else ""
    return "" if asked.period and asked.out else "give --period and --out, or --list"


def takes_a_new_file(parser: ArgumentParser) -> None:
    """Where it is written: nothing is written over."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a file that is not there yet"
    )


def takes_a_backup(parser: ArgumentParser) -> None:
    """What is restored, and whether without what was erased since."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `export` wrote")
    parser.add_argument(
        "--no-ledger",
        action="store_true",
        help="though ERASURE_LEDGER is not there: what was erased since comes back",
    )


def takes_whom_and_why(parser: ArgumentParser) -> None:
    """Whose, and one of the reasons that allow it; without more nothing is done."""
    takes_whom(parser, several=False)
    parser.add_argument(
        "--reason", required=True, metavar="CODE", help="one that is none lists all"
    )
    parser.add_argument(
        "--for-real", action="store_true", help="without it, it only says what would be erased"
    )


def takes_whom(parser: ArgumentParser, *, several: bool = True) -> None:
    """Somebody or a conversation, or `several` of them."""
    parser.add_argument(
        "who",
        nargs="+" if several else None,
        metavar="WHO",
        help="a mail address, a person's key or object id, or a reference (LC-7K3QX)",
    )


def takes_whom_and_where(parser: ArgumentParser) -> None:
    """Whose, and the file; or which pieces may be told as well, and why."""
    takes_whom(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a file that is not there yet")
    parser.add_argument(
        "--release",
        nargs="+",
        metavar="ID",
        help="pieces of the list that may be told, by their ids",
    )
    parser.add_argument("--reason", metavar="TEXT", help="with --release: why, which is kept")


def says_what_to_do(asked: Namespace) -> str:
    """Why it is not clear whether to write or to release."""
    if bool(asked.release) != bool(asked.reason):
        return "--release and --reason go together"
    return "" if asked.out or asked.release else "give --out, or --release with --reason"


def takes_messages(parser: ArgumentParser) -> None:
    """Which of those that wait go on."""
    parser.add_argument(
        "--release", nargs="*", metavar="ID", help="let these go out: ids out of the list"
    )
    parser.add_argument(
        "--all", action="store_true", help="with --release: all that wait for an operator"
    )


def names_messages(asked: Namespace) -> str:
    """Why it is not clear which messages are meant."""
    if asked.release is None:
        return "--all goes with --release" if asked.all else ""
    if bool(asked.release) == asked.all:
        return "--release takes the ids of messages, or --all"
    return ""


def takes_a_question(parser: ArgumentParser) -> None:
    """`people find`, `conflicts` and `settle`."""
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


def takes_a_reference(parser: ArgumentParser) -> None:
    """Which conversation, and a backup to compare its chains with."""
    parser.add_argument("reference", metavar="REFERENCE", help="such as LC-7K3QX")
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="a backup, whose heads of every chain must fit"
    )


def takes_check_or_template(parser: ArgumentParser) -> None:
    """`partnership check` and `template`."""
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
