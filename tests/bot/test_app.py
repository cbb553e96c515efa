"""The whole bot, production path: real tokens in, real token out, real HTTP, the product behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import build_app
from bot.settings import Settings
from cards.wording import wording
from records.board.board import BOARD
from records.people import Person, Reference, key_as_written, person_key
from records.stages import Act
from records.store.codec import from_values, to_values
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.dialogs.conftest import TAPS
from tests.scheduler.conftest import World

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
WORRY = "That nobody listens to each other any more."


class HangingStore(MemoryStore):
    """A storage that can stop answering in the middle of things."""

    def __init__(self) -> None:
        super().__init__()
        self.hangs, self.wait = False, 0.0
        self.slow: asyncio.Event | None = None

    async def put(self, table: str, row: Row) -> Row:
        if self.slow is not None and table == BOARD:
            await self.slow.wait()
        return await super().put(table, row)

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        await self._answer()
        return await super().get(table, partition, key)

    async def query(self, table: str, **bounds: Any) -> AsyncIterator[Row]:
        if table == "conversations":
            await asyncio.sleep(self.wait)
        async for row in super().query(table, **bounds):
            yield row

    async def update(self, table: str, row: Row) -> Row:
        await self._answer()
        return await super().update(table, row)

    async def _answer(self) -> None:
        if self.hangs:
            await asyncio.sleep(3600)


class Product:
    """The bot over HTTP, with one practitioner's Teams in front of it."""

    def __init__(self, url: str, http: aiohttp.ClientSession, issuer: Any, teams: Any) -> None:
        self.url, self.http, self.issuer, self.teams = url, http, issuer, teams
        self.number = 0

    async def post(self, **changes: Any) -> dict[str, Any]:
        self.number += 1
        body = {
            "type": "message",
            "id": f"activity-{self.number}",
            "channelId": "msteams",
            "serviceUrl": f"{self.teams.url}/uk",
            "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            **changes,
        }
        token = self.issuer.token(serviceurl=f"{self.teams.url}/uk")
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(f"{self.url}/api/messages", json=body, headers=headers) as got:
            assert got.status in (200, 201, 202), await got.text()
            text = await got.text()
            return await got.json() if text else {}

    async def tap(self, card: dict[str, Any], title: str, **inputs: Any) -> dict[str, Any]:
        """Tap a button; the card that comes back in the same response."""
        pressed = next(one for one in card["actions"] if one["title"] == title)
        action = {
            "type": "Action.Execute",
            "verb": pressed["verb"],
            "data": {**pressed["data"], **inputs},
        }
        got = await self.post(
            type="invoke", name="adaptiveCard/action", value={"action": action}, replyToId="m-1"
        )
        assert got["type"] == "application/vnd.microsoft.card.adaptive"
        found: dict[str, Any] = got["value"]
        return found

    def last(self) -> dict[str, Any]:
        """The newest card that was sent as a message."""
        sent = [call.body for call in self.teams.calls if call.method == "POST"]
        found: dict[str, Any] = sent[-1]["attachments"][0]["content"]
        return found


@pytest.fixture
async def store() -> HangingStore:
    return HangingStore()


MakeProduct = Callable[[], Awaitable[Product]]


@pytest.fixture
async def make_product(
    stack: AsyncExitStack,
    serve: Callable[[web.Application], Awaitable[str]],
    http: aiohttp.ClientSession,
    issuer: Any,
    teams: Any,
    clock: Any,
    store: HangingStore,
) -> MakeProduct:
    """Instances of the bot, all over one store."""
    authority = web.Application()

    async def token(_: web.Request) -> web.Response:
        return web.json_response(
            {"access_token": "outbound", "expires_in": 3600, "token_type": "Bearer"}
        )

    authority.router.add_post(f"/{TENANT}/oauth2/v2.0/token", token)
    teams.members["29%3Apriya"] = teams.members["29:priya"] = {
        "id": "29:priya",
        "name": "Priya Shah",
        "email": "priya@socialcare.example",
        "aadObjectId": "object-priya",
    }
    settings = Settings(
        microsoft_app_id=APP_ID,
        microsoft_app_password="invented",
        microsoft_app_tenant_id=TENANT,
        channel_openid_metadata_url=f"{issuer.url}/openid",
        outbound_token_authority=await serve(authority),
        allowed_service_urls=(f"{teams.url}/uk",),
        tables_connection_string="given apart",
        facilitators=("fay@facilitation.example",),
        turn_seconds=0.5,
    )

    async def make() -> Product:
        app = build_app(settings, partnership=wording.partnership, clock=clock, store=store)
        return Product(await serve(app), http, issuer, teams)

    return make


@pytest.fixture
async def product(make_product: MakeProduct) -> Product:
    return await make_product()


async def test_typed_text_gets_one_message_and_a_tap_its_card_in_the_same_response(
    product: Product,
) -> None:
    await product.post(text="request")
    sent = [call for call in product.teams.calls if call.method == "POST"]
    assert len(sent) == 1
    assert sent[0].headers["Authorization"] == "Bearer outbound"
    card = await product.tap(product.last(), "No")
    assert card["body"][0]["text"] == f"{wording.REQUEST_TITLE} · 2 of 8"


async def test_a_tap_delivered_again_under_another_activity_id_to_another_instance_counts_once(
    product: Product, make_product: MakeProduct, store: HangingStore
) -> None:
    await product.post(text="request")
    card = await product.tap(product.last(), "No")
    other = await make_product()
    other.number = 100
    answers = {"about": "child", "reasons": "stuck"}
    first, second = await asyncio.gather(
        product.tap(card, "Next", **answers), other.tap(card, "Next", **answers)
    )
    again = await other.tap(card, "Next", **answers)
    kickers = {shown["body"][0]["text"] for shown in (first, second, again)}
    assert kickers == {"Request · 3 of 8"}
    drafts = [row async for row in store.query("drafts")]
    assert len(drafts) == 1


async def test_a_turn_answers_in_time_with_the_text_in_it_when_storage_hangs(
    product: Product, store: HangingStore
) -> None:
    await product.post(text="request")
    card = await product.tap(product.last(), "No")
    card = await product.tap(card, "Next", about="adult", reasons="stuck")
    card = await product.tap(
        card,
        "Next",
        contact="01473 000000",
        team="Team East",
        agency="Social Care",
        manager_name="Martin Cole",
        manager_mail="martin@socialcare.example",
    )
    card = await product.tap(card, "Next", nurse="none")
    store.hangs = True
    async with asyncio.timeout(7):
        held = await product.tap(card, "Next", worry=WORRY)
    assert "Not saved yet, press “Next” again" in str(held)
    assert WORRY in str(held)
    store.hangs = False
    after = await product.tap(held, "Next", worry=WORRY)
    assert after["body"][0]["text"] == "Request · 6 of 8"


async def test_a_request_is_answered_before_its_lists_and_a_stop_still_writes_them(
    product: Product, store: HangingStore, stack: AsyncExitStack
) -> None:
    await product.post(text="request")
    card = await product.tap(product.last(), "No")
    for answers in TAPS.values():
        card = await product.tap(card, "Next", **answers)
    store.slow = asyncio.Event()
    await product.tap(card, "Send")
    assert await stored(store, "byperson") == 1
    assert await stored(store, "board") == 0
    assert await stored(store, "due", "lists1") == 1
    stopping = asyncio.create_task(stack.aclose())
    await asyncio.sleep(0.05)
    store.slow.set()
    await stopping
    assert await stored(store, "board") > 0
    assert await stored(store, "due", "lists1") == 0


async def refused(product: Product) -> None:
    """Somebody asks for a conversation that there is not."""
    action = {"type": "Action.Execute", "verb": "manager.see", "data": {"conversation": "f" * 32}}
    value = {"action": action}
    await product.post(type="invoke", name="adaptiveCard/action", value=value, replyToId="m-1")


async def noted(store: HangingStore) -> list[tuple[str, Any]]:
    """The lines of who opened what, and whose they are."""
    rows = [row async for row in store.query("access", partition_to=":")]
    return [(str(row.values["by"]), row.values["what"]) for row in rows if row.key != "head"]


async def test_who_opened_what_is_written_within_a_second_after_the_reply(
    product: Product, store: HangingStore
) -> None:
    await refused(product)
    assert await noted(store) == []
    async with asyncio.timeout(1):
        while not await noted(store):
            await asyncio.sleep(0.01)
    row = await store.get("people", person_key(TENANT, "object-priya"), "person")
    assert row is not None
    assert await noted(store) == [(from_values(Person, row.values).mark, "refused")]


async def test_who_opened_what_is_written_by_a_copy_that_is_asked_to_stop(
    product: Product, store: HangingStore, stack: AsyncExitStack
) -> None:
    await refused(product)
    assert await noted(store) == []
    await stack.aclose()
    assert [what for _, what in await noted(store)] == ["refused"]


async def test_who_opened_something_in_the_last_turn_of_a_copy_stands_there_as_well(
    product: Product, store: HangingStore, stack: AsyncExitStack
) -> None:
    await product.post(text="hello")
    store.wait = 0.2
    last = asyncio.create_task(refused(product))
    await asyncio.sleep(0.1)
    await stack.aclose()
    await last
    assert [what for _, what in await noted(store)] == ["refused"]


async def stored(store: HangingStore, table: str, prompt: str = "") -> int:
    """How many rows a table has; of the pointers, those to this."""
    rows = [row async for row in store.query(table)]
    return len([row for row in rows if row.values.get("prompt", "") == prompt or not prompt])


async def test_the_leader_brings_forward_what_an_older_version_kept_at_its_first_start(
    make_product: MakeProduct, store: HangingStore
) -> None:
    mails = ("olwen@school.example",)
    old = Person(
        key=key_as_written(TENANT, "Olwen"), tenant=TENANT, object_id="Olwen", name="O", mails=mails
    )
    await store.put("people", Row(old.key, "person", to_values(old)))
    await make_product()
    async with asyncio.timeout(5):
        while not (row := await store.get("leader", "migration", "1")) or "done" not in row.values:
            await asyncio.sleep(0.01)
    present = await store.get("people", person_key(TENANT, "Olwen"), "person")
    assert present is not None
    assert present.values["former_json"] == f'["{old.key}"]'


async def test_readyz_counts_lookups_that_gave_no_address(product: Product) -> None:
    """A count beside the rest: it makes nobody less ready."""
    async with product.http.get(f"{product.url}/readyz") as ready:
        assert await ready.json() == {
            "ready": True,
            "reasons": [],
            "teams_refuses": [],
            "facilitation_team": [],
            "lookups_without_address": 0,
        }
    for name in ("29%3Apriya", "29:priya"):
        product.teams.members[name] = {"id": "29:priya", "name": "Priya Shah"}
    await product.post(text="hello")
    async with product.http.get(f"{product.url}/readyz") as ready:
        assert (await ready.json())["lookups_without_address"] >= 1


async def test_readyz_says_as_long_as_teams_takes_nothing_of_us_and_stays_open(
    make_product: MakeProduct, store: HangingStore, teams: Any, clock: Any
) -> None:
    world = World(store)
    world.moment = clock.at
    for one in "rf":
        place = Reference(service_url=f"{teams.url}/uk", conversation_id=one, tenant="t")
        await world.directory.seen("t", one, one, world.moment, reference=place)
    await world.request()
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, (world.facilitator,)))
    teams.answer(401, {"error": {"code": "BotNotRegistered"}})
    product = await make_product()
    said: dict[str, Any] = {}
    async with asyncio.timeout(5):
        while not said.get("teams_refuses"):
            async with product.http.get(f"{product.url}/readyz") as ready:
                assert ready.status == 200
                said = await ready.json()
    assert (said["ready"], said["teams_refuses"]) == (True, ["Teams does not know the bot"])


async def test_readyz_names_what_does_not_answer(product: Product) -> None:
    async with product.http.get(f"{product.url}/healthz") as alive:
        assert alive.status == 200
    async with product.http.get(f"{product.url}/readyz") as ready:
        assert ready.status == 200, await ready.text()


async def test_a_typed_message_delivered_again_under_its_id_to_another_instance_counts_once(
    product: Product, make_product: MakeProduct, store: HangingStore
) -> None:
    await product.post(text="request")
    await product.post(text="no", id="typed-1")
    card = product.last()
    assert "1 of 8" in card["body"][0]["text"]
    other = await make_product()
    for one in (product, other):
        await one.post(text="no", id="typed-1")
        assert one.last()["body"][:2] == card["body"][:2]
    (draft,) = [row async for row in store.query("drafts")]
    assert draft.values["step"] == "risk"
