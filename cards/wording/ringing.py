"""Things have changed; please ring me."""

from typing import Final

RING_ME: Final = "Things have changed; please ring me"
RING_ME_DONE: Final = "{name} is asked to ring you"
RING_ME_NEXT: Final = "Nothing more is asked of you until you have talked."
RING_CAME: Final = "{name} asks you to ring them about {reference}."
RING_CAME_NEXT: Final = "No reason is asked here. Nothing more goes to them until you say so."
RING_CONTACT: Final = "Contact"
ASK_LATER: Final = "Ask again in 4 weeks"
ASKED_LATER: Final = "{name} is asked again on {date}"
ASKED_LATER_NEXT: Final = "Until then nothing goes to them about {reference}."
RING_SETTLED: Final = "This is settled already."
