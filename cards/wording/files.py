"""What `[words.files]` of a partnership's file says."""

from cards.wording.source import Topic


class FilesWords(Topic, table="files"):
    """Files and the pages behind signed links."""

    PAGE_BROKEN: str
    PAGE_BROKEN_MORE: str
    PAGE_EXPIRED: str
    PAGE_EXPIRED_MORE: str
    PAGE_NOT_YOURS: str
    PAGE_NOT_YOURS_MORE: str
    PAGE_GONE: str
    PAGE_GONE_MORE: str
    PAGE_AWAY: str
    PAGE_AWAY_MORE: str
    PAGE_METHOD: str
    PAGE_METHOD_MORE: str

    FILE_READY: str
    FILE_BELOW: str
    FILE_OPEN: str
    FILE_LINK_MORE: str
    FILE_CONSENT: str
    FILE_STORED: str
    FILE_NOT_STORED: str
    FILE_LATER: str
    FILE_DECLINED: str
    FILE_GONE: str
    FILE_NO_WAY: str
