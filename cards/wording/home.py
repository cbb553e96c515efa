"""What `[words.home]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic
from records.stages import Stage


class HomeWords(Topic, table="home"):
    """Welcome, help, urgent, and where a request is."""

    # Welcome, help, urgent -----------------------------------------------------------------------

    HELLO_TITLE: str
    HELLO: str
    HELLO_HOW: str
    HELLO_SUMMARY: str
    HELP_TITLE: str
    HELP_WRITE: str
    HELP: Choices
    HELP_FACILITATOR: Choices
    HELP_SUMMARY: str
    ASK_FOR_ONE: str
    MY_REQUESTS: str
    THANKS: str
    UNKNOWN: str
    URGENT_TITLE: str
    URGENT: tuple[str, ...]
    URGENT_LOCAL: str
    URGENT_SUMMARY: str

    # Where a request is, in plain words ----------------------------------------------------------

    STATUS: Mapping[Stage, str]
    FACILITATOR_STATUS: Mapping[Stage, str]
    STATUS_TALK: str
    STATUS_NONE: str
    STATUS_TITLE: str
    STATUS_SUMMARY: str
    STATUS_DRAFT: str
    GO_ON: str
    WITHDRAW: str
    WITHDRAW_SURE: str
    WITHDRAW_YES: str
    WITHDRAW_NO: str
    WITHDRAWN_DONE: str
    WITHDRAWN_NEXT: str
    WHEN: str
    WHERE: str
    FACILITATOR: str
    LEAD_WORKER: str
    OPEN_ONE: str
    MORE_REQUESTS: str
