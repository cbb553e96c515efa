"""What the dialogs see of an activity, and what Teams shows of their reply."""

import asyncio
import logging
from typing import Any

import pytest
from aiohttp import web

from dialogs.turn.events import NOTHING, CardAction, Installed, Message, Reply, Turn, Uninstalled

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
TEXT_TYPE = "application/vnd.microsoft.activity.message"


async def test_typed_text_reaches_the_dialogs_with_a_verified_actor(bot: Any) -> None:
    status, body = await bot.post(bot.activity(text="  request  "))
    assert (status, body) == (200, {})
    [turn] = bot.dialogs.turns
    assert turn.event == Message("request")
    assert (turn.actor.object_id, turn.actor.name) == ("object-priya", "Priya Shah")
    assert turn.actor.tenant == turn.reference.tenant == "aaaaaaaa-0000-0000-0000-000000000001"
    assert turn.reference.conversation_id == "a:chat/1"
    assert (turn.reference.bot_id, turn.reference.user_id) == ("28:bot", "29:priya")
    assert turn.personal


async def test_the_answer_to_typed_text_is_one_message_with_the_card(bot: Any) -> None:
    await bot.post(bot.activity())
    [call] = bot.teams.calls
    assert call.path == "/uk/v3/conversations/a%3Achat%2F1/activities/activity-1"
    assert call.body["summary"] == "A card"
    assert call.body["from"] == {"id": "28:bot", "name": "Learning"}
    [attachment] = call.body["attachments"]
    assert attachment["contentType"] == CARD_TYPE
    assert attachment["content"]["body"][0]["text"] == "Hello"


async def test_an_answer_in_words_is_sent_as_plain_text(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="Just *words*")
    await bot.post(bot.activity())
    [sent] = bot.teams.sent()
    assert (sent["text"], sent["textFormat"]) == ("Just *words*", "plain")
    assert "attachments" not in sent


async def test_an_empty_reply_sends_nothing(bot: Any) -> None:
    bot.dialogs.reply = NOTHING
    assert (await bot.post(bot.activity()))[0] == 200
    assert bot.teams.calls == []


async def test_a_card_action_gets_its_card_in_the_same_response(bot: Any) -> None:
    status, body = await bot.post(bot.invoke("scale", {"score": 6}))
    assert status == 200
    assert (body["statusCode"], body["type"]) == (200, CARD_TYPE)
    assert body["value"]["body"][0]["text"] == "Hello"
    [turn] = bot.dialogs.turns
    assert turn.event == CardAction("scale", {"score": 6}, in_place=True)
    assert bot.teams.calls == []


@pytest.mark.parametrize(("reply", "value"), [(NOTHING, ""), (Reply(summary="Kept."), "Kept.")])
async def test_a_card_action_without_a_card_answers_in_words(
    bot: Any, reply: Reply, value: str
) -> None:
    bot.dialogs.reply = reply
    _, body = await bot.post(bot.invoke())
    assert body == {"statusCode": 200, "type": TEXT_TYPE, "value": value}


async def test_an_old_clients_submit_replaces_the_card_it_came_from(bot: Any) -> None:
    value = {"verb": "next", "flow": "request"}
    await bot.post(bot.activity(text=None, value=value, replyToId="card-7"))
    [turn] = bot.dialogs.turns
    assert turn.event == CardAction("next", {"flow": "request"}, in_place=False)
    [call] = bot.teams.calls
    assert (call.method, call.path.rsplit("/", 1)[1]) == ("PUT", "card-7")
    assert call.body["id"] == "card-7"
    assert "replyToId" not in call.body


async def test_a_sentence_alone_never_takes_the_place_of_the_card_that_was_tapped(
    bot: Any,
) -> None:
    bot.dialogs.reply = Reply(summary="Not saved yet.")
    await bot.post(bot.activity(text=None, value={"verb": "next"}, replyToId="card-7"))
    assert [call.method for call in bot.teams.calls] == ["POST"]


async def test_an_old_clients_submit_on_a_card_that_is_gone_gets_a_new_message(bot: Any) -> None:
    async def gone(request: Any) -> Any:
        status = 404 if request.method == "PUT" else 201
        return web.json_response({"id": "new"}, status=status)

    bot.teams.behave = gone
    await bot.post(bot.activity(text="", value={"verb": "next"}, replyToId="card-7"))
    assert [call.method for call in bot.teams.calls] == ["PUT", "POST"]


async def test_it_is_known_which_message_holds_a_card_now(bot: Any) -> None:
    await bot.post(bot.invoke(replyToId="card-1"))
    await bot.post(bot.activity(text="hello"))
    await bot.post(bot.activity(text="", value={"verb": "next"}, replyToId="card-7"))
    [first, second, third] = [message for message, _ in bot.dialogs.stands]
    assert (first, third) == ("card-1", "card-7")
    assert second not in ("", "card-1", "card-7")


async def test_a_reply_in_words_or_outside_somebodys_own_chat_is_not_noted(bot: Any) -> None:
    group = {
        "id": "19:team",
        "conversationType": "channel",
        "tenantId": "aaaaaaaa-0000-0000-0000-000000000001",
    }
    await bot.post(bot.activity(conversation=group))
    bot.dialogs.reply = Reply(summary="Not saved yet.")
    await bot.post(bot.invoke(replyToId="card-1"))
    await bot.post(bot.activity())
    assert bot.dialogs.stands == []


async def test_a_submit_without_a_card_to_replace_gets_a_new_message(bot: Any) -> None:
    await bot.post(bot.activity(text=None, value={"verb": "next"}))
    assert [call.method for call in bot.teams.calls] == ["POST"]


@pytest.mark.parametrize(
    ("text", "mention", "heard"),
    [
        ("<at>Learning</at> help", "<at>Learning</at>", "help"),
        ("<at>Learning</at>&nbsp;help", None, "help"),
        ('<at id="0">Learning</at>\xa0 my requests', None, "my requests"),
        ("please <at>Learning</at> help", "<at>Learning</at>", "please   help"),
        ("a <at>Somebody</at> b", None, "a <at>Somebody</at> b"),
        ("3 < 4 and 5 > 4", None, "3 < 4 and 5 > 4"),
    ],
)
async def test_the_mention_of_the_bot_is_not_part_of_what_was_said(
    bot: Any, text: str, mention: str | None, heard: str
) -> None:
    entities = [{"type": "clientInfo"}]
    if mention:
        entities.append({"type": "mention", "mentioned": {"id": "28:bot"}, "text": mention})
    conversation = {"id": "19:team", "conversationType": "channel", "tenantId": None}
    await bot.post(bot.activity(text=text, entities=entities, conversation=conversation))
    [turn] = bot.dialogs.turns
    assert turn.event == Message(heard)
    assert not turn.personal


@pytest.mark.parametrize("kind", ["channel", "groupChat", None])
async def test_only_a_personal_chat_is_personal(bot: Any, kind: str | None) -> None:
    conversation = {"id": "19:other", "conversationType": kind}
    await bot.post(bot.activity(conversation=conversation))
    assert not bot.dialogs.turns[0].personal


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"type": "installationUpdate", "action": "add"}, Installed()),
        ({"type": "installationUpdate", "action": "add-upgrade"}, Installed()),
        ({"type": "installationUpdate", "action": "remove"}, Uninstalled()),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "28:bot"}]}, Installed()),
        ({"type": "conversationUpdate", "membersRemoved": [{"id": "28:bot"}]}, Uninstalled()),
    ],
)
async def test_installs_and_removals_are_told(bot: Any, changes: Any, event: Any) -> None:
    bot.dialogs.reply = NOTHING
    await bot.post(bot.activity(text=None, **changes))
    assert [turn.event for turn in bot.dialogs.turns] == [event]


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "typing"},
        {"type": "messageReaction"},
        {"type": "event", "name": "tokens/response", "value": "words"},
        {"type": "installationUpdate", "action": "remove-upgrade"},
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:somebody"}]},
        {"type": "conversationUpdate"},
        {"type": "message", "text": None},
        {"type": "message", "text": None, "value": {"colour": "red"}},
        {"type": "message", "text": None, "value": ["verb"]},
        {"type": "message", "text": "help", "from": {"id": "29:no-object-id"}},
        {"type": "invoke", "name": "signin/verifyState", "value": {}},
    ],
)
async def test_everything_else_is_let_pass_in_silence(bot: Any, changes: Any) -> None:
    status, _ = await bot.post(bot.activity(**{"text": None, **changes}))
    assert status == 200
    assert bot.dialogs.turns == []
    assert bot.teams.calls == []


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": {"id": "c", "tenantId": "foreign"}, "channelData": None},
        {"channelData": {"tenant": {"id": "foreign"}}},
        {"conversation": {"id": "c"}, "channelData": None},
    ],
)
async def test_another_tenant_gets_a_neutral_refusal_and_an_audit_line(
    bot: Any, caplog: pytest.LogCaptureFixture, changes: Any
) -> None:
    await bot.post(bot.activity(**changes))
    assert bot.dialogs.turns == []
    [sent] = bot.teams.sent()
    assert sent["text"] == "This assistant serves other organisations."
    assert [r.action for r in caplog.records if r.levelno >= logging.WARNING] == ["tenant_refused"]


async def test_another_tenants_card_action_is_refused_in_the_response(bot: Any) -> None:
    _, body = await bot.post(bot.invoke(channelData={"tenant": {"id": "foreign"}}))
    assert body["value"] == "This assistant serves other organisations."


async def test_a_tenant_is_the_same_in_capitals(bot: Any) -> None:
    conversation = {"id": "c", "tenantId": "AAAAAAAA-0000-0000-0000-000000000001"}
    await bot.post(bot.activity(conversation=conversation))
    assert len(bot.dialogs.turns) == 1


async def test_a_slow_handler_is_cut_off_and_the_words_come_back(
    make_bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bot = await make_bot(seconds=0.02)

    async def forever(turn: Turn) -> Reply:
        await asyncio.Event().wait()
        return NOTHING

    bot.dialogs.act = forever
    status, body = await bot.post(bot.invoke())
    assert status == 200
    assert body["value"] == {"type": "AdaptiveCard", "version": "1.5", "body": []}
    assert [r.action for r in caplog.records if r.levelno >= logging.ERROR] == ["turn_too_slow"]


async def test_a_broken_handler_says_sorry_and_logs_neither_words_nor_traceback(
    bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(turn: Turn) -> Reply:
        raise ValueError("the child's name is Sam")

    bot.dialogs.act = broken
    status, body = await bot.post(bot.invoke())
    assert status == 200
    assert body["type"] == CARD_TYPE
    [record] = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert (record.action, record.error) == ("turn_failed", "ValueError")
    assert record.exc_info is None
    assert "Sam" not in str(record.__dict__)


def given(turn: Turn) -> tuple[str, ...] | None:
    """The addresses that Teams gave with a turn; None where it was not asked."""
    return turn.addresses.mails if turn.addresses is not None else None


async def test_hello_brings_the_addresses_that_teams_gives_now(bot: Any) -> None:
    """Whoever says hello may have another address than before."""
    bot.dialogs.reply = NOTHING
    bot.teams.members["29:priya"] = {"email": "a@one.org"}
    for words in ("hello", "Hi.", "is anybody there?"):
        await bot.post(bot.activity(text=words))
    assert [given(turn) is not None for turn in bot.dialogs.turns] == [True, True, False]


async def test_an_install_brings_the_addresses_that_teams_gives(bot: Any) -> None:
    bot.teams.members["29:priya"] = {
        "email": "Priya@example.org",
        "userPrincipalName": "priya@example.org",
    }
    await bot.post(bot.activity(type="installationUpdate", action="add"))
    assert given(bot.dialogs.turns[0]) == ("priya@example.org",)
    assert bot.teams.calls[0].path == "/uk/v3/conversations/a%3Achat%2F1/members/29%3Apriya"


async def test_an_install_that_names_nobody_takes_the_name_from_the_lookup(bot: Any) -> None:
    bot.teams.members["29:priya"] = {"name": "Priya Shah", "email": None}
    sender = {"id": "29:priya", "aadObjectId": "object-priya"}
    await bot.post(bot.activity(type="installationUpdate", action="add", **{"from": sender}))
    assert bot.dialogs.turns[0].actor.name == "Priya Shah"
    assert not given(bot.dialogs.turns[0])


async def test_addresses_are_asked_for_again_only_while_they_are_not_known(bot: Any) -> None:
    bot.teams.members["29:priya"] = {"email": "a@one.org", "userPrincipalName": "b@two.org"}
    bot.dialogs.reply = NOTHING
    await bot.post(bot.activity())
    bot.dialogs.knows_mails = False
    await bot.post(bot.activity())
    assert [given(turn) for turn in bot.dialogs.turns] == [None, ("a@one.org", "b@two.org")]


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_a_lookup_that_fails_does_not_cost_the_turn(
    bot: Any, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    bot.dialogs.reply = NOTHING
    bot.teams.answer(status, {"error": {}})
    await bot.post(bot.activity(type="installationUpdate", action="add"))
    assert not given(bot.dialogs.turns[0])
    assert "lookup_failed" in [getattr(r, "action", "") for r in caplog.records]


async def test_a_reply_that_teams_refuses_is_logged_and_not_an_error_to_teams(
    bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bot.teams.answer(502, "<html>")
    status, _ = await bot.post(bot.activity())
    assert status == 200
    [record] = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert (record.action, record.status) == ("reply_lost", "502")


async def test_the_demo_takes_the_channels_own_id_and_needs_no_token(make_bot: Any) -> None:
    bot = await make_bot(demo=True)
    activity = bot.activity(channelData=None, **{"from": {"id": "user-1", "name": "Priya"}})
    activity["conversation"] = {"id": "c", "conversationType": "personal"}
    status, _ = await bot.post(activity, {"X-Nothing": "1"})
    assert status == 200
    assert bot.dialogs.turns[0].actor.object_id == "user-1"
