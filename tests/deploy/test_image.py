"""The container image: what goes in, who runs it, and how its health is asked."""

import re
import tomllib
from pathlib import Path
from typing import Any

from bot.edge.endpoint import ReadinessChecks, routes

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
PYTHONS = (ROOT / ".ci" / "pythons").read_text()
BUILD, FINAL = DOCKERFILE.split("\nFROM ")[-2:]


def folders() -> set[str]:
    """The five floors' folders, as pyproject.toml names them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found = project["tool"]["setuptools"]["packages"]["find"]["include"]
    return {name.rstrip("*") for name in found}


def test_every_floor_goes_into_the_image_and_nothing_else() -> None:
    copied = set(re.findall(r"^COPY (\S+) \S+$", BUILD, re.MULTILINE))
    assert copied == folders() | {"requirements.lock"}
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert let_in == copied


def test_the_partnerships_files_go_with_the_package() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"][
        "package-data"
    ]
    assert data["records.partnership"] == ["*.toml"]


def test_what_builds_is_what_runs_and_the_newest_python_that_is_tried() -> None:
    bases = set(re.findall(r"^FROM (python:[\w.-]+)", DOCKERFILE, re.MULTILINE))
    [tried] = re.findall(r"^for version in (.+); do$", PYTHONS, re.MULTILINE)
    assert bases == {f"python:{tried.split()[-1]}-slim"}


def test_every_base_is_pinned_by_one_digest_that_whoever_builds_gives() -> None:
    """None is invented here: it is looked up in the registry, and the page says how."""
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(r"\S+(\$\{DIGEST\}|@sha256:[0-9a-f]{64})", one) for one in bases)
    before = DOCKERFILE[: DOCKERFILE.index("\nFROM ")]
    assert re.search(r'^ARG DIGEST=(""|@sha256:[0-9a-f]{64})$', before, re.MULTILINE)
    page = (ROOT / "deploy" / "README.md").read_text()
    assert "--build-arg DIGEST=@sha256:" in page
    assert "imagetools inspect" in page


def test_the_bot_is_not_root() -> None:
    [user] = re.findall(r"^USER (\S+)$", FINAL, re.MULTILINE)
    assert int(user) > 0
    assert FINAL.index("\nUSER ") < FINAL.index("\nCMD ")


def test_every_package_is_held_to_its_hash() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert "pip install" not in FINAL


async def _nothing(*_: Any) -> Any:
    return None


def test_the_probes_ask_paths_that_the_bot_answers() -> None:
    known = {route.path for route in routes(_nothing, ReadinessChecks({}, lambda: 0.0))}
    asked = set(re.findall(r"/(\w+z)\b", FINAL))
    asked |= set(re.findall(r"path: '/(\w+)'", (ROOT / "deploy" / "main.bicep").read_text()))
    assert {f"/{path}" for path in asked} <= known
    assert asked == {"healthz", "readyz"}
