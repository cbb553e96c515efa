"""Honest Word files are taken, and what is kept of them is the text and nothing of who wrote it."""

import os
import shutil
import subprocess
import warnings
from base64 import b64encode
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx2python import docx2python

from records.learning.word_files import fit_to_keep
from records.learning.word_refusals import MAX_BYTES
from tests.records.learning.word_written import (
    AUTHOR,
    BODY,
    BY,
    CHANGED,
    COMMENTED,
    HONEST,
    PNG,
    STANDING,
    Parts,
    add,
    as_word,
    desk,
    everything,
    gone,
    mark,
    new,
    p,
    phone,
    said,
    strict,
    t,
    with_agency_marks,
    with_diagram,
    with_ink,
    with_links,
    with_notes,
    with_picture,
    with_places_to_fill,
    with_svg,
    zipped,
)


def kept(parts: Parts) -> dict[str, bytes]:
    return unzipped(fit_to_keep("a.docx", as_word(parts)))


def unzipped(body: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(body)) as held:
        return {name: held.read(name) for name in held.namelist()}


def paragraphs(body: bytes) -> list[str]:
    """What python-docx reads, with what stands in tables, boxes and places to fill in."""
    found = docx.Document(BytesIO(body)).element.body.iter(qn("w:p"))
    texts = ["".join(one.text or "" for one in each.iter(qn("w:t"))) for each in found]
    return [text for text in texts if text]


# Taken --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_and_opens_again(name: str) -> None:
    body = fit_to_keep("a.docx", HONEST[name]())
    assert len(body) <= MAX_BYTES
    if "strict" not in name:  # python-docx reads no strict file, cleaned or not
        assert paragraphs(body)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses the properties, which are gone
            with docx2python(BytesIO(body)) as read:
                assert read.text.strip()


@pytest.mark.parametrize("name", HONEST)
def test_nothing_that_is_kept_names_who_wrote_it(name: str) -> None:
    for part, body in unzipped(fit_to_keep("a.docx", HONEST[name]())).items():
        for word in (AUTHOR, "Penhallow", "rsid", "<w:ins ", "<w:del", "moveFrom", "Change "):
            assert word.encode() not in body, (part, word)


@pytest.mark.parametrize("name", HONEST)
def test_a_file_that_is_clean_stays_as_it_is(name: str) -> None:
    once = fit_to_keep("a.docx", HONEST[name]())
    assert fit_to_keep("a.docx", once) == once


def test_at_least_twenty_honest_files_are_tried() -> None:
    assert len(HONEST) >= 20


def test_what_the_library_we_write_with_writes_is_taken() -> None:
    made, out = docx.Document(), BytesIO()
    made.core_properties.author = AUTHOR
    made.add_heading("Learning", 1)
    made.add_paragraph("What we learned", style="List Bullet")
    made.add_picture(BytesIO(PNG))
    made.add_table(2, 2).cell(0, 0).text = "In a table"
    made.sections[0].footer.paragraphs[0].text = "Foot"
    made.save(out)
    body = fit_to_keep("a.docx", out.getvalue())
    assert paragraphs(body) == ["Learning", "What we learned", "In a table"]
    assert AUTHOR.encode() not in b"".join(unzipped(body).values())
    again = docx.Document(BytesIO(body))
    assert len(again.inline_shapes) == 1
    assert again.sections[0].footer.paragraphs[0].text == "Foot"


# Tracked changes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [desk, phone, lambda inside: strict(desk(inside))])
def test_changes_are_accepted(form: Callable[[str], Parts]) -> None:
    body = fit_to_keep("a.docx", as_word(form(CHANGED)))
    text = unzipped(body)[BODY].decode()
    for words in ("Oliver", "Whole line", "Row gone"):
        assert words not in text
    if "purl.oclc.org" not in text:
        assert paragraphs(body)[: len(STANDING)] == STANDING


JOINS: list[tuple[str, str, list[str]]] = [
    ("three run together", f"<w:p>{mark('del')}{t('a')}</w:p>" * 2 + p("b"), ["aab"]),
    (
        "before a table",
        f"<w:p>{mark('del')}{t('a')}</w:p><w:tbl><w:tr><w:tc>{p('b')}</w:tc></w:tr></w:tbl>{p('c')}",
        ["a", "b", "c"],
    ),
    (
        "the last of a cell",
        f"<w:tbl><w:tr><w:tc><w:p>{mark('del')}{gone('a')}</w:p></w:tc></w:tr></w:tbl>{p('c')}",
        ["c"],
    ),
    (
        "moved away and all",
        f"<w:p>{mark('moveFrom')}<w:moveFrom {BY}>{t('a')}</w:moveFrom></w:p>{p('b')}",
        ["b"],
    ),
    ("inserted, then deleted", f"<w:p><w:ins {BY}>{gone('a')}{t('b')}</w:ins></w:p>", ["b"]),
    (
        "a whole table gone",
        f"<w:tbl><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>{p('b')}",
        ["b"],
    ),
    (
        "a cell gone",
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel {BY}/></w:tcPr>{p('a')}</w:tc>"
        f"<w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
        ["b"],
    ),
    (
        "in a content control",
        f"<w:sdt><w:sdtContent><w:p>{gone('a')}{new('b')}</w:p></w:sdtContent></w:sdt>",
        ["b"],
    ),
    (
        "in a link",
        f'<w:p><w:hyperlink w:anchor="x">{gone("a")}{new("b")}</w:hyperlink></w:p>',
        ["b"],
    ),
]


@pytest.mark.parametrize(
    ("inside", "left"), [row[1:] for row in JOINS], ids=[row[0] for row in JOINS]
)
def test_changes_of_every_shape_are_accepted(inside: str, left: list[str]) -> None:
    assert paragraphs(fit_to_keep("a.docx", as_word(desk(inside)))) == left


def test_a_line_of_a_drawing_is_no_moved_text() -> None:
    a = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    path = f"<a:path {a}><a:moveTo><a:pt x='0'/></a:moveTo></a:path>"
    line = f"<w:p><w:r><w:drawing>{path}</w:drawing></w:r></w:p>"
    assert b"<a:moveTo><a:pt" in kept(said(desk(), line))[BODY]


# What is taken out --------------------------------------------------------------------------------


def test_properties_comments_and_people_are_no_parts_of_it() -> None:
    names = set(kept(everything()))
    assert not {name for name in names if name.startswith(("docProps", "customXml", "_xmlsig"))}
    for part in (
        "comments",
        "people",
        "documenttasks",
        "printer",
        "glossary",
        "taskpanes",
        "font1",
    ):
        assert not {name for name in names if part in name}
    assert {"word/document.xml", "word/styles.xml", "word/footnotes.xml"} <= names


def test_a_comment_leaves_no_trace_where_it_stood() -> None:
    text = kept(desk(COMMENTED))[BODY].decode()
    assert "comment" not in text.casefold()
    assert "As agreed" in text


def test_a_note_goes_with_the_words_it_was_for() -> None:
    notes = kept(with_notes(desk()))["word/footnotes.xml"].decode()
    assert "Kept note" in notes
    assert "separator" in notes
    assert "Deleted note" not in notes


def test_a_picture_that_was_deleted_is_not_kept() -> None:
    parts = with_picture(desk())
    text = parts[BODY]
    assert isinstance(text, str)
    assert "word/media/image1.png" in kept(parts)
    before, drawing = text.split("<w:r><w:drawing>")
    inside, after = drawing.split("</w:drawing></w:r>")
    cut = f"{before}<w:del {BY}><w:r><w:drawing>{inside}</w:drawing></w:r></w:del>{after}"
    assert "word/media/image1.png" not in kept({**parts, BODY: cut})


def test_links_to_the_web_and_to_mail_stay_and_those_to_a_disk_become_words() -> None:
    held = kept(with_links(desk()))
    rels = held["word/_rels/document.xml.rels"].decode()
    assert "https://www.example.org/a?b=1" in rels
    assert "mailto:team@example.org" in rels
    assert "file:" not in rels
    text = held[BODY].decode()
    assert "Link 2" in text
    assert "rId62" not in text
    assert "rId61" in text


def test_a_file_that_is_just_small_enough_is_so_when_it_is_kept() -> None:
    room = MAX_BYTES - len(as_word(with_picture(desk()))) - 2_000
    body = as_word(with_picture(desk(), body=PNG + os.urandom(room)))
    assert MAX_BYTES - 2_000 < len(body) <= MAX_BYTES
    assert len(fit_to_keep("a.docx", body)) <= MAX_BYTES


def test_pictures_stay_and_an_icon_stays_as_its_picture() -> None:
    held = kept(with_svg(desk()))
    assert held["word/media/image1.png"] == PNG
    assert not [name for name in held if name.endswith(".svg")]
    assert b"svgBlip" not in held[BODY]
    assert b"a:ext uri" not in held[BODY]


def test_diagrams_ink_and_the_agencys_label_stay() -> None:
    assert "word/diagrams/drawing1.xml" in kept(with_diagram(desk()))
    assert "word/ink/ink1.xml" in kept(with_ink(phone()))
    assert "docMetadata/LabelInfo.xml" in kept(with_agency_marks(desk()))


def test_what_a_place_was_filled_with_stays_and_its_tie_goes() -> None:
    text = kept(with_places_to_fill(desk()))[BODY].decode()
    assert "Filled in" in text
    assert "dataBinding" not in text
    assert "printerSettings" not in text


def test_no_setting_says_where_to_fetch_what_a_program_knows_of_marked_words() -> None:
    space = 'xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"'
    away = "https://files.example.org/a"
    named = (
        f'<w:smartTagType w:namespaceuri="u" w:name="place" w:url="{away}"/>'
        f'<sl:schemaLibrary {space}><sl:schema sl:manifestLocation="{away}"/></sl:schemaLibrary>'
    )
    held = kept(add(desk(), "word/settings.xml", "</w:settings>", f"{named}</w:settings>"))
    assert away.encode() not in held["word/settings.xml"]


def test_what_is_said_and_what_is_there_agree() -> None:
    """Each relation leads to a part, each part has a type, and nothing lies there unused."""
    held = kept(everything())
    assert held["[Content_Types].xml"].count(b"PartName") == sum(
        not name.endswith((".rels", ".png", ".xml]")) and name != "[Content_Types].xml"
        for name in held
    )
    with ZipFile(BytesIO(zipped({n: b.decode("latin-1") for n, b in held.items()}))) as made:
        assert made.testzip() is None


def test_prefixes_stay_as_they_were_written() -> None:
    """Word does not open a file that lists a prefix as ignorable and does not declare it."""
    text = kept(desk())[BODY].decode()
    assert 'mc:Ignorable="w14 w15 w16du"' in text
    assert "xmlns:w16du=" in text


def test_signs_and_spaces_come_through() -> None:
    odd = "&lt;a&gt; &amp; &quot;b&quot; \u2013 \U0001f642 \u0639"
    inside = f'<w:p><w:r><w:t xml:space="preserve"> {odd} </w:t></w:r></w:p>'
    assert paragraphs(fit_to_keep("a.docx", as_word(desk(inside)))) == [
        ' <a> & "b" \u2013 \U0001f642 \u0639 '
    ]


# LibreOffice --------------------------------------------------------------------------------------

FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:creator>AUTHOR</dc:creator></office:meta>
<office:body><office:text>INSIDE</office:text></office:body></office:document>"""
INFO = (
    f"<office:change-info><dc:creator>{AUTHOR}</dc:creator><dc:date>2027-02-03T09:00:00</dc:date>"
    "</office:change-info>"
)
FLATS: Mapping[str, str] = {
    "plain": "<text:h text:outline-level='1'>Learning</text:h><text:p>What we learned</text:p>",
    "table": "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>"
    "In a cell</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>What we learned</text:p>",
    "link": "<text:p>What we learned <text:a xlink:type='simple' xlink:href='https://www.example.org/'>"
    "here</text:a></text:p>",
    "fields": "<text:p>What we learned, page <text:page-number>1</text:page-number> of "
    "<text:page-count>1</text:page-count> <text:date>2027</text:date></text:p>",
    "picture": "<text:p>What we learned<draw:frame text:anchor-type='as-char' svg:width='1cm' "
    f"svg:height='1cm'><draw:image><office:binary-data>{b64encode(PNG).decode()}"
    "</office:binary-data></draw:image></draw:frame></text:p>",
    "comment": f"<text:p>What we learned<office:annotation><dc:creator>{AUTHOR}</dc:creator>"
    "<text:p>Ask her mother</text:p></office:annotation></text:p>",
    "note": "<text:p>What we learned<text:note text:note-class='footnote'><text:note-citation>1"
    "</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body></text:note>"
    "</text:p>",
    "changes": "<text:tracked-changes><text:changed-region text:id='c1' xml:id='c1'>"
    "<text:insertion>"
    f"{INFO}</text:insertion></text:changed-region><text:changed-region text:id='c2' xml:id='c2'>"
    f"<text:deletion>{INFO}<text:p>Oliver</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes><text:p>What we <text:change-start text:change-id='c1'/>learned"
    "<text:change-end text:change-id='c1'/><text:change text:change-id='c2'/></text:p>",
}


def office(folder: Path, to: str, *files: Path) -> None:
    """Have LibreOffice write these files in another form, beside themselves."""
    found = shutil.which("soffice")
    if not found:
        assert not os.environ.get("CI"), "soffice is missing: libreoffice-writer-nogui"
        pytest.skip("soffice is missing: libreoffice-writer-nogui")
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [found, home, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240)


@pytest.fixture(scope="module")
def from_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Word files that LibreOffice wrote."""
    folder = tmp_path_factory.mktemp("written")
    paths = []
    for name, inside in FLATS.items():
        paths.append(folder / f"{name}.fodt")
        paths[-1].write_text(FLAT.replace("INSIDE", inside).replace("AUTHOR", AUTHOR))
    office(folder, "docx:MS Word 2007 XML", *paths)
    return {path.stem: path.with_suffix(".docx").read_bytes() for path in paths}


@pytest.mark.parametrize("name", FLATS)
def test_what_libreoffice_writes_is_taken_and_cleaned(
    from_libreoffice: Mapping[str, bytes], name: str
) -> None:
    came = from_libreoffice[name]
    body = fit_to_keep("a.docx", came)
    assert "What we learned" in " ".join(paragraphs(body))
    whole = b"".join(unzipped(body).values())
    for word in (AUTHOR, "Oliver", "Ask her mother"):
        assert word.encode() not in whole
    pictures = [part for part in unzipped(body) if part.startswith("word/media/")]
    assert len(pictures) == (name == "picture")
    if name in ("comment", "changes"):
        assert AUTHOR.encode() in b"".join(unzipped(came).values())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What LibreOffice reads in every file that was kept."""
    folder = tmp_path_factory.mktemp("kept")
    paths = {name: folder / f"{at}.docx" for at, name in enumerate(HONEST)}
    for name, path in paths.items():
        path.write_bytes(fit_to_keep("a.docx", HONEST[name]()))
    office(folder, "txt:Text (encoded):UTF8", *paths.values())
    return {name: path.with_suffix(".txt").read_text() for name, path in paths.items()}


def test_libreoffice_opens_every_file_that_was_kept(printed: Mapping[str, str]) -> None:
    assert set(printed) == set(HONEST)
    for name, text in printed.items():
        wanted = STANDING if "changes" in name or name == "everything at once" else []
        assert text.strip(), name
        for words in wanted:
            assert words in text, name
        assert "Oliver" not in text
