"""The requester changes the request."""

from typing import Final

AMEND: Final = "Change my answers"
AMEND_TITLE: Final = "What would you like to change?"
AMEND_INTRO: Final = "Tap Change beside an answer. Nothing changes until you save."
AMEND_KICKER: Final = "Your request {reference}"
AMEND_SAVE: Final = "Save the changes"
AMEND_LEAVE: Final = "Leave it as it was"
AMEND_LEFT: Final = "Nothing was changed."
AMEND_MARK: Final = "{question} · changed"
AMEND_DONE: Final = "Your changes to {reference} are saved"
AMEND_DONE_MANAGER: Final = "{name} is told now, and sees your new answers."
AMEND_DONE_ASKED: Final = "{name} is asked to agree now."
AMEND_DONE_HOLDS: Final = "The agreement holds. {name} is told now."
AMEND_DONE_FACILITATOR: Final = "{name}, who facilitates, is told too."
AMEND_TOO_LATE: Final = (
    "This cannot be changed here any more. Nothing was changed. Please ring your facilitator or "
    "your manager about it."
)
AMEND_STOPPED_MORE: Final = "Type my requests to go on when the time is right."
AMEND_KICKER_MANAGER: Final = "The request {reference} as it is now"
AMENDED: Final = "{name} changed the request {reference}."
AMENDED_MANAGER: Final = "This is how it reads now. It still waits for your answer."
AMENDED_AGREED: Final = "You do not need to agree again."
AMENDED_SEE: Final = "See the request"
AMENDED_SINCE: Final = "The request has changed since you opened it. Please look once more."
