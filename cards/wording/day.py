"""What `[words.held]` of a partnership's file says."""

from cards.wording.source import Topic


class HeldWords(Topic, table="held"):
    """On the day: closing, who came, and what did not go ahead."""

    CLOSING_WHY: str
    CLOSING_MET: str
    CLOSING_SUMMARY: str
    CLOSING: str
    BEFORE_FINISH_ALOUD: str
    BEFORE_FINISH: str
    NOT_AHEAD: str
    TOO_EARLY: str
    CAME_TITLE: str
    CAME_LABEL: str
    CAME_SUBSTITUTE: str
    CAME_SEND: str
    CAME_DONE: str
    CAME_DONE_NEXT: str
    CAME_NOT_REACHED: str
    CAME_DONE_ONE: str
    CAME_TICKED: str
    CAME_SEEN: str
    ENDED_EARLY: str
    ENDED_EARLY_HOW: str
    ENDED_EARLY_DONE: str
    ENDED_EARLY_NEXT: str
    CAME_NOBODY: str
    REBOOK: str
    END_IT: str
    NOT_AHEAD_TITLE: str
    NOT_AHEAD_ASK: str
    REBOOKED: str
    ENDED_TITLE: str
    ENDED_NEXT: str
    NOT_AHEAD_NOTICE: str
    ENDED_NOTICE: str
    TOOK_PART_WHY: str
    TOOK_PART_YES: str
    TOOK_PART_NO: str
    TOOK_PART_DONE: str
    DOUBTED: str
    NOT_AHEAD_DOUBT: str
    DOUBT_THANKS: str
    TOOK_PLACE: str
