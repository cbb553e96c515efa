"""Whose a request is: the account's key, a token over TLS, a signature in the address."""

import asyncio
import base64
import os
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import web
from azure.core.credentials import AccessToken, AzureNamedKeyCredential
from azure.core.exceptions import ClientAuthenticationError
from azure.data.tables import (
    AccountSasPermissions,
    ResourceTypes,
    generate_account_sas,
)

from records.store.azure import TableStore
from records.store.azure.signing import SCOPE, Bearer, SharedKey
from records.store.contract import Row
from tests.azurite import ACCOUNT, ACCOUNT_KEY, blobs, running
from tests.tls import certificate_in, container, entra_token

# The account's key ------------------------------------------------------------------------------


async def test_a_request_is_signed_as_microsoft_describes_it() -> None:
    """Verb, content type, date and path, a line each. Source: "Authorize with Shared Key"."""
    key = base64.b64encode(b"a key").decode()
    path, date = "/people(PartitionKey='p',RowKey='k')", "Mon, 02 Mar 2026 09:00:00 GMT"
    proof = await SharedKey("account", key).sign("GET", path, "", date)
    assert proof == "SharedKey account:XJptSD5IIvwjT9+f+NJ83TyLRnysbOdZu7gnUhszvjA="


# A shared access signature ----------------------------------------------------------------------


async def test_a_signature_in_the_address_serves_as_well(azurite: str) -> None:
    """As a connection string may hold one in place of the key."""
    endpoint = azurite.partition("TableEndpoint=")[2].rstrip(";")
    sas = generate_account_sas(
        AzureNamedKeyCredential(ACCOUNT, ACCOUNT_KEY),
        resource_types=ResourceTypes(service=True, container=True, object=True),  # type: ignore[no-untyped-call]
        permission=AccountSasPermissions(  # type: ignore[no-untyped-call]
            read=True, write=True, delete=True, list=True, add=True, create=True, update=True
        ),
        expiry=datetime.now(UTC) + timedelta(hours=1),
        protocol="https,http",
    )
    address = f"TableEndpoint={endpoint};SharedAccessSignature={sas}"
    prefix = f"t{uuid4().hex[:12]}"
    own = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix)
    await own.create("signed", Row("p", "first"))
    store = TableStore(address, clock=lambda: datetime.now(UTC), prefix=prefix)
    row = await store.create("signed", Row("p", "k", {"n": 1}))
    assert await store.get("signed", "p", "k") == row
    assert [one.key async for one in store.query("signed", partition="p")] == ["first", "k"]
    await store.close()
    await own.close()


# A token ----------------------------------------------------------------------------------------


class Tokens:
    """A credential of Microsoft Entra that can fail."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.asked, self.fails, self.hangs = 0, False, False

    def now(self) -> datetime:
        return self.at

    async def get_token(self, *scopes: str, **_: object) -> AccessToken:
        assert scopes == (SCOPE,)
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.fails:
            raise ClientAuthenticationError("no")
        return AccessToken(f"token-{self.asked}", int(self.at.timestamp()) + 3600)

    async def close(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...


async def signed(bearer: Bearer) -> str:
    return await bearer.sign("GET", "/people()", "", "")


async def test_a_token_serves_until_shortly_before_its_end() -> None:
    tokens = Tokens()
    bearer = Bearer(tokens, tokens.now)  # type: ignore[arg-type]  # all of it that is used
    many = await asyncio.gather(*(signed(bearer) for _ in range(20)))
    assert set(many) == {"Bearer token-1"}
    tokens.at += timedelta(minutes=54)
    assert await signed(bearer) == "Bearer token-1"
    tokens.at += timedelta(minutes=2)
    assert await signed(bearer) == "Bearer token-2"


async def test_where_no_new_token_can_be_had_the_old_one_serves_to_its_end() -> None:
    tokens = Tokens()
    bearer = Bearer(tokens, tokens.now)  # type: ignore[arg-type]  # all of it that is used
    assert await signed(bearer) == "Bearer token-1"
    tokens.fails = True
    tokens.at += timedelta(minutes=57)
    assert await signed(bearer) == "Bearer token-1"
    tokens.at += timedelta(minutes=4)
    with pytest.raises(ClientAuthenticationError):
        await signed(bearer)


async def test_where_no_new_token_comes_the_old_one_serves_and_nobody_waits_for_long() -> None:
    """The identity's endpoint hangs: each request would end at its own time-out meanwhile."""
    tokens = Tokens()
    bearer = Bearer(tokens, tokens.now)  # type: ignore[arg-type]  # all of it that is used
    await signed(bearer)
    tokens.hangs = True
    tokens.at += timedelta(minutes=57)
    async with asyncio.timeout(1.0):
        many = await asyncio.gather(*(signed(bearer) for _ in range(20)))
    async with asyncio.timeout(0.25):
        many.append(await signed(bearer))
    assert (set(many), tokens.asked) == ({"Bearer token-1"}, 2)
    tokens.hangs = False
    tokens.at += timedelta(seconds=30)
    assert await signed(bearer) == "Bearer token-3"


async def test_a_token_that_the_storage_refuses_is_asked_for_anew() -> None:
    tokens = Tokens()
    bearer = Bearer(tokens, tokens.now)  # type: ignore[arg-type]  # all of it that is used
    await signed(bearer)
    bearer.refused()
    assert await signed(bearer) == "Bearer token-2"


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine's own for 127.0.0.1, and its key."""
    return certificate_in(tmp_path)


@pytest.fixture
def over_tls(certificate: tuple[Path, Path]) -> Iterator[str]:
    """The table endpoint of an Azurite that takes tokens."""
    with running(None, certificate) as connection:
        yield connection.partition("TableEndpoint=")[2].rstrip(";")


@pytest.fixture
async def identity() -> AsyncIterator[tuple[str, list[str]]]:
    """The endpoint where an App Service's managed identity gets its tokens, and what was asked."""
    asked = list[str]()

    async def give(request: web.Request) -> web.Response:
        asked.append(request.query["resource"])
        assert request.headers["X-IDENTITY-HEADER"] == "this machine"
        ends = int(datetime.now(UTC).timestamp()) + 3600
        return web.json_response(
            {"access_token": entra_token(), "expires_on": str(ends), "resource": asked[-1]}
        )

    app = web.Application()
    app.router.add_get("/token", give)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/token", asked
    await runner.cleanup()


async def in_a_process(
    what: str, address: str, certificate: tuple[Path, Path], identity: str
) -> list[str]:
    """What a process of its own says, that trusts this certificate and has this identity."""
    own = {
        "SSL_CERT_FILE": str(certificate[0]),
        "IDENTITY_ENDPOINT": identity,
        "IDENTITY_HEADER": "this machine",
        "AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.contracts.over_tls",
        what,
        address,
        env={**os.environ, **own},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode().splitlines()


async def test_a_managed_identity_reads_and_writes_over_tls(
    over_tls: str, certificate: tuple[Path, Path], identity: tuple[str, list[str]]
) -> None:
    address, asked = identity
    said = await in_a_process("tables", over_tls, certificate, address)
    assert said == ["an old etag is refused", "None", "['a']", "True"]
    assert set(asked) == {"https://storage.azure.com"}


async def test_a_managed_identity_begins_the_ledger_of_erasures(
    certificate: tuple[Path, Path], identity: tuple[str, list[str]]
) -> None:
    address, asked = identity
    with blobs(certificate) as endpoint:
        await container(f"{endpoint}/erasures", certificate[0])
        where = f"{endpoint}/erasures/ledger"
        assert await in_a_process("ledger", where, certificate, address) == ["None", "True"]
    assert set(asked) == {"https://storage.azure.com"}
