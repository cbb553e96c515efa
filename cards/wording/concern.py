"""A professional-practice concern: no content is asked for or kept."""

from cards.wording.source import fill

CONCERN: str
CONCERN_ABOUT: str
CONCERN_ABOUT_MORE: str
CONCERN_TITLE: str
CONCERN_INTRO: str
CONCERN_NAME: str
CONCERN_MAIL: str
CONCERN_SEEN: str
CONCERN_SEND: str
CONCERN_SENT: str
CONCERN_SENT_NEXT: str
CONCERN_CAME: str
CONCERN_CAME_MAIL: str
CONCERN_CAME_NEXT: str
CONCERN_SUMMARY: str
CONCERN_NOT_REACHED: str

fill(__name__)
