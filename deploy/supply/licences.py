"""The licences of what is in the image: `make licences` writes docs/licences.md.

pip-licenses reads them from the packages themselves. A licence that asks more of a council than to
keep its text is refused here, unless EXCEPTIONS says why it may stay.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "licences.md"
LOCK: Final = ROOT / "requirements.lock"

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        r"\bA?GPL|Affero|(?<!Lesser )General Public": "what is joined with it is to be given away",
        r"\bLGPL|Lesser General Public": "it has to be replaceable, and changes given away",
        r"\bMPL|Mozilla": "changes to its files have to be given away",
        r"\bEPL|Eclipse|\bCDDL|\bEUPL": "changes to it have to be given away",
        r"SSPL|Server Side|BUSL|Business Source|Elastic|Commons Clause": "no service may be run",
        r"Non-?Commercial|\bNC\b": "not for every use",
        r"Proprietary|UNKNOWN|^\s*$": "nobody knows what it allows",
    }
)
"""A licence's name, as a pattern, and why a council cannot simply take it."""

EXCEPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "certifi": (
            "MPL 2.0 holds for its own file of root certificates, which is used as it is and not"
            " changed; what stands beside it stays under its own licence."
        ),
    }
)
"""A package that is refused by its licence, and why it may stay."""


@dataclass(frozen=True, order=True)
class Licensed:
    """One package as it is pinned, and what it says of its licence."""

    name: str
    version: str
    licence: str


class NotListed(Exception):
    """A package of the lock file is not installed here as it is pinned."""


def pinned(lock: str) -> dict[str, str]:
    """Names and versions of a lock file; names as everybody spells them (PEP 503)."""
    found = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", lock)
    return {plain(name): version for name, version in found}


def plain(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def why_refused(licence: str) -> str:
    """Why a council cannot simply take it; empty where it can.

    Of several to choose from (`OR`) one that can be taken is enough.
    """
    return min((_why(one) for one in re.split(r"\s+OR\s+", licence)), key=bool)


def _why(licence: str) -> str:
    found = (why for sign, why in REFUSED.items() if re.search(sign, licence, re.IGNORECASE))
    return next(found, "")


def wrong(packages: Iterable[Licensed]) -> list[str]:
    """Every package that may not stay, and every exception that nothing needs."""
    refused = {one.name: one for one in packages if why_refused(one.licence)}
    bad = [
        f"{one.name}: {one.licence or 'no licence'}: {why_refused(one.licence)}"
        for name, one in sorted(refused.items())
        if name not in EXCEPTIONS
    ]
    return bad + [f"{name}: needs no exception" for name in EXCEPTIONS if name not in refused]


def render(packages: Iterable[Licensed]) -> str:
    """The page."""
    rows = sorted(packages)
    exceptions = "\n".join(f"- **{name}**: {why}" for name, why in sorted(EXCEPTIONS.items()))
    table = "\n".join(f"| {one.name} | {one.version} | {one.licence} |" for one in rows)
    return f"""# Licences

Every package in the image with its version and licence, as it says of itself; made by
`make licences` from requirements.lock. The product is under the [MIT licence](../LICENSE). Python
and the system in the base image have licences of their own, which come with it. What only tests or
builds is in no image and not listed.

No licence here asks more than that its text and names are kept, but for these:

{exceptions}

| package | version | licence |
|---|---|---|
{table}
"""


def read(page: str) -> list[Licensed]:
    """The packages of a page that was rendered."""
    rows = re.findall(r"(?m)^\| ([a-z0-9-]+) \| (\S+) \| (.*) \|$", page)
    return [Licensed(*row) for row in rows if row[0] != "package"]


def matched(lock: str, listed: Iterable[Mapping[str, str]]) -> list[Licensed]:
    """What the lock file pins, with what pip-licenses says of it. Raises NotListed."""
    said = {plain(one["Name"]): one for one in listed}
    found = []
    for name, version in pinned(lock).items():
        one = said.get(name)
        if one is None or one["Version"] != version:
            raise NotListed(f"{name} {version} is not installed: renew .venv first")
        found.append(Licensed(name, version, " ".join(one["License"].split())))
    return found


def main(tool: str = ".tools/bin/pip-licenses", python: str = ".venv/bin/python") -> int:
    """Exit codes: 0 written, 1 something may not stay, or is not installed."""
    lock = LOCK.read_text(encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # fixed arguments
        [tool, "--python", python, "--from", "mixed", "--format", "json", "--with-system"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    try:
        packages = matched(lock, json.loads(done.stdout))
    except NotListed as error:
        print(error)
        return 1
    PAGE.write_text(render(packages), encoding="utf-8")
    bad = wrong(packages)
    print(*bad, f"{PAGE.relative_to(ROOT)}: {len(packages)} packages", sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
