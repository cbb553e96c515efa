"""What `[words.collating]` of a partnership's file says."""

from cards.wording.source import Topic


class CollatingWords(Topic, table="collating"):
    """Collation: what writers are told of it, and what the evaluators see; and what is said to
    whoever writes once the figures are closed."""

    # To whoever writes ---------------------------------------------------------------------------

    SEEN_COLLATED: str
    SEEN_OUTCOME_NO_NAMES: str
    NOT_COUNTED: str
    NOT_COUNTED_SENT: str

    # To evaluators -------------------------------------------------------------------------------

    EVALUATOR: str
    FOR_EVALUATORS: str
    COLLATE: str
    COLLATE_WHICH: str
    COLLATE_WHICH_WHY: str
    COLLATE_NONE: str
    COLLATE_MONTHS: str
    COLLATE_FINISHED_ONE: str
    COLLATE_WHY: str
    COLLATE_LONG: str
    COLLATE_NEXT: str
    COLLATE_ALL_READ: str
    COLLATE_NOTHING: str
    COLLATE_AGAIN: str
    COLLATE_OTHERS: str

    # Themes --------------------------------------------------------------------------------------

    THEMES_LABEL: str
    THEMES_MANY: str
    THEMES_OVER: str
    COLLATE_FINISH: str
    COLLATE_FINISH_ASK: str
    COLLATE_FINISH_WHY: str
    COLLATE_FINISH_YES: str
    COLLATE_FINISH_NO: str
    COLLATE_FINISHED: str
    COLLATE_FINISHED_WHY: str
    COLLATE_FINISHED_BEFORE: str
