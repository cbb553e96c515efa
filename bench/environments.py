"""Peers in environments of their own, from locks with a hash for every file."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench.processes import ROOT

LOCKS: Final = ROOT / "bench" / "locks"
PLACE: Final = ROOT / "bench" / ".peers"
PEERS: Final = ("floor", "stock", "agents", "teams")


class NotInstalled(Exception):
    """An environment could not be made; the message is what `venv` or `pip` said."""


def python(name: str) -> Path:
    """The interpreter of an environment; it is made, or made anew where its lock has changed.

    Raises NotInstalled.
    """
    lock, home = LOCKS / f"{name}.lock", PLACE / name
    mark, digest = home / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    found = home / "bin" / "python"
    if mark.exists() and mark.read_text() == digest:
        return found
    print(f"Installing bench/.peers/{name} ...", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(home)])
    install = [str(found), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*install, "--require-hashes", "-r", str(lock)])
    mark.write_text(digest)
    return found


def tool(name: str) -> Path:
    """A program of the environment `tools`."""
    return python("tools").parent / name


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NotInstalled(ran.stdout + ran.stderr)
