"""Which partnership this process serves. Chosen once: sentences are read as modules load, and half
a process in the words of another partnership must not be possible."""

from pathlib import Path

from records.partnership.model import Partnership
from records.partnership.reading import SUFFOLK, read_partnership


class AlreadyChosen(RuntimeError):
    """Something has read the partnership before it was chosen: an import at the wrong time."""


class _Choice:
    made: tuple[Path, Partnership] | None = None


def choose(path: Path | None) -> Partnership:
    """Serve the partnership in this file; None is Suffolk's. Raises BadPartnership, and
    AlreadyChosen where the process has begun with another."""
    path = (path or SUFFOLK).resolve()
    if _Choice.made is None:
        _Choice.made = path, read_partnership(path)
    elif _Choice.made[0] != path:
        raise AlreadyChosen("a process serves one partnership, chosen before anything is drawn")
    return _Choice.made[1]


def the_partnership() -> Partnership:
    """The partnership that was chosen; where none was, Suffolk's from now on."""
    return _Choice.made[1] if _Choice.made else choose(None)
