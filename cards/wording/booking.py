"""Pick-up, booking and how to prepare."""

from typing import Final

from cards.wording.home import HELLO

WAITING_WHY: Final = "{reference} waits for a facilitator."
WAITING_CHANNEL: Final = (
    "Open your own chat with me to pick it up. The story is shown only to the one who does."
)
WAITING_FROM: Final = "From"
WAITING_REASONS: Final = "Why it is brought"
WAITING_TITLE: Final = "Waiting for a facilitator"
WAITING_NONE: Final = "No request waits for a facilitator."
WAITING_SUMMARY: Final = "Who waits for a facilitator"
ILL_FACILITATE: Final = "I'll facilitate"
INDEPENDENT_TITLE: Final = "Are you independent of everyone here?"
INDEPENDENT: Final = (
    "You do not work with them on this, do not manage them, and can be neutral. The story opens "
    "only after you say so."
)
INDEPENDENT_YES: Final = "I am independent; I'll facilitate"
INDEPENDENT_NO: Final = "I am not; leave it for others"
INDEPENDENT_LEFT: Final = "Thank you. {reference} is left for others."
INVOLVED: Final = "You are named in {reference}, so somebody else has to facilitate it."
PICKED_UP_BY: Final = "{name} has picked up {reference}."
PICKED_UP_YOU: Final = "You picked up {reference}"
BOOK: Final = "Book it"
BOOK_NOW: Final = "Find a date"
BOOK_TITLE: Final = "Book the conversation"
BOOK_DATE: Final = "Date"
BOOK_START: Final = "Start"
BOOK_END: Final = "End"
BOOK_PLACE: Final = "Place or link"
BOOK_LEAD: Final = "Lead worker"
BOOK_COMING: Final = "Who comes"
BOOK_SEEN: Final = "Seen by: everyone who comes."
BOOK_CHOSEN: Final = "The lead worker and who comes stay as you chose them."
BOOK_PAST: Final = "This is in the past. Please choose a later date."
BOOK_ORDER: Final = "The end has to be after the start."
BOOKED_TITLE: Final = "{reference} is booked"
BOOKED_NEXT: Final = "The date and how to prepare go to everyone who comes."
BOOKED_CLOSING: Final = (
    "In the last five minutes, tap We are closing. The feedback card then goes out."
)
PICKED_UP_NOTICE: Final = "{name} picked up your request {reference} and will find a date."
PREPARE_WHAT: Final = HELLO
