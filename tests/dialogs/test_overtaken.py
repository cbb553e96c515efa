"""The whole pathway where somebody is quicker at every single write: nobody sees a difference.

Each conditional write of a record or a draft loses once, as its row was written over meanwhile with
what it held already. So every turn that writes is done at least twice.
"""

import re
from collections.abc import Sequence

from records.conversation.snapshot import RECORD
from records.store.contract import Operation, Row, Update
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, texts
from tests.dialogs.learning.test_sharing import shared

Written = tuple[str, str, str, str]
STORY = {
    "happened": "We listened.", "difference_you": "Calmer.", "possibility": "More time.",
    "may_quote": "yes",
}  # fmt: skip


class Overtaking(MemoryStore):
    """Writes each row over once, right before it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written_over: set[Written] = set()

    async def update(self, table: str, row: Row) -> Row:
        if table == "drafts":
            await self._write_over(table, row)
        return await super().update(table, row)

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        for one in operations:
            if isinstance(one, Update) and one.row.key == RECORD:
                await self._write_over(table, one.row)
        return await super().commit(table, operations)

    async def _write_over(self, table: str, row: Row) -> None:
        now = await self.get(table, row.partition, row.key)
        if now is None or now.etag != row.etag:
            return
        if (table, row.partition, row.key, row.etag) not in self.written_over:
            fresh = await super().update(table, now)
            self.written_over.add((table, row.partition, row.key, fresh.etag))


async def walk(house: House) -> dict[str, object]:
    """From the request to the difference made; all that people saw, and all that is kept."""
    key = await shared(house)
    scale = {"flow": "feedback", "conversation": key}
    for who in ("pat", "nia", "priya"):
        await house.press(who, {"verb": "flow.open", "data": scale}, {})
    await house.give_feedback("pat", 6, **STORY)
    await house.tap("nia", "4 out of 10")
    await house.tap("nia", "Next", happened="It was short.")
    await house.tap("priya", "7 out of 10")
    await house.say("priya", "We know each other now.")
    await house.skip(days=2, minutes=15)
    await house.tap("nia", "Leave it at the 4")
    passed = {"flow": "passed-on", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": passed}, {})
    await house.tap(
        "priya", "Confirm who has it", shared_with="other1", shared_others="His grandmother."
    )
    await house.skip(weeks=8)
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Back")
    await house.tap("priya", "Next", outcome_child="Back at school, most days.")
    await house.tap("priya", "Next", outcome_you="I ask earlier.")
    await house.tap("priya", "Send")
    file, drafts = await house.file(key), await house.dump("drafts")
    it = file.conversation

    def plain(text: str) -> str:
        return re.sub(r"LC-\w{5}", it.reference[:3], text)

    return {
        "seen": [plain(texts(card)) for card in house.cards],
        "told": {who: [plain(one) for one in house.told(who)] for who in house.people},
        "prompts": sorted((one.kind, one.to, one.state) for one, _ in file.prompts.values()),
        "acts": [line.act for line in file.audit],
        "answers": {name: one.texts for name, (one, _) in file.answers.items()},
        "numbers": {name: one.scale for name, (one, _) in file.answers.items()},
        "drafts": sorted(row.values["flow"] for row in drafts),
    }


async def test_nobody_sees_that_others_were_quicker_each_time() -> None:
    store = Overtaking()
    overtaken, alone = await walk(House(store)), await walk(House(MemoryStore()))
    assert len(store.written_over) > 40
    for what, found in alone.items():
        assert overtaken[what] == found, what
