"""Something has changed: the ways a facilitator has."""

from typing import Final

CHANGED: Final = "Something has changed"
CHANGED_TITLE: Final = "What has changed in {reference}?"
CHANGED_DATE: Final = "The date"
CHANGED_PEOPLE: Final = "The people"
CHANGED_REST: Final = "Something that cannot wait"
CHANGED_SUMMARY: Final = "Changes to {reference}"
FACILITATING_TITLE: Final = "Conversations you facilitate"
FACILITATING_NONE: Final = "You do not facilitate a conversation at the moment."
BACK_TO_IT: Final = "Back to the conversation"
