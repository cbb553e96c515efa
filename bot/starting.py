"""What has to hold before anything of the product is loaded: settings, and who is served."""

import logging
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.logs import set_up
from bot.settings import BadSettings, Settings, load_settings
from cards.wording import use
from records.partnership import SUFFOLK, BadPartnership, read_partnership

log = logging.getLogger(__name__)


class NotPrepared(Exception):
    """The settings or the partnership's file do not hold together; each problem is a line."""

    def __init__(self, why: str, problems: Iterable[str]) -> None:
        super().__init__("\n".join((why, *(f"  {problem}" for problem in problems))))


@dataclass(frozen=True)
class Start:
    """What a process begins with. `demo_time` is empty, or a moment with its zone."""

    settings: Settings
    demo_time: str


def prepared() -> Start:
    """Settings read, partnership chosen, logs set up. Raises NotPrepared."""
    try:
        settings = load_settings()
        demo_time = _demo_time(settings)
        use(read_partnership(settings.partnership_file or SUFFOLK))
    except BadSettings as wrong:
        raise NotPrepared("The bot cannot start:", wrong.problems) from None
    except BadPartnership as wrong:
        why = f"The bot cannot start: {wrong.path} is not sound."
        raise NotPrepared(why, map(str, wrong.problems)) from None
    set_up(settings.log_level)
    return Start(settings, demo_time)


def told(trouble: NotPrepared) -> int:
    """Says on the terminal why nothing was started; the exit code for it."""
    print(trouble, file=sys.stderr)
    return 2


def tell_doubts(settings: Settings) -> None:
    """What an operator should know though it holds together: on the terminal, and in the log."""
    for doubt in settings.warnings():
        print(f"Look at {doubt}", file=sys.stderr)
        log.warning("settings to look at", extra={"action": "settings_doubtful", "doubt": doubt})


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
