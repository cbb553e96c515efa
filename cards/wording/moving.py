"""What `[words.moving]` of a partnership's file says."""

from cards.wording.source import Topic


class MovingWords(Topic, table="moving"):
    """A booking moves, is called off, or other people come."""

    MOVE_IT: str
    MOVE_TITLE: str
    MOVE_SEND: str
    MOVED_SUMMARY: str
    MOVED_WHY: str
    MOVED_OTHER: str
    LEFT_OUT: str
    LEFT_OUT_NEW: str
    LEFT_OUT_NEXT: str
    LEFT_OUT_SUMMARY: str
    CALL_OFF: str
    CALL_OFF_TITLE: str
    CALLED_OFF_TITLE: str
    CALLED_OFF_NOTICE: str
    CALLED_OFF_ENDED: str
