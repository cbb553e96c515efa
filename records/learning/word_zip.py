"""The zip that a Word file is: read so that every program sees the same parts in it, and written.

A program may find parts by the list at the end, or one after the other from the start. Both must
say the same, and there is nothing before, between or after the parts.
Source: PKWARE APPNOTE 6.3.10, 4.3; ECMA-376 part 2, annex B.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from records.learning.word_refusals import NotWord, WhyNot

MAX_UNPACKED: Final = 60 * 1024 * 1024
MAX_PARTS: Final = 2_000
_NONSENSE: Final = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,  # a version nobody uses in such files
    EOFError,
    IndexError,
    ValueError,
    OSError,
    struct.error,
)
"""All that reading a broken list of parts was seen to raise."""
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = 20
"""Bytes before the end where a second list, for huge files, would be named. APPNOTE, 4.3.15."""
_ENCRYPTED, _LATE, _UTF8 = 0x1, 0x8, 0x800
_UNSAID: Final = 0xFFFFFFFF
_YEAR_ONE: Final = (1980, 1, 1, 0, 0, 0)
"""The time of each part as Word writes it: none."""


def unpacked(body: bytes) -> dict[str, bytes]:
    """The parts by name, in their order. Raises NotWord: `broken`, `hidden` or `bomb`."""
    count, start = _listed(body)
    try:
        with ZipFile(BytesIO(body)) as held:
            entries = held.infolist()
    except _NONSENSE as error:
        raise NotWord(WhyNot.BROKEN) from error
    if len(entries) > MAX_PARTS or sum(one.file_size for one in entries) > MAX_UNPACKED:
        raise NotWord(WhyNot.BOMB)
    names = {one.orig_filename.casefold() for one in entries}
    if len(names) != len(entries) or len(entries) != count:
        raise NotWord(WhyNot.HIDDEN)
    return _parts(body, sorted(entries, key=lambda one: one.header_offset), start)


def _listed(body: bytes) -> tuple[int, int]:
    """How many parts the list names, and where it begins. It ends the file, without a comment."""
    found = body.rfind(b"PK\x05\x06")
    if found < 0:
        raise NotWord(WhyNot.BROKEN)
    if found + _END.size != len(body):
        raise NotWord(WhyNot.HIDDEN)
    _, disk, first, here, count, _, start, _ = _END.unpack(body[found:])
    another = body[max(found - _LOCATOR, 0) : found].startswith(b"PK\x06\x07")
    if disk or first or here != count or another:
        raise NotWord(WhyNot.HIDDEN)
    return count, start


def _parts(body: bytes, entries: Sequence[ZipInfo], start: int) -> dict[str, bytes]:
    """Each part unpacked; they lie side by side from the first byte to where the list begins."""
    begins = [one.header_offset for one in entries] + [start]
    if begins[0] != 0:
        raise NotWord(WhyNot.HIDDEN)
    found = {}
    for entry, end in zip(entries, begins[1:], strict=True):
        name = entry.orig_filename.rstrip("/")
        data = _unpacked(entry, _packed(body, entry, end))
        if not entry.orig_filename.endswith("/"):
            found[name] = data
        elif data:
            raise NotWord(WhyNot.HIDDEN)  # a folder is no part, so it holds nothing
    return found


def _packed(body: bytes, entry: ZipInfo, end: int) -> bytes:
    """The bytes of a part, whose own head says what the list says of it."""
    head = body[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(head) != _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise NotWord(WhyNot.HIDDEN)
    _, _, flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack(head)
    if (flags | entry.flag_bits) & _ENCRYPTED:
        raise NotWord(WhyNot.BROKEN)
    at = entry.header_offset + _LOCAL.size
    coding = "utf-8" if entry.flag_bits & _UTF8 else "cp437"
    listed = entry.compress_type, entry.flag_bits & _UTF8, entry.orig_filename.encode(coding)
    stop = at + length + extra + entry.compress_size
    if (method, flags & _UTF8, body[at : at + length]) != listed or stop > end:
        raise NotWord(WhyNot.HIDDEN)
    later = {(0, 0, 0), (0, _UNSAID, _UNSAID)} if flags & _LATE else set()
    if (crc, packed, size) not in {(entry.CRC, entry.compress_size, entry.file_size), *later}:
        raise NotWord(WhyNot.HIDDEN)
    if body[stop:end] not in (_afterwards(entry) if flags & _LATE else {b""}):
        raise NotWord(WhyNot.HIDDEN)
    return body[stop - entry.compress_size : stop]


def _afterwards(entry: ZipInfo) -> set[bytes]:
    """How a part's sizes may be said behind it. Source: APPNOTE, 4.3.9."""
    sizes = entry.CRC, entry.compress_size, entry.file_size
    plain = {struct.pack("<3L", *sizes), struct.pack("<LQQ", *sizes)}
    return plain | {b"PK\x07\x08" + one for one in plain}


def _unpacked(entry: ZipInfo, packed: bytes) -> bytes:
    """The part itself: exactly as long as was said, and nothing behind it."""
    if entry.compress_type == ZIP_STORED:
        data, whole = packed, True
    elif entry.compress_type == ZIP_DEFLATED:
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflating.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise NotWord(WhyNot.BROKEN) from error
        whole = inflating.eof and not inflating.unused_data
    else:
        raise NotWord(WhyNot.BROKEN)
    if not whole or len(data) != entry.file_size:
        raise NotWord(WhyNot.HIDDEN)
    if zlib.crc32(data) != entry.CRC:
        raise NotWord(WhyNot.BROKEN)
    return data


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, in their order, that says nothing of when or where it was made."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(ZipInfo(name, _YEAR_ONE), data, ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()
