"""What `[words.changing]` of a partnership's file says."""

from cards.wording.source import Topic


class ChangingWords(Topic, table="changing"):
    """Something has changed: the ways a facilitator has."""

    CHANGED: str
    CHANGED_TITLE: str
    CHANGED_DATE: str
    CHANGED_PEOPLE: str
    CHANGED_REST: str
    CHANGED_SUMMARY: str
    FACILITATING_TITLE: str
    FACILITATING_NONE: str
    BACK_TO_IT: str
