"""What `[words.common]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Topic
from records.request import About, Attending


class CommonWords(Topic, table="common"):
    """Sentences that stand on many cards."""

    APP: str
    NOBODY_WATCHES: str
    REQUIRED: str
    OPTIONAL: str
    SAVED: str
    NEXT: str
    BACK: str
    SEND: str
    CHANGE: str
    REMOVE: str
    REMOVE_NTH: str
    SHOW_ALL: str
    OF: str
    SHOW_MORE: str
    TO_CHECK: str
    TO_SUMMARY: str
    EMPTY: str
    TOO_LONG: str
    NOT_A_MAIL: str
    CHOOSE_ONE: str
    CHOOSE_SOME: str
    CHOOSE_DATE: str
    CHOOSE_TIME: str
    KEPT_WHOLE: str
    NOT_SAVED: str
    NOT_SAVED_LONG: str
    LISTED_KEPT: str
    NOT_SAVED_PLAIN: str
    TRY_AGAIN: str
    NOT_SAVED_TYPED: str
    MOVED_ON: str
    MOVED_ON_KEPT: str
    KEPT_HEADING: str
    ASKED_ANEW: str
    ANSWERED_TO: str
    NOT_KEPT: str
    KEPT_NO_MORE: str
    TOO_MUCH: str
    ANSWERED_TYPED: str
    USE_CARD: str
    NOT_FOR_YOU: str
    NOT_FOR_YOU_MORE: str
    FOR_FACILITATORS: str
    NOT_HERE: str
    GONE: str
    BUSY: str
    ATTENDING: Mapping[Attending, str]
    COMING: Mapping[Attending, str]

    ABOUT: Mapping[About, str]
