"""The context of a turn, long as all of it stands together: who acts, when, with what, on what.

A tap carries its right. `about` loads the conversation once and asks the right once, on that
record; what a handler then changes is conditional on it (`change`). Where somebody else was
quicker, the whole turn is done again on what is there by then (`until_it_holds`): whatever it
looked at before it decided, it looks at once more.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from cards.kit.files import NO_LINKS, Links
from cards.rights.beside import together
from dialogs.turn.access import (
    LISTED,
    OF_EVALUATORS,
    OF_READERS,
    OF_THE_LEAD,
    ROSTERED,
    NotNow,
    Right,
    Who,
    holds_it,
    is_second,
    may,
)
from dialogs.turn.alarm import Alarm
from dialogs.turn.events import Turn
from dialogs.turn.file_transfer import NO_CARRIER, Carrier
from records.access.lines import What
from records.access.recorder import UNNOTED, Notes
from records.changes import restricting
from records.conversation.binding import Named, bind, waits_for, whose
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot, read_answers, read_file, read_record
from records.directory import Directory
from records.drafts import Drafts
from records.facilitation import Facilitators, has_left, is_lead, looked_up
from records.feedback import readers
from records.heard import HeardMessages
from records.partnership import Partnership
from records.people import Participant, Person, PersonKey
from records.register.register import Deed, Register
from records.retention.scrubbing import NOTE
from records.rights.writers import Openings, has_notes, nobody_looked
from records.stages import Act, WrongStage
from records.store.contract import AlreadyThere, Changed, Store, Unavailable
from records.timetable.timetable import Timetable

TRIES: Final = 40
"""More than the people of one conversation, who may all act at once."""
LONGEST_PAUSE: Final = 0.2
"""Seconds at most between two tries."""
_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Services:
    """What every handler works with. `nonce` gives the id one drawing of a card sends back.

    `team_lead` hears of a request that nobody of the team picks up, `practice_team` of outcomes;
    `deputy` reads feedback beside the lead, `stand_in` where all of these have a part in it;
    `gatekeepers` choose who is asked where few may know of it: the lead, where none are named.
    `evaluators` read the words of a closed period, to collate them.
    `arrived` is called when somebody has become reachable, so that what waits for them goes out.
    `links` gives addresses of files for a browser, `carrier` hands files over through Teams.
    `access` notes who opened what, and `opened` says who opened something of these conversations.
    """

    register: Register
    drafts: Drafts
    directory: Directory
    facilitators: Facilitators
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    arrived: Callable[[Person], Awaitable[None]]
    links: Links = NO_LINKS
    team_lead: Participant | None = None
    deputy: Participant | None = None
    practice_team: tuple[Participant, ...] = ()
    stand_in: Participant | None = None
    gatekeepers: tuple[Participant, ...] = ()
    evaluators: tuple[Participant, ...] = ()
    carrier: Carrier = NO_CARRIER
    access: Notes = UNNOTED
    opened: Openings = nobody_looked

    @property
    def keepers(self) -> tuple[Participant, ...]:
        """The gatekeepers: the team lead, where none are named."""
        lead = (self.team_lead,) if self.team_lead is not None else ()
        return self.gatekeepers or lead

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.register.store

    @property
    def timetable(self) -> Timetable:
        """What falls due, and when."""
        return self.register.timetable

    @property
    def partnership(self) -> Partnership:
        """Whom this serves."""
        return self.timetable.partnership

    @property
    def zone(self) -> ZoneInfo:
        """The partnership's wall time."""
        return self.timetable.office.zone


class Overtaken(Exception):
    """Somebody else, or another device, was quicker: the turn is done again as things are now."""


class NoSuchKey(Exception):
    """A card names a conversation that there is not: it was made up, or is older than the store."""

    def __init__(self, key: str) -> None:
        super().__init__(key[:36])
        self.key = key


@dataclass
class Context:
    """One turn of one person. `now` is fixed for the turn.

    `right` is the one that was asked, `file` the conversation it was asked on, as this turn knows
    it last. `overtaken` is true once the turn is done again. `departed` are people who lost their
    place by this turn's own doing. `heard` are the messages its person has typed before, and
    `place` is where this one goes; None while nothing is different after it. `alarm` is
    there where words of this turn tell of danger. `loaded` is what this turn has at hand of what
    was written, `quoted` are the quotes that it shows, and `collated` the words without names:
    `dialogs.root.reads`.
    """

    services: Services
    turn: Turn
    person: Person
    now: datetime
    right: Right | None = None
    file: Snapshot | None = None
    member: bool = False
    practice: bool = False
    reads: bool = False
    team_lead: bool = False
    left_team: bool = False
    gatekeeper: bool = False
    assigned: bool = False
    evaluator: bool = False
    departed: list[Participant] = field(default_factory=list)
    overtaken: bool = False
    heard: HeardMessages | None = None
    place: str | None = None
    alarm: Alarm | None = None
    loaded: list[Snapshot | tuple[Conversation, Answers]] = field(default_factory=list)
    quoted: list[tuple[str, str]] = field(default_factory=list)
    collated: list[tuple[str, str]] = field(default_factory=list)
    _held: tuple[Right, Conversation] | None = None
    _readers: readers.Readers | None = None
    _gatekeepers: restricting.Gatekeepers | None = None

    @property
    def who(self) -> Who:
        """The one who acts, as rights are asked of them."""
        return Who(
            self.person,
            practice=self.practice,
            reads=self.reads,
            member=self.member,
            team_lead=self.team_lead,
            left_team=self.left_team,
            gatekeeper=self.gatekeeper,
            assigned=self.assigned,
            evaluator=self.evaluator,
        )

    @property
    def it(self) -> Conversation:
        """The conversation this turn is about. Raises LookupError where it is about none."""
        if self.file is None:
            raise LookupError("this turn is about no conversation")
        return self.file.conversation

    @property
    def whole(self) -> Snapshot:
        """The same with all answers. Raises LookupError where those were not loaded."""
        if self.file is None or not self.file.whole:
            raise LookupError("the answers were not loaded")
        return self.file

    @property
    def typed_as(self) -> str:
        """The submission of what this message answers; empty where it carries no id."""
        return typed_submission(self.turn.activity)

    async def goes_to(self, place: str, *, done: bool = False) -> None:
        """Note where this message goes, before it changes anything. Raises StoreError."""
        self.place = place
        if self.heard is not None:
            await self.heard.note(self.turn.activity, place, done=done)

    def opened(self, what: What, conversation: str, *, of: str = "", about: str = "") -> None:
        """Note that the one who acts opened this, or was refused it. Nothing waits for it."""
        by = self.person.mark
        self.services.access.note(what, self.now, by, conversation, of=of, about=about)

    def is_person(self, participant: Participant | None) -> bool:
        """Whether the one who acts is this participant."""
        return self.who.is_person(participant)

    def may(self, right: Right) -> bool:
        """Whether they have another right, too, on the same record."""
        return may(self.who, self.it, right)

    async def is_member(self) -> bool:
        """Whether they are in the facilitation team, by the roster."""
        listed = await self.services.facilitators.is_member(self.person)
        self.member = listed and self.person.unknown_at is None
        return self.member

    async def leads_the_team(self) -> bool:
        """Whether they are the facilitation team's lead, by the settings."""
        directory, lead = self.services.directory, self.services.team_lead
        self.team_lead = await is_lead(directory, lead, self.person)
        return self.team_lead

    async def is_evaluator(self) -> bool:
        """Whether they are one of those who collate, by the settings."""
        self.evaluator = await self._is_any(self.services.evaluators)
        return self.evaluator

    async def has_left(self) -> bool:
        """Whether they are known to have left the facilitation team: asked of whoever facilitates
        something, before their place in it counts."""
        services = self.services
        about = (services.facilitators, services.directory, services.team_lead)
        self.left_team = await has_left(*about, self.person)
        return self.left_team

    async def about(self, key: str, right: Right, *, whole: bool = False) -> Conversation:
        """Load this conversation, with all answers where `whole`, and ask the right on it.

        What a turn has loaded already is not loaded again. Raises NoSuchKey and NotNow.
        """
        there = self.file
        if there is None or there.conversation.id != key or (whole and not there.whole):
            self.file = await read_file(self.services.store, key, whole=whole) if key else None
        if self.file is None:
            raise NoSuchKey(key)
        if self.file.answers and self.file is not there:
            self.loaded.append(self.file)
        it = self.it
        if not all(one.key for one in (*it.people, *it.told, *it.practice_team)):
            await self._known_by_now(self.file)
        if right in LISTED:
            await self._stands_listed(right)
        self.right = right
        self.still(right)
        return self.it

    async def _stands_listed(self, right: Right) -> None:
        """What the lists of the settings and the roster make of them, where the right asks it."""
        if right in ROSTERED:
            await self.is_member()
        if self.it.changes.restricted is not None:
            await self.one_of_few(self.it)
        if right in OF_READERS:
            await self.reads_of(self.it)
        if right in OF_EVALUATORS:
            await self.is_evaluator()
        if right in OF_THE_LEAD:
            await self.leads_the_team()
        if holds_it(self.who, self.it) or is_second(self.who, self.it):
            self.person = await self.services.directory.current(self.person, self.now)
            await self.has_left()

    async def readers(self) -> readers.Readers:
        """Those whom the settings and the partnership's file name to read, as who they are."""
        if self._readers is None:
            named = self.services
            every = (named.team_lead, named.deputy, named.practice_team, named.stand_in)
            listed = readers.listed(*every, named.keepers)
            self._readers = await looked_up(named.directory, listed)
        return self._readers

    async def gatekeepers(self) -> restricting.Gatekeepers:
        """Those whom the settings name as gatekeepers, and who stands in, as who they are."""
        if self._gatekeepers is None:
            named = self.services
            listed = restricting.listed(named.keepers, named.stand_in)
            self._gatekeepers = await looked_up(named.directory, listed)
        return self._gatekeepers

    async def one_of_few(self, it: Conversation) -> None:
        """What they are in a restricted conversation: its gatekeeper, by the settings of now, or
        who is asked to facilitate it."""
        here = it.changes.restricted
        asked = here.waits_for if here is not None else None
        keepers = restricting.gatekeepers(it, await self.gatekeepers())
        self.gatekeeper = await self._is_any(keepers)
        self.assigned = asked is not None and await self._is_any((asked.asked,))
        if self.assigned:
            await self.is_member()
            await self.leads_the_team()

    async def reads_of(self, it: Conversation) -> None:
        """What the settings and the partnership's file let them read of a conversation."""
        listed = await self.readers()
        self.practice = await self._is_any(readers.of_outcome(it, listed))
        self.reads = await self._is_any(readers.of_feedback(it, listed))

    async def is_of_team(self, *, readers_too: bool) -> bool:
        """Whether they are in the facilitation team; or lead it, or stand in for who does."""
        if await self.is_member() or not readers_too:
            return self.member
        own = (one for one in await self.readers() if readers.part_of(one) != readers.PRACTICE)
        return await self._is_any(own)

    async def _is_any(self, people: Iterable[Participant]) -> bool:
        """Whether the one who acts is one of these."""
        named = self.services.directory.is_named
        return any([await named(one, self.person) for one in people])

    async def _known_by_now(self, file: Snapshot) -> None:
        """Whoever is named by an address that this person alone has is them from now on."""
        if mine := await self._meant(file.conversation):
            deed, bound = self._bound(), partial(bind, keys=mine)
            register = self.services.register
            self.file = await register.apply(file.conversation.id, deed, bound, seen=file)

    async def _meant(self, it: Conversation) -> Mapping[Named, PersonKey]:
        """By which names a conversation means this person for certain, and has not bound them.

        The platform is asked first, where it was last asked over a day ago.
        """
        if not waits_for(it, self.person):
            return {}
        directory = self.services.directory
        self.person = await directory.current(self.person, self.now)
        keys = await whose(waits_for(it, self.person), directory.certain)
        return {one: key for one, key in keys.items() if key == self.person.key}

    def _bound(self) -> Deed:
        return Deed(Act.BOUND, self.person.mark, self.now)

    def still(self, right: Right, now: Conversation | None = None) -> Conversation:
        """The record, `now` or as this turn knows it, if the right holds on it. Raises NotNow.

        A record never changes, so one is asked once.
        """
        it, held = now or self.it, self._held
        if held is None or held[0] is not right or held[1] is not it:
            if not may(self.who, it, right):
                raise NotNow(it, right)
            self._held = right, it
        return it

    async def until_it_holds(self, turn: Callable[[], Awaitable[_Told]]) -> _Told:
        """The turn, done again until nobody is quicker.

        Each time the record is read again, and whoever asked a right of it asks again. Raises
        Unavailable where it never holds.
        """
        for number in range(TRIES):
            try:
                return await turn()
            except Overtaken:
                self.overtaken = True
                await self._read_again()
                await asyncio.sleep(min(0.005 * number, LONGEST_PAUSE) * random.random())  # noqa: S311  # no secret
        raise Unavailable("others were quicker each time")

    async def again(self) -> None:
        """The record as it is now, and the right asked of it once more. Raises NotNow.

        Nothing where this turn is about no conversation.
        """
        await self._read_again()
        if self.file is not None and self.right is not None:
            self.still(self.right)

    async def _read_again(self) -> None:
        if self.file is None:
            return
        whole, key = self.file.whole, self.it.id
        self.file = await read_file(self.services.store, key, whole=whole)
        if self.file is None:
            raise NoSuchKey(key)
        if self.file.answers:
            self.loaded.append(self.file)

    def apart(self) -> "Context":
        """The same turn, about no conversation yet: for what begins beside the present one."""
        beside = Context(self.services, self.turn, self.person, self.now, departed=self.departed)
        beside.alarm, beside.loaded, beside.quoted = self.alarm, self.loaded, self.quoted
        beside.collated = self.collated
        return beside

    async def record(self, key: str) -> Conversation | None:
        """One of several conversations, as it stands: no right was asked of it yet.

        Whoever it names by an address that this person alone has is them from now on.
        """
        found = await read_record(self.services.store, key) if key else None
        if found is None:
            return None
        mine = await self._meant(found[0])
        if not mine:
            return found[0]
        bound = partial(bind, keys=mine)
        return await self.services.register.change(key, self._bound(), bound)

    async def answers(self, it: Conversation, what: str, by: str) -> Answers | None:
        """Somebody's answers, from what was loaded where that is the whole conversation."""
        if self.file is not None and self.file.whole and self.file.conversation.id == it.id:
            return self.file.answers_of(what, by)
        found = await read_answers(self.services.store, it.id, what, by)
        if found is not None:
            self.loaded.append((it, found))
        return found

    async def read(self, it: Conversation, what: str, by: str) -> Answers | None:
        """Somebody's answers as they are shown: with the notes that their writer has added since.

        For what is read alone. What is changed or sent again begins from `answers`.
        """
        found = await self.answers(it, what, by)
        if found is None or not has_notes(it, what, by):
            return found
        return together(found, await self.answers(it, f"{NOTE}{what}", by))

    async def change(
        self,
        act: Act,
        change: Callable[[Conversation], Conversation],
        *,
        submission: str = "",
        answers: Callable[[Snapshot], Sequence[Answers]] | None = None,
    ) -> Conversation:
        """Apply a change of the conversation this turn is about, with the right it was asked for.

        It is conditional on the record that was loaded, with its answers where some are written.
        Raises Overtaken where that is not the last word any more, and NotNow where the act does
        not fit.
        """
        before, right = self.it, self.right
        if right is None or self.file is None:
            raise LookupError("a change needs the right that was asked for it")
        deed = Deed(act, self.person.mark, self.now, submission)
        register = self.services.register
        try:
            self.file = await register.apply(
                before.id,
                deed,
                lambda now: change(self.still(right, now)),
                answers,
                seen=self.file,
                once=True,
            )
        except (Changed, AlreadyThere):
            raise Overtaken from None
        except WrongStage:
            self.file = await read_file(register.store, before.id, whole=False)
            raise NotNow(self.it, right) from None
        it = self.it
        if it.people is not before.people or it.booking is not before.booking:
            self.departed += _lost_a_place(before, it)
        return it


def typed_submission(name: str) -> str:
    """The submission of a typed text, by the name of its message; empty for one without."""
    return f"typed-{name}" if name else ""


def _lost_a_place(before: Conversation, after: Conversation) -> list[Participant]:
    """Who was somebody before and is not now: left, passed their place on, or leads no more."""
    here = {one.id for one in after.people if one.left is None}
    passed_on = {one.old for one in after.changes.replaced[len(before.changes.replaced) :]}
    if before.lead != after.lead:
        passed_on.add(before.lead)
    lost = (one for one in before.people if one.id not in here or one.id in passed_on)
    return [one for one in lost if one.left is None]
