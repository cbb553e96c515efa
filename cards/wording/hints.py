"""What `[words.hints]` of a partnership's file says."""

from cards.wording.source import Topic


class HintsWords(Topic, table="hints"):
    """The gentle question about what a text may hold. It never blocks and is asked once a text."""

    HINT_NAME: str
    HINT_BIRTH: str
    HINT_NHS: str
    HINT_TASK: str
    HINT_DECISION: str
    HINT_HOLDS: str
    HINT_READS: str
    HINT_KEEP: str
    HINT_AND: str
