"""Stopping all messages, and letting them go on."""

from typing import Final

STOP_ALL: Final = "Stop all messages"
STOP_SURE: Final = "Stop all messages for {reference}?"
STOP_SURE_MORE: Final = (
    "From then on nobody hears from me about it, and what was due is not sent. Nobody is told "
    "that it is stopped: please ring people yourself. You can start again at any time."
)
STOP_YES: Final = "Yes, stop all messages"
STOP_NO: Final = "No, go on"
STOPPED_TITLE: Final = "Messages for {reference} are stopped"
STOPPED_RING: Final = "I have told nobody. Please ring:"
STOPPED_SUMMARY: Final = "Messages for {reference} are stopped"
STOPPED_OTHER: Final = "Messages for {reference} are stopped. Please ring {name}."
STOPPED_OTHER_MORE: Final = "Nothing is asked of you here for now."
STATUS_STOPPED: Final = "Messages are stopped for now. Please ring your facilitator."
START_AGAIN: Final = "Start again"
STARTED_TITLE: Final = "Messages for {reference} go on"
STARTED_NEXT: Final = (
    "What fell due meanwhile and is still open is asked once, in office hours. Nothing is sent a "
    "second time. If somebody waits for news, please ring them."
)
NO_CONTACT: Final = "no contact given"
