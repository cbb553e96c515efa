"""A table storage of our own, or one of blobs, for a run of tests or a trial."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(__file__).parent.parent / "node_modules" / ".bin"
# The emulator's account, the same on every machine. Source: Azurite, "Default storage account".
ACCOUNT = "devstoreaccount1"
ACCOUNT_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)


class NoAzurite(Exception):
    """It is not installed, or did not start; the message says which."""


@contextmanager
def running(folder: Path | None, tls: tuple[Path, Path] | None = None) -> Iterator[str]:
    """The connection string of an Azurite that ends with this. Raises NoAzurite.

    Without a folder everything stays in its memory. With a certificate and its key it speaks TLS,
    and takes tokens of Microsoft Entra too.
    """
    with _serving("table", folder, tls) as endpoint:
        scheme = endpoint.partition(":")[0]
        yield (
            f"DefaultEndpointsProtocol={scheme};AccountName={ACCOUNT};AccountKey={ACCOUNT_KEY};"
            f"TableEndpoint={endpoint};"
        )


@contextmanager
def blobs(tls: tuple[Path, Path]) -> Iterator[str]:
    """The endpoint of a blob storage that ends with this: over TLS, by tokens of Microsoft Entra,
    all of it in memory. Raises NoAzurite."""
    with _serving("blob", None, tls) as endpoint:
        yield endpoint


@contextmanager
def _serving(service: str, folder: Path | None, tls: tuple[Path, Path] | None) -> Iterator[str]:
    azurite = BIN / f"azurite-{service}"
    if not azurite.exists():
        raise NoAzurite(f"{azurite} is missing; `npm ci` installs what the tests run against")
    port = _free_port()
    arguments = ["--disableTelemetry", "--skipApiVersionCheck", "--silent"]
    place = [f"--{service}Host", "127.0.0.1", f"--{service}Port", str(port)]
    kept = ["--location", str(folder)] if folder else ["--inMemoryPersistence"]
    if tls is not None:
        kept += ["--oauth", "basic", "--cert", str(tls[0]), "--key", str(tls[1])]
    scheme = "http" if tls is None else "https"
    process = subprocess.Popen([str(azurite), *arguments, *place, *kept])
    try:
        _wait_until_open(port, process)
        yield f"{scheme}://127.0.0.1:{port}/{ACCOUNT}"
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
    raise NoAzurite(f"Azurite did not open port {port} (exit code {process.poll()})")
