"""Sentences that stand on many cards: receipts, files, hints, and who cannot be reached."""

from collections.abc import Mapping

from cards.wording.source import Topic
from records.conversation.request import About
from records.people import Attending


class CommonWords(Topic, table="common"):
    """Sentences that stand on many cards."""

    APP: str
    PRACTICE_NOTE: str
    PRACTICE_TITLE: str
    NOTICE: str
    PRACTICE_STOPPED_MORE: str
    PRACTICE_ENDED: str
    PRACTICE_ENDED_MORE: str
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
    SHOW_NEXT: str
    TO_CHECK: str
    TO_SUMMARY: str
    EMPTY: str
    TOO_LONG: str
    TOO_LONG_SHORT: str
    NOT_A_MAIL: str
    TWO_MAILS: str
    KNOWN: str
    KNOWN_UNLESS: str
    CHOOSE_ONE: str
    CHOOSE_SOME: str
    CHOOSE_DATE: str
    CHOOSE_TIME: str
    DATE_NOT_READ: str
    DATE_FAR: str
    TIME_NOT_READ: str
    IN_THE_BOX: str
    CUT_REST: str
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
    TOO_MANY_AT_ONCE: str
    ANSWERED_TYPED: str
    ANSWERED_TYPED_MORE: str
    ANSWERED_TYPED_UNSENT: str
    TYPED_CHOSEN: str
    USE_CARD: str
    USE_CARD_ABOVE: str
    NOT_FOR_YOU: str
    NOT_FOR_YOU_MORE: str
    FOR_FACILITATORS: str
    NOT_HERE: str
    GONE: str
    BUSY: str
    ATTENDING: Mapping[Attending, str]
    COMING: Mapping[Attending, str]

    ABOUT: Mapping[About, str]


class ClosedWords(Topic, table="closed"):
    """What stays in a chat once a card with a story is closed, and drafts that are left lying."""

    CLOSED: str
    CLOSED_DONE: str
    CLOSED_OLD: str
    CLOSED_GO_ON: str
    TYPED_ABOVE: str
    DOOR_KEPT: str
    BACK_OPEN: str
    BACK_TITLE: str
    BACK_KEPT: str
    DOOR_KEPT_INPUT: str
    DOOR_KEPT_LINE: str
    DOOR_GO_ON: str
    DOOR_CHECK_TITLE: str
    DOOR_CHECK: str
    DOOR_OPEN: str
    DOOR_REQUEST: str
    DOOR_WORDS: str
    DOOR_OUTCOME: str
    DOOR_REVIEW: str
    DOOR_RECORD: str
    CLOSED_WHERE: str
    CLOSED_SUMMARY: str

    DRAFT_REQUEST: str
    DRAFT_OTHER: str
    DRAFT_UNTIL: str
    DRAFT_SUMMARY: str


class StayingWords(Topic, table="staying"):
    """What becomes of messages: where they stay, and what a changed one or a picture does."""

    WRITE_HERE: str
    TYPED_STAYS: str
    TYPED_NOWHERE: str
    TYPED_NOWHERE_MORE: str
    TYPED_BEGIN: str

    DANGER_KEPT: str
    DANGER_NOT_KEPT: str
    PICTURE: str
    MESSAGE_EDITED: str
    MESSAGE_DELETED: str
    MESSAGE_BACK: str


class HintsWords(Topic, table="hints"):
    """The gentle question about what texts may hold: once, before they are sent, never blocking."""

    HINT_NAME: str
    HINT_BIRTH: str
    HINT_NHS: str
    HINT_NUMBER: str
    HINT_TASK: str
    HINT_DECISION: str
    HINT_HOLDS: str
    HINT_READS: str
    HINT_KEEP: str
    HINT_KEEP_THERE: str
    HINT_WHERE: str
    HINT_AND: str


class FilesWords(Topic, table="files"):
    """Files and the pages behind signed links."""

    PAGE_BROKEN: str
    PAGE_BROKEN_MORE: str
    PAGE_EXPIRED: str
    PAGE_EXPIRED_MORE: str
    PAGE_NOT_YOURS: str
    PAGE_NOT_YOURS_MORE: str
    PAGE_GONE: str
    PAGE_GONE_MORE: str
    PAGE_AWAY: str
    PAGE_AWAY_MORE: str
    PAGE_METHOD: str
    PAGE_METHOD_MORE: str

    FILE_READY: str
    FILE_BELOW: str
    FILE_OPEN: str
    FILE_LINK_MORE: str
    FILE_CONSENT: str
    FILE_STORED: str
    FILE_NOT_STORED: str
    FILE_LATER: str
    FILE_DECLINED: str
    FILE_GONE: str
    FILE_NO_WAY: str


class ReachWords(Topic, table="reach"):
    """Somebody cannot be reached."""

    CORRECT: str
    CORRECT_TITLE: str
    CORRECT_MAIL: str
    CORRECT_INTRO: str
    CORRECT_SEEN: str
    CORRECT_SAVE: str
    CORRECT_SAME: str
    CORRECT_TAKEN: str
    CORRECT_DONE: str
    CORRECT_NEXT: str
    CORRECT_SHOWN: str
    CORRECT_NOT_SHOWN: str
    CORRECT_NOT: str
    NOT_MEANT: str
    NOT_MEANT_NEXT: str
    NOT_MEANT_SUMMARY: str
    NOT_REACHED_WHY: str
    NOT_REACHED_MANAGER: str
    NOT_REACHED_OTHER: str
    NOT_REACHED_NO_MAIL: str
    NOT_REACHED_SHARED: str
    NOT_REACHED_SUMMARY: str
    REMINDER_NOTE: str

    WITHDRAWN_NOTICE: str
    SOMEBODY: str

    OTHER_TENANT: str
