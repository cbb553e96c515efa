"""Somebody else takes a person's place."""

from typing import Final

SOMEONE_ELSE: Final = "Someone else is now…"
SOMEONE_ELSE_TITLE: Final = "Someone else is now in this place"
SOMEONE_WHO: Final = "Whose place is it?"
SOMEONE_NAME: Final = "Who is it now? Their name"
SOMEONE_MAIL: Final = "Their work e-mail"
SOMEONE_ROLE: Final = "Their role or team"
SOMEONE_AGENCY: Final = "Their agency"
SOMEONE_ATTENDING: Final = "Will they attend?"
SOMEONE_SEEN: Final = "Seen by: the facilitator, and whoever the new person works with on this."
SOMEONE_SAVE: Final = "Save the change"
SOMEONE_DONE: Final = "{new} is now in the place of {old}, in {reference}"
SOMEONE_DONE_NEXT: Final = (
    "What is open now goes to them. Nothing more comes to {old}, and nothing of it is open to them."
)
SOMEONE_STAYS: Final = "What is open now goes to them. {old} stays the one who asked."
SOMEONE_NOT: Final = "This person cannot take that place in {reference}. Nothing was changed."
SOMEONE_NOT_MORE: Final = "A manager has to be somebody other than the one who asked."
SOMEONE_WHICH: Final = "Which conversation is it?"
SOMEONE_NONE: Final = "There is no conversation in which you have a place to pass on."
REPLACED: Final = "{new} is now in the place of {old}, in {reference}."
REPLACED_MANAGER: Final = "{new} is now the manager in {reference}, in the place of {old}."
REPLACED_LEAD: Final = "{new} is now lead worker in {reference}, in the place of {old}."
REPLACED_NEXT: Final = "What is open now goes to them. There is nothing you have to do."
LEAD_NOW: Final = "You are now lead worker in {reference}, in the place of {old}."
LEAD_NOW_NEXT: Final = (
    "The conversation was on {when}. On {date} you are asked what difference it made."
)
LEAD_NOW_SUMMARY: Final = "You are now lead worker in {reference}"
LEAD_NOW_WHO: Final = "Who it is about comes to you by your agency's own secure route."
