"""Which addresses may call themselves Teams: the bot posts, with its token, nowhere else."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit


def is_loopback(host: str) -> bool:
    """Whether a host can only be this machine. Names other than `localhost` are not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class ServiceUrls:
    """The allow-list: hosts (`*.` stands for any name below), `host:port`, or whole prefixes.

    * https only; http is for this machine alone.
    * A prefix ends at a `/`: `https://one.example/teams` does not open `https://one.example/teams2`.
    * `loopback` opens every port of this machine: the demo.
    """

    entries: tuple[str, ...]
    loopback: bool = False

    def allows(self, url: str) -> bool:
        """Whether the bot may trust this service URL and post to it."""
        parts = _split(url)
        if parts is None:
            return False
        local = is_loopback(parts.hostname or "")
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            return False
        if local and self.loopback:
            return True
        return any(_matches(entry, parts, local) for entry in self.entries)


def malformed(entries: Iterable[str]) -> list[str]:
    """The entries that could never match: a prefix in clear text to another machine, or no host."""
    return [entry for entry in entries if not _sound(entry)]


def _sound(entry: str) -> bool:
    parts = _split(entry if "://" in entry else f"https://{entry.removeprefix('*.')}")
    if parts is None or not parts.hostname:
        return False
    return parts.scheme == "https" or is_loopback(parts.hostname)


def _split(url: str) -> SplitResult | None:
    """None for what two readers could read differently: user names, backslashes, control marks."""
    if not url.isascii() or not url.isprintable() or any(mark in url for mark in " \\@?#%"):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number raises here
    except ValueError:
        return None
    if not parts.hostname or parts.scheme not in ("https", "http") or "/.." in parts.path:
        return None
    return parts


def _matches(entry: str, parts: SplitResult, local: bool) -> bool:
    if "://" in entry:
        return _below(entry, parts)
    if entry.startswith("*."):
        return (parts.hostname or "").endswith(entry[1:].casefold()) and _port(parts) == 443
    wanted = urlsplit(f"//{entry}")
    if wanted.hostname != parts.hostname:
        return False
    if wanted.port is not None:
        return wanted.port == _port(parts)
    return local or _port(parts) == 443


def _below(prefix: str, parts: SplitResult) -> bool:
    wanted = urlsplit(prefix)
    same = (wanted.scheme, wanted.hostname, _port(wanted)) == (
        parts.scheme,
        parts.hostname,
        _port(parts),
    )
    return same and f"{parts.path.rstrip('/')}/".startswith(f"{wanted.path.rstrip('/')}/")


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
