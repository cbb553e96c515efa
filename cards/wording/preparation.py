"""What `[words.preparation]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic
from records.conversation.readiness import Ask, Told, Warned


class PreparationWords(Topic, table="preparation"):
    """Getting ready: the preparation card, the agreement, telling the family, who is how far."""

    PREPARE_WHY: str
    PREPARE_KICKER: str
    PREPARE_SUMMARY: str
    PREPARE_REMIND: str
    PREPARE_REMIND_OPEN: str
    PREPARE_REMIND_SUMMARY: str
    PREPARE_TITLE: str
    PREPARE_TICKS: str
    PAPER_OPEN: str
    PAPER_KEEP: str
    PREPARE_TICKS_OWN: str
    PREPARE_TICKS_SAVE: str
    PREPARE_TICKS_SAVED: str
    PREPARE_ASKS: str
    PREPARE_READY: str
    PREPARE_SEEN: str
    PREPARE_SEEN_LEAD: str
    NO_RECORDING: str
    CALENDAR_ADD: str
    CALENDAR_FILE: str
    CALENDAR_CALLED: str
    CALENDAR_SUBJECT: str

    # Who it is about, and the manager ------------------------------------------------------------

    WHO_ASK: str
    WHO_HOW: str
    WHO_YES: str
    WHO_NO: str
    WHO_YES_DONE: str
    BOTH_YES: str
    WHO_NO_DONE: str
    WHO_NO_RING: str
    NOT_KNOWN: str
    NOT_KNOWN_NEXT: str
    NOT_KNOWN_HERE: str
    NOT_KNOWN_SUMMARY: str
    MANAGER_KNOWS_ASK: str
    MANAGER_KNOWS_YES: str
    MANAGER_KNOWS_DONE: str

    # The agreement -------------------------------------------------------------------------------

    AGREEMENT_ASK: str
    AGREEMENT_READ: str
    AGREEMENT_AGAIN: str
    AGREEMENT_DONE: str
    AGREEMENT_TALKED: str
    AGREEMENT_FOR_ALL: str
    AGREEMENT_FOR_ATTENDEES: str
    AGREEMENT_FOR_FACILITATOR: str
    AGREEMENT_PARTICIPANTS: str
    AGREEMENT_DATE: str
    AGREEMENT_SEEN: str
    ACCEPT: str
    TALK_AGREEMENT: str
    TALK_AGREEMENT_CAME: str
    TALK_AGREEMENT_NEXT: str
    TALK_AGREEMENT_SUMMARY: str
    CONTACT_OF: str
    PREPARE_BACK: str

    # Telling the family --------------------------------------------------------------------------

    TELLING_TITLE: str
    TELLING_KICKER: str
    TELLING_ASK: str
    TELLING_WHY: str
    TELLING_OPEN: str
    TELLING_CHANGE: str
    TELLING_TOLD: str
    TELLING_WILL: str
    TELLING_SOME: str
    TELLING_SOME_TITLE: str
    TELLING_NOT: str
    TELLING_NOT_TITLE: str
    TELLING_BY: str
    TELLING_ON: str
    TELLING_BECAUSE: str
    TELLING_BECAUSE_HINT: str
    TELLING_SOME_BECAUSE: str
    TELLING_SOME_HINT: str
    TELLING_SEEN: str
    TELLING_SEEN_BECAUSE: str
    TELLING_SAVE: str
    TELLING_SETTLED: str
    TELLING_STILL: str
    TELLING_HOW: Mapping[Told, str]
    TELLING_NOT_SAFE_BECAUSE: str
    TELLING_OTHERS_DONE: str
    TELLING_YOU_ASK: str
    TELLING_ASKS: str
    TELLING_NOT_NOW: str
    # As the partnership wrote them; the others of these four tables are ours.
    TELLING_WARNS: Mapping[Warned, str]
    TELLING_WARNS_SHORT: Mapping[Warned, str]
    TELLING_WARNS_LEAD: Mapping[Warned, str]
    TELLING_WARNS_PAGE: Mapping[Warned, str]
    TELLING_OVER: str
    TELLING_OVER_LEAD: str
    TELLING_OVER_OTHERS: str
    DO_NOT_RAISE: str
    DO_NOT_RAISE_SUMMARY: str
    TELLING_SETTLED_NOTE: str
    TELLING_SETTLED_NEXT: str
    TELLING_SETTLED_SUMMARY: str
    SAY_OPEN: str
    SAY_TO_CHILD: str
    SAY_CHILD: str
    SAY_TO_ADULT: str
    SAY_ADULT: str
    TELLING_AGAIN: str
    TELLING_AGAIN_SUMMARY: str
    TELLING_RING: str
    TELLING_RING_SUMMARY: str
    PREPARE_SEE: str
    TELLING_FACILITATOR: str

    # How far people are --------------------------------------------------------------------------

    FAR_OPEN: str
    FAR_TITLE: str
    FAR_READY: str
    FAR_IS_READY: str
    FAR_HAS_ONE: str
    FAR_HAS: str
    FAR_ACCEPTED: str
    FAR_NOBODY: str
    FAR_OWN_PART: str
    FAR_BACK: str
    POINTS: Mapping[Ask, str]
    TALKS: str

    # What would help somebody take part -----------------------------------------------------------

    WOULD_HELP_SEEN: str
    WOULD_HELP_SAVED: str
    Q_WOULD_HELP: str
    WOULD_HELP_TITLE: str
    WOULD_HELP_KEPT: str
    WOULD_HELP_CHANGE: str
    WOULD_HELP_SAVE: str
    WOULD_HELP_CAME: str
    WOULD_HELP_NEXT: str
    WOULD_HELP_SEE: str
    WOULD_HELP_SUMMARY: str
    WOULD_HELP_EVERY: str
    WOULD_HELP_YOURS: str
    WOULD_HELP_NOBODY: str
    FAR_HELP: str

    # One key representative from each agency -----------------------------------------------------

    AGENCIES_TITLE: str
    AGENCIES_MANY: str
    AGENCIES_NONE: str
    AGENCIES_RULE: str
    NUMBERS: tuple[str, ...]

    # Somebody else from the same agency ----------------------------------------------------------

    RIGHT_PERSON: str
    RIGHT_PERSON_TITLE: str
    RIGHT_PERSON_INTRO: str
    RIGHT_PERSON_INTRO_PLAIN: str
    RIGHT_PERSON_NAME: str
    RIGHT_PERSON_ROLE: str
    RIGHT_PERSON_MAIL: str
    RIGHT_PERSON_CONTACT: str
    RIGHT_PERSON_SEEN: str
    RIGHT_PERSON_SAVE: str
    RIGHT_PERSON_OWN: str
    RIGHT_PERSON_DONE: str
    RIGHT_PERSON_DONE_NEXT: str
    COMES_INSTEAD: str
    COMES_INSTEAD_NEXT: str
    COMES_INSTEAD_LEAD: str
    COMES_INSTEAD_SUMMARY: str


class ComingWords(Topic, table="coming"):
    """They cannot come, or another time suits them: nothing moves by it."""

    CANNOT: str
    CANNOT_TITLE: str
    CANNOT_ASK: str
    CANNOT_SEEN: str
    CANNOT_INSTEAD: str
    CANNOT_NOBODY: str
    CANNOT_DONE: str
    CANNOT_DONE_NEXT: str
    CANNOT_RING: str
    COME_AFTER_ALL: str
    AWAY: str
    AFTER_ALL_DONE: str
    CANNOT_CAME: str
    CANNOT_CAME_NEXT: str
    CANNOT_CAME_LEAD: str
    CANNOT_SUMMARY: str
    THEIR_AGENCY: str
    FAR_CANNOT: str
    FAR_OTHER: str
    AFTER_ALL_CAME: str
    AFTER_ALL_NEXT: str
    AFTER_ALL_SUMMARY: str
    OTHER_TIME: str
    OTHER_TIME_INTRO: str
    OTHER_TIME_TIMES: str
    OTHER_TIME_SEEN: str
    OTHER_TIME_DONE: str
    OTHER_TIME_NEXT: str
    OTHER_TIME_RING: str
    OTHER_TIME_CAME: str
    OTHER_TIME_CAME_NEXT: str
    OTHER_TIME_SUMMARY: str
    OTHER_TIME_EVERY: str
    OTHER_TIME_NO_WORDS: str


class AdultWords(Topic, table="adult"):
    """About an adult: what they want, and what stands in place of other sentences."""

    AGREES_ASK: str
    SPEAKS_ASK: str
    WISHES_OPEN: str
    WISHES_TITLE: str
    WISHES_SEEN: str
    WISHES_SAVE: str
    AGREES: Choices
    SPEAKS: Choices
    # By the name of the sentence.
    ABOUT_ADULT: Mapping[str, str]
