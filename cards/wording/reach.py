"""What `[words.reach]` of a partnership's file says."""

from cards.wording.source import Topic


class ReachWords(Topic, table="reach"):
    """Somebody cannot be reached."""

    NOT_REACHED_WHY: str
    NOT_REACHED_MANAGER: str
    NOT_REACHED_OTHER: str
    NOT_REACHED_NO_MAIL: str
    NOT_REACHED_SUMMARY: str
    REMINDER_NOTE: str

    WITHDRAWN_NOTICE: str
    SOMEBODY: str

    OTHER_TENANT: str
