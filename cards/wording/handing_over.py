"""What `[words.handing_over]` of a partnership's file says."""

from cards.wording.source import Topic


class HandingOverWords(Topic, table="handing_over"):
    """A facilitator hands over to another one of the team."""

    HAND_OVER: str
    HAND_OVER_SURE: str
    HAND_OVER_SURE_MORE: str
    HAND_OVER_YES: str
    HAND_OVER_NO: str
    OFFERED_TITLE: str
    OFFERED_NEXT: str
    KEEP_IT: str
    KEPT: str
    NEEDS_ANOTHER: str
    NEEDS_ANOTHER_BOOKED: str
    NEEDS_ANOTHER_WHO: str
    NOT_OFFERED: str
    TOOK_OVER_YOU: str
    TAKEN_OVER: str
    TAKEN_OVER_THANKS: str
    TAKEN_OVER_NEXT: str
