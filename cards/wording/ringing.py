"""Things have changed; please ring me."""

from cards.wording.source import fill

RING_ME: str
RING_ME_DONE: str
RING_ME_NEXT: str
RING_CAME: str
RING_CAME_NEXT: str
RING_CONTACT: str
ASK_LATER: str
ASKED_LATER: str
ASKED_LATER_NEXT: str
RING_SETTLED: str

fill(__name__)
