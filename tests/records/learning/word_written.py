"""Word files as the programs that people have write them: the same parts, names, types and zips.

Built here from what each program was seen to write; every person in them is invented.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

Parts = dict[str, str | bytes]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SPACES = (
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    f' xmlns:r="{OFFICE}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' mc:Ignorable="w14 w15 w16du"'
)
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
    for kind, data in (
        (b"IHDR", struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x1d\x3b\x47")),
        (b"IEND", b""),
    )
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64 + b"\xff\xd9"
EMF = b"\x01\x00\x00\x00\x6c\x00\x00\x00" + b"\x00" * 32 + b" EMF" + b"\x00" * 64
AUTHOR = "Morgan Penhallow"
"""Who wrote, changed and commented on every file here."""
TYPES = "[Content_Types].xml"
BODY = "word/document.xml"
BODY_RELS = "word/_rels/document.xml.rels"


# Pieces -------------------------------------------------------------------------------------------


def p(text: str) -> str:
    return f'<w:p w:rsidR="00A77427" w14:paraId="1A2B3C4D"><w:r><w:t>{text}</w:t></w:r></w:p>'


def field(*pieces: str, result: str = "1") -> str:
    """A field whose instruction is cut into runs."""
    said = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in pieces
    )
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{said}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def document(inside: str, spaces: str = SPACES) -> str:
    return (
        f"{HEAD}<w:document {spaces}><w:body>{inside}<w:sectPr w:rsidR='00A77427'>"
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )


def picture(relation: str, more: str = "") -> str:
    a, pic = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    )
    return (
        '<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Picture 1" descr="A line"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
        '<pic:nvPicPr><pic:cNvPr id="0" name="Picture 1"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip {relation}>{more}</a:blip><a:stretch><a:fillRect/></a:stretch>"
        "</pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='914400' cy='914400'/>"
        "</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def relations(*led: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Each as id, type, target and, where it is none of the file's, `External`."""
    rows = "".join(
        f'<Relationship Id="{one[0]}" Type="{one[1]}" Target="{one[2]}"'
        + (f' TargetMode="{one[3]}"/>' if len(one) > 3 else "/>")
        for one in led
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def types(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> str:
    rows = [f'<Default Extension="{k}" ContentType="{v}"/>' for k, v in defaults.items()]
    rows += [f'<Override PartName="{k}" ContentType="{v}"/>' for k, v in overrides.items()]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{HEAD}<Types xmlns="{space}">{"".join(rows)}</Types>'


def add(parts: Parts, name: str, old: str, new: str) -> Parts:
    """The parts, with one piece of one of them replaced; it has to be there."""
    text = parts[name]
    assert isinstance(text, str)
    assert old in text, (name, old)
    return {**parts, name: text.replace(old, new, 1)}


def said(parts: Parts, inside: str) -> Parts:
    """The same with more at the end of its text."""
    return add(parts, main_of(parts), "<w:sectPr", f"{inside}<w:sectPr")


def main_of(parts: Parts) -> str:
    return next(name for name in parts if name.startswith("word/document"))


def led(
    parts: Parts,
    row: tuple[str, str, str] | tuple[str, str, str, str],
    of: str = BODY_RELS,
) -> Parts:
    """The same with one relation more."""
    one = relations(row).partition(f'<Relationships xmlns="{PACKAGE}">')[2]
    if of not in parts:
        return {**parts, of: relations(row)}
    return add(parts, of, "</Relationships>", one)


def part(parts: Parts, name: str, body: str | bytes, kind: str) -> Parts:
    """The same with one part more, declared as `kind`."""
    row = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    return {**add(parts, TYPES, "</Types>", f"{row}</Types>"), name: body}


def default(parts: Parts, extension: str, kind: str) -> Parts:
    row = f'<Default Extension="{extension}" ContentType="{kind}"/>'
    return add(parts, TYPES, "<Override", f"{row}<Override")


def linked(
    parts: Parts, kind: str, target: str, body: str | bytes, type_: str, *, name: str = "rId90"
) -> Parts:
    """The same with one part more, to which the main part leads."""
    return part(led(parts, (name, kind, target)), f"word/{target}", body, type_)


# Zips ---------------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def by_hand(
    parts: Mapping[str, str | bytes], *, flags: int, extra: bytes = b"", late: bool = False
) -> bytes:
    """A zip with these flags, and this beside each part's own head; sizes behind it if `late`."""
    out, listed = bytearray(), bytearray()
    for name, held in parts.items():
        body = held.encode() if isinstance(held, str) else held
        deflating = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = deflating.compress(body) + deflating.flush()
        sizes = struct.pack("<3L", zlib.crc32(body), len(packed), len(body))
        head = struct.pack("<3H2H", 20, flags, 8, 0, 33)
        at, raw = len(out), name.encode()
        out += b"PK\x03\x04" + head + (b"\0" * 12 if late else sizes)
        out += struct.pack("<2H", len(raw), len(extra)) + raw + extra + packed
        out += b"PK\x07\x08" + sizes if late else b""
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + head + sizes
        listed += struct.pack("<5H2L", len(raw), 0, 0, 0, 0, 0, at) + raw
    end = struct.pack("<4H2LH", 0, 0, len(parts), len(parts), len(listed), len(out), 0)
    return bytes(out + listed + b"PK\x05\x06" + end)


def as_word(parts: Mapping[str, str | bytes]) -> bytes:
    """Word's flags, and the room for growth that Office leaves in each head."""
    hint = struct.pack("<2H2H", 0xA220, 20, 0xA028, 16) + b"\0" * 16
    return by_hand(parts, flags=6, extra=hint)


def as_java(parts: Mapping[str, str | bytes]) -> bytes:
    """Written as it goes, as Google's servers do: each part's sizes stand behind it."""
    return by_hand(parts, flags=0x808, late=True)


# Word on a desk -----------------------------------------------------------------------------------

CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/'
    'dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title></dc:title>'
    f"<dc:creator>{AUTHOR}</dc:creator><cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2027-02-03T09:00:00Z</dcterms:created>'
    "</cp:coreProperties>"
)
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-'
    f'properties"><Template>Normal.dotm</Template><Manager>{AUTHOR}</Manager>'
    f"<Company>{AUTHOR}</Company><Application>Microsoft Office Word</Application></Properties>"
)
STYLES = (
    f'{HEAD}<w:styles {SPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:rsid w:val="00A77427"/></w:style></w:styles>'
)
SETTINGS = (
    f'{HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/><w:trackRevisions/>'
    '<w:rsids><w:rsidRoot w:val="00A77427"/><w:rsid w:val="00A77427"/></w:rsids>'
    '<w15:docId w15:val="{8A0F3C1E-0000-4000-8000-000000000001}"/></w:settings>'
)
THEME = (
    f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' name="Office Theme"><a:themeElements/></a:theme>'
)


def desk(inside: str = p("What we learned")) -> Parts:
    """Word on Windows: an ordinary document."""
    return {
        TYPES: types(
            {
                "rels": "application/vnd.openxmlformats-package.relationships+xml",
                "xml": "application/xml",
            },
            {
                "/word/document.xml": f"{WML}.document.main+xml",
                "/word/styles.xml": f"{WML}.styles+xml",
                "/word/settings.xml": f"{WML}.settings+xml",
                "/word/webSettings.xml": f"{WML}.webSettings+xml",
                "/word/fontTable.xml": f"{WML}.fontTable+xml",
                "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
                "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-"
                "properties+xml",
            },
        ),
        "_rels/.rels": relations(
            ("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
            ("rId2", f"{PACKAGE}/metadata/core-properties", "docProps/core.xml"),
            ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        ),
        BODY: document(inside),
        BODY_RELS: relations(
            ("rId3", f"{OFFICE}/webSettings", "webSettings.xml"),
            ("rId2", f"{OFFICE}/settings", "settings.xml"),
            ("rId1", f"{OFFICE}/styles", "styles.xml"),
            ("rId5", f"{OFFICE}/theme", "theme/theme1.xml"),
            ("rId4", f"{OFFICE}/fontTable", "fontTable.xml"),
        ),
        "word/theme/theme1.xml": THEME,
        "word/settings.xml": SETTINGS,
        "word/styles.xml": STYLES,
        "word/webSettings.xml": f"{HEAD}<w:webSettings {SPACES}><w:allowPNG/></w:webSettings>",
        "word/fontTable.xml": f'{HEAD}<w:fonts {SPACES}><w:font w:name="Aptos"/></w:fonts>',
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
    }


def with_picture(parts: Parts, name: str = "image1.png", body: bytes = PNG) -> Parts:
    extension = name.rpartition(".")[2]
    kind = {"png": "image/png", "jpeg": "image/jpeg", "emf": "image/x-emf"}[extension]
    parts = default(parts, extension, kind)
    parts = led(parts, ("rId20", f"{OFFICE}/image", f"media/{name}"))
    return {**said(parts, picture('r:embed="rId20"')), f"word/media/{name}": body}


def with_svg(parts: Parts) -> Parts:
    """An icon: a PNG, and beside it the drawing for those who can show it."""
    space = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    more = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<asvg:svgBlip xmlns:asvg="{space}" r:embed="rId21"/></a:ext></a:extLst>'
    )
    parts = default(default(parts, "png", "image/png"), "svg", "image/svg+xml")
    parts = led(parts, ("rId20", f"{OFFICE}/image", "media/image1.png"))
    parts = led(parts, ("rId21", f"{OFFICE}/image", "media/image2.svg"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    held: Parts = {"word/media/image1.png": PNG, "word/media/image2.svg": svg}
    return {**said(parts, picture('r:embed="rId20"', more)), **held}


def with_own_data(parts: Parts) -> Parts:
    """What Word keeps beside the text: sources of quotations, or what SharePoint knows of it."""
    parts = led(parts, ("rId30", f"{OFFICE}/customXml", "../customXml/item1.xml"))
    props = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    parts = part(parts, "customXml/itemProps1.xml", "<ds:datastoreItem xmlns:ds='x'/>", props)
    row = ("rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml")
    return {
        **parts,
        "customXml/item1.xml": f"<p:control xmlns:p='x'><fill src='y'/>{AUTHOR}</p:control>",
        "customXml/_rels/item1.xml.rels": relations(row),
    }


COMMENTED = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>As agreed</w:t></w:r><w:commentRangeEnd '
    'w:id="0"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference '
    'w:id="0"/></w:r></w:p>'
)


def with_comments(parts: Parts) -> Parts:
    note = (
        f'<w:comment w:id="0" w:author="{AUTHOR}" w:initials="MP"><w:p><w:r><w:annotationRef/>'
        "</w:r><w:r><w:t>Ask her mother</w:t></w:r></w:p></w:comment>"
    )
    person = (
        f'<w15:person w15:author="{AUTHOR}"><w15:presenceInfo w15:userId="S::m@x"/></w15:person>'
    )
    rows = (
        (f"{OFFICE}/comments", "comments", note),
        (f"{MICROSOFT}/2011/relationships/commentsExtended", "commentsExtended", ""),
        (f"{MICROSOFT}/2016/09/relationships/commentsIds", "commentsIds", ""),
        (f"{MICROSOFT}/2018/08/relationships/commentsExtensible", "commentsExtensible", ""),
        (f"{MICROSOFT}/2011/relationships/people", "people", person),
    )
    for at, (kind, name, inside) in enumerate(rows):
        body = f"{HEAD}<w:{name} {SPACES}>{inside}</w:{name}>"
        type_ = f"{WML}.{name}+xml"
        parts = linked(parts, kind, f"{name}.xml", body, type_, name=f"rId4{at}")
    return said(parts, COMMENTED)


BY = f'w:id="7" w:author="{AUTHOR}" w:date="2027-02-03T09:00:00Z" w16du:dateUtc="x"'


def t(text: str, tag: str = "t") -> str:
    return f'<w:r w:rsidR="00B1"><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def gone(text: str) -> str:
    return f"<w:del {BY}>{t(text, 'delText')}</w:del>"


def new(text: str) -> str:
    return f"<w:ins {BY}>{t(text)}</w:ins>"


def mark(kind: str) -> str:
    """A paragraph's own end, inserted or deleted."""
    return f"<w:pPr><w:rPr><w:{kind} {BY}/></w:rPr></w:pPr>"


CHANGED = (
    f"<w:p>{t('We met ')}{gone('Oliver ')}{new('the child ')}{t('at home.')}</w:p>"
    f"<w:p>{mark('del')}{gone('Whole line.')}</w:p>"
    f"<w:p>{mark('del')}{t('Joined ')}</w:p><w:p>{t('to this.')}</w:p>"
    f"<w:p>{mark('ins')}{new('A new line.')}</w:p>"
    f'<w:p><w:moveFromRangeStart {BY} w:name="m1"/><w:moveFrom {BY}>{t("Moved.")}</w:moveFrom>'
    f'<w:moveFromRangeEnd w:id="7"/>{t("Stays.")}</w:p>'
    f'<w:p><w:moveToRangeStart {BY} w:name="m1"/><w:moveTo {BY}>{t("Moved.")}</w:moveTo>'
    '<w:moveToRangeEnd w:id="7"/></w:p>'
    f"<w:p><w:pPr><w:jc w:val='left'/><w:pPrChange {BY}><w:pPr/></w:pPrChange></w:pPr>"
    f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>Bold.</w:t></w:r>"
    f"</w:p><w:tbl><w:tblPr><w:tblPrChange {BY}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid>"
    f"<w:gridCol/></w:tblGrid><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc><w:p>"
    f"{gone('Row gone.')}</w:p></w:tc>"
    f"</w:tr><w:tr><w:trPr><w:ins {BY}/></w:trPr><w:tc><w:p>{new('Row new.')}</w:p></w:tc></w:tr>"
    "</w:tbl><w:p/>"
)
STANDING = [
    "We met the child at home.",
    "Joined to this.",
    "A new line.",
    "Stays.",
    "Moved.",
    "Bold.",
    "Row new.",
]
"""What is left of CHANGED once every change is accepted, paragraph by paragraph."""


def with_notes(parts: Parts) -> Parts:
    """A footnote, and one whose place in the text was deleted."""
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="1">{p("Kept note")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Deleted note")}</w:footnote>'
    )
    body = f"{HEAD}<w:footnotes {SPACES}>{notes}</w:footnotes>"
    kind = f"{WML}.footnotes+xml"
    parts = linked(parts, f"{OFFICE}/footnotes", "footnotes.xml", body, kind, name="rId50")
    one = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    return said(parts, f"<w:p>{one.format(1)}<w:del {BY}>{one.format(2)}</w:del></w:p>")


def with_head_and_foot(parts: Parts) -> Parts:
    head = f"{HEAD}<w:hdr {SPACES}>{p('Learning')}</w:hdr>"
    number = field(" PAGE ", "  \\* MERGEFORMAT ")
    foot = f"{HEAD}<w:ftr {SPACES}>{number}</w:ftr>"
    kind = f"{WML}.header+xml"
    parts = linked(parts, f"{OFFICE}/header", "header1.xml", head, kind, name="rId51")
    kind = f"{WML}.footer+xml"
    parts = linked(parts, f"{OFFICE}/footer", "footer1.xml", foot, kind, name="rId52")
    named = '<w:headerReference w:type="default" r:id="rId51"/><w:footerReference w:type="default"'
    return add(parts, BODY, '<w:pgSz w:w="11906"', f'{named} r:id="rId52"/><w:pgSz w:w="11906"')


FIELDS = (
    field(' TOC \\o "1-3" \\h \\z \\u ')
    + field(" HYPER", 'LINK "https://www.example.org/dde" ')
    + field(" REF _Ref1 \\h ")
    + field(" SEQ Figure \\* ARABIC ")
    + field(" = 1 + 2 ")
    + '<w:p><w:fldSimple w:instr=" NUMPAGES   \\* MERGEFORMAT "><w:r><w:t>2</w:t></w:r>'
    "</w:fldSimple></w:p>"
)
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
    f"<w:txbxContent>{field(' PAGE ')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    '<mc:Fallback><w:pict><v:shape href="https://www.example.org/"><v:textbox><w:txbxContent>'
    f"{field(' PAGE ')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def with_links(parts: Parts) -> Parts:
    rows = ("https://www.example.org/a?b=1", "mailto:team@example.org", "file:///C:\\Penhallow\\a")
    for at, address in enumerate(rows):
        parts = led(parts, (f"rId6{at}", f"{OFFICE}/hyperlink", address, "External"))
        link = (
            f'<w:p><w:hyperlink r:id="rId6{at}"><w:r><w:t>Link {at}</w:t></w:r></w:hyperlink></w:p>'
        )
        parts = said(parts, link)
    return parts


def with_diagram(parts: Parts) -> Parts:
    """A drawing of Word's own: five parts, of which one is found by the data of another."""
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagram"
    dgm = "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram'"
    data = f"<dgm:dataModel {dgm}><dsp:dataModelExt xmlns:dsp='x' relId='rId74'/></dgm:dataModel>"
    rows = (
        ("diagramData", "data1", data, f"{kind}Data+xml"),
        ("diagramLayout", "layout1", f"<dgm:layoutDef {dgm}/>", f"{kind}Layout+xml"),
        ("diagramQuickStyle", "quickStyle1", f"<dgm:styleDef {dgm}/>", f"{kind}Style+xml"),
        ("diagramColors", "colors1", f"<dgm:colorsDef {dgm}/>", f"{kind}Colors+xml"),
    )
    for at, (name, file, body, type_) in enumerate(rows):
        target = f"diagrams/{file}.xml"
        parts = linked(parts, f"{OFFICE}/{name}", target, body, type_, name=f"rId7{at}")
    kind, target = f"{MICROSOFT}/2007/relationships/diagramDrawing", "diagrams/drawing1.xml"
    type_ = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
    parts = linked(parts, kind, target, "<dsp:drawing xmlns:dsp='x'/>", type_, name="rId74")
    ids = 'r:dm="rId70" r:lo="rId71" r:qs="rId72" r:cs="rId73"'
    return said(parts, f"<w:p><w:r><w:drawing><dgm:relIds {dgm} {ids}/></w:drawing></w:r></w:p>")


def with_agency_marks(parts: Parts) -> Parts:
    """An agency's label, its own properties, a preview, an add-in, tasks and a signature."""
    office = "application/vnd.ms-office"
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    sign = "application/vnd.openxmlformats-package.digital-signature"
    root = (
        (
            f"{MICROSOFT}/2020/02/relationships/classificationlabels",
            "docMetadata/LabelInfo.xml",
            "<clbl:labelList xmlns:clbl='x'><clbl:label id='1'/></clbl:labelList>",
            f"{office}.classificationlabels+xml",
        ),
        (
            f"{OFFICE}/custom-properties",
            "docProps/custom.xml",
            f"<Properties>{AUTHOR}</Properties>",
            kind,
        ),
        (f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.emf", EMF, "image/x-emf"),
        (
            f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
            "word/webextensions/taskpanes.xml",
            "<wetp:taskpanes xmlns:wetp='x'/>",
            f"{office}.webextensiontaskpanes+xml",
        ),
        (
            f"{PACKAGE}/digital-signature/origin",
            "_xmlsignatures/origin.sigs",
            b"",
            f"{sign}-origin",
        ),
    )
    for at, (kind, name, body, type_) in enumerate(root):
        parts = part(led(parts, (f"rId8{at}", kind, name), "_rels/.rels"), name, body, type_)
    kind = f"{MICROSOFT}/2019/05/relationships/documenttasks"
    body = f"<t:Tasks xmlns:t='x'><t:Attribution userName='{AUTHOR}'/></t:Tasks>"
    target = "documenttasks/documenttasks1.xml"
    return linked(parts, kind, target, body, f"{office}.documenttasks+xml", name="rId85")


def with_places_to_fill(parts: Parts) -> Parts:
    """Content controls tied to properties, their building blocks, fonts and a printer."""
    bound = "<w:dataBinding w:xpath='/ns1:coreProperties/ns0:creator' w:storeItemID='{1}'/>"
    sdt = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{p('Filled in')}</w:sdtContent></w:sdt>"
    parts = said(parts, sdt)
    glossary = f"{HEAD}<w:glossaryDocument {SPACES}><w:docParts/></w:glossaryDocument>"
    kind = f"{WML}.document.glossary+xml"
    target = "glossary/document.xml"
    parts = linked(parts, f"{OFFICE}/glossaryDocument", target, glossary, kind, name="rId86")
    kind = f"{WML}.printerSettings"
    printer = AUTHOR.encode()
    parts = linked(
        parts, f"{OFFICE}/printerSettings", "printerSettings1.bin", printer, kind, name="rId87"
    )
    parts = add(
        parts, BODY, '<w:pgSz w:w="11906"', '<w:printerSettings r:id="rId87"/><w:pgSz w:w="11906"'
    )
    font = '<w:font w:name="Own"><w:embedRegular r:id="rId1" w:fontKey="{1}"/></w:font></w:fonts>'
    parts = add(parts, "word/fontTable.xml", "</w:fonts>", font)
    parts = led(
        parts, ("rId1", f"{OFFICE}/font", "fonts/font1.odttf"), "word/_rels/fontTable.xml.rels"
    )
    kind = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    return {**default(parts, "odttf", kind), "word/fonts/font1.odttf": b"\x00\x01"}


def strict(parts: Parts) -> Parts:
    """The same as Word saves it as a strict document."""
    found: Parts = {}
    for name, body in parts.items():
        if isinstance(body, str) and name != TYPES:
            body = body.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            body = body.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        found[name] = body
    return found


# Word in a browser, on a phone, and others --------------------------------------------------------


def web(number: str, inside: str = p("What we learned")) -> Parts:
    """Word in a browser: numbered parts, absolute targets, and ids that are no numbers."""
    names = ("styles", "settings", "fontTable", "webSettings")
    kinds = {f"/word/{one}{number}.xml": f"{WML}.{one}+xml" for one in names}
    main = f"/word/document{number}.xml"
    rows = [
        (f"R{at}a5c3f0b1d2e", f"{OFFICE}/{one}", f"/word/{one}{number}.xml")
        for at, one in enumerate(names)
    ]
    spare = desk()
    parts: Parts = {
        TYPES: types(
            {
                "xml": "application/xml",
                "rels": "application/vnd.openxmlformats-package.relationships+xml",
            },
            {main: f"{WML}.document.main+xml", **kinds},
        ),
        "_rels/.rels": relations(("Rb7d1", f"{OFFICE}/officeDocument", main)),
        main[1:]: document(inside),
        f"word/_rels/document{number}.xml.rels": relations(*rows),
    }
    return {**parts, **{f"word/{one}{number}.xml": spare[f"word/{one}.xml"] for one in names}}


def web_with_observations() -> Parts:
    """With what the spelling checker of Word in a browser noted."""
    parts, rels = web("22"), "word/_rels/document22.xml.rels"
    kind = f"{MICROSOFT}/2020/10/relationships/intelligence"
    parts = led(parts, ("Rint1", kind, "/word/intelligence2.xml"), rels)
    body = "<int2:intelligence xmlns:int2='x'/>"
    return part(
        parts, "word/intelligence2.xml", body, "application/vnd.ms-office.intelligence2+xml"
    )


def phone(inside: str = p("What we learned")) -> Parts:
    """Word on a phone: fewer parts, and a photograph."""
    parts = {name: body for name, body in desk(inside).items() if "webSettings" not in name}
    parts = add(
        parts,
        BODY_RELS,
        relations(("rId3", f"{OFFICE}/webSettings", "webSettings.xml"))
        .partition(f'<Relationships xmlns="{PACKAGE}">')[2]
        .removesuffix("</Relationships>"),
        "",
    )
    row = f'<Override PartName="/word/webSettings.xml" ContentType="{WML}.webSettings+xml"/>'
    return with_picture(add(parts, TYPES, row, ""), "image1.jpeg", JPEG)


def with_ink(parts: Parts) -> Parts:
    """A line drawn with a finger."""
    wpi = "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"
    parts = linked(
        parts,
        f"{OFFICE}/customXml",
        "ink/ink1.xml",
        "<inkml:ink xmlns:inkml='http://www.w3.org/2003/InkML'><inkml:trace>1 2</inkml:trace>"
        "</inkml:ink>",
        "application/inkml+xml",
        name="rId88",
    )
    ink = f'<w:drawing><w14:contentPart xmlns:wpi="{wpi}" r:id="rId88"/></w:drawing>'
    return said(parts, f"<w:p><w:r>{ink}</w:r></w:p>")


def google(inside: str = p("What we learned")) -> Parts:
    """Google Docs: no properties, its fonts beside the text."""
    parts = {name: body for name, body in desk(inside).items() if not name.startswith("docProps")}
    parts = {name: body for name, body in parts.items() if "webSettings" not in name}
    font = "application/x-font-ttf"
    kept = ("document", "styles", "settings", "fontTable")
    kinds = {f"/word/{one}.xml": f"{WML}.{one}+xml" for one in kept[1:]}
    theme = "application/vnd.openxmlformats-officedocument.theme+xml"
    return {
        **parts,
        TYPES: types(
            {
                "ttf": font,
                "xml": "application/xml",
                "rels": "application/vnd.openxmlformats-package.relationships+xml",
            },
            {
                "/word/document.xml": f"{WML}.document.main+xml",
                **kinds,
                "/word/theme/theme1.xml": theme,
            },
        ),
        "_rels/.rels": relations(("rId1", f"{OFFICE}/officeDocument", "word/document.xml")),
        BODY_RELS: relations(
            ("rId1", f"{OFFICE}/theme", "theme/theme1.xml"),
            ("rId2", f"{OFFICE}/settings", "settings.xml"),
            ("rId3", f"{OFFICE}/fontTable", "fontTable.xml"),
            ("rId4", f"{OFFICE}/styles", "styles.xml"),
            ("rId6", f"{OFFICE}/hyperlink", "https://www.example.org/", "External"),
        ),
        "word/_rels/fontTable.xml.rels": relations(
            ("rId1", f"{OFFICE}/font", "fonts/Lexend-regular.ttf")
        ),
        "word/fontTable.xml": f'{HEAD}<w:fonts {SPACES}><w:font w:name="Lexend"><w:embedRegular '
        'r:id="rId1" w:fontKey="{00000000-0000-0000-0000-000000000000}" w:subsetted="0"/></w:font>'
        "</w:fonts>",
        "word/fonts/Lexend-regular.ttf": b"\x00\x01\x00\x00" + b"\0" * 40,
    }


def from_a_kit() -> Parts:
    """Microsoft's kit for programs: whatever ends in .xml is the text, unless said otherwise."""
    main = "application/xml"
    return add(web("", p("What we learned")), TYPES, main, f"{WML}.document.main+xml")


def utf16(parts: Parts) -> Parts:
    """Its text in the other writing that a part may have."""
    text = parts[BODY]
    assert isinstance(text, str)
    return {**parts, BODY: text.replace("UTF-8", "UTF-16").encode("utf-16")}


HONEST: dict[str, Callable[[], bytes]] = {
    "Word on a desk": lambda: as_word(desk()),
    "with a picture": lambda: as_word(with_picture(desk())),
    "with a photograph": lambda: as_word(with_picture(desk(), "image1.jpeg", JPEG)),
    "with a drawing pasted from elsewhere": lambda: as_word(
        with_picture(desk(), "image1.emf", EMF)
    ),
    "with an icon": lambda: as_word(with_svg(desk())),
    "with data of its own": lambda: as_word(with_own_data(desk())),
    "with comments": lambda: as_word(with_comments(desk())),
    "with tracked changes": lambda: as_word(desk(CHANGED)),
    "with notes": lambda: as_word(with_notes(desk())),
    "with head and foot": lambda: as_word(with_head_and_foot(desk())),
    "with fields": lambda: as_word(desk(FIELDS)),
    "with a text box": lambda: as_word(desk(BOX)),
    "with links": lambda: as_word(with_links(desk())),
    "with a diagram": lambda: as_word(with_diagram(desk())),
    "with an agency's marks": lambda: as_word(with_agency_marks(desk())),
    "with places to fill in": lambda: as_word(with_places_to_fill(desk())),
    "left behind by Office": lambda: as_word({**desk(), "[trash]/0000.dat": b"\0" * 9}),
    "saved as strict": lambda: as_word(strict(with_picture(desk(CHANGED)))),
    "in the other writing": lambda: as_word(utf16(desk())),
    "Word in a browser": lambda: zipped(web("2")),
    "Word in a browser, once more": lambda: zipped(web_with_observations()),
    "Word in a browser, with changes": lambda: zipped(web("2", CHANGED)),
    "Word on a phone": lambda: as_word(phone()),
    "Word on a phone, with a finger": lambda: as_word(with_ink(phone())),
    "Google Docs": lambda: as_java(google()),
    "Google Docs, with changes": lambda: as_java(google(CHANGED)),
    "Google Docs, with comments": lambda: as_java(with_comments(google())),
    "a program with Microsoft's kit": lambda: zipped(from_a_kit()),
    "everything at once": lambda: as_word(everything()),
}
"""Honest files by who wrote them; those of LibreOffice and python-docx are made by these."""


def everything() -> Parts:
    parts = with_notes(with_comments(desk(CHANGED + FIELDS + BOX)))
    parts = with_agency_marks(with_own_data(with_links(with_diagram(parts))))
    return with_places_to_fill(with_head_and_foot(with_svg(parts)))
