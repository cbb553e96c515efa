"""The fields of a Word file: instructions such as PAGE, of which only harmless ones are known.

An instruction may be cut into any number of runs, and hold other fields, whose results become part
of it. One whose name is put together in that way is refused: nobody can say what it would do.
Source: ECMA-376 part 1, 17.16 (fields), 17.16.5 (their names), 17.16.18 (fldChar).
"""

import re
from collections.abc import Mapping
from typing import Final

from records.learning.word_refusals import NotWord, WhyNot
from records.learning.word_xml import Node, named

_OWN: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/",
    "http://purl.oclc.org/ooxml/wordprocessingml/",
)
"""How the namespaces begin that every program reads. What is in others may be passed over."""

KNOWN: Final = named(
    "= addin advance author autonum autonumlgl autonumout barcode bibliography citation "
    "comments createdate date displaybarcode docproperty docvariable doctemplate edittime eq "
    "filename filesize formcheckbox formdropdown formtext hyperlink if index info keywords "
    "lastsavedby listnum mergefield noteref numchars numpages numwords page pageref printdate "
    "quote ref revnum savedate section sectionpages seq set shape styleref subject symbol ta "
    "tc template time title toa toc useraddress userinitials username xe"
)
"""Fields that neither fetch nor start anything. Word keeps their names in English."""
_FETCHING: Final = named(
    "autotext autotextlist control data database dde ddeauto embed glossary htmlactivex import "
    "include includepicture includetext link macrobutton mergerec next print rd"
)
MAX_INSTRUCTION: Final = 500_000
"""Letters of one; those of programs that keep sources in them are the longest."""
_NAME: Final = re.compile(r"(?<![\sA-Za-z])\s*+(=|[A-Za-z]++(?=[\s\\\"]|\Z))")
_WORD: Final = re.compile(r"\"[^\"]*\"?|[^\s\"]+")
_ANOTHER: Final = "\ufffc"
"""Stands in an instruction for what is put in when it is carried out."""
_SIGNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("tab", "br", "cr", "ptab", "p"), " "),
    **dict.fromkeys(("sym", "noBreakHyphen", "softHyphen", "pgNum", "drawing", "pict"), _ANOTHER),
}
"""What stands between an instruction's words, or in place of some."""


class _OpenField:
    """A field that has begun: what its instruction says so far, and whether that goes on."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.goes_on = True

    def done(self) -> None:
        if self.goes_on:
            self.goes_on = False
            check_instruction("".join(self.said))


class _Story:
    """What is read in one go: the fields that are open in it, whether one only ended in it, and
    whether anything in it could be part of an instruction."""

    def __init__(self) -> None:
        self.open: list[_OpenField] = []
        self.is_cut = False
        self.has_words = False

    @property
    def saying(self) -> _OpenField | None:
        """The field whose instruction goes on here."""
        return self.open[-1] if self.open and self.open[-1].goes_on else None

    def say(self, text: str) -> None:
        self.has_words = self.has_words or bool(text)
        if self.saying:
            self.saying.said.append(text)

    def instruct(self, text: str) -> None:
        """A piece of an instruction; where no field has begun, a careless reader may see one."""
        if text.strip() and not self.saying:
            raise NotWord(WhyNot.FIELDS)
        self.say(text)

    def check_whole(self) -> None:
        """Raises NotWord `fields` where a field begins or ends outside."""
        if self.open or self.is_cut:
            raise NotWord(WhyNot.FIELDS)

    def turn(self, kind: str) -> None:
        """A field begins, goes over to its result, or ends."""
        if kind not in ("begin", "separate", "end"):
            raise NotWord(WhyNot.FIELDS)
        if kind == "begin":
            self.say(_ANOTHER)
            self.open.append(_OpenField())
        elif not self.open:
            self.is_cut = True
        else:
            self.open[-1].done()
            if kind == "end":
                self.open.pop()


def check_instruction(text: str) -> None:
    """Raises NotWord `fields` where an instruction is not known, or names one that fetches."""
    if not text.strip():
        return
    if len(text) > MAX_INSTRUCTION:
        raise NotWord(WhyNot.FIELDS)
    name = _NAME.match(text)
    if name is None or name[1].casefold() not in KNOWN:
        raise NotWord(WhyNot.FIELDS)
    if any(one.group().casefold() in _FETCHING for one in _WORD.finditer(text)):
        raise NotWord(WhyNot.FIELDS)


def check(tree: Node) -> None:
    """Every field of a part. Raises NotWord `fields`."""
    story = _Story()
    _read(tree, story)
    for one in story.open:
        one.done()


def _whole(node: Node) -> None:
    """What some programs read and others pass over: each field that begins in it ends in it."""
    story = _Story()
    _read(node, story)
    story.check_whole()


def _read(node: Node, story: _Story) -> None:
    for one in node.nodes():
        if one.local == "AlternateContent":
            # One program reads this branch, another that: each is whole in itself.
            if story.saying:
                raise NotWord(WhyNot.FIELDS)
            for branch in one.nodes():
                _whole(branch)
        elif not one.space.startswith(_OWN):
            # A drawing, a formula, or what only some programs know: whole in itself, too.
            beside = _Story()
            _read_own(one, beside)
            beside.check_whole()
            if beside.has_words:
                story.say(_ANOTHER)
        else:
            _read_own(one, story)


def _read_own(one: Node, story: _Story) -> None:
    match one.local:
        case "fldChar":
            story.turn(one.value("fldCharType"))
        case "t" | "delText":
            story.say(_text(one))
        case "instrText" | "delInstrText":
            story.instruct(_text(one))
        case "fldSimple":
            story.say(_ANOTHER)
            check_instruction(one.value("instr"))
            _whole(one)
        case local:
            story.say(_SIGNS.get(local, ""))
            _read(one, story)


def _text(node: Node) -> str:
    return "".join(one for one in node.inside if isinstance(one, str))
