"""A professional-practice concern: no content is asked for or kept."""

from typing import Final

CONCERN: Final = "A professional-practice concern"
CONCERN_ABOUT: Final = "Whose practice is it about?"
CONCERN_ABOUT_MORE: Final = (
    "This is not kept. It is only asked to see whether we know who manages them."
)
CONCERN_TITLE: Final = "Who should ring you?"
CONCERN_INTRO: Final = (
    "Name the worker's manager. If it is about that manager, name their agency's safeguarding "
    "lead. They are asked to ring you today, and nothing else. Please do not write here what "
    "it is about."
)
CONCERN_NAME: Final = "Name of the manager or safeguarding lead"
CONCERN_MAIL: Final = "Their work e-mail"
CONCERN_SEEN: Final = "Seen by: the one you name, who reads your name and nothing else."
CONCERN_SEND: Final = "Ask them to ring me"
CONCERN_SENT: Final = "{name} is asked to ring you today"
CONCERN_SENT_NEXT: Final = (
    "They read only that, and your name. If they cannot be reached here, you hear at once: then "
    "please ring them yourself, today."
)
CONCERN_CAME: Final = "Please ring {name} today about a professional-practice matter."
CONCERN_CAME_MAIL: Final = "Contact"
CONCERN_CAME_NEXT: Final = "Nothing more is written here on purpose."
CONCERN_SUMMARY: Final = "Please ring {name} today"
CONCERN_NOT_REACHED: Final = (
    "Please ring {who} yourself today. They were to ring you about a professional-practice matter."
)
