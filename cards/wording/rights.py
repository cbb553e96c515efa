"""What is held on somebody, and a note beside what they wrote."""

from collections.abc import Mapping

from cards.wording.source import Topic
from records.conversation.conversation import Layer
from records.people import Part


class RightsWords(Topic, table="rights"):
    """What is held on somebody, who opened it, when it goes; and a note of its writer."""

    MY_DATA: str
    MY_DATA_YOU: str
    MY_DATA_NAME: str
    MY_DATA_MAILS: str
    MY_DATA_NUMBER: str
    MY_DATA_TEAM: str
    MY_DATA_AGENCY: str
    MY_DATA_MANAGER: str
    MY_DATA_SEEN: str
    MY_DATA_GOES: str
    MY_DATA_ASK: str
    MY_DATA_ASK_AT: str
    MY_DATA_ASK_NOBODY: str
    MY_DATA_COUNT: str
    MY_DATA_COUNT_ONE: str
    MY_DATA_NONE: str
    MY_DATA_PARTS: Mapping[Part, str]
    MY_DATA_PART: str
    MY_DATA_OPEN: str
    MY_DATA_ENDS: str
    MY_DATA_LAYERS: Mapping[Layer, str]
    MY_DATA_YOURS: str
    MY_DATA_SCALE: str
    MY_DATA_NOTHING: str
    MY_DATA_BEFORE: str
    MY_DATA_BEGUN: str
    MY_DATA_DRAFT: str
    MY_DATA_REPLACED: str
    MY_DATA_OPENED: str
    MY_DATA_OPENED_BY: str
    MY_DATA_OPENED_NONE: str
    MY_DATA_SOMEBODY: str
    MY_DATA_NEXT: str
    MY_DATA_START: str
    NOTE_BESIDE: str
    NOTE_ADD: str
    NOTE_TITLE: str
    NOTE_LABEL: str
    NOTE_HOW: str
    NOTE_SEEN: str
    NOTE_SAVE: str
    NOTE_DONE: str
    NOTE_DONE_NEXT: str
    NOTE_BACK: str
    NOTE_NOWHERE: str
