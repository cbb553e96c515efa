"""The gentle question about what a text may hold. It never blocks and is asked once a text."""

from typing import Final

HINT_NAME: Final = "a full name"
HINT_BIRTH: Final = "a date of birth"
HINT_NHS: Final = "an NHS number"
HINT_TASK: Final = "a task"
HINT_DECISION: Final = "a decision"
HINT_HOLDS: Final = "This may hold {what}. Is it right to keep that here?"
HINT_READS: Final = "This reads like {what}. This is a place to think and learn."
HINT_KEEP: Final = "Change it below, or press the button again to keep it as it is."
HINT_AND: Final = " and "
