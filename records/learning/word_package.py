"""A Word file as a package: its parts, what each is declared to be, and how they lead on.

Nothing is judged here but the names of parts and where relations lead: both stay inside the file
and are written in the one plain way.
Source: ECMA-376 part 2, 8.1 (names), 8.2 (relations), annex A.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath, relpath
from typing import Final
from urllib.parse import unquote

from records.learning.word_refusals import NotWord, WhyNot
from records.learning.word_xml import Node, check_cost, parsed

TYPES: Final = "[Content_Types].xml"
_NAME: Final = re.compile(r"(?!/)(?:[\w~+()-]|\.(?!/|\Z)|/(?!/|\Z))++", re.ASCII)
"""Folders and a name, none of them empty or with a full stop at its end."""
_HEAD_OF_RELATIONS: Final = re.compile(r"(?:\A|(?<=/))_rels/([^/]*+)(?<=\.rels)\Z")
_LEFT_BEHIND: Final = re.compile(r"\[trash\]/[0-9a-f]{4}\.dat", re.IGNORECASE)
"""What Office leaves of a part that it wrote anew in place: no part, and not kept."""
_WRITTEN_IN_XML: Final = (".xml", ".rels", ".vml", ".svg")
_MACROS: Final = ("vbaproject", "vbadata")


@dataclass(frozen=True, slots=True)
class Relation:
    """How one part leads to another, or out of the file (`outside`)."""

    id: str
    type: str
    target: str
    """As it is written."""
    outside: bool
    part: str
    """The part that it leads to; empty where it leads outside, or to a place in the same part."""

    @property
    def kind(self) -> str:
        """The last word of its type: strict files have other addresses before it."""
        return self.type.rstrip("/").rpartition("/")[2].casefold()


@dataclass(frozen=True)
class WordPackage:
    """The parts of a file by name, each with its declared type."""

    parts: Mapping[str, bytes]

    @cached_property
    def trees(self) -> Mapping[str, Node]:
        """Every part that is written in XML, read; also those that will not be kept."""
        texts = {name: data for name, data in self.parts.items() if self._in_xml(name)}
        check_cost(texts.values())
        return {name: parsed(data) for name, data in texts.items()}

    def _in_xml(self, name: str) -> bool:
        return name.casefold().endswith(_WRITTEN_IN_XML) or self.type_of(name).endswith("xml")

    @cached_property
    def declared(self) -> Mapping[str, str]:
        """Declared types, as they are written, by `/name` and `.extension` in small letters."""
        if TYPES not in self.parts:
            raise NotWord(WhyNot.KIND)
        check_cost([self.parts[TYPES]])
        found: dict[str, str] = {}
        for one in parsed(self.parts[TYPES]).nodes():
            key = one.value("PartName") if one.local == "Override" else "." + one.value("Extension")
            if one.local not in ("Override", "Default") or key.casefold() in found:
                raise NotWord(WhyNot.HIDDEN)
            found[key.casefold()] = one.value("ContentType").strip()
        return found

    def type_of(self, name: str) -> str:
        """What a part is declared to be, in small letters; empty where nothing is said."""
        return self.declared.get(self.said_of(name), "").casefold()

    def said_of(self, name: str) -> str:
        """Where the type of a part is declared: a key of `declared`, whether it is there or not."""
        folded = name.casefold()
        by_name = f"/{folded}"
        return by_name if by_name in self.declared else "." + folded.rpartition(".")[2]

    @cached_property
    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """What each part leads to, by the part's name; the file's own stand under ""."""
        names = {name.casefold(): name for name in self.parts}
        found: dict[str, tuple[Relation, ...]] = {}
        for name, tree in self.trees.items():
            head = _HEAD_OF_RELATIONS.search(name)
            if head is None:
                continue
            source = name[: head.start()] + head[1].removesuffix(".rels")
            if source and source.casefold() not in names:
                raise NotWord(WhyNot.HIDDEN)
            led = tuple(_relations(names.get(source.casefold(), ""), tree, names))
            if len({one.id for one in led}) != len(led):
                raise NotWord(WhyNot.HIDDEN)
            found[names.get(source.casefold(), "")] = led
        return found


def opened(parts: Mapping[str, bytes]) -> WordPackage:
    """The package of these parts. Raises NotWord: `names`, or `macros` where a name says so."""
    for name in parts:
        if any(one in plain(name) for one in _MACROS):
            raise NotWord(WhyNot.MACROS)
    for name in parts:
        if name != TYPES and not _NAME.fullmatch(name) and not _LEFT_BEHIND.fullmatch(name):
            raise NotWord(WhyNot.NAMES)
    return WordPackage({n: data for n, data in parts.items() if not _LEFT_BEHIND.fullmatch(n)})


def plain(name: str) -> str:
    """A name as a careless reader might understand it: unescaped, however often it was escaped."""
    for _ in range(8):
        name, before = unquote(name), name
        if name == before:
            break
    return unicodedata.normalize("NFKC", name).replace("\\", "/").casefold()


def _relations(source: str, tree: Node, names: Mapping[str, str]) -> Iterator[Relation]:
    for one in tree.nodes():
        known, mode = one.value, one.value("TargetMode")
        if one.local != "Relationship" or mode not in ("", "Internal", "External"):
            raise NotWord(WhyNot.BROKEN)
        target, outside = known("Target"), mode == "External"
        inside = not outside and not target.startswith("#")
        part = _part(source, target, names) if inside else ""
        yield Relation(known("Id"), known("Type").strip(), target, outside, part)


def _part(source: str, target: str, names: Mapping[str, str]) -> str:
    """The part that a target names. Raises NotWord: `names`, `macros`, or `broken` where none is.

    `../` is fine where it is the one way there (`../customXml/item1.xml` from the folder `word`).
    """
    if any(one in plain(target) for one in _MACROS):
        raise NotWord(WhyNot.MACROS)
    folder = f"/{dirname(source)}"
    whole = normpath(join(folder, target))
    straight = target in (whole, relpath(whole, folder))
    if not straight or not _NAME.fullmatch(whole[1:]):
        raise NotWord(WhyNot.NAMES)
    if whole[1:].casefold() not in names:
        raise NotWord(WhyNot.NAMES if ".." in target else WhyNot.BROKEN)
    return names[whole[1:].casefold()]
