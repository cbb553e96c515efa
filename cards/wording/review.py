"""What `[words.review]` of a partnership's file says."""

from cards.wording.source import Choices, Topic


class ReviewWords(Topic, table="review"):
    """The review on the day that was agreed."""

    REVIEW: str
    REVIEW_TITLE: str
    REVIEW_WHY: str
    REVIEW_SUMMARY: str
    REVIEW_AGREED: str
    REVIEW_NOTHING: str
    REVIEW_SAID_LABEL: str
    REVIEW_CHOICES: Choices
    REVIEW_WORDS: str
    REVIEW_SEEN: str
    REVIEW_DONE: str
    REVIEW_DONE_NEXT: str
    REVIEW_BACK_LEAD: str
    REVIEW_BACK_FACILITATOR: str
    REVIEW_AGAIN: str
    REVIEW_CAME: str
    REVIEW_CAME_SUMMARY: str
    REVIEW_DATE: str
    REVIEW_DATE_LABEL: str
    REVIEW_DATE_SEEN: str
    REVIEW_DATE_DONE: str
    REVIEW_DATE_NEXT: str
    REVIEW_DATE_PAST: str
    REVIEW_NOT_YET: str
    REVIEW_NO_DAY: str
