"""Files that the bot hands out, read by something that did not write them."""

import io
import re

from docx2python import docx2python


def read_ics(body: bytes) -> dict[str, str]:
    """The properties of a calendar file, by RFC 5545: lines unfolded, texts unescaped."""
    text = body.decode()
    assert text.endswith("END:VCALENDAR\r\n")
    lines = re.sub("\r\n[ \t]", "", text).splitlines()
    found = dict(line.split(":", 1) for line in lines)
    return {name: re.sub(r"\\(.)", _meant, value) for name, value in found.items()}


def _meant(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]


def read_word(body: bytes) -> str:
    """All the words of a Word file."""
    with docx2python(io.BytesIO(body)) as read:
        return str(read.text)
