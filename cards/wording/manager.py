"""The manager's agreement; another manager, or a deputy; while a request waits."""

from cards.wording.source import Topic


class AgreementWords(Topic, table="agreement"):
    """The manager's agreement."""

    MANAGER_KICKER: str
    MANAGER_WHY: str
    MANAGER_REMIND: str
    MANAGER_WHAT: str
    ALSO_NAMED: str
    AGREE: str
    TALK_FIRST: str
    NOT_THIS_ROUTE: str
    AGREED_TITLE: str
    AGREED_NEXT: str
    AGREED_NOBODY: str
    TALK_TITLE: str
    TALK_LABEL: str
    TALK_HINT: str
    TALK_SENT: str
    TALK_NEXT: str
    ROUTE_TITLE: str
    ROUTE_LABEL: str
    ROUTE_HINT: str
    ROUTE_SENT: str
    ROUTE_NEXT: str
    SEEN_REQUESTER: str
    SEE_AGAIN: str
    TALK_CAME: str
    TALK_CAME_NEXT: str
    TALK_AGAIN: str
    ASKED_AGAIN: str
    REQUEST_AGREED: str
    REQUEST_AGREED_NEXT: str
    REQUEST_AGREED_NOBODY: str
    REQUEST_ROUTE: str
    REQUEST_ROUTE_NEXT: str
    REQUEST_ROUTE_KEPT: str
    FURTHER: str
    FURTHER_ASK: str
    ANSWERS_READ: str
    ANSWERS_TITLE: str
    ASK_CHANGED: str
    THEY_WROTE: str
    NO_WORDS: str


class ManagingWords(Topic, table="managing"):
    """Another manager, named by the requester; or the manager's deputy."""

    # The requester names another -----------------------------------------------------------------

    ANOTHER_MANAGER: str
    ANOTHER_MANAGER_TITLE: str
    ANOTHER_MANAGER_WAITS: str
    ANOTHER_MANAGER_AGREED: str
    NAME_THEM: str
    NAME_LEAVE: str
    MANAGER_ASKED_ALREADY: str
    MANAGER_ASKED: str
    MANAGER_ASKED_NEXT: str
    MANAGER_NAMED: str
    MANAGER_NAMED_NEXT: str
    SEEN_MANAGER: str

    # The manager's deputy ------------------------------------------------------------------------

    DEPUTY: str
    DEPUTY_TITLE: str
    DEPUTY_INTRO: str
    DEPUTY_NAME: str
    DEPUTY_MAIL: str
    DEPUTY_SEEN: str
    DEPUTY_LEAVE: str
    DEPUTY_ASK: str
    DEPUTY_IS_YOU: str
    DEPUTY_IS_REQUESTER: str
    DEPUTY_LINE: str
    HANDED: str
    HANDED_NEXT: str
    DEPUTY_ASKED_WHY: str
    DEPUTY_ASKED_NEXT: str

    # Notices -------------------------------------------------------------------------------------

    NOT_NEEDED: str
    NOT_NEEDED_WHY: str
    MANAGER_NOW: str
    MANAGER_NOW_WHY: str


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
