"""Cards that hand a file over, where Teams itself does not, or ask which one; and the addresses
of files that a person may open in a browser, which `bot.pages.links` signs. And what no file can
hold."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, line, open_link, row_of
from cards.kit.notes import MOST, note
from cards.kit.when import moment
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import PersonKey

REQUEST_FORM: Final = "request-form"
FEEDBACK_FORM: Final = "feedback-form"
AGREEMENT: Final = "agreement"
SHEET: Final = "what-to-say"
"""The partnership's forms, by the names that a button gives."""
# Source: XML 1.0, production Char.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the control characters that XML cannot hold; nothing else is changed."""
    return _NOT_XML.sub("", text)


def get(title: str, kind: str, conversation: str) -> Action:
    """A button that hands a file over."""
    return act(title, "file.get", {"kind": kind, "conversation": conversation}, inputs=False)


def to_open(name: str, link: str) -> Card:
    """A file behind a signed link."""
    return note(
        wording.FILE_READY.format(name=name),
        wording.FILE_LINK_MORE,
        actions=[open_link(wording.FILE_OPEN, link)],
    )


def which_pack(them: Sequence[Conversation], zone: ZoneInfo) -> Card:
    """Several booked conversations: the next ones first, each with its button."""
    ordered = sorted(them, key=lambda it: (_start(it), it.id))
    rows: list[CardElement] = []
    for it in ordered[:MOST]:
        rows.append(line((it.reference,), f"  {moment(_start(it), zone)}"))
        rows.append(row_of(get(wording.PACK_GET.format(reference=it.reference), "pack", it.id)))
    return note(wording.PACK_WHICH, extra=rows)


def _start(it: Conversation) -> datetime:
    return it.booking.start if it.booking else it.created


class Links(Protocol):
    """Gives addresses for one person each; whoever follows one is checked again at that moment."""

    def file(
        self, kind: str, conversation: str, to: PersonKey, *, until: datetime | None = None
    ) -> str:
        """Where this person gets a file of a kind in `dialogs.root.routes`; empty where no pages
        are served. It holds for LINK_MINUTES, or until this moment of the clock that is owed by.
        """
        ...

    def upload(self, conversation: str, to: PersonKey) -> str:
        """Where this person hands in a file for a conversation; empty where none are served."""
        ...


class _NoLinks:
    def file(
        self, kind: str, conversation: str, to: PersonKey, *, until: datetime | None = None
    ) -> str:
        return ""

    def upload(self, conversation: str, to: PersonKey) -> str:
        return ""


NO_LINKS: Final[Links] = _NoLinks()
"""For a bot that browsers cannot reach: every address is empty, and cards leave the button out."""
