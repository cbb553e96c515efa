"""What the demo says before it starts anything."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo import CannotStart, Options
from bot.demo.options import read_options
from bot.demo.preflight import check


def test_without_node_it_says_which_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="Install Node 20 or newer"):
        check(Options.on_free_ports(tmp_path))


def test_an_old_node_is_named_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.19.0\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match=r"Node 20 or newer is needed; .*node is v18\.19\.0"):
        check(Options.on_free_ports(tmp_path))


def test_without_node_modules_it_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Run: npm ci"):
        check(replace(Options.on_free_ports(tmp_path), root=tmp_path))


def test_ports_come_from_the_environment_and_the_rest_from_the_command_line(tmp_path: Path) -> None:
    environ = {"PORT": "4000", "AZURITE_PORT": "4001", "PLAYGROUND_PORT": "4100"}
    words = ["--data", str(tmp_path), "--demo-time", "2026-03-02T09:00+00:00"]
    options = read_options(words, environ)
    assert (options.bot_port, options.azurite_port) == (4000, 4001)
    assert sorted(options.window_ports.values()) == [4100, 4101, 4102, 4103]
    assert (options.data, options.demo_time) == (tmp_path, "2026-03-02T09:00+00:00")


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "3978 "])
def test_a_port_that_is_none_is_refused_by_name(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_options([], {"PORT": text})
    assert f"PORT={text} is not a port" in capsys.readouterr().err
