"""What the tests of an upgrade begin with: the export brought back and mended, once for all."""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.upgrade.town import AT, HERE, Copied, MemoryStore, Migration, Town, bring_back, town_at

Index = dict[str, Any]


@pytest.fixture(scope="session")
def index() -> Index:
    """Which conversation is in which state, who is who, and what was open."""
    found: Index = json.loads((HERE / "index.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def chats() -> dict[str, Any]:
    """What stood in everybody's chat, oldest first."""
    found: dict[str, Any] = json.loads(gzip.decompress((HERE / "chats.json.gz").read_bytes()))
    return found


@pytest.fixture(scope="session")
def exported() -> MemoryStore:
    """What the export holds, as it was."""

    async def brought() -> MemoryStore:
        store = MemoryStore()
        await bring_back(store, HERE / "export-0.1.0.jsonl.gz")
        return store

    return asyncio.run(brought())


@pytest.fixture(scope="session")
def mended(exported: MemoryStore) -> MemoryStore:
    """The same after the nightly repair of this version."""

    async def mend() -> MemoryStore:
        store = Copied(exported)
        await Town(store, AT).sweep.mend()
        return store

    return asyncio.run(mend())


@pytest.fixture(scope="session")
def migrated(mended: MemoryStore) -> MemoryStore:
    """The same after its leader has bound whoever is certain, at its first start."""

    async def migrate() -> MemoryStore:
        store = Copied(mended)
        town = Town(store, AT)
        await Migration(town.register, town.directory, town.clocks).run()
        return store

    return asyncio.run(migrate())


@pytest.fixture
def town(migrated: MemoryStore, chats: dict[str, Any]) -> Town:
    """Everybody, after the upgrade, a moment after the export."""
    return town_at(Copied(migrated), AT, chats)


@pytest.fixture
def town_of(migrated: MemoryStore, chats: dict[str, Any]) -> Callable[[str], Town]:
    """The same, where only what one conversation owes goes out: weeks pass quickly."""
    return lambda key: town_at(Copied(migrated, only=key), AT, chats)
