"""Make the app package that is uploaded to Teams: the manifest with its ids filled, and the icons.

    python deploy/teams/pack.py --bot-id <MICROSOFT_APP_ID>

What is not given is taken from the environment. The package is the same, byte for byte, for the
same ids and version. Exit code 1: something is wrong, and it says what.
"""

import argparse
import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from jsonschema import Draft4Validator  # type: ignore[import-untyped]  # ships no types

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
SCHEMAS: Final = ROOT / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"
PACKAGE: Final = ROOT / "build/learning-conversations.zip"
ICONS: Final = ("color.png", "outline.png")
BLANK: Final = re.compile(r"\$\{\{([A-Z_]+)\}\}")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the package: the oldest a zip can hold."""


class BadPackage(Exception):
    """Teams would not take the package, or people could not use it. The text says why."""


def fill(template: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The manifest with every `${{NAME}}` filled. Raises BadPackage for one that has no value."""
    missing = sorted({name for name in BLANK.findall(template) if not values.get(name)})
    if missing:
        raise BadPackage(f"No value for {', '.join(missing)}.")
    filled: dict[str, Any] = json.loads(BLANK.sub(lambda blank: values[blank[1]], template))
    return filled


def app_id(bot_id: str) -> str:
    """The app's own id, made from the bot's: packed again, it is an update and not a second app."""
    try:
        return str(uuid5(UUID(bot_id), "learning-conversations"))
    except ValueError:
        raise BadPackage(f"The bot's id has to be a GUID; {bot_id!r} is not.") from None


def check(manifest: Mapping[str, Any], *, trial: bool = False) -> None:
    """Hold the manifest to Microsoft's schema. Raises BadPackage with every fault.

    Addresses ending in `.example` are only taken for a trial: people read the privacy page there.
    """
    schema = SCHEMAS / f"v{manifest['manifestVersion']}" / "MicrosoftTeams.schema.json"
    if not schema.is_file():
        raise BadPackage("Microsoft's schemas are not installed. Run: npm ci --ignore-scripts")
    found = Draft4Validator(json.loads(schema.read_text())).iter_errors(manifest)
    faults = [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in found]
    if not trial and ".example" in json.dumps(manifest["developer"]):
        faults.append("developer: put your council's own name and pages into manifest.json")
    if faults:
        raise BadPackage("\n".join(faults))


def pack(manifest: Mapping[str, Any], to: Path) -> None:
    """Write the package: three files, at the top."""
    to.parent.mkdir(parents=True, exist_ok=True)
    files = {"manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False).encode()}
    files |= {name: (HERE / name).read_bytes() for name in ICONS}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def version() -> str:
    """The product's version, from pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Pack, and say where the package is."""
    parser = argparse.ArgumentParser(prog="pack.py", description="Make the Teams app package.")
    known = environ.get
    parser.add_argument("--bot-id", default=known("MICROSOFT_APP_ID", ""), help="MICROSOFT_APP_ID")
    parser.add_argument("--app-id", default=known("TEAMS_APP_ID", ""), help="made from the bot's")
    parser.add_argument("--to", type=Path, default=PACKAGE, help="the package's path")
    parser.add_argument("--trial", action="store_true", help="allow the .example addresses")
    given = parser.parse_args(arguments)
    try:
        if not given.bot_id:
            raise BadPackage("Give the bot's id: --bot-id, or MICROSOFT_APP_ID.")
        values = {
            "MICROSOFT_APP_ID": given.bot_id,
            "TEAMS_APP_ID": given.app_id or app_id(given.bot_id),
            "VERSION": version(),
        }
        manifest = fill((HERE / "manifest.json").read_text(), values)
        check(manifest, trial=given.trial)
        pack(manifest, given.to)
    except BadPackage as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{given.to}: app {manifest['id']}, bot {given.bot_id}, version {manifest['version']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
