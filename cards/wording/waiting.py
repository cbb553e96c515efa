"""While a request waits: a manager who is silent, and nobody to facilitate it yet."""

from typing import Final

# The manager has not answered ---------------------------------------------------------------------

SILENT_WHY: Final = "{name} has not answered yet about {reference}."
SILENT_ASK: Final = "What would you like to do?"
SILENT_HINT: Final = "It may be quickest to ring them."
SILENT_WAIT: Final = "Wait"
REMIND_AGAIN: Final = "Remind them again"
WAITING_ON: Final = "It stays with {name} for now. You hear from me as soon as they answer."
WAITING_ON_MORE: Final = "To do something else later, type my requests."
REMINDED: Final = "{name} is reminded now."
REMINDED_MORE: Final = "If they stay silent for five more working days, I ask you again."

# Nobody picks it up -------------------------------------------------------------------------------

STILL_WAITING_WHY: Final = "A reminder: {reference} still waits for a facilitator."
TOO_CLOSE: Final = "I am too close to it"
STILL_WAITING_SINCE: Final = "Since"
TEAM_LEAD: Final = "The team lead"
LEAD_WHY: Final = "Nobody has picked up {reference} yet. It needs a facilitator."
LEAD_WHAT: Final = (
    "The facilitation team was told at once and reminded since. Please find somebody who is free "
    "and independent. They open their own chat with me and type waiting."
)
LOOKING_WHY: Final = "Nobody has picked up your request {reference} yet."
LOOKING_LEAD: Final = "The team lead is asked now to find somebody. You hear from me who it is."
LOOKING_TEAM: Final = "The whole team is reminded now. You hear from me who facilitates."
TOO_CLOSE_WHY: Final = (
    "Everyone here is named in or too close to {reference}. Ask another area's facilitator."
)
TOO_CLOSE_WHAT: Final = (
    "Once they belong to your facilitation team in Teams, they open their own chat with me, type "
    "waiting, and pick it up."
)
AREA_WHY: Final = "Your request {reference} goes to another area now."
AREA_WHAT: Final = (
    "Everyone in the facilitation team here is named in it or too close to it. So a facilitator "
    "from another area is asked. You hear from me who it is."
)
