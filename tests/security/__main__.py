"""`make matrix`: everybody tries everything in every state; the figures stand on the last line.

`EVERY=1` tries all there is; 8, as it is set, one in eight of it, of each person others in each
state. Exits with 1 where anything was wrong, or where fewer than `FEWEST` events were tried.
"""

import asyncio
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Final

from cards.wording import use
from records.partnership import SUFFOLK, read_partnership
from tests.security.states import WALKS, State, walk
from tests.security.trial import Tried, in_state
from tests.security.watch import watching

FEWEST: Final = 100_000
MOST_SHOWN: Final = 60
_known: dict[str, State] = {}


def one_state(name: str, every: int) -> Tried:
    """One state, in a process of its own or not."""
    use(read_partnership(SUFFOLK))
    return asyncio.run(_one_state(name, every))


async def _one_state(name: str, every: int) -> Tried:
    state = await walk(name, _known)
    with watching() as watch:
        return await in_state(state, watch, every)


def main() -> int:
    """Run, and print what was wrong, if anything, and the figures."""
    every, found = int(os.environ.get("EVERY") or 8), Tried()
    with ProcessPoolExecutor() as processes:
        under_way = [processes.submit(one_state, name, every) for name in WALKS]
        for done in as_completed(under_way):
            found.add(done.result())
            print(found.line(), end="\r", file=sys.stderr, flush=True)
    said = Counter(one.split(": ", 1)[1] for one in found.wrong)
    for text, times in said.most_common(MOST_SHOWN):
        first = next(one for one in found.wrong if one.endswith(f": {text}"))
        print(f"{times} times, first {first}")
    print(f"\n{found.line()}")
    return int(bool(found.wrong) or found.events < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
