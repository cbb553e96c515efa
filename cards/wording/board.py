"""What `[words.board]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Topic
from records.board import View
from records.stages import Stage


class BoardWords(Topic, table="board"):
    """The facilitators' board."""

    BOARD: str
    BOARD_SUMMARY: str
    BOARD_VIEWS: Mapping[View, str]
    BOARD_TITLES: Mapping[View, str]
    BOARD_TILE: str
    BOARD_MANY: str
    BOARD_STAGE: Mapping[Stage, str]
    BOARD_SINCE: str
    BOARD_ON: str
    BOARD_BY: str
    BOARD_WAS_DUE: str
    BOARD_OUTCOME_WAS_DUE: str
    BOARD_OUTCOME_BY: str
    BOARD_ANSWERED: str
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
    BOARD_ROW_FEEDBACK: str
    BOARD_OF: str
    BOARD_REACH: str
    REACH_TEAMS: str
    REACH_NOT: str
    REACH_NONE: str
    BOARD_STORY: str
