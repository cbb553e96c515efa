"""`python -m bot`: one bot process, settings from the environment; with a word more, a command."""

import asyncio
import os
import sys
from collections.abc import Iterable
from datetime import datetime

from bot import partnership
from bot.logs import set_up
from bot.settings import BadSettings, Settings, load_settings
from records.partnership import BadPartnership, choose


def main() -> int:
    """Exit codes: 0 stopped, 2 the settings or the partnership's file do not hold together, each
    problem on a line.

    A command has exit codes of its own; one that there is not is 2.
    """
    if sys.argv[1:2] == ["partnership"]:
        return partnership.run(sys.argv[2:])
    try:
        settings = load_settings()
        demo_time = _demo_time(settings)
        choose(settings.partnership_file)
    except BadSettings as wrong:
        return _cannot_start("The bot cannot start:", wrong.problems)
    except BadPartnership as wrong:
        return _cannot_start(
            f"The bot cannot start: {wrong.path} is not sound.", map(str, wrong.problems)
        )
    # Not before: every sentence is read as its module loads, in the words of the partnership.
    from bot import serving

    set_up(settings.log_level)
    if len(sys.argv) > 1:
        return serving.command(settings, sys.argv[1], sys.argv[2:])
    asyncio.run(serving.serve(settings, demo_time))
    return 0


def _cannot_start(why: str, problems: Iterable[str]) -> int:
    print(why, file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 2


def _demo_time(settings: Settings) -> str:
    given = os.environ.get("DEMO_TIME", "") if settings.demo else ""
    if given:
        try:
            if datetime.fromisoformat(given).tzinfo is None:
                raise ValueError(given)
        except ValueError:
            problem = "DEMO_TIME: give a moment with its zone, such as 2027-02-01T09:00:00+00:00."
            raise BadSettings([problem]) from None
    return given


if __name__ == "__main__":
    sys.exit(main())
