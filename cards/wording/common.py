"""Sentences that stand on many cards."""

from typing import Final

from cards.wording.verbatim import Q_CHILD, Q_PERSON
from records.request import About, Attending

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
REMOVE_NTH: Final = "Remove person {number}"
SHOW_ALL: Final = "Show all"
OF: Final = "{what}: {which}"
SHOW_MORE: Final = "Show more"
TO_CHECK: Final = "Back to your answers"
TO_SUMMARY: Final = "Back to the request"
EMPTY: Final = "Please write something here. A few words are enough."
TOO_LONG: Final = (
    "This has {count} characters, and {limit} fit. We kept all of it. Please shorten it here."
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
NOT_SAVED_LONG: Final = (
    "Not saved yet, press {button} again. If a long text is gone from your card, paste it in once "
    "more."
)
LISTED_KEPT: Final = "Everyone you added before is kept."
NOT_SAVED_PLAIN: Final = "That did not work just now. Please try again in a minute."
TRY_AGAIN: Final = "Try again"
NOT_SAVED_TYPED: Final = "Not saved yet. Please send it again in a minute. You wrote:"
MOVED_ON: Final = "You have answered this before. Here is where things are now."
MOVED_ON_KEPT: Final = (
    "You have answered this before, so we left that answer as it was. What you wrote just now is "
    "kept too: see the end of this card."
)
KEPT_HEADING: Final = "You also wrote"
KEPT_NO_MORE: Final = (
    "There is no more room for this earlier text of yours. Copy it now if you need it:"
)
TOO_MUCH: Final = (
    "This is more than I can keep, so it is not saved. Please shorten it and press the button "
    "again."
)
ANSWERED_TYPED: Final = "Thank you, that is kept. One more question on this card."
USE_CARD: Final = "This part needs the card. What you typed is kept here:"
NOT_FOR_YOU: Final = "This is not yours to open. Nothing was changed."
NOT_FOR_YOU_MORE: Final = (
    "It may have been passed to you by mistake, or someone else has been named since."
)
FOR_FACILITATORS: Final = "This list is for facilitators. Type help to see what you can do here."
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
