"""Something has changed: the ways a facilitator has."""

from cards.wording.source import fill

CHANGED: str
CHANGED_TITLE: str
CHANGED_DATE: str
CHANGED_PEOPLE: str
CHANGED_REST: str
CHANGED_SUMMARY: str
FACILITATING_TITLE: str
FACILITATING_NONE: str
BACK_TO_IT: str

fill(__name__)
