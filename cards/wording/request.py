"""The request, card by card."""

from typing import Final

from records.request import About

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
TOO_MANY_PEOPLE: Final = "There is room for up to {limit} people in one conversation."
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
CHECK_NONE: Final = "Nothing chosen"
CHECK_DATE: Final = "Date of request"
Q_YOU_SHORT: Final = "for you"
Q_CHILD_SHORT: Final = "for those it is about"
CHECK_MORE: Final = "{shown} of {count} characters shown"
SENT_TITLE: Final = "Your request {reference} is sent"
SENT_NEXT: Final = (
    "Your manager is asked to agree now. I remind them after two working days. "
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
