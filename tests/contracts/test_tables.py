"""What only the real store can show: its tables, its clock, its account and its log."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from azure.data.tables.aio import TableServiceClient

from records.store.azure import TableStore
from records.store.contract import AlreadyThere, Create, Row, Unavailable


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(address: str, **options: object) -> AsyncIterator[TableStore]:
    store = TableStore(address, **{"clock": now, **options})  # type: ignore[arg-type]
    try:
        yield store
    finally:
        await store.close()


async def test_a_table_that_disappears_is_made_again_at_the_next_write(azurite: str) -> None:
    prefix = f"t{uuid4().hex[:12]}"
    async with (
        opened(azurite, prefix=prefix) as store,
        TableServiceClient.from_connection_string(azurite) as service,
    ):
        row = await store.create("gone", Row("p", "k"))
        for write in (
            lambda: store.create("gone", Row("p", "k")),
            lambda: store.put("gone", Row("p", "k")),
            lambda: store.commit("gone", [Create(Row("p", "k")), Create(Row("p", "l"))]),
        ):
            await service.delete_table(f"{prefix}gone")
            assert await store.get("gone", "p", "k") is None
            assert [found async for found in store.query("gone")] == []
            await store.delete("gone", "p", "k")
            await write()
            again = await store.get("gone", "p", "k")
            assert again is not None
            assert again.etag != row.etag


async def test_two_prefixes_share_an_account_and_no_row(azurite: str) -> None:
    first, second = f"a{uuid4().hex[:8]}", f"b{uuid4().hex[:8]}"
    async with opened(azurite, prefix=first) as one, opened(azurite, prefix=second) as two:
        await one.create("shared", Row("p", "k"))
        assert await two.get("shared", "p", "k") is None


@pytest.mark.parametrize("prefix", ["1st", "with-dash", "a" * 21, "é"])
def test_a_prefix_that_no_table_can_have_is_refused(azurite: str, prefix: str) -> None:
    with pytest.raises(ValueError, match="table's name"):
        TableStore(azurite, clock=now, prefix=prefix)


async def test_two_instances_share_the_rows_and_neither_overwrites_the_other(azurite: str) -> None:
    prefix = f"t{uuid4().hex[:12]}"
    async with opened(azurite, prefix=prefix) as one, opened(azurite, prefix=prefix) as two:
        row = await one.create("shared", Row("p", "k", {"n": 1}))
        assert await two.get("shared", "p", "k") == row
        with pytest.raises(AlreadyThere):
            await two.create("shared", Row("p", "k", {"n": 2}))


@pytest.mark.parametrize("seconds", [-90, 0, 45])
async def test_the_check_tells_how_far_the_storages_clock_is_ahead(
    azurite: str, seconds: int
) -> None:
    async with opened(azurite, clock=lambda: now() - timedelta(seconds=seconds)) as store:
        assert abs(await store.check() - seconds) < 2


async def test_a_wrong_key_to_the_account_is_unavailable_and_not_an_empty_store(
    azurite: str,
) -> None:
    async with opened(azurite.replace("AccountKey=E", "AccountKey=F")) as store:
        for attempt in (
            store.get("locked", "p", "k"),
            store.put("locked", Row("p", "k")),
            store.commit("locked", [Create(Row("p", "k")), Create(Row("p", "l"))]),
            store.check(),
        ):
            with pytest.raises(Unavailable, match=r"403 \(AuthorizationFailure\)"):
                await attempt


async def test_every_row_in_the_storage_carries_a_fresh_token_that_no_reader_sees(
    azurite: str,
) -> None:
    prefix = f"t{uuid4().hex[:12]}"
    async with (
        opened(azurite, prefix=prefix) as store,
        TableServiceClient.from_connection_string(azurite) as service,
    ):
        client, tokens = service.get_table_client(f"{prefix}marked"), []
        row = await store.create("marked", Row("p", "k", {"n": 1}))
        for write in (store.update, store.put, store.update):
            raw = await client.get_entity("p", "k")
            tokens.append(raw["token"])
            row = await write("marked", row)
            assert row.values == {"n": 1}
        assert len(set(tokens)) == 3


async def test_neither_answers_nor_keys_reach_the_log(
    azurite: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    prefix = f"t{uuid4().hex[:12]}"
    async with opened(azurite, prefix=prefix) as store:
        row = await store.create("quiet", Row("person-key", "k", {"story": "a secret"}))
        await store.commit("quiet", [Create(Row("person-key", "l", {"story": "a secret"}))])
        with pytest.raises(AlreadyThere):
            await store.create("quiet", row)
        _ = [found async for found in store.query("quiet", partition="person-key")]
        await store.update("quiet", row)
        assert await store.get("quiet", "person-key", "k") is not None
    assert "a secret" not in caplog.text
    assert "person-key" not in caplog.text
