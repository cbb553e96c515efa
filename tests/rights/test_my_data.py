"""`my data` and `rectify`: what is held on somebody, in their own chat, and a note beside what they
wrote."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from cards.kit.elements import MAX_BYTES, size
from cards.rights.my_data import ADD, SHOW
from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import CardAction, Reply
from records.conversation.conversation import Layer
from records.conversation.feedback import BEFORE, Answers
from records.people import PersonKey
from records.rights.writers import FirstOpened, writer_of
from records.stages import Act
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, elements, texts
from tests.records.audit_chain import first_break
from tests.retention.nights import ended, marks, on
from tests.retention.test_nights import DATES, nights
from tests.security.cast import PLAYERS, Marked


async def every_card(house: House, who: str) -> list[Reply]:
    """What they see from *my data* to its last card."""
    found = [await house.say(who, "my data")]
    while (more := _more(found[-1])) is not None:
        found.append(await house.turn(who, CardAction(SHOW, more)))
        assert len(found) < 60
    return found


def _more(reply: Reply) -> dict[str, Any] | None:
    ways = [one for one in elements(reply.card) if one.get("title") == wording.MY_DATA_NEXT]
    return dict(ways[0]["data"]) if ways else None


def adds(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """The ways to add a note."""
    found = [one for reply in replies for one in elements(reply.card)]
    actions = [one.get("selectAction", {}) for one in found]
    return [dict(one["data"]) for one in actions if one.get("verb") == ADD]


def said(replies: Sequence[Reply]) -> str:
    return "\n".join(texts(one.card) for one in replies if one.card is not None)


def marks_in(text: str) -> set[str]:
    return set(re.findall(r"zq([a-z]+)[ab]\b", text))


async def test_it_is_what_they_wrote_and_what_is_known_of_them_and_nothing_of_others() -> None:
    house, state = await ended()
    cards = await every_card(house, "pat")
    text = said(cards)
    name, mail = PLAYERS["pat"]
    assert name in text
    assert mail in text
    assert (await house.record(state.a)).reference in text
    assert (await house.record(state.b)).reference not in text
    assert marks_in(text) == {"happenedpat", "youpat", "times"}
    for other in ("priya", "martin", "nia", "fay", "idris"):
        assert PLAYERS[other][0] not in text
    assert max(size(one.card) for one in cards if one.card) <= MAX_BYTES


async def test_each_sees_their_own() -> None:
    house, _ = await ended()
    mine = {one: marks_in(said(await every_card(house, one))) for one in ("priya", "nia", "fay")}
    assert {"worry", "happenedpriya", "outcomesaid"} <= mine["priya"]
    assert "happenedpat" not in mine["priya"]
    assert "worry" not in mine["nia"]
    assert not mine["fay"] & {"worry", "happenedpat", "outcomesaid"}
    assert marks_in(said(await every_card(house, "odd"))) == set()


async def test_it_says_when_each_part_goes_and_follows_what_has_gone() -> None:
    house, _ = await ended()
    text = said(await every_card(house, "pat"))
    layers = wording.MY_DATA_LAYERS
    kept = [one for one in layers if f": {layers[one]}" in text]
    assert kept == list(Layer)
    assert "9 October 2027" not in text  # eight of October is the day that the record says
    for night in nights(Layer.WORDS):
        await on(house, night)
    text = said(await every_card(house, "pat"))
    assert layers[Layer.WORDS] not in text
    assert layers[Layer.ANSWERS] in text
    for night in nights(Layer.PEOPLE):
        if night > DATES[Layer.WORDS][1]:
            await on(house, night)
    assert marks_in(said(await every_card(house, "pat"))) == set()


async def test_it_says_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    house, _ = await ended()
    first = texts((await house.say("pat", "my data")).card)
    assert wording.MY_DATA_ASK in first
    contacts = house.timetable.partnership.contacts
    assert (contacts.information_governance or contacts.facilitation_team) in first
    monkeypatch.setattr(type(contacts), "__getattribute__", _without(type(contacts)), raising=False)
    assert wording.MY_DATA_ASK_NOBODY in texts((await house.say("pat", "my data")).card)


def _without(kind: type) -> Any:
    plain = kind.__getattribute__

    def get(one: object, name: str) -> Any:
        return "" if name in ("information_governance", "facilitation_team") else plain(one, name)

    return get


async def test_a_manager_who_read_the_request_is_named_to_who_wrote_it() -> None:
    house = House(MemoryStore())
    await house.requested()
    await house.tap("martin", "Read the request")
    await house.access.flush()
    text = said(await every_card(house, "priya"))
    assert "Martin Cole" in text.partition(wording.MY_DATA_OPENED)[2]


async def test_it_says_who_opened_something_of_theirs_and_on_which_day_first() -> None:
    house, state = await ended()
    it = await house.record(state.a)
    (pat,) = (one.id for one in it.people if one.key == house.people["pat"].actor.key)
    keys = {one: house.people[one].actor.key for one in ("lena", "fay", "pat")}

    async def opened(conversations: Sequence[str]) -> list[FirstOpened]:
        return (
            [
                FirstOpened(state.a, keys["lena"], pat, date(2027, 2, 12)),
                FirstOpened(state.a, keys["lena"], pat, date(2027, 2, 11)),
                FirstOpened(state.a, keys["pat"], pat, date(2027, 2, 10)),
                FirstOpened(state.a, PersonKey(""), pat, date(2027, 2, 14)),
                FirstOpened(state.a, keys["fay"], it.requester.id, date(2027, 2, 15)),
            ]
            if state.a in conversations
            else []
        )

    services = house.services()
    object.__setattr__(services, "opened", opened)
    house.root = Root(services)
    text = said(await every_card(house, "pat"))
    lena = wording.MY_DATA_OPENED_BY.format(
        name=PLAYERS["lena"][0], day="Thursday 11 February 2027"
    )
    assert lena in text
    assert text.count(PLAYERS["lena"][0]) == 1
    assert wording.MY_DATA_SOMEBODY in text
    assert PLAYERS["fay"][0] not in text
    assert "10 February 2027" not in text.partition(wording.MY_DATA_OPENED)[2]


async def test_the_cards_hold_words_and_so_are_for_their_client_alone() -> None:
    from cards.kit.door import holds_words

    house, _ = await ended()
    cards = await every_card(house, "pat")
    assert any(holds_words(one.card) for one in cards if one.card)


async def test_words_before_a_change_are_their_writers_and_nobody_elses() -> None:
    house, state = await ended("amended")
    file = await house.file(state.a)
    (before,) = [one for one, _ in file.answers.values() if one.what.startswith(BEFORE)]
    assert writer_of(file.conversation, before) == file.conversation.requester.id
    assert marks_in(said(await every_card(house, "fay"))) == set()
    cards = await every_card(house, "priya")
    assert {"worry", "amended"} <= marks_in(said(cards))
    question = before.question("worry", "")
    # Only what is another thing now.
    assert said(cards).count(wording.MY_DATA_BEFORE.format(question="")) == 1
    assert wording.MY_DATA_BEFORE.format(question=question) in said(cards)
    # A note puts right what stands, not what was changed by its writer already.
    assert {one["what"] for one in adds(cards)} == {"request"}
    forged = {"conversation": state.a, "what": before.what, "by": before.by, "field": "worry"}
    await house.turn("priya", CardAction(ADD, forged))
    assert await house.drafts.find(house.people["priya"].actor.key, "rectify", state.a) is None


async def test_answers_of_a_kind_that_nobody_knows_are_nobodys() -> None:
    house, state = await ended()
    there = (await house.file(state.a)).conversation
    odd = Answers(what="of-tomorrow", by="requester", version=1, at=house.at, texts={"a": "zq"})
    assert writer_of(there, odd) == ""


async def test_a_request_that_is_not_sent_is_theirs_to_see_and_nobody_elses() -> None:
    house = House(MemoryStore())
    await house.arrive("priya", "fay")
    await house.fill_to("priya", "hope_child")
    await house.say("priya", "help")
    text = said(await every_card(house, "priya"))
    begun = text.partition(wording.MY_DATA_BEGUN)[2]
    assert wording.MY_DATA_DRAFT.format(day="Wednesday 3 March 2027") in begun
    at = [begun.index(STORY[name]) for name in ("worry", "hope_you", "hope_you_known")]
    assert at == sorted(at)
    assert STORY["hope_child"] not in text
    assert STORY["worry"] not in said(await every_card(house, "fay"))
    assert wording.MY_DATA_BEGUN not in said(await every_card(house, "fay"))


async def test_what_is_begun_in_a_conversation_stands_with_it() -> None:
    house, state = await ended()
    draft = await house.drafts.find(house.people["nia"].actor.key, "feedback", state.a)
    assert draft is not None
    cards = await every_card(house, "nia")
    assert wording.MY_DATA_BEGUN not in said(cards[:1])
    assert "unsentnia" in marks_in(said(cards))


# A note -------------------------------------------------------------------------------------------


async def add_note(house: Marked, who: str, text: str, *, field: str = "happened") -> Reply:
    cards = await every_card(house, who)
    (chosen,) = [one for one in adds(cards) if one["field"] == field]
    await house.turn(who, CardAction(ADD, chosen))
    return await house.tap(who, wording.NOTE_SAVE, note=text)


async def test_a_note_stands_under_the_answer_and_changes_nothing_of_it() -> None:
    house, state = await ended()
    file = await house.file(state.a)
    before = dict(file.answers)
    reply = await add_note(house, "pat", "It was Tuesday zqnote.")
    assert "zqnote" not in texts(reply.card)
    file = await house.file(state.a)
    assert {key: file.answers[key] for key in before} == before
    text = said(await every_card(house, "pat"))
    assert "It was Tuesday zqnote." in text
    assert text.index("zqhappenedpat") < text.index("zqnote")
    assert file.audit[-1].act == Act.NOTE_ADDED
    assert first_break(list(file.audit), file.conversation.audit_head) is None


async def test_several_notes_stand_one_after_another_with_their_days() -> None:
    house, _ = await ended()
    await add_note(house, "pat", "First.")
    house.at = house.local("2027-06-01T10:00")
    await add_note(house, "pat", "Second.")
    text = said(await every_card(house, "pat"))
    assert text.index("First.") < text.index("Second.")
    assert "Tuesday 1 June 2027" in text


async def test_long_notes_are_read_over_several_cards_and_two_of_one_moment_are_two() -> None:
    house, state = await ended()
    for number in range(8):  # the clock of the house stands still
        await add_note(house, "pat", f"zqnote{number} " + "äx" * 1990)
    read = await house.verb("lena", "feedback.words", state.a)
    text = texts(read.card)
    while on := [one for one in elements(read.card) if one.get("verb") == "feedback.words"]:
        read = await house.turn("lena", CardAction("feedback.words", dict(on[0]["data"])))
        text += texts(read.card)
    assert [number for number in range(8) if f"zqnote{number}" in text] == list(range(8))
    assert text.count("ä") == 8 * 1990


async def test_whoever_reads_the_answer_reads_the_note_and_nobody_else() -> None:
    house, state = await ended()
    await add_note(house, "pat", "To put it right: zqnote.")
    await add_note(house, "priya", "About the worry: zqother.", field="worry")
    read = await house.verb("lena", "feedback.words", state.a)
    while "zqnote" not in texts(read.card) and (
        on := [one for one in elements(read.card) if one.get("verb") == "feedback.words"]
    ):
        read = await house.turn("lena", CardAction("feedback.words", dict(on[0]["data"])))
    assert "zqnote" in texts(read.card)
    story = await house.verb("fay", "story.show", state.a, field="worry")
    assert "zqother" in texts(story.card)
    for who in ("nia", "martin", "priya"):
        assert "zqnote" not in said(await every_card(house, who))
    own = await house.verb("priya", "request.answers", state.a)
    assert "zqother" in texts(own.card)


@pytest.mark.parametrize("who", ["nia", "fay", "odd", "una"])
async def test_nobody_adds_one_to_what_another_wrote(who: str) -> None:
    house, state = await ended()
    (chosen,) = [one for one in adds(await every_card(house, "pat")) if one["field"] == "happened"]
    before = await house.file(state.a)
    reply = await house.turn(who, CardAction(ADD, chosen))
    assert "zq" not in texts(reply.card)
    after = await house.file(state.a)
    assert after.conversation.audit_sequence == before.conversation.audit_sequence
    assert await house.drafts.find(house.people[who].actor.key, "rectify", state.a) is None


async def test_one_is_added_at_any_stage_also_while_messages_are_stopped() -> None:
    house, state = await ended("stopped")
    assert (await house.record(state.a)).stopped_at is not None
    cards = await every_card(house, "priya")
    assert "worry" in marks_in(said(cards))
    await add_note(house, "priya", "zqlate", field="worry")
    assert "zqlate" in said(await every_card(house, "priya"))


@pytest.mark.parametrize(
    ("who", "field", "layer"), [("priya", "worry", Layer.ANSWERS), ("pat", "happened", Layer.WORDS)]
)
async def test_a_note_goes_with_the_answer_it_stands_beside_and_no_sooner(
    who: str, field: str, layer: Layer
) -> None:
    house, _ = await ended()
    await add_note(house, who, "zqnotea", field=field)
    for night in nights(layer):
        if night == DATES[layer][1]:
            assert "note" in await marks(house)
        await on(house, night)
    assert "note" not in await marks(house)


async def test_rectify_leads_to_what_they_wrote(house: Any) -> None:
    walked, _ = await ended()
    await walked.say("pat", "rectify")
    reply = await walked.tap("pat", wording.MY_DATA_YOURS)
    assert adds([reply])
    nobody = await house.say("kit", "rectify")
    assert wording.MY_DATA_NONE in texts(nobody.card)
