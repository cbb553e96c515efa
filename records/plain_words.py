"""Words as they are compared, however a phone, a mail or a web page has written them.

Sign by sign, so that the work grows with the text and no faster, whatever is pasted.
"""

import re
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

_DROPPED: Final = frozenset({"Cf", "Mn", "Me", "Sk"})
"""Categories that nobody sees as a sign of its own: joiners and soft hyphens, marks on letters, the
colour of a hand."""
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters, by their category, that are drawn as nothing."""
_APOSTROPHES: Final = frozenset("'`\u2018\u2019\u201b\u02bc\u2032\u00b4")
_WORDS: Final = re.compile(r"[^\W_]+")
_AT_HAND: Final = 4_096
"""Signs that are worked out once: more than any text in English has."""


@lru_cache(maxsize=_AT_HAND)
def _plain(sign: str) -> str:
    found = (one for one in normalize("NFKD", sign).casefold() if one not in _BLANK)
    shown = (one for one in found if one not in _APOSTROPHES and category(one) not in _DROPPED)
    return "".join(" " if category(one) == "Cc" else one for one in shown)


def plain(text: str) -> str:
    """The text in small letters of the usual width, without accents, apostrophes and all that is
    not seen: CAN’T and can\N{SOFT HYPHEN}t are one word."""
    if text.isascii() and text.isprintable():
        # Most of what is typed, at a tenth of the work.
        return text.lower().replace("'", "").replace("`", "").replace("^", "")
    return "".join(map(_plain, text))


def words_of(text: str) -> list[str]:
    """Its words in their order: letters and digits, whatever stands between them."""
    return _WORDS.findall(plain(text))
