"""Welcome, help, urgent, and where a request is; the facilitators' board; what the demo says."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic
from records.board.places import BoardView
from records.stages import Stage


class HomeWords(Topic, table="home"):
    """Welcome, help, urgent, and where a request is."""

    # Welcome, help, urgent -----------------------------------------------------------------------

    HELLO_TITLE: str
    HELLO: str
    HELLO_HOW: str
    HELLO_FACILITATOR: str
    HELLO_FACILITATOR_OWN: str
    HELLO_SUMMARY: str
    THIS_IS: str
    HELP_TITLE: str
    HELP_WRITE: str
    ANOTHER_WAY: str
    ANOTHER_WAY_WHAT: str
    ANOTHER_WAY_RING: str
    ANOTHER_WAY_WRITE: str
    ANOTHER_WAY_MANAGER: str
    ANOTHER_WAY_WHY: str
    HELP: Choices
    HELP_FACILITATOR: Choices
    HELP_LEAD: Choices
    HELP_EVALUATOR: Choices
    HELP_SUMMARY: str
    ASK_FOR_ONE: str
    MY_REQUESTS: str
    MY_CONVERSATIONS: str
    WHO_WAITS: str
    IN_DANGER: str
    HELP_OPEN: str
    THANKS: str
    THANKS_OPEN: str
    THANKS_SEVERAL: str
    NOT_AN_ANSWER: str
    UNKNOWN: str
    URGENT_TITLE: str
    URGENT: tuple[str, ...]
    URGENT_LOCAL: str
    ALLEGATION_IF: str
    ALLEGATION: str
    URGENT_SUMMARY: str

    # Where a request is, in plain words ----------------------------------------------------------

    STATUS: Mapping[Stage, str]
    FACILITATOR_STATUS: Mapping[Stage, str]
    STATUS_TALK: str
    STATUS_UNANSWERED: str
    FACILITATOR_UNANSWERED: str
    STATUS_NONE: str
    STATUS_TITLE: str
    YOUR_CONVERSATIONS: str
    STATUS_SUMMARY: str
    STATUS_DRAFT: str
    GO_ON: str
    WITHDRAW: str
    WITHDRAWN_DONE: str
    WITHDRAWN_NEXT: str
    WHEN: str
    WHERE: str
    FACILITATOR: str
    FACILITATOR_SOUGHT: str
    LEAD_WORKER: str
    OPEN_ONE: str

    # What waits for somebody ---------------------------------------------------------------------

    WAITS_TITLE: str
    WAITS_BUTTON: str
    WAITS_AGREE: str
    WAITS_PREPARE: str
    WAITS_PREPARE_OPEN: str
    WAITS_TELLING: str
    WAITS_CLOSING: str
    WAITS_FEEDBACK: str
    WAITS_FEEDBACK_OPEN: str
    WAITS_READ: str
    WAITS_TOOK_PART: str
    WAITS_TOOK_PART_OPEN: str
    WAITS_UNSENT: str
    WAITS_UNSENT_OPEN: str
    WAITS_OUTCOME: str
    WAITS_PASS_ON: str
    WAITS_PASS_ON_OPEN: str
    WAITS_OUTCOME_OPEN: str
    WAITS_TELLING_OPEN: str
    WAITS_RECORD: str
    WAITS_REVIEW: str


class DemoWords(Topic, table="demo"):
    """What only the demo says."""

    DEMO_SKIPPED: str
    DEMO_SENT: str
    DEMO_SENT_ONE: str
    DEMO_SENT_NONE: str
    DEMO_HOW: str


class BoardWords(Topic, table="board"):
    """The facilitators' board."""

    BOARD: str
    BOARD_SUMMARY: str
    BOARD_VIEWS: Mapping[BoardView, str]
    BOARD_TITLES: Mapping[BoardView, str]
    BOARD_TILE: str
    BOARD_MANY: str
    BOARD_STAGE: Mapping[Stage, str]
    BOARD_SINCE: str
    BOARD_ON: str
    BOARD_BY: str
    BOARD_WAS_DUE: str
    BOARD_OUTCOME_WAS_DUE: str
    BOARD_OUTCOME_BY: str
    BOARD_UNANSWERED: str
    BOARD_STOPPED: str
    BOARD_UNREACHED: str
    BOARD_NONE: str
    BOARD_FIND_LABEL: str
    BOARD_FIND_HINT: str
    BOARD_FIND: str
    BOARD_FIND_EMPTY: str
    BOARD_FOUND: str
    BOARD_NOT_FOUND: str
    BOARD_OPEN: str
    BOARD_NEXT: str
    BOARD_CLOSED: str
    BOARD_BACK: str
    BOARD_GO_ON: str
    BOARD_ROW_STAGE: str
    BOARD_ROW_ASKED: str
    BOARD_REACH: str
    REACH_TEAMS: str
    REACH_NOT: str
    REACH_NOT_NUMBER: str
    REACH_NONE: str
    BOARD_STORY: str
    BOARD_BY_REFERENCE: str
