"""Tracked changes accepted, and who made them forgotten, in one part of a Word file.

What was inserted or moved to stands; what was deleted or moved away is gone with its words. So are
comments, the marks of editing sessions, and whatever names a person beside the text.
Source: ECMA-376 part 1, 17.13.5 (revisions), 17.13.4 (comments), 17.15.1 (settings).
"""

from collections.abc import Collection, Iterable
from typing import Final

from records.learning.word_xml import Node, named

_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/",
    "http://purl.oclc.org/ooxml/wordprocessingml/",
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.openxmlformats.org/schemaLibrary/",
)
"""How Word's namespaces begin. A drawing has a `moveTo` too, which is a line."""
_STANDS: Final = frozenset({"ins", "moveTo", "conflictIns"})
_GONE: Final = named(
    "del moveFrom conflictDel delText delInstrText cellIns cellMerge numberingChange "
    "rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange "
    "tblPrExChange moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart "
    "customXmlMoveToRangeEnd customXmlConflictInsRangeStart customXmlConflictInsRangeEnd "
    "customXmlConflictDelRangeStart customXmlConflictDelRangeEnd "
    "commentRangeStart commentRangeEnd commentReference annotationRef permStart permEnd "
    "rsids rsid docVars docId trackRevisions attachedSchema dataBinding entryMacro exitMacro "
    "webVideoPr schemaLibrary smartTagType"
)
"""Gone with all that is in it. `dataBinding` fills a place from properties that are not kept; the
last two say where a program may fetch what it knows about marked words."""
_TELLING: Final = (":author", ":initials")
_FRAMES: Final = {
    "r": {"rPr"},
    "hyperlink": set[str](),
    "tr": {"trPr", "tblPrEx"},
    "tbl": {"tblPr", "tblGrid"},
    "ext": set[str](),
    "imgProps": set[str](),
}
"""What has no use once all in it is gone but these."""
_POINTS: Final = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr"})
_ROW_GOES: Final = frozenset({"del", "moveFrom"})


def accept_changes(tree: Node, lost: Collection[str]) -> None:
    """Clean a part as it lies there; also of what leads by the relations that are `lost`."""
    _Acceptance(lost).clean(tree)


class _Acceptance:
    """One part on its way: which relations are lost, and which paragraphs lost their end."""

    def __init__(self, lost: Collection[str]) -> None:
        self._lost = lost
        self._unended: set[Node] = set()

    def clean(self, node: Node) -> None:
        if any(_tells(key) for key in node.attrs):
            node.attrs = {key: text for key, text in node.attrs.items() if not _tells(key)}
        kept: list[Node | str] = []
        for one in node.inside:
            kept += self._kept(one) if isinstance(one, Node) else [one]
        if self._unended and any(one in self._unended for one in kept if isinstance(one, Node)):
            kept = _joined(kept, self._unended)
        node.inside = kept

    def _kept(self, one: Node) -> list[Node | str]:
        """What stays of an element: itself, what was in it, or nothing."""
        local = one.local
        if one.space.startswith(_WORD):
            if local in _GONE or _cut_out(one):
                return []
            if local in _STANDS:
                self.clean(one)
                return one.inside
            if local == "p" and _end_goes(one):
                self._unended.add(one)
        if self._lost and self._leads_nowhere(one):
            if local != "hyperlink":
                return []
            one.attrs = {key: text for key, text in one.attrs.items() if text not in self._lost}
        frame = _FRAMES.get(local)
        full = frame is not None and _filled(one, frame)
        self.clean(one)
        return [] if full and not _filled(one, frame or ()) else [one]

    def _leads_nowhere(self, one: Node) -> bool:
        return any(":" in key and text in self._lost for key, text in one.attrs.items())


def _tells(key: str) -> bool:
    return key.endswith(_TELLING) or ":rsid" in key


def _filled(one: Node, frame: Collection[str]) -> bool:
    return any(inner.local not in frame for inner in one.nodes())


def _cut_out(one: Node) -> bool:
    """A row or a cell whose deletion was tracked."""
    if one.local == "tr":
        return any(mark.local in _ROW_GOES for mark in _in(one, "trPr"))
    return one.local == "tc" and any(mark.local == "cellDel" for mark in _in(one, "tcPr"))


def _end_goes(paragraph: Node) -> bool:
    """Whether the end of a paragraph was deleted or moved away: it runs on into the next."""
    marks = (inner for one in _in(paragraph, "pPr") if one.local == "rPr" for inner in one.nodes())
    return any(mark.local in _ROW_GOES for mark in marks)


def _in(one: Node, local: str) -> Iterable[Node]:
    return (inner for held in one.nodes() if held.local == local for inner in held.nodes())


def _joined(blocks: Iterable[Node | str], unended: Collection[Node]) -> list[Node | str]:
    """Paragraphs without an end run on into the next, whose look they take; empty ones are gone.

    Where no paragraph follows, one that still has words stays as it is, and so does the last.
    """
    out: list[Node | str] = []
    last: Node | None = None
    carried: list[Node | str] = []
    for one in blocks:
        if not isinstance(one, Node) or one.local in _POINTS:
            out.append(one)
            continue
        if one.local == "p" and one in unended:
            last = one
            carried += _words(one)
            continue
        if one.local == "p":
            one.inside = [*_look(one), *carried, *_words(one)] if carried else one.inside
        elif last is not None and (carried or one.local == "sectPr"):
            last.inside = [*_look(last), *carried]
            out.append(last)
        last, carried = None, []
        out.append(one)
    if last is not None:
        last.inside = [*_look(last), *carried]
        out.append(last)
    return out


def _look(paragraph: Node) -> list[Node | str]:
    return [one for one in paragraph.nodes() if one.local == "pPr"]


def _words(paragraph: Node) -> list[Node | str]:
    return [one for one in paragraph.nodes() if one.local != "pPr"]
