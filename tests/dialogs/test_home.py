"""The welcome, the channel, a person's own requests, and the words we use."""

import asyncio
import re
from dataclasses import replace

import pytest

from cards.home import another_way
from cards.wording import TOPICS, use, wording
from cards.wording.source import declared
from dialogs.root.routes import TAPS
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import CardAction, Installed, Message, Uninstalled
from records.people import Reference
from tests.dialogs.conftest import CHANNEL, STORY, TENANT, House, texts

BANNED = ("ticket", "incident", "case", "score", "user", "reject")


async def test_one_welcome_however_often_an_install_is_announced(house: House) -> None:
    await asyncio.gather(
        house.turn("priya", Installed()), house.turn("priya", Installed(), root=house.second())
    )
    await house.turn("priya", Installed())
    assert len(house.people["priya"].chat) == 1
    assert wording.NOBODY_WATCHES in house.shown("priya")


async def test_somebody_who_comes_back_is_not_welcomed_again(house: House) -> None:
    await house.arrive("priya")
    await house.leave("priya")
    await house.turn("priya", Installed())
    assert len(house.people["priya"].chat) == 1


@pytest.mark.parametrize("text", ["hello", "request", "my requests", "urgent", STORY["worry"]])
async def test_nothing_typed_in_a_channel_is_answered_with_a_situation(
    house: House, text: str
) -> None:
    await house.booked()
    before = [await house.dump(table) for table in ("conversations", "drafts")]
    turn = replace(house.a_turn("priya", Message(text)), personal=False)
    reply = await house.root.handle(turn)
    assert reply.summary == wording.NOT_HERE
    assert [await house.dump(table) for table in ("conversations", "drafts")] == before


async def test_nothing_tapped_in_a_channel_shows_or_changes_anything(house: House) -> None:
    key = await house.booked()
    before = await house.dump()
    for who in ("priya", "martin", "fay", "pat"):
        for verb in TAPS:
            data = {"conversation": key, "flow": "request", "field": "worry"}
            turn = replace(house.a_turn(who, CardAction(verb, data)), personal=False)
            reply = await house.root.handle(turn)
            assert reply.card is not None
            assert texts(reply.card) == wording.NOT_HERE
    assert await house.dump() == before


async def test_a_turn_in_a_channel_is_nobodys_own_chat(house: House) -> None:
    place = Reference(service_url="https://x.example", conversation_id=CHANNEL, tenant=TENANT)
    turn = replace(house.a_turn("priya", Message("hello")), personal=False, reference=place)
    await house.root.handle(turn)
    person = await house.directory.find(house.people["priya"].actor.key)
    assert person is not None
    assert person.reference is None


async def test_leaving_says_nothing(house: House) -> None:
    await house.arrive("priya")
    reply = await house.turn("priya", Uninstalled())
    assert reply.card is None
    assert reply.summary == ""


async def test_my_requests_says_where_each_is_in_plain_words(house: House) -> None:
    await house.say("priya", "my requests")
    assert wording.STATUS_NONE in house.shown("priya")
    key = await house.booked()
    await house.say("priya", "my requests")
    shown = house.shown("priya")
    assert (await house.record(key)).reference in shown
    assert "It is booked." in shown
    assert "Wednesday 3 February 2027, 14:00 to 15:30" in shown
    await house.say("fay", "my requests")
    assert wording.STATUS_NONE in house.shown("fay")


async def test_waiting_is_for_facilitators(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.say("fay", "waiting")
    assert (await house.record(key)).reference in house.shown("fay")
    for who in ("priya", "martin", "pat"):
        await house.say(who, "waiting")
        assert wording.FOR_FACILITATORS in house.shown(who)


def sentences() -> list[str]:
    """Every text of the wording, whatever holds it."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                collect(one)
        elif isinstance(value, list | tuple):
            for one in value:
                collect(one)

    for topic in TOPICS:
        for name in declared(topic):
            collect(getattr(wording, name))
    return found


@pytest.mark.parametrize("word", BANNED)
def test_some_words_are_never_said(word: str) -> None:
    everything = sentences()
    assert len(everything) > 200
    forms = re.compile(rf"\b{word}(s|ed|ing|es)?\b", re.IGNORECASE)
    found = [one for one in everything if forms.search(one)]
    assert found == []


def test_no_sentence_shouts() -> None:
    assert [one for one in sentences() if "!" in one] == []


@pytest.mark.parametrize("words", ["thanks", "Thank you.", "OK"])
async def test_thanks_are_answered_kindly(house: House, words: str) -> None:
    await house.arrive("priya")
    reply = await house.say("priya", words)
    assert reply.summary == wording.THANKS


@pytest.mark.parametrize("words", ["hello", "hi"])
async def test_everybodys_welcome_has_in_danger_and_help(house: House, words: str) -> None:
    await house.arrive("priya")
    await house.say("priya", words)
    shown = house.shown("priya")
    titles = ("Ask for a conversation", "My requests", "In danger", "Help")
    assert [one for one in titles if f"({one})" in shown] == list(titles)
    assert wording.HELLO_FACILITATOR not in shown
    await house.tap("priya", "Help")
    assert wording.HELP_TITLE in house.shown("priya")
    await house.tap("priya", "In danger")
    assert wording.URGENT_TITLE in house.shown("priya")


async def test_in_danger_is_answered_while_storage_is_away(house: House) -> None:
    await house.arrive("priya")
    reply = not_saved(house.a_turn("priya", house.data("priya", "In danger")), "n1")
    assert reply.card is not None
    assert wording.URGENT_TITLE in texts(reply.card)


async def test_a_facilitators_welcome_hello_and_help_show_what_facilitators_do(
    house: House,
) -> None:
    key = await house.requested()
    await house.agree()
    reference = (await house.record(key)).reference
    welcome = texts(house.people["fay"].chat[0].card or {})
    await house.say("fay", "hello")
    for shown in (welcome, house.shown("fay")):
        assert wording.HELLO_FACILITATOR in shown
        assert "(In danger)" in shown
        assert "(Ask for a conversation)" not in shown
    await house.tap("fay", "Help")
    shown = house.shown("fay")
    assert shown.index("waiting") < shown.index("my requests  ")
    assert "(In danger)" in shown
    await house.tap("fay", "My conversations")
    assert wording.FACILITATING_NONE in house.shown("fay")
    await house.say("fay", "hello")
    await house.tap("fay", "Requests waiting for one of us")
    assert reference in house.shown("fay")
    for who in ("priya", "martin"):
        await house.press(who, {"verb": "pickup.waiting", "data": {}}, {})
        assert reference not in house.shown(who), who


async def test_whoever_needs_it_another_way_gets_a_person(house: House) -> None:
    await house.arrive("priya", "idris")
    await house.say("priya", "help")
    await house.tap("priya", wording.ANOTHER_WAY)
    mail = wording.partnership.contacts.facilitation_team
    assert wording.ANOTHER_WAY_WRITE.format(mail=mail) in house.shown("priya")
    assert "leads the facilitation team" not in house.shown("priya")
    house.lead_by("idris")
    await house.say("priya", "I need this another way.")
    assert "Ring Idris Vaughan, who leads the facilitation team." in house.shown("priya")


def test_without_an_address_and_a_lead_it_is_their_own_manager() -> None:
    contacts = wording.partnership.contacts.model_copy(update={"facilitation_team": ""})
    before = wording.partnership
    use(before.model_copy(update={"contacts": contacts}))
    try:
        assert wording.ANOTHER_WAY_MANAGER in texts(another_way(None))
    finally:
        use(before)


async def test_help_shows_the_team_lead_what_the_team_lead_does(house: House) -> None:
    """Who leads the team without facilitating would find no way to a conversation otherwise."""
    [(command, meaning)] = wording.HELP_LEAD
    await house.arrive("kit", "fay")
    house.lead_by("kit")
    for who, there in (("kit", True), ("fay", False), ("priya", False)):
        await house.say(who, "help")
        assert (f"{command}  {meaning}" in house.shown(who)) is there, who
    house.lead_by("fay")
    await house.say("fay", "help")
    assert house.shown("fay").count(command) == 1
    assert wording.HELP_FACILITATOR[0][0] in house.shown("fay")
