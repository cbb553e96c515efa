"""On the day: closing, who came, and what did not go ahead."""

from typing import Final

CLOSING_WHY: Final = "{reference} ends at {time}. Shall the feedback card go out?"
CLOSING_SUMMARY: Final = "{reference}: shall the feedback card go out?"
CLOSING: Final = "We are closing"
NOT_AHEAD: Final = "It didn't go ahead"
TOO_EARLY: Final = "It is booked for {when}. This works from then on."
CAME_TITLE: Final = "Who came?"
CAME_LABEL: Final = "Tick everyone who came"
CAME_SUBSTITUTE: Final = "Somebody came instead of another"
CAME_SEND: Final = "Send the feedback card"
CAME_DONE: Final = "The feedback card for {reference} is on its way"
CAME_DONE_NEXT: Final = (
    "It goes to {count} people now. Those who have not answered get one prompt within two days."
)
CAME_DONE_ONE: Final = (
    "It goes to one person now. If there is no answer, one prompt follows within two days."
)
CAME_TICKED: Final = "Everyone you ticked stays ticked."
CAME_NOBODY: Final = "Please tick who came, or choose It didn't go ahead."
REBOOK: Final = "Find a new date"
END_IT: Final = "End it"
NOT_AHEAD_TITLE: Final = "{reference} did not go ahead"
NOT_AHEAD_ASK: Final = "Everyone who was to come is told. What should happen now?"
REBOOKED: Final = "Everyone is told that you are finding a new date."
ENDED_TITLE: Final = "{reference} is ended"
ENDED_NEXT: Final = "Everyone who was to come is told. Nothing more comes from it."
NOT_AHEAD_NOTICE: Final = "{reference} on {when} did not go ahead. {name} is finding a new date."
ENDED_NOTICE: Final = "{reference} on {when} did not go ahead and has been ended."
TOOK_PART_WHY: Final = "Did you take part on {when}? ({reference})"
TOOK_PART_YES: Final = "Yes"
TOOK_PART_NO: Final = "I was not there"
TOOK_PART_DONE: Final = "Thank you. Nothing more is asked of you."
DOUBTED: Final = "{name} says that {reference} on {when} did not go ahead."
NOT_AHEAD_DOUBT: Final = "Did {reference} go ahead?"
DOUBT_THANKS: Final = "Thank you. {name} is asked."
TOOK_PLACE: Final = "It took place"
