"""Cards that hand a file over, where Teams itself does not, or ask which one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from cards.elements import Card, act, line, open_link, small
from cards.notes import note
from cards.when import moment
from cards.wording import wording
from records.conversation import Conversation

MOST: Final = 5
"""Buttons for conversations to choose from."""


def to_open(name: str, link: str) -> Card:
    """A file behind a signed link."""
    return note(
        wording.FILE_READY.format(name=name),
        wording.FILE_LINK_MORE,
        actions=[open_link(wording.FILE_OPEN, link)],
    )


def which_pack(them: Sequence[Conversation], zone: ZoneInfo) -> Card:
    """Several booked conversations: the next ones first."""
    ordered = sorted(them, key=lambda it: (_start(it), it.id))
    shown = ordered[:MOST]
    rest = len(ordered) - len(shown)
    rows = [line((it.reference,), f"  {moment(_start(it), zone)}") for it in shown]
    more = [small(wording.MORE_REQUESTS.format(count=rest))] if rest else []
    actions = [
        act(
            wording.PACK_GET.format(reference=it.reference),
            "file.get",
            {"kind": "pack", "conversation": it.id},
        )
        for it in shown
    ]
    return note(wording.PACK_WHICH, extra=[*rows, *more], actions=actions)


def _start(it: Conversation) -> datetime:
    return it.booking.start if it.booking else it.created
