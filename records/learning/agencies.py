"""The agencies that came to a conversation, who came for each, and the learning each records."""

import hashlib
from collections.abc import Mapping
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.one_each import once
from records.people import Frozen, Participant

WORDS: Final = "words"
WHO: Final = "who"


def cell(of: str, name: str) -> str:
    """The key of one value in a section that holds several of a kind, such as a person's number."""
    return f"{of}.{name}"


def agency_key(agency: str) -> str:
    """The same for the same agency, however it was spaced or capitalised when it was typed."""
    told = " ".join(agency.split()).casefold()
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def agency_of(one: Participant) -> str:
    """For whom somebody came: their agency; failing that their role, or they themselves."""
    return next((text.strip() for text in (one.agency, one.role) if text.strip()), one.name)


def who_came(it: Conversation) -> tuple[Participant, ...]:
    """Those who came, each once; before it took place, those who are expected."""
    expected = it.booking.coming if it.booking else ()
    ids = it.held.came if it.held else expected
    found = (it.person(who) for who in once(it, ids))
    return tuple(one for one in found if one is not None)


def agencies(it: Conversation) -> dict[str, str]:
    """The agencies that took part, by key, as they were first typed."""
    found: dict[str, str] = {}
    for one in who_came(it):
        found.setdefault(agency_key(agency_of(one)), agency_of(one))
    return found


class Recording(Frozen):
    """The learning one agency records. `key` stands for the agency wherever an id is needed."""

    key: str
    agency: str
    text: str = ""


def recordings_of(it: Conversation, texts: Mapping[str, str]) -> tuple[Recording, ...]:
    """One for each agency that took part; and what was written for one that is no longer there."""
    found = {
        key: Recording(key=key, agency=name, text=texts.get(cell(key, WORDS), ""))
        for key, name in agencies(it).items()
    }
    for name, text in texts.items():
        key = name.removesuffix(f".{WORDS}")
        if name.endswith(f".{WORDS}") and text and key not in found:
            agency = texts.get(cell(key, WHO), "")
            found[key] = Recording(key=key, agency=agency, text=text)
    return tuple(found.values())
