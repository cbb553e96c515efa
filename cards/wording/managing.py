"""What `[words.managing]` of a partnership's file says."""

from cards.wording.source import Topic


class ManagingWords(Topic, table="managing"):
    """Another manager, named by the requester; or the manager's deputy."""

    # The requester names another -----------------------------------------------------------------

    ANOTHER_MANAGER: str
    ANOTHER_MANAGER_TITLE: str
    ANOTHER_MANAGER_WAITS: str
    ANOTHER_MANAGER_AGREED: str
    NAME_THEM: str
    NAME_LEAVE: str
    MANAGER_ASKED_ALREADY: str
    MANAGER_ASKED: str
    MANAGER_ASKED_NEXT: str
    MANAGER_NAMED: str
    MANAGER_NAMED_NEXT: str
    SEEN_MANAGER: str

    # The manager's deputy ------------------------------------------------------------------------

    DEPUTY: str
    DEPUTY_TITLE: str
    DEPUTY_INTRO: str
    DEPUTY_NAME: str
    DEPUTY_MAIL: str
    DEPUTY_SEEN: str
    DEPUTY_LEAVE: str
    DEPUTY_ASK: str
    DEPUTY_IS_YOU: str
    DEPUTY_IS_REQUESTER: str
    DEPUTY_LINE: str
    HANDED: str
    HANDED_NEXT: str
    DEPUTY_ASKED_WHY: str
    DEPUTY_ASKED_NEXT: str

    # Notices -------------------------------------------------------------------------------------

    NOT_NEEDED: str
    NOT_NEEDED_WHY: str
    MANAGER_NOW: str
    MANAGER_NOW_WHY: str
