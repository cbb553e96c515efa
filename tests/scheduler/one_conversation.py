"""One conversation in a small world where people do anything, and a Teams that sees everything."""

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.conversation.conversation import Booking, Conversation
from records.conversation.snapshot import Snapshot, read_file
from records.outbox import due
from records.outbox.prompt import CHANNEL, NOT_NEEDED, SETTLED, STOPPED, Kind, Prompt, State
from records.people import Addresses, Part, Participant, Reference, person_key
from records.stages import Stage, WrongStage
from records.store.memory import MemoryStore
from scheduler.delivery.courier import (
    Ambiguous,
    Courier,
    NotAccepted,
    OutOfOrder,
    Parcel,
    Refused,
    Unreachable,
)
from scheduler.delivery.settings import DeliveryOutcome
from tests.scheduler.conftest import FACILITATOR, LONDON, World

REFUSED = ("not accepted", "out of order", "out of order, alone", "gone", "too large")
ANSWERS = (*REFUSED, "unsure, arrived", "unsure, not arrived", "fine")
LONGEST_CLOSED = timedelta(days=5)
"""More than Easter or Christmas keep the office closed."""
PARTING = frozenset({Kind.NOT_NEEDED, Kind.MANAGER_NOW, Kind.TAKEN_OVER})
AFTER_WITHDRAWAL = frozenset({Kind.WITHDRAWN, Kind.NOT_REACHED})
LONG_QUIET = timedelta(days=7)


@dataclass(frozen=True)
class Seen:
    """One try to send: what Teams was given, and whether a person sees it now."""

    prompt: Prompt
    reminder: bool
    arrived: bool
    answer: str


class WatchingTeams(Courier):
    """Answers as it was told to, and notes what ought not to have come."""

    def __init__(self, faults, look):
        self.faults, self.look = faults, look
        self.answers, self.seen, self.unsure = deque(), [], set()
        self.wrong, self.gone = [], set()

    async def send(self, to: Reference, parcel: Parcel) -> str:
        self.faults.boundary()
        answer = self.answers.popleft() if self.answers else "fine"
        file, now = await self.look()
        prompt, _ = file.prompts[parcel.card["prompt"]]
        arrived = answer in ("fine", "unsure, arrived")
        seen = Seen(prompt, parcel.card["reminder"], arrived, answer)
        self._judge(seen, file.conversation, now)
        self.seen.append(seen)
        match answer:
            case "not accepted":
                raise NotAccepted("429", retry_after=30)
            case "out of order":
                raise OutOfOrder("401", retry_after=1800)
            case "out of order, alone":
                raise OutOfOrder("401")
            case "gone":
                self.gone.add(to.conversation_id)
                raise Unreachable("blocked", 403)
            case "too large":
                raise Refused("too large", 413)
            case "unsure, arrived" | "unsure, not arrived":
                self.unsure.add(prompt.id)
                raise Ambiguous("504")
        self.faults.boundary()
        return f"message-{len(self.seen)}"

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        raise NotImplementedError

    def _judge(self, seen, it, now):
        """The simple model: what a person may be sent, in words of the pathway alone."""
        prompt, told = seen.prompt, [one for one in self.seen if _same(one.prompt, seen.prompt)]
        firsts = [one for one in told if one.arrived or one.prompt.id in self.unsure]
        person = it.person(prompt.to)
        checks = {
            "before it is due": prompt.due > now,
            "while messages are stopped": it.stopped_at is not None,
            "to somebody who left": person is not None
            and person.left is not None
            and prompt.kind not in PARTING,
            "after it was withdrawn": it.stage is Stage.WITHDRAWN
            and prompt.kind not in AFTER_WITHDRAWAL,
            "about another date": prompt.kind in (Kind.PREPARATION, Kind.CLOSING)
            and prompt.cycle.split("+")[0] != str(it.booking.cycle),
            "asked again after the answer": prompt.kind in (Kind.FEEDBACK, Kind.FEEDBACK_PROMPT)
            and it.answered(prompt.to) is not None,
            "outcome asked again": prompt.kind in (Kind.OUTCOME, Kind.OUTCOME_REMINDER)
            and it.outcome is not None,
            "to the manager who agreed": prompt.kind in (Kind.MANAGER_ASK, Kind.MANAGER_REMINDER)
            and it.stage is not Stage.REQUESTED,
            "twice": not seen.reminder and bool(firsts),
            "a reminder without need": seen.reminder and prompt.id not in self.unsure,
            "reminded twice": seen.reminder
            and any(one.reminder and one.answer not in REFUSED for one in told),
        }
        self.wrong += [
            (name, prompt.kind, prompt.to, prompt.id) for name, is_ in checks.items() if is_
        ]


def _same(one, other):
    """A message keeps its meaning when a pause has given it a round of its own."""
    return (one.kind, one.to, one.about, one.cycle.split("+")[0]) == (
        other.kind, other.to, other.about, other.cycle.split("+")[0],
    )  # fmt: skip


class OneConversation:
    """Everything that may happen to one conversation; `dies_at` ends the process in the next."""

    def __init__(self, start: datetime, have_app: set[str]) -> None:
        self._runner = asyncio.Runner()
        self.world = World()
        self.world.moment = start
        self.glass = MemoryStore()
        self.glass._tables = self.world.store._tables
        self.teams = WatchingTeams(self.world.faults, self._look)
        self.world.courier = self.teams
        self.dies_at, self.deaths, self.failed, self.restless = None, 0, [], False
        self._new_process()
        self.run(self.world.install("r", "f", *sorted(have_app)))
        self.run(self.world.request())

    def close(self):
        self._runner.close()

    def run(self, work):
        return self._runner.run(work)

    async def _look(self) -> tuple[Snapshot, datetime]:
        return await read_file(self.glass, "c1"), self.world.moment

    @property
    def file(self) -> Snapshot:
        return self.run(read_file(self.glass, "c1"))

    @property
    def it(self) -> Conversation:
        return self.file.conversation

    @property
    def now(self) -> datetime:
        return self.world.moment

    # What happens -----------------------------------------------------------------------------

    def does(self, act, change, *, at_once):
        """Somebody's act; its messages go at once, as the product sends them, or at the sweep."""

        async def work():
            try:
                await self.world.act(act, change)
            except WrongStage:
                return
            if at_once:
                self._note(await self.world.sweep.deliver_now(tuple(self.world.announced)))

        self.restless = True
        self.world.announced.clear()
        self._in_a_process(work)

    def sweeps(self):
        async def work():
            self._note(await self.world.sweep.run())

        self._in_a_process(work)

    def mends(self):
        self._in_a_process(self.world.sweep.mend)

    def loses_the_lists(self):
        """The tables that can be made again are empty; the night mends them."""
        for table in ("due", "board", "byperson"):
            self.world.store._tables.pop(table, None)
        self.mends_for_sure()

    def mends_for_sure(self):
        self.dies_at = None
        self.mends()

    def installs(self, who: Participant):
        async def work():
            place = Reference(service_url="https://t.example", conversation_id=who.id, tenant="t")
            found = Addresses((who.mail,) if who.mail else ())
            # As a fresh process would: the install is noted, then what waited is brought back.
            person, _ = await self.world.directory.seen(
                "t", who.id, who.name, self.now, reference=place, addresses=found
            )
            await self.world.reach.resume(person)

        self._in_a_process(work)

    def removes_the_app(self, who: Participant):
        key = person_key("t", who.id)
        self._in_a_process(lambda: self.world.directory.gone(key))

    def _in_a_process(self, work):
        at, self.dies_at = self.dies_at, None
        if self.run(self.world.crash_at(at, work)):
            sending = [one for one, _ in self.file.prompts.values() if one.state is State.SENDING]
            self.teams.unsure |= {one.id for one in sending}
            self.deaths += 1
            self._new_process()

    def _new_process(self):
        self.world.deliverer, self.world.sweep = self.world.instance(f"process-{self.deaths}")

    def _note(self, counts):
        if counts[DeliveryOutcome.FAILED]:
            self.failed.append(self.now)

    # What must be true ------------------------------------------------------------------------

    def pointers(self):
        far = self.now + timedelta(days=4000)
        rows = self.run(_all(due.due(self.glass, far)))
        return {one for one in rows if one.conversation == "c1"}

    def always(self):
        """At every moment, also right after a process died."""
        assert not self.teams.wrong, self.teams.wrong
        assert not self.failed
        there = self.pointers()
        for prompt, _ in self.file.prompts.values():
            assert prompt.state in SETTLED or due.pointer(prompt) in there, prompt

    def falls_quiet(self):
        """Teams works, processes live, and a week goes by, office hours and all."""
        self.dies_at, self.restless = None, False
        self.teams.answers.clear()
        until = self.now + LONG_QUIET
        self.world.pass_(minutes=6)  # Whoever died holds its lease no longer.
        self._sweep_until_quiet()
        while (at := self.run(due.next_due(self.glass, until, after=self.now))) is not None:
            self.world.pass_(seconds=(at - self.now).total_seconds())
            self._sweep_until_quiet()
        self.world.pass_(seconds=max((until - self.now).total_seconds(), 0))
        self._sweep_until_quiet()
        self.mends()
        self._sweep_until_quiet()

    def _sweep_until_quiet(self):
        before = -1
        while before != len(self.teams.seen):
            before = len(self.teams.seen)
            self.sweeps()

    def at_rest(self):
        """After a quiet week."""
        self.always()
        file = self.file
        for owed in self.world.timetable.owed(file.conversation):
            assert owed.id in file.prompts, f"never written: {owed}"
            self._is_served(owed, file.prompts[owed.id][0], file.conversation)
        for pointer in self.pointers():
            found = file.prompts.get(pointer.prompt)
            if found is not None and found[0].state in SETTLED:
                # One that a process left behind when it died is removed when its time comes.
                left_behind = self.deaths > 0 and pointer.at > self.now
                assert left_behind, f"settled, but due: {found[0]}"
        self._mending_changes_nothing()

    def _is_served(self, owed, prompt, it):
        """Sent, if it is due; or parked and told of, until they have the app."""
        if owed.due > self.now:
            return
        if prompt.reason == NOT_NEEDED:
            # Decided: somebody who has given a number and written nothing more is not asked again.
            assert prompt.kind is Kind.FEEDBACK_PROMPT, prompt
            assert it.answered(prompt.to) is not None, prompt
            return
        if prompt.state is State.CANCELLED:
            # Decided: what a stop kept back is not sent after it; the facilitator's card says so.
            kept_back = any(one.since >= owed.due for one in it.changes.pauses)
            kept_back = kept_back and prompt.reason == STOPPED
            assert kept_back, f"owed, but cancelled: {prompt}"
            return
        if prompt.held_at is not None:
            assert prompt.reason == "too large", prompt  # It waits for an operator.
            return
        if prompt.state is State.PARKED:
            told = prompt.kind is Kind.NOT_REACHED or prompt.to == CHANNEL
            assert told or any(one.who == prompt.to for one in it.unreached), prompt
            named = it.person(prompt.to)
            if named is not None and prompt.reason in ("no way to reach", "blocked"):
                assert not self._reachable(named), f"reachable, but parked: {prompt}"
        elif prompt.state is not State.SENT:
            waits = prompt.not_before > self.now and owed.due > self.now - LONGEST_CLOSED
            assert waits, f"owed and due, but not sent: {prompt}"

    def _reachable(self, named):
        found = self.run(self.world.reach.place(named.id, named))[0]
        return found is not None

    def _mending_changes_nothing(self):
        before = self._rows()
        self.mends_for_sure()
        assert self._rows() == before

    def _rows(self):
        return {
            (table, name, key): dict(row.values)
            for table, partitions in self.world.store._tables.items()
            for name, rows in partitions.items()
            for key, row in rows.items()
        }


async def _all(rows):
    return [one async for one in rows]


# Acts: each draws what it needs and gives the pure change ---------------------------------------


def booking(one, days, hour, coming):
    """As the facilitator's form makes it: the lead worker always comes."""

    def made(it):
        last = it.booking or it.missed
        day = (one.now.astimezone(LONDON) + timedelta(days=days)).date()
        start = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
        known = [who.id for who in it.present if who.part is not Part.FACILITATOR]
        there = tuple(who for number, who in enumerate(known) if coming >> number & 1)
        return Booking(
            cycle=last.cycle + 1 if last else 1,
            start=start, end=start + timedelta(hours=1), wall_start="", zone="",
            place="Room 1", lead=it.lead, coming=tuple(dict.fromkeys((it.lead, *there))),
        )  # fmt: skip

    return made


def newcomer(it):
    number = len(it.people)
    return Participant(
        id="new", part=Part.OTHER, name=f"New {number}", mail=f"new{number}@new.example"
    )


def another_facilitator(it):
    """With the id that taking over gives them, so that their app is found."""
    name = f"facilitator{1 + sum(one.part is Part.FACILITATOR for one in it.people)}"
    return FACILITATOR.model_copy(
        update={"key": person_key("t", name), "mail": f"{name}@sos.example"}
    )
