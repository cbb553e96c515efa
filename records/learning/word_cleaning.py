"""The file that is kept: what the document needs to be read, and nothing of who wrote it.

Parts are kept that the main part still leads to once its changes are accepted. Whatever else lay in
the file is left behind: properties, comments, add-ins, pictures and notes that were deleted.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from posixpath import split
from typing import Final

from records.learning import word_fields
from records.learning.word_changes import accept_changes
from records.learning.word_package import TYPES, Relation, WordPackage
from records.learning.word_rules import stays
from records.learning.word_xml import Node, named, written

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMED: Final = named(
    "header footer image hyperlink chart chartusershapes customxml "
    "diagramdata diagramlayout diagramquickstyle diagramcolors"
)
"""Relations that are of use only where an element names them by their id."""
_NOTES: Final = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def cleaned(package: WordPackage) -> dict[str, bytes]:
    """The parts that are kept, by name; the trees of the package are changed on the way.

    Raises NotWord `fields`: what was deleted may have held two halves of an instruction apart.
    """
    kept: dict[str, bytes] = {}
    waiting, met = deque([""]), {""}
    while waiting:
        source = waiting.popleft()
        led = _clean_part(package, source)
        if source:
            tree = package.trees.get(source)
            kept[source] = package.parts[source] if tree is None else written(tree)
        if led:
            folder, name = split(source)
            kept[f"{folder}/_rels/{name}.rels".lstrip("/")] = _relations(led)
        for one in led:
            if one.part and one.part not in met:
                met.add(one.part)
                waiting.append(one.part)
    return {TYPES: _types(package, kept), **kept}


def _clean_part(package: WordPackage, source: str) -> Sequence[Relation]:
    """Clean one part, where it is written in XML; the relations that it keeps."""
    led = package.relations.get(source, ())
    staying = [one for one in led if stays(package, one)]
    tree = package.trees.get(source)
    if tree is None:
        return staying
    accept_changes(tree, {one.id for one in led}.difference(one.id for one in staying))
    word_fields.check(tree)
    used = _used(tree)
    named = [one for one in staying if one.kind not in _NAMED or one.id in used]
    drawn = {text for one in named for text in _drawings(package, one)}
    still = [one for one in named if one.kind != "diagramdrawing" or one.id in drawn]
    for one in still:
        if one.kind in _NOTES:
            _drop_notes(package.trees[one.part], tree, _NOTES[one.kind])
    return still


def _used(tree: Node) -> set[str]:
    """Every value by which an element may name a relation."""
    return {text for one in tree.walk() for key, text in one.attrs.items() if ":" in key}


def _drawings(package: WordPackage, it: Relation) -> Iterable[str]:
    """The relations that a diagram's data names: the diagram as it was last drawn."""
    if it.kind != "diagramdata":
        return ()
    found = package.trees[it.part].walk()
    return (one.value("relId") for one in found if one.local == "dataModelExt")


def _drop_notes(notes: Node, text: Node, local: str) -> None:
    """Remove the notes to which nothing in the text leads any more; the lines above notes stay."""
    led = {one.value("id") for one in text.walk() if one.local == local}
    notes.inside = [
        one
        for one in notes.inside
        if not isinstance(one, Node) or one.value("type") or one.value("id") in led
    ]


def _relations(led: Iterable[Relation]) -> bytes:
    root = Node("Relationships", _RELATIONS, {"xmlns": _RELATIONS})
    for one in led:
        attrs = {"Id": one.id, "Type": one.type, "Target": one.target}
        mode = {"TargetMode": "External"} if one.outside else {}
        root.inside.append(Node("Relationship", _RELATIONS, attrs | mode))
    return written(root)


def _types(package: WordPackage, kept: Mapping[str, bytes]) -> bytes:
    """What each part that is kept is declared to be, as it was declared."""
    root, said = Node("Types", _TYPES, {"xmlns": _TYPES}), set[str]()
    for name in kept:
        key = package.said_of(name)
        if key in said:
            continue
        said.add(key)
        kind = {"ContentType": package.declared[key]}
        if key.startswith("."):
            root.inside.append(Node("Default", _TYPES, {"Extension": key[1:]} | kind))
        else:
            root.inside.append(Node("Override", _TYPES, {"PartName": f"/{name}"} | kind))
    return written(root)
