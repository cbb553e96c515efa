"""Word files that are not what they seem: each is an honest one with one thing done to it.

The honest one is taken, so it is that one thing for which each is refused, and for its own reason.
"""

import struct
from collections.abc import Callable
from typing import Any

import pytest

from cards.wording import wording
from records.learning.word_fields import MAX_INSTRUCTION
from records.learning.word_files import fit_to_keep
from records.learning.word_refusals import MAX_BYTES, NotWord, WhyNot
from records.learning.word_xml import MAX_MARKS, MAX_XML
from tests.records.learning.word_written import (
    BODY,
    BODY_RELS,
    BOX,
    BY,
    HEAD,
    MICROSOFT,
    OFFICE,
    PNG,
    SPACES,
    TYPES,
    WML,
    Parts,
    add,
    as_java,
    as_word,
    by_hand,
    default,
    desk,
    document,
    everything,
    field,
    google,
    led,
    linked,
    p,
    part,
    phone,
    picture,
    relations,
    said,
    strict,
    t,
    web,
    with_ink,
    with_links,
    with_picture,
    with_svg,
    zipped,
)

VBA = "application/vnd.ms-office.vbaProject"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCTYPE = '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
AWAY = "https://files.example.org/a"
RID = "rId90"


def renamed(parts: Parts, old: str, new: str) -> Parts:
    return {new if name == old else name: body for name, body in parts.items()}


def outside(kind: str, target: str = AWAY, parts: Parts | None = None) -> Parts:
    return led(parts or desk(), (RID, f"{OFFICE}/{kind}", target, "External"))


def settings(inside: str) -> Parts:
    return add(desk(), "word/settings.xml", "<w:zoom", f"{inside}<w:zoom")


def template(target: str) -> Parts:
    row = ("rId1", f"{OFFICE}/attachedTemplate", target, "External")
    return led(settings('<w:attachedTemplate r:id="rId1"/>'), row, "word/_rels/settings.xml.rels")


def macro(name: str, kind: str = "application/octet-stream") -> Parts:
    return part(desk(), name, OLE, kind)


def object_(inside: str) -> Parts:
    return said(desk(), f"<w:p><w:r><w:object>{inside}</w:object></w:r></w:p>")


def typed(body: str, head: str = HEAD) -> str:
    """A part with a document type between its declaration and its root."""
    return body.replace(head, head + DOCTYPE, 1)


def with_type(parts: Parts, name: str) -> Parts:
    text = parts[name]
    assert isinstance(text, str)
    assert text.startswith(HEAD)
    return {**parts, name: typed(text)}


def utf16_type() -> Parts:
    text = typed(document(p("x"))).replace("UTF-8", "UTF-16")
    return {**desk(), BODY: text.encode("utf-16")}


def nested(depth: int) -> Parts:
    return said(desk(), "<w:p>" * depth + "</w:p>" * depth)


def spaced() -> Parts:
    """Namespaces by the hundred at one place, each level with a hundred more."""
    more = [" ".join(f'xmlns:a{n}="b"' for n in range(at, at + 90)) for at in (0, 90, 180)]
    return said(desk(), "".join(f"<w:p {one}>" for one in more) + "</w:p>" * 3)


def begin(*inside: str) -> str:
    """A field whose instruction is given as runs."""
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{"".join(inside)}'


def passed_over(inside: str) -> Parts:
    """A text with marks `x:`, which programs are told to pass over where they do not know them."""
    parts = add(desk(), BODY, 'mc:Ignorable="', 'xmlns:x="urn:example:x" mc:Ignorable="x ')
    return said(parts, inside)


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
INSTR = "<w:r><w:instrText>{}</w:instrText></w:r>"


def branches(one: str, other: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{one}</mc:Choice>'
        f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"
    )


QUOTED = "".join(
    (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        INSTR.format(" QUOTE 68 68 69 65 85 84 79 "),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
)

PARTS: list[tuple[str, WhyNot, Callable[[], Parts]]] = [
    # Macros, under whatever name.
    ("a macro", WhyNot.MACROS, lambda: macro("word/vbaProject.bin", VBA)),
    ("a macro in capitals", WhyNot.MACROS, lambda: macro("WORD/VBAPROJECT.BIN")),
    ("a macro that is escaped", WhyNot.MACROS, lambda: macro("word/vba%50roject.bin")),
    ("a macro escaped twice", WhyNot.MACROS, lambda: macro("word/vba%2550roject.bin")),
    ("a macro in wide letters", WhyNot.MACROS, lambda: macro("word/vbaＰroject.bin")),
    ("a macro behind a backslash", WhyNot.MACROS, lambda: macro("word\\vbaProject.bin")),
    ("what goes with a macro", WhyNot.MACROS, lambda: macro("word/vbaData.xml", "text/xml")),
    ("a macro called a picture", WhyNot.MACROS, lambda: macro("word/media/image1.png", VBA)),
    (
        "a macro by what leads to it",
        WhyNot.MACROS,
        lambda: linked(
            desk(), f"{MICROSOFT}/2006/relationships/vbaProject", "a.xml", "<a/>", "application/xml"
        ),
    ),
    (
        "a document with macros",
        WhyNot.MACROS,
        lambda: add(
            desk(),
            TYPES,
            f"{WML}.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    ),
    (
        "one in capitals and letters by number",
        WhyNot.MACROS,
        lambda: default(
            desk(), "bin", "application/vnd.ms-word.document.MACRO&#69;NABLED.main+xml"
        ),
    ),
    (
        "keys tied to macros",
        WhyNot.MACROS,
        lambda: linked(
            desk(),
            f"{MICROSOFT}/2006/relationships/keyMapCustomizations",
            "customizations.xml",
            "<a/>",
            "application/vnd.ms-word.keyMapCustomizations+xml",
        ),
    ),
    # Templates.
    ("a template on the web", WhyNot.TEMPLATE, lambda: template("https://x.example/a.dotm")),
    ("a template on a share", WhyNot.TEMPLATE, lambda: template("\\\\x.example\\a\\b.dotm")),
    ("a template on a disk", WhyNot.TEMPLATE, lambda: template("file:///C:\\a.dotm")),
    (
        "a template in a strict file",
        WhyNot.TEMPLATE,
        lambda: strict(template("https://x.example/a.dotm")),
    ),
    ("a template without its relation", WhyNot.TEMPLATE, lambda: settings("<w:attachedTemplate/>")),
    # Pictures that lie elsewhere.
    (
        "a linked picture",
        WhyNot.LINKED,
        lambda: said(outside("image"), picture(f'r:link="{RID}"')),
    ),
    (
        "a linked picture beside its copy",
        WhyNot.LINKED,
        lambda: said(outside("image", parts=with_picture(desk())), picture(f'r:link="{RID}"')),
    ),
    ("a linked picture that nothing shows", WhyNot.LINKED, lambda: outside("image")),
    (
        "a linked picture that calls itself a link",
        WhyNot.LINKED,
        lambda: said(outside("hyperlink"), picture(f'r:link="{RID}"')),
    ),
    (
        "a linked picture in a header",
        WhyNot.LINKED,
        lambda: led(
            everything(), (RID, f"{OFFICE}/image", AWAY, "External"), "word/_rels/header1.xml.rels"
        ),
    ),
    (
        "a picture by its address in an old drawing",
        WhyNot.LINKED,
        lambda: said(desk(), f'<w:p><w:r><w:pict><v:imagedata src="{AWAY}"/></w:pict></w:r></w:p>'),
    ),
    (
        "a page filled from elsewhere",
        WhyNot.LINKED,
        lambda: said(
            desk(), '<w:p><w:r><w:pict><v:fill o:href="\\\\x\\a.png"/></w:pict></w:r></w:p>'
        ),
    ),
    # Whole files and objects.
    (
        "an object",
        WhyNot.EMBEDDED,
        lambda: linked(
            desk(),
            f"{OFFICE}/oleObject",
            "embeddings/oleObject1.bin",
            OLE,
            "application/vnd.openxmlformats-officedocument.oleObject",
        ),
    ),
    ("an object from elsewhere", WhyNot.EMBEDDED, lambda: outside("oleObject", "mhtml:http://x!y")),
    (
        "an object's element",
        WhyNot.EMBEDDED,
        lambda: object_('<o:OLEObject Type="Link" ProgID="Word.Document.8"/>'),
    ),
    (
        "an object's strict element",
        WhyNot.EMBEDDED,
        lambda: object_('<w:objectLink w:drawAspect="icon"/>'),
    ),
    (
        "an object under another prefix",
        WhyNot.EMBEDDED,
        lambda: object_("<q:OLEObject xmlns:q='urn:schemas-microsoft-com:office:office'/>"),
    ),
    (
        "a spreadsheet inside",
        WhyNot.EMBEDDED,
        lambda: linked(desk(), f"{OFFICE}/package", "embeddings/a.xlsx", zipped(desk()), SHEET),
    ),
    (
        "a spreadsheet to which nothing leads",
        WhyNot.EMBEDDED,
        lambda: part(desk(), "word/embeddings/a.xlsx", b"x", SHEET),
    ),
    ("a file that calls itself a picture", WhyNot.EMBEDDED, lambda: with_picture(desk(), body=OLE)),
    (
        "a program that calls itself a font",
        WhyNot.EMBEDDED,
        lambda: {**google(), "word/fonts/Lexend-regular.ttf": b"MZ\x90\x00"},
    ),
    # Controls.
    (
        "a control",
        WhyNot.ACTIVEX,
        lambda: linked(
            desk(),
            f"{OFFICE}/control",
            "activeX/activeX1.xml",
            "<ax:ocx xmlns:ax='x'/>",
            "application/vnd.ms-office.activeX+xml",
        ),
    ),
    (
        "a control to which nothing leads",
        WhyNot.ACTIVEX,
        lambda: part(desk(), "word/a.xml", "<a/>", "application/vnd.ms-office.activeX+xml"),
    ),
    (
        "a control's element",
        WhyNot.ACTIVEX,
        lambda: object_('<w:control w:name="a" w:shapeid="b"/>'),
    ),
    # Another document as it is.
    (
        "another document",
        WhyNot.CHUNK,
        lambda: linked(desk(), f"{OFFICE}/aFChunk", "a.html", "<html/>", "text/html"),
    ),
    ("another document's element", WhyNot.CHUNK, lambda: said(desk(), '<w:altChunk r:id="rId1"/>')),
    (
        "another document in a comment's place",
        WhyNot.CHUNK,
        lambda: add(everything(), "word/comments.xml", "<w:comment ", "<w:altChunk/><w:comment "),
    ),
    # Fields.
    ("DDE", WhyNot.FIELDS, lambda: said(desk(), field(' DDE cmd "/c calc" '))),
    ("DDEAUTO", WhyNot.FIELDS, lambda: said(desk(), field(" DDEAUTO c:\\\\x\\\\cmd.exe "))),
    (
        "DDE in small letters, cut up",
        WhyNot.FIELDS,
        lambda: said(desk(), field("d", "De", "auTo c")),
    ),
    (
        "DDE in a simple field",
        WhyNot.FIELDS,
        lambda: said(desk(), '<w:p><w:fldSimple w:instr=" DDEAUTO a b "/></w:p>'),
    ),
    (
        "DDE made from numbers",
        WhyNot.FIELDS,
        lambda: said(desk(), begin(QUOTED, INSTR.format(" c"), END)),
    ),
    (
        "a name made in two halves",
        WhyNot.FIELDS,
        lambda: said(desk(), begin(INSTR.format("I"), QUOTED, INSTR.format("F a"), END)),
    ),
    (
        "DDE in a footer",
        WhyNot.FIELDS,
        lambda: add(everything(), "word/footer1.xml", " PAGE ", " DDE a b "),
    ),
    (
        "DDE in a comment",
        WhyNot.FIELDS,
        lambda: add(
            everything(), "word/comments.xml", "</w:comment>", f"{field('DDE a')}</w:comment>"
        ),
    ),
    (
        "DDE that was deleted",
        WhyNot.FIELDS,
        lambda: said(
            desk(),
            f'<w:p><w:del {BY}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText>'
            'DDE a</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
            "</w:p>",
        ),
    ),
    (
        "DDE held apart by what was deleted",
        WhyNot.FIELDS,
        lambda: said(
            desk(),
            begin(
                f'<w:del {BY}><w:r><w:delInstrText>PAGE "</w:delInstrText></w:r></w:del>',
                INSTR.format('DDEAUTO c a" '),
                END,
            ),
        ),
    ),
    (
        "DDE written as text",
        WhyNot.FIELDS,
        lambda: said(desk(), begin("<w:r><w:t>DDEAUTO a</w:t></w:r>", END)),
    ),
    (
        "DDE for some programs",
        WhyNot.FIELDS,
        lambda: said(desk(), begin(branches(INSTR.format("PAGE "), INSTR.format("DDEAUTO ")), END)),
    ),
    (
        "DDE for some programs, written as text",
        WhyNot.FIELDS,
        lambda: said(desk(), begin(branches(t("PAGE"), t("DDEAUTO a")), END)),
    ),
    (
        "an instruction without end",
        WhyNot.FIELDS,
        lambda: said(desk(), field("PAGE " + "x" * MAX_INSTRUCTION)),
    ),
    (
        "a field begun for some programs",
        WhyNot.FIELDS,
        lambda: said(
            desk(),
            begin(
                INSTR.format("PAGE"),
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                branches(
                    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                    "",
                ),
                "<w:r><w:t>DDEAUTO a</w:t></w:r>",
                END,
            ),
        ),
    ),
    *(
        (
            f"DDE behind {what}",
            WhyNot.FIELDS,
            lambda inside=inside: passed_over(begin(*inside, END)),
        )
        for what, inside in (
            (
                "what programs pass over",
                (f"<x:a>{INSTR.format('PAGE &quot;')}</x:a>", INSTR.format('DDEAUTO c a"')),
            ),
            (
                "an instruction's end that programs pass over",
                (f"<x:a>{INSTR.format('PAGE')}{SEPARATE}</x:a>", t("DDEAUTO c a")),
            ),
            (
                "an end of another program's",
                ('<w:r><x:fldChar x:fldCharType="separate"/></w:r>', t("DDEAUTO c a")),
            ),
            (
                "an end that is none",
                ('<w:r><w:fldChar w:fldCharType="over"/></w:r>', t("DDEAUTO c a")),
            ),
            (
                "a formula",
                ('<m:oMath><m:r><m:t>PAGE "</m:t></m:r></m:oMath>', INSTR.format('DDEAUTO c a"')),
            ),
            (
                "the text of a drawing",
                (
                    "<w:r><w:object><v:shape><v:textbox><w:txbxContent><w:p>"
                    f"{INSTR.format('PAGE &quot;')}</w:p></w:txbxContent></v:textbox></v:shape>"
                    "</w:object></w:r>",
                    INSTR.format('DDEAUTO c a"'),
                ),
            ),
        )
    ),
    (
        "a field that begins and ends in one",
        WhyNot.HIDDEN,
        lambda: passed_over(
            '<w:p><w:r><w:fldChar x:fldCharType="end" w:fldCharType="begin"/></w:r>'
            f"{t('DDEAUTO c a')}{END}"
        ),
    ),
    *(
        (
            f"a simple field with two instructions, one {how}",
            WhyNot.HIDDEN,
            lambda name=name: passed_over(
                f'<w:p><w:fldSimple {name}="PAGE" w:instr="DDEAUTO c a"/></w:p>'
            ),
        )
        for how, name in (("of another program's", "x:instr"), ("without a prefix", "instr"))
    ),
    ("DDE in a text box", WhyNot.FIELDS, lambda: said(desk(), BOX.replace(" PAGE ", " DDE a ", 1))),
    (
        "an instruction without a field",
        WhyNot.FIELDS,
        lambda: said(desk(), f"<w:p>{INSTR.format('DDE')}</w:p>"),
    ),
    ("INCLUDETEXT", WhyNot.FIELDS, lambda: said(desk(), field(f'INCLUDETEXT "{AWAY}"'))),
    ("INCLUDEPICTURE", WhyNot.FIELDS, lambda: said(desk(), field(f'INCLUDEPICTURE "{AWAY}" \\d'))),
    ("LINK", WhyNot.FIELDS, lambda: said(desk(), field("LINK Excel.Sheet.12 a"))),
    ("DATABASE", WhyNot.FIELDS, lambda: said(desk(), field('DATABASE \\d "a" \\c "b"'))),
    ("RD", WhyNot.FIELDS, lambda: said(desk(), field("RD \\\\\\\\x\\\\a.docx"))),
    ("MACROBUTTON", WhyNot.FIELDS, lambda: said(desk(), field("MACROBUTTON AutoOpen go"))),
    ("a field nobody knows", WhyNot.FIELDS, lambda: said(desk(), field("FETCH a"))),
    # What else is fetched.
    (
        "a letter's addresses",
        WhyNot.FETCHES,
        lambda: settings('<w:mailMerge><w:query w:val="SELECT"/></w:mailMerge>'),
    ),
    (
        "where addresses come from",
        WhyNot.FETCHES,
        lambda: outside("mailMergeSource", "file:///a.csv"),
    ),
    ("a document in a document", WhyNot.FETCHES, lambda: outside("subDocument")),
    ("its element", WhyNot.FETCHES, lambda: said(desk(), "<w:subDoc/>")),
    (
        "a frame",
        WhyNot.FETCHES,
        lambda: add(desk(), "word/webSettings.xml", "<w:allowPNG", "<w:frameset/><w:allowPNG"),
    ),
    ("a film", WhyNot.FETCHES, lambda: outside("video")),
    ("styles from elsewhere", WhyNot.FETCHES, lambda: outside("styles")),
    (
        "properties from elsewhere",
        WhyNot.FETCHES,
        lambda: led(desk(), (RID, f"{OFFICE}/custom-properties", AWAY, "External"), "_rels/.rels"),
    ),
    # Names and where they lead.
    (
        "a part above the file",
        WhyNot.NAMES,
        lambda: part(desk(), "../../a.xml", "<a/>", "text/xml"),
    ),
    (
        "a part in the folder above",
        WhyNot.NAMES,
        lambda: part(desk(), "word/../a.xml", "<a/>", "text/xml"),
    ),
    ("a part from the root", WhyNot.NAMES, lambda: part(desk(), "/a.xml", "<a/>", "text/xml")),
    ("a part on a drive", WhyNot.NAMES, lambda: part(desk(), "c:a.xml", "<a/>", "text/xml")),
    (
        "a part behind a backslash",
        WhyNot.NAMES,
        lambda: part(desk(), "..\\a.xml", "<a/>", "text/xml"),
    ),
    (
        "an escaped part",
        WhyNot.NAMES,
        lambda: part(desk(), "word/%2e%2e/a.xml", "<a/>", "text/xml"),
    ),
    (
        "a target above the file",
        WhyNot.NAMES,
        lambda: add(desk(), BODY_RELS, '"styles.xml"', '"../../styles.xml"'),
    ),
    (
        "a target that goes out and comes back",
        WhyNot.NAMES,
        lambda: add(desk(), BODY_RELS, '"styles.xml"', '"../word/styles.xml"'),
    ),
    (
        "an escaped target",
        WhyNot.NAMES,
        lambda: add(desk(), BODY_RELS, '"styles.xml"', '"%73tyles.xml"'),
    ),
    (
        "a target behind a backslash",
        WhyNot.NAMES,
        lambda: add(desk(), BODY_RELS, '"theme/theme1.xml"', '"theme\\theme1.xml"'),
    ),
    (
        "a target on a drive that says it is inside",
        WhyNot.NAMES,
        lambda: add(desk(), BODY_RELS, '"styles.xml"', '"file:///c:/a.xml"'),
    ),
    # Document types and entities, wherever.
    *(
        (f"a document type in {name}", WhyNot.DTD, lambda name=name: with_type(desk(), name))
        for name in (
            TYPES,
            "_rels/.rels",
            BODY,
            BODY_RELS,
            "word/settings.xml",
            "word/theme/theme1.xml",
            "docProps/core.xml",
        )
    ),
    (
        "a document type without entities",
        WhyNot.DTD,
        lambda: {**desk(), BODY: document(p("x")).replace(HEAD, f"{HEAD}<!DOCTYPE w>", 1)},
    ),
    (
        "a document type that lies elsewhere",
        WhyNot.DTD,
        lambda: {
            **desk(),
            BODY: document(p("x")).replace(HEAD, f'{HEAD}<!DOCTYPE w SYSTEM "{AWAY}">', 1),
        },
    ),
    ("a document type in the other writing", WhyNot.DTD, utf16_type),
    (
        "a document type in what nothing leads to",
        WhyNot.DTD,
        lambda: part(desk(), "customXml/item9.xml", typed(f"{HEAD}<a/>"), "application/xml"),
    ),
    (
        "a document type in an icon",
        WhyNot.DTD,
        lambda: {**with_svg(desk()), "word/media/image2.svg": typed(f"{HEAD}<svg/>")},
    ),
    # What costs too much.
    ("a thousand levels", WhyNot.BOMB, lambda: nested(1_000)),
    (
        "a thousand attributes",
        WhyNot.BOMB,
        lambda: said(desk(), "<w:p " + " ".join(f'w:a{n}="1"' for n in range(1_000)) + "/>"),
    ),
    ("hundreds of namespaces", WhyNot.BOMB, spaced),
    ("too much text", WhyNot.BOMB, lambda: said(desk(), p("x" * (MAX_XML + 1)))),
    ("too many tags", WhyNot.BOMB, lambda: said(desk(), "<w:p/>" * MAX_MARKS)),
    (
        "a part that unpacks to 70 MB",
        WhyNot.BOMB,
        lambda: with_picture(desk(), body=PNG + b"\0" * 70_000_000),
    ),
    # Two documents in one.
    (
        "two documents",
        WhyNot.HIDDEN,
        lambda: led(desk(), (RID, f"{OFFICE}/officeDocument", "word/document.xml"), "_rels/.rels"),
    ),
    (
        "a part twice but for capitals",
        WhyNot.HIDDEN,
        lambda: {**desk(), "word/Document.xml": document("")},
    ),
    (
        "a type said twice",
        WhyNot.HIDDEN,
        lambda: add(
            desk(), TYPES, "<Override", '<Default Extension="XML" ContentType="a/b"/><Override'
        ),
    ),
    (
        "two relations by one id",
        WhyNot.HIDDEN,
        lambda: led(desk(), ("rId1", f"{OFFICE}/hyperlink", AWAY, "External")),
    ),
    (
        "relations of no part",
        WhyNot.HIDDEN,
        lambda: {**desk(), "word/_rels/a.xml.rels": relations()},
    ),
    (
        "relations that say they are something else",
        WhyNot.HIDDEN,
        lambda: add(
            desk(),
            TYPES,
            "</Types>",
            f'<Override PartName="/{BODY_RELS}" ContentType="application/xml"/></Types>',
        ),
    ),
    # Other parts and other documents.
    (
        "a ribbon of its own",
        WhyNot.PARTS,
        lambda: part(
            led(
                desk(),
                (RID, f"{MICROSOFT}/2006/relationships/ui/extensibility", "customUI/customUI.xml"),
                "_rels/.rels",
            ),
            "customUI/customUI.xml",
            "<customUI onLoad='a'/>",
            "application/xml",
        ),
    ),
    ("a part of no type", WhyNot.PARTS, lambda: {**desk(), "word/a.exe": b"x"}),
    ("a picture that is none", WhyNot.PARTS, lambda: with_picture(desk(), body=b"<html>")),
    (
        "styles that are something else",
        WhyNot.PARTS,
        lambda: add(desk(), TYPES, f"{WML}.styles+xml", f"{WML}.header+xml"),
    ),
    (
        "a workbook",
        WhyNot.KIND,
        lambda: add(
            desk(),
            TYPES,
            f"{WML}.document.main+xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        ),
    ),
    ("a template", WhyNot.KIND, lambda: add(desk(), TYPES, ".document.main", ".template.main")),
    (
        "no main part",
        WhyNot.KIND,
        lambda: add(desk(), "_rels/.rels", 'officeDocument" T', 'thumbnail" T'),
    ),
    ("a main part that is no document", WhyNot.BROKEN, lambda: {**desk(), BODY: f"{HEAD}<html/>"}),
    (
        "a writing that programs read in two ways",
        WhyNot.BROKEN,
        lambda: {**desk(), BODY: document(p("x")).replace("UTF-8", "UTF-7")},
    ),
]


@pytest.mark.parametrize(
    ("reason", "make"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS]
)
def test_a_hostile_file_is_not_taken(reason: WhyNot, make: Callable[[], Parts]) -> None:
    with pytest.raises(NotWord) as wrong:
        fit_to_keep("a.docx", zipped(make()))
    assert wrong.value.reason is reason


# The zip itself -----------------------------------------------------------------------------------


def at_end(body: bytes, **changes: int) -> bytes:
    """The same with numbers at its very end changed by this much."""
    names = ("disk", "first", "here", "count", "size", "start", "comment")
    held = dict(zip(names, struct.unpack("<4H2LH", body[-18:]), strict=True))
    held.update({name: held[name] + by for name, by in changes.items()})
    return body[:-18] + struct.pack("<4H2LH", *held.values())


def shifted(before: bytes) -> bytes:
    """Bytes before the first part, with every place in the list put right."""
    body = bytearray(as_word(desk()))
    start = struct.unpack("<L", body[-6:-2])[0]
    at = start
    while body[at : at + 4] == b"PK\x01\x02":
        place = struct.unpack("<L", body[at + 42 : at + 46])[0] + len(before)
        body[at + 42 : at + 46] = struct.pack("<L", place)
        at += 46 + struct.unpack("<H", body[at + 28 : at + 30])[0]
    return before + at_end(bytes(body), start=len(before))


def squeezed_in(more: bytes) -> bytes:
    """Bytes between the last part and the list."""
    body = as_word(desk())
    start = struct.unpack("<L", body[-6:-2])[0]
    return at_end(body[:start] + more + body[start:], start=len(more))


def patched(at: int, value: bytes, make: Callable[[], bytes] = lambda: as_word(desk())) -> bytes:
    """The head of the first part alone, changed; the list says what it said."""
    body = make()
    return body[:at] + value + body[at + len(value) :]


def one_more(body: bytes) -> bytes:
    """A whole part of another file, which the list does not name."""
    other = by_hand({BODY: document(p("Another text"))}, flags=0)
    return other[: other.index(b"PK\x01\x02")] + body


def twice() -> bytes:
    return by_hand(Doubled(desk()), flags=0)  # type: ignore[arg-type]  # a mapping has no doubles


class Doubled(dict[str, str | bytes]):
    """Its text comes twice, and differs."""

    def items(self) -> Any:
        return [*super().items(), (BODY, document(p("Another text")))]

    def __len__(self) -> int:
        return super().__len__() + 1


def stuffed() -> bytes:
    """A part with bytes behind the end of its packed data."""
    body = as_word({TYPES: "x"})
    end = body.index(b"PK\x01\x02")
    grown = bytearray(body[:end] + b"more" + body[end:])
    size = struct.unpack("<L", grown[18:22])[0] + 4
    grown[18:22] = struct.pack("<L", size)
    grown[end + 4 + 20 : end + 4 + 24] = struct.pack("<L", size)
    return at_end(bytes(grown), start=4)


def locked() -> bytes:
    body = bytearray(as_word(desk()))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


def wrong_twice(local: int, listed: int, value: bytes) -> bytes:
    """The head of the first part and what the list says of it, changed alike."""
    body = as_word(desk())
    for before, after in ((b"PK\x03\x04", local), (b"PK\x01\x02", listed)):
        at = body.index(before) + after
        body = body[:at] + value + body[at + len(value) :]
    return body


def second_list() -> bytes:
    """A remark in the list that looks as if another list were named before the end."""
    body = as_word(desk())
    more, end = b"\0" * 56 + b"PK\x06\x07" + b"\0" * 16, len(body) - 22
    at = body.rindex(b"PK\x01\x02") + 32
    grown = body[:at] + struct.pack("<H", len(more)) + body[at + 2 : end] + more + body[end:]
    return at_end(grown, size=len(more))


ZIPS: list[tuple[str, WhyNot, Callable[[], bytes]]] = [
    ("a page before it", WhyNot.HIDDEN, lambda: b"<html></html>" + as_word(desk())),
    ("a PDF before it, places put right", WhyNot.HIDDEN, lambda: shifted(b"%PDF-1.7 ")),
    ("one byte before it, places put right", WhyNot.HIDDEN, lambda: shifted(b"P")),
    ("a part of another file before it", WhyNot.HIDDEN, lambda: one_more(as_word(desk()))),
    ("another file before it", WhyNot.HIDDEN, lambda: as_word(web("2")) + as_word(desk())),
    ("a byte behind it", WhyNot.HIDDEN, lambda: as_word(desk()) + b"\0"),
    ("a page behind it", WhyNot.HIDDEN, lambda: as_word(desk()) + b"<html></html>"),
    ("a remark at its end", WhyNot.HIDDEN, lambda: at_end(as_word(desk()), comment=5) + b"hello"),
    ("places that all count from elsewhere", WhyNot.HIDDEN, lambda: shifted(b"12345")[5:]),
    ("a second list for huge files", WhyNot.HIDDEN, second_list),
    ("a sum that is wrong in both places", WhyNot.BROKEN, lambda: wrong_twice(14, 16, b"\x01")),
    ("bytes before the list", WhyNot.HIDDEN, lambda: squeezed_in(b"more")),
    (
        "a part that the list does not name",
        WhyNot.HIDDEN,
        lambda: squeezed_in(one_more(b"")),
    ),
    ("more parts than it says", WhyNot.HIDDEN, lambda: at_end(as_word(desk()), count=-1, here=-1)),
    ("fewer parts here than in all", WhyNot.HIDDEN, lambda: at_end(as_word(desk()), here=-1)),
    ("on two disks", WhyNot.HIDDEN, lambda: at_end(as_word(desk()), disk=1)),
    ("a part by another name", WhyNot.HIDDEN, lambda: patched(30, b"[Content_Tyqes].xml")),
    ("a part packed in another way", WhyNot.HIDDEN, lambda: patched(8, b"\x00")),
    ("a part of another size", WhyNot.HIDDEN, lambda: patched(22, b"\x01")),
    ("a part with another sum", WhyNot.HIDDEN, lambda: patched(14, b"\xff\xff\xff\xff")),
    ("a part whose name is longer", WhyNot.HIDDEN, lambda: patched(26, b"\x14")),
    ("no head at all", WhyNot.HIDDEN, lambda: patched(0, b"XX")),
    (
        "other sizes behind a part",
        WhyNot.HIDDEN,
        lambda: as_java(google()).replace(b"PK\x07\x08", b"PK\x07\x09", 1),
    ),
    ("bytes behind the packed ones", WhyNot.HIDDEN, stuffed),
    ("its text twice", WhyNot.HIDDEN, twice),
    ("a password", WhyNot.BROKEN, locked),
    ("another sort of packing", WhyNot.BROKEN, lambda: wrong_twice(8, 10, b"\x0c\x00")),
    ("too large", WhyNot.SIZE, lambda: b"PK\x03\x04" + b"x" * MAX_BYTES),
]


@pytest.mark.parametrize(
    ("reason", "make"), [row[1:] for row in ZIPS], ids=[row[0] for row in ZIPS]
)
def test_a_zip_that_can_be_read_in_two_ways_is_not_taken(
    reason: WhyNot, make: Callable[[], bytes]
) -> None:
    with pytest.raises(NotWord) as wrong:
        fit_to_keep("a.docx", make())
    assert wrong.value.reason is reason


# All together -------------------------------------------------------------------------------------


def test_at_least_forty_sorts_are_tried_and_none_is_taken() -> None:
    assert len(PARTS) + len(ZIPS) >= 40
    assert {row[1] for row in (*PARTS, *ZIPS)} == set(WhyNot)


@pytest.mark.parametrize(
    "make",
    [desk, everything, google, phone, lambda: web("2"), lambda: strict(desk())],
    ids=["desk", "everything", "google", "phone", "web", "strict"],
)
def test_what_they_were_made_from_is_taken(make: Callable[[], Parts]) -> None:
    for written in (zipped, as_word, as_java):
        assert fit_to_keep("a.docx", written(make()))


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_picture(desk()),
        lambda: with_svg(desk()),
        lambda: with_ink(phone()),
        lambda: with_links(desk()),
        lambda: said(desk(), BOX),
        lambda: said(desk(), field(" PAGE ")),
        lambda: settings("<w:zoomed/>"),
        lambda: part(desk(), "customXml/item9.xml", f"{HEAD}<a/>", "application/xml"),
        lambda: nested(20),
        lambda: outside("hyperlink"),
        lambda: default(desk(), "bin", "application/octet-stream"),
        lambda: said(desk(), begin(INSTR.format("PAGE"), END)),
        lambda: add(desk(), "word/settings.xml", SPACES, SPACES),
    ],
)
def test_the_ways_in_which_they_were_made_do_no_harm_by_themselves(
    make: Callable[[], Parts],
) -> None:
    """Each helper above, used for something harmless: what is refused is what was put in by it."""
    assert fit_to_keep("a.docx", zipped(make()))


def test_each_reason_has_a_sentence_of_its_own() -> None:
    words = wording.UPLOAD_WRONG
    assert set(words) == {*WhyNot, "fetch"}
    assert len(set(words.values())) == len(words)
