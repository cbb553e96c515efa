"""Eight weeks on."""

from typing import Final

OUTCOME: Final = "Eight weeks on"
OUTCOME_WHY: Final = "Eight weeks ago you were lead worker in {reference}. What has changed since?"
OUTCOME_REMIND: Final = "A reminder: what difference did {reference} make?"
OUTCOME_SUMMARY: Final = "Eight weeks on: what difference did {reference} make?"
Q_OUTCOME_CHILD: Final = "What is the overall difference for the child or person?"
Q_OUTCOME_YOU: Final = "What is the overall difference to yourself?"
OUTCOME_CHILD_TITLE: Final = "For the child or person"
OUTCOME_YOU_TITLE: Final = "For yourself"
HOPED: Final = "What the request hoped for"
SEEN_OUTCOME: Final = "Seen by: the facilitation team and the Practice Team, never your manager."
OUTCOME_NOT_YET: Final = "This opens eight weeks after the conversation, on {when}."
OUTCOME_DONE: Final = "Thank you. {reference} is complete"
OUTCOME_DONE_NEXT: Final = (
    "Your words help the partnership to see what these conversations change. "
    "Nothing more is asked of you."
)
