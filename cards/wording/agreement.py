"""What `[words.agreement]` of a partnership's file says."""

from cards.wording.source import Topic


class AgreementWords(Topic, table="agreement"):
    """The manager's agreement."""

    MANAGER_KICKER: str
    MANAGER_WHY: str
    MANAGER_REMIND: str
    MANAGER_WHAT: str
    AGREE: str
    TALK_FIRST: str
    NOT_THIS_ROUTE: str
    AGREED_TITLE: str
    AGREED_NEXT: str
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
    TALK_AGAIN: str
    ASKED_AGAIN: str
    REQUEST_AGREED: str
    REQUEST_AGREED_NEXT: str
    REQUEST_ROUTE: str
    REQUEST_ROUTE_NEXT: str
    THEY_WROTE: str
