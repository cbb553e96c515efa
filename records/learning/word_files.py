"""What counts as a finished Word file, and how it is kept: judged by what is in it, then cleaned.

A part is known by its declared type and by what leads to it, never by its name. What is judged is
what is kept: the file is written anew from the parts that were read.
Source: ECMA-376 part 2 (packages), and `word_rules` for what may be in one.

The rules take 20 ms to load: whoever takes files imports this in the thread that reads one.
"""

from records.learning.word_cleaning import cleaned
from records.learning.word_package import WordPackage, opened
from records.learning.word_refusals import MAX_BYTES, NotWord, WhyNot
from records.learning.word_rules import check_package
from records.learning.word_zip import packed, unpacked


def check(name: str, body: bytes) -> WordPackage:
    """The file, read and found fit. Raises NotWord; its name is looked at and not kept."""
    if not body or len(body) > MAX_BYTES:
        raise NotWord(WhyNot.SIZE if body else WhyNot.BROKEN)
    if not name.casefold().endswith(".docx"):
        raise NotWord(WhyNot.KIND)
    package = opened(unpacked(body))
    check_package(package)
    return package


def fit_to_keep(name: str, body: bytes) -> bytes:
    """The file without names in its properties, comments and tracked changes. Raises NotWord.

    It may take seconds for a file that was made to take them: call it beside the event loop.
    """
    kept = packed(cleaned(check(name, body)))
    if len(kept) > MAX_BYTES:
        raise NotWord(WhyNot.SIZE)
    return kept
