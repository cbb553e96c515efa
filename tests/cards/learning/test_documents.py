"""The Word files, read back by a library that did not write them and opened in LibreOffice."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx2python import docx2python

from cards.kit.files import clean
from cards.learning.documents import learning_document, pack
from cards.wording import wording
from records.learning.agencies import Recording
from records.learning.document import (
    AgencyView,
    FilledSection,
    LearningDocument,
    Scaling,
    WrittenText,
)
from records.partnership import Partnership
from records.partnership.paper import Paper
from records.partnership.sections import SectionKind
from records.people import Part as Named
from records.people import Participant

SECTIONS = wording.partnership.learning.sections

AT = datetime(2027, 2, 3, 15, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS: Mapping[str, str] = {
    "plain": "Room to think.",
    "markup": "<b>&amp;</b> **not bold** _x0041_ {{x}} ${y}",
    "signs": "“Quoted” – naïve, 30 °C, ½; 🙂 عربي 漢字",
    "lines": "First line\nsecond line\n\nafter a gap\twith a tab",
    "control": "before\x00\x01\x08\x0b\x1f\ufffe\ufffftogether",
}
ASKS = sum(len(one.asks) for one in SECTIONS)
WRITTEN = ASKS + 2 + 2 + 2
"""How often a text stands in a filled document: views, people and agencies are two each."""


def document(text: str = TEXTS["plain"], *, filled: bool = True) -> LearningDocument:
    """A document in which every section holds something, or nothing."""
    people = (
        Participant(id="requester", part=Named.REQUESTER, name="Priya Shah", agency="Social Care"),
        Participant(id="other1", part=Named.OTHER, name="Pat Reed", agency="Suffolk Police"),
    )
    return LearningDocument(
        reference="LC-7K3QX",
        start=datetime(2027, 2, 3, 14, tzinfo=UTC),
        end=datetime(2027, 2, 3, 15, 30, tzinfo=UTC),
        zone="Europe/London",
        facilitator="Fay Larsen",
        lead="Priya Shah",
        agencies=("Social Care", "Suffolk Police"),
        people=people,
        version=1,
        parts=tuple(
            FilledSection(
                number=number,
                section=section,
                said=tuple(
                    WrittenText(label=one.label, text=text if filled else "")
                    for one in section.asks
                ),
                views=(
                    AgencyView(who="Suffolk Police", words=text),
                    AgencyView(who="Health", words=text),
                )
                if filled and section.kind is SectionKind.VIEWS
                else (),
                scalings=tuple(
                    Scaling(
                        person=one.id,
                        name=one.name,
                        number=7 if filled else None,
                        words=text if filled else "",
                    )
                    for one in people
                )
                if section.kind is SectionKind.SCALING
                else (),
                recordings=tuple(
                    Recording(key=one.id, agency=one.agency, text=text if filled else "")
                    for one in people
                )
                if section.kind is SectionKind.RECORDING
                else (),
                review_on=date(2027, 3, 31)
                if filled and section.kind is SectionKind.REVIEW
                else None,
            )
            for number, section in enumerate(SECTIONS, start=1)
        ),
    )


def saved(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def part_of(path: Path, name: str) -> ElementTree.Element:
    with ZipFile(path) as held:
        return ElementTree.fromstring(held.read(name))


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """Style and text of every paragraph, straight from the XML."""
    found = []
    for one in part_of(path, "word/document.xml").iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        marks = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
        text = "".join(
            (node.text or "") if node.tag == f"{W}t" else str(marks[node.tag])
            for node in one.iter()
            if node.tag in marks and not (node.tag == f"{W}tab" and "val" in str(node.attrib))
        )
        found.append((style.get(f"{W}val", "") if style is not None else "", text))
    return found


def headings(path: Path) -> list[tuple[int, str]]:
    return [
        (int(style.removeprefix("Heading")), text)
        for style, text in paragraphs(path)
        if style.startswith("Heading")
    ]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="session")
def files(folder: Path) -> Mapping[str, Path]:
    made = {
        "document": learning_document(document(), AT),
        "empty": learning_document(document(filled=False), AT),
        "odd": learning_document(document("\n".join(TEXTS.values())), AT),
        "pack": pack(document(filled=False), AT),
        "prefilled": pack(document(), AT),
    }
    return {name: saved(folder, f"{name}.docx", body) for name, body in made.items()}


def test_another_library_reads_back_everything_that_was_written(files: Mapping[str, Path]) -> None:
    with docx2python(files["document"]) as read:
        text = read.text
    for section in SECTIONS:
        assert section.heading in text
        for one in section.asks:
            assert len(section.asks) == 1 or one.label in text
    assert text.count(TEXTS["plain"]) == WRITTEN
    assert "Wednesday 31 March 2027" in text
    assert wording.DOC_EMPTY not in text


@pytest.mark.parametrize("name", ["document", "empty", "pack", "prefilled"])
def test_the_headings_are_real_and_none_is_left_out(files: Mapping[str, Path], name: str) -> None:
    found = headings(files[name])
    numbered = [text for level, text in found if level == 1 and text[0].isdecimal()]
    wanted = [f"{number}. {one.heading}" for number, one in enumerate(SECTIONS, start=1)]
    if "pack" in name or name == "prefilled":
        wanted = wanted[1:]  # when and who stands at the top of the pack
    assert numbered == wanted
    levels = [level for level, _ in found]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["document", "empty", "odd", "pack", "prefilled"])
def test_every_table_marks_its_header_row(files: Mapping[str, Path], name: str) -> None:
    tables = list(part_of(files[name], "word/document.xml").iter(f"{W}tbl"))
    assert tables
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert marked == [True, *[False] * (len(rows) - 1)]
        header = ["".join(cell.itertext()) for cell in rows[0].iter(f"{W}tc")]
        assert all(header)
        order = [child.tag for child in table.iterfind(f"{W}tblPr/*")]
        assert order.index(f"{W}tblCellMar") < order.index(f"{W}tblLook")


@pytest.mark.parametrize("name", ["document", "pack"])
def test_the_language_is_english_and_the_title_names_nobody(
    files: Mapping[str, Path], name: str
) -> None:
    languages = list(part_of(files[name], "word/styles.xml").iter(f"{W}lang"))
    assert [one.get(f"{W}val") for one in languages] == ["en-GB"]
    known = {
        one.tag.split("}")[1]: one.text or "" for one in part_of(files[name], "docProps/core.xml")
    }
    assert known["language"] == "en-GB"
    assert known["title"] in ("Learning document LC-7K3QX", "Learning conversation LC-7K3QX")
    assert known["created"].startswith("2027-02-03T15:30")
    assert not known["creator"]
    with ZipFile(files[name]) as held:
        properties = held.read("docProps/core.xml") + held.read("docProps/app.xml")
    for word in (b"Priya", b"Fay", b"Pat", b"python-docx"):
        assert word not in properties


def test_the_footer_counts_the_pages(files: Mapping[str, Path]) -> None:
    with ZipFile(files["document"]) as held:
        [name] = [one for one in held.namelist() if one.startswith("word/footer")]
    footer = part_of(files["document"], name)
    assert [one.get(f"{W}instr") for one in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert "LC-7K3QX" in "".join(footer.itertext())


def test_what_was_typed_is_unchanged_but_for_what_xml_cannot_hold(
    files: Mapping[str, Path],
) -> None:
    lines = [text for _, text in paragraphs(files["odd"])]
    for name in ("plain", "markup", "signs"):
        assert TEXTS[name] in lines
    assert {"First line", "second line", "after a gap\twith a tab"} <= set(lines)
    assert clean(TEXTS["control"]) == "beforetogether"
    assert "before" in "\n".join(lines)
    assert not any(mark in "".join(lines) for mark in "\x00\x01\x08\x1f\ufffe\uffff")


@pytest.mark.parametrize("name", ["document", "pack"])
def test_provisional_headings_say_so(files: Mapping[str, Path], name: str) -> None:
    texts = [text for _, text in paragraphs(files[name])]
    assert texts.count(wording.DOC_PROVISIONAL) == 1
    fixed = document().model_copy(update={"parts": ()})
    path = saved(files[name].parent, f"fixed-{name}.docx", learning_document(fixed, AT))
    assert wording.DOC_PROVISIONAL not in [text for _, text in paragraphs(path)]


def test_empty_sections_say_so_and_are_still_there(files: Mapping[str, Path]) -> None:
    texts = [text for _, text in paragraphs(files["empty"])]
    assert texts.count(wording.DOC_EMPTY) == ASKS + 1 + 2  # the views, and two agencies
    assert wording.DOC_NO_NUMBER in texts
    assert any(wording.DOC_NO_DATE in text for text in texts)


def test_the_pack_holds_the_agreement_word_for_word_and_an_agenda(
    files: Mapping[str, Path],
) -> None:
    points = [text for style, text in paragraphs(files["pack"]) if style == "ListBullet"]
    whole = (
        *wording.AGREEMENT_ALL,
        *wording.AGREEMENT_ATTENDEES,
        *wording.AGREEMENT_FACILITATOR,
    )
    assert points[: len(whole)] == list(whole)
    steps = [text for style, text in paragraphs(files["pack"]) if style == "ListNumber"]
    assert steps == list(wording.PACK_STEPS)


def test_the_pack_ends_with_the_partnerships_own_paper(files: Mapping[str, Path]) -> None:
    texts = [text for _, text in paragraphs(files["pack"])]
    paper = texts[texts.index(wording.PAPER_OPEN) + 1 :]
    title, keep, *lines = paper
    assert title == wording.partnership.paper.title
    assert keep == wording.PAPER_KEEP.format(name="Priya Shah")
    assert lines == [
        line
        for page in wording.partnership.paper.pages
        for part in page.parts
        for line in (part.heading, *part.texts, *part.points)
    ]


def test_a_partnership_that_gives_no_paper_has_none_in_its_files(
    files: Mapping[str, Path], serving: Callable[[Partnership], None]
) -> None:
    on_top = list(wording.partnership.paper.document)
    texts = [text for _, text in paragraphs(files["document"])]
    assert [one for one in texts if one in on_top] == on_top
    serving(wording.partnership.model_copy(update={"paper": Paper()}))
    made = {"bare": learning_document(document(), AT), "bare-pack": pack(document(), AT)}
    for name, body in made.items():
        bare = paragraphs(saved(files["pack"].parent, f"{name}.docx", body))
        assert not {wording.PAPER_OPEN, *on_top} & {text for _, text in bare}


def test_the_pack_says_what_to_switch_off_first_and_what_to_read_aloud_last(
    files: Mapping[str, Path],
) -> None:
    texts = [text for _, text in paragraphs(files["pack"])]
    assert texts.index(wording.NO_RECORDING) < texts.index(wording.PACK_AGENDA)
    end = texts.index(wording.PAPER_OPEN)
    assert texts[end - 2 : end] == [wording.BEFORE_FINISH_ALOUD, wording.BEFORE_FINISH]
    learned = [text for _, text in paragraphs(files["document"])]
    assert wording.BEFORE_FINISH not in learned


def test_the_pack_leaves_space_to_write_and_shows_what_is_known(
    files: Mapping[str, Path],
) -> None:
    styles = [style for style, _ in paragraphs(files["pack"])]
    assert styles.count("Spacetowrite") >= 12
    assert TEXTS["plain"] in [text for _, text in paragraphs(files["prefilled"])]


# In LibreOffice -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def printed(files: Mapping[str, Path], folder: Path) -> Mapping[str, str]:
    """Every file as LibreOffice prints it, as text; one start of it for all."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        words = "soffice or pdftotext is missing: libreoffice-writer-nogui, poppler-utils"
        assert not os.environ.get("CI"), words
        pytest.skip(words)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, files.values()),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: _text(reader, path.with_suffix(".pdf")) for name, path in files.items()}


def _text(reader: str, path: Path) -> str:
    done = subprocess.run(
        [reader, "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return " ".join(done.stdout.decode().split())


def test_libreoffice_opens_and_prints_every_file(printed: Mapping[str, str]) -> None:
    for name, text in printed.items():
        for section in SECTIONS[1:]:
            assert " ".join(section.heading.split()[:4]) in text, name
        assert "LC-7K3QX, page 2 of" in text


def test_libreoffice_shows_what_was_typed(printed: Mapping[str, str]) -> None:
    assert printed["document"].count(TEXTS["plain"]) == WRITTEN
    assert TEXTS["markup"] in printed["odd"]
    assert "before" in printed["odd"]
