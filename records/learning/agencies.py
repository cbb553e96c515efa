"""The agencies that came to a conversation, who came for each, and the learning each records."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.one_each import once, places
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


def kept_under(one: Participant) -> str:
    """What somebody's words are kept under: their agency; where that was not said their role, or
    they themselves. It tells people apart and is never shown as an agency."""
    return next((text.strip() for text in (one.agency, one.role) if text.strip()), one.name)


def who_came(it: Conversation) -> tuple[Participant, ...]:
    """Those who came, each once; before it took place, those who are expected."""
    expected = it.booking.coming if it.booking else ()
    ids = it.held.came if it.held else expected
    found = (it.person(who) for who in once(it, ids))
    return tuple(one for one in found if one is not None)


def said(people: Iterable[Participant]) -> tuple[str, ...]:
    """The agencies of these people, each once, as it was first typed; empty for those of whom none
    was said."""
    found: dict[str, str] = {}
    for one in people:
        found.setdefault(agency_key(one.agency), one.agency.strip())
    return tuple(found.values())


class Recording(Frozen):
    """The learning one agency records. `key` stands for the agency wherever an id is needed.

    Where no agency was said, `who` says for whom it is: a role, or a name.
    """

    key: str
    agency: str
    text: str = ""
    who: str = ""


def recording_of(one: Participant, text: str = "") -> Recording:
    """What somebody is to record."""
    under, agency = kept_under(one), one.agency.strip()
    return Recording(key=agency_key(under), agency=agency, text=text, who="" if agency else under)


def represented(it: Conversation) -> dict[str, Recording]:
    """Those for whom something is to record, by key, without the words: the agencies that took
    part, and people whose agency was not said."""
    found: dict[str, Recording] = {}
    for one in who_came(it):
        recording = recording_of(one)
        found.setdefault(recording.key, recording)
    return found


def wordless(it: Conversation) -> tuple[Participant, ...]:
    """Those who came for whose agency the shared document has no words, so that nobody is promised
    any."""
    have = it.captured.words_for
    if have is None:
        return ()
    return tuple(one for one in who_came(it) if recording_of(one).key not in have)


def has_words(it: Conversation, who: str) -> bool:
    """Whether there are words for somebody's own agency, as far as that was noted."""
    return places(it, who).isdisjoint(one.id for one in wordless(it))


def recordings_of(it: Conversation, texts: Mapping[str, str]) -> tuple[Recording, ...]:
    """One for each agency that took part; and what was written for one that is no longer there."""
    found = {
        key: one.model_copy(update={"text": texts.get(cell(key, WORDS), "")})
        for key, one in represented(it).items()
    }
    gone = {one.key: one for one in map(recording_of, it.people)}
    for name, text in texts.items():
        key = name.removesuffix(f".{WORDS}")
        if name.endswith(f".{WORDS}") and text and key not in found:
            written = Recording(key=key, agency=texts.get(cell(key, WHO), ""))
            found[key] = gone.get(key, written).model_copy(update={"text": text})
    return tuple(found.values())
