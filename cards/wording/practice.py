"""The Practice Team, and the month in figures."""

from cards.wording.source import fill

PRACTICE_TEAM: str
PRACTICE_WHY: str
PRACTICE_MORE: str
PRACTICE_LEAD: str
PRACTICE_READ: str
DIGEST_TITLE: str
DIGEST_WHY: str
DIGEST_REQUESTS: str
DIGEST_HELD: str
DIGEST_OUTCOMES: str
DIGEST_MORE: str

fill(__name__)
