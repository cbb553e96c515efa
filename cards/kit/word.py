"""A Word file that everybody can read: real headings, header rows, a language, page numbers.

What people wrote goes in as plain text, unchanged but for what XML cannot hold. Neither the title
nor any property holds a person's name. Source: WCAG2ICT; Microsoft, "Make your Word documents
accessible"; ECMA-376, 17.3.2.20 (language) and 17.4.49 (header rows).

python-docx takes 40 ms and 8 MiB to load: what draws with it is imported in the thread that writes
the file.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from cards.kit.files import clean

LANGUAGE: Final = "en-GB"
PAGE: Final = 16.6
"""Centimetres between the margins of a page."""
FONT: Final = "Arial"
INK: Final = RGBColor(0x1D, 0x3B, 0x47)


class Word:
    """One document on its way. `title` and `at` become its properties."""

    def __init__(self, title: str, footer: str, at: datetime) -> None:
        self._it = Document()
        self._set_properties(title, at)
        self._set_styles()
        self._set_page(footer)
        self._it.add_heading(clean(title), 0)

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A real heading, so that a reader can jump from one to the next."""
        made = self._it.add_heading(clean(text), level)
        made.paragraph_format.page_break_before = new_page or None

    def para(self, *parts: str | tuple[str], quiet: bool = False, close: bool = False) -> None:
        """One paragraph; a part in a tuple is bold: `para(("When: ",), when)`.

        A quiet one stays with what follows it; a close one has the next right below.
        """
        paragraph = self._it.add_paragraph()
        paragraph.paragraph_format.keep_with_next = quiet or None
        paragraph.paragraph_format.space_after = Pt(3) if close else None
        for part in parts:
            text, bold = (part, False) if isinstance(part, str) else (part[0], True)
            run = paragraph.add_run(clean(text))
            run.bold, run.italic = bold or None, quiet or None

    def said(self, text: str) -> None:
        """What somebody wrote, a paragraph a line."""
        for line in text.splitlines():
            if line.strip():
                self._it.add_paragraph(clean(line))

    def points(self, texts: Sequence[str]) -> None:
        """A list, as Word knows lists."""
        for text in texts:
            self._it.add_paragraph(clean(text), style="List Bullet")

    def steps(self, texts: Sequence[str]) -> None:
        """A numbered list, as Word knows lists."""
        for text in texts:
            self._it.add_paragraph(clean(text), style="List Number")

    def space(self, lines: int = 5) -> None:
        """A box to write in, on paper or on the shared screen."""
        paragraph = self._it.add_paragraph(style="Space to write")
        for _ in range(lines - 1):
            paragraph.add_run().add_break()

    def pictures(self, pngs: Sequence[tuple[bytes, str]], width: float) -> None:
        """Pictures side by side as far as they fit, `width` centimetres each; every one with what
        it shows in words, for whoever has it read aloud."""
        beside = int(PAGE // width)
        for start in range(0, len(pngs), beside):
            paragraph = self._it.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(4)
            for png, words in pngs[start : start + beside]:
                drawn = paragraph.add_run().add_picture(BytesIO(png), width=Cm(width))
                drawn._inline.docPr.set("descr", clean(words))
                for side in ("distT", "distB", "distL", "distR"):
                    drawn._inline.set(side, "0")
                paragraph.add_run(" ")

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        height: float = 0,
        whole: bool = False,
    ) -> None:
        """A table whose first row is marked as its header and comes again on each page.

        `widths` are in centimetres; `height` is what a row has at least, to write in. One that is
        `whole` is not broken between two pages.
        """
        table = self._it.add_table(rows=1 + len(rows), cols=len(header), style="Table Grid")
        table.autofit = False
        # Word minds the order of these: the margins stand before the look.
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(_padding())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row, texts in zip(table.rows, (header, *rows), strict=True):
            _mark(row._tr, "w:cantSplit")
            if height and texts is not header:
                row.height = Cm(height)
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(width)
                cell.text = clean(text)
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
                for run in cell.paragraphs[0].runs if texts is header else ():
                    run.bold = True
        _mark(table.rows[0]._tr, "w:tblHeader")
        for row in table.rows[:-1] if whole else ():
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def body(self) -> bytes:
        """The finished file."""
        out = BytesIO()
        self._it.save(out)
        return out.getvalue()

    def _set_properties(self, title: str, at: datetime) -> None:
        known = self._it.core_properties
        known.title, known.language = clean(title), LANGUAGE
        known.author = known.last_modified_by = known.comments = known.keywords = ""
        known.created = known.modified = at.replace(microsecond=0)

    def _set_styles(self) -> None:
        styles = self._it.styles
        for language in styles.element.iter(qn("w:lang")):
            for name in ("w:val", "w:eastAsia"):
                language.set(qn(name), LANGUAGE)
        sizes = (("Normal", 11.0), ("Title", 22.0), ("Heading 1", 15.0), ("Heading 2", 12.0))
        for name, size in sizes:
            style = styles[name]
            assert isinstance(style, ParagraphStyle)  # noqa: S101  # the stock template's own
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in [name for name in fonts.attrib if name.endswith("Theme")]:
                del fonts.attrib[attribute]
            for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(script), FONT)
            if name != "Normal":
                style.font.color.rgb = INK
        box = styles.add_style("Space to write", 1)
        assert isinstance(box, ParagraphStyle)  # noqa: S101  # made as one in the line above
        box.base_style = styles["Normal"]
        box.paragraph_format.keep_together = True
        box.element.get_or_add_pPr().append(_box())

    def _set_page(self, footer: str) -> None:
        section = self._it.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2.0)
        line = section.footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in re.split(r"(PAGE|NUMPAGES)", clean(footer)):
            _field(line, part) if part in ("PAGE", "NUMPAGES") else line.add_run(part)


def _mark(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _box() -> Any:
    border = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "808080")):
            edge.set(qn(f"w:{name}"), value)
        border.append(edge)
    return border


def _padding() -> Any:
    """Room between a cell's text and its border. Source: ECMA-376, 17.4.42."""
    margins = OxmlElement("w:tblCellMar")
    for side, twentieths in (("top", "60"), ("left", "110"), ("bottom", "60"), ("right", "110")):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), twentieths)
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    return margins


def _field(line: Any, name: str) -> None:
    """A field that the reader's program fills in. Source: ECMA-376, 17.16.19."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)
