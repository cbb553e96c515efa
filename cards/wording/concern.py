"""What `[words.concern]` of a partnership's file says."""

from cards.wording.source import Topic


class ConcernWords(Topic, table="concern"):
    """A professional-practice concern: no content is asked for or kept."""

    CONCERN: str
    CONCERN_ABOUT: str
    CONCERN_ABOUT_MORE: str
    CONCERN_TITLE: str
    CONCERN_INTRO: str
    CONCERN_NAME: str
    CONCERN_MAIL: str
    CONCERN_SEEN: str
    CONCERN_SEND: str
    CONCERN_SENT: str
    CONCERN_SENT_NEXT: str
    CONCERN_CAME: str
    CONCERN_CAME_MAIL: str
    CONCERN_CAME_NEXT: str
    CONCERN_SUMMARY: str
    CONCERN_NOT_REACHED: str
