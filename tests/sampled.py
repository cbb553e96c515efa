"""Where each of many things is tried with each of many others, `make test` takes a part of them for
each, always another: so that all are tried with something. `EVERY=1 make test` tries them all."""

import os
from collections.abc import Iterable
from typing import Final, TypeVar

One = TypeVar("One")
ALL: Final = os.environ.get("EVERY") == "1"


def some(every: Iterable[One], place: int, *, of: int = 3) -> list[One]:
    """One in so many, beginning at another for each place."""
    return list(every) if ALL else list(every)[place % of :: of]
