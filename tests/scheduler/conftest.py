"""A small world: one store, clocks that a test moves, a courier that keeps what it was given."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from cards.wording import wording
from records.conversation.conversation import Booking, Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About, Reason, Request
from records.conversation.snapshot import read_file
from records.directory import Directory
from records.drafts import Drafts
from records.outbox import due
from records.outbox.prompt import Kind
from records.people import Addresses, Part, Participant, PersonKey, Reference, person_key
from records.register.register import Deed, Register
from records.stages import Act
from records.store.azure import TableStore
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import Courier, Parcel, Unreachable
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks, Limits, Places
from scheduler.delivery.unsent import UnsentWords
from scheduler.sweep import Sweep

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 2, 10, tzinfo=LONDON).astimezone(UTC)
PEOPLE = (
    Participant(
        id="r", part=Part.REQUESTER, name="Priya Shah", agency="SC", key=person_key("t", "r")
    ),
    Participant(id="m", part=Part.MANAGER, name="Maria Lee", mail="m@care.example"),
    Participant(id="n", part=Part.NURSE, name="Noor Ali", mail="n@health.example"),
    Participant(id="o", part=Part.OTHER, name="Owen Reed", mail="o@police.example"),
)
FACILITATOR = Participant(
    id="f", part=Part.FACILITATOR, name="Fay Moss", key=person_key("t", "f"), mail="f@sos.example"
)
CHANNEL_PLACE = Reference(service_url="https://t.example", conversation_id="channel", tenant="t")


class Crash(BaseException):
    """The process ends here."""


class Faults:
    """Counts the boundaries of everything that leaves the process, and ends it at one of them."""

    def __init__(self):
        self.passed, self.at = 0, None

    def boundary(self):
        self.passed += 1
        if self.passed == self.at:
            raise Crash


class FaultyStore(MemoryStore):
    """A boundary before and after each call takes effect."""

    def __init__(self, faults):
        super().__init__()
        self.faults, self.away = faults, None

    async def _call(self, call, *arguments, **more):
        if self.away is not None:
            raise self.away()
        self.faults.boundary()
        result = await call(*arguments, **more)
        self.faults.boundary()
        return result

    async def query(self, *arguments, **more):
        if self.away is not None:
            raise self.away()
        self.faults.boundary()
        async for row in super().query(*arguments, **more):
            yield row

    async def get(self, *arguments):
        return await self._call(super().get, *arguments)

    async def commit(self, *arguments):
        return await self._call(super().commit, *arguments)

    async def update(self, *arguments):
        return await self._call(super().update, *arguments)

    async def put(self, *arguments):
        return await self._call(super().put, *arguments)

    async def delete(self, *arguments, **more):
        return await self._call(super().delete, *arguments, **more)


@dataclass
class FakeCourier(Courier):
    """Keeps what arrived. `failures` are raised in order, for one place or for all.

    `arrives_anyway` says whether an ambiguous one was in truth delivered.
    """

    faults: Faults
    sent: list = field(default_factory=list)
    failures: dict = field(default_factory=dict)
    tried: Counter = field(default_factory=Counter)
    before_send: object = None

    async def send(self, to: Reference, parcel: Parcel) -> str:
        place = to.conversation_id
        self.tried[place] += 1
        self.faults.boundary()
        await asyncio.sleep(0)
        if self.before_send:
            await self.before_send(to, parcel)
        queue = self.failures.get(place) or self.failures.get("*")
        if queue:
            raise queue.pop(0)
        self.sent.append(
            (place, parcel.card["kind"], parcel.card["prompt"], parcel.card["reminder"])
        )
        self.faults.boundary()
        return f"message-{len(self.sent)}"

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        raise NotImplementedError

    async def reopen(self, to: Reference) -> Reference:
        raise Unreachable("no chat can be opened", 404)

    def to(self, place, kind=None):
        """What arrived at a place: (kind, reminder) in order."""
        return [(k, r) for p, k, _, r in self.sent if p == place and kind in (None, k)]


def render(prompt, file, person, reminder):
    assert file.conversation.id == prompt.conversation
    assert (person is None) == (prompt.to == "channel")
    card = {"kind": prompt.kind, "prompt": prompt.id, "reminder": reminder}
    return Parcel(card=card, summary="A message")


class World:
    """Everything delivery needs, with people who have the app and people who have not."""

    start, people, facilitator = START, PEOPLE, FACILITATOR
    card = staticmethod(render)

    def __init__(self, store=None):
        self.moment, self.elapsed, self.jump = START, 0.0, timedelta()
        self.faults = Faults()
        self.store = store or FaultyStore(self.faults)
        self.announced = []
        self.timetable = Timetable(wording.partnership)
        self.directory = Directory(self.store)
        self.register = Register(
            self.store, self.timetable, self.announced.extend, certain=self.directory.certain
        )
        self.courier = FakeCourier(self.faults)
        self.channel = CHANNEL_PLACE
        self.render = render
        self.clocks = Clocks(self.now, self.system, lambda: self.elapsed)
        self.limits = Limits(record_pause=timedelta(0))
        self.places = Places(self._channel, self._facilitators)
        self.reach = Reach(self.register, self.directory, self.places, self.clocks)
        self.deliverer, self.sweep = self.instance("one")

    def instance(self, owner):
        """One more process on the same store."""
        deliverer = Deliverer(
            self.register, self.reach, self.courier, self._render, self.clocks, owner,
            self.limits, lambda: 0.5,
            instead=UnsentWords(Drafts(self.store), self.timetable).instead,
        )  # fmt: skip
        sweep = Sweep(self.store, deliverer, self.reach, self.timetable, self.clocks)
        return deliverer, sweep

    def dies(self, *_):
        """The process ends here."""
        raise Crash

    def now(self):
        return self.moment

    def system(self):
        return START + timedelta(seconds=self.elapsed) + self.jump

    def pass_(self, **time):
        """Let time pass on every clock."""
        step = timedelta(**time)
        self.moment += step
        self.elapsed += step.total_seconds()

    def until(self, wall):
        """Let time pass until a London wall time."""
        at = datetime.fromisoformat(wall).replace(tzinfo=LONDON)
        self.pass_(seconds=(at - self.moment).total_seconds())

    def wall(self, moment):
        return moment.astimezone(LONDON).strftime("%a %Y-%m-%d %H:%M")

    async def install(self, *people):
        """These have the app; the platform's lookup gives their mail address."""
        for who in people:
            one = self.participant(who)
            place = Reference(service_url="https://t.example", conversation_id=who, tenant="t")
            found = Addresses((one.mail,) if one.mail else ())
            await self.directory.seen(
                "t", who, one.name, self.moment, reference=place, addresses=found
            )
        return await self.directory.find(self.key(who))

    def participant(self, who):
        return next(one for one in (*PEOPLE, FACILITATOR) if one.id == who)

    def key(self, who):
        return PersonKey(person_key("t", who))

    async def request(self, identity="c1"):
        """A request is sent; the manager is to be asked."""
        conversation = Conversation(
            id=identity, reference="LC-7K3QX", created=self.moment, stage_since=self.moment,
            request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="N", agency="SC"),
            people=PEOPLE, asked_at=self.moment,
        )  # fmt: skip
        answers = Answers(what="request", by="r", version=1, at=self.moment, texts={"worry": "w"})
        return await self.register.open(conversation, answers, "r")

    async def act(self, act, change, identity="c1"):
        deed = Deed(act, "somebody", self.moment)
        return await self.register.change(identity, deed, change)

    async def book(self, end, cycle=1, identity="c1"):
        """Agree, pick up and book, as far as that has not happened yet."""
        at, all_ = self.moment, (*PEOPLE, FACILITATOR)
        last = datetime.fromisoformat(end).replace(tzinfo=LONDON).astimezone(UTC)
        booking = Booking(
            cycle=cycle, start=last - timedelta(hours=1), end=last, wall_start="", zone="",
            place="Room 1", lead="r", coming=("r", "n", "o"),
        )  # fmt: skip
        if cycle == 1:
            await self.act(Act.AGREE, lambda it: it.agree(at, (FACILITATOR,)), identity)
            await self.act(Act.PICK_UP, lambda it: it.pick_up(at, FACILITATOR), identity)
        await self.act(Act.BOOK, lambda it: it.book(at, booking, all_), identity)

    async def hold(self, identity="c1"):
        at, all_ = self.moment, (*PEOPLE, FACILITATOR)
        await self.act(
            Act.TOOK_PLACE, lambda it: it.took_place(at, ("r", "n", "o"), all_), identity
        )

    async def prompt(self, kind, to, identity="c1", **facts):
        """The one stored prompt of this kind for this recipient."""
        file = await read_file(self.store, identity)
        found = [
            one for one, _ in file.prompts.values()
            if one.kind is Kind(kind) and one.to == to
            and all(getattr(one, name) == value for name, value in facts.items())
        ]  # fmt: skip
        assert len(found) == 1, [(one.kind, one.to) for one, _ in file.prompts.values()]
        return found[0]

    async def pointers(self, identity="c1"):
        far = self.moment + timedelta(days=4000)
        found = [one async for one in due.due(self.store, far)]
        return [one for one in found if one.conversation == identity]

    async def crash_at(self, boundary, run):
        """Run, and end the process at the nth boundary. Whether it got that far."""
        self.faults.passed, self.faults.at = 0, boundary
        try:
            await run()
        except BaseException as error:
            if not _is_crash(error):
                raise
            return True
        finally:
            self.faults.at = None
        return False

    async def live(self, days=8):
        """Other processes go on, at every due instant, until all is quiet."""
        until = self.moment + timedelta(days=days)
        _, sweep = self.instance("two")
        self.pass_(minutes=6)
        for _ in range(60):
            await sweep.run()
            following = await due.next_due(self.store, until, after=self.moment)
            if following is None:
                return
            self.pass_(seconds=max((following - self.moment).total_seconds(), 360))

    async def _channel(self):
        return self.channel

    async def _facilitators(self):
        return (FACILITATOR,)

    def _render(self, *arguments):
        return self.render(*arguments)


def _is_crash(error):
    if isinstance(error, BaseExceptionGroup):
        return all(_is_crash(one) for one in error.exceptions)
    return isinstance(error, Crash)


@pytest.fixture
async def world():
    """Everybody has the app but the manager, who has not installed it yet."""
    made = World()
    await made.install("r", "n", "o", "f")
    return made


@pytest.fixture
async def stored_world(azurite):
    """The same over a real table storage."""
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=f"t{uuid4().hex[:12]}")
    made = World(store)
    await made.install("r", "n", "o", "f")
    yield made
    await store.close()


@pytest.fixture
def new_world():
    """Makes worlds, for tests that need one for each boundary."""

    async def make(*people):
        made = World()
        await made.install(*people)
        return made

    return make
