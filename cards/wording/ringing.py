"""What `[words.ringing]` of a partnership's file says."""

from cards.wording.source import Topic


class RingingWords(Topic, table="ringing"):
    """Things have changed; please ring me."""

    RING_ME: str
    RING_ME_DONE: str
    RING_ME_NEXT: str
    RING_CAME: str
    RING_CAME_NEXT: str
    RING_CONTACT: str
    ASK_LATER: str
    ASKED_LATER: str
    ASKED_LATER_NEXT: str
    RING_SETTLED: str
