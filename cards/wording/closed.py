"""What stays in a chat once a card with a story is closed, and drafts that are left lying."""

from cards.wording.source import fill

CLOSED: str
CLOSED_DONE: str
CLOSED_OLD: str
CLOSED_GO_ON: str
CLOSED_WHERE: str
CLOSED_SUMMARY: str

DRAFT_REQUEST: str
DRAFT_OTHER: str
DRAFT_UNTIL: str
DRAFT_SUMMARY: str

fill(__name__)
