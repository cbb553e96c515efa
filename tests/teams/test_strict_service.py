"""What the strict Teams takes, refuses and knows, against Microsoft's documentation."""

import time
from typing import Any

import aiohttp
import pytest

from tests.teams import answers
from tests.teams.answers import Answer, Shape, Way
from tests.teams.people import Person
from tests.teams.puppet import Puppet, card, message, text


def code(found: dict[str, Any]) -> str:
    return str(found["error"]["code"])


# What Teams answers -------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [one for one in answers.TABLE if one.way is Way.HTTP])
async def test_each_row_of_the_table_in_the_three_shapes(bot: Puppet, answer: Answer) -> None:
    path = bot.chat("ann")
    for shape in Shape:
        order = bot.teams.answer(answer.shaped(shape))
        status, found, headers = await bot.ask("POST", path, message(card("Hello")))
        assert status == answer.status
        assert ("Retry-After" in headers) == (status == 429)
        match shape:
            case Shape.ERROR:
                assert code(found) == answer.code
            case Shape.SUB_CODE:
                assert found["errorCode"] == 209
                assert f'"subCode": "{answer.sub_code or answer.code}"' in found["message"]
            case Shape.EMPTY:
                assert found == {}
        bot.teams.lift(order)
    assert bot.teams.person("ann").messages == []
    await bot.sends("ann")


async def test_an_order_holds_for_a_person_a_path_and_a_count(
    bot: Puppet, ann: Person, bo: Person
) -> None:
    bo.is_given_the_app()
    bot.teams.answer(answers.INTERNAL, person=ann, method="POST", times=2)
    path, body = bot.chat("ann"), message(card("Hello"))
    statuses = [(await bot.ask("POST", path, body))[0] for _ in range(3)]
    assert statuses == [500, 500, 201]
    order = bot.teams.answer(answers.PRECONDITION, path="/activities/")
    await bot.sends("bo")
    assert await bot.updates("bo", bo.messages[0].id, card("Two")) == 412
    bot.teams.lift(order)
    assert await bot.updates("bo", bo.messages[0].id, card("Two")) == 200


async def test_an_answer_after_it_was_taken_and_one_that_never_comes(
    bot: Puppet, ann: Person
) -> None:
    body = message(card("Hello"))
    bot.teams.answer(answers.BAD_GATEWAY.after_taking(), times=1)
    assert (await bot.ask("POST", bot.chat("ann"), body))[0] == 502
    assert len(ann.messages) == 1
    bot.teams.answer(answers.RESET, times=1)
    with pytest.raises(aiohttp.ClientError):
        await bot.ask("POST", bot.chat("ann"), body)
    bot.teams.server.silence = 0.1
    bot.teams.answer(answers.SILENCE.after_taking(), times=1)
    began = time.monotonic()
    with pytest.raises(aiohttp.ClientError):
        await bot.ask("POST", bot.chat("ann"), body)
    assert time.monotonic() - began >= 0.1
    assert len(ann.messages) == 2


async def test_an_unknown_conversation_and_an_unknown_activity(bot: Puppet, ann: Person) -> None:
    body = message(card("Hello"))
    status, found, _ = await bot.ask("POST", "conversations/a:none/activities", body)
    assert (status, code(found)) == (404, "ConversationNotFound")
    status, found, _ = await bot.ask("PUT", f"{bot.chat('ann')}/17", body)
    assert (status, code(found)) == (404, "ActivityNotFoundInConversation")
    status, found, _ = await bot.ask("POST", f"{bot.chat('ann')}/17", body)
    assert (status, code(found)) == (404, "ActivityNotFoundInConversation")


async def test_nobody_without_the_right_token_is_heard(bot: Puppet) -> None:
    bot.proof = "Bearer other"
    status, found, _ = await bot.ask("POST", bot.chat("ann"), message(card("Hello")))
    assert (status, code(found)) == (401, "Unauthorized")


async def test_over_seven_in_a_second_or_sixty_in_half_a_minute_are_too_many(bot: Puppet) -> None:
    path, body = bot.chat("ann"), message(card("Hello"))
    statuses = [(await bot.ask("POST", path, body))[0] for _ in range(8)]
    assert statuses == [201] * 7 + [429]
    _, found, headers = await bot.ask("POST", path, body)
    assert (code(found), int(headers["Retry-After"]) >= 1) == ("Throttled", True)
    bot.teams.passes(1.1)
    assert [(await bot.ask("POST", path, body))[0] for _ in range(2)] == [201, 429]
    bot.teams.passes(30)
    taken = 0
    for _ in range(70):
        bot.teams.passes(0.4)
        taken += (await bot.ask("POST", path, body))[0] == 201
    assert taken == 60


async def test_over_fifty_a_second_in_a_tenant_are_too_many(bot: Puppet) -> None:
    for number in range(60):
        key = f"p{number}"
        bot.teams.person(key, key, f"{key}@one.example").is_given_the_app()
    body = message(card("Hello"))
    statuses = [(await bot.ask("POST", bot.chat(f"p{one}"), body))[0] for one in range(60)]
    assert statuses.count(201) >= 50
    assert 429 in statuses


async def test_a_message_is_counted_in_utf_16(bot: Puppet, ann: Person) -> None:
    await bot.sends("ann", card("x" * 45_000))
    status, found, _ = await bot.ask("POST", bot.chat("ann"), message(card("x" * 52_000)))
    assert (status, code(found)) == (413, "MessageSizeTooBig")
    assert bot.teams.wrong == ["a message over 100 KB"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"type": "message"}, "nothing to show"),
        ({"type": "event", "text": "x"}, "type is not message"),
        ({"type": "message", "text": "x", "colour": "red"}, "field colour"),
        ({"type": "message", "text": "x", "conversation": {"id": "y"}}, "another conversation"),
        (message(card("A"), text="x"), "a text beside a card"),
        (message({"type": "Card"}), "no card"),
        (message(card("A", version="1.6")), "a card of another version"),
        (message(card(text("a"), text("a"))), "id a twice"),
        (message(card({"type": "TextBlok", "text": "x"})), "no element TextBlok"),
        (message(card({"type": "Input.Text"})), "Input.Text without id"),
    ],
)
async def test_what_is_no_message_of_ours_is_refused_and_noted(
    bot: Puppet, body: dict[str, Any], why: str
) -> None:
    status, found, _ = await bot.ask("POST", bot.chat("ann"), body)
    assert (status, code(found)) == (400, "Bad Argument")
    assert why in bot.teams.wrong


async def test_an_execute_has_its_fallback_with_the_same_verb(bot: Puppet) -> None:
    bare = card("A")
    del bare["actions"][0]["fallback"]
    other = card("A")
    other["actions"][0]["fallback"]["data"] = {"verb": "other"}
    for one in (bare, other):
        assert (await bot.ask("POST", bot.chat("ann"), message(one)))[0] == 400
    assert len(bot.teams.wrong) == 2


# Who can be written to ----------------------------------------------------------------------------


def opening(member: str, tenant: str = "tenant-1", **more: Any) -> dict[str, Any]:
    data = {"tenant": {"id": tenant}}
    bot = {"id": "28:puppet"}
    members = [{"id": member}]
    return {"bot": bot, "isGroup": False, "members": members, "channelData": data, **more}


async def test_a_chat_is_opened_with_whoever_has_the_app_or_is_in_a_team_that_has(
    bot: Puppet, ann: Person, bo: Person
) -> None:
    status, found, _ = await bot.ask("POST", "conversations", opening("29:ann"))
    assert (status, found["id"]) == (201, ann.place.id)
    status, found, _ = await bot.ask("POST", "conversations", opening("29:bo"))
    assert (status, code(found)) == (403, "BotNotInConversationRoster")
    team = bot.teams.team("Team", [bo])
    assert (await bot.ask("POST", "conversations", opening("29:bo")))[0] == 403
    await bot.teams.installs(team)
    status, found, _ = await bot.ask("POST", "conversations", opening("29:bo"))
    assert (status, found["id"]) == (201, bo.place.id)
    await bot.sends("bo")
    assert bo.desk.shown == ["Hello\n(Next)"]


@pytest.mark.parametrize(
    "body",
    [
        opening("ann@one.example"),
        opening("object-ann"),
        opening("29:nobody"),
        opening("29:ann", "tenant-2"),
        opening("29:ann", channelData={}),
        opening("29:ann", isGroup=True),
        opening("29:ann", members=[]),
    ],
)
async def test_a_chat_is_opened_with_one_id_of_the_roster_and_the_tenant_alone(
    bot: Puppet, body: dict[str, Any]
) -> None:
    status, found, _ = await bot.ask("POST", "conversations", body)
    assert (status, code(found)) == (400, "Bad Argument")


async def test_an_install_by_hand_is_two_events_and_one_by_policy_none(
    bot: Puppet, ann: Person, bo: Person
) -> None:
    assert bot.got == []
    await bo.installs()
    assert [one["type"] for one in bot.got] == ["installationUpdate", "conversationUpdate"]
    assert bot.got[0]["action"] == "add"
    assert all("name" not in one["from"] for one in bot.got)
    await bot.sends("ann")
    await bot.sends("bo")


async def test_whoever_removed_it_blocked_it_or_is_gone_cannot_be_written_to(
    bot: Puppet, ann: Person
) -> None:
    path, body = bot.chat("ann"), message(card("Hello"))

    async def answered() -> tuple[int, str]:
        status, found, _ = await bot.ask("POST", path, body)
        return status, code(found) if status >= 400 else ""

    ann.account.blocks = True
    assert await answered() == (403, "ConversationBlockedByUser")
    await ann.uninstalls()
    ann.account.blocks = False
    assert await answered() == (403, "BotNotInConversationRoster")
    assert [one.get("action") for one in bot.got] == ["remove", None]
    ann.is_given_the_app()
    bot.teams.service.disabled = True
    assert await answered() == (403, "BotDisabledByAdmin")
    bot.teams.service.disabled = False
    ann.account.chat_gone = True
    assert await answered() == (404, "ConversationNotFound")
    assert (await bot.ask("POST", "conversations", opening("29:ann")))[0] == 201
    assert await answered() == (201, "")
    ann.account.account_gone = True
    assert await answered() == (404, "ConversationNotFound")


# Members and teams --------------------------------------------------------------------------------


async def test_a_member_is_found_by_either_id_and_by_no_address(bot: Puppet, ann: Person) -> None:
    chat = f"conversations/{ann.place.id}/members"
    for who in ("29:ann", "object-ann"):
        status, found, _ = await bot.ask("GET", f"{chat}/{who}")
        assert (status, found["email"], found["tenantId"]) == (200, "ann@one.example", "tenant-1")
    for who in ("ann@one.example", "29:bo"):
        status, found, _ = await bot.ask("GET", f"{chat}/{who}")
        assert (status, code(found)) == (404, "MemberNotFoundInConversation")


async def test_a_roster_is_had_by_the_teams_id_alone_page_by_page(
    bot: Puppet, ann: Person, bo: Person
) -> None:
    team = bot.teams.team("Team", [ann, bo], "Requests")
    roster = f"conversations/{team.id}/pagedmembers"
    status, found, _ = await bot.ask("GET", roster)
    assert (status, code(found)) == (403, "BotNotInConversationRoster")
    await bot.teams.installs(team, picked="Requests")
    _, found, _ = await bot.ask("GET", f"{roster}?pageSize=1")
    assert [one["id"] for one in found["members"]] == ["29:ann"]
    token = found["continuationToken"]
    _, found, _ = await bot.ask("GET", f"{roster}?pageSize=1&continuationToken={token}")
    assert [one["id"] for one in found["members"]] == ["29:bo"]
    assert "continuationToken" not in found
    picked = bot.teams.channel(team, "Requests").id
    status, found, _ = await bot.ask("GET", f"conversations/{picked}/pagedmembers")
    assert (status, code(found)) == (404, "ConversationNotFound")
    status, _, _ = await bot.ask("POST", f"conversations/{picked}/activities", message(card("A")))
    assert status == 201


async def test_a_team_install_names_the_picked_channel_and_later_events_the_team(
    bot: Puppet, ann: Person, bo: Person
) -> None:
    team = bot.teams.team("Team", [ann], "Requests")
    await bot.teams.installs(team, picked="Requests")
    picked = bot.teams.channel(team, "Requests")
    for one in bot.got:
        assert one["conversation"]["id"] == picked.id
        assert one["channelData"]["settings"]["selectedChannel"]["id"] == picked.id
        assert one["channelData"]["team"] == {
            "id": team.id,
            "name": "Team",
            "aadGroupId": "group-1",
        }
        assert "aadObjectId" not in one["from"]
    await bot.teams.joins(team, bo)
    joined = bot.got[-1]
    assert joined["conversation"]["id"] == joined["channelData"]["team"]["id"] == team.id
    await bot.teams.mention(ann, picked, "hello")
    said = bot.got[-1]
    assert said["conversation"]["id"].startswith(f"{picked.id};messageid=")
    assert said["channelData"]["team"]["id"] == team.id
    assert said["entities"][0]["mentioned"]["id"] == "28:puppet"
    thread = said["conversation"]["id"]
    body = message(card("Hello"), conversation={"id": thread}, replyToId=said["id"])
    path = f"conversations/{thread}/activities/{said['id']}"
    assert (await bot.ask("POST", path, body))[0] == 201
