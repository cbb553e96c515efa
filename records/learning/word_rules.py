"""What may be in a handed-in Word file: only the sorts in `word_sorts`, and nothing that fetches.

An element is known by its name whatever its namespace: strict files, old drawings and markup for
newer programs hold the same things under others. Source: ECMA-376 part 1, 17 and 20; part 4 (VML).
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from records.learning import word_fields
from records.learning.word_package import TYPES, Relation, WordPackage
from records.learning.word_refusals import NotWord, WhyNot
from records.learning.word_sorts import (
    ALLOWED,
    DATA,
    INK,
    KEPT,
    PICTURES,
    REFUSED,
    REFUSED_TYPES,
    RELATIONS,
    SVG,
    TAKEN_OUT,
)
from records.learning.word_xml import Node

_ELEMENTS: Final[Mapping[str, WhyNot]] = {
    "altChunk": WhyNot.CHUNK,
    "OLEObject": WhyNot.EMBEDDED,
    "objectEmbed": WhyNot.EMBEDDED,
    "objectLink": WhyNot.EMBEDDED,
    "externalData": WhyNot.EMBEDDED,
    "control": WhyNot.ACTIVEX,
    "ocx": WhyNot.ACTIVEX,
    "attachedTemplate": WhyNot.TEMPLATE,
    "subDoc": WhyNot.FETCHES,
    "frameset": WhyNot.FETCHES,
    "sourceFileName": WhyNot.FETCHES,
    "mailMerge": WhyNot.FETCHES,
    "saveThroughXslt": WhyNot.FETCHES,
    "movie": WhyNot.FETCHES,
    "videoFile": WhyNot.FETCHES,
    "audioFile": WhyNot.FETCHES,
}
_LINKS: Final = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
_PAINTED: Final = frozenset({"imagedata", "fill", "stroke", "image", "background"})
"""Elements of old drawings that show a picture, by its address where they are made to."""
_ADDRESSES: Final = frozenset({"src", "href", "althref"})
_WEB: Final = re.compile(r"https?://|mailto:|tel:|#", re.IGNORECASE)
_HEADS: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\xd7\xcd\xc6\x9a",  # WMF with its place on a page
    b"\x01\x00\x09\x00",  # WMF
    b"\x01\x00\x00\x00",  # EMF
)
_WHOLE_FILES: Final = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ", b"%PDF", b"{\\rtf")


def stays(package: WordPackage, it: Relation) -> bool:
    """Whether a relation is kept. A link leads to the web, to an address, or within the file."""
    if it.kind == "hyperlink":
        return bool(_WEB.match(it.target))
    if it.kind == "customxml":
        return package.type_of(it.part) == INK
    return it.kind in KEPT and package.type_of(it.part) != SVG


def check_package(package: WordPackage) -> None:
    """Every part, used or not, is of a sort that may be there. Raises NotWord."""
    macros, _ = REFUSED_TYPES[0]
    if any(macros.search(said.casefold()) for said in package.declared.values()):
        raise NotWord(WhyNot.MACROS)
    for one in chain.from_iterable(package.relations.values()):
        _check_relation(package, one)
    _check_main(package)
    for name, data in package.parts.items():
        _check_part(package.type_of(name), name, data)
    for name, tree in package.trees.items():
        if package.type_of(name) not in DATA:
            _check_elements(tree, package.relations.get(name, ()))
            word_fields.check(tree)


def _check_main(package: WordPackage) -> None:
    """One part is the text, and it is a document."""
    mains = [one for one in package.relations.get("", ()) if one.kind == "officedocument"]
    if not mains:
        raise NotWord(WhyNot.KIND)
    if len(mains) > 1:
        raise NotWord(WhyNot.HIDDEN)
    if package.trees[mains[0].part].local != "document":
        raise NotWord(WhyNot.BROKEN)


def _check_relation(package: WordPackage, it: Relation) -> None:
    if it.kind in REFUSED:
        raise NotWord(REFUSED[it.kind])
    if it.outside:
        if it.kind == "hyperlink":
            return
        raise NotWord(WhyNot.LINKED if it.kind == "image" else WhyNot.FETCHES)
    if it.kind == "hyperlink" and it.part:
        raise NotWord(WhyNot.PARTS)
    if it.kind in ("hyperlink", *TAKEN_OUT):
        return
    said = package.type_of(it.part)
    if said not in KEPT.get(it.kind, ()):
        raise NotWord(WhyNot.KIND if it.kind == "officedocument" else _of_type(said))


def _of_type(said: str) -> WhyNot:
    """Why a part of this declared type is refused."""
    return next((why for pattern, why in REFUSED_TYPES if pattern.search(said)), WhyNot.PARTS)


def _check_part(said: str, name: str, data: bytes) -> None:
    if name == TYPES:
        return
    if said not in ALLOWED:
        raise NotWord(_of_type(said))
    if name.casefold().endswith(".rels") and said != RELATIONS:
        raise NotWord(WhyNot.HIDDEN)
    if data.startswith(_WHOLE_FILES):
        raise NotWord(WhyNot.EMBEDDED)
    if said in PICTURES and not data.startswith(_HEADS):
        raise NotWord(WhyNot.PARTS)


def _check_elements(tree: Node, led: Iterable[Relation]) -> None:
    outside = {one.id for one in led if one.outside}
    for one in tree.walk():
        local = one.local
        if local in _ELEMENTS:
            raise NotWord(_ELEMENTS[local])
        for key, value in one.attrs.items():
            prefix, _, name = key.rpartition(":")
            if local in _PAINTED and name in _ADDRESSES and value:
                raise NotWord(WhyNot.LINKED)
            if prefix and value in outside and local not in _LINKS:
                raise NotWord(WhyNot.LINKED)  # a picture that calls itself a link
