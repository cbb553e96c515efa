"""What the demo can be told: ports, the data folder, the clock and the bot's command."""

import argparse
import os
import random
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.demo.personas import WITH_WINDOW

ROOT: Final = Path(__file__).resolve().parents[2]
LOOPBACK: Final = "127.0.0.1"

PORTS: Final = {"PORT": 3978, "AZURITE_PORT": 10002, "PLAYGROUND_PORT": 3980}
"""The settings that move ports, with what holds without them. All are below the range from which
systems choose ports for outgoing connections (32768 on Linux, 49152 elsewhere): in it, one that
has not been bound yet is now and then given away, even to the connection that looks for it."""


@dataclass(frozen=True)
class Options:
    """How one demo runs. The windows take `playground_port` and the ports after it.

    `environment` is added to the bot's own, and wins. `demo_time` (ISO 8601 with an offset) is
    handed to the bot as DEMO_TIME, the moment at which the demo's clock starts.
    """

    data: Path = ROOT / "data"
    bot_port: int = PORTS["PORT"]
    azurite_port: int = PORTS["AZURITE_PORT"]
    playground_port: int = PORTS["PLAYGROUND_PORT"]
    demo_time: str = ""
    bot_command: Sequence[str] = (sys.executable, "-m", "bot")
    environment: Mapping[str, str] = field(default_factory=dict)
    root: Path = ROOT

    @classmethod
    def on_free_ports(cls, data: Path) -> "Options":
        """Ports nobody uses at the moment, so that tests can run beside a demo."""
        first = _free_run(2 + len(WITH_WINDOW))
        return cls(data, first, first + 1, first + 2)

    @property
    def window_ports(self) -> Mapping[str, int]:
        """The port of each persona's window."""
        return {p.key: self.playground_port + i for i, p in enumerate(WITH_WINDOW)}

    @property
    def ports(self) -> Mapping[int, tuple[str, str]]:
        """Every port with who uses it and the setting that changes it."""
        windows = {
            port: (f"the {key}'s window", f"PLAYGROUND_PORT (the first of {len(WITH_WINDOW)})")
            for key, port in self.window_ports.items()
        }
        return {
            self.bot_port: ("the bot", "PORT"),
            self.azurite_port: ("Azurite", "AZURITE_PORT"),
            **windows,
        }


def read_options(
    arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ
) -> Options:
    """Options from the command line and the environment. Exits with a usage line on nonsense."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo")
    parser.add_argument("--data", type=Path, default=Options.data, help="kept between runs")
    parser.add_argument("--demo-time", default="", help="where the clock starts (ISO 8601)")
    given = parser.parse_args(arguments)
    bot, azurite, playground = (_port(parser, environ.get(name, ""), name) for name in PORTS)
    return Options(given.data.resolve(), bot, azurite, playground, given.demo_time)


def _port(parser: argparse.ArgumentParser, text: str, name: str) -> int:
    if text and not (text.isdecimal() and 0 < int(text) <= 65_535):
        parser.error(f"{name}={text} is not a port")
    return int(text or PORTS[name])


def _free_run(count: int) -> int:
    """The first of `count` neighbouring ports that are all free."""
    while True:
        first = random.randrange(15_000, 30_000)  # noqa: S311 - it keeps no secret
        with ExitStack() as held:
            try:
                for port in range(first, first + count):
                    held.enter_context(socket.socket()).bind((LOOPBACK, port))
            except OSError:
                continue
            return first
