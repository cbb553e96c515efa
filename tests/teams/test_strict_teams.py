"""The strict Teams against Microsoft's documentation: a fake that forgives proves nothing."""

from typing import Any

import pytest

from tests.teams.devices import Blocked, NotThere
from tests.teams.line import Again
from tests.teams.people import Person
from tests.teams.puppet import Puppet, card, text

# The message, and what a client shows ------------------------------------------------------------


async def test_the_answer_to_a_tap_is_on_the_device_that_tapped_and_nowhere_else(
    bot: Puppet, ann: Person
) -> None:
    await bot.sends("ann", card("One"))
    bot.answer = card("Two")
    assert await ann.desk.tap("Next") == bot.answer
    assert ann.desk.shown == ["Two\n(Next)"]
    assert ann.phone.shown == ["One\n(Next)"]
    assert not ann.phone.newest.present
    assert bot.teams.versions("Two") == []


async def test_an_update_is_on_every_device_and_the_message_keeps_its_versions(
    bot: Puppet, ann: Person
) -> None:
    made = await bot.sends("ann", card("One"))
    bot.answer = card("Two")
    await ann.desk.tap("Next")
    assert await bot.updates("ann", made, card("Three")) == 200
    assert ann.desk.shown == ann.phone.shown == ["Three\n(Next)"]
    assert [one.is_now for one in bot.teams.versions("One")] == [False]
    assert [one.is_now for one in bot.teams.versions("Three")] == [True]


@pytest.mark.parametrize("way", ["reload", "reaction"])
async def test_a_reload_and_a_reaction_bring_the_messages_card_back(
    bot: Puppet, ann: Person, way: str
) -> None:
    await bot.sends("ann", card("One"))
    bot.answer = card("Two")
    await ann.desk.tap("Next")
    if way == "reload":
        ann.desk.reload()
    else:
        await ann.desk.react(ann.desk.newest)
        assert bot.got[-1]["type"] == "messageReaction"
    assert ann.desk.shown == ["One\n(Next)"]


async def test_an_update_throws_away_what_is_half_typed_and_that_is_noted(
    bot: Puppet, ann: Person
) -> None:
    made = await bot.sends("ann", card("One", text("worry")))
    ann.phone.type(worry="Half a sen")
    ann.desk.type(worry="All of it")
    bot.answer = card("Two")
    await ann.desk.tap("Next")
    await bot.updates("ann", made, card("Two"))
    assert ann.phone.typed == {}
    assert ["ann's phone" in one for one in bot.teams.redrawn_under_fingers] == [True]
    assert [one.lost for one in ann.redrawn] == [{}, {"worry": "Half a sen"}]


async def test_what_is_typed_is_sent_with_the_tap_and_nothing_that_is_not_on_the_card(
    bot: Puppet, ann: Person
) -> None:
    choices = [{"title": "A child", "value": "child"}]
    about = {"type": "Input.ChoiceSet", "id": "about", "choices": choices}
    await bot.sends("ann", card(text("worry"), text("hope", value="Kept"), about))
    bot.answer = "Thank you"
    ann.desk.type(worry="Half")
    await ann.desk.tap("Next", about="child")
    sent = bot.got[-1]["value"]["action"]["data"]
    assert sent == {"verb": "Next", "n": 1, "worry": "Half", "hope": "Kept", "about": "child"}
    assert ann.desk.sentences == ["Thank you"]
    for words in ({"about": "adult"}, {"else": "x"}):
        with pytest.raises(NotThere):
            await ann.desk.tap("Next", **words)


async def test_a_message_that_was_deleted_is_on_no_device_and_cannot_be_updated(
    bot: Puppet, ann: Person
) -> None:
    made = await bot.sends("ann")
    bot.teams.remove(ann.messages[0])
    assert ann.desk.shown == ann.phone.shown == []
    assert await bot.updates("ann", made, card("Two")) == 404


# Clients ------------------------------------------------------------------------------------------


async def test_where_execute_is_dead_the_fallback_comes_as_a_message_with_a_value(
    bot: Puppet, ann: Person
) -> None:
    ann.phone.executes = False
    made = await bot.sends("ann", card("One", text("worry")))

    async def show(activity: dict[str, Any]) -> None:
        await bot.updates("ann", activity["replyToId"], card("Two"))

    bot.act = show
    assert await ann.phone.tap("Next", worry="Mine") == card("Two")
    got = bot.got[-1]
    assert (got["type"], got["value"], got["replyToId"]) == (
        "message",
        {"verb": "Next", "n": 1, "worry": "Mine"},
        made,
    )
    assert "text" not in got
    assert [one.version.fallback for one in bot.teams.everything()] == [False, True]


async def test_some_clients_send_every_input_whatever_the_button_says(
    bot: Puppet, ann: Person
) -> None:
    await bot.sends("ann", card(text("worry"), inputs=False))
    bot.answer = card(text("worry"), inputs=False)
    await ann.desk.tap("Next", worry="Mine")
    assert "worry" not in bot.got[-1]["value"]["action"]["data"]
    ann.phone.associates = False
    await ann.phone.tap("Next", worry="Mine")
    assert bot.got[-1]["value"]["action"]["data"]["worry"] == "Mine"


async def test_a_required_field_that_is_empty_blocks_the_tap(bot: Puppet, ann: Person) -> None:
    await bot.sends("ann", card(text("worry", isRequired=True), inputs=False))
    bot.answer = card("Two")
    ann.phone.associates = False
    with pytest.raises(Blocked):
        await ann.phone.tap("Next")
    assert bot.got == []
    await ann.desk.tap("Next")
    assert len(bot.got) == 1


async def test_a_card_with_refresh_is_asked_for_when_the_chat_is_opened_once_a_minute(
    bot: Puppet, ann: Person
) -> None:
    refresh = {"action": {"type": "Action.Execute", "verb": "see", "data": {}}}
    refresh["userIds"] = [ann.account.id]  # type: ignore[assignment]  # JSON
    await bot.sends("ann", card("One", refresh=refresh))
    bot.answer = card("Present")
    for _ in range(2):
        await ann.phone.open()
    assert [one["value"]["trigger"] for one in bot.got] == ["automatic"]
    assert ann.phone.shown == ["Present\n(Next)"]
    assert ann.desk.shown == ["One\n(Next)"]
    bot.teams.passes(61)
    bot.answer = card("One", refresh=refresh)

    async def writes(_: dict[str, Any]) -> None:
        await bot.sends("ann")

    bot.act = writes
    ann.phone.reload()
    await ann.phone.open()
    assert bot.teams.wrong == ["an automatic refresh not answered with a card alone"]


@pytest.mark.parametrize(("how", "same"), [(Again.SAME_ID, True), (Again.NEW_ID, False)])
async def test_an_action_comes_again_after_fifteen_seconds(
    bot: Puppet, ann: Person, how: Again, same: bool
) -> None:
    await bot.sends("ann", card("One"))
    bot.answer = card("Two")
    await ann.desk.tap("Next")
    began = bot.teams.service.now()
    bot.answer = card("Two again")
    await ann.desk.again(how)
    first, second = bot.got
    assert (first["id"] == second["id"]) is same
    assert first["value"] == second["value"]
    assert bot.teams.service.now() - began >= 15
    assert ann.desk.shown == ["Two again\n(Next)"]


async def test_a_typed_message_comes_again_under_its_own_id(bot: Puppet, ann: Person) -> None:
    await ann.desk.say("help")
    await ann.desk.again(Again.NEW_ID)
    assert bot.got[0] == bot.got[1]
    bot.teams.line.again = Again.NEW_ID
    await ann.desk.say("request")
    assert [one["text"] for one in bot.got] == ["help", "help", "request", "request"]
    assert len({one["id"] for one in bot.got}) == 2


async def test_an_answer_that_no_client_can_show_is_noted(bot: Puppet, ann: Person) -> None:
    await bot.sends("ann", card("One"))
    bot.answer = {"type": "Nothing"}
    await ann.desk.tap("Next")
    assert bot.teams.wrong == ["no card"]
