"""A part's XML as a small tree, read without a document type and written back as it was.

Names keep their prefixes: other attributes of a Word file name prefixes in words, and a reader that
meets one it does not know does not open the file. Source: ECMA-376 part 2, 8.1.4; part 3, 7.2.
"""

import codecs
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from records.learning.word_refusals import NotWord, WhyNot

MAX_MARKS: Final = 300_000
"""Tags, attributes, line breaks and escaped letters in all parts together. A page of text has about
1,500 of them, and what every file of Word's has beside its text about 15,000."""
MAX_XML: Final = 16 * 1024 * 1024
"""Bytes of all parts in XML together."""
MAX_DEPTH: Final = 128
MAX_ATTRIBUTES: Final = 100
MAX_SPACES: Final = 150
"""Namespaces at one place. Word declares about 35."""
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_DECLARED: Final = re.compile(r"<\?xml\s[^>]*\?>")
_CODING: Final = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")
_CODINGS: Final = frozenset({"utf-8", "utf-16", "us-ascii"})
_BOMS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True, eq=False)
class Node:
    """One element: its name as it is written, its namespace, and what is in it, in order."""

    name: str
    space: str
    attrs: dict[str, str]
    inside: list["Node | str"] = field(default_factory=list)
    local: str = field(init=False)
    """Its name without the prefix."""

    def __post_init__(self) -> None:
        self.local = self.name.rpartition(":")[2]

    def nodes(self) -> Iterator["Node"]:
        """The elements right in it."""
        return (one for one in self.inside if isinstance(one, Node))

    def walk(self) -> Iterator["Node"]:
        """It and every element in it, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [inner for inner in reversed(one.inside) if isinstance(inner, Node)]

    def value(self, local: str) -> str:
        """The attribute of that name, with whichever prefix; empty where there is none.

        Raises NotWord `hidden` where there are two: one program reads this one, another that.
        """
        found = [text for key, text in self.attrs.items() if key.rpartition(":")[2] == local]
        if len(found) > 1:
            raise NotWord(WhyNot.HIDDEN)
        return found[0] if found else ""


class _Reader(ContentHandler):
    """Builds the tree as the parser goes, and ends it where it grows too deep or too wide."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self._open: list[Node] = []
        self._known: list[Mapping[str, str]] = [{"": "", "xml": _XML}]

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # SAX's own name
        if len(self._open) >= MAX_DEPTH or len(attrs) > MAX_ATTRIBUTES:
            raise NotWord(WhyNot.BOMB)
        held: dict[str, str] = dict(attrs.items())
        known = self._declared(held) if held else self._known[-1]
        prefix = name.rpartition(":")[0]
        for key in (name, *held):
            if ":" in key and key.rpartition(":")[0] not in known and not key.startswith("xmlns:"):
                raise NotWord(WhyNot.BROKEN)
        made = Node(name, known[prefix], held)
        if self._open:
            self._open[-1].inside.append(made)
        else:
            self.root = made
        self._open.append(made)
        self._known.append(known)

    def _declared(self, held: Mapping[str, str]) -> Mapping[str, str]:
        """The namespaces known here, by prefix."""
        known = self._known[-1]
        fresh = {key[6:]: held[key] for key in held if key == "xmlns" or key.startswith("xmlns:")}
        if all(known.get(prefix) == space for prefix, space in fresh.items()):
            return known
        if len(known) > MAX_SPACES:
            raise NotWord(WhyNot.BOMB)
        return {**known, **fresh}

    def endElement(self, name: str) -> None:  # noqa: N802  # SAX's own name
        self._open.pop()
        self._known.pop()

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1].inside.append(content)


def named(text: str) -> frozenset[str]:
    """A table of names, as it is written in one line."""
    return frozenset(text.split())


def check_cost(texts: Collection[bytes]) -> None:
    """Raises NotWord `bomb`. Bytes are cheap to count, and trees dear to build."""
    marks = sum(text.count(one) for text in texts for one in (b"<", b"=", b"&", b"\n", b"\r"))
    if marks > MAX_MARKS or sum(len(text) for text in texts) > MAX_XML:
        raise NotWord(WhyNot.BOMB)


def parsed(data: bytes) -> Node:
    """The tree. Comments and instructions to programs are not in it.

    Raises NotWord: `dtd`, `broken`, or `bomb` where it is too deep or too wide.
    """
    reader, parser = _Reader(), DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(reader)
    text = _utf8(data)
    try:
        _feed(parser, text)
    except DefusedXmlException as error:
        raise NotWord(WhyNot.DTD) from error
    except SAXException as error:
        raise NotWord(WhyNot.BROKEN) from error
    if reader.root is None:
        raise NotWord(WhyNot.BROKEN)
    return reader.root


def _feed(parser: Any, text: bytes) -> None:
    """In one piece: pieces are read over and over where one tag fills them all."""
    parser.feed(text)
    parser.close()


def _utf8(data: bytes) -> bytes:
    """The same in UTF-8 and without its declaration, so that no two readers decode it otherwise."""
    try:
        text = data.decode("utf-16" if data.startswith(_BOMS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotWord(WhyNot.BROKEN) from error
    if declared := _DECLARED.match(text):
        coding = _CODING.search(declared.group())
        if coding and coding[1].casefold() not in _CODINGS:
            raise NotWord(WhyNot.BROKEN)
        text = text[declared.end() :]
    return text.encode()


def written(root: Node) -> bytes:
    """The tree as a part of its own."""
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
    _write(root, out)
    return "".join(out).encode()


def _write(node: Node, out: list[str]) -> None:
    attrs = "".join(f" {key}={quoteattr(value)}" for key, value in node.attrs.items())
    if not node.inside:
        out.append(f"<{node.name}{attrs}/>")
        return
    out.append(f"<{node.name}{attrs}>")
    for one in node.inside:
        if isinstance(one, Node):
            _write(one, out)
        else:
            out.append(escape(one, {"\r": "&#13;"}))
    out.append(f"</{node.name}>")
