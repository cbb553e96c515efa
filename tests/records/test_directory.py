"""Who has the app, who is newly reachable, and which mail address is whose."""

import asyncio
from datetime import timedelta

import pytest

from records.directory import Directory
from records.people import Addresses, Reference, person_key, same_mail
from records.store.memory import MemoryStore
from tests.trips import Counting

M = Addresses(("m@care.example",))


@pytest.fixture
def directory(store):
    return Directory(store)


@pytest.fixture
def chat():
    return Reference(service_url="https://smba.example/uk", conversation_id="chat-1", tenant="t")


@pytest.fixture
def now(story):
    return story.at("2026-11-02 10:00")


async def test_an_install_makes_somebody_newly_reachable_once(directory, chat, now):
    seen = [await directory.seen("t", "o1", "Maria", now, reference=chat) for _ in range(2)]
    assert [newly for _, newly in seen] == [True, False]


async def test_of_two_installs_at_once_one_is_new(directory, chat, now):
    both = [directory.seen("t", "o1", "Maria", now, reference=chat) for _ in range(2)]
    assert sorted(newly for _, newly in await asyncio.gather(*both)) == [False, True]


async def test_a_message_in_a_channel_makes_nobody_reachable(directory, now):
    person, newly = await directory.seen("t", "o1", "Maria", now)
    assert (person.reference, newly) == (None, False)


async def test_somebody_gone_is_reachable_again_after_the_next_install(directory, chat, now):
    person, _ = await directory.seen("t", "o1", "Maria", now, reference=chat)
    await directory.gone(person.key)
    assert not (await directory.find(person.key)).reachable
    again, newly = await directory.seen("t", "o1", "Maria", now, reference=chat)
    assert (again.reachable, newly) == (True, True)


async def test_a_person_is_found_by_every_address_the_platform_gave(directory, chat, now):
    addresses = Addresses(("Maria@Care.Example", "mlee@care.example"))
    person, _ = await directory.seen("t", "o1", "Maria", now, reference=chat, addresses=addresses)
    for address in ("maria@care.example", " MLEE@care.example "):
        assert await directory.find_by_mail(address) == person
    for unknown in ("", "  ", "else@care.example"):
        assert await directory.find_by_mail(unknown) is None


async def test_an_address_given_for_two_people_reaches_neither(directory, chat, now):
    for who in ("o1", "o2", "o1"):
        await directory.seen("t", who, "M", now, reference=chat, addresses=M)
    assert await directory.find_by_mail("m@care.example") is None


async def test_an_address_given_for_two_people_at_once_reaches_neither(directory, chat, now):
    await asyncio.gather(*(
        directory.seen("t", who, "M", now, reference=chat, addresses=M)
        for who in ("o1", "o2")
    ))  # fmt: skip
    assert await directory.find_by_mail("m@care.example") is None


async def test_a_crash_between_person_and_address_is_mended_at_the_next_visit(chat, now):
    class Died(BaseException):
        pass

    class Dies(MemoryStore):
        after = 0

        async def commit(self, table, operations):
            written = await super().commit(table, operations)
            self.count()
            return written

        async def put(self, table, row):
            written = await super().put(table, row)
            self.count()
            return written

        def count(self):
            self.after -= 1
            if self.after == 0:
                raise Died

    for after in (1, 2):
        store = Dies()
        store.after = after
        directory = Directory(store)
        with pytest.raises(Died):
            await directory.seen("t", "o1", "M", now, reference=chat, addresses=M)
        await directory.seen("t", "o1", "M", now, reference=chat, addresses=M)
        assert await directory.find_by_mail("m@care.example") is not None


async def test_the_welcome_is_given_to_one_caller(directory, chat, now):
    person, _ = await directory.seen("t", "o1", "Maria", now, reference=chat)
    given = await asyncio.gather(*(directory.welcome(person.key, now) for _ in range(3)))
    assert sorted(given) == [False, False, True]


# At hand ------------------------------------------------------------------------------------------


class Copy:
    """One copy of the product: its directory, what it leaves until after the reply, who arrived."""

    def __init__(self, store):
        self.counting, self.waiting, self.arrived, self.now = Counting(store), [], [], 0.0
        self.mails, self.looks = [], {}
        self.directory = self.made()

    def made(self, **more):
        return Directory(
            self.counting,
            later=self.waiting.append,
            arrived=self.arrives,
            monotonic=lambda: self.now,
            **more,
        )

    async def arrives(self, person):
        self.arrived.append(person.name)
        self.mails.append(person.mails)

    def once(self, key, errand, seconds):
        self.looks[key] = errand, seconds

    async def second_looks(self):
        for errand, _ in self.looks.values():
            await errand()
        self.looks.clear()

    async def replied(self):
        while self.waiting:
            await self.waiting.pop(0)()


@pytest.fixture
def copies(store):
    return Copy(store), Copy(store)


async def test_somebody_seen_again_within_a_minute_is_answered_without_a_read(copies, chat, now):
    copy, _ = copies
    first, newly = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    copy.counting.taken()
    copy.now = 59.0
    assert await copy.directory.seen("t", "o1", "Maria", now, reference=chat) == (first, False)
    assert await copy.directory.recent(first.key) == first
    assert (newly, copy.counting.taken()) == (True, [])
    await copy.replied()
    assert copy.counting.line() == "1 reads, 0 writes, 0 transactions"
    copy.now = 120.0
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert len(copy.counting.reads) == 2


async def test_a_row_at_hand_is_looked_at_again_once_a_minute_and_not_after_each_reply(
    copies, chat, now
):
    copy, _ = copies
    copy.directory = copy.made(once=copy.once)
    own = Addresses(("maria@care.example",))
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat, addresses=own)
    await copy.replied()
    copy.counting.taken(), copy.arrived.clear(), copy.mails.clear()
    for _ in range(3):
        await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
        await copy.replied()
    assert copy.counting.taken() == [], "what waits for them is asked of whom it is told"
    assert (copy.arrived, copy.mails) == (["Maria"] * 3, [()] * 3), "what is under their key"
    [(_, seconds)] = copy.looks.values()
    assert seconds == 60
    await copy.second_looks()
    assert copy.counting.line() == "1 reads, 0 writes, 0 transactions"
    assert copy.mails[-1] == own.mails, "and what is under their address"


async def test_who_was_marked_gone_by_another_copy_is_back_by_the_second_look(copies, chat, now):
    here, elsewhere = copies
    here.directory = here.made(once=here.once)
    person, _ = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    await here.replied()
    await elsewhere.directory.gone(person.key)
    await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    await here.replied()
    assert not (await elsewhere.directory.find(person.key)).reachable
    await here.second_looks()
    assert (await elsewhere.directory.find(person.key)).reachable


async def test_who_removes_the_app_within_the_minute_is_not_called_back(copies, chat, now):
    copy, _ = copies
    copy.directory = copy.made(once=copy.once)
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    await copy.replied()
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    copy.arrived.clear()
    copy.now = 1.0
    await copy.directory.gone(person.key)
    await copy.replied()
    await copy.second_looks()
    assert copy.arrived == []
    assert not (await copy.directory.find(person.key)).reachable


@pytest.mark.parametrize("late", [0.01, 30.0, 300.0])
async def test_who_removes_the_app_is_not_called_back_by_a_look_after_a_minute_or_later(
    copies, chat, now, late
):
    """The removal is itself a visit, whose look is due just when the minute of the other is over;
    and looks wait for one another where there are many."""
    copy, _ = copies
    copy.directory = copy.made(once=copy.once)
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    await copy.replied()
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat, at=now)
    copy.now = 0.001
    await copy.directory.gone(person.key, now)
    await copy.replied()
    copy.arrived.clear()
    copy.now = 60.0 + late
    await copy.second_looks()
    assert copy.arrived == []
    assert not (await copy.directory.find(person.key)).reachable


async def test_a_removal_that_another_copy_heard_of_is_not_undone_by_its_own_visit(
    copies, chat, now
):
    """What happened at the very moment of the removal is the removal itself."""
    copy, other = copies
    copy.directory = copy.made(once=copy.once)
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat, at=now)
    await other.directory.gone(person.key, now)
    await copy.second_looks()
    assert not (await copy.directory.find(person.key)).reachable


async def test_a_message_in_a_channel_takes_no_look_away_from_one_in_their_own_chat(
    copies, chat, now
):
    here, elsewhere = copies
    here.directory = here.made(once=here.once)
    person, _ = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    await here.replied()
    await elsewhere.directory.gone(person.key)
    await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    await here.directory.seen("t", "o1", "Maria", now)
    await here.replied()
    here.arrived.clear()
    await here.second_looks()
    assert (await elsewhere.directory.find(person.key)).reachable
    assert here.arrived == ["Maria"]


@pytest.mark.parametrize("seconds", [30.0, 120.0])
async def test_the_first_visit_of_a_day_is_noted_after_the_reply(copies, chat, now, seconds):
    copy, _ = copies
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    copy.counting.taken()
    copy.now, later = seconds, now + timedelta(days=1)
    seen, newly = await copy.directory.seen("t", "o1", "Maria", later, reference=chat)
    assert (seen.seen_at, newly, copy.counting.writes) == (later, False, [])
    assert len(copy.counting.reads) == (seconds > 60)
    await copy.replied()
    assert (await copy.directory.find(person.key)).seen_at == later


async def test_without_anything_after_a_reply_the_day_is_noted_at_once(directory, chat, now):
    later = now + timedelta(days=1)
    for at in (now, later):
        person, _ = await directory.seen("t", "o1", "Maria", at, reference=chat)
    assert (await directory.find(person.key)).seen_at == later


@pytest.mark.parametrize(
    "new",
    [
        {"name": "Maria Lee"},
        {"addresses": Addresses(("maria@care.example",))},
        {"reference": Reference(service_url="", conversation_id="chat-2", tenant="t")},
    ],
)
async def test_anything_new_of_somebody_is_read_and_written_at_once(copies, chat, now, new):
    copy, _ = copies
    told = {"name": "Maria", "reference": chat}
    await copy.directory.seen("t", "o1", now=now, **told)
    copy.counting.taken()
    person, _ = await copy.directory.seen("t", "o1", now=now, **told | new)
    assert copy.counting.reads
    assert await copy.directory.find(person.key) == person
    wanted = {"mails": new["addresses"].mails} if "addresses" in new else new
    assert {name: getattr(person, name) for name in wanted} == wanted


async def test_who_was_marked_gone_by_another_copy_arrives_after_the_reply(copies, chat, now):
    here, elsewhere = copies
    person, _ = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    await elsewhere.directory.gone(person.key)
    _, newly = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert (newly, here.arrived) == (False, [])
    await here.replied()
    assert here.arrived == ["Maria"]
    assert (await elsewhere.directory.find(person.key)).reachable


async def test_what_is_remembered_of_somebody_undoes_nothing_another_copy_noted(copies, chat, now):
    here, elsewhere = copies
    person, _ = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert await elsewhere.directory.welcome(person.key, now)
    second = Addresses(("second@care.example",))
    await elsewhere.directory.seen("t", "o1", "Maria", now, reference=chat, addresses=second)
    await elsewhere.directory.gone(person.key)
    at_hand, _ = await here.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert (at_hand.mails, at_hand.reachable) == ((), True)
    await here.directory.remember(at_hand.key, {"team": "East"})
    kept = await elsewhere.directory.find(person.key)
    assert (kept.team, kept.mails, kept.welcomed_at) == ("East", second.mails, now)
    assert not kept.reachable
    await here.replied()
    assert here.arrived == ["Maria"]


async def test_who_removes_the_app_is_not_called_back_by_what_they_did_before(copies, chat, now):
    copy, _ = copies
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    await copy.directory.gone(person.key)
    await copy.replied()
    assert (copy.arrived, (await copy.directory.find(person.key)).reachable) == ([], False)
    _, newly = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert newly


async def test_the_welcome_and_a_change_are_at_hand_at_once(copies, chat, now):
    copy, _ = copies
    person, _ = await copy.directory.seen("t", "o1", "Maria", now, reference=chat)
    assert await copy.directory.welcome(person.key, now)
    assert (await copy.directory.recent(person.key)).welcomed_at == now
    await copy.directory.gone(person.key)
    assert not (await copy.directory.recent(person.key)).reachable


def test_keys_carry_no_name_and_differ_by_tenant():
    assert person_key("t1", "o1") != person_key("t2", "o1")
    assert "o1" not in person_key("t1", "o1")
    assert same_mail(" A@x.example", "a@X.example ")
    assert not same_mail("", "")
