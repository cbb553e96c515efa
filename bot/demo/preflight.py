"""What has to be there before anything starts, each with the sentence that says what to do."""

import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Final

from bot.demo.options import LOOPBACK, Options

NODE_AT_LEAST: Final = 20
PLAYGROUND: Final = Path("node_modules/@microsoft/m365agentsplayground/cli.js")
AZURITE: Final = Path("node_modules/azurite/dist/src/table/main.js")


class CannotStart(Exception):
    """Something is missing, taken or broken. The text says what, and what to do about it."""


def check(options: Options) -> str:
    """The path of a usable Node; raises CannotStart with the first thing that is wrong."""
    node = _node()
    for script in (PLAYGROUND, AZURITE):
        if not (options.root / script).is_file():
            raise CannotStart(f"{script} is missing. Run: npm ci")
    for port, (user, setting) in options.ports.items():
        if not _free(port):
            raise CannotStart(
                f"Port {port} is taken, and {user} needs it. End what listens there, "
                f"or choose another with {setting}."
            )
    return node


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise CannotStart(f"Node is not installed. Install Node {NODE_AT_LEAST} or newer.")
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20)
    found = re.match(r"v(\d+)", answer.stdout)
    if found is None or int(found[1]) < NODE_AT_LEAST:
        raise CannotStart(
            f"Node {NODE_AT_LEAST} or newer is needed; {node} is {answer.stdout.strip() or '?'}."
        )
    return node


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # Without it a port whose last user has just ended counts as taken for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
