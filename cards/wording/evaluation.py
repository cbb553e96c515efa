"""What `[words.evaluation]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Topic


class EvaluationWords(Topic, table="evaluation"):
    """The evaluation: figures of a period, and words that may be quoted."""

    EVALUATION: str
    EVALUATION_SUMMARY: str
    EVALUATION_TITLE: str
    EVALUATION_OWN: str
    EVALUATION_CLOSED: str
    EVALUATION_RUNNING: str
    EVALUATION_NOTHING: str
    EVALUATION_NEVER: str
    EVALUATION_FEW: str
    EVALUATION_ALL: str

    # Periods -------------------------------------------------------------------------------------

    PERIOD_OTHER: str
    PERIOD_TITLE: str
    PERIOD_LABEL: str
    PERIOD_SHOW: str
    PERIOD_RUNNING: str
    PERIOD_GONE: str

    # What is told of a figure --------------------------------------------------------------------

    AT_LEAST: str
    AT_MOST: str
    BETWEEN: str
    NOT_SHOWN: str
    OF_ALL: str
    BAND: str

    # Tables: the same words on the card, in the workbook and in the report -----------------------

    COL_COUNTED: str
    COL_REQUESTS: str
    COL_CONVERSATIONS: str
    COL_PEOPLE: str
    COL_DAYS: str
    COL_PERIOD: str
    COL_LEAST: str
    COL_MOST: str
    TABLES: Mapping[str, str]
    ROWS: Mapping[str, str]
    WHY_NOT: Mapping[str, str]
    OPEN_TO: Mapping[str, str]
    OTHERS: str
    AGENCY_OTHERS: str
    T_SCALE_NUMBER: str
    T_SCALE_ENDS: str
    T_SCALE_NOTE: str
    T_SCALE_TEXT: str
    SCALE_CHANGED: str
    SCALE_CHANGED_SET: str

    # Sentences, which the person in the chair can read aloud -------------------------------------

    SAY_MET: str
    SAY_TOLD: str
    SAY_PEOPLE: str
    SAY_IN_TIME: str
    SAY_NOT_ANSWERED: str
    SAY_PEOPLE_NOT: str
    SAY_SCALE: str
    SAY_SCALE_PART: str
    SAY_AGENCIES: str
    SAY_AGENCY: str
    SAY_DAYS: str
    SAY_HELD_BACK: str

    # Pictures ------------------------------------------------------------------------------------

    PICTURES: Mapping[str, str]
    PICTURE_ASKED: str
    PICTURE_HELD: str
    PICTURE_TOLD: str
    PICTURE_IN_TIME: str
    PICTURE_LATER: str
    PICTURE_NOT_ANSWERED: str
    PICTURE_ALT: str
    PICTURE_NOT_DRAWN: str
    PICTURE_RANGES: str

    # Words that may be quoted --------------------------------------------------------------------

    QUOTE_HEADINGS: Mapping[str, str]
    QUOTES: str
    QUOTES_NONE: str
    QUOTES_END: str
    QUOTES_FEW: str
    QUOTES_NEXT: str
    QUOTES_TO_FIGURES: str
    QUOTE_TAKE_BACK: str
    QUOTE_TAKE_BACK_OF: str
    QUOTE_HOPED: str
    QUOTE_HAPPENED: str
    QUOTES_TO_READ: str
    QUOTE_READ: str
    QUOTE_READ_WHY: str
    QUOTE_NOT_YOURS: str
    QUOTE_TOO_LONG: str
    QUOTE_RELEASE: str
    QUOTE_KEEP_BACK: str
    QUOTE_LATER: str
    QUOTE_KEPT_BACK: str
    QUOTE_RULED: str
    QUOTE_WAS: Mapping[bool, str]
    QUOTES_ALL_READ: str
    QUOTE_SHOWN: str
    QUOTES_RELEASED: str
    QUOTE_RELEASED: str

    # Not this route, in short --------------------------------------------------------------------

    WHY_NOT_LABEL: str
    WHY_NOT_COUNTED: str
    MAY_QUOTE_OUTCOME: str

    # Files ---------------------------------------------------------------------------------------

    WORKBOOK: str
    REPORT: str
    WORKBOOK_NAME: str
    REPORT_NAME: str
    WORKBOOK_CALLED: str
    REPORT_CALLED: str
    REPORT_TITLE: str
    REPORT_FOOTER: str
    REPORT_PICTURES: str
    REPORT_SUMMARY: str
    REPORT_FIGURES: str
    REPORT_ABOUT: str
    REPORT_NO_RANKING: str
    REPORT_LATER: str
    SHEET_NAMES: Mapping[str, str]
    COL_ABOUT: str
    COL_ASKED: str
    COL_HOPED: str
    COL_WORDS: str
