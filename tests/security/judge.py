"""One person does one thing in one state; what was wrong with it, by the test's own rules."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dialogs.turn.events import Installed, Reply
from records.access.lines import READS
from tests.security.cast import EVERYBODY, PLAYERS, Copy, Marked, Tables
from tests.security.events import Case
from tests.security.marks import NAMED, Reader, leaked, marks, of_others, told_of
from tests.security.states import ATTENDEE, FACILITATOR, LEAD, MANAGER, OF_B, REQUESTER, State
from tests.security.table import OF_FLOW, allows
from tests.security.watch import Watch

BY_KEY: Final = {one.actor.key: key for key, one in EVERYBODY.items()}
OWN: Final = frozenset({"people", "mail", "shown"})
"""Tables that say who is here and what stands where: an arrival writes there, whoever it is of."""
COLLATED: Final = frozenset({"collation"})
"""Tables in which an evaluator notes how far they are, and what they ticked."""
GAINS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "manager": {"dana": frozenset({MANAGER})},
    "deputy": {"dana": frozenset({MANAGER})},
    "right-person": {"dana": frozenset({ATTENDEE, LEAD})},
    "someone-else": {"dana": frozenset({MANAGER, ATTENDEE, LEAD, REQUESTER})},
    "correct": {"dana": frozenset({MANAGER})},
    "booking": {"priya": frozenset({LEAD, ATTENDEE})},
    "moving": {"priya": frozenset({LEAD, ATTENDEE})},
}
"""Who comes into which place by a flow, with what `INPUTS` holds."""
NOBODY: Final = "everybody in a channel"
TAKES: Final = frozenset({"pickup.take", "handover.take"})


@dataclass(frozen=True)
class Base:
    """A state as one person finds it."""

    state: State
    who: str
    kept: Copy
    drafts: tuple[str, ...]
    """The flows somebody has open, with what each is about."""

    def allows(self, right: str, who: str, key: str) -> bool:
        """Whether somebody has a right here, by the table."""
        state = self.state
        stopped = state.stopped(key)
        few = key == state.a and state.walk.few
        return allows(right, state.roles(who, key), state.stage(key), stopped=stopped, few=few)


async def base(state: State, who: str, watch: Watch) -> tuple[Base, list[str]]:
    """The state as somebody finds it who arrives, where they never have; and what was wrong."""
    kept, wrong = state.kept, list[str]()
    if who not in kept.chats:
        empty = Base(state, who, kept, ())
        case = Case("arrives", lambda house, one: house.turn(one, Installed()))
        house, wrong = await _tried(empty, case, watch)
        kept = house.copy()
    mine = kept.tables.get("drafts", {}).get(EVERYBODY[who].actor.key, {})
    flows = tuple(
        f"{one.values.get('flow')}/{one.values.get('conversation')}" for one in mine.values()
    )
    return Base(state, who, kept, flows), wrong


async def judged(one: Base, case: Case, watch: Watch) -> list[str]:
    """What was wrong; nothing where all is well."""
    try:
        _, wrong = await _tried(one, case, watch)
    except Exception as error:
        # Whatever it is, it is a fault of this case.
        wrong = [f"broke: {error!r:.200}"]
    return [f"{one.state.name} / {one.who} / {case.name}: {text}" for text in wrong]


async def _tried(one: Base, case: Case, watch: Watch) -> tuple[Marked, list[str]]:
    house = Marked(one.kept)
    watch.empty()
    reply = await case.do(house, one.who)
    after = house.tables()
    wrong = [*_decisions(one, watch), *_door(one, case, watch), *_changes(one, case, after)]
    readers = Readers(one, case, await _stage(house, one, after))
    wrong += _leaks(one, case, reply, house, readers)
    wrong += await _unnoted(one, case, reply, house)
    wrong += [f"log: {text}" for line in watch.lines for text in in_a_log(line)]
    return house, [*wrong, *_in_rows(one, after, readers)]


async def _stage(house: Marked, one: Base, after: Tables) -> str:
    """Where A stands now."""
    before, now = (each["conversations"][one.state.a] for each in (one.kept.tables, after))
    if before["conversation"] is now["conversation"]:
        return one.state.stage(one.state.a)
    return str((await house.record(one.state.a)).stage)


def _decisions(one: Base, watch: Watch) -> Iterator[str]:
    for asked in watch.decisions:
        if one.state.sequences.get(asked.conversation) != asked.sequence:
            continue
        who = BY_KEY.get(asked.person, "")
        if one.allows(asked.right, who, asked.conversation) is not asked.given:
            yield f"{'opened' if asked.given else 'shut'} to {who}: {asked.right}"


def _door(one: Base, case: Case, watch: Watch) -> Iterator[str]:
    """Whoever has the right is let in, and nobody else is."""
    if not case.right or case.key not in (one.state.a, one.state.b):
        return
    doors = [each.open for each in watch.doors if each[:2] == (case.key, case.right)]
    allowed = one.allows(case.right, one.who, case.key)
    if allowed and doors[:1] == [False]:
        yield f"refused, though theirs: {case.right}"
    if allowed and not doors and case.verb != "link":
        yield f"never asked: {case.right}"
    if not allowed and doors[:1] != [False]:
        yield f"let in: {case.right}"


def may_change(one: Base, case: Case) -> frozenset[str]:
    """The conversations that what is done may change, by the table."""
    if case.verb == "says":
        found = set()
        for opened in one.drafts:
            flow, _, key = opened.partition("/")
            if flow in OF_FLOW and one.allows(OF_FLOW[flow], one.who, key):
                found.add(key)
        return frozenset(found)
    allowed = case.right and one.allows(case.right, one.who, case.key)
    return frozenset({case.key} if allowed else ())


def _changes(one: Base, case: Case, after: Tables) -> Iterator[str]:
    allowed, mine = may_change(one, case), EVERYBODY[one.who].actor.key
    before = one.kept.tables
    own = OWN | COLLATED if one.who == "ev" else OWN
    for table in {*before, *after} - own:
        there, here = before.get(table, {}), after.get(table, {})
        for partition in {*there, *here}:
            if there.get(partition) == here.get(partition):
                continue
            if table == "conversations":
                if partition not in allowed and not _is_new(one, case, partition):
                    yield f"changed conversation {_name(one, partition)}"
            elif table == "drafts" and partition != mine:
                rows = here.get(partition, {})
                old = there.get(partition, {})
                if not allowed or any(rows.get(key, row) != row for key, row in old.items()):
                    yield f"changed a draft of {BY_KEY.get(partition)}"
            elif partition != mine and not allowed and not _asks_anew(case):
                yield f"changed {table}/{BY_KEY.get(partition, partition)}"


def _is_new(one: Base, case: Case, key: str) -> bool:
    """A request of one's own, which nobody has to be allowed."""
    return key not in one.state.sequences and _asks_anew(case)


def _asks_anew(case: Case) -> bool:
    return case.flow == "request" or case.verb == "says"


def _name(one: Base, key: str) -> str:
    return {one.state.a: "a", one.state.b: "b"}.get(key, key)


class Readers:
    """Who somebody is in A and B, before what is done and after it."""

    def __init__(self, one: Base, case: Case, stage: str) -> None:
        self._one, self._stage = one, stage
        self._keys = {"a": one.state.a, "b": one.state.b}
        self._gains: dict[str, frozenset[str]] = {}
        if may_change(one, case):
            self._gains.update(GAINS.get(case.flow, {}))
            if case.verb in TAKES:
                self._gains[one.who] = frozenset({FACILITATOR})
        self._key, self._sent = case.key, (case.flow, case.verb) == ("amend", "flow.send")

    def of(self, who: str, which: str) -> Reader:
        """Somebody as a conversation knows them."""
        key, state = self._keys[which], self._one.state
        roles = state.roles(who, key)
        if key == self._key:
            roles |= self._gains.get(who, frozenset())
        stages = {state.stage(key), *([self._stage] if which == "a" else [])}
        stopped = state.stopped(key) and stages == {self._stage}
        return Reader(who, roles, frozenset(stages), stopped, self._sent)


def _leaks(one: Base, case: Case, reply: Reply, house: Marked, who: Readers) -> Iterator[str]:
    shown = [(NOBODY if case.in_public else one.who, _text(reply))]
    shown += [(one.who, _file(body)) for body in house.onedrive.stored.values()]
    for to, parcel in house.outgoing:
        shown.append((to, f"{json.dumps(parcel.card, ensure_ascii=False)} {parcel.summary}"))
    for to, text in shown:
        found = leaked(text, lambda which, to=to: who.of(to, which))
        yield from (f"leak to {to}: {each}" for each in found)
        yield from (f"leak to {to}: {each}" for each in _of_strangers(one, case, to, text, who))


async def _unnoted(one: Base, case: Case, reply: Reply, house: Marked) -> list[str]:
    """What somebody has before their eyes of others' words, and no chain of reads says so."""
    shown = "" if case.in_public else _text(reply)
    shown += "".join(_file(body) for body in house.onedrive.stored.values())
    found = [each for each in of_others(shown, one.who) if each[0] not in marks_in(case.typed)]
    if not found:
        return []
    person = await house.directory.find(EVERYBODY[one.who].actor.key)
    by = person.mark if person else ""
    keys = {"a": one.state.a, "b": one.state.b}
    noted = {
        line.conversation
        for line in await house.reads()
        if line.what in READS and by and line.by == by
    }
    return [f"unnoted: {what} of {which}" for what, which in found if keys[which] not in noted]


def marks_in(typed: object) -> set[str]:
    """What is marked in what they typed just now."""
    return {what for what, _ in marks(str(typed))}


def _of_strangers(one: Base, case: Case, to: str, text: str, who: Readers) -> Iterator[str]:
    """Somebody who is nothing in a conversation, and never was, hears not even who is in it."""
    for which, mails in NAMED.items():
        reader = who.of(to, which)
        if to in EVERYBODY and not reader.roles and not _was_in(to, which):
            own = EVERYBODY[to].addresses.mails
            typed = case.typed
            words = [each for each in mails if each not in own and each not in typed]
            yield from told_of(text, words)


def _was_in(who: str, which: str) -> bool:
    names = ("priya", "martin", "fay", "idris", "pat", "nia", "lena") if which == "a" else OF_B
    return who in names


def _text(reply: Reply) -> str:
    beside = _text(reply.beside) if reply.beside else ""
    card = json.dumps(reply.card, ensure_ascii=False) if reply.card else ""
    return f"{card} {reply.summary} {reply.consent} {reply.info} {reply.link} {beside}"


def _file(body: bytes) -> str:
    """All text of a Word file or a workbook; of others what they hold."""
    if body[:2] != b"PK":
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return " ".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def in_a_log(line: str) -> Iterator[str]:
    """What stands in a log line and may not: a marked word, a name, an address, somebody's key."""
    if "zq" in line:
        yield f"a marked word in {line[:60]}"
    yield from (f"a key in {line[:60]}" for key in BY_KEY if key in line)
    for each in PLAYERS.values():
        yield from (f"{word[:3]}… in {line[:60]}" for word in each if word in line)


def _in_rows(one: Base, after: Tables, who: Readers) -> Iterator[str]:
    """Lists hold no story; a draft none that its owner may not read."""
    before: Any = one.kept.tables
    for table in ("drafts", "byperson", "board", "due"):
        for partition, rows in after.get(table, {}).items():
            old = before.get(table, {}).get(partition, {})
            for row in rows.values():
                if row is old.get(row.key) or "zq" not in (text := str(row.values)):
                    continue
                to = BY_KEY.get(partition, "")
                found = leaked(text, lambda which, to=to: who.of(to, which))
                yield from (f"row {table} of {to}: {each}" for each in found)
