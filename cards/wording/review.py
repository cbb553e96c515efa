"""The review on the day that was agreed."""

from typing import Final

REVIEW: Final = "Review"
REVIEW_TITLE: Final = "Did things move? Anything to bring back?"
REVIEW_WHY: Final = "Today is the day on which you agreed to look at {reference} again."
REVIEW_SUMMARY: Final = "{reference}: did things move? Anything to bring back?"
REVIEW_AGREED: Final = "What you agreed"
REVIEW_NOTHING: Final = "The agreed points are not kept here. Your learning document has them."
REVIEW_SAID_LABEL: Final = "How is it now?"
REVIEW_CHOICES: Final = (
    ("moved", "Things moved"),
    ("not-yet", "Not yet"),
    ("back", "We want to bring it back"),
)
REVIEW_WORDS: Final = "Anything you would like to say about it?"
REVIEW_SEEN: Final = "Seen by: the facilitator and the lead worker."
REVIEW_DONE: Final = "Thank you for looking at {reference} again"
REVIEW_DONE_NEXT: Final = "Nothing more is asked of you about it."
REVIEW_BACK_LEAD: Final = (
    "Your facilitator is told. You can ask for a new conversation now; the people are filled in, "
    "the story is yours to tell again."
)
REVIEW_BACK_FACILITATOR: Final = (
    "Please talk with {name}, the lead worker: a new request comes from them."
)
REVIEW_AGAIN: Final = "Ask for a new conversation"
REVIEW_CAME: Final = "{name} looked at {reference} again: {said}."
REVIEW_CAME_SUMMARY: Final = "{name} has answered the review of {reference}"
REVIEW_DATE: Final = "Set the review date"
REVIEW_DATE_LABEL: Final = "On which day will you look at it again?"
REVIEW_DATE_SEEN: Final = "Seen by: the lead worker and you, on that day."
REVIEW_DATE_DONE: Final = "{reference} is looked at again on {date}"
REVIEW_DATE_NEXT: Final = "On that day at 9:00, or the next working day, {name} and you are asked."
REVIEW_DATE_PAST: Final = "This day has passed. Please choose a later one."
REVIEW_NOT_YET: Final = "This opens on the day you agreed, {when}."
REVIEW_NO_DAY: Final = "No day is agreed for a review of {reference}."
