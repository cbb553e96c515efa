"""A tap's answer: on the client that tapped, and in its message where everybody may see it."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from cards.kit.elements import act, build, para, said
from dialogs.turn.events import NOTHING, Reply, Turn

RECEIPT = build([para("It is sent.")])
WROTE = [para("They wrote"), *said("Nobody listens.")]
STORY = build(WROTE)
PLACE = {"flow": "request", "step": "check", "conversation": ""}
CHECK = build(WROTE, [act("Send", "flow.send", PLACE)])


def updates(bot: Any) -> list[Any]:
    return [call for call in bot.teams.calls if call.method == "PUT"]


async def tapped(bot: Any, **more: Any) -> Any:
    status, body = await bot.post(bot.invoke(replyToId="card-1", **more))
    assert status == 200
    return body


async def test_what_everybody_may_see_is_the_answer_and_the_very_same_in_the_message(
    bot: Any,
) -> None:
    bot.dialogs.reply = Reply(RECEIPT, "Sent")
    body = await tapped(bot)
    await asyncio.sleep(0.1)
    [call] = updates(bot)
    assert call.path == "/uk/v3/conversations/a%3Achat%2F1/activities/card-1"
    assert call.body["attachments"][0]["content"] == body["value"] == RECEIPT
    assert bot.dialogs.stands == [("card-1", "Sent")]
    assert bot.dialogs.held == ["card-1"]


async def test_words_of_a_story_are_for_the_client_that_tapped_alone(bot: Any) -> None:
    bot.dialogs.reply = Reply(STORY, "Yours")
    assert (await tapped(bot))["value"] == STORY
    await asyncio.sleep(0.1)
    assert bot.teams.calls == []
    assert bot.dialogs.stands == [("card-1", "Yours")]
    assert bot.dialogs.held == []


async def test_the_answer_does_not_wait_for_teams(bot: Any) -> None:
    """A tap costs nothing of Teams' own time."""
    may = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await may.wait()
        return web.json_response({})

    bot.teams.behave = slow
    bot.dialogs.reply = Reply(RECEIPT, "Sent")
    async with asyncio.timeout(1.5):
        assert (await tapped(bot))["value"] == RECEIPT
    assert bot.dialogs.held == []
    may.set()
    await asyncio.sleep(0.1)
    assert bot.dialogs.held == ["card-1"]


async def test_an_update_that_teams_does_not_take_is_dropped(bot: Any) -> None:
    """The message still holds what stood there, and nothing is redrawn later."""
    bot.teams.answer(429, {})
    bot.dialogs.reply = Reply(RECEIPT, "Sent")
    await tapped(bot)
    await asyncio.sleep(0.3)
    assert len(updates(bot)) == 1
    assert bot.dialogs.stands == [("card-1", "Sent")]
    assert bot.dialogs.held == []


async def test_not_saved_yet_is_for_the_client_that_tapped(bot: Any) -> None:
    async def fails(_: Turn) -> Reply:
        raise RuntimeError

    bot.dialogs.act = fails
    await tapped(bot)
    await asyncio.sleep(0.1)
    assert updates(bot) == []


async def test_an_automatic_refresh_gets_a_card_and_updates_nothing(bot: Any) -> None:
    bot.dialogs.reply = Reply(RECEIPT, "Where it is")
    value = {"action": {"type": "Action.Execute", "verb": "scale", "data": {}}}
    body = await tapped(bot, value={**value, "trigger": "automatic"})
    assert body["value"] == RECEIPT
    await asyncio.sleep(0.1)
    assert bot.teams.calls == []
    [turn] = bot.dialogs.turns
    assert turn.event.automatic


async def test_a_sentence_alone_updates_nothing(bot: Any) -> None:
    bot.dialogs.reply = Reply(summary="It could not be saved.")
    await tapped(bot)
    bot.dialogs.reply = NOTHING
    await tapped(bot)
    await asyncio.sleep(0.1)
    assert bot.teams.calls == []


async def test_an_old_client_gets_even_a_story_in_its_message(bot: Any) -> None:
    """It takes no card in the response, so that there is no other place."""
    bot.dialogs.reply = Reply(STORY, "Yours")
    await bot.post(bot.activity(text="", value={"verb": "next"}, replyToId="card-7"))
    [call] = bot.teams.calls
    assert (call.method, call.body["attachments"][0]["content"]) == ("PUT", STORY)
    assert bot.dialogs.held == ["card-7"]


async def test_where_that_message_is_gone_the_new_one_holds_no_story(bot: Any) -> None:
    async def gone(request: web.Request) -> web.Response:
        status = 404 if request.method == "PUT" else 201
        body = {"error": {"code": "ActivityNotFoundInConversation"}, "id": "new"}
        return web.json_response(body, status=status)

    bot.teams.behave = gone
    bot.dialogs.reply = Reply(CHECK, "Check your answers")
    await bot.post(bot.activity(text="", value={"verb": "next"}, replyToId="card-7"))
    put, post = bot.teams.calls
    assert (put.method, post.method) == ("PUT", "POST")
    assert "Nobody listens." in str(put.body)
    assert "Nobody listens." not in str(post.body)


@pytest.mark.parametrize("named", [{"replyToId": "card-7"}, {}])
async def test_what_was_not_saved_is_given_back_to_an_old_client_wherever_it_can_be(
    bot: Any, named: dict[str, str]
) -> None:
    """Its words are kept nowhere else; where the message is closed is told as ever."""

    async def busy(request: web.Request) -> web.Response:
        status = 429 if request.method == "PUT" else 201
        return web.json_response({"id": "new"}, status=status)

    bot.teams.behave = busy
    bot.dialogs.reply = Reply(CHECK, "Not saved yet", private=True)
    await bot.post(bot.activity(text="", value={"verb": "next"}, **named))
    assert "Nobody listens." in str(bot.teams.calls[-1].body)
    assert bot.teams.calls[-1].method == "POST"
    assert bot.dialogs.held == ["new"]


async def test_a_typed_message_is_answered_without_a_story(bot: Any) -> None:
    bot.dialogs.reply = Reply(CHECK, "Check your answers")
    await bot.post(bot.activity(text="request"))
    [call] = bot.teams.calls
    assert "Nobody listens." not in str(call.body)
    assert "flow.open" in str(call.body)
