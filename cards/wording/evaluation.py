"""The evaluation: figures of a period, and words that may be quoted."""

from typing import Final

from cards.wording.verbatim import (
    Q_DIFFERENCE_CHILD,
    Q_DIFFERENCE_YOU,
    Q_HAPPENED,
    Q_LEARNING,
    Q_POSSIBILITY,
    Q_TOGETHER,
)

EVALUATION: Final = "Evaluation"
EVALUATION_SUMMARY: Final = "The evaluation"
EVALUATION_TITLE: Final = "{first} to {last}"
EVALUATION_AS_OF: Final = (
    "As it stood on {day}. Counts are of conversations unless they say people."
)
EVALUATION_NOTHING: Final = "Nothing was asked for and nothing took place in this time."
EVALUATION_FEW: Final = (
    "A figure about fewer than five people is not given, nor one that would give it away."
)

# Periods ------------------------------------------------------------------------------------------

PERIOD_OTHER: Final = "Another time"
PERIOD_TITLE: Final = "Which time?"
PERIOD_LABEL: Final = "Time"
PERIODS: Final = (
    ("quarter", "This quarter"),
    ("last-quarter", "The last quarter"),
    ("year", "This year"),
    ("last-year", "The last year"),
    ("dates", "From and to, given below"),
)
PERIOD_FROM: Final = "From"
PERIOD_TO: Final = "To"
PERIOD_SHOW: Final = "Show"
PERIOD_DATES: Final = "Please give both days, the first before the last."
PERIOD_LONG: Final = "Please choose twelve years at most."

# Tables: the same words on the card, in the workbook and in the report ---------------------------

COL_BECAME: Final = "What became of it"
COL_REASON: Final = "Reason"
COL_LEVEL: Final = "Level"
COL_OPEN: Final = "Open"
COL_AGENCY: Final = "Agency"
COL_COUNTED: Final = "What is counted"
COL_REQUESTS: Final = "Requests"
COL_CONVERSATIONS: Final = "Conversations"
COL_PEOPLE: Final = "People"
COL_DAYS: Final = "Working days"
COL_SHARE: Final = "Share"
T_REQUESTS: Final = "Requests made in this time"
T_REQUESTS_MADE: Final = "Requests"
T_AGREED: Final = "Agreed by the manager"
T_NOT_AGREED: Final = "Not agreed"
T_WITHDRAWN: Final = "Withdrawn before an answer"
T_WAITING: Final = "Waiting for an answer"
T_FELL_THROUGH: Final = "Agreed, but withdrawn or ended later"
T_WHY_NOT: Final = "Why not agreed"
WHY_NOT: Final = {
    "supervision": "Supervision first",
    "meeting": "Another meeting or plan fits better",
    "moving": "Things are moving already",
    "later": "Not the right time",
    "other": "Another reason",
    "": "No reason chosen",
}
T_LEVEL: Final = "Level of need"
LEVEL: Final = {
    "1": "Level 1: universal",
    "2": "Level 2: some extra help",
    "3": "Level 3: targeted help",
    "4": "Level 4: specialist help",
    "unknown": "Not known",
    "": "Not said",
}
T_OPEN: Final = "Open to Social Care"
OPEN_TO: Final = {"yes": "Yes", "no": "No", "unknown": "Not known", "": "Not said"}
T_ASKED_BY: Final = "Agencies that asked"
T_HELD: Final = "Conversations that took place in this time"
T_HELD_COUNT: Final = "Conversations"
T_DAYS: Final = "Working days from request to conversation"
T_DAYS_MIDDLE: Final = "The middle one (median)"
T_DAYS_LEAST: Final = "The quickest"
T_DAYS_MOST: Final = "The longest"
T_AGENCIES: Final = "Agencies that took part"
T_FEEDBACK: Final = "Feedback from those who came"
T_CAME: Final = "Came"
T_ANSWERED: Final = "Gave feedback"
T_IN_TIME: Final = "Within two days"
T_LATER: Final = "Later"
T_NOT_ANSWERED: Final = "No feedback so far"
T_SCALE: Final = "Where people are on the scale"
T_SCALE_NUMBER: Final = "Number"
T_SCALE_NOTE: Final = (
    "Numbers that fewer than five people chose are shown together with the numbers next to them."
)
T_SCALE_TEXT: Final = "The same numbers as text:"
T_OUTCOMES: Final = "Eight weeks on"
T_OUTCOME_GIVEN: Final = "The lead worker said what changed"
T_OUTCOME_AWAITED: Final = "Asked, no answer so far"
T_OUTCOME_LATER: Final = "Eight weeks are not over yet"
FEWER: Final = "fewer than five"
NOT_SHOWN: Final = "not shown"
NONE_YET: Final = "none yet"
BAND: Final = "{low} to {high}"
OF_ALL: Final = "{count} ({share})"
MORE_AGENCIES: Final = "· and {count} more, in the workbook"

# Words that may be quoted ------------------------------------------------------------------------

QUOTE_HEADINGS: Final = {
    "happened": "What helped: what happened",
    "learning": "What helped: what was learned",
    "possibility": "What would have helped",
    "difference_you": "The difference to the worker",
    "together": "The difference to how we work together",
    "difference_child": "The difference to the child or person",
    "outcome_child": "Eight weeks on: for the child or person",
    "outcome_you": "Eight weeks on: for the worker",
}
QUOTE_QUESTIONS: Final = {
    "happened": Q_HAPPENED,
    "learning": Q_LEARNING,
    "possibility": Q_POSSIBILITY,
    "difference_you": Q_DIFFERENCE_YOU,
    "together": Q_TOGETHER,
    "difference_child": Q_DIFFERENCE_CHILD,
    "outcome_child": "What is the overall difference for the child or person?",
    "outcome_you": "What is the overall difference to yourself?",
}
QUOTES: Final = "What people said"
QUOTES_NONE: Final = "Nothing has been released for this yet."
QUOTES_NEXT: Final = "Next"
QUOTES_TO_FIGURES: Final = "Back to the figures"
QUOTE_TAKE_BACK: Final = "Take back"
QUOTE_TAKE_BACK_OF: Final = "Take back number {number}"
QUOTE_HOPED: Final = "Hoped for"
QUOTE_HAPPENED: Final = "What happened"
QUOTES_TO_READ: Final = "Words to read: {count}"
QUOTE_READ: Final = "Words to read"
QUOTE_READ_WHY: Final = (
    "The writer said that this may be quoted, without their name. Release it only if nothing in it "
    "points to a child, an adult, a family or a worker."
)
QUOTE_TOO_LONG: Final = "This is too long to be read whole here, so it cannot be released."
QUOTE_RELEASE: Final = "Release"
QUOTE_KEEP_BACK: Final = "Keep back"
QUOTE_LATER: Final = "Leave it for now"
QUOTE_KEPT_BACK: Final = "Kept back: {count}"
QUOTE_RULED: Final = "{what} on {day} by {name}."
QUOTE_WAS: Final = {True: "Released", False: "Kept back"}
QUOTES_ALL_READ: Final = "There is nothing more to read."
QUOTE_SHOWN: Final = "Released words are seen in the evaluation and its report."
QUOTES_CUT: Final = "Only the first {count} of each are given here."

# Not this route, in short -------------------------------------------------------------------------

WHY_NOT_LABEL: Final = "In short, for the evaluation"
WHY_NOT_COUNTED: Final = "Your choice is counted, without names. Your words go to {name} alone."
MAY_QUOTE_OUTCOME: Final = (
    "May we quote your words in the evaluation, without your name? If you wrote the request, your "
    "hopes in it stand beside them."
)

# Files --------------------------------------------------------------------------------------------

WORKBOOK: Final = "Workbook"
REPORT: Final = "Report"
WORKBOOK_NAME: Final = "evaluation-{first}-to-{last}.xlsx"
REPORT_NAME: Final = "evaluation-{first}-to-{last}.docx"
WORKBOOK_CALLED: Final = "evaluation as a workbook"
REPORT_CALLED: Final = "evaluation as a report"
REPORT_TITLE: Final = "Partnership learning conversations: evaluation"
REPORT_FOOTER: Final = "Evaluation {period} · page PAGE of NUMPAGES"
REPORT_FIGURES: Final = "Figures"
REPORT_ABOUT: Final = "About these figures"
REPORT_NO_RANKING: Final = (
    "No people, teams or agencies are averaged or set against each other. Words are quoted only "
    "where their writer agreed, and after a facilitator has read them."
)
SHEET_ABOUT: Final = "About"
SHEET_NAMES: Final = {
    "requests": "Requests",
    "why-not": "Why not agreed",
    "level": "Level of need",
    "open": "Open to Social Care",
    "asked-by": "Agencies that asked",
    "held": "Conversations",
    "days": "Time to conversation",
    "agencies": "Agencies that took part",
    "feedback": "Feedback",
    "scale": "Scale",
    "outcomes": "Eight weeks on",
}
SHEET_QUOTES: Final = "Words"
COL_ABOUT: Final = "About"
COL_HOPED: Final = "Hoped for"
COL_WORDS: Final = "Words"
