"""A register that holds every change of a walk to what `records.stages.QUIET` promises of it."""

from collections.abc import Sequence
from typing import Any

from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.register.register import Deed, Register
from records.stages import QUIET
from records.timetable.timetable import Timetable


def newly_owed(timetable: Timetable, before: Conversation, after: Conversation) -> set[str]:
    """The ids of what is owed after a change, and was not before it."""
    known = {one.id for one in timetable.owed(before)}
    return {one.id for one in timetable.owed(after)} - known


class QuietRegister(Register):
    """Notes every quiet act, whatever walk leads to it. They are looked at when the walk is over,
    so that what a turn runs is the product's own."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._quiet: list[tuple[Conversation, Conversation]] = []

    async def _commit(
        self, file: Snapshot, changed: Conversation, deed: Deed, kept: Sequence[Answers]
    ) -> Snapshot:
        if deed.act in QUIET:
            self._quiet.append((file.conversation, changed))
        return await super()._commit(file, changed, deed, kept)

    def hold_to_it(self) -> None:
        """Nothing new was owed after any of them."""
        for before, after in self._quiet:
            assert not newly_owed(self.timetable, before, after)
