"""What a request says: whom it is about, why it comes, who is named in it.

Source: pathway, "Request for Partnership Learning Conversation" and "Situations to bring".
"""

from datetime import datetime
from enum import StrEnum

from records.people import NOBODY, Frozen, PersonKey, same_mail


class About(StrEnum):
    """Whom the situation is about; asked early, because it drives the wording."""

    CHILD = "child"
    UNBORN = "unborn"
    ADULT = "adult"


class Reason(StrEnum):
    """Situations to bring; one or more."""

    GOAL = "goal"
    DIFFERENCES = "differences"
    STUCK = "stuck"
    CLARITY = "clarity"


class Attending(StrEnum):
    """Whether somebody named will come; the form's "attending"."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Part(StrEnum):
    """How somebody came to be named."""

    REQUESTER = "requester"
    MANAGER = "manager"
    NURSE = "nurse"
    OTHER = "other"
    FACILITATOR = "facilitator"
    SUBSTITUTE = "substitute"


class Participant(Frozen):
    """Somebody named in a conversation. `id` is unique within it and never reused.

    `key` is set only where the platform told us who acts (the requester, the facilitator);
    everybody else is matched by mail address when they act. Somebody who `left` stays in the
    record; `joined` is since when somebody has another's place (`records.conversation.replacing`),
    `named_by` the id of who named them for it.
    """

    id: str
    part: Part
    name: str
    mail: str = ""
    contact: str = ""
    role: str = ""
    agency: str = ""
    attending: Attending = Attending.UNSURE
    key: PersonKey = NOBODY
    left: datetime | None = None
    joined: datetime | None = None
    named_by: str = ""

    def is_person(self, key: PersonKey, mails: tuple[str, ...]) -> bool:
        """Whether the actor with this key and these verified addresses is this participant."""
        if self.key:
            return self.key == key
        return any(same_mail(self.mail, mail) for mail in mails)


class Request(Frozen):
    """The parts of a request that are not a story; the five answers are kept apart from it."""

    about: About
    reasons: tuple[Reason, ...]
    team: str
    agency: str
    level_of_need: str = ""
    open_to_social_care: str = ""
    nurse: str = ""
