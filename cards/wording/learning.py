"""The learning document: typing it up, sharing and recording it; the Word files."""

from collections.abc import Mapping

from cards.wording.source import Topic


class LearningWords(Topic, table="learning"):
    """The learning document: typing it up, sharing it, and recording what was learned.

    The headings themselves are data and stand in `records/partnership/sections.py`.
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
    SAVE_SHARE: str
    SAVE_ANOTHER: str
    VIEW_WHO: str
    VIEW_WORDS: str
    VIEW_WHO_MISSING: str
    VIEW_WORDS_MISSING: str
    SCALING_WHO: str
    SCALING_WHO_MISSING: str
    SCALING_NUMBER: str
    SCALING_WORDS: str
    SCALING_NOBODY: str
    WRITTEN_TOO: str
    LISTED_OTHERS: str
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
    WORDS_FOR_ALL: str
    WORDS_FOR_SOME: str
    WORDS_FOR_NONE: str
    SHARE_YES: str
    SHARE_NO: str
    SHARE_EARLY: str
    SHARED_DONE: str
    SHARED_NEXT: str
    SHARED_NEXT_BY: str
    SHARED_WORDS_OUT: str
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
    LEARNING_CAME_BY: str
    LEARNING_CAME_OUT: str
    LEARNING_RETURNED: str
    PASSED_ON: str
    PASSED_ON_TITLE: str
    PASSED_ON_WHO: str
    PASSED_ON_OTHERS: str
    PASSED_ON_FAMILY: str
    PASSED_ON_ELSE: str
    PASSED_ON_MISSING: str
    PASSED_ON_CONFIRM: str
    PASSED_ON_SEEN: str
    PASSED_ON_DONE: str
    PASSED_ON_NEXT: str
    PASSED_ON_OUT: str
    PASSED_ON_CHANGE: str

    # Recording -----------------------------------------------------------------------------------

    RECORD_WHY: str
    RECORD_REMIND: str
    RECORD_AGAIN: str
    RECORD_YOUR_AGENCY: str
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
    RECORDED_NEXT_EMPTY: str
    RECORDED_EMPTY: str
    RECORDED_ALREADY: str
    WORDS_AGAIN: str
    WORDS_AGAIN_TITLE: str
    RECORD_NOT_YET: str
    RECORD_SUMMARY: str


class DocumentsWords(Topic, table="documents"):
    """The Word files: the learning document, and the facilitator's pack."""

    DOC_TITLE: str
    DOC_NAME: str
    DOC_CALLED: str
    # PAGE and NUMPAGES are filled in by Word.
    DOC_FOOTER: str
    DOC_PROVISIONAL: str
    DOC_REFERENCE: str
    DOC_AGENCIES: str
    DOC_NOT_KNOWN: str
    DOC_PEOPLE: tuple[str, ...]
    DOC_EMPTY: str
    DOC_VIEWS: tuple[str, ...]
    DOC_SCALING: tuple[str, ...]
    DOC_NO_NUMBER: str
    DOC_REVIEW_ON: str
    DOC_NO_DATE: str
    DOC_NO_AGENCY: str
    DOC_NO_AGENCY_OF: str

    PACK_TITLE: str
    PACK_NAME: str
    PACK_CALLED: str
    PACK_AGENDA: str
    # Added: the paper gives no agenda; this one follows the headings of the learning document.
    PACK_STEPS: tuple[str, ...]
    PACK_PEOPLE: tuple[str, ...]
    PACK_READ_ALOUD: str
    PACK_FOR_YOU: str
    PACK_FOR_YOU_MORE: str
    PACK_CAPTURE: str
    PACK_CAPTURE_MORE: str
    DOC_BLANK_DATE: str

    PACK_WHICH: str
    PACK_NONE: str
    PACK_NONE_MORE: str
    PACK_GET: str


class UploadingWords(Topic, table="uploading"):
    """Handing in a finished Word file."""

    UPLOAD: str
    UPLOAD_ANOTHER: str
    UPLOAD_TITLE: str
    UPLOAD_ATTACH: str
    UPLOAD_WHAT: str
    UPLOAD_FAMILY: str
    UPLOAD_STAYS: str
    UPLOAD_OPEN: str
    UPLOAD_SECTIONS: str
    UPLOAD_TAKEN: str
    UPLOAD_CLEANED: str
    UPLOAD_NEXT: str
    UPLOAD_KEPT: str
    UPLOAD_UNDO: str
    UPLOAD_REMOVED: str
    UPLOAD_CLOSED: str
    UPLOAD_EARLY: str
    UPLOAD_STANDS: str
    UPLOAD_ONE: str
    UPLOAD_NOT_TAKEN: str
    UPLOAD_WRONG: Mapping[str, str]
    FILE_UNASKED: str
    FILE_UNASKED_MORE: str
    PAGE_UPLOAD: str
    PAGE_UPLOAD_LABEL: str
    PAGE_UPLOAD_SEND: str
    PAGE_UPLOAD_BACK: str
    PAGE_UPLOAD_AGAIN: str
    PAGE_UPLOAD_NONE: str


class OnPaperWords(Topic, table="on_paper"):
    """The forms as Word files: the paper's own boxes, and the page of words for the family."""

    FORM_DATE: str
    FORM_PEOPLE: tuple[str, ...]
    FORM_PRACTITIONER: str
    FORM_TEAM: str
    FORM_MANAGER: str
    FORM_NURSE: str
    FORM_OTHERS: str
    FORM_ROLE: str
    FORM_NAME: str
    FORM_DAY: str
    FORM_SCALING: str
    SIGN_PARTICIPANTS: str
    SIGN_PEOPLE: tuple[str, ...]
    SIGN_FACILITATOR: str
    SIGN_DATE: str
    FORM_GET: str
    AGREEMENT_GET: str
    REQUEST_FORM_NAME: str
    REQUEST_FORM_CALLED: str
    FEEDBACK_FORM_NAME: str
    FEEDBACK_FORM_CALLED: str
    AGREEMENT_NAME: str
    AGREEMENT_CALLED: str
    SHEET_TITLE: str
    SHEET_CHILD: str
    SHEET_ADULT: str
    SHEET_TELL: str
    SHEET_ASK: str
    SHEET_GET: str
    SHEET_NAME: str
    SHEET_CALLED: str
