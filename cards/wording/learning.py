"""What `[words.learning]` of a partnership's file says."""

from cards.wording.source import Topic


class LearningWords(Topic, table="learning"):
    """The learning document: typing it up, sharing it, and recording what was learned.

    The headings themselves are data and stand in `records/sections.py`.
    """

    # Type up -------------------------------------------------------------------------------------

    LEARNING: str
    LEARNING_INTRO: str
    LEARNING_PROVISIONAL: str
    TYPE_UP: str
    TYPE_UP_NONE: str
    TYPE_UP_WHICH: str
    TYPE_UP_SUMMARY: str
    TYPE_UP_ONE: str
    SECTION_KICKER: str
    SECTION_ROW: str
    SECTION_OPEN: str
    SECTION_WRITE: str
    SECTION_FILLED: str
    SECTION_FACTS: str
    SECTION_EARLIER: str
    SECTION_FROM_REQUEST: str
    SECTION_OF: str
    SECTION_VIEW: str
    SECTION_VIEWS: str
    SECTION_REVIEW: str
    SEEN_LEARNING: str
    SAVE_NEXT: str
    SAVE_OVERVIEW: str
    SAVE_ANOTHER: str
    VIEW_WHO: str
    VIEW_WORDS: str
    VIEW_WHO_MISSING: str
    VIEW_WORDS_MISSING: str
    SCALING_WHO: str
    SCALING_WHO_MISSING: str
    SCALING_NUMBER: str
    SCALING_NUMBER_MISSING: str
    SCALING_WORDS: str
    SCALING_NOBODY: str
    STILL_TO_COME: str
    RECORDING_WHO: str
    RECORDING_WHO_MISSING: str
    RECORDING_WORDS: str
    REVIEW_DAY: str
    REVIEW_PAST: str
    CHANGE_ITEM: str
    CHANGE_OF: str

    # Share ---------------------------------------------------------------------------------------

    SHARE: str
    SHARE_TITLE: str
    SHARE_WHO: str
    SHARE_EMPTY: str
    SHARE_EMPTY_AGENCY: str
    SHARE_FULL: str
    SHARE_NO_REVIEW: str
    SHARE_CLOSES: str
    SHARE_YES: str
    SHARE_NO: str
    SHARE_EARLY: str
    SHARED_DONE: str
    SHARED_NEXT: str
    SHARED_PASSED_ON: str
    SHARED_RECORDED: str
    OPEN_AGAIN: str
    OPENED_AGAIN: str
    LEARNING_NOT_SAVED: str
    GET_DOCUMENT: str

    # The lead worker -----------------------------------------------------------------------------

    LEARNING_CAME: str
    LEARNING_CAME_AGAIN: str
    LEARNING_REMIND: str
    LEARNING_CAME_ALONE: str
    LEARNING_CAME_THEN: str
    LEARNING_RETURNED: str
    PASSED_ON: str
    PASSED_ON_TITLE: str
    PASSED_ON_WHO: str
    PASSED_ON_OTHERS: str
    PASSED_ON_ELSE: str
    PASSED_ON_MISSING: str
    PASSED_ON_CONFIRM: str
    PASSED_ON_SEEN: str
    PASSED_ON_DONE: str
    PASSED_ON_NEXT: str
    PASSED_ON_CHANGE: str

    # Recording -----------------------------------------------------------------------------------

    RECORD_WHY: str
    RECORD_REMIND: str
    RECORD_HOW: str
    RECORD_EMPTY: str
    RECORD_BLOCK_TITLE: str
    RECORD_BLOCK_DATE: str
    RECORD_BLOCK_FACILITATOR: str
    RECORD_BLOCK_AGENCY: str
    RECORD_BLOCK_LEARNING: str
    RECORDED: str
    RECORDED_DONE: str
    RECORDED_NEXT: str
    RECORD_NOT_YET: str
    RECORD_SUMMARY: str
