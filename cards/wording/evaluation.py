"""What `[words.evaluation]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic


class EvaluationWords(Topic, table="evaluation"):
    """The evaluation: figures of a period, and words that may be quoted."""

    EVALUATION: str
    EVALUATION_SUMMARY: str
    EVALUATION_TITLE: str
    EVALUATION_AS_OF: str
    EVALUATION_NOTHING: str
    EVALUATION_FEW: str

    # Periods -------------------------------------------------------------------------------------

    PERIOD_OTHER: str
    PERIOD_TITLE: str
    PERIOD_LABEL: str
    PERIODS: Choices
    PERIOD_FROM: str
    PERIOD_TO: str
    PERIOD_SHOW: str
    PERIOD_DATES: str
    PERIOD_LONG: str

    # Tables: the same words on the card, in the workbook and in the report -----------------------

    COL_BECAME: str
    COL_REASON: str
    COL_LEVEL: str
    COL_OPEN: str
    COL_AGENCY: str
    COL_COUNTED: str
    COL_REQUESTS: str
    COL_CONVERSATIONS: str
    COL_PEOPLE: str
    COL_DAYS: str
    COL_SHARE: str
    T_REQUESTS: str
    T_REQUESTS_MADE: str
    T_AGREED: str
    T_NOT_AGREED: str
    T_WITHDRAWN: str
    T_WAITING: str
    T_FELL_THROUGH: str
    T_WHY_NOT: str
    WHY_NOT: Mapping[str, str]
    T_LEVEL: str
    LEVEL_NOT_SAID: str
    T_OPEN: str
    OPEN_TO: Mapping[str, str]
    T_ASKED_BY: str
    T_HELD: str
    T_HELD_COUNT: str
    T_DAYS: str
    T_DAYS_MIDDLE: str
    T_DAYS_LEAST: str
    T_DAYS_MOST: str
    T_AGENCIES: str
    T_FEEDBACK: str
    T_CAME: str
    T_ANSWERED: str
    T_IN_TIME: str
    T_LATER: str
    T_NOT_ANSWERED: str
    T_SCALE: str
    T_SCALE_NUMBER: str
    T_SCALE_NOTE: str
    SCALE_CHANGED: str
    SCALE_CHANGED_SET: str
    T_SCALE_TEXT: str
    T_OUTCOMES: str
    T_OUTCOME_GIVEN: str
    T_OUTCOME_AWAITED: str
    T_OUTCOME_NONE: str
    T_OUTCOME_LATER: str
    FEWER: str
    NOT_SHOWN: str
    BAND: str
    OF_ALL: str
    MORE_AGENCIES: str

    # Words that may be quoted --------------------------------------------------------------------

    QUOTE_HEADINGS: Mapping[str, str]
    QUOTES: str
    QUOTES_NONE: str
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
    REPORT_FIGURES: str
    REPORT_ABOUT: str
    REPORT_NO_RANKING: str
    SHEET_ABOUT: str
    SHEET_NAMES: Mapping[str, str]
    SHEET_QUOTES: str
    COL_ABOUT: str
    COL_ASKED: str
    COL_HOPED: str
    COL_WORDS: str
