"""What is taken as a finished Word file, and every sort of file that is not."""

import struct
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from records.learning.word_files import check
from records.learning.word_refusals import MAX_BYTES, NotWord
from tests.records.learning.word_written import TYPES, desk

MACRO = b"wordprocessingml.document.macroEnabled.main+xml"
SAID = "wordprocessingml.document.main+xml"
GOOD = {name: body if isinstance(body, bytes) else body.encode() for name, body in desk().items()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def bomb() -> bytes:
    return zipped({**GOOD, "word/media/a.bin": b"\0" * (70 * 1024 * 1024)})


def many() -> bytes:
    return zipped({**GOOD, **{f"word/{number}": b"" for number in range(2_100)}})


def lying() -> bytes:
    """A list of types that says it is small and unpacks to far more."""
    grown = GOOD[TYPES] + b" " * (8 * 1024 * 1024)
    return zipped({**GOOD, TYPES: grown}).replace(
        struct.pack("<I", len(grown)), struct.pack("<I", 300)
    )


def twice() -> bytes:
    out = BytesIO()
    with warnings.catch_warnings(), ZipFile(out, "w") as made:
        warnings.simplefilter("ignore")  # zipfile warns of what we want
        for name, body in (*GOOD.items(), ("word/document.xml", b"other")):
            made.writestr(name, body)
    return out.getvalue()


def locked() -> bytes:
    """The bit that says a part is encrypted, in both places where a zip says it."""
    body = bytearray(zipped(GOOD))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := body.find(mark, start)) >= 0:
            body[found + at] |= 1
            start = found + 4
    return bytes(body)


def test_a_word_file_is_taken() -> None:
    check("Learning.docx", zipped(GOOD))
    check("LEARNING.DOCX", zipped(GOOD))


WRONG: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("nothing", "a.docx", lambda: b"", "broken"),
    ("too large", "a.docx", lambda: b"x" * (MAX_BYTES + 1), "size"),
    ("another name", "a.pdf", lambda: zipped(GOOD), "kind"),
    ("no name", "", lambda: zipped(GOOD), "kind"),
    ("a hidden second name", "a.docx.exe", lambda: zipped(GOOD), "kind"),
    ("a macro file by name", "a.docm", lambda: zipped(GOOD), "kind"),
    (
        "a macro file under another name",
        "a.docx",
        lambda: zipped({**GOOD, TYPES: GOOD[TYPES].replace(SAID.encode(), MACRO)}),
        "macros",
    ),
    ("a macro inside", "a.docx", lambda: zipped({**GOOD, "word/vbaProject.bin": b"x"}), "macros"),
    ("a macro in capitals", "a.docx", lambda: zipped({**GOOD, "x/VBAPROJECT.BIN": b"x"}), "macros"),
    ("a PDF", "a.docx", lambda: b"%PDF-1.7 ...", "broken"),
    ("an old Word file", "a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "broken"),
    ("a page", "a.docx", lambda: b"<html></html>", "broken"),
    (
        "a spreadsheet",
        "a.docx",
        lambda: zipped({TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        "kind",
    ),
    ("any zip", "a.docx", lambda: zipped({"a.txt": b"x"}), "kind"),
    (
        "another document type",
        "a.docx",
        lambda: zipped({**GOOD, TYPES: GOOD[TYPES].replace(SAID.encode(), b"other")}),
        "kind",
    ),
    ("half a file", "a.docx", lambda: zipped(GOOD)[:-30], "broken"),
    ("a head and no more", "a.docx", lambda: b"PK\x03\x04", "broken"),
    ("a bomb", "a.docx", bomb, "bomb"),
    ("thousands of parts", "a.docx", many, "bomb"),
    ("a part twice", "a.docx", twice, "hidden"),
    ("a password", "a.docx", locked, "broken"),
]


@pytest.mark.parametrize(
    ("name", "make", "reason"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_anything_else_is_not_taken(name: str, make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(NotWord) as wrong:
        check(name, make())
    assert wrong.value.reason == reason


def test_a_list_that_lies_about_its_size_unpacks_to_no_more_than_its_limit() -> None:
    with pytest.raises(NotWord):
        check("a.docx", lying())


@pytest.mark.parametrize("seed", range(200))
def test_a_damaged_file_is_refused_or_taken_and_never_anything_else(seed: int) -> None:
    body = bytearray(zipped(GOOD))
    for turn in range(1 + seed % 5):
        at = zlib.crc32(f"{seed} {turn}".encode()) % len(body)
        body[at] = (body[at] + seed + 1) % 256
    try:
        check("a.docx", bytes(body))
    except NotWord:
        return
