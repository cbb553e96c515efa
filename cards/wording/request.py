"""What `[words.request]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic
from records.conversation.request import About
from records.people import Part


class RequestWords(Topic, table="request"):
    """The request, card by card."""

    REQUEST: str
    STEP_OF: str
    RISK_TITLE: str
    RISK_AGAIN: str
    RISK_NO: str
    RISK_YES: str
    RISK_ACTED: str
    RISK_STOP: str
    RISK_STOPPED: str
    RISK_STOPPED_MORE: str
    ABOUT_TITLE: str
    ABOUT_LABEL: str
    REASONS_LABEL: str
    LEVEL_LABEL: str
    LEVEL_UNKNOWN: str
    NEED_LEVEL: str
    NEED_OPEN: str
    OPEN_LABEL: str
    OPEN: Choices
    NO_NAMES: str
    YOU_TITLE: str
    CONTACT_LABEL: str
    CONTACT_HINT: str
    CONTACT_SEEN: str
    TEAM_LABEL: str
    AGENCY_LABEL: str
    ANOTHER_AGENCY: str
    OWN_AGENCY: str
    AGENCY_HINT: str
    AGENCY_MISSING: str
    AGENCY_TWICE: str
    YOU_ATTENDING: str
    MANAGER_INTRO: str
    MANAGER: str
    MANAGER_NAME: str
    MANAGER_MAIL: str
    MANAGER_ATTENDING: str
    MANAGER_IS_YOU: str
    PEOPLE_TITLE: str
    PEOPLE_INTRO: str
    NURSE_LABEL: str
    NURSE: Choices
    NURSE_NAME: str
    NURSE_MAIL: str
    NURSE_ATTENDING: str
    NURSE_MISSING: str
    NURSE_ROLE: str
    NURSE_AGENCY: str
    OTHERS_TITLE: str
    OTHER_NAME: str
    OTHER_ROLE: str
    OTHER_AGENCY: str
    OTHER_MAIL: str
    OTHER_ATTENDING: str
    OTHER_MISSING: str
    OTHERS_TWICE: str
    MANAGER_TOO: Mapping[Part, str]
    NAMED_ALREADY: Mapping[Part, str]
    TOO_MANY_PEOPLE: str
    ADD_ANOTHER: str
    WORRY_TITLE: str
    HOPE_YOU_TITLE: str
    HOPE_CHILD_TITLE: Mapping[About, str]
    SEEN_REQUEST: str
    SEEN_WHY: str
    SEEN_PEOPLE: str
    SEEN_HOPE: str
    SEEN_CHECK: str
    CHECK_TITLE: str
    CHECK_EMPTY: str
    CHECK_NONE: str
    CHECK_DATE: str
    Q_YOU_SHORT: str
    Q_CHILD_SHORT: str
    CHECK_MORE: str
    SENT_TITLE: str
    SENT_NEXT: str
    SENT_SEEN: str
    SENT_FILE: str
    SENT_NOBODY: str
    SENT_NOBODY_SEEN: str
    SENT_SUMMARY: str
    DRAFT_PUT_AWAY: str
    CANCELLED_CHOSEN: str
    CANCELLED_EMPTY: str
    CANCEL_SURE: str
    CANCEL_SURE_CHOSEN: str
    CANCEL_YES: str
    CANCEL_NO: str
    CANCEL_NOTHING: str
    WHICH_TITLE: str
    WHICH: str
    WHICH_NONE: str
    WHICH_DROPPED: str
