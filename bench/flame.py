"""`make flame`: a flame graph of the product's process under feedback turns, by py-spy.

PEOPLE (300) have answered the scale before it begins; what is recorded are their two cards of
texts, sixteen at once. It goes into docs/feedback-turn.svg. py-spy has to be allowed to look into
another process: as root, or with CAP_SYS_PTRACE.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench.environments import tool
from bench.processes import ROOT
from bench.rig import rigged
from bench.steps import ARRIVES, FEEDBACK, SCALE
from cards.wording import use
from records.partnership import SUFFOLK, read_partnership
from tests.azurite import running

PICTURE: Final = ROOT / "docs" / "feedback-turn.svg"
RATE: Final = 250
"""Samples a second."""
SETTLES: Final = 2.0
"""Seconds until py-spy samples."""
AT_ONCE: Final = 16
TITLE: Final = "Texts of the feedback, sixteen at once"


def main() -> int:
    """The exit code: py-spy's own."""
    use(read_partnership(SUFFOLK))
    with running(None) as azurite:
        return asyncio.run(recorded(azurite, tool("py-spy"), int(os.environ.get("PEOPLE") or 300)))


async def recorded(azurite: str, spy: Path, people: int) -> int:
    """Everybody gets ready, then py-spy looks on while they write. Raises Wrong."""
    async with rigged(azurite, Path(os.devnull), rounds=1, people=people) as rig, rig.bot() as bot:
        members = await bot.town.newcomers(people)
        for step in (ARRIVES, SCALE):
            await bot.do(members, step, AT_ONCE)
        await bot.server.at_rest()
        pid = str(bot.server.pid)
        how = ["--format", "flamegraph", "--rate", str(RATE), "--output", str(PICTURE)]
        recorder = await asyncio.create_subprocess_exec(
            spy, "record", "--pid", pid, *how, stdout=subprocess.DEVNULL
        )
        await asyncio.sleep(SETTLES)
        for step in FEEDBACK:
            await bot.do(members, step, AT_ONCE)
        recorder.send_signal(signal.SIGINT)
        code = await recorder.wait()
    if code == 0:
        PICTURE.write_text(titled(PICTURE.read_text()))
    return code


def titled(picture: str) -> str:
    """The picture under a title of its own: py-spy writes its command there, with this machine's
    folders."""
    return re.sub(r'(<text id="title"[^>]*>)[^<]*', rf"\g<1>{TITLE}", picture, count=1)


if __name__ == "__main__":
    sys.exit(main())
