"""Who may read which marked word, by the table of rights alone."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.security.cast import PLAYERS
from tests.security.states import MANAGER, REQUESTER
from tests.security.table import RIGHT, allows

MARK: Final = re.compile(r"zq([a-z]+)([ab])\b")
"""What it is, and of which conversation."""


@dataclass(frozen=True)
class Reader:
    """Somebody as a conversation knows them, before a turn and after it. `sent` says that what its
    writer had begun to change was sent by it."""

    who: str
    roles: frozenset[str]
    stages: frozenset[str]
    stopped: bool = False
    sent: bool = False

    def may(self, *rights: str) -> bool:
        """Whether the table gives them one of these rights."""
        return any(
            allows(RIGHT[one], self.roles, stage, stopped=self.stopped)
            for one in rights
            for stage in self.stages
        )


Readable = Callable[[Reader], bool]


def _by(*rights: str) -> Readable:
    return lambda reader: reader.may(*rights)


def _own(writer: str, *rights: str, also: tuple[str, ...] = ()) -> Readable:
    return lambda reader: (
        (reader.who == writer and reader.may(*rights)) or (bool(also) and reader.may(*also))
    )


def _between(reader: Reader) -> bool:
    """What the practitioner and the manager say to each other."""
    return not reader.stopped and bool(reader.roles & {REQUESTER, MANAGER})


def _anybody_in_it(reader: Reader) -> bool:
    return bool(reader.roles)


def _amending(reader: Reader) -> bool:
    """What its writer has begun to change, and all may read who read the story once it is sent."""
    theirs = reader.who == "priya" and reader.may("AMEND")
    return theirs or (reader.sent and reader.may("READ_STORY"))


def _own_hopes(reader: Reader) -> bool:
    """What somebody hoped for themselves, which who leads in their place is not asked about."""
    theirs = reader.may("READ_HOPES", "READ_LEARNING") and REQUESTER in reader.roles
    return theirs or reader.may("READ_STORY")


def _wrote(readable: Readable, *writers: str) -> Readable:
    """The same, and whoever wrote it: of A or of B."""
    return lambda reader: readable(reader) or (reader.who in writers and reader.may("OWN_WORDS"))


_READ: Final = ("READ_FEEDBACK", "READ_TOGETHER", "COLLATE")
_STORY: Final = _wrote(_by("READ_STORY"), "priya", "una")
_HOPES: Final = _wrote(_by("READ_STORY", "READ_HOPES", "READ_LEARNING"), "priya", "una")
_DOCUMENT: Final = _wrote(_by("TYPE_UP", "READ_LEARNING"), "fay", "idris")
_SECTIONS: Final = (
    "purpose", "family", "worries", "working", "factopinion", "roles", "differ", "towards",
)  # fmt: skip
READERS: Final[Mapping[str, Readable]] = {
    "worry": _STORY,
    "amended": _STORY,
    **dict.fromkeys(("hopechild", "hopechildknown"), _HOPES),
    **dict.fromkeys(("hopeyou", "hopeyouknown"), _wrote(_own_hopes, "priya", "una")),
    "unsent": _amending,
    "contact": _anybody_in_it,
    "team": _anybody_in_it,
    "place": _anybody_in_it,
    "talk": _between,
    "because": _between,
    "times": _own("pat", "COMING", "OWN_WORDS", also=("SEE_READY",)),
    "wouldhelp": _own("nia", "PREPARE", "OWN_WORDS", also=("WOULD_HELP",)),
    "telling": _wrote(_by("READ_TELLING"), "priya", "una"),
    **dict.fromkeys(
        ("happenedpat", "youpat"),
        _own("pat", "FEEDBACK", "OWN_WORDS", also=("RELEASE_WORDS", *_READ)),
    ),
    **dict.fromkeys(
        ("happenedpriya", "youpriya"), _own("priya", "FEEDBACK", "OWN_WORDS", also=_READ)
    ),
    "happenednia": _own("nia", "FEEDBACK", "OWN_WORDS", also=_READ),
    "unsentnia": lambda reader: reader.who == "nia",  # shown once more, to copy, when it closes
    **dict.fromkeys(
        ("happenedwes", "differencewes"), _own("wes", "FEEDBACK", "OWN_WORDS", also=_READ)
    ),
    **dict.fromkeys(_SECTIONS, _DOCUMENT),
    "agreed": _wrote(_by("TYPE_UP", "READ_LEARNING", "REVIEW"), "fay", "idris"),
    "review": _wrote(_by("TYPE_UP", "READ_LEARNING", "REVIEW"), "fay", "idris", "priya"),
    "recording": _wrote(_by("TYPE_UP", "READ_LEARNING", "RECORD"), "fay", "idris"),
    "shared": _wrote(_by("SAY_SHARED", "SHARE"), "priya"),  # "Seen by: your facilitator."
    "outcomechild": _wrote(_by("OUTCOME", "READ_OUTCOME", "READ_SHARED", "COLLATE"), "priya"),
    "outcomesaid": _wrote(_by("OUTCOME", "READ_OUTCOME", "READ_SHARED", "COLLATE"), "priya"),
    "outcomeyou": _wrote(_by("OUTCOME", "READ_OUTCOME", "READ_SHARED", "COLLATE"), "priya"),
}
"""What is marked, and who may read it."""


_PRIYAS: Final = (
    "worry", "amended", "unsent", "hopechild", "hopechildknown", "hopeyou", "hopeyouknown",
    "telling", "happenedpriya", "youpriya", "outcomechild", "outcomesaid", "outcomeyou",
    "review", "shared",
)  # fmt: skip
WRITER: Final[Mapping[str, str]] = {
    **dict.fromkeys(_PRIYAS, "priya"),
    **dict.fromkeys(("talk", "because"), "martin"),
    **dict.fromkeys(("times", "happenedpat", "youpat"), "pat"),
    **dict.fromkeys(("wouldhelp", "happenednia", "unsentnia"), "nia"),
    **dict.fromkeys(("happenedwes", "differencewes"), "wes"),
    **dict.fromkeys((*_SECTIONS, "agreed", "recording"), "fay"),
}
"""Who wrote it in A, of what has one writer. Their own is no read."""
_OF_B: Final[Mapping[str, str]] = {"priya": "una", "fay": "idris"}
"""Who wrote in B what these wrote in A."""
NO_WORDS: Final = frozenset({"contact", "team", "place"})
"""Who somebody is and where it is: no words of a story, and noted nowhere."""


def of_others(text: str, who: str) -> set[tuple[str, str]]:
    """The marks in a text of what somebody else wrote."""
    return {
        (what, which)
        for what, which in marks(text)
        if what not in NO_WORDS and _writer(what, which) != who
    }


def _writer(what: str, which: str) -> str:
    writer = WRITER.get(what, "")
    return _OF_B.get(writer, writer) if which == "b" else writer


def marks(text: str) -> set[tuple[str, str]]:
    """Each mark in a text: what it is, and of which conversation."""
    return set(MARK.findall(text)) if "zq" in text else set()


def leaked(text: str, of: Callable[[str], Reader]) -> list[str]:
    """The marks in a text that its reader, as each conversation knows them, may not read."""
    return [f"{what} of {which}" for what, which in marks(text) if not READERS[what](of(which))]


NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "a": tuple(PLAYERS[one][1] for one in ("priya", "martin", "pat", "nia")),
    "b": tuple(PLAYERS[one][1] for one in ("una", "vik", "wes")),
}
"""Addresses that say who is named in each."""


def told_of(text: str, words: Iterable[str]) -> list[str]:
    """Which of these stand in a text."""
    return [one for one in words if one in text]
