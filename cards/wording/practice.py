"""The Practice Team, and the month in figures."""

from typing import Final

PRACTICE_TEAM: Final = "Practice Team"
PRACTICE_WHY: Final = "A lead worker said what difference {reference} made."
PRACTICE_MORE: Final = "It comes to you because you are on the Practice Team."
PRACTICE_LEAD: Final = "For the lead worker"
PRACTICE_READ: Final = "Read it"
DIGEST_TITLE: Final = "Learning conversations in {month}"
DIGEST_WHY: Final = "The month in figures, for the facilitation team. No names, no words."
DIGEST_REQUESTS: Final = "Requests"
DIGEST_HELD: Final = "Conversations that took place"
DIGEST_OUTCOMES: Final = "Outcomes that came, eight weeks on"
DIGEST_MORE: Final = "More is in the evaluation: type evaluation in your own chat with me."
