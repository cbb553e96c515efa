"""Answers as they are read: each with the notes that its writer has added since under it.

What is asked, changed or sent again is never drawn from these: a note does not change an answer.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cards.kit.when import day
from cards.wording import wording
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.retention.scrubbing import NOTE
from records.rights.writers import has_notes, is_note, read_with


def stamped(at: datetime, text: str) -> str:
    """A note as it stands under an answer."""
    zone = ZoneInfo(wording.partnership.hours.zone)
    return wording.NOTE_BESIDE.format(day=day(at, zone), text=text)


def together(answers: Answers, notes: Answers | None) -> Answers:
    """The answers with their notes, to be read."""
    return read_with(answers, notes, stamped)


def noted(file: Snapshot) -> Snapshot:
    """A conversation with every answer so; the same one where nobody has added any."""
    it = file.conversation
    if not it.noted:
        return file

    def read(one: Answers) -> Answers:
        if is_note(one) or not has_notes(it, one.what, one.by):
            return one
        return together(one, file.answers_of(f"{NOTE}{one.what}", one.by))

    found = {key: (read(one), etag) for key, (one, etag) in file.answers.items()}
    return replace(file, answers=found)
