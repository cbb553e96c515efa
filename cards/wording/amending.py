"""What `[words.amending]` of a partnership's file says."""

from cards.wording.source import Topic


class AmendingWords(Topic, table="amending"):
    """The requester changes the request."""

    AMEND: str
    AMEND_TITLE: str
    AMEND_INTRO: str
    AMEND_KICKER: str
    AMEND_SAVE: str
    AMEND_LEAVE: str
    AMEND_LEFT: str
    AMEND_MARK: str
    AMEND_DONE: str
    AMEND_DONE_MANAGER: str
    AMEND_DONE_ASKED: str
    AMEND_DONE_HOLDS: str
    AMEND_DONE_FACILITATOR: str
    AMEND_TOO_LATE: str
    AMEND_STOPPED_MORE: str
    AMEND_KICKER_MANAGER: str
    AMENDED: str
    AMENDED_MANAGER: str
    AMENDED_AGREED: str
    AMENDED_SEE: str
    AMENDED_SINCE: str
