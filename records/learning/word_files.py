"""What counts as a finished Word file: by its name and by what is in it, without opening it.

Nothing is unpacked but one list, and that only up to a limit: a small file can claim to be huge.
Source: ECMA-376 part 2 (a package is a zip with `[Content_Types].xml`).
"""

import zlib
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_UNPACKED: Final = 60 * 1024 * 1024
MAX_PARTS: Final = 2_000
_TYPES: Final = "[Content_Types].xml"
_BODY: Final = "word/document.xml"
_DOCUMENT: Final = b"wordprocessingml.document.main+xml"
_MAX_TYPES: Final = 256 * 1024
_NONSENSE: Final = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,  # a compression nobody uses in such files
    RuntimeError,  # a password
    EOFError,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
)
"""All that reading a broken zip was seen to raise."""


class NotWord(Exception):
    """The file is not taken. `reason` is a word for the log and for the sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check(name: str, body: bytes) -> None:
    """Raises NotWord: `size`, `kind` (another sort of file), `macros`, `broken` or `bomb`."""
    if not body or len(body) > MAX_BYTES:
        raise NotWord("size" if body else "broken")
    if not name.casefold().endswith(".docx"):
        raise NotWord("kind")
    try:
        with ZipFile(BytesIO(body)) as held:
            _check_parts(held)
    except _NONSENSE as error:
        raise NotWord("broken") from error


def _check_parts(held: ZipFile) -> None:
    parts = held.infolist()
    names = [one.filename for one in parts]
    if len(parts) > MAX_PARTS or sum(one.file_size for one in parts) > MAX_UNPACKED:
        raise NotWord("bomb")
    if len(set(names)) != len(names) or any(one.flag_bits & 1 for one in parts):
        raise NotWord("broken")  # two readers could see two files; or it is locked
    if any(one.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for one in names):
        raise NotWord("macros")
    if _TYPES not in names or _BODY not in names:
        raise NotWord("kind")
    with held.open(_TYPES) as types:
        said = types.read(_MAX_TYPES + 1)
    if len(said) > _MAX_TYPES:
        raise NotWord("bomb")
    if b"macroEnabled" in said:
        raise NotWord("macros")
    if _DOCUMENT not in said:
        raise NotWord("kind")
