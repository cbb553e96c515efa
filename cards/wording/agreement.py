"""The manager's agreement."""

from typing import Final

MANAGER_KICKER: Final = "For your agreement · {reference}"
MANAGER_WHY: Final = "{name} ({agency}) asks for your agreement to a learning conversation."
MANAGER_REMIND: Final = (
    "A reminder: {name} ({agency}) asks for your agreement to a learning conversation."
)
MANAGER_WHAT: Final = (
    "It is time for the agencies to think together. A facilitator who is independent leads it. It "
    "does not replace supervision, and it does not go back over decisions."
)
AGREE: Final = "Agree"
TALK_FIRST: Final = "Talk first"
NOT_THIS_ROUTE: Final = "Not this route, because…"
AGREED_TITLE: Final = "You agreed to {reference}"
AGREED_NEXT: Final = "An independent facilitator picks it up now. {name} has been told."
TALK_TITLE: Final = "Talk first"
TALK_LABEL: Final = "Your message to {name}"
TALK_HINT: Final = "For example: can we talk on Tuesday before you send this?"
TALK_SENT: Final = "Your message went to {name}"
TALK_NEXT: Final = "The request stays open. You can agree here when you have talked."
ROUTE_TITLE: Final = "Not this route"
ROUTE_LABEL: Final = "Not this route, because…"
ROUTE_HINT: Final = "What would help more?"
ROUTE_SENT: Final = "{name} has been told"
ROUTE_NEXT: Final = "The request is closed. {name} can ask again at any time."
SEEN_REQUESTER: Final = "Seen by: {name} and you."
SEE_AGAIN: Final = "See the request again"
TALK_CAME: Final = "{name} would like to talk with you before agreeing to {reference}."
TALK_AGAIN: Final = "We have talked; ask again"
ASKED_AGAIN: Final = "{name} is asked again now."
REQUEST_AGREED: Final = "{name} agreed to your request {reference}."
REQUEST_AGREED_NEXT: Final = (
    "The facilitation team has been told. Someone independent picks it up and finds a date."
)
REQUEST_ROUTE: Final = "{name} suggests another way for {reference}."
REQUEST_ROUTE_NEXT: Final = "The request is closed. You can talk it over, and ask again any time."
THEY_WROTE: Final = "{name} wrote"
