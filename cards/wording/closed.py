"""What `[words.closed]` of a partnership's file says."""

from cards.wording.source import Topic


class ClosedWords(Topic, table="closed"):
    """What stays in a chat once a card with a story is closed, and drafts that are left lying."""

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
