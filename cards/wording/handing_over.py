"""A facilitator hands over to another one of the team."""

from typing import Final

HAND_OVER: Final = "Hand over to another facilitator"
HAND_OVER_SURE: Final = "Hand over {reference}?"
HAND_OVER_SURE_MORE: Final = (
    "The team is asked. You keep it until somebody takes it. From then on the story and the "
    "answers are closed to you."
)
HAND_OVER_YES: Final = "Yes, ask the team"
HAND_OVER_NO: Final = "No, I keep it"
OFFERED_TITLE: Final = "The team is asked to take {reference}"
OFFERED_NEXT: Final = "It is yours until somebody takes it. You hear who it is."
KEEP_IT: Final = "I keep it after all"
KEPT: Final = "You keep {reference}."
NEEDS_ANOTHER: Final = "{reference} needs a new facilitator."
NEEDS_ANOTHER_BOOKED: Final = "{reference} needs a new facilitator. It is booked for {when}."
NEEDS_ANOTHER_WHO: Final = "{name} has it until then."
NOT_OFFERED: Final = "{reference} does not need a new facilitator any more."
TOOK_OVER_YOU: Final = "You facilitate {reference} now"
TAKEN_OVER: Final = "{name} facilitates {reference} now."
TAKEN_OVER_THANKS: Final = "It is no longer with you. Thank you for what you did."
TAKEN_OVER_NEXT: Final = "Nothing else has changed. Please turn to {name} with any question."
