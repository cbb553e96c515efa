"""What `[words.staying]` of a partnership's file says."""

from cards.wording.source import Topic


class StayingWords(Topic, table="staying"):
    """Where typed messages stay: said on the first card for words, and when somebody types some."""

    WRITE_HERE: str
    TYPED_STAYS: str
    TYPED_NOWHERE: str
    TYPED_NOWHERE_MORE: str
    TYPED_BEGIN: str
