"""`python -m bot.demo`: the whole product on one machine, with four people's Teams in a browser."""

import asyncio
import signal
import sys

from bot.demo.launcher import Demo
from bot.demo.options import Options, read_options
from bot.demo.personas import FACILITATOR, MANAGER, PARTNER, PRACTITIONER, TEACHER
from bot.demo.preflight import CannotStart
from bot.demo.processes import Ended

TEXT = f"""\
The demo runs. Everything is on this machine, and every person is invented.
Open one window a person, side by side:

{{windows}}

A first walk, about ten minutes
  1. {PRACTITIONER.name}:   request
       Manager:  {MANAGER.name}, {MANAGER.mail}
       Others:   {PARTNER.name}, {PARTNER.mail}
                 {TEACHER.name}, {TEACHER.mail} (not in Teams: you see
                 who is told that he cannot be reached; e-mail is not built yet)
  2. {MANAGER.name}:  Read and answer, then Agree
  3. {FACILITATOR.name}:   I'll facilitate, then book it for tomorrow, at the half hour that
                   has just begun (at 15:10, from 15:00 to 15:30)
  4. In any window:  skip 1 day     tomorrow, while it takes place
  5. {FACILITATOR.name}:   We are closing; everybody who came is asked for feedback
  6. In any window:  skip 2 days    whoever has not answered is prompted, once; before a
                                    weekend, skip 2 days more
                     skip 8 weeks   the lead worker is asked what has changed

What else can be typed
  request        ask for a conversation, or go on with yours
  my requests    where your requests are; after a reload, too: a reloaded page begins empty,
                 but nothing is lost
  waiting        for {FACILITATOR.name}: who waits for a facilitator
  urgent, help, cancel

Records and logs are kept in {{data}}. Ctrl-C stops everything.
"""


def main() -> int:
    """Run until stopped. Exit codes: 0 stopped, 1 something is wrong and said so."""
    options = read_options()
    print("Starting Azurite, the bot and four windows ...", flush=True)
    try:
        asyncio.run(run(options))
    except (CannotStart, Ended) as wrong:
        print(f"\n{wrong}", file=sys.stderr)
        return 1
    except asyncio.CancelledError:
        print("\nStopped.")
    return 0


async def run(options: Options) -> None:
    """Run the demo until a signal cancels it or a child ends."""
    task, loop = asyncio.create_task(_serve(options)), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _stop_once, task)
    await task


async def _serve(options: Options) -> None:
    async with Demo(options) as demo:
        print(TEXT.format(windows=_windows(demo), data=options.data), flush=True)
        await demo.wait()


def _stop_once(task: asyncio.Task[None]) -> None:
    # A second Ctrl-C must not cut the clean-up short: that is bounded in time on its own.
    if not task.cancelling():
        task.cancel()


def _windows(demo: Demo) -> str:
    return "\n".join(
        f"  {w.url}   {w.persona.name}, {w.persona.role} ({w.persona.agency})"
        for w in demo.windows.values()
    )


if __name__ == "__main__":
    sys.exit(main())
