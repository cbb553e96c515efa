"""The headings of the learning document: today's from the partnership's file, and those under which
something was kept before the file changed. What was written stays under what it was written under.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from records.conversation.feedback import Answers
from records.partnership.sections import Section, SectionKind, SectionQuestion

HEADING: Final = ".heading"
HINT: Final = ".hint"
KIND: Final = ".kind"
PLACE: Final = ".place"
AT_REVIEW: Final = ".at-review"
PROVISIONAL: Final = ".provisional"
"""What is kept in `Answers.asked` of a section, beside its questions. None has a dot in its id."""
LAST: Final = 99
_YES: Final = MappingProxyType({True: "yes", False: ""})


def words_of(section: Section, among: Sequence[Section]) -> dict[str, str]:
    """What of a section is kept beside its answers, so that it can be shown as it was, and where
    it stood `among` the document's."""
    return {
        **{one.id: one.label for one in section.asks},
        HEADING: section.heading,
        HINT: section.hint,
        KIND: section.kind.value,
        PLACE: str(among.index(section) + 1 if section in among else LAST),
        AT_REVIEW: _YES[section.at_review],
        PROVISIONAL: _YES[section.provisional],
    }


def is_filled(row: Answers | None) -> bool:
    """Whether anything is written in what is kept of a section."""
    return row is not None and any(text.strip() for text in row.texts.values())


def of_kind(row: Answers | None, section: Section) -> Answers | None:
    """What is kept of a section, if it is of the kind that the section has today: a list is not
    shown in a text's input."""
    if row is None or row.asked.get(KIND, section.kind) != section.kind:
        return None
    return row


def place_of(row: Answers | None, today: int) -> int:
    """Where a section stands in the document: where it stood when it was written."""
    kept = row.asked.get(PLACE, "") if row is not None and is_filled(row) else ""
    return int(kept) if kept.isdecimal() else today


def as_kept(row: Answers, today: Section | None) -> Section:
    """A section as it was when something was written in it; as it is today where that was never
    kept, and failing that what can be told from the answers themselves."""
    asked = row.asked
    if HEADING not in asked:
        return today or _guessed(row)
    asks = tuple(
        SectionQuestion.model_construct(id=name, label=label)
        for name, label in asked.items()
        if not name.startswith(".")
    )
    return Section.model_construct(
        id=row.by,
        heading=asked[HEADING],
        hint=asked.get(HINT, ""),
        kind=_kind(asked.get(KIND, "")),
        asks=asks,
        at_review=bool(asked.get(AT_REVIEW)),
        provisional=bool(asked.get(PROVISIONAL)),
    )


def _kind(kept: str) -> SectionKind:
    """A kind that is not known here, from a newer version, is shown as texts."""
    return SectionKind(kept) if kept in set(SectionKind) else SectionKind.TEXTS


def _guessed(row: Answers) -> Section:
    """From before questions were kept: the ids are all there is, and they can be read."""
    named = row.by.replace("-", " ").capitalize()
    cells = [name.rpartition(".")[2] for name in row.texts if "." in name]
    kind = SectionKind.TEXTS
    if cells:
        listed = SectionKind.VIEWS if "1.words" in row.texts else SectionKind.RECORDING
        kind = SectionKind.SCALING if "number" in cells else listed
    asks = (
        ()
        if cells
        else tuple(
            SectionQuestion.model_construct(id=name, label=name.replace("-", " ").capitalize())
            for name in row.texts
        )
    )
    return Section.model_construct(id=row.by, heading=named, hint=named, kind=kind, asks=asks)
