"""How large a trial is, and how often things go wrong in it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scale:
    """One trial. Seconds are real ones; rates are shares of the requests that pass.

    `kills_every` is the pause between two kills; each `cold_every`-th start is a cold one.
    `act_pause` is what people wait between two conversations, `teams_seconds` how long Teams takes
    to answer.
    """

    instances: int
    held: int
    withdrawn: int
    came: int
    people: int
    tenants: int
    kills: int
    cold_every: int
    kills_every: float
    storage_faults: float
    teams_not_taken: float
    teams_unsure: float
    acts_at_once: int
    seconds: float
    act_pause: float = 0.0
    teams_seconds: float = 0.0


SHORT: Final = Scale(
    instances=3,
    held=12,
    withdrawn=12,
    came=5,
    people=40,
    tenants=8,
    kills=14,
    cold_every=7,
    kills_every=0.9,
    storage_faults=0.06,
    teams_not_taken=0.25,
    teams_unsure=0.12,
    acts_at_once=3,
    seconds=110,
)

FULL: Final = Scale(
    instances=8,
    held=500,
    withdrawn=445,
    came=8,
    people=800,
    tenants=60,
    kills=520,
    cold_every=20,
    kills_every=1.4,
    storage_faults=0.1,
    teams_not_taken=0.36,
    teams_unsure=0.14,
    acts_at_once=6,
    seconds=1_150,
)
