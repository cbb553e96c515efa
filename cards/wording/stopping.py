"""What `[words.stopping]` of a partnership's file says."""

from cards.wording.source import Topic


class StoppingWords(Topic, table="stopping"):
    """Stopping all messages, and letting them go on."""

    STOP_ALL: str
    STOP_SURE: str
    STOP_SURE_MORE: str
    STOP_YES: str
    STOP_NO: str
    STOPPED_TITLE: str
    STOPPED_RING: str
    STOPPED_SUMMARY: str
    STOPPED_OTHER: str
    STOPPED_OTHER_MORE: str
    STATUS_STOPPED: str
    START_AGAIN: str
    STARTED_TITLE: str
    STARTED_NEXT: str
    NO_CONTACT: str
