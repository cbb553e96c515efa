"""What `[words.people_change]` of a partnership's file says."""

from cards.wording.source import Topic


class PeopleChangeWords(Topic, table="people_change"):
    """Somebody else takes a person's place."""

    SOMEONE_ELSE: str
    SOMEONE_ELSE_TITLE: str
    SOMEONE_WHO: str
    SOMEONE_NAME: str
    SOMEONE_MAIL: str
    SOMEONE_ROLE: str
    SOMEONE_AGENCY: str
    SOMEONE_ATTENDING: str
    SOMEONE_SEEN: str
    SOMEONE_SAVE: str
    SOMEONE_DONE: str
    SOMEONE_DONE_NEXT: str
    SOMEONE_STAYS: str
    SOMEONE_NOT: str
    SOMEONE_NOT_MORE: str
    SOMEONE_WHICH: str
    SOMEONE_NONE: str
    REPLACED: str
    REPLACED_MANAGER: str
    REPLACED_LEAD: str
    REPLACED_NEXT: str
    LEAD_NOW: str
    LEAD_NOW_NEXT: str
    LEAD_NOW_SUMMARY: str
    LEAD_NOW_WHO: str
