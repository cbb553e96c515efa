"""What only the demo says."""

from typing import Final

DEMO_SKIPPED: Final = "It is now {now}. {sent}"
DEMO_SENT: Final = "{count} messages went out on the way."
DEMO_SENT_ONE: Final = "One message went out on the way."
DEMO_SENT_NONE: Final = "Nothing was due on the way."
DEMO_HOW: Final = "Say how far, such as: skip 2 days, skip 8 weeks."
