"""What `[words.waiting]` of a partnership's file says."""

from cards.wording.source import Topic


class WaitingWords(Topic, table="waiting"):
    """While a request waits: a manager who is silent, and nobody to facilitate it yet."""

    # The manager has not answered ----------------------------------------------------------------

    SILENT_WHY: str
    SILENT_ASK: str
    SILENT_HINT: str
    SILENT_WAIT: str
    REMIND_AGAIN: str
    WAITING_ON: str
    WAITING_ON_MORE: str
    REMINDED: str
    REMINDED_MORE: str

    # Nobody picks it up --------------------------------------------------------------------------

    STILL_WAITING_WHY: str
    TOO_CLOSE: str
    STILL_WAITING_SINCE: str
    TEAM_LEAD: str
    LEAD_WHY: str
    LEAD_WHAT: str
    LOOKING_WHY: str
    LOOKING_LEAD: str
    LOOKING_TEAM: str
    TOO_CLOSE_WHY: str
    TOO_CLOSE_WHAT: str
    AREA_WHY: str
    AREA_WHAT: str
