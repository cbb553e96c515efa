"""Another manager, named by the requester; or the manager's deputy."""

from typing import Final

# The requester names another ----------------------------------------------------------------------

ANOTHER_MANAGER: Final = "Name another manager"
ANOTHER_MANAGER_TITLE: Final = "Who else can agree?"
ANOTHER_MANAGER_WAITS: Final = (
    "They are asked at once. {name} hears that nothing is needed from them any more."
)
ANOTHER_MANAGER_AGREED: Final = (
    "The agreement that was given holds. {name}, the new manager and your facilitator hear of it."
)
NAME_THEM: Final = "Save"
NAME_LEAVE: Final = "Leave it as it was"
MANAGER_ASKED_ALREADY: Final = "This is the manager who is named already."
MANAGER_ASKED: Final = "{name} is asked to agree to {reference} now"
MANAGER_ASKED_NEXT: Final = (
    "{before} hears that nothing is needed from them. I remind {name} after two working days."
)
MANAGER_NAMED: Final = "{name} is now the manager named in {reference}"
MANAGER_NAMED_NEXT: Final = "The agreement holds. Those who need to know are told."
SEEN_MANAGER: Final = "Seen by: the manager you name, the one before, and your facilitator."

# The manager's deputy -----------------------------------------------------------------------------

DEPUTY: Final = "My deputy decides"
DEPUTY_TITLE: Final = "Who decides in your place?"
DEPUTY_INTRO: Final = (
    "They get the whole request, and see that it comes from you. After that it is theirs, and you "
    "hear no more of it."
)
DEPUTY_NAME: Final = "Your deputy's name"
DEPUTY_MAIL: Final = "Your deputy's work e-mail"
DEPUTY_SEEN: Final = "Seen by: your deputy and {name}."
DEPUTY_LEAVE: Final = "I decide myself"
DEPUTY_ASK: Final = "Ask them"
DEPUTY_IS_YOU: Final = "This is your own address. Please give your deputy's."
DEPUTY_IS_REQUESTER: Final = (
    "This is the person who asks. Somebody else has to agree. Please name another deputy."
)
DEPUTY_LINE: Final = "{name} asks you to decide in their place."
HANDED: Final = "You handed {reference} to {name}"
HANDED_NEXT: Final = "They are asked now, and {requester} is told. Nothing is left for you to do."
DEPUTY_ASKED_WHY: Final = "{before} asks {name} to decide about {reference} in their place."
DEPUTY_ASKED_NEXT: Final = "{name} is asked now. You hear from me as soon as they answer."

# Notices ------------------------------------------------------------------------------------------

NOT_NEEDED: Final = "Your agreement to {reference} is not needed any more."
NOT_NEEDED_WHY: Final = "{name} has named another manager. Nothing is left for you to do."
MANAGER_NOW: Final = "{name} is now the manager named in {reference}."
MANAGER_NOW_WHY: Final = (
    "{requester} changed it. The agreement that was given holds; nothing is asked of you."
)
