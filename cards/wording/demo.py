"""What only the demo says."""

from cards.wording.source import fill

DEMO_SKIPPED: str
DEMO_SENT: str
DEMO_SENT_ONE: str
DEMO_SENT_NONE: str
DEMO_HOW: str

fill(__name__)
