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
PAGE_METHOD: Final = "That did not work on this page"
PAGE_METHOD_MORE: Final = "Please go back to the chat and tap the link there."

FILE_READY: Final = "Here is the {name}"
FILE_BELOW: Final = "The file is offered below."
FILE_OPEN: Final = "Open the file"
FILE_LINK_MORE: Final = (
    "The link is yours alone and works for a short time. It holds what people wrote: keep the file "
    "where your agency keeps such files."
)
FILE_CONSENT: Final = (
    "This is the {name}. If you allow it, the file is saved in your own OneDrive, where only you "
    "see it until you share it."
)
FILE_STORED: Final = (
    "The {name} is in your own OneDrive. Move it where your agency keeps such files."
)
FILE_NOT_STORED: Final = (
    "The file could not be saved in your OneDrive, or the offer has been used already. If the file "
    "is not there, please ask for it again."
)
FILE_LATER: Final = "Your file could not be taken just now. Please send it once more in a minute."
FILE_DECLINED: Final = "The file was not saved. You can ask for it again at any time."
FILE_GONE: Final = "There is no such file, or it is not there any more"
FILE_NO_WAY: Final = "Files cannot be handed over here. Please ask whoever runs this assistant."
