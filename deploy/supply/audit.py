"""Whether a known hole is in what is installed: `make audit`.

Three lists, each told apart: what runs in the image, what builds and tests it, and what stands
beside it on a developer's machine. A list of which anything could not be looked up is not checked,
whatever was found or not found in the rest: pip-audit itself passes over such packages.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 300.0
"""For one list; its data comes over the network."""
PIN: Final = re.compile(r"(?m)^[A-Za-z0-9][\w.-]*==")
CONDITION: Final = re.compile(r"(?m)^([^#\s;]+==[^\s;]+) *;[^\\\n]*")
"""Under which a package is installed, such as `; sys_platform == 'win32'`."""


class Outcome(IntEnum):
    """Of one list, and of all: the worst. Also the exit code."""

    CLEAN = 0
    FOUND = 1
    NOT_CHECKED = 2


@dataclass(frozen=True)
class Verdict:
    """What is known of one list, and the lines that say it."""

    outcome: Outcome
    lines: tuple[str, ...]


class NoAnswer(Exception):
    """A tool gave no result that can be read; the message says why, in a few words."""


Ask = Callable[[Sequence[str]], str]
"""Runs a tool and gives what it printed, whatever its exit code. Raises NoAnswer."""


def ask(command: Sequence[str]) -> str:
    """Run it here."""
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except OSError as error:
        raise NoAnswer(f"{command[0]} could not be started") from error
    except subprocess.TimeoutExpired as error:
        raise NoAnswer(f"no answer within {SECONDS:.0f} seconds") from error
    return done.stdout


def of_python(lock: str, ask: Ask, tool: str) -> Verdict:
    """The packages of one lock file, by pip-audit: read from the file, nothing is installed."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    try:
        with TemporaryDirectory() as folder:
            # Without conditions: what holds for another system or Python is looked up as well.
            every = Path(folder) / Path(lock).name
            every.write_text(CONDITION.sub(r"\1", text), encoding="utf-8")
            # A lock of hashes names everything, so that nothing has to be resolved.
            asked = (tool, "--requirement", str(every), "--require-hashes", "--disable-pip")
            report = _object(ask((*asked, "--progress-spinner", "off", "--format", "json")))
        packages = [one for one in _list(report, "dependencies") if "skip_reason" not in one]
        holes = [(one, hole) for one in packages for hole in one["vulns"]]
        lines = [
            f"{lock}: {one['name']} {one['version']}: {hole['id']}"
            f" (mended in: {', '.join(hole.get('fix_versions') or ['no version yet'])})"
            for one, hole in holes
        ]
    except (NoAnswer, KeyError, TypeError, AttributeError) as error:
        return _not_checked(lock, error)
    pinned = len(PIN.findall(text))
    if len(packages) < pinned:
        why = f"no data for {pinned - len(packages)} of {pinned} packages"
        return Verdict(Outcome.NOT_CHECKED, (*lines, f"{lock}: NOT CHECKED, {why}"))
    return _told(lock, pinned, lines)


def of_npm(ask: Ask) -> Verdict:
    """The packages of package-lock.json, none of which is in the image."""
    lock = "package-lock.json"
    try:
        report = _object(ask(("npm", "audit", "--audit=true", "--package-lock-only", "--json")))
        counted = report["metadata"]["dependencies"]["total"]
        lines = [
            f"{lock}: {name}: {one['severity']}"
            for name, one in sorted(report["vulnerabilities"].items())
        ]
    except (NoAnswer, KeyError, TypeError, AttributeError) as error:
        return _not_checked(lock, error)
    return _told(lock, int(counted), lines)


def _told(lock: str, packages: int, lines: Sequence[str]) -> Verdict:
    if lines:
        return Verdict(Outcome.FOUND, (*lines, f"{lock}: known holes: {len(lines)}"))
    return Verdict(Outcome.CLEAN, (f"{lock}: no known hole in {packages} packages",))


def _not_checked(lock: str, error: Exception) -> Verdict:
    why = str(error) if isinstance(error, NoAnswer) else "the answer could not be read"
    return Verdict(Outcome.NOT_CHECKED, (f"{lock}: NOT CHECKED, {why}",))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise NoAnswer("the data on known holes could not be reached") from error
    if not isinstance(found, dict) or "error" in found:
        raise NoAnswer("the data on known holes could not be reached")
    return found


def _list(report: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = report.get(name)
    if not isinstance(found, list):
        raise NoAnswer("the answer could not be read")
    return found


def main(ask: Ask = ask, tool: str = ".tools/bin/pip-audit") -> int:
    """Exit codes: 0 all were checked and nothing was found, 1 something was found, 2 something
    could not be checked."""
    verdicts = [
        of_python("requirements.lock", ask, tool),
        of_python("requirements-dev.lock", ask, tool),
        of_npm(ask),
    ]
    for verdict in verdicts:
        print(*verdict.lines, sep="\n")
    return max(verdict.outcome for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main())
