"""What every folder of tests may ask for."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

AZURITE = Path(__file__).parent.parent / "node_modules" / ".bin" / "azurite-table"
# The emulator's account, the same on every machine. Source: Azurite, "Default storage account".
ACCOUNT = "devstoreaccount1"
ACCOUNT_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of a table storage of our own, for the whole run."""
    if not AZURITE.exists():
        pytest.fail(f"{AZURITE} is missing; `npm ci` installs the table storage tests run against")
    port = _free_port()
    arguments = ["--disableTelemetry", "--skipApiVersionCheck", "--silent"]
    place = ["--tableHost", "127.0.0.1", "--tablePort", str(port)]
    folder = ["--location", str(tmp_path_factory.mktemp("azurite"))]
    process = subprocess.Popen([str(AZURITE), *arguments, *place, *folder])
    try:
        _wait_until_open(port, process)
        yield (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={ACCOUNT_KEY};"
            f"TableEndpoint=http://127.0.0.1:{port}/{ACCOUNT};"
        )
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_open(port: int, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Azurite did not open port {port} (exit code {process.poll()})")
