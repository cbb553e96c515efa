"""A booking moves, is called off, or other people come."""

from cards.wording.source import fill

MOVE_IT: str
MOVE_TITLE: str
MOVE_SEND: str
MOVED_SUMMARY: str
MOVED_WHY: str
MOVED_OTHER: str
LEFT_OUT: str
LEFT_OUT_NEW: str
LEFT_OUT_NEXT: str
LEFT_OUT_SUMMARY: str
CALL_OFF: str
CALL_OFF_TITLE: str
CALLED_OFF_TITLE: str
CALLED_OFF_NOTICE: str
CALLED_OFF_ENDED: str

fill(__name__)
