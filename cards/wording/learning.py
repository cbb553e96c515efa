"""The learning document: typing it up, sharing it, and recording what was learned.

The headings themselves are data and stand in `records/sections.py`.
"""

from typing import Final

# Type up ----------------------------------------------------------------------------------------

LEARNING: Final = "Learning document"
LEARNING_INTRO: Final = (
    "Sections with Write beside them are empty. All is saved as you go and stays open until you "
    "share it."
)
LEARNING_PROVISIONAL: Final = "These headings are provisional: they may still change."
TYPE_UP: Final = "Type up the learning"
TYPE_UP_NONE: Final = "There is no learning document for you to type up."
TYPE_UP_WHICH: Final = "Which learning document is it?"
TYPE_UP_SUMMARY: Final = "Learning documents you can type up"
TYPE_UP_ONE: Final = "Open {reference}"
SECTION_KICKER: Final = "section {number} of {total}"
SECTION_ROW: Final = "{number}. {heading}"
SECTION_OPEN: Final = "Open"
SECTION_WRITE: Final = "Write"
SECTION_FILLED: Final = "Written"
SECTION_FACTS: Final = "Filled in for you"
SECTION_FROM_REQUEST: Final = "Filled in from the request; not checked yet"
SECTION_OF: Final = "{done} of {all}"
SECTION_VIEW: Final = "One view"
SECTION_VIEWS: Final = "{count} views"
SECTION_REVIEW: Final = "Review on {day}"
SEEN_LEARNING: Final = (
    "Seen by: you; once you share it, the lead worker and those they share it with."
)
SAVE_NEXT: Final = "Save and go on"
SAVE_OVERVIEW: Final = "Save and see all sections"
SAVE_ANOTHER: Final = "Save and add another"
VIEW_WHO: Final = "Whose view is it? Agency or role"
VIEW_WORDS: Final = "What is their view?"
VIEW_WHO_MISSING: Final = "Please say whose view this is."
VIEW_WORDS_MISSING: Final = "Please write their view, or clear both to take it out."
SCALING_WHO: Final = "Whose number is it?"
SCALING_WHO_MISSING: Final = "Please choose whose number this is."
SCALING_NUMBER: Final = "Where are they, from 0 to 10?"
SCALING_NUMBER_MISSING: Final = "Please choose their number too."
SCALING_WORDS: Final = "What makes it that number and not lower?"
SCALING_NOBODY: Final = "Who came is not known yet. Say who came first."
STILL_TO_COME: Final = "Still to come: {names}"
RECORDING_WHO: Final = "Which agency?"
RECORDING_WHO_MISSING: Final = "Please choose the agency."
RECORDING_WORDS: Final = "What learning will they record?"
REVIEW_DAY: Final = "On which day will we review?"
REVIEW_PAST: Final = "This day has passed. Please choose a later one, or clear it."
CHANGE_ITEM: Final = "Change {number} in the list"
CHANGE_OF: Final = "Change: {name}"

# Share ------------------------------------------------------------------------------------------

SHARE: Final = "Share with the lead worker"
SHARE_TITLE: Final = "Share the learning document for {reference}?"
SHARE_WHO: Final = "It goes to {name}, the lead worker, and to nobody else."
SHARE_EMPTY: Final = "Still empty: {sections}."
SHARE_EMPTY_AGENCY: Final = "No learning is written yet for: {agencies}."
SHARE_FULL: Final = "No section is empty."
SHARE_NO_REVIEW: Final = "No review date is set."
SHARE_CLOSES: Final = (
    "Its sections then close. You can open them again until {name} has passed it on."
)
SHARE_YES: Final = "Share it"
SHARE_NO: Final = "Go on writing"
SHARE_EARLY: Final = "You can share it once the conversation has taken place."
SHARED_DONE: Final = "The learning document for {reference} is with {name}"
SHARED_NEXT: Final = (
    "{name} says with whom they shared it. Then each person who came gets the words for their own "
    "agency to record."
)
SHARED_PASSED_ON: Final = "{name} has passed it on."
SHARED_RECORDED: Final = "{done} of {all} people have recorded it on their own system."
OPEN_AGAIN: Final = "Open the sections again"
OPENED_AGAIN: Final = "The sections are open again. Share it anew when it is right."
LEARNING_NOT_SAVED: Final = "What you wrote was not added:"
GET_DOCUMENT: Final = "Get the Word file"

# The lead worker --------------------------------------------------------------------------------

LEARNING_CAME: Final = "{name} shares the learning document for {reference} with you."
LEARNING_CAME_AGAIN: Final = (
    "{name} has put something right in the learning document for {reference}."
)
LEARNING_REMIND: Final = "A reminder: the learning document for {reference} waits for you."
LEARNING_CAME_ALONE: Final = (
    "You are the lead worker, so it comes to you alone. Please share it as needed, by your "
    "agency's secure route."
)
LEARNING_CAME_THEN: Final = (
    "Then tell me with whom. Only then does each person get the words for their own agency."
)
LEARNING_RETURNED: Final = "{name} is putting something right. The document comes to you again."
PASSED_ON: Final = "Say with whom I shared it"
PASSED_ON_TITLE: Final = "With whom did you share it?"
PASSED_ON_WHO: Final = "Shared with"
PASSED_ON_OTHERS: Final = "Anyone else, such as the family"
PASSED_ON_ELSE: Final = "And with"
PASSED_ON_MISSING: Final = "Please tick who has it, or write who else does."
PASSED_ON_CONFIRM: Final = "Confirm"
PASSED_ON_SEEN: Final = "Seen by: your facilitator."
PASSED_ON_DONE: Final = "Thank you. The learning document for {reference} is passed on"
PASSED_ON_NEXT: Final = "Each person who came now gets the words for their own agency to record."
PASSED_ON_CHANGE: Final = "Change with whom"

# Recording --------------------------------------------------------------------------------------

RECORD_WHY: Final = "The learning from {reference} for {agency} to record"
RECORD_REMIND: Final = "A reminder: the learning from {reference} for {agency} to record"
RECORD_HOW: Final = (
    "Please copy these words into your own agency's system, as your recording policy says. "
    "Nothing is sent there for you."
)
RECORD_EMPTY: Final = "No words were written for your agency. Record what you take with you."
RECORD_BLOCK_TITLE: Final = "Partnership learning conversation {reference}"
RECORD_BLOCK_DATE: Final = "Date: {day}"
RECORD_BLOCK_FACILITATOR: Final = "Facilitator: {name}"
RECORD_BLOCK_AGENCY: Final = "Agency: {agency}"
RECORD_BLOCK_LEARNING: Final = "Learning:"
RECORDED: Final = "Recorded on our system"
RECORDED_DONE: Final = "Thank you. The learning from {reference} is recorded"
RECORDED_NEXT: Final = "Nothing more is asked of you here."
RECORD_NOT_YET: Final = "There is nothing to record for you yet."
RECORD_SUMMARY: Final = "Learning from {reference} for your agency to record"
