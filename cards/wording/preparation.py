"""Getting ready: the preparation card, the agreement, telling the family, and who is how far."""

from typing import Final

from records.readiness import Ask, Told

PREPARE_WHY: Final = "{facilitator} invites you to a learning conversation, {reference}."
PREPARE_KICKER: Final = "{reference}: how to prepare"
PREPARE_SUMMARY: Final = "You are invited to a learning conversation, {reference}, on {when}"
PREPARE_REMIND: Final = "Your learning conversation {reference} is on {when}."
PREPARE_REMIND_OPEN: Final = "Still open for you: {points}."
PREPARE_REMIND_SUMMARY: Final = (
    "{reference}: your learning conversation is on {when}. Something is still open for you"
)
PREPARE_TITLE: Final = "How to prepare"
PREPARE_TICKS: Final = "Tick what you have done"
PREPARE_TICKS_OWN: Final = "Your ticks are for you. Nobody else sees them."
PREPARE_TICKS_SAVE: Final = "Save my ticks"
PREPARE_TICKS_SAVED: Final = "Your ticks are saved: {count} of {total}."
PREPARE_ASKS: Final = "Please tell us"
PREPARE_READY: Final = "You are ready. Thank you."
PREPARE_SEEN: Final = "Seen by: your facilitator. The lead worker hears if you do not know yet."
PREPARE_SEEN_LEAD: Final = "Seen by: your facilitator."
CALENDAR_ADD: Final = "Add to calendar"
CALENDAR_FILE: Final = "Calendar file (.ics)"
CALENDAR_CALLED: Final = "calendar file for {reference}"
CALENDAR_SUBJECT: Final = "Learning conversation {reference}"

# Who it is about, and the manager ---------------------------------------------------------------

WHO_ASK: Final = "Do you know who this is about?"
WHO_HOW: Final = "{name} tells you by your agencies' own secure route, never here."
WHO_YES: Final = "I know who this is about"
WHO_NO: Final = "Not yet"
WHO_YES_DONE: Final = "You know who this is about."
WHO_NO_DONE: Final = "You do not know yet who this is about. {name} has been asked to tell you."
NOT_KNOWN: Final = "{name} does not know yet who {reference} is about."
NOT_KNOWN_NEXT: Final = "Please tell them by your agencies' own secure route."
NOT_KNOWN_HERE: Final = "Do not write the name of a child or adult here."
NOT_KNOWN_SUMMARY: Final = "{reference}: somebody does not know yet who it is about"
MANAGER_KNOWS_ASK: Final = "Does your manager know that you are coming?"
MANAGER_KNOWS_YES: Final = "Yes, my manager knows"
MANAGER_KNOWS_DONE: Final = "Your manager knows you are coming."

# The agreement ----------------------------------------------------------------------------------

AGREEMENT_ASK: Final = "The agreement says how we work together. It takes a minute to read."
AGREEMENT_READ: Final = "Read the agreement"
AGREEMENT_AGAIN: Final = "See the agreement"
AGREEMENT_DONE: Final = "You have accepted the agreement."
AGREEMENT_TALKED: Final = "{name} knows you would like to talk before you accept the agreement."
AGREEMENT_FOR_ALL: Final = "All, using Signs of Safety"
AGREEMENT_FOR_ATTENDEES: Final = "Attendees"
AGREEMENT_FOR_FACILITATOR: Final = "Facilitator"
AGREEMENT_PARTICIPANTS: Final = "Participants"
AGREEMENT_DATE: Final = "Date"
AGREEMENT_SEEN: Final = "Seen by: your facilitator, who sees who accepted."
ACCEPT: Final = "I accept"
TALK_AGREEMENT: Final = "I'd like to talk first"
TALK_AGREEMENT_CAME: Final = (
    "{name} would like to talk before accepting the agreement for {reference}."
)
TALK_AGREEMENT_NEXT: Final = "Please ring them. It stays open until they accept."
TALK_AGREEMENT_SUMMARY: Final = "{reference}: somebody would like to talk about the agreement"
CONTACT_OF: Final = "Contact details"
PREPARE_BACK: Final = "Back to how to prepare"

# Telling the family -----------------------------------------------------------------------------

TELLING_TITLE: Final = "Telling the child, family or person"
TELLING_ASK: Final = "Do the child, family or person know about this conversation?"
TELLING_WHY: Final = (
    "You settle this once, for everyone. The others see only that it is settled, or that they "
    "should not raise it."
)
TELLING_OPEN: Final = "Settle who tells the family"
TELLING_CHANGE: Final = "Change who tells the family"
TELLING_TOLD: Final = "They have been told"
TELLING_WILL: Final = "They will be told by … on …"
TELLING_NOT: Final = "Not safe or not right…"
TELLING_NOT_TITLE: Final = "Not safe or not right to tell, because…"
TELLING_BY: Final = "Who will tell them?"
TELLING_ON: Final = "On which day?"
TELLING_BECAUSE: Final = "Why is it not safe or not right to tell them?"
TELLING_BECAUSE_HINT: Final = "A few words are enough. Please leave out names."
TELLING_SEEN: Final = "Seen by: your facilitator."
TELLING_SEEN_BECAUSE: Final = "Seen by: your facilitator and the lead worker, nobody else."
TELLING_SAVE: Final = "Save"
TELLING_SETTLED: Final = "Settled: {how}."
TELLING_STILL: Final = "Not settled yet."
TELLING_HOW: Final = {
    Told.TOLD: "they have been told",
    Told.WILL_BE: "they will be told by {name} on {day}",
    Told.NOT_SAFE: "not safe or not right to tell",
}
TELLING_NOT_SAFE_BECAUSE: Final = "Not safe or not appropriate, because…"
TELLING_OTHERS_STILL: Final = (
    "{name}, the lead worker, settles who tells the family. This is not settled yet: please leave "
    "it to them."
)
TELLING_OTHERS_DONE: Final = "Telling the family is settled. {name}, the lead worker, sees to it."
TELLING_OTHERS_NOT: Final = (
    "Please do not raise it with the family. {name}, the lead worker, has settled this."
)
DO_NOT_RAISE: Final = "{reference}: please do not raise the conversation with the family"
DO_NOT_RAISE_NEXT: Final = (
    "{name}, the lead worker, has settled this. It takes the place of the point about letting the "
    "family know. If you have told them already, please ring {name} now."
)
DO_NOT_RAISE_SUMMARY: Final = "{reference}: please read this before you speak with the family"
PREPARE_SEE: Final = "See how to prepare"
TELLING_FACILITATOR: Final = "Telling the family"

# How far people are -----------------------------------------------------------------------------

FAR_OPEN: Final = "See who is ready"
FAR_TITLE: Final = "{reference}: who is ready"
FAR_READY: Final = "Ready: {ready} of {total}."
FAR_IS_READY: Final = "is ready"
FAR_HAS_ONE: Final = "has 1 point open: {points}"
FAR_HAS: Final = "has {count} points open: {points}"
FAR_ACCEPTED: Final = "Accepted the agreement"
FAR_NOBODY: Final = "nobody yet"
FAR_OWN_PART: Final = "You have not accepted your own part of the agreement yet."
FAR_BACK: Final = "Back to the booking"
POINTS: Final = {
    Ask.WHO: "who it is about",
    Ask.MANAGER: "whether the manager knows",
    Ask.AGREEMENT: "the agreement",
    Ask.FAMILY: "telling the family",
}
TALKS: Final = "Would like to talk first."

# One key representative from each agency --------------------------------------------------------

AGENCIES_TITLE: Final = "Who comes for which agency"
AGENCIES_MANY: Final = "{count} people come for {agency}."
AGENCIES_NONE: Final = "Nobody comes for {agency} yet."
AGENCIES_RULE: Final = "One person from each agency is usual. You decide."
NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

# Somebody else from the same agency -------------------------------------------------------------

RIGHT_PERSON: Final = "Someone else from my agency is the right person"
RIGHT_PERSON_TITLE: Final = "The right person from your agency"
RIGHT_PERSON_INTRO: Final = (
    "They come for {agency} and get this card instead of you. Nothing more about it comes to you."
)
RIGHT_PERSON_INTRO_PLAIN: Final = (
    "They come for your agency and get this card instead of you. Nothing more about it comes to "
    "you."
)
RIGHT_PERSON_NAME: Final = "Their name"
RIGHT_PERSON_ROLE: Final = "Their role or team"
RIGHT_PERSON_MAIL: Final = "Their work e-mail"
RIGHT_PERSON_SEEN: Final = "Seen by: the facilitator and everyone who comes."
RIGHT_PERSON_SAVE: Final = "They come instead"
RIGHT_PERSON_OWN: Final = "This is your own address. Please give theirs."
RIGHT_PERSON_DONE: Final = "{name} comes to {reference} instead of you"
RIGHT_PERSON_DONE_NEXT: Final = (
    "They get the date and how to prepare now. The facilitator and the lead worker are told. "
    "Nothing more about it comes to you."
)
COMES_INSTEAD: Final = "{new} comes to {reference} instead of {old}."
COMES_INSTEAD_NEXT: Final = (
    "They have the date and how to prepare. There is nothing you have to do."
)
COMES_INSTEAD_LEAD: Final = (
    "Please tell them who it is about, by your agencies' own secure route, never here."
)
COMES_INSTEAD_SUMMARY: Final = "{reference}: somebody else comes for an agency"
