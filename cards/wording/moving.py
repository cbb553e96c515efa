"""A booking moves, is called off, or other people come."""

from typing import Final

MOVE_IT: Final = "Move it"
MOVE_TITLE: Final = "Move the conversation"
MOVE_SEND: Final = "Save the change"
MOVED_SUMMARY: Final = "The learning conversation {reference} has changed: {when}"
MOVED_WHY: Final = "{reference} has moved to {to} (was {was})."
MOVED_OTHER: Final = "{reference} has changed. The day and the start stay; please see below."
LEFT_OUT: Final = "You are no longer expected at {reference} on {when}."
LEFT_OUT_NEXT: Final = "There is nothing more to do. If this is a surprise, please ring {name}."
LEFT_OUT_SUMMARY: Final = "You are no longer expected at {reference}"
CALL_OFF: Final = "Call it off"
CALL_OFF_TITLE: Final = "Call off {reference}?"
CALLED_OFF_TITLE: Final = "{reference} is called off"
CALLED_OFF_NOTICE: Final = "{reference} on {when} is called off. {name} is finding a new date."
CALLED_OFF_ENDED: Final = "{reference} on {when} is called off. No new date is planned."
