"""What stays in a chat once a card with a story is closed, and drafts that are left lying."""

from typing import Final

CLOSED: Final = "This card is closed"
CLOSED_DONE: Final = (
    "It is no longer needed, so what was written on it is not shown in this chat any more."
)
CLOSED_OLD: Final = (
    "It had stood here for 30 days, so what was written on it is not shown in this chat any more."
)
CLOSED_GO_ON: Final = "Go on with it"
CLOSED_WHERE: Final = "See where it is now"
CLOSED_SUMMARY: Final = "A card was closed"

DRAFT_REQUEST: Final = "Your request is not sent yet"
DRAFT_OTHER: Final = "{reference}: you have not finished what you began"
DRAFT_UNTIL: Final = (
    "We keep what you wrote until {day}. After that it is removed. "
    "You can go on with it, or leave it."
)
DRAFT_SUMMARY: Final = "What you began is kept until {day}"
