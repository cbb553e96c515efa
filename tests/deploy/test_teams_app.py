"""The package that a council uploads to Teams."""

import importlib.util
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cards.wording import wording

TEAMS = Path(__file__).parents[2] / "deploy" / "teams"
BOT = "11111111-2222-3333-4444-555555555555"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deploy_teams_{name}", TEAMS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


pack = load("pack")
icons = load("icons")


def manifest(**changes: Any) -> dict[str, Any]:
    values = {"MICROSOFT_APP_ID": BOT, "TEAMS_APP_ID": pack.app_id(BOT), "VERSION": "0.1.0"}
    filled: dict[str, Any] = pack.fill((TEAMS / "manifest.json").read_text(), values)
    return {**filled, **changes}


def pixels(png: bytes) -> tuple[int, list[tuple[int, ...]]]:
    """The width and the pixels of a square PNG as `icons` writes it: RGBA, no filter."""
    width, height, *kind = struct.unpack(">IIBBBBB", png[16:29])
    assert (width, kind) == (height, [8, 6, 0, 0, 0])
    length = struct.unpack(">I", png[33:37])[0]
    raw, row = zlib.decompress(png[41 : 41 + length]), 1 + 4 * width
    lines = [raw[at : at + row] for at in range(0, len(raw), row)]
    assert {line[0] for line in lines} == {0}
    return width, [tuple(line[i : i + 4]) for line in lines for i in range(1, row, 4)]


def test_the_filled_manifest_is_what_microsofts_schema_asks_for() -> None:
    pack.check(manifest(), trial=True)


@pytest.mark.parametrize(
    "fault",
    [
        {"id": "not-a-guid"},
        {"accentColor": "teal"},
        {"surprise": True},
        {"name": {"short": "x" * 31}},
    ],
)
def test_a_manifest_that_teams_would_not_take_is_not_packed(fault: dict[str, Any]) -> None:
    with pytest.raises(pack.BadPackage):
        pack.check(manifest(**fault), trial=True)


def test_a_blank_without_a_value_is_named() -> None:
    with pytest.raises(pack.BadPackage, match="TEAMS_APP_ID"):
        pack.fill('{"id": "${{TEAMS_APP_ID}}"}', {})


def test_the_placeholders_of_the_council_are_taken_for_a_trial_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = ["--bot-id", BOT, "--to", str(tmp_path / "app.zip")]
    assert pack.main(to, {}) == 1
    assert "your council's own name" in capsys.readouterr().err
    assert not (tmp_path / "app.zip").exists()
    assert pack.main([*to, "--trial"], {}) == 0


def test_the_package_holds_three_files_and_is_the_same_when_packed_again(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        to = ["--trial", "--to", str(tmp_path / name)]
        assert pack.main(to, {"MICROSOFT_APP_ID": BOT}) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        inside = json.loads(package.read("manifest.json"))
    assert inside["bots"][0]["botId"] == BOT
    assert inside["id"] == pack.app_id(BOT)
    assert inside["version"] == pack.version()


def test_a_bot_id_that_is_missing_or_no_guid_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack.main([], {}) == 1
    assert "MICROSOFT_APP_ID" in capsys.readouterr().err
    assert pack.main(["--bot-id", "bot"], {}) == 1
    assert "GUID" in capsys.readouterr().err


def test_the_app_asks_for_nothing_it_does_not_need() -> None:
    asked = {"permissions", "devicePermissions", "authorization", "webApplicationInfo"}
    assert not asked & manifest().keys()
    assert manifest()["validDomains"] == []


def test_the_commands_are_those_that_help_names() -> None:
    known = {command for command, _ in wording.HELP}
    for commands in manifest()["bots"][0]["commandLists"]:
        assert {one["title"] for one in commands["commands"]} <= known


def test_the_icons_are_as_the_script_draws_them() -> None:
    # Pixels, not bytes: zlib packs them differently from one build to another.
    for name, drawn in (("color.png", icons.colour_icon()), ("outline.png", icons.outline_icon())):
        assert pixels((TEAMS / name).read_bytes()) == pixels(drawn)


def test_the_colour_icon_fills_its_square_with_the_accent_colour() -> None:
    width, found = pixels((TEAMS / "color.png").read_bytes())
    assert width == 192
    assert {alpha for *_, alpha in found} == {255}
    accent = "#{:02X}{:02X}{:02X}".format(*found[0][:3])
    assert accent == manifest()["accentColor"]
    drawn = {i for i, pixel in enumerate(found) if pixel != found[0]}
    assert all(30 <= i % width < 162 and 30 <= i // width < 162 for i in drawn)


def test_the_outline_icon_is_white_on_nothing() -> None:
    width, found = pixels((TEAMS / "outline.png").read_bytes())
    assert width == 32
    assert {pixel[:3] for pixel in found} == {(255, 255, 255)}
    assert found[0][3] == 0
    assert max(alpha for *_, alpha in found) == 255
