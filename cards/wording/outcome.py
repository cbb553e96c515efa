"""What `[words.outcome]` of a partnership's file says."""

from cards.wording.source import Topic


class OutcomeWords(Topic, table="outcome"):
    """Eight weeks on."""

    OUTCOME: str
    OUTCOME_WHY: str
    OUTCOME_REMIND: str
    OUTCOME_SUMMARY: str
    Q_OUTCOME_CHILD: str
    Q_OUTCOME_YOU: str
    OUTCOME_CHILD_TITLE: str
    OUTCOME_YOU_TITLE: str
    HOPED: str
    SEEN_OUTCOME: str
    OUTCOME_NOT_YET: str
    OUTCOME_DONE: str
    OUTCOME_DONE_NEXT: str
