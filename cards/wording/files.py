"""Files and the pages behind signed links."""

from typing import Final

PAGE_BROKEN: Final = "This link does not work"
PAGE_BROKEN_MORE: Final = (
    "It may have been cut short on its way. Please go back to the chat and ask for the file again."
)
PAGE_EXPIRED: Final = "This link has run out"
PAGE_EXPIRED_MORE: Final = (
    "Links work for a short time only. Please go back to the chat and ask for the file again."
)
PAGE_NOT_YOURS: Final = "This file is not open to you any more"
PAGE_NOT_YOURS_MORE: Final = (
    "Things have moved on since the link was made. If you think this is wrong, please ask the "
    "facilitator."
)
PAGE_GONE: Final = "There is no such file any more"
PAGE_GONE_MORE: Final = (
    "Things have moved on since the link was made. The chat shows where they are now."
)
PAGE_AWAY: Final = "The file cannot be made just now"
PAGE_AWAY_MORE: Final = "Nothing is lost. Please try again in a few minutes."
PAGE_METHOD: Final = "This page can only be opened"
PAGE_METHOD_MORE: Final = "Please go back to the chat and tap the link there."
