"""The facilitation team, its channel and its members, through the whole bot: real tokens and HTTP,
activities as Microsoft documents them, rows in the real storage."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web

from bot.app import build_app
from bot.settings import Settings
from cards.wording import wording
from records.directory import Directory
from records.people import Reference, person_key
from records.store.azure import TableStore
from records.store.contract import Unavailable
from records.teams import TeamEvent, Teams
from tests.dialogs.conftest import TAPS, texts

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
OTHER_TENANT = "bbbbbbbb-0000-0000-0000-000000000002"
TEAM = "19:8d2f6bd3f1a94d0f9e6c@thread.tacv2"
PICKED = "19:1c0de0b1a5f44e0f8b1d@thread.tacv2"
SET = "19:5e77ab1e00c24d3fb0aa@thread.tacv2"
ELSEWHERE = "19:4f7c1f3a2b6e4d5c8a90@thread.tacv2"


class Rosters:
    """Teams with teams in it: rosters by team id, chats that are opened, messages that are sent."""

    def __init__(self, teams: Any) -> None:
        self.teams = teams
        self.members: dict[str, list[dict[str, Any]]] = {}
        self.opened: list[dict[str, Any]] = []
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.refuses_rosters = 0
        teams.behave = self.behave

    def member(self, who: str, mail: str) -> dict[str, Any]:
        """As `pagedmembers` lists one."""
        return {
            "id": f"29:{who}",
            "name": f"{who.title()} Somebody",
            "objectId": f"object-{who}",
            "aadObjectId": f"object-{who}",
            "email": mail,
            "userPrincipalName": mail,
            "tenantId": TENANT,
            "userRole": "user",
        }

    async def behave(self, request: web.Request) -> web.StreamResponse:
        path = unquote(request.raw_path.split("?")[0]).removeprefix("/uk/v3/conversations")
        if request.method == "POST" and not path:
            self.opened.append(await request.json())
            (one,) = self.opened[-1]["members"]
            return web.json_response({"id": f"a:new-{one['id']}"}, status=201)
        chat = path.split("/")[1]
        if path.endswith("/pagedmembers"):
            if self.refuses_rosters:
                return web.json_response({}, status=self.refuses_rosters)
            found = self.members.get(chat)
            body = {"members": found} if found is not None else {}
            return web.json_response(body, status=404 if found is None else 200)
        if "/members/" in path:
            everybody = {one["id"]: one for each in self.members.values() for one in each}
            one = everybody.get(path.rsplit("/", 1)[1])
            return web.json_response(one or {}, status=200 if one else 404)
        self.posted.append((chat, await request.json()))
        return web.json_response({"id": f"1700000{len(self.posted):06}"}, status=201)

    def to(self, chat: str) -> list[dict[str, Any]]:
        return [message for where, message in self.posted if where == chat]


class Council:
    """The bot, and the Teams of one council in front of it."""

    def __init__(self, url: str, http: aiohttp.ClientSession, issuer: Any, teams: Any) -> None:
        self.url, self.http, self.issuer = url, http, issuer
        self.service, self.rosters, self.number = f"{teams.url}/uk", Rosters(teams), 0
        self.store: TableStore

    async def post(self, activity: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        body = {"id": f"f:{self.number}", "channelId": "msteams", "serviceUrl": self.service}
        body |= {"recipient": {"id": "28:bot", "name": "Learning"}, **activity}
        token = self.issuer.token(serviceurl=self.service)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = json.dumps({name: one for name, one in body.items() if one is not None})
        async with self.http.post(f"{self.url}/api/messages", data=data, headers=headers) as got:
            assert got.status in (200, 201, 202), await got.text()
            text = await got.text()
            found: dict[str, Any] = json.loads(text) if text else {}
            return found

    async def ready(self) -> dict[str, Any]:
        async with self.http.get(f"{self.url}/readyz") as got:
            assert got.status == 200, "whoever taps a card is answered all the same"
            found: dict[str, Any] = await got.json()
            return found

    async def says(self, who: str, text: str, **more: Any) -> None:
        await self.post({"type": "message", "text": text, **self._own(who), **more})

    async def tap(self, who: str, card: dict[str, Any], title: str, **inputs: Any) -> Any:
        pressed = next(one for one in card["actions"] if one["title"] == title)
        data = {**pressed["data"], **inputs}
        action = {"type": "Action.Execute", "verb": pressed["verb"], "data": data}
        named = {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}
        return (await self.post({**named, "replyToId": "m-1", **self._own(who)}))["value"]

    def _own(self, who: str) -> dict[str, Any]:
        """In somebody's own chat."""
        return {
            "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": f"object-{who}"},
            "conversation": {
                "id": f"a:{who}",
                "conversationType": "personal",
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}},
        }

    async def request(self) -> dict[str, Any]:
        """Priya's request, up to its receipt."""
        await self.says("priya", "request")
        sent = self.rosters.to("a:priya")  # What is sent by itself may come between.
        shown = [one["attachments"][0]["content"] for one in sent if one.get("attachments")]
        card = [one for one in shown if "No" in [act["title"] for act in one["actions"]]][-1]
        card = await self.tap("priya", card, "No")
        for name, answers in TAPS.items():
            if name == "you" and "manager_name" not in json.dumps(card):
                continue  # who they are is known from the first time
            card = await self.tap("priya", card, "Next", **answers)
        found: dict[str, Any] = await self.tap("priya", card, "Send")
        return found

    def teams(self, *, channel: str = "") -> Teams:
        return Teams(self.store, team=TEAM, channel=channel)

    async def announces(self) -> str:
        found = await self.teams().channel()
        return found.conversation_id if found else ""


def in_a_team(kind: str, **more: Any) -> dict[str, Any]:
    """An event of a team, as Teams' documentation has it: nobody's object id is in it."""
    data = {"team": {"id": TEAM, "name": "Learning Facilitation", "aadGroupId": "5a0f6c1e-0000"}}
    data |= {"tenant": {"id": TENANT}, **more.pop("channelData", {})}
    return {
        "type": kind,
        "timestamp": "2026-03-02T08:59:35.825Z",
        "from": {"id": "29:1I9Is_Sx0O-Iy2rQ7Xz1lcaPKlO9eqmBRTBuW6XzkFtcjqxTjPaCMij8BVMdBcL9L"},
        "conversation": {"isGroup": True, "conversationType": "channel", "id": TEAM},
        "channelData": data,
        **more,
    }


ADDED = in_a_team(
    "installationUpdate",
    action="add",
    conversation={"isGroup": True, "conversationType": "channel", "id": PICKED},
    channelData={"settings": {"selectedChannel": {"id": PICKED}}},
    entities=[{"locale": "en", "type": "clientInfo"}],
    locale="en",
)
ADDED_TOO = in_a_team(
    "conversationUpdate",
    membersAdded=[{"id": "28:bot"}],
    channelData={"eventType": "teamMemberAdded"},
)
"""The same install once more: it may name the team where the other names the channel."""
EVENTS = {
    "somebody joined": in_a_team(
        "conversationUpdate",
        membersAdded=[{"id": "29:1a2b3c"}],
        channelData={"eventType": "teamMemberAdded"},
    ),
    "somebody left": in_a_team(
        "conversationUpdate",
        membersRemoved=[{"id": "29:1a2b3c"}],
        channelData={"eventType": "teamMemberRemoved"},
    ),
    "the team has another name": in_a_team(
        "conversationUpdate", channelData={"eventType": "teamRenamed"}
    ),
    "a channel more": in_a_team(
        "conversationUpdate",
        channelData={
            "eventType": "channelCreated",
            "channel": {"id": PICKED, "name": "Announcements"},
        },
    ),
    "another version of the app": in_a_team("installationUpdate", action="add-upgrade"),
    "added, for the general channel": in_a_team(
        "installationUpdate",
        action="add",
        channelData={"settings": {"selectedChannel": {"id": TEAM}}},
    ),
    "a mention in a thread of another channel": in_a_team(
        "message",
        text="<at>Learning</at> hello",
        entities=[
            {
                "type": "mention",
                "mentioned": {"id": "28:bot", "name": "Learning"},
                "text": "<at>Learning</at>",
            }
        ],
        conversation={
            "isGroup": True,
            "conversationType": "channel",
            "tenantId": TENANT,
            "id": f"{PICKED};messageid=1481567603816",
        },
        channelData={"channel": {"id": PICKED}},
    ),
}


Found = Callable[..., Awaitable[Council]]


@pytest.fixture
def prefix() -> str:
    return f"t{uuid4().hex[:12]}"


@pytest.fixture
async def store(azurite: str, prefix: str) -> AsyncIterator[TableStore]:
    """To look into what the bot keeps."""
    made = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix)
    yield made
    await made.close()


@pytest.fixture
async def found(
    serve: Callable[[web.Application], Awaitable[str]],
    http: aiohttp.ClientSession,
    issuer: Any,
    teams: Any,
    clock: Any,
    azurite: str,
    prefix: str,
    store: TableStore,
) -> Found:
    """A council's bot, with these settings."""
    authority = web.Application()

    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "o", "expires_in": 3600, "token_type": "Bearer"})

    authority.router.add_post(f"/{TENANT}/oauth2/v2.0/token", token)
    address = await serve(authority)
    clock.at = datetime.now(UTC)  # as the storage has it, whose clock is looked at

    async def make(**settings: Any) -> Council:
        chosen = Settings(
            microsoft_app_id=APP_ID,
            microsoft_app_password="invented",
            microsoft_app_tenant_id=TENANT,
            channel_openid_metadata_url=f"{issuer.url}/openid",
            outbound_token_authority=address,
            allowed_service_urls=(f"{teams.url}/uk",),
            tables_connection_string="given apart",
            **({"facilitation_team_id": TEAM} | settings),
        )
        own = TableStore(azurite, clock=clock.now, prefix=prefix)
        app = build_app(chosen, partnership=wording.partnership, clock=clock, store=own)
        made = Council(await serve(app), http, issuer, teams)
        made.store = store
        return made

    return make


# Where the team is, and where is announced --------------------------------------------------------


@pytest.mark.parametrize("event", EVENTS, ids=str)
async def test_any_event_or_mention_says_where_the_team_is_without_a_person(
    found: Found, event: str
) -> None:
    council = await found()
    await council.post(EVENTS[event])
    team = await council.teams().team()
    assert team is not None
    assert (team.conversation_id, team.service_url) == (TEAM, council.service)
    assert (team.tenant, team.bot_id, team.bot_name) == (TENANT, "28:bot", "Learning")
    assert await council.announces() == TEAM
    assert council.rosters.posted == [], "nobody is there to be answered"


@pytest.mark.parametrize("events", [(ADDED, ADDED_TOO), (ADDED_TOO, ADDED)], ids=["1-2", "2-1"])
async def test_the_channel_that_is_picked_at_the_install_is_announced_in(
    found: Found, events: tuple[dict[str, Any], ...]
) -> None:
    council = await found()
    for one in events:
        await council.post(one)
    assert await council.announces() == PICKED
    for one in EVENTS.values():
        if one.get("action") != "add":
            await council.post(one)
    assert await council.announces() == PICKED


async def test_a_picked_channel_stands_in_the_conversation_where_it_is_named_nowhere_else(
    found: Found,
) -> None:
    council = await found()
    await council.post({**ADDED, "channelData": in_a_team("x")["channelData"]})
    assert await council.announces() == PICKED


async def test_neither_another_team_nor_another_tenants_is_the_facilitation_team(
    found: Found,
) -> None:
    council = await found()
    other = {"team": {"id": ELSEWHERE}, "tenant": {"id": TENANT}}
    await council.post({**ADDED, "channelData": other})
    foreign = {"team": {"id": TEAM}, "tenant": {"id": OTHER_TENANT}}
    await council.post({**EVENTS["somebody joined"], "channelData": foreign})
    both = {"id": TEAM, "conversationType": "channel", "tenantId": OTHER_TENANT}
    await council.post({**EVENTS["somebody joined"], "conversation": both})
    assert await council.teams().team() is None
    assert [one.conversation_id for one in await council.teams().everywhere()] == [ELSEWHERE]


async def test_a_conversation_with_the_teams_id_is_not_the_team(found: Found) -> None:
    """It is `channelData.team.id`, and nothing else, that says in which team something happened."""
    council = await found()
    bare = {**EVENTS["somebody joined"], "channelData": {"tenant": {"id": TENANT}}}
    await council.post(bare)
    await council.says("priya", "hello", conversation={**bare["conversation"], "tenantId": TENANT})
    assert await council.teams().team() is None


async def test_a_mention_by_a_person_is_answered_with_nothing_of_a_situation(
    found: Found, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where the team could not be noted."""
    council = await found()
    mention = EVENTS["a mention in a thread of another channel"]
    person = {"id": "29:priya", "aadObjectId": "object-priya", "name": "Priya"}

    async def away(*_: Any) -> None:
        raise Unavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(Teams, "_note", away)
        await council.post({**mention, "from": person})
    assert [one.action for one in caplog.records if hasattr(one, "action")].count(
        "team_not_noted"
    ) == 1
    await council.post({**mention, "from": person})
    assert await council.teams().team() is not None
    looked = [unquote(call.path) for call in council.rosters.teams.calls if call.method == "GET"]
    assert looked
    assert {path.split("/members/")[0].rsplit("/", 1)[1] for path in looked} == {TEAM}
    said = [message["summary"] for _, message in council.rosters.posted]
    assert said == [wording.NOT_HERE] * 2
    assert all("channelData" not in message for _, message in council.rosters.posted)


async def test_the_app_that_leaves_a_team_leaves_nobodys_own_chat(found: Found) -> None:
    council = await found()
    council.rosters.members[TEAM] = [council.rosters.member("fay", "fay@facilitation.example")]
    await council.says("fay", "hello")
    for gone in (
        in_a_team("installationUpdate", action="remove"),
        in_a_team("conversationUpdate", membersRemoved=[{"id": "28:bot"}]),
    ):
        by = {"id": "29:fay", "aadObjectId": "object-fay", "name": "Fay"}
        await council.post({**gone, "from": by})
    person = await Directory(council.store).find(person_key(TENANT, "object-fay"))
    assert person is not None
    assert person.reachable
    assert await council.teams().everywhere() == ()


# From a request to the announcement ---------------------------------------------------------------


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.02)


async def test_a_manager_and_a_facilitator_without_the_app_and_the_channel_hear_of_a_request(
    found: Found,
) -> None:
    council = await found()
    rosters = council.rosters
    rosters.members[TEAM] = [rosters.member("fay", "fay@facilitation.example")]
    rosters.members[ELSEWHERE] = [rosters.member("martin", TAPS["you"]["manager_mail"])]
    await council.post(ADDED)
    social_care = {"team": {"id": ELSEWHERE}, "tenant": {"id": TENANT}}
    await council.post({**ADDED, "channelData": social_care})
    receipt = texts(await council.request())
    assert wording.SENT_SEEN in receipt
    await until(lambda: bool(rosters.to("a:new-29:martin")))
    assert rosters.opened == [
        {
            "bot": {"id": "28:bot"},
            "isGroup": False,
            "tenantId": TENANT,
            "channelData": {"tenant": {"id": TENANT}},
            "members": [{"id": "29:martin"}],
        }
    ]
    (asked,) = rosters.to("a:new-29:martin")
    assert "channelData" not in asked
    assert asked["summary"]
    card = asked["attachments"][0]["content"]
    card = await council.tap("martin", card, wording.DOOR_REQUEST)
    await council.tap("martin", card, "Agree")
    await until(lambda: bool(rosters.to(PICKED) and rosters.to("a:new-29:fay")))
    (announced,) = rosters.to(PICKED)
    assert announced["channelData"] == {"notification": {"alert": True}}
    assert "recipient" not in announced
    assert TAPS["worry"]["worry"] not in json.dumps(announced)
    assert rosters.to(TEAM) == []
    await council.says("fay", "waiting")
    shown = texts(rosters.to("a:fay")[-1]["attachments"][0]["content"])
    assert wording.ILL_FACILITATE in shown, "who is on the roster may pick it up"


async def test_the_channel_of_the_setting_gets_the_announcement(found: Found) -> None:
    council = await found(facilitation_channel_id=SET.replace(":", "%3a").replace("@", "%40"))
    rosters = council.rosters
    rosters.members[TEAM] = [rosters.member("martin", TAPS["you"]["manager_mail"])]
    await council.post(ADDED)
    await council.request()
    await until(lambda: bool(rosters.to("a:new-29:martin")))
    card = rosters.to("a:new-29:martin")[0]["attachments"][0]["content"]
    card = await council.tap("martin", card, wording.DOOR_REQUEST)
    await council.tap("martin", card, "Agree")
    await until(lambda: bool(rosters.to(SET)))
    assert rosters.to(PICKED) == rosters.to(TEAM) == []


# Nobody there -------------------------------------------------------------------------------------


def lacking(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        str(getattr(one, "reason", ""))
        for one in caplog.records
        if getattr(one, "action", "") == "facilitation_lacking" and one.levelno == logging.ERROR
    ]


async def test_a_team_that_was_never_seen_is_said_and_promises_nobody(
    found: Found, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    council = await found()
    said = ["the app was not seen in the team of FACILITATION_TEAM_ID yet"]
    for _ in range(3):
        clock.pass_seconds(5)
        assert (await council.ready())["facilitation_team"] == said
    assert lacking(caplog) == said, "once"
    receipt = texts(await council.request())
    assert wording.SENT_NOBODY in receipt
    assert not re.search("facilitator", receipt, re.IGNORECASE)
    assert wording.SENT_NEXT in receipt
    council.rosters.members[TEAM] = [council.rosters.member("fay", "fay@facilitation.example")]
    await council.post(ADDED)
    clock.pass_seconds(5)
    assert (await council.ready())["facilitation_team"] == []
    assert wording.SENT_SEEN in texts(await council.request())


@pytest.mark.parametrize("status", [0, 403, 502])
async def test_a_team_with_nobody_in_it_or_whose_roster_is_refused_is_said(
    found: Found, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    council = await found()
    council.rosters.members[TEAM] = []
    council.rosters.refuses_rosters = status
    await council.post(ADDED)
    said = ["nobody is known to be in the facilitation team"]
    assert (await council.ready())["facilitation_team"] == said
    assert lacking(caplog) == said
    assert wording.SENT_NOBODY_SEEN in texts(await council.request())


async def test_where_neither_team_nor_list_is_set_it_is_said(found: Found) -> None:
    council = await found(facilitation_team_id="")
    said = ["neither FACILITATION_TEAM_ID nor FACILITATORS is set"]
    assert (await council.ready())["facilitation_team"] == said
    assert wording.SENT_NOBODY in texts(await council.request())


async def test_with_a_list_the_team_need_not_be_set(found: Found) -> None:
    council = await found(facilitation_team_id="", facilitators=("fay@facilitation.example",))
    assert (await council.ready())["facilitation_team"] == []
    assert wording.SENT_SEEN in texts(await council.request())


async def test_with_a_list_and_a_team_that_was_never_seen_the_announcing_is_lacking(
    found: Found, clock: Any
) -> None:
    council = await found(facilitators=("fay@facilitation.example",))
    assert len((await council.ready())["facilitation_team"]) == 1
    await council.teams().seen(
        TeamEvent(Reference(service_url=council.service, conversation_id=TEAM, tenant=TENANT))
    )
    clock.pass_seconds(5)
    assert (await council.ready())["facilitation_team"] == []


async def test_a_storage_that_does_not_answer_is_told_in_words_and_no_error(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = await found()

    async def away(*_: Any) -> None:
        raise Unavailable("AccountKey=secret")

    monkeypatch.setattr(Teams, "team", away)
    assert (await council.ready())["facilitation_team"] == ["does not answer"]
