"""The sorts of parts and relations of a Word file: kept, taken out, or refused for a reason.

Types are in small letters. A relation is known by the last word of its type: strict files have
other addresses before it.
Source: ECMA-376 part 1, 11.3, 15.2; [MS-DOCX] 2.1 for what Word writes besides.
"""

import re
from collections.abc import Mapping
from typing import Final

from records.learning.word_refusals import WhyNot
from records.learning.word_xml import named

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_WORD: Final = f"{_OFFICE}wordprocessingml."
MAIN: Final = f"{_WORD}document.main+xml"
_MICROSOFT: Final = "application/vnd.ms-office."
_PACKAGE: Final = "application/vnd.openxmlformats-package."
RELATIONS: Final = f"{_PACKAGE}relationships+xml"
INK: Final = "application/inkml+xml"
SVG: Final = "image/svg+xml"
PICTURES: Final = frozenset(
    f"image/{one}" for one in named("png jpeg jpg pjpeg gif bmp x-bmp tiff tif x-emf emf x-wmf wmf")
)
_OF_WORD: Final = named(
    "styles settings websettings fonttable numbering footnotes endnotes header footer"
)
_DRAWN: Final[Mapping[str, str]] = {
    "diagramdata": "diagramdata",
    "diagramlayout": "diagramlayout",
    "diagramquickstyle": "diagramstyle",
    "diagramcolors": "diagramcolors",
    "chart": "chart",
    "chartusershapes": "chartshapes",
}
KEPT: Final[Mapping[str, frozenset[str]]] = {
    "officedocument": frozenset({MAIN}),
    "image": PICTURES | {SVG},
    "diagramdrawing": frozenset({f"{_MICROSOFT}drawingml.diagramdrawing+xml"}),
    **{one: frozenset({f"{_WORD}{one}+xml"}) for one in _OF_WORD},
    **{one: frozenset({f"{_OFFICE}{one}+xml"}) for one in ("theme", "themeoverride")},
    **{one: frozenset({f"{_OFFICE}drawingml.{of}+xml"}) for one, of in _DRAWN.items()},
    **{
        one: frozenset({f"{_MICROSOFT}{one}+xml"})
        for one in ("chartstyle", "chartcolorstyle", "classificationlabels")
    },
}
"""Relations that are kept, with the types of the part that they may lead to. The label that an
agency puts on its files says how to handle them and names nobody: it stays."""
TAKEN_OUT: Final = named(
    "core-properties extended-properties extendedproperties custom-properties customproperties "
    "thumbnail comments commentsextended commentsids commentsextensible people documenttasks "
    "customxml customxmlprops printersettings font glossarydocument styleswitheffects hdphoto "
    "intelligence webextensiontaskpanes webextension origin signature certificate"
)
"""Relations that go before a file is kept, and what they lead to: who wrote it and when, on which
printer, what others said of it, add-ins, fonts, and a picture of its first page."""
_COMMENTS: Final = named(
    "comments commentsextended commentsids commentsextensible people document.glossary"
)
_ADDED: Final = named("documenttasks intelligence2 webextension webextensiontaskpanes")
_OF_PACKAGES: Final = named(
    "core-properties+xml digital-signature-origin digital-signature-xmlsignature+xml "
    "digital-signature-certificate"
)
_TAKEN_OUT_TYPES: Final = frozenset(
    {
        "application/xml",
        "text/xml",
        "image/vnd.ms-photo",
        "application/vnd.ms-word.styleswitheffects+xml",
        INK,
        SVG,
        RELATIONS,
        f"{_WORD}printersettings",
        f"{_OFFICE}extended-properties+xml",
        f"{_OFFICE}custom-properties+xml",
        f"{_OFFICE}customxmlproperties+xml",
        f"{_OFFICE}obfuscatedfont",
        *(f"application/x-font{one}" for one in ("-ttf", "-otf", "data")),
        *(f"font/{one}" for one in ("ttf", "otf", "sfnt")),
        *(f"{_WORD}{one}+xml" for one in _COMMENTS),
        *(f"{_MICROSOFT}{one}+xml" for one in _ADDED),
        *(f"{_PACKAGE}{one}" for one in _OF_PACKAGES),
    }
)
DATA: Final = frozenset(
    one
    for one in _TAKEN_OUT_TYPES
    if one.endswith(("/xml", "properties+xml", "signature+xml")) or one in (RELATIONS, SVG)
)
"""Written in XML, and not in Word's: an element has any name there, and none is kept."""
ALLOWED: Final = frozenset().union(*KEPT.values(), _TAKEN_OUT_TYPES)
"""Every type that a part may have, kept or not."""
REFUSED: Final[Mapping[str, WhyNot]] = {
    "vbaproject": WhyNot.MACROS,
    "wordvbadata": WhyNot.MACROS,
    "keymapcustomizations": WhyNot.MACROS,
    "attachedtoolbars": WhyNot.MACROS,
    "attachedtemplate": WhyNot.TEMPLATE,
    "oleobject": WhyNot.EMBEDDED,
    "package": WhyNot.EMBEDDED,
    "control": WhyNot.ACTIVEX,
    "activexcontrolbinary": WhyNot.ACTIVEX,
    "afchunk": WhyNot.CHUNK,
}
"""Relations that have a reason of their own. Any other that is not known is a wrong part."""
REFUSED_TYPES: Final = (
    (re.compile(r"macroenabled|vba"), WhyNot.MACROS),
    (re.compile(r"activex"), WhyNot.ACTIVEX),
    (
        re.compile(
            r"oleobject|\.package|\.(sheet|presentation|document|template)$|ms-excel|msword"
        ),
        WhyNot.EMBEDDED,
    ),
)
