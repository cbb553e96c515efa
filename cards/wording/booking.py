"""Pick-up and booking; a booking that moves, is called off, or other people come."""

from cards.wording.source import Topic


class BookingWords(Topic, table="booking"):
    """Pick-up, booking and how to prepare."""

    WAITING_WHY: str
    WAITING_CHANNEL: str
    WAITING_FROM: str
    WAITING_REASONS: str
    WAITING_TITLE: str
    WAITING_LONGEST: str
    WAITING_NONE: str
    WAITING_SUMMARY: str
    ILL_FACILITATE: str
    INDEPENDENT_TITLE: str
    INDEPENDENT: str
    INDEPENDENT_YES: str
    INDEPENDENT_NO: str
    INDEPENDENT_LEFT: str
    INVOLVED: str
    PICKED_UP_BY: str
    PICKED_UP_YOU: str
    BOOK: str
    BOOK_NOW: str
    BOOK_TITLE: str
    BOOK_DATE: str
    BOOK_START: str
    BOOK_END: str
    BOOK_PLACE: str
    BOOK_LEAD: str
    BOOK_COMING: str
    BOOK_SEEN: str
    BOOK_SEEN_NUMBER: str
    BOOK_LEAD_WHO: str
    BOOK_LEAD_AWAY: str
    BOOK_NUMBER: str
    BOOK_CHOSEN: str
    BOOK_PAST: str
    BOOK_MET: str
    BOOK_WEEKEND: str
    BOOK_HOLIDAY: str
    BOOK_HOURS: str
    BOOK_SURE: str
    BOOK_ORDER: str
    BOOKED_TITLE: str
    BOOKED_NEXT: str
    BOOKED_CLOSING: str
    BOOKED_MET: str
    PICKED_UP_NOTICE: str


class MovingWords(Topic, table="moving"):
    """A booking moves, is called off, or other people come."""

    MOVE_IT: str
    MOVE_TITLE: str
    MOVE_SEND: str
    DAY_OFF: str
    DAY_NOT_AHEAD: str
    DAY_WITHDRAWN: str
    DAY_MET: str
    DAY_MOVED: str
    DAY_CHANGED: str
    DAY_NOT_YOURS: str
    MOVED_SUMMARY: str
    MOVED_WHY: str
    MOVED_OTHER: str
    LEFT_OUT: str
    LEFT_OUT_NEW: str
    LEFT_OUT_MET: str
    LEFT_OUT_NEXT: str
    LEFT_OUT_SUMMARY: str
    CALL_OFF: str
    CALL_OFF_TITLE: str
    CALLED_OFF_TITLE: str
    CALLED_OFF_NOTICE: str
    CALLED_OFF_ENDED: str
