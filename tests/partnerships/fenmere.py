"""Fenmere, a second and invented partnership: what its file says, and what it no longer says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from records.partnership import SUFFOLK, read_partnership
from records.partnership.words import each, fields

FILE: Final = Path(__file__).with_name("fenmere.toml")
OWN: Final = read_partnership(FILE)
LONG: Final = 25
"""From this length on a sentence is looked for within others."""


THEIRS: Final = dict(each(read_partnership(SUFFOLK).words))
"""Suffolk's sentences, filled in for Suffolk."""
OURS: Final = dict(each(OWN.words))


def replaced() -> frozenset[str]:
    """What Suffolk says and Fenmere says nowhere."""
    return frozenset(text for text in THEIRS.values() if text.strip()) - set(OURS.values())


REPLACED: Final = replaced()


def suffolks() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each of them, and what would be it on a card. One that could be a sentence of Fenmere's as
    well (such as "Hello {name}") is left out."""
    for text in REPLACED:
        blank = re.sub(r"\{[^}]*\}", "\0", text)
        shape = re.escape(blank).replace(re.escape("\0"), ".+")
        whole = len(blank.replace("\0", "")) < LONG
        found = re.compile(f"^{shape}( \\((needed|if you like)\\))?$" if whole else shape)
        if not any(found.search(one) for one in OURS.values()):
            yield text, found


def renamed() -> dict[str, str]:
    """Titles by Suffolk's words, for walks that tap them by those."""
    return {
        was: OURS[way]
        for way, was in THEIRS.items()
        if OURS.get(way, was) != was and not fields(was)
    }
