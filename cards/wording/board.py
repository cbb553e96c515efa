"""The facilitators' board."""

from typing import Final

from records.board import View
from records.stages import Stage

BOARD: Final = "Facilitators' board"
BOARD_SUMMARY: Final = "The board"
BOARD_VIEWS: Final = {
    View.ALL: "All open",
    View.MINE: "Mine",
    View.DUE: "Due",
    View.NOT_REACHED: "Not reached",
    View.REQUESTED: "To agree",
    View.WAITING: "To pick up",
    View.TO_BOOK: "To book",
    View.BOOKED: "Booked",
    View.HELD: "Took place",
    View.CLOSED: "Closed",
}
BOARD_TITLES: Final = {
    View.ALL: "All that is open",
    View.MINE: "Those you facilitate",
    View.DUE: "Due today or earlier",
    View.NOT_REACHED: "Somebody is not reached yet",
    View.REQUESTED: "Waiting for the manager",
    View.WAITING: "Waiting for pick-up",
    View.TO_BOOK: "Picked up, no date yet",
    View.BOOKED: "Booked",
    View.HELD: "Took place",
    View.CLOSED: "Closed, the latest first",
}
BOARD_TILE: Final = "{view}: {count}"
BOARD_MANY: Final = "99+"
BOARD_STAGE: Final = {
    Stage.REQUESTED: "Waits for the manager",
    Stage.AGREED: "Waits for pick-up",
    Stage.PICKED_UP: "Needs a date",
    Stage.BOOKED: "Booked",
    Stage.HELD: "Took place",
    Stage.COMPLETE: "Complete",
    Stage.NOT_THIS_ROUTE: "The manager chose another way",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.ENDED: "Did not go ahead, ended",
}
BOARD_SINCE: Final = "since {day}"
BOARD_ON: Final = "on {day}"
BOARD_BY: Final = "by {day}"
BOARD_WAS_DUE: Final = "was due {day}"
BOARD_OUTCOME_BY: Final = "outcome from {day}"
BOARD_ANSWERED: Final = "feedback {answered} of {came}"
BOARD_STOPPED: Final = "messages stopped"
BOARD_UNREACHED: Final = "{count} not reached"
BOARD_NONE: Final = "This list is empty."
BOARD_FIND_LABEL: Final = "Find by reference or agency"
BOARD_FIND_HINT: Final = "Such as LC-7K3QX, or police"
BOARD_FIND: Final = "Find"
BOARD_FIND_EMPTY: Final = "Please write a reference or an agency."
BOARD_FOUND: Final = "Found for: "
BOARD_NOT_FOUND: Final = "Nothing was found. Try one word of the agency's name."
BOARD_OPEN: Final = "Open"
BOARD_NEXT: Final = "Next page"
BOARD_CLOSED: Final = "Closed ones"
BOARD_BACK: Final = "Back to the board"
BOARD_GO_ON: Final = "Go on with it"
BOARD_ROW_STAGE: Final = "Now"
BOARD_ROW_ASKED: Final = "Asked on"
BOARD_ROW_FEEDBACK: Final = "Feedback"
BOARD_OF: Final = "{answered} of {came} people"
BOARD_REACH: Final = "Who was reached"
REACH_TEAMS: Final = "reached in Teams"
REACH_NOT: Final = "not reached yet: please ring them"
REACH_NONE: Final = "nothing sent so far"
BOARD_STORY: Final = "The story opens only for the one who picked it up."
