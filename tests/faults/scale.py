"""How large a trial is, and how often things go wrong in it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scale:
    """One trial. Seconds are real ones; rates are shares of the requests that pass.

    `lives` is how long a process lives as a rule before it is killed; each `cold_every`-th start
    is a cold one. `spread` is how long people take at least
    for all that they do.
    `offsets` are the seconds by which the instances' clocks differ; with `clock_files` a file
    `clock-<number>` beside the logs says it, and may be written anew. `waiting` conversations have
    something due in five minutes; the day ends after `soon` seconds of it.
    With `versions_change` every other process in a place is of the next version of the product.
    `act_pause` is what people wait between two conversations, `teams_seconds` how long Teams takes
    to answer. `least_*` is what has to have gone wrong, or the trial shows nothing.
    """

    instances: int
    held: int
    withdrawn: int
    came: int
    people: int
    tenants: int
    kills: int
    cold_every: int
    lives: float
    storage_faults: float
    teams_not_taken: float
    teams_unsure: float
    acts_at_once: int
    seconds: float
    spread: float = 0.0
    least_cold: int = 0
    least_storage_faults: int = 0
    least_teams_faults: int = 0
    act_pause: float = 0.0
    teams_seconds: float = 0.0
    versions_change: bool = False
    offsets: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0, 2.0, -2.0, 4.0, -4.0)
    clock_files: bool = False
    waiting: int = 0
    soon: float = 7_200.0
    log_level: str = "WARNING"

    @property
    def prompts(self) -> int:
        """How many messages are owed."""
        return (self.held + self.withdrawn) * self.came


SHORT: Final = Scale(
    instances=3,
    held=12,
    withdrawn=12,
    came=5,
    people=40,
    tenants=8,
    kills=14,
    cold_every=7,
    lives=2.0,
    storage_faults=0.06,
    teams_not_taken=0.25,
    teams_unsure=0.12,
    acts_at_once=3,
    seconds=110,
    spread=20.0,
    least_cold=1,
    least_storage_faults=30,
    least_teams_faults=30,
)

FULL: Final = Scale(
    instances=8,
    held=250,
    withdrawn=750,
    came=8,
    people=800,
    tenants=60,
    kills=520,
    cold_every=20,
    lives=6.0,
    storage_faults=0.055,
    teams_not_taken=0.27,
    teams_unsure=0.14,
    acts_at_once=10,
    seconds=2_700,
    spread=560.0,
    least_cold=20,
    least_storage_faults=10_000,
    least_teams_faults=5_000,
)
