"""Once a process looks whether a question set has other words under the number it had."""

import logging

from records.partnership import Partnership
from records.question_sets import Words, numbers, reworded
from records.store import Store

log = logging.getLogger(__name__)


class QuestionSets:
    """An hourly errand that is done when it has been done once."""

    def __init__(self, store: Store, partnership: Partnership, asked: Words) -> None:
        self._store, self._partnership, self._asked = store, partnership, asked
        self._done = False

    async def look(self) -> None:
        """Say in the log which number should be raised; nothing stops for it. Raises StoreError."""
        if self._done:
            return
        for name in await reworded(self._store, self._partnership, self._asked):
            number = numbers(self._partnership)[name]
            told = {"action": "questions_reworded", "questions": name, "number": number}
            log.warning("a question set has other words under its number", extra=told)
        self._done = True
