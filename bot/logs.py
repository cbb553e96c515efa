"""Logs as JSON lines: what happened and to which ids; never a name, an answer or a token."""

import json
import logging
from datetime import UTC, datetime
from typing import Final

FIELDS: Final = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "taskName",
}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, message and the fields given with `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": self._time(record),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in FIELDS}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, default=str)

    def _time(self, record: logging.LogRecord) -> str:
        """In UTC, whatever zone the host has: copies' logs are laid side by side."""
        at = datetime.fromtimestamp(record.created, UTC)
        return f"{at.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"


def hush_msal() -> None:
    """Whoever loads msal calls this: an answer that it cannot read it logs whole, as an error, and
    what a proxy throws back has the password in it. Our own line says that there was no token."""
    logging.getLogger("msal").setLevel(logging.CRITICAL)


def set_up(level: str) -> None:
    """Log to standard error. Libraries speak at warnings only: some print whole requests."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "dialogs", "scheduler", "cards", "records"):
        logging.getLogger(name).setLevel(level)
