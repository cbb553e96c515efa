"""Every sentence a person reads, in one place, so that a practitioner can proof-read it.

Words we use: conversation, situation, child or person, worries, what difference, agree.
The sentences under *Word for word* are the partnership's own and are never reworded.
"""

from typing import Final

from records.request import About, Attending, Reason
from records.stages import Stage

# Word for word: the request --------------------------------------------------------------------

Q_WORRY: Final = "What are you most worried will happen if this situation continues?"
Q_YOU: Final = (
    "What difference are you hoping making the time to reflect on the situation will make to YOU?"
)
Q_KNOWN: Final = "How will you know that this difference has been achieved?"
Q_CHILD: Final = "What difference are you hoping this will make to the child and their carers?"
# Added: the paper speaks of children only, and adults count as well.
Q_PERSON: Final = "What difference are you hoping this will make to the person and their carers?"
REASONS: Final = {
    Reason.GOAL: "Workers feel that they are not moving towards the same goal",
    Reason.DIFFERENCES: "Differences between workers that are overshadowing the progress",
    Reason.STUCK: "The situation has become stuck, and progress is not being made",
    Reason.CLARITY: "Lack of clarity about the situation",
}

# Word for word: the feedback tool --------------------------------------------------------------

SCALE_10: Final = (
    "The learning conversation was useful, slowed down my thinking and achieved the agreed aim of "
    "the conversation"
)
SCALE_0: Final = (
    "The conversation has not facilitated any change or shift in my thoughts about the situation"
)
Q_SCALE: Final = "Where are you on the scale?"
Q_HAPPENED: Final = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)
Q_LEARNING: Final = (
    "What have been the learning points that take you to the point on the scale and not lower?"
)
Q_DIFFERENCE_YOU: Final = "What difference has the learning conversation made to YOU?"
Q_DIFFERENCE_CHILD: Final = "What potentially will the differences be for the child or person?"
Q_POSSIBILITY: Final = (
    "What else could have been useful to help you to move up the scale closer to a 10?"
)
# Added: the paper wants to know the difference to the partnership.
Q_TOGETHER: Final = "What difference has it made to how we work together?"

# Word for word: preparation --------------------------------------------------------------------

PREPARATION: Final = (
    "Review your records in advance and come with a good knowledge of the situation, and any "
    "supporting tools that may help",
    "Come with an open mind, willing to admit that you might not have it quite right",
    "Find out who from your agency is the right person to share all the information",
    "Let the child/family or person know that this conversation is happening, and that everyone "
    "involved wants to work with them to support them the best they can",
    "Be clear about the purpose of your role in this situation",
    "Find out the family's views about the situation, and what they have said that people do that "
    "is useful to help them",
)

# Everywhere ------------------------------------------------------------------------------------

APP: Final = "Learning Conversations"
NOBODY_WATCHES: Final = "Nobody watches this chat. In danger: 999."
REQUIRED: Final = "(required)"
OPTIONAL: Final = "(optional)"
SAVED: Final = "Saved as you go."
NEXT: Final = "Next"
BACK: Final = "Back"
SEND: Final = "Send"
CHANGE: Final = "Change"
REMOVE: Final = "Remove"
SHOW_ALL: Final = "Show all"
SHOW_MORE: Final = "Show more"
TO_CHECK: Final = "Back to your answers"
TO_SUMMARY: Final = "Back to the request"
EMPTY: Final = "Please write something here. A few words are enough."
TOO_LONG: Final = (
    "This is {count} characters and {limit} fit. We kept all of it. Please shorten it here."
)
NOT_A_MAIL: Final = "This does not look like an e-mail address. Please check it."
CHOOSE_ONE: Final = "Please choose one."
CHOOSE_SOME: Final = "Please choose at least one."
CHOOSE_DATE: Final = "Please choose a date."
CHOOSE_TIME: Final = "Please choose a time."
KEPT_WHOLE: Final = (
    "Your text has {count} characters. We kept all of it; this is how it starts. "
    "Write below to replace it, or leave it empty to keep it."
)
NOT_SAVED: Final = "Not saved yet, press {button} again. What you wrote is still here."
NOT_SAVED_PLAIN: Final = "That did not work just now. Please try again in a minute."
TRY_AGAIN: Final = "Try again"
NOT_SAVED_TYPED: Final = "Not saved yet. Please send it again in a minute. You wrote:"
MOVED_ON: Final = "You have answered this before. Here is where things are now."
MOVED_ON_KEPT: Final = (
    "You have answered this before, so we left that answer as it was. What you wrote just now is "
    "kept too: see the end of this card."
)
KEPT_HEADING: Final = "You also wrote"
ANSWERED_TYPED: Final = "Thank you, that is kept. One more question on this card."
USE_CARD: Final = "This part needs the card. What you typed is kept here:"
NOT_FOR_YOU: Final = "This is not yours to open. Nothing was changed."
NOT_FOR_YOU_MORE: Final = (
    "It may have been passed to you by mistake, or someone else has been named since."
)
NOT_HERE: Final = "Please write to me in your own chat. Nothing about a situation belongs here."
GONE: Final = "This card is no longer needed. Nothing was changed."
BUSY: Final = "Somebody else was a moment quicker. Here is where things are now."
SUBTLE_SEEN_BY: Final = "Seen by: {who}."
ATTENDING: Final = {
    Attending.YES: "Yes",
    Attending.NO: "No",
    Attending.UNSURE: "Not sure yet",
}
COMING: Final = {
    Attending.YES: "attending",
    Attending.NO: "not attending",
    Attending.UNSURE: "not sure yet if attending",
}

# Who it is about -------------------------------------------------------------------------------

ABOUT: Final = {
    About.CHILD: "A child",
    About.UNBORN: "An unborn child",
    About.ADULT: "An adult",
}


def hope_question(about: str) -> str:
    """The request's fourth question: "the child" or, for an adult, "the person"."""
    return Q_PERSON if about == About.ADULT else Q_CHILD


def child_or_person(about: str) -> str:
    """How a sentence of ours names whom it is about."""
    return "the person" if about == About.ADULT else "the child"


# Welcome, help, urgent -------------------------------------------------------------------------

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
    ("urgent", "what to do when someone is in danger"),
    ("cancel", "put away what you are filling in"),
    ("help", "this list"),
)
HELP_FACILITATOR: Final = ("waiting", "for facilitators: who waits for one of you")
HELP_SUMMARY: Final = "What you can type to me"
ASK_FOR_ONE: Final = "Ask for a conversation"
MY_REQUESTS: Final = "My requests"
UNKNOWN: Final = "I did not understand that. Nothing was kept."
URGENT_TITLE: Final = "When someone is at immediate risk of harm"
URGENT: Final = (
    "Ring 999 now if someone is in danger.",
    "Then follow your own agency's safeguarding procedure, and tell your manager.",
    "Do not wait for a learning conversation.",
)
URGENT_SUMMARY: Final = "What to do when someone is in danger"

# The request -----------------------------------------------------------------------------------

REQUEST: Final = "Request"
STEP_OF: Final = "{flow} · {number} of {total}"
RISK_TITLE: Final = "Before we start: is someone at immediate risk of harm?"
RISK_AGAIN: Final = "You began this more than a day ago, so we ask once more."
RISK_NO: Final = "No"
RISK_YES: Final = "Yes"
RISK_ACTED: Final = "I have acted on this; carry on"
RISK_STOP: Final = "Stop here"
RISK_STOPPED: Final = "We stopped here. What you wrote is kept for 30 days."
RISK_STOPPED_MORE: Final = "Type request to go on when the time is right."
ABOUT_TITLE: Final = "What is the situation like?"
ABOUT_LABEL: Final = "Who is it about?"
REASONS_LABEL: Final = "Why bring it? Choose one or more."
LEVEL_LABEL: Final = "Level of need, if you know it"
LEVELS: Final = (
    ("1", "Level 1: universal"),
    ("2", "Level 2: some extra help"),
    ("3", "Level 3: targeted help"),
    ("4", "Level 4: specialist help"),
    ("unknown", "Not known"),
)
OPEN_LABEL: Final = "Is it open to Social Care?"
OPEN: Final = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
NO_NAMES: Final = "Please do not name the child or adult. A reference is given at the end."
YOU_TITLE: Final = "You and your manager"
CONTACT_LABEL: Final = "Your contact details"
CONTACT_HINT: Final = "Phone or e-mail"
TEAM_LABEL: Final = "Team"
AGENCY_LABEL: Final = "Agency"
YOU_ATTENDING: Final = "Will you attend?"
MANAGER_INTRO: Final = (
    "Name the manager who supervises you, or their deputy. They have to agree that a conversation "
    "would be useful."
)
MANAGER: Final = "Manager"
MANAGER_NAME: Final = "Manager's name"
MANAGER_MAIL: Final = "Manager's work e-mail"
MANAGER_ATTENDING: Final = "Will your manager attend?"
MANAGER_IS_YOU: Final = (
    "Somebody else has to agree. Name the manager who supervises you, or their deputy."
)
PEOPLE_TITLE: Final = "Who else is involved?"
PEOPLE_INTRO: Final = "We write to nobody here until your manager agrees and a date is booked."
NURSE_LABEL: Final = "Safeguarding nurse, if health is involved"
NURSE: Final = (("named", "Named below"), ("none", "None"), ("unknown", "Not known"))
NURSE_NAME: Final = "Safeguarding nurse's name"
NURSE_MAIL: Final = "Safeguarding nurse's work e-mail"
NURSE_ATTENDING: Final = "Will the safeguarding nurse attend?"
NURSE_MISSING: Final = "Please give the nurse's name, or choose another answer above."
NURSE_ROLE: Final = "Safeguarding nurse"
NURSE_AGENCY: Final = "Health"
OTHERS_TITLE: Final = "Others involved"
OTHER_NAME: Final = "Name"
OTHER_ROLE: Final = "Role or team"
OTHER_AGENCY: Final = "Agency"
OTHER_MAIL: Final = "Work e-mail"
OTHER_ATTENDING: Final = "Will they attend?"
OTHER_MISSING: Final = "Please give a name for this person."
TOO_MANY_PEOPLE: Final = "Up to {limit} people fit in one conversation."
ADD_ANOTHER: Final = "Add another"
WORRY_TITLE: Final = "Your worries"
HOPE_YOU_TITLE: Final = "Your hopes for yourself"
HOPE_CHILD_TITLE: Final = {
    About.CHILD: "Your hopes for the child",
    About.UNBORN: "Your hopes for the child",
    About.ADULT: "Your hopes for the person",
}
SEEN_REQUEST: Final = "Seen by: your manager and your facilitator."
CHECK_TITLE: Final = "Check your answers"
CHECK_EMPTY: Final = "Nothing written"
CHECK_DATE: Final = "Date of request"
CHECK_MORE: Final = "{shown} of {count} characters shown"
SENT_TITLE: Final = "Your request {reference} is sent"
SENT_NEXT: Final = (
    "Your manager is asked to agree now. We remind them after two working days. "
    "You hear from me as soon as they answer."
)
SENT_SEEN: Final = "Your manager sees your answers now, and later your facilitator. Nobody else."
SENT_SUMMARY: Final = "Your request {reference} is sent"
DRAFT_PUT_AWAY: Final = "Put away. What you had written was removed."
CANCEL_SURE: Final = "Put this away? What you wrote in it will be removed."
CANCEL_YES: Final = "Yes, remove it"
CANCEL_NO: Final = "No, keep it"
CANCEL_NOTHING: Final = "There is nothing open to put away."
WHICH_TITLE: Final = "Which one is this for?"
WHICH: Final = "You have more than one open. You wrote:"
WHICH_NONE: Final = "None of these"
WHICH_DROPPED: Final = "All right. That was not added to anything."

# Where a request is, in plain words ------------------------------------------------------------

STATUS: Final = {
    Stage.REQUESTED: "Your manager has been asked to agree.",
    Stage.AGREED: "Your manager agreed. A facilitator will pick it up.",
    Stage.PICKED_UP: "A facilitator has picked it up and is finding a date.",
    Stage.BOOKED: "It is booked.",
    Stage.HELD: "It took place. Feedback is open until eight weeks after.",
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
    Stage.ENDED: "it did not go ahead and is ended.",
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

# The manager's agreement -----------------------------------------------------------------------

MANAGER_KICKER: Final = "For your agreement · {reference}"
MANAGER_WHY: Final = "{name} ({agency}) asks for your agreement to a learning conversation."
MANAGER_REMIND: Final = (
    "A reminder: {name} ({agency}) asks for your agreement to a learning conversation."
)
MANAGER_WHAT: Final = (
    "It is time for the agencies to think together, led by an independent facilitator. It does "
    "not replace supervision and it does not go back over decisions."
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

# Pick-up and booking ---------------------------------------------------------------------------

WAITING_WHY: Final = "{reference} waits for a facilitator."
WAITING_CHANNEL: Final = (
    "Open your own chat with me to pick it up. The story is shown only to the one who does."
)
WAITING_FROM: Final = "From"
WAITING_REASONS: Final = "Why it is brought"
WAITING_TITLE: Final = "Waiting for a facilitator"
WAITING_NONE: Final = "Nobody is waiting for a facilitator."
WAITING_SUMMARY: Final = "Who waits for a facilitator"
ILL_FACILITATE: Final = "I'll facilitate"
INDEPENDENT_TITLE: Final = "Are you independent of everyone here?"
INDEPENDENT: Final = (
    "You do not work with them on this, do not manage them, and can be neutral. The story opens "
    "only after you say so."
)
INDEPENDENT_YES: Final = "I am independent; I'll facilitate"
INDEPENDENT_NO: Final = "I am not; leave it for others"
INDEPENDENT_LEFT: Final = "Thank you. {reference} is left for others."
INVOLVED: Final = "You are named in {reference}, so somebody else has to facilitate it."
PICKED_UP_BY: Final = "{name} has picked up {reference}."
PICKED_UP_YOU: Final = "You picked up {reference}"
BOOK: Final = "Book it"
BOOK_NOW: Final = "Find a date"
BOOK_TITLE: Final = "Book the conversation"
BOOK_DATE: Final = "Date"
BOOK_START: Final = "Start"
BOOK_END: Final = "End"
BOOK_PLACE: Final = "Place or link"
BOOK_LEAD: Final = "Lead worker"
BOOK_COMING: Final = "Who comes"
BOOK_SEEN: Final = "Seen by: everyone who comes."
BOOK_PAST: Final = "This is in the past. Please choose a later date."
BOOK_ORDER: Final = "The end has to be after the start."
BOOKED_TITLE: Final = "{reference} is booked"
BOOKED_NEXT: Final = "Everyone who comes gets the date and how to prepare, now."
BOOKED_CLOSING: Final = "In the last five minutes, tap We are closing: the feedback card goes out."
PICKED_UP_NOTICE: Final = "{name} picked up your request {reference} and will find a date."
PREPARE_WHY: Final = "{facilitator} invites you to a learning conversation, {reference}."
PREPARE_TITLE: Final = "How to prepare"
PREPARE_WHO: Final = "Who it is about comes to you by your agency's own secure route."
PREPARE_WHAT: Final = HELLO
PREPARE_SUMMARY: Final = "You are invited to a learning conversation, {reference}, on {when}"

# On the day ------------------------------------------------------------------------------------

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

# Feedback --------------------------------------------------------------------------------------

FEEDBACK: Final = "Feedback"
FEEDBACK_WHY: Final = "Your feedback on the learning conversation {reference}, {when}"
FEEDBACK_INTRO: Final = "One tap counts. The words after it may be skipped."
FEEDBACK_UNTIL: Final = "Please answer by {deadline}."
FEEDBACK_STILL: Final = "Your feedback is still welcome. {reference}, {when}"
FEEDBACK_PROMPT: Final = "A short prompt: your feedback on {reference}, {when}"
SCALE_LEGEND_0: Final = "0 = "
SCALE_LEGEND_10: Final = "10 = "
SCALE_TILE: Final = "{number} out of 10"
SCALE_AS_LIST: Final = "Show as list"
SCALE_LIST_LABEL: Final = "Choose a number from 0 to 10"
YOU_CHOSE: Final = "You chose {number}."
YOU_CHOSE_END: Final = "You chose {number}: say what you can, or skip."
CHANGE_SCALE: Final = "Change the number"
SEEN_FEEDBACK: Final = "Seen by the facilitation team, never your manager."
MAY_QUOTE: Final = "May we quote your words in the evaluation, without your name?"
MAY_QUOTE_CHOICES: Final = (("yes", "May be quoted"), ("no", "Please do not quote me"))
FEEDBACK_HAPPENED_TITLE: Final = "What happened, and what you learned"
FEEDBACK_DIFFERENCE_TITLE: Final = "What difference it makes"
FEEDBACK_ELSE_TITLE: Final = "What else could help"
FEEDBACK_DONE: Final = "Thank you for your feedback on {reference}"
FEEDBACK_DONE_NEXT: Final = "You can change it until {until}."
FEEDBACK_DONE_LEAD: Final = "In eight weeks we ask you what difference it made."
FEEDBACK_CHANGE: Final = "Change my answers"
FEEDBACK_CLOSED: Final = "Feedback on {reference} closed on {until}. Thank you all the same."
FEEDBACK_SUMMARY: Final = "Where are you on the scale? Feedback on {reference}"

FEEDBACK_NOT_YET: Final = "Feedback opens when the conversation has taken place."
SCALE_STILL: Final = "Your number is kept. You can say more, or leave it here."

# Outcome ---------------------------------------------------------------------------------------

OUTCOME: Final = "Eight weeks on"
OUTCOME_WHY: Final = "Eight weeks ago you were lead worker in {reference}. What has changed since?"
OUTCOME_REMIND: Final = "A reminder: what difference did {reference} make?"
OUTCOME_SUMMARY: Final = "Eight weeks on: what difference did {reference} make?"
Q_OUTCOME_CHILD: Final = "What is the overall difference for the child or person?"
Q_OUTCOME_YOU: Final = "What is the overall difference to yourself?"
OUTCOME_CHILD_TITLE: Final = "For the child or person"
OUTCOME_YOU_TITLE: Final = "For yourself"
HOPED: Final = "What the request hoped for"
SEEN_OUTCOME: Final = "Seen by the facilitation team and the Practice Team, never your manager."
OUTCOME_NOT_YET: Final = "This opens eight weeks after the conversation, on {when}."
OUTCOME_DONE: Final = "Thank you. {reference} is complete"
OUTCOME_DONE_NEXT: Final = (
    "Your words help the partnership to see what these conversations change. "
    "Nothing more is asked of you."
)

# Somebody cannot be reached --------------------------------------------------------------------

NOT_REACHED_WHY: Final = "{who} cannot be reached in Teams yet, for {reference}."
NOT_REACHED_MANAGER: Final = (
    "Your request waits. Please ask {who} to open {app} in Teams and say hello. The card then "
    "reaches them by itself. Until then, ring them."
)
NOT_REACHED_OTHER: Final = (
    "Please ring them. When they open {app} in Teams and say hello, what waits for them reaches "
    "them by itself."
)
NOT_REACHED_NO_MAIL: Final = (
    "No work e-mail was given for {who}, so nothing can reach them here. Please ring them and tell "
    "them what you would have sent."
)
NOT_REACHED_SUMMARY: Final = "Somebody cannot be reached for {reference}"
REMINDER_NOTE: Final = "If this reached you already, it is the same as before."

WITHDRAWN_NOTICE: Final = "{name} has withdrawn the request {reference}. Nothing is left to do."
SOMEBODY: Final = "Somebody"

OTHER_TENANT: Final = (
    "This assistant is for the partnership's own members. Please speak to your safeguarding lead."
)

# The demo --------------------------------------------------------------------------------------

DEMO_SKIPPED: Final = "It is now {now}. {count} messages went out on the way."
DEMO_HOW: Final = "Say how far, such as: skip 2 days, skip 8 weeks."
