"""What a trial shows, counted from its logs alone."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.logbook import lines
from tests.faults.reaper import Boundary
from tests.faults.scale import Scale


@dataclass
class Verdict:
    """The figures. The lists name the prompts that are wrong; all of them should be empty."""

    kills: int = 0
    cold_kills: int = 0
    ended: int = 0
    storage_faults: int = 0
    teams_faults: int = 0
    prompts: int = 0
    ambiguous: int = 0
    answered: int = 0
    parked: int = 0
    reminders: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    unreminded: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    boundaries: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """The last line of a trial."""
        return (
            f"kills={self.kills} storage_faults={self.storage_faults} "
            f"teams_faults={self.teams_faults} prompts={self.prompts} lost={len(self.lost)} "
            f"doubled={len(self.doubled)} ambiguous={self.ambiguous} reminders={self.reminders} "
            f"unlisted={len(self.unlisted)}"
        )

    def wrong(self) -> dict[str, list[str]]:
        """What must not be, by its name, some of each."""
        found = {
            "lost": self.lost,
            "doubled": self.doubled,
            "not settled": self.unsettled,
            "no reminder": self.unreminded,
            "a reminder without need": self.needless,
            "lists not written": self.unlisted,
            "sent as Teams does not take it": self.refused,
        }
        return {name: some[:8] for name, some in found.items() if some}

    def missed(self, scale: Scale) -> list[str]:
        """What did not go wrong as often as it had to: such a trial has shown nothing."""
        wanted = {
            "kills": (self.kills, scale.kills),
            "kills of processes that started cold": (self.cold_kills, scale.least_cold),
            "faults of the storage": (self.storage_faults, scale.least_storage_faults),
            "faults of Teams": (self.teams_faults, scale.least_teams_faults),
            "prompts": (self.prompts, scale.prompts),
        }
        short = [f"{name}: {n} of {least}" for name, (n, least) in wanted.items() if n < least]
        nowhere = [one for one in Boundary if one not in self.boundaries]
        return short + [f"no kill at: {one}" for one in nowhere]


def judge(folder: Path) -> Verdict:
    """Count. A message is ambiguous where Teams gave no clear answer, or the process that sent it
    died after it had said so and before it could say what became of it."""
    kills, faults = lines(folder, "kills"), lines(folder, "faults")
    verdict = Verdict(
        kills=sum(one["boundary"] is not None for one in kills),
        cold_kills=sum(bool(one.get("cold")) for one in kills),
        ended=len(lines(folder, "ended")),
        storage_faults=sum(one["where"] == "storage" for one in faults),
        teams_faults=sum(one["where"] == "teams" for one in faults),
        boundaries=Counter(one["boundary"] for one in kills if one["boundary"]),
        unlisted=[one["key"] for one in lines(folder, "lists")],
        refused=[one["why"] for one in lines(folder, "refused")],
    )
    sending = _left_sending(kills)
    unsure = {
        one["key"]
        for one in faults
        if one["where"] == "teams" and one["fault"][:4] not in ("429", "412")
    }
    seen: dict[str, list[dict[str, Any]]] = {}
    for one in lines(folder, "deliveries"):
        seen.setdefault(one["key"], []).append(one)
    for prompt in lines(folder, "prompts"):
        ambiguous = prompt["key"] in unsure or prompt["prompt"] in sending
        _one(verdict, prompt, seen.get(prompt["key"], []), ambiguous=ambiguous)
    return verdict


def _left_sending(kills: list[dict[str, Any]]) -> set[str]:
    """The prompts whose sender died with the intent written down, and no last word after it."""
    last: dict[tuple[int, str], bool] = {}
    for one in kills:
        last |= {(one["pid"], prompt): True for prompt in one["sending"]}
        last |= {(one["pid"], prompt): False for prompt in one.get("settled", ())}
    return {prompt for (_, prompt), left in last.items() if left}


def _one(
    verdict: Verdict, prompt: dict[str, Any], seen: list[dict[str, Any]], *, ambiguous: bool
) -> None:
    key, state = prompt["key"], prompt["state"]
    first = [one for one in seen if not one["reminder"]]
    again = [one for one in seen if one["reminder"]]
    verdict.prompts += 1
    verdict.ambiguous += ambiguous
    verdict.reminders += prompt["reminded"]
    answered = ambiguous and prompt["answered"] and not prompt["reminded"]
    verdict.answered += answered
    verdict.parked += state == "parked"
    if state not in ("sent", "cancelled", "parked"):
        verdict.unsettled.append(key)
    # A prompt that was parked is told to the facilitators: it is not lost silently.
    if not seen and state != "parked":
        verdict.lost.append(key)
    if len(first) > 1 or len(again) > 1 or (again and not ambiguous):
        verdict.doubled.append(key)
    if ambiguous and not prompt["reminded"] and not answered:
        verdict.unreminded.append(key)
    if prompt["reminded"] and not ambiguous:
        verdict.needless.append(key)
