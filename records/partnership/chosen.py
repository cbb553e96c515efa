"""Which partnership this process serves: said once, by whatever starts it, and never by an import.

The rules of `records` and `scheduler` are handed the partnership. The cards are drawn from so many
places that they look it up here instead, at the moment they are drawn.
"""

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from records.partnership.model import Partnership

T = TypeVar("T")


class NotChosen(RuntimeError):
    """A card was drawn before anything said whose words are to stand on it."""


class _InUse:
    partnership: Partnership | None = None


def use(partnership: Partnership) -> None:
    """Draw everything from now on in this partnership's words."""
    _InUse.partnership = partnership


def the_partnership() -> Partnership:
    """The partnership in use. Raises NotChosen where none is."""
    if _InUse.partnership is None:
        raise NotChosen("no partnership is in use: whatever starts a process calls `use` first")
    return _InUse.partnership


class _LookedUp(Generic[T]):
    def __init__(self, find: Callable[[], T]) -> None:
        self._find = find

    def __get__(self, instance: object, owner: type | None = None) -> T:
        return self._find()


def late(find: Callable[[], T]) -> T:
    """A class's attribute that is looked up whenever it is read: `title = late(lambda: ...)`. So
    the class can be defined before a partnership is in use."""
    return cast("T", _LookedUp(find))
