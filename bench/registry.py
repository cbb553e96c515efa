"""The measurements there are: each a module of `bench.measures` with one function.

    @measurement("sweep_growth")
    async def sweep(rig: Rig) -> Iterable[Figure]:

The names are those of its last lines; a figure without a name among them only stands in the table.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bench import measures
from bench.rig import Rig


@dataclass(frozen=True)
class Figure:
    """What was measured, a value for each time: the median counts, the others are its spread."""

    name: str
    values: Sequence[float]

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(self.values), max(self.values)


Measure = Callable[[Rig], Awaitable[Iterable[Figure]]]


@dataclass(frozen=True)
class Measurement:
    """`module` is what `ONLY` may name it by, beside any of its figures."""

    module: str
    names: tuple[str, ...]
    measure: Measure

    def is_meant(self, only: str) -> bool:
        """Whether it is run; everything is where nothing is named."""
        wanted = {one.strip() for one in only.split(",") if one.strip()}
        return not wanted or bool(wanted & {self.module, *self.names})


ALL: list[Measurement] = []


def measurement(*names: str) -> Callable[[Measure], Measure]:
    """Enters a function here, under the figures that it gives. Raises ValueError for a name that
    another has."""

    def enter(measure: Measure) -> Measure:
        taken = {name for one in ALL for name in one.names} & set(names)
        if taken:
            raise ValueError(f"measured twice: {', '.join(sorted(taken))}")
        ALL.append(Measurement(measure.__module__.rpartition(".")[2], names, measure))
        return measure

    return enter


def every() -> Sequence[Measurement]:
    """All of them, those of one module together."""
    for found in pkgutil.iter_modules(measures.__path__):
        importlib.import_module(f"{measures.__name__}.{found.name}")
    return ALL
