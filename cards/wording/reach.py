"""Somebody cannot be reached."""

from cards.wording.source import fill

NOT_REACHED_WHY: str
NOT_REACHED_MANAGER: str
NOT_REACHED_OTHER: str
NOT_REACHED_NO_MAIL: str
NOT_REACHED_SUMMARY: str
REMINDER_NOTE: str

WITHDRAWN_NOTICE: str
SOMEBODY: str

OTHER_TENANT: str

fill(__name__)
