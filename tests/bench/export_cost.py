"""What a backup asks of the storage: `python -m tests.bench.export_cost [CONVERSATIONS]`.

Reads are counted as the storage serves them, a page of up to 1,000 rows at a time.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.commands.export import export
from cards.wording import use
from records.partnership import SUFFOLK, read_partnership
from tests.faults.kept import filled
from tests.trips import Counting

CONVERSATIONS = 300


async def export_requests_per_conversation(conversations: int = CONVERSATIONS) -> float:
    """Requests of one export, all tables and the counting for its bar, for each conversation."""
    use(read_partnership(SUFFOLK))
    world = await filled(conversations)
    store = Counting(world.store)
    with tempfile.TemporaryDirectory() as folder:
        end = await export(store, Path(folder) / "backup", world.moment)
    assert end.conversations == conversations
    return len(store.trips) / conversations


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS
    figure = asyncio.run(export_requests_per_conversation(many))
    print(f"export_requests_per_conversation {figure:.3g}")
