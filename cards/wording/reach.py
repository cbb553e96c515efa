"""Somebody cannot be reached."""

from typing import Final

NOT_REACHED_WHY: Final = "{who} cannot be reached in Teams yet, for {reference}."
NOT_REACHED_MANAGER: Final = (
    "Your request waits. Please ask {who} to open {app} in Teams and say hello. The card then "
    "reaches them by itself. Until then, ring them."
)
NOT_REACHED_OTHER: Final = (
    "Please ring them. When they open {app} in Teams and say hello, what waits for them reaches "
    "them by itself."
)
NOT_REACHED_NO_MAIL: Final = (
    "No work e-mail was given for {who}, so nothing can reach them here. Please ring them and tell "
    "them what you would have sent."
)
NOT_REACHED_SUMMARY: Final = "Somebody cannot be reached for {reference}"
REMINDER_NOTE: Final = "If this reached you already, it is the same as before."

WITHDRAWN_NOTICE: Final = "{name} has withdrawn the request {reference}. Nothing is left to do."
SOMEBODY: Final = "Somebody"

OTHER_TENANT: Final = (
    "This assistant is for the partnership's own members. Please speak to your safeguarding lead."
)
