"""What `[words.practice]` of a partnership's file says."""

from cards.wording.source import Topic


class PracticeWords(Topic, table="practice"):
    """The Practice Team, and the month in figures."""

    PRACTICE_TEAM: str
    PRACTICE_WHY: str
    PRACTICE_MORE: str
    PRACTICE_LEAD: str
    PRACTICE_READ: str
    DIGEST_TITLE: str
    DIGEST_WHY: str
    DIGEST_REQUESTS: str
    DIGEST_HELD: str
    DIGEST_OUTCOMES: str
    DIGEST_MORE: str
