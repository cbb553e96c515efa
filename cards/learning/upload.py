"""Handing in a finished Word file in place of the typed sections."""

from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, open_link, small
from cards.kit.notes import note, receipt
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation

ASK: Final = "upload.ask"
TYPED: Final = "upload.typed"


def upload_buttons(it: str, *, stands: bool) -> list[Action]:
    """The way to hand a file in; where one stands, another one, and the way back."""
    data = {"conversation": it}
    if not stands:
        return [act(wording.UPLOAD, ASK, data, inputs=False)]
    return [
        act(wording.UPLOAD_ANOTHER, ASK, data, inputs=False),
        act(wording.UPLOAD_UNDO, TYPED, data, inputs=False),
    ]


def attach(it: Conversation) -> Card:
    """In Teams: the next attached file is taken."""
    return note(
        wording.UPLOAD_TITLE.format(reference=it.reference),
        wording.UPLOAD_ATTACH,
        wording.UPLOAD_WHAT,
        wording.UPLOAD_STAYS,
        wording.SEEN_LEARNING,
        extra=_warning(it),
        actions=[_sections(it)],
    )


def to_page(it: Conversation, link: str) -> Card:
    """Where Teams takes no files: a page does."""
    return note(
        wording.UPLOAD_TITLE.format(reference=it.reference),
        wording.UPLOAD_WHAT,
        wording.SEEN_LEARNING,
        extra=_warning(it),
        actions=[open_link(wording.UPLOAD_OPEN, link), _sections(it)],
    )


def taken(it: Conversation) -> Card:
    """The file stands; what was taken out of it, what is still to be typed, and the way back."""
    data = {"conversation": it.id}
    return receipt(
        wording.UPLOAD_TAKEN.format(reference=it.reference),
        wording.UPLOAD_CLEANED,
        wording.UPLOAD_NEXT,
        wording.UPLOAD_KEPT,
        actions=[_sections(it), act(wording.UPLOAD_UNDO, TYPED, data)],
    )


def typed_again(it: Conversation) -> Card:
    """The typed sections stand again."""
    return note(typed_again_title(it), actions=[_sections(it)])


def typed_again_title(it: Conversation) -> str:
    """That in one line."""
    return wording.UPLOAD_REMOVED.format(reference=it.reference)


def _warning(it: Conversation) -> list[CardElement]:
    """What the first page of the typed document says by itself, and a file has to say."""
    found = family.later(it, it.facilitator)
    return [small(wording.UPLOAD_FAMILY, gap=True), *found] if found else []


def _sections(it: Conversation) -> Action:
    return act(wording.UPLOAD_SECTIONS, "learning.type-up", {"conversation": it.id})
