"""What `[words.uploading]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Topic


class UploadingWords(Topic, table="uploading"):
    """Handing in a finished Word file."""

    UPLOAD: str
    UPLOAD_ANOTHER: str
    UPLOAD_TITLE: str
    UPLOAD_ATTACH: str
    UPLOAD_WHAT: str
    UPLOAD_STAYS: str
    UPLOAD_OPEN: str
    UPLOAD_SECTIONS: str
    UPLOAD_TAKEN: str
    UPLOAD_NEXT: str
    UPLOAD_KEPT: str
    UPLOAD_UNDO: str
    UPLOAD_REMOVED: str
    UPLOAD_CLOSED: str
    UPLOAD_EARLY: str
    UPLOAD_STANDS: str
    UPLOAD_ONE: str
    UPLOAD_NOT_TAKEN: str
    UPLOAD_WRONG: Mapping[str, str]
    FILE_UNASKED: str
    FILE_UNASKED_MORE: str
    PAGE_UPLOAD: str
    PAGE_UPLOAD_LABEL: str
    PAGE_UPLOAD_SEND: str
    PAGE_UPLOAD_BACK: str
    PAGE_UPLOAD_AGAIN: str
    PAGE_UPLOAD_NONE: str
