"""What only the demo says."""

from typing import Final

DEMO_SKIPPED: Final = "It is now {now}. {count} messages went out on the way."
DEMO_HOW: Final = "Say how far, such as: skip 2 days, skip 8 weeks."
