"""Welcome, help, urgent, and where a request is."""

from typing import Final

from records.stages import Stage

# Welcome, help, urgent --------------------------------------------------------------------------

HELLO_TITLE: Final = "Hello {name}"
HELLO: Final = (
    "When people around a child or adult are stuck, a learning conversation brings one person "
    "from each agency together. An independent facilitator leads it. It is time to think, not a "
    "meeting with tasks, and it does not go back over decisions."
)
HELLO_HOW: Final = (
    "To ask for one takes about ten minutes. You can stop at any time and go on later."
)
HELLO_SUMMARY: Final = "Hello from Learning Conversations"
HELP_TITLE: Final = "What you can type"
HELP: Final = (
    ("request", "ask for a learning conversation, or go on with yours"),
    ("my requests", "see where your requests are"),
    ("someone else", "say who is in your place now"),
    ("urgent", "what to do when someone is in danger"),
    ("cancel", "put away what you are filling in"),
    ("help", "this list"),
)
HELP_FACILITATOR: Final = (
    ("waiting", "for facilitators: who waits for one of you"),
    ("my conversations", "for facilitators: those you have picked up"),
    ("board", "for facilitators: everything that is open, and a search"),
    ("evaluation", "for facilitators: what a quarter or a year brought, and its report"),
    ("type up", "for facilitators: write the learning document"),
    ("pack", "for facilitators: a Word file for the day, with the agreement to read aloud"),
)
HELP_SUMMARY: Final = "What you can type to me"
ASK_FOR_ONE: Final = "Ask for a conversation"
MY_REQUESTS: Final = "My requests"
THANKS: Final = "You are welcome. Type help to see what you can do here."
UNKNOWN: Final = "I did not understand that. Nothing was kept."
URGENT_TITLE: Final = "When someone is at immediate risk of harm"
URGENT: Final = (
    "Ring 999 now if someone is in danger.",
    "Then follow your own agency's safeguarding procedure. Tell your manager too.",
    "Do not wait for a learning conversation.",
)
URGENT_SUMMARY: Final = "What to do when someone is in danger"

# Where a request is, in plain words -------------------------------------------------------------

STATUS: Final = {
    Stage.REQUESTED: "Your manager has been asked to agree.",
    Stage.AGREED: "Your manager agreed. A facilitator will pick it up.",
    Stage.PICKED_UP: "A facilitator has picked it up and is finding a date.",
    Stage.BOOKED: "It is booked.",
    Stage.HELD: "It took place. Feedback stays open for eight weeks.",
    Stage.COMPLETE: "It is complete. Thank you.",
    Stage.NOT_THIS_ROUTE: "Your manager chose another way.",
    Stage.WITHDRAWN: "It was withdrawn.",
    Stage.ENDED: "It did not go ahead and was ended.",
}
FACILITATOR_STATUS: Final = {
    Stage.REQUESTED: "the manager has not agreed yet.",
    Stage.AGREED: "it waits for a facilitator.",
    Stage.PICKED_UP: "a date is to be found.",
    Stage.BOOKED: "it is booked.",
    Stage.HELD: "it took place and feedback is open.",
    Stage.COMPLETE: "it is complete.",
    Stage.NOT_THIS_ROUTE: "the manager chose another way.",
    Stage.WITHDRAWN: "it was withdrawn. Nothing is left to do.",
    Stage.ENDED: "it did not go ahead and was ended.",
}
STATUS_TALK: Final = "Your manager would like to talk with you first."
STATUS_NONE: Final = "You have no requests yet."
STATUS_TITLE: Final = "Your requests"
STATUS_SUMMARY: Final = "Where your requests are"
STATUS_DRAFT: Final = "One is not sent yet."
GO_ON: Final = "Go on with it"
WITHDRAW: Final = "Withdraw"
WITHDRAW_SURE: Final = "Withdraw {reference}? Everyone who has heard of it is told."
WITHDRAW_YES: Final = "Yes, withdraw it"
WITHDRAW_NO: Final = "No, leave it"
WITHDRAWN_DONE: Final = "{reference} is withdrawn"
WITHDRAWN_NEXT: Final = "Everyone who had heard of it is told. Nothing more comes from it."
WHEN: Final = "When"
WHERE: Final = "Where"
FACILITATOR: Final = "Facilitator"
LEAD_WORKER: Final = "Lead worker"
OPEN_ONE: Final = "Open {reference}"
MORE_REQUESTS: Final = "and {count} more"
