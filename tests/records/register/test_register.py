"""The one place that changes a conversation: transactions, races, the audit chain."""

import asyncio
from datetime import timedelta

import pytest

from cards.wording import wording
from records.board import board as boards
from records.board.places import OPEN, of_stage
from records.conversation.snapshot import TABLE, AuditLine, chained, read_file
from records.outbox import due
from records.outbox.prompt import Kind, State
from records.register import listing, projections
from records.register.register import Deed, NoSuchConversation, Register, new_reference
from records.register.repair import repair
from records.stages import Act, Stage, WrongStage
from records.store.codec import from_values
from records.store.contract import Changed, Unavailable
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from tests.records.audit_chain import first_break
from tests.trips import Counting

MINUTE = timedelta(minutes=1)


async def pointers(store, until):
    return {(one.conversation, one.prompt, one.at) async for one in due.due(store, until)}


async def board(store):
    return {one.conversation: one async for one in boards.all_of(store, OPEN)}


class Boundaries(MemoryStore):
    """Fails with `Died` at the nth boundary: before or after a call takes effect."""

    def __init__(self):
        super().__init__()
        self.left = None

    def boundary(self):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Died

    async def put(self, table, row):
        self.boundary()
        written = await super().put(table, row)
        self.boundary()
        return written

    async def commit(self, table, operations):
        self.boundary()
        written = await super().commit(table, operations)
        self.boundary()
        return written


class Died(BaseException):
    """The process ended here."""


async def test_opening_writes_record_answers_prompts_audit_pointers_and_lists(
    story, register, store
):
    it = await register.open(story.requested(), story.answers(), "r")
    file = await register.file("c1")
    assert file.conversation == it
    assert {one.kind for one, _ in file.prompts.values()} == {
        Kind.MANAGER_ASK,
        Kind.MANAGER_REMINDER,
        Kind.MANAGER_SILENT,
    }
    assert file.answers_of("request", "r").texts == {"worry": "much"}
    assert [line.act for line in file.audit] == [Act.REQUEST]
    assert len(await pointers(store, it.created + timedelta(days=9))) == 3
    assert (await board(store))["c1"].stage is Stage.REQUESTED
    assert [one.conversation async for one in projections.own_entries(store, "key-r")] == ["c1"]


async def test_opening_twice_gives_the_first_conversation_and_one_record(story, register, store):
    first = await register.open(story.requested(), story.answers(), "r")
    second = await register.open(story.requested("2026-11-02 10:05"), story.answers(), "r")
    assert second == first
    assert len((await register.file("c1")).audit) == 1


async def test_opening_together_gives_one_conversation(story, register):
    both = [register.open(story.requested(), story.answers(), "r") for _ in range(5)]
    results = await asyncio.gather(*both)
    assert len({one.audit_head for one in results}) == 1
    assert len((await register.file("c1")).audit) == 1


async def test_sending_again_after_a_crash_at_any_write_leaves_nothing_out(story, timetable):
    crashes = 0
    for boundary in range(100):
        store = Boundaries()
        register = Register(store, timetable)
        store.left = boundary
        try:
            await register.open(story.requested(), story.answers(), "r")
        except Died:
            crashes += 1
        else:
            break
        store.left = None
        it = await register.open(story.requested(), story.answers(), "r")
        file = await register.file("c1")
        assert first_break(list(file.audit), it.audit_head) is None
        expected = {("c1", one.id, one.not_before) for one, _ in file.prompts.values()}
        assert expected <= await pointers(store, it.created + timedelta(days=9)), boundary
        assert "c1" in await board(store), boundary
        assert [one.conversation async for one in projections.own_entries(store, "key-r")], boundary
    assert crashes >= 10


async def test_a_change_creates_each_prompt_once_and_touches_none_that_is_there(
    story, register, store
):
    await register.open(story.requested(), story.answers(), "r")
    row = next([r async for r in store.query(TABLE, partition="c1", key_from="prompt-")].__iter__())
    claimed = await store.update(TABLE, type(row)(
        row.partition, row.key, {**row.values, "state": "claimed"}, row.etag))  # fmt: skip
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    await register.change("c1", deed, lambda it: it.talk_first(deed.at))
    again = Deed(Act.ASK_AGAIN, "r", story.at("2026-11-03 12:00"))
    await register.change("c1", again, lambda it: it.ask_again(again.at))
    kept = await store.get(TABLE, "c1", row.key)
    assert (kept.etag, kept.values["state"]) == (claimed.etag, "claimed")
    file = await register.file("c1")
    kinds = sorted(one.kind.value for one, _ in file.prompts.values())
    twice = [one for one in ("manager-ask", "manager-reminder", "manager-silent") for _ in "12"]
    assert kinds == [*twice, "talk-first"]


async def test_twenty_changes_at_once_all_happen_and_the_chain_holds(story, register, store):
    await register.open(story.requested(), story.answers(), "r")

    async def talk(minute):
        at = story.at("2026-11-02 12:00") + minute * MINUTE
        await register.change("c1", Deed(Act.TALK_FIRST, "m", at), lambda it: it.talk_first(at))

    await asyncio.gather(*map(talk, range(20)))
    file = await register.file("c1")
    assert len(file.conversation.talks) == 20
    assert [line.sequence for line in file.audit] == list(range(1, 22))
    assert first_break(list(file.audit), file.conversation.audit_head) is None
    assert (await board(store))["c1"].made_from == 21


async def test_of_those_who_pick_up_at_once_exactly_one_has_it(story, register):
    it = await register.open(story.requested(), story.answers(), "r")
    at = it.created + MINUTE
    await register.change("c1", Deed(Act.AGREE, "m", at), lambda it: it.agree(at, ()))

    async def pick_up(number):
        one = story.facilitator.model_copy(update={"id": f"f{number}"})
        deed = Deed(Act.PICK_UP, one.id, at)
        return await register.change("c1", deed, lambda it: it.pick_up(at, one))

    results = await asyncio.gather(*map(pick_up, range(10)), return_exceptions=True)
    won = [one for one in results if not isinstance(one, Exception)]
    assert len(won) == 1
    assert [type(one) for one in results if isinstance(one, Exception)] == [WrongStage] * 9
    file = await register.file("c1")
    assert file.conversation.facilitator == won[0].facilitator
    assert sum(line.act == Act.PICK_UP for line in file.audit) == 1


async def test_the_board_is_right_after_a_race_with_the_closing(story, register, store):
    for number in range(12):
        identity = f"c{number}"
        start = story.requested(identity=identity)
        await register.open(start, story.answers(), "r")
        at = start.created + MINUTE

        async def close(identity=identity, at=at):
            deed = Deed(Act.WITHDRAW, "r", at)
            await register.change(identity, deed, lambda it: it.withdraw(at))

        async def remark(identity=identity, at=at):
            deed = Deed(Act.NOT_REACHED, "assistant", at)
            await register.change(identity, deed, lambda it: it.not_reached(at, "m", ()))

        await asyncio.gather(remark(), close(), remark())
    assert await board(store) == {}


async def test_a_writer_overtaken_before_its_lists_leaves_no_old_stage_behind(story, timetable):
    class Slow(MemoryStore):
        released = asyncio.Event()

        async def put(self, table, row):
            if table == boards.BOARD and row.values.get("made_from") == 2:
                await self.released.wait()
            return await super().put(table, row)

    store = Slow()
    register = Register(store, timetable)
    it = await register.open(story.requested(), story.answers(), "r")
    at = it.created + MINUTE
    slow = Deed(Act.TALK_FIRST, "m", at)
    late = asyncio.create_task(register.change("c1", slow, lambda it: it.talk_first(at)))
    await asyncio.sleep(0.01)
    await register.change("c1", Deed(Act.WITHDRAW, "r", at), lambda it: it.withdraw(at))
    store.released.set()
    await late
    assert await board(store) == {}
    [closed] = [one async for one in boards.all_of(store, of_stage(Stage.WITHDRAWN))]
    assert (closed.conversation, closed.stage) == ("c1", Stage.WITHDRAWN)


async def test_a_change_that_changes_nothing_leaves_no_line(story, register):
    await register.open(story.requested(), story.answers(), "r")
    await register.change("c1", Deed(Act.REACHED, "assistant", story.at("2026-11-02 12:00")),
                          lambda it: it.reached("m"))  # fmt: skip
    assert len((await register.file("c1")).audit) == 1


async def test_a_change_of_nothing_is_refused(story, register):
    deed = Deed(Act.WITHDRAW, "r", story.at("2026-11-02 12:00"))
    with pytest.raises(NoSuchConversation):
        await register.change("nowhere", deed, lambda it: it.withdraw(deed.at))


async def test_answers_come_with_their_change_and_are_replaced_by_later_ones(story, register):
    await register.open(story.requested(), story.answers(), "r")
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    first = story.answers()
    second = first.model_copy(update={"texts": {"worry": "less"}})
    for one in (first, second):
        await register.change("c1", deed, lambda it: it.talk_first(deed.at), lambda _, a=one: [a])
    assert (await register.file("c1")).answers_of("request", "r").texts == {"worry": "less"}


async def test_a_submission_sent_twice_is_taken_once(story, register):
    await register.open(story.requested(), story.answers(), "r")
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"), submission="s1")
    for _ in range(2):
        await register.change("c1", deed, lambda it: it.talk_first(deed.at))
    assert len((await register.file("c1")).conversation.talks) == 1


async def test_lists_left_behind_never_undo_a_change(story, timetable):
    class NoLists(MemoryStore):
        async def put(self, table, row):
            if table == boards.BOARD:
                raise Unavailable("away")
            return await super().put(table, row)

    register = Register(NoLists(), timetable)
    it = await register.open(story.requested(), story.answers(), "r")
    assert it.stage is Stage.REQUESTED


async def test_a_race_that_does_not_end_is_an_error_and_not_a_loss(story, timetable, monkeypatch):
    monkeypatch.setattr("records.register.register.LONGEST_PAUSE", 0)

    class AlwaysChanged(MemoryStore):
        racing = False

        async def commit(self, table, operations):
            if self.racing:
                raise Changed(table, "c1", None)
            return await super().commit(table, operations)

    store = AlwaysChanged()
    register = Register(store, timetable)
    await register.open(story.requested(), story.answers(), "r")
    store.racing = True
    deed = Deed(Act.WITHDRAW, "r", story.at("2026-11-02 12:00"))
    with pytest.raises(Changed):
        await register.change("c1", deed, lambda it: it.withdraw(deed.at))


@pytest.mark.parametrize("tampering", ["by", "act", "at", "stage", "removed", "swapped", "cut off"])
async def test_a_tampered_audit_trail_is_found(tampering, story, register):
    await register.open(story.requested(), story.answers(), "r")
    for minute in range(4):
        deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00") + minute * MINUTE)
        await register.change("c1", deed, lambda it, at=deed.at: it.talk_first(at))
    file = await register.file("c1")
    lines, head = list(file.audit), file.conversation.audit_head
    assert first_break(lines, head) is None
    if tampering == "removed":
        del lines[2]
    elif tampering == "swapped":
        lines[2], lines[3] = lines[3], lines[2]
    elif tampering == "cut off":
        del lines[-1]
        assert first_break(lines, head) == 4
        return
    else:
        changes = {"by": "x", "act": "agree", "at": lines[2].at + MINUTE, "stage": "held"}
        lines[2] = lines[2].model_copy(update={tampering: changes[tampering]})
    assert first_break(lines, head) == 3


async def test_a_line_written_anew_with_its_own_hash_breaks_at_the_next(story, register):
    await register.open(story.requested(), story.answers(), "r")
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    await register.change("c1", deed, lambda it: it.talk_first(deed.at))
    file = await register.file("c1")
    forged = chained(file.audit[0].model_copy(update={"by": "x", "hash": ""}))
    assert first_break([forged, file.audit[1]], file.conversation.audit_head) == 2


async def test_the_chain_holds_whatever_zone_the_time_was_given_in(story, register, store):
    await register.open(story.requested(), story.answers(), "r")
    at = story.at("2026-07-02 12:00").astimezone(story.zone)
    await register.change("c1", Deed(Act.TALK_FIRST, "m", at), lambda it: it.talk_first(at))
    row = await store.get(TABLE, "c1", "audit-00000002")
    assert from_values(AuditLine, row.values).at == at
    file = await register.file("c1")
    assert first_break(list(file.audit), file.conversation.audit_head) is None


def test_a_reference_is_short_and_has_no_letters_that_are_misread():
    for _ in range(50):
        prefix, _, rest = new_reference().partition("-")
        assert (prefix, len(rest)) == ("LC", 5)
        assert not set(rest) & set("ILOU")


async def test_two_conversations_never_share_a_reference(register, monkeypatch):
    names = iter(["LC-AAAAA", "LC-AAAAA", "LC-BBBBB"])
    monkeypatch.setattr("records.register.register.new_reference", lambda **_: next(names))
    assert await register.reserve_reference("c1") == "LC-AAAAA"
    assert await register.reserve_reference("c2") == "LC-BBBBB"


# From the record that was read --------------------------------------------------------------------


async def opened(register, story):
    await register.open(story.requested(), story.answers(), "r")
    return await register.file("c1", whole=False)


async def test_a_change_from_what_was_read_reads_nothing_more(story, timetable):
    store, left = Counting(MemoryStore()), []
    register = Register(store, timetable, later=left.append)
    seen = await opened(register, story)
    store.taken()
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    it = await register.change("c1", deed, lambda it: it.talk_first(deed.at), seen=seen)
    assert (store.reads, len(store.transactions)) == ([], 1)
    assert {one.table for one in store.writes} == {due.TABLE}
    assert (await register.file("c1")).conversation == it


async def test_a_second_change_goes_on_from_the_first_without_reading(story, timetable):
    store = Counting(MemoryStore())
    register = Register(store, timetable, later=[].append)
    seen = await opened(register, story)
    store.taken()
    talk, no = (Deed(act, "m", story.at("2026-11-02 12:00")) for act in (Act.TALK_FIRST, Act.AGREE))
    seen = await register.apply("c1", talk, lambda it: it.talk_first(talk.at), seen=seen)
    seen = await register.apply(
        "c1", no, lambda it: it.agree(no.at, (story.facilitator,)), seen=seen
    )
    assert store.reads == []
    assert seen == await register.file("c1", whole=False)


async def test_what_a_change_gives_is_what_is_kept_with_its_answers(story, register):
    await register.open(story.requested(), story.answers(), "r")
    seen = await register.file("c1")
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    for text in ("less", "least"):
        said = story.answers().model_copy(update={"texts": {"worry": text}})
        seen = await register.apply(
            "c1", deed, lambda it: it.talk_first(deed.at), lambda _, a=said: [a], seen=seen
        )
    assert seen == await register.file("c1")


async def test_answers_are_written_over_what_is_there_though_only_the_record_was_read(
    story, register
):
    seen = await opened(register, story)
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"))
    said = story.answers().model_copy(update={"texts": {"worry": "less"}})
    await register.change(
        "c1", deed, lambda it: it.talk_first(deed.at), lambda _: [said], seen=seen
    )
    assert (await register.file("c1")).answers_of("request", "r").texts == {"worry": "less"}


async def test_whoever_was_overtaken_is_asked_again_about_what_is_there_now(story, register):
    seen = await opened(register, story)
    at = story.at("2026-11-02 12:00")
    await register.change("c1", Deed(Act.WITHDRAW, "r", at), lambda it: it.withdraw(at))
    asked = []

    def talk(it):
        asked.append(it.stage)
        return it.talk_first(at)

    with pytest.raises(WrongStage):
        await register.change("c1", Deed(Act.TALK_FIRST, "m", at), talk, seen=seen)
    assert asked == [Stage.REQUESTED, Stage.WITHDRAWN]


async def test_the_same_tap_from_two_devices_that_read_the_same_counts_once(story, register):
    seen = await opened(register, story)
    deed = Deed(Act.TALK_FIRST, "m", story.at("2026-11-02 12:00"), submission="s1")
    for _ in range(2):
        await register.change("c1", deed, lambda it: it.talk_first(deed.at), seen=seen)
    assert len((await register.file("c1")).conversation.talks) == 1


async def test_the_record_alone_is_read_with_its_prompts_and_without_answers(story, register):
    seen, whole = await opened(register, story), await register.file("c1")
    assert (seen.conversation, seen.etag, seen.prompts) == (
        whole.conversation, whole.etag, whole.prompts,
    )  # fmt: skip
    assert (seen.whole, seen.answers, seen.audit) == (False, {}, ())
    assert (whole.whole, len(whole.answers), len(whole.audit)) == (True, 1, 1)


# Before the reply, and after it -------------------------------------------------------------------


class Watched(MemoryStore):
    """Notes what is under way, and what was there when the transaction began."""

    def __init__(self):
        super().__init__()
        self.under_way, self.most, self.before = 0, 0, []

    async def put(self, table, row):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        written = await super().put(table, row)
        self.under_way -= 1
        return written

    async def commit(self, table, operations):
        tables = (due.TABLE, projections.BY_PERSON)
        self.before.append([(t, row) for t in tables async for row in self.query(t)])
        return await super().commit(table, operations)


async def test_pointers_and_own_rows_are_there_before_the_change_all_written_at_once(
    story, timetable
):
    store = Watched()
    register = Register(store, timetable, later=[].append)
    await register.open(story.requested(), story.answers(), "r")
    file = await register.file("c1")
    there = {row.values.get("prompt") for table, row in store.before[-1] if table == due.TABLE}
    assert there == {*file.prompts, "lists1"}
    assert [row.partition for t, row in store.before[-1] if t == projections.BY_PERSON] == ["key-r"]
    assert store.most == len(there) + 1
    at = story.at("2026-11-02 12:00")
    await register.change("c1", Deed(Act.AGREE, "m", at), lambda it: it.agree(at, ()))
    picked = Deed(Act.PICK_UP, "key-f", at)
    await register.change("c1", picked, lambda it: it.pick_up(at, story.facilitator))
    owed = set((await register.file("c1")).prompts)
    there = {row.values.get("prompt") for table, row in store.before[-1] if table == due.TABLE}
    assert owed | {"lists1", "lists2", "lists3"} == there
    own = [row.partition for t, row in store.before[-1] if t == projections.BY_PERSON]
    assert own == ["key-f", "key-r"]


async def test_lists_are_left_until_after_the_reply_and_their_pointer_goes_with_them(
    story, timetable
):
    store, left = MemoryStore(), []
    register = Register(store, timetable, later=left.append)
    it = await register.open(story.requested(), story.answers(), "r")
    assert await board(store) == {}
    soon = it.created + timedelta(minutes=1)
    assert {prompt for _, prompt, _ in await pointers(store, soon)} == {"lists1", *due_now(it)}
    for errand in left:
        await errand()
    assert set(await board(store)) == {"c1"}
    assert {prompt for _, prompt, _ in await pointers(store, soon)} == set(due_now(it))


def due_now(it):
    """What is owed at once when a request is sent."""
    return [one.id for one in Timetable(wording.partnership).owed(it) if one.due <= it.created]


async def test_a_lists_pointer_is_redone_only_once_its_change_is_there(story, store, timetable):
    it = story.requested().model_copy(update={"audit_sequence": 2})
    mine = due.lists_pointer(it.id, it.audit_sequence, it.created)
    await due.point(store, mine)
    assert not await listing.redo_lists(store, timetable, mine)
    register = Register(store, timetable, later=[].append)
    await register.open(story.requested(), story.answers(), "r")
    assert not await listing.redo_lists(store, timetable, mine)
    at = it.created
    await register.change("c1", Deed(Act.WITHDRAW, "r", at), lambda it: it.withdraw(at))
    assert await listing.redo_lists(store, timetable, mine)
    [closed] = [one async for one in boards.all_of(store, of_stage(Stage.WITHDRAWN))]
    assert closed.conversation == "c1"


# Repair -----------------------------------------------------------------------------------------


async def empty(store, table):
    for row in [row async for row in store.query(table)]:
        await store.delete(table, row.partition, row.key)


async def rows(store, *tables):
    return {t: {(r.partition, r.key): dict(r.values) async for r in store.query(t)} for t in tables}


async def test_repair_brings_back_pointers_board_and_lists_from_the_conversations(
    story, register, store, timetable
):
    for number in range(3):
        await register.open(story.requested(identity=f"c{number}"), story.answers(), "r")
    deed = Deed(Act.WITHDRAW, "r", story.at("2026-11-02 12:00"))
    await register.change("c1", deed, lambda it: it.withdraw(deed.at))
    tables = (due.TABLE, boards.BOARD, projections.BY_PERSON)
    before = await rows(store, *tables)
    for table in tables:
        await empty(store, table)
    first = await repair(store, timetable)
    assert first.conversations == 3
    assert await rows(store, *tables) == before
    again = await repair(store, timetable)
    assert (again.prompts, await rows(store, *tables)) == (0, before)


async def test_repair_writes_a_prompt_that_is_owed_and_was_never_written(
    story, register, store, timetable
):
    it = await register.open(story.requested(), story.answers(), "r")
    file = await read_file(store, "c1")
    lost = next(iter(file.prompts))
    await store.delete(TABLE, "c1", f"prompt-{lost}")
    await empty(store, due.TABLE)
    assert (await repair(store, timetable)).prompts == 1
    back, _ = (await read_file(store, "c1")).prompts[lost]
    assert back.state is State.WAITING
    assert len(await pointers(store, it.created + timedelta(days=9))) == 3


async def test_repair_points_to_nothing_that_is_settled(story, register, store, timetable):
    it = await register.open(story.requested(), story.answers(), "r")
    for row in [r async for r in store.query(TABLE, partition="c1", key_from="prompt-",
                                             key_to="prompt-~")]:  # fmt: skip
        values = {**row.values, "state": "sent"}
        await store.update(TABLE, type(row)(row.partition, row.key, values, row.etag))
    await empty(store, due.TABLE)
    await repair(store, timetable)
    assert await pointers(store, it.created + timedelta(days=9)) == set()


@pytest.mark.parametrize("whole", [False, True], ids=["record", "with its answers"])
async def test_a_caller_who_looked_at_more_decides_anew(story, store, register, whole):
    it = await register.open(story.requested(), story.answers(), "r")
    seen = await read_file(store, it.id, whole=False)
    nudge = Deed(Act.NUDGE, "r", story.at("2026-11-03 10:00"))
    await register.change(it.id, nudge, lambda now: now.with_(nudges=(nudge.at,)))
    talk = Deed(Act.TALK_FIRST, "m", story.at("2026-11-03 11:00"))
    said = (lambda _: [story.answers()]) if whole else None
    with pytest.raises(Changed):
        await register.apply(
            it.id, talk, lambda now: now.talk_first(talk.at), said, seen=seen, once=True
        )
    assert (await read_file(store, it.id)).conversation.talks == ()
