"""A typed message counts once, however often and wherever Teams delivers it: over memory, and over
a real table storage.

Each is delivered again at once, after others were typed, and at another copy that has nothing at
hand, which is what a restart leaves as well.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.demo.clock import skip_command
from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import CardAction, Event, FileSent, Message, Reply
from records.heard import REMEMBERED, TABLE
from records.stages import Act
from records.store.azure import TableStore
from records.store.contract import Row, Store, Unavailable
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, texts
from tests.dialogs.learning.test_upload import ADDRESS, asked, word

KEPT = ("drafts", "conversations", "files", "people", "byperson", "bymail", "references")
"""Whatever somebody could change by a message. Of `heard` only what it says is looked at."""
STORY = "Since September nobody answers when school rings, and we all mean something else."


@dataclass
class Typing:
    """A house, another copy beside it, and messages that carry their ids."""

    house: House
    there: House

    async def say(self, who: str, text: str, mark: str, *, elsewhere: bool = False) -> Reply:
        """A typed message under an id, delivered here or to the other copy."""
        return await self.bring(who, Message(text), mark, elsewhere=elsewhere)

    async def bring(self, who: str, event: Event, mark: str, *, elsewhere: bool = False) -> Reply:
        """Whatever was typed or attached."""
        self.there.at = self.house.at
        root = self.there.root if elsewhere else self.house.root
        turn = replace(self.house.a_turn(who, event), activity=mark)
        reply = await root.handle(turn)
        self.house.show(who, event, reply)
        self.house.prompts.extend(self.there.prompts)
        self.there.prompts.clear()
        await self.house.deliver()
        await self.house.tidy()
        await self.there.tidy()
        return reply

    async def again(self, who: str, text: str, mark: str) -> list[Reply]:
        """The same delivered twice more, here and there: nothing may be different after it."""
        before = await self.kept()
        replies = [await self.say(who, text, mark, elsewhere=one) for one in (False, True)]
        assert await self.kept() == before
        return replies

    async def kept(self) -> dict[str, list[Any]]:
        """Every row, but for when somebody was last seen."""
        return {
            table: [
                (row.partition, row.key, dict(row.values)) for row in await self.house.dump(table)
            ]
            for table in KEPT
        }


@pytest.fixture(params=["memory", "tables"])
async def typing(request: pytest.FixtureRequest) -> AsyncIterator[Typing]:
    stores: list[Store] = [MemoryStore()] * 2
    if request.param == "tables":
        azurite, prefix = request.getfixturevalue("azurite"), f"t{uuid4().hex[:12]}"
        stores = [
            TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix) for _ in range(2)
        ]
    house, there = House(stores[0]), House(stores[1])
    there.people, there.nonces = house.people, house.nonces
    yield Typing(house, there)
    for one in dict.fromkeys(stores):
        await one.close()


def shown(reply: Reply) -> str:
    return texts(reply.card) if reply.card else reply.summary


async def test_an_answer_delivered_again_does_not_answer_the_next_question(typing: Typing) -> None:
    await typing.house.fill_to("priya", "worry")
    await typing.say("priya", "That nobody listens.", "m1")
    for reply in await typing.again("priya", "That nobody listens.", "m1"):
        assert "5 of 8" in shown(reply)
    await typing.house.tap("priya", "Next")
    for reply in await typing.again("priya", "That nobody listens.", "m1"):
        assert "6 of 8" in shown(reply)
    await typing.say("priya", "Room to think.", "m2")
    await typing.say("priya", "I sleep better.", "m3")
    await typing.house.tap("priya", "Next")
    for mark, text in (("m1", "That nobody listens."), ("m2", "Room to think.")):
        for reply in await typing.again("priya", text, mark):
            assert "7 of 8" in shown(reply)


async def test_the_same_words_under_a_new_id_count(typing: Typing) -> None:
    await typing.house.fill_to("priya", "hope_you")
    await typing.say("priya", "Room to think.", "m1")
    await typing.say("priya", "Room to think.", "m2", elsewhere=True)
    draft = await typing.house.draft("priya")
    assert draft is not None
    assert (draft.answers["hope_you"], draft.answers["hope_you_known"]) == ("Room to think.",) * 2


async def test_messages_without_an_id_count_each_time(typing: Typing) -> None:
    await typing.house.fill_to("priya", "hope_you")
    await typing.say("priya", "Room to think.", "")
    await typing.say("priya", "Room to think.", "")
    draft = await typing.house.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you_known"] == "Room to think."
    assert await typing.house.dump(TABLE) == []


async def test_an_answer_too_long_to_be_taken_is_shown_once_more_and_not_kept_twice(
    typing: Typing,
) -> None:
    await typing.house.fill_to("priya", "worry")
    await typing.say("priya", "z" * 12_000, "m1")
    for reply in await typing.again("priya", "z" * 12_000, "m1"):
        assert "5 of 8" in shown(reply)


async def test_the_last_answer_delivered_again_shows_the_receipt_and_begins_nothing(
    typing: Typing,
) -> None:
    house = typing.house
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.tap("pat", "Next")
    await typing.say("pat", "More time.", "m1")
    receipt = await house.tap("pat", "Send")
    assert await house.draft("pat", "feedback", key) is None
    for reply in await typing.again("pat", "More time.", "m1"):
        assert reply.summary == receipt.summary
    await house.fill_to("pat", "worry")
    for reply in await typing.again("pat", "More time.", "m1"):
        assert reply.summary == receipt.summary
    draft = await house.draft("pat")
    assert draft is not None
    assert "worry" not in draft.answers
    acts = [line.act for line in (await house.file(key)).audit]
    assert (acts.count(Act.FEEDBACK), acts.count(Act.FEEDBACK_CAME)) == (1, 1)


async def test_a_number_delivered_again_does_not_change_a_later_one(typing: Typing) -> None:
    house = typing.house
    key = await house.held()
    await house.tap("priya", "5 out of 10")
    await house.tap("priya", "Back")
    await typing.say("priya", "6", "m1")
    await house.tap("priya", wording.SCALE_SEND.format(number=6))
    await house.tap("priya", "Back")
    await typing.say("priya", "8", "m2")
    await house.tap("priya", wording.SCALE_SEND.format(number=8))
    for reply in await typing.again("priya", "6", "m1"):
        assert wording.FEEDBACK_HAPPENED_TITLE in shown(reply)
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == 8


async def test_a_managers_words_go_to_the_requester_once(typing: Typing) -> None:
    house = typing.house
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await typing.say("martin", "Can we talk on Tuesday?", "m1")
    await house.tap("martin", "Send")
    told = len(house.told("priya"))
    await typing.again("martin", "Can we talk on Tuesday?", "m1")
    assert len((await house.record(key)).talks) == 1
    assert len(house.told("priya")) == told


async def test_a_text_typed_where_nothing_was_asked_answers_no_question_of_later(
    typing: Typing,
) -> None:
    await typing.house.arrive("priya")
    await typing.say("priya", STORY, "m1")
    await typing.house.fill_to("priya", "worry")
    await typing.again("priya", STORY, "m1")
    draft = await typing.house.draft("priya")
    assert draft is not None
    assert "worry" not in draft.answers


async def two_open(house: House) -> str:
    key = await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    return key


async def waits(house: House) -> int:
    return len([row for row in await house.dump("drafts") if row.key.startswith("typed-")])


async def test_a_text_that_could_be_for_several_waits_once(typing: Typing) -> None:
    await two_open(typing.house)
    await typing.say("priya", "A typed thought.", "m1")
    for reply in await typing.again("priya", "A typed thought.", "m1"):
        assert reply.summary == wording.WHICH_TITLE
        assert "A typed thought." not in shown(reply)
    assert await waits(typing.house) == 1


async def test_a_text_that_was_put_to_use_does_not_wait_again(typing: Typing) -> None:
    await two_open(typing.house)
    await typing.say("priya", "A typed thought.", "m1")
    await typing.house.tap("priya", "Request")
    for reply in await typing.again("priya", "A typed thought.", "m1"):
        assert "5 of 8" in shown(reply)
    assert await waits(typing.house) == 0


async def test_a_text_that_was_for_none_of_them_does_not_wait_again(typing: Typing) -> None:
    await two_open(typing.house)
    await typing.say("priya", "A typed thought.", "m1")
    await typing.house.tap("priya", "None of these")
    await typing.again("priya", "A typed thought.", "m1")
    assert await waits(typing.house) == 0


async def test_request_delivered_again_begins_no_second_one(typing: Typing) -> None:
    house = typing.house
    await house.arrive("priya", "martin")
    await typing.say("priya", "request", "m1")
    await house.tap("priya", "No")
    for reply in await typing.again("priya", "request", "m1"):
        assert "2 of 8" in shown(reply)
    await house.discard("priya")
    for reply in await typing.again("priya", "request", "m1"):
        assert reply.summary == wording.STATUS_SUMMARY
    await typing.say("priya", "request", "m2")
    assert await house.draft("priya") is not None


async def test_cancel_delivered_again_does_not_ask_about_what_was_begun_since(
    typing: Typing,
) -> None:
    house = typing.house
    await house.fill_to("priya", "worry")
    await typing.say("priya", "cancel", "m1")
    await house.tap("priya", "Yes, delete it")
    house.at += timedelta(minutes=1)
    await house.fill_to("priya", "hope_you")
    for reply in await typing.again("priya", "cancel", "m1"):
        assert reply.summary != wording.CANCEL_SURE
    assert await house.draft("priya") is not None


async def test_type_up_delivered_again_stays_at_the_section_that_is_open(typing: Typing) -> None:
    house = typing.house
    key = await house.held()
    await typing.say("fay", "type up", "m1")
    await house.turn("fay", CardAction("learning.open", {"conversation": key, "to": "worries"}))
    await typing.again("fay", "type up", "m1")
    draft = await house.draft("fay", "learning", key)
    assert draft is not None
    assert draft.step == "worries"


async def test_an_attached_file_delivered_again_does_not_take_the_place_of_a_later_one(
    typing: Typing,
) -> None:
    house = typing.house
    key = await asked(house)
    typing.there.onedrive = house.onedrive
    await typing.bring("fay", FileSent("a.docx", ADDRESS), "m1")
    await house.tap("fay", "See the sections")
    await house.tap("fay", "Upload another Word file")
    house.onedrive.sent[ADDRESS + "2"] = await word(house, key)
    before = await typing.kept()
    for elsewhere in (False, True):
        await typing.bring("fay", FileSent("a.docx", ADDRESS), "m1", elsewhere=elsewhere)
        assert await typing.kept() == before
    await typing.bring("fay", FileSent("b.docx", ADDRESS + "2"), "m2")
    assert await typing.kept() != before


@pytest.mark.parametrize("command", ["help", "my requests", "hello", "urgent"])
async def test_what_changes_nothing_is_answered_each_time(typing: Typing, command: str) -> None:
    await typing.house.arrive("priya")
    first = await typing.say("priya", command, "m1")
    for reply in await typing.again("priya", command, "m1"):
        assert reply.summary == first.summary


async def test_a_leap_in_time_is_made_once() -> None:
    house, leaps = House(MemoryStore()), list[datetime]()

    async def ahead(until: datetime) -> int:
        leaps.append(until)
        return 0

    root, other = (Root(house.services(), skip_command(ahead)) for _ in range(2))
    turn = replace(house.a_turn("priya", Message("skip 2 days")), activity="m1")
    for one in (root, root, other):
        await one.handle(turn)
    assert len(leaps) == 1
    await root.handle(replace(turn, activity="m2"))
    assert len(leaps) == 2


class Dying(MemoryStore):
    """The process ends once something is kept, and before it is noted that it has got there."""

    dies = False

    async def update(self, table: str, row: Row) -> Row:
        if table == TABLE and self.dies:
            raise Unavailable("the process ended")
        return await super().update(table, row)


async def test_where_a_copy_ends_before_it_has_noted_an_answer_it_counts_once() -> None:
    store = Dying()
    typing = Typing(House(store), House(store))
    house = typing.house
    typing.there.people = house.people
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    store.dies = True
    await typing.say("pat", "We listened.", "m1")
    store.dies = False
    await house.fill_to("pat", "worry")
    for reply in await typing.again("pat", "We listened.", "m1"):
        assert "Feedback" in shown(reply)
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.answers["happened"] == "We listened."


async def test_where_a_copy_ends_right_after_the_last_answer_its_receipt_is_shown() -> None:
    store = Dying()
    typing = Typing(House(store), House(store))
    house = typing.house
    typing.there.people = house.people
    await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.tap("pat", "Next")
    store.dies = True
    receipt = await typing.say("pat", "More time.", "m1")
    store.dies = False
    await house.fill_to("pat", "worry")
    for reply in await typing.again("pat", "More time.", "m1"):
        assert reply.summary == receipt.summary


async def test_the_same_at_two_copies_at_once_is_one_answer(typing: Typing) -> None:
    await typing.house.fill_to("priya", "hope_you")
    turn = replace(typing.house.a_turn("priya", Message("Room to think.")), activity="m1")
    roots = (typing.house.root, typing.there.root)
    await asyncio.gather(*(one.handle(turn) for one in roots))
    draft = await typing.house.draft("priya")
    assert draft is not None
    assert draft.answers["hope_you"] == "Room to think."
    assert not draft.answers.get("hope_you_known")
    assert draft.kept == {}


async def test_a_file_at_two_copies_at_once_is_kept_once(typing: Typing) -> None:
    key = await asked(typing.house)
    typing.there.onedrive.sent.update(typing.house.onedrive.sent)
    turn = replace(typing.house.a_turn("fay", FileSent("a.docx", ADDRESS)), activity="m1")
    roots = (typing.house.root, typing.there.root)
    replies = await asyncio.gather(*(one.handle(turn) for one in roots))
    assert replies[0].summary == replies[1].summary
    file = await typing.house.file(key)
    kept = {str(row.key).partition(".")[0] for row in await typing.house.dump("files")}
    assert kept == {file.conversation.captured.file}
    assert [one.act for one in file.audit].count(Act.LEARNING_FILE) == 1


async def test_what_is_remembered_is_bounded_and_holds_no_word() -> None:
    house = House(MemoryStore())
    await house.arrive("priya")
    for number in range(REMEMBERED + 3):
        turn = replace(house.a_turn("priya", Message(STORY)), activity=f"m{number}")
        await house.root.handle(turn)
    [row] = await house.dump(TABLE)
    assert "September" not in str(row.values)
    assert str(row.values).count('"mark"') == REMEMBERED
