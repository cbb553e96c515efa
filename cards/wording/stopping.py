"""Stopping all messages, and letting them go on."""

from cards.wording.source import fill

STOP_ALL: str
STOP_SURE: str
STOP_SURE_MORE: str
STOP_YES: str
STOP_NO: str
STOPPED_TITLE: str
STOPPED_RING: str
STOPPED_SUMMARY: str
STOPPED_OTHER: str
STOPPED_OTHER_MORE: str
STATUS_STOPPED: str
START_AGAIN: str
STARTED_TITLE: str
STARTED_NEXT: str
NO_CONTACT: str

fill(__name__)
