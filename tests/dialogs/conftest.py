"""The whole product without the edge: people with chats, a store in memory, a clock that moves."""

import contextlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.edge.to_turn import showed
from bot.roster import ListedFacilitators, entries, evaluators, gatekeepers, team_lead
from cards.kit.door import holds_words
from cards.kit.elements import MAX_BYTES, size
from cards.wording import wording
from dialogs.root.root import Root
from dialogs.root.routes import FLOWS
from dialogs.root.typed_text import opened
from dialogs.turn.context import Services
from dialogs.turn.events import (
    Actor,
    Card,
    CardAction,
    Event,
    Installed,
    Message,
    Reply,
    Turn,
    Uninstalled,
)
from dialogs.turn.file_transfer import FileTooLarge, NotCarried
from records.access.lines import AccessLine
from records.access.readers import every_chain
from records.access.recorder import Recorder
from records.conversation.conversation import Conversation
from records.conversation.snapshot import Snapshot, read_file
from records.directory import Directory, NoSuchMember, NotLookedUp
from records.drafts import Draft, Drafts
from records.outbox.prompt import Prompt
from records.people import Addresses, Part, Participant, Person, Reference, mail_key
from records.register.register import Register
from records.rights.writers import Openers
from records.store.contract import Row, Store, StoreError
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import NotAccepted, Parcel
from scheduler.delivery.delivery import Deliverer, Render
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks, Places
from scheduler.delivery.unsent import NothingLeft, UnsentWords
from scheduler.messages.rendering import render
from scheduler.sweep import Sweep, skip
from scheduler.upkeep.afterwards import Afterwards
from scheduler.upkeep.closing import Closing
from scheduler.upkeep.ending import Endings
from scheduler.upkeep.evaluating import Evaluating
from scheduler.upkeep.left_team import LeftTeam
from scheduler.upkeep.rehearsals import Rehearsals
from scheduler.upkeep.removal import Receipt, Removal
from scheduler.upkeep.retention import OldDrafts
from scheduler.upkeep.tidying import Shows, Tidier
from tests.quiet import QuietRegister

TENANT = "tenant-1"
CHANNEL = "19:team@thread.tacv2"
START = datetime.fromisoformat("2027-02-01T09:05:00+00:00")  # a Monday


PLACE = re.compile(r"\{[a-z_]+\}")


@dataclass
class Who:
    """An invented person and what their chat shows, oldest first."""

    key: str
    name: str
    mail: str
    chat: list[Reply] = field(default_factory=list)
    tenant: str = TENANT
    account: str = ""
    sign_in: str = ""
    guest: bool = False

    @property
    def actor(self) -> Actor:
        return Actor(self.tenant, self.account or f"object-{self.key}", self.name)

    @property
    def addresses(self) -> Addresses:
        """What the platform says of them."""
        return Addresses(tuple(filter(None, (self.mail, self.sign_in))), self.name, self.guest)

    @property
    def reference(self) -> Reference:
        return Reference(
            service_url="https://teams.example/",
            conversation_id=f"chat-{self.key}",
            tenant=self.tenant,
        )

    @property
    def newest(self) -> str:
        """The id of the newest message in their chat."""
        return f"{self.key}/{len(self.chat) - 1}"

    @property
    def card(self) -> Card:
        card = self.chat[-1].card
        assert card is not None
        return card


DOORS = {
    "flow.open",
    "manager.see",
    "pickup.story",
    "request.words",
    "review.words",
    "learning.record",
    "learning.type-up",
}
"""What the one button of a door leads to."""


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card, fallbacks left out."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in ("fallback", "data"):
                yield from elements(value)
    elif isinstance(node, list):
        for one in node:
            yield from elements(one)


def texts(card: Card) -> str:
    """Everything a card shows, a line an element."""
    lines: list[str] = []
    for one in elements(card):
        if one.get("type") == "RichTextBlock":
            lines.append("".join(run["text"] for run in one["inlines"]))
        elif one.get("type") == "TextBlock":
            lines.append(one["text"])
        elif str(one.get("type", "")).startswith("Input."):
            lines.append(f"{one.get('label', '')} [{one.get('value', '')}]")
            lines += [choice["title"] for choice in one.get("choices", ())]
        elif str(one.get("type", "")).startswith("Action."):
            lines.append(f"({one.get('title', '')})")
    return "\n".join(lines)


RENAMED: dict[str, str] = {}
"""Titles that the partnership has in other words than Suffolk's, where the tests run with one."""


def action(card: Card, title: str) -> dict[str, Any]:
    """The first action with this title, or with this word before what it is about."""
    own = ": ".join(RENAMED.get(part, part) for part in title.split(": "))
    found = [
        one
        for wanted in dict.fromkeys((title, RENAMED.get(title, own)))
        for one in elements(card)
        if str(one.get("type", "")).startswith("Action.")
        and (
            wanted in (one.get("title"), one.get("tooltip"))
            or str(one.get("title", "")).startswith(f"{wanted}: ")
        )
    ]
    assert found, f"no {title!r} on:\n{texts(card)}"
    return found[0]


def written(card: Card) -> str:
    """Our own words: text blocks and titles, where nothing a person typed may stand."""
    found = [one["text"] for one in elements(card) if one.get("type") == "TextBlock"]
    found += [str(one.get("title", "")) for one in elements(card) if "type" in one]
    return "\n".join(found)


def unfilled(card: Card) -> list[str]:
    """The places of a card's sentences that nothing was put into, such as {name}."""
    return PLACE.findall(texts(card))


def values(card: Card) -> dict[str, Any]:
    """What the inputs of a card hold before anybody types."""
    return {
        one["id"]: one["value"]
        for one in elements(card)
        if str(one.get("type", "")).startswith("Input.") and "value" in one
    }


class FakeLinks:
    """Addresses without a signature, so that a card's links can be seen."""

    def __init__(self) -> None:
        self.served = True

    def file(self, kind: str, conversation: str, to: str, *, until: datetime | None = None) -> str:
        return f"https://bot.example/files/{kind}-{conversation}-{to}" if self.served else ""

    def upload(self, conversation: str, to: str) -> str:
        return f"https://bot.example/upload/{conversation}-{to}" if self.served else ""


@dataclass
class FakeOneDrive:
    """What people's own OneDrive holds, by address; `broken` says why nothing gets there."""

    asks_consent: bool = False
    stored: dict[str, bytes] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)
    broken: str = ""

    async def store(self, address: str, body: bytes) -> None:
        if self.broken:
            raise NotCarried(self.broken)
        self.stored[address] = body

    async def fetch(self, address: str, most: int) -> bytes:
        if self.broken or address not in self.sent:
            raise NotCarried(self.broken or "status 404")
        if len(self.sent[address]) > most:
            raise FileTooLarge("too large")
        return self.sent[address]


class House:
    """People, their chats and the product between them."""

    def __init__(self, store: Store) -> None:
        self.store, self.at = store, START
        self.people: dict[str, Who] = {}
        self.channel: list[Parcel] = []
        self.down: set[str] = set()
        self.typed: set[str] = set()
        self.nonces = itertools.count(1)
        self.prompts: list[Prompt] = []
        self.parcels: list[tuple[str, Parcel]] = []
        self.cards: list[Card] = []
        self.timetable = Timetable(wording.partnership)
        self.links = FakeLinks()
        self.onedrive = FakeOneDrive()
        self.afterwards = Afterwards()
        clocks = Clocks(self.now, self.now, lambda: self.at.timestamp())
        self.clocks = clocks
        self.directory = self.a_directory()
        self.drafts = Drafts(store, clocks.monotonic)
        self.register = QuietRegister(
            store,
            self.timetable,
            self.prompts.extend,
            self.afterwards.later,
            self.directory.certain,
        )
        self.reach = Reach(
            self.register, self.directory, Places(self.directory.channel, self.members), clocks
        )
        self.tidier = Tidier(self.register, self.directory, self, clocks, self.drafts)
        self.old = OldDrafts(store, self.directory, self, self.timetable, clocks, self.drafts)
        self.access = Recorder(store, self.timetable.office.zone)
        deliverer = Deliverer(
            self.register,
            self.reach,
            self,
            self.drawing(),
            clocks,
            "instance-1",
            showed=self.tidier.came,
            instead=self._instead,
            access=self.access,
        )
        self.sweep = Sweep(store, deliverer, self.reach, self.timetable, clocks)
        self.team_lead: Participant | None = None
        self.deputy: Participant | None = None
        self.practice_team: tuple[Participant, ...] = ()
        self.stand_in: Participant | None = None
        self.gatekeepers: tuple[Participant, ...] = ()
        self.evaluators: tuple[Participant, ...] = ()
        self.root = Root(self.services())
        self.tables_down = False
        self.asks, self.unanswered, self.at_home = True, set[str](), ""
        self.listed = ("fay@facilitation.example", "idris@facilitation.example")
        for key, name, mail in (
            ("priya", "Priya Shah", "priya@socialcare.example"),
            ("martin", "Martin Cole", "martin@socialcare.example"),
            ("fay", "Fay Larsen", "fay@facilitation.example"),
            ("idris", "Idris Vaughan", "idris@facilitation.example"),
            ("pat", "Pat Reed", "pat@police.example"),
            ("nia", "Nia Okafor", "nia@health.example"),
            ("kit", "Kit Farrow", "kit@facilitation.example"),
        ):
            self.people[key] = Who(key, name, mail)

    def drawing(self) -> Render:
        """How prompts become parcels; who watches a walk notes here which is which."""

        def draw(*about: Any) -> Parcel:
            return render(self.timetable, self.links, evaluators=bool(self.evaluators))(*about)

        return draw

    async def _instead(
        self, prompt: Prompt, file: Snapshot, person: Person | None
    ) -> Parcel | NothingLeft | None:
        there = bool(self.evaluators)
        words = UnsentWords(self.drafts, self.timetable, evaluators=there)
        return await words.instead(prompt, file, person)

    def a_directory(self) -> Directory:
        """The people as one instance knows them: for a minute without a look."""
        return Directory(
            self.store,
            later=self.afterwards.later,
            once=self.afterwards.once,
            arrived=self.arrived,
            monotonic=self.clocks.monotonic,
            lookup=self.lookup,
            now=self.now,
        )

    async def lookup(self, person: Person) -> Addresses:
        """What Teams says of somebody, as it stands in the house's own list of people."""
        found = [one for one in self.people.values() if one.actor.key == person.key]
        if not found:
            raise NoSuchMember
        if found[0].key in self.unanswered:
            raise NotLookedUp
        return found[0].addresses

    def services(self) -> Services:
        return Services(
            register=self.register,
            drafts=self.drafts,
            directory=self.directory,
            facilitators=self,
            now=self.now,
            nonce=lambda: f"n{next(self.nonces)}",
            arrived=self.arrived,
            links=self.links,
            carrier=self.onedrive,
            access=self.access,
            opened=Openers(self.store, self.directory).of,
            team_lead=self.team_lead,
            deputy=self.deputy,
            practice_team=self.practice_team,
            stand_in=self.stand_in,
            gatekeepers=self.gatekeepers,
            evaluators=self.evaluators,
        )

    def now(self) -> datetime:
        return self.at

    async def members(self) -> tuple[Participant, ...]:
        return tuple(
            Participant(
                id=f"f-{mail_key(mail)[:12]}",
                part=Part.FACILITATOR,
                name=mail,
                mail=mail,
                tenant=self.at_home,
            )
            for mail in self.listed
        )

    async def is_member(self, person: Person) -> bool:
        named = self.directory.is_named
        return any([await named(one, person) for one in await self.members()])

    async def has_left(self, person: Person) -> bool:
        listed = ListedFacilitators(
            entries(self.listed, self.at_home), self.directory, self.clocks.monotonic
        )
        return await listed.has_left(person)

    async def arrived(self, person: Person) -> None:
        self.prompts.extend(await self.reach.resume(person))

    # The courier --------------------------------------------------------------------------------

    async def send(self, to: Reference, parcel: Parcel) -> str:
        if to.conversation_id in self.down:
            raise NotAccepted("down")
        assert not holds_words(parcel.card), "a message holds no words of a story"
        assert not set(unfilled(parcel.card)) - self.typed
        self.parcels.append((to.conversation_id, parcel))
        self.cards.append(parcel.card)
        if to.conversation_id == CHANNEL:
            self.channel.append(parcel)
        for one in self.people.values():
            if one.reference.conversation_id == to.conversation_id:
                one.chat.append(Reply(parcel.card, parcel.summary))
                return one.newest
        return f"m{next(self.nonces)}"

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        if to.conversation_id in self.down:
            raise NotAccepted("down")
        self.cards.append(parcel.card)
        key, _, number = message_id.partition("/")
        if not number:
            return  # in the channel, or with somebody whom nobody watches
        self.people[key].chat[int(number)] = Reply(parcel.card, parcel.summary)

    # What people do -----------------------------------------------------------------------------

    async def deliver(self) -> None:
        """What the handover does right after a commit."""
        while self.prompts:
            batch, self.prompts[:] = list(self.prompts), []
            await self.sweep.deliver_now(batch)

    async def turn(self, who: str, event: Event, *, root: Root | None = None) -> Reply:
        with self.afterwards.after_this():
            reply = await (root or self.root).handle(self.a_turn(who, event))
            self.show(who, event, reply)
        tapped = isinstance(event, CardAction) and event.in_place
        shows = Shows.HELD if isinstance(event, CardAction) else Shows.POSTED
        if tapped and reply.card is not None and holds_words(reply.card):
            shows = Shows.TAPPED
        showed(self.tidier)(self.a_turn(who, event), self.people[who].newest, reply, shows)
        await self.deliver()
        await self.tidy()
        await self.deliver()
        return reply

    async def tidy(self) -> None:
        """What goes on behind the turns: lists, and cards that are done with become receipts."""
        await self.afterwards.quiet()
        with contextlib.suppress(StoreError):
            await self.tidier.quiet()

    async def begin_drafts(self, key: str) -> None:
        """What delivery does when a card goes out: its draft is begun, so that they may type."""
        file = await self.file(key)
        for prompt, _ in file.prompts.values():
            named = file.conversation.person(prompt.to)
            for who in self.people.values():
                person = await self.directory.find(who.actor.key)
                if person and named and named.is_person(person):
                    there = bool(self.evaluators)
                    await opened(self.drafts, FLOWS, prompt, person, self.at, evaluators=there)

    async def an_hour_strikes(self) -> None:
        """The hourly round."""
        await self.tidy()
        await Endings(self.register, self.clocks, self.tidier.tidy).look()
        own = Register(self.store, self.timetable)
        about = (own, self.reach, self, self.clocks, self.drafts)
        await Rehearsals(*about).look()
        await self.tidy()
        await self.old.look()
        await self.tidier.tidy_all()

    async def a_night(self, days: int = 0) -> Receipt:
        """The nightly look at what is kept too long, so many days on."""
        self.at += timedelta(days=days)
        await Evaluating(self.store, self.timetable.partnership, self.clocks).look()
        receipt = await self.removal().look()
        await self.deliver()
        await self.tidy()
        return receipt

    async def quiet(self, days: int) -> None:
        """So many days in which nobody does anything, with the night's look at their end, and the
        next morning on which messages go."""
        self.at = self.timetable.office.at((self.at + timedelta(days=days)).date(), time(2, 30))
        await self.a_night()
        self.at = self.timetable.office.next_morning(self.at) + timedelta(hours=1)
        await self.sweep.run()
        await self.tidy()

    def removal(self) -> Removal:
        """The errand of the night."""
        own = Register(self.store, self.timetable)
        closing = Closing(self.store, self.reach, self)
        return Removal(own, self.clocks, self.drafts, closing, self.team_lead)

    async def five_minutes(self) -> None:
        """The errand that looks whether facilitators have left the team."""
        about = (self.directory, self, self.team_lead, self.clocks, self.tidier.tidy)
        await LeftTeam(self.register, *about).look()
        await self.deliver()
        await self.tidy()

    def lead_by(self, who: str) -> None:
        """The settings name this person as the team lead."""
        self.team_lead = team_lead(entries((self.people[who].mail,), TENANT))
        self.root = self.second()

    def guarded_by(self, *who: str) -> None:
        """The settings name these people as gatekeepers."""
        mails = [self.people[one].mail for one in who]
        self.gatekeepers = gatekeepers(entries(mails, TENANT))
        self.root = self.second()

    def collated_by(self, *who: str) -> None:
        """The settings name these people as evaluators."""
        self.evaluators = evaluators(entries([self.people[one].mail for one in who], TENANT))
        self.root = self.second()

    async def leaves_the_team(self, who: str) -> None:
        """They are on the list no more, and the errand has run."""
        self.listed = tuple(mail for mail in self.listed if mail != self.people[who].mail)
        await self.five_minutes()

    def a_turn(self, who: str, event: Event) -> Turn:
        """Somebody's event in their own chat."""
        person = self.people[who]
        return Turn(
            person.actor, event, person.reference, addresses=person.addresses if self.asks else None
        )

    def local(self, wall: str) -> datetime:
        """A wall time of the partnership, such as 2027-02-03T15:25."""
        zone = self.timetable.office.zone
        return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(START.tzinfo)

    def show(self, who: str, event: Event, reply: Reply) -> None:
        """What Teams does with a reply: an answered card is replaced in place."""
        person = self.people[who]
        if reply.beside is not None:
            self.show(who, Message(""), reply.beside)
            return
        if reply.card is not None:
            assert size(reply.card) <= MAX_BYTES
            self.typed |= set(PLACE.findall(str(vars(event))))
            assert not set(unfilled(reply.card)) - self.typed
            tapped = isinstance(event, CardAction)
            assert tapped or not holds_words(reply.card), "a message holds no words of a story"
            self.cards.append(reply.card)
        if reply.card is not None or reply.summary:
            in_place = isinstance(event, CardAction) and person.chat
            if in_place and reply.card is None:
                return  # a sentence in place of a card leaves the card on the screen
            if in_place:
                person.chat[-1] = reply
            else:
                person.chat.append(reply)

    async def arrive(self, *who: str) -> None:
        """Install the app and be welcomed."""
        for one in who:
            await self.turn(one, Installed())

    async def leave(self, who: str) -> None:
        await self.turn(who, Uninstalled())

    async def say(self, who: str, text: str) -> Reply:
        return await self.turn(who, Message(text))

    async def tap(self, who: str, title: str, /, **inputs: Any) -> Reply:
        """Tap a button of the newest card, with what its inputs hold; through its door, if it is
        behind one."""
        await self.open_door(who, title)
        card = self.people[who].card
        pressed = action(card, title)
        own = values(card) if pressed.get("associatedInputs") != "none" else {}
        return await self.press(who, pressed, {**own, **inputs})

    async def open_door(self, who: str, title: str = "") -> None:
        """Open what the newest message leads to, where it is a door, also one with other buttons,
        and has no such button itself."""
        card = self.people[who].card
        actions = card.get("actions", ())
        buttons = [one for one in actions if one.get("verb") in DOORS]
        alone = len(actions) == len(buttons) == 1
        if actions and actions[0].get("verb") in ("manager.see", "pickup.story"):
            alone, buttons = True, actions[:1]
        found = list(elements(card))
        asks = any(str(one.get("type", "")).startswith("Input.") for one in found)
        meant = RENAMED.get(title, title)
        if alone and not asks and meant not in {one.get("title") for one in found}:
            await self.press(who, buttons[0], {})

    async def change(self, title: str) -> Reply:
        """The facilitator's *Something has changed*, and one of the ways there."""
        await self.tap("fay", "Something has changed")
        return await self.tap("fay", title)

    async def press(self, who: str, pressed: dict[str, Any], inputs: dict[str, Any]) -> Reply:
        """Tap a button of any card, an old one too."""
        return await self.turn(who, CardAction(pressed["verb"], {**pressed["data"], **inputs}))

    def data(self, who: str, title: str, /, **inputs: Any) -> CardAction:
        """The tap on a button of the newest card as Teams sends it, to be sent when one likes."""
        card = self.people[who].card
        pressed = action(card, title)
        own = values(card) if pressed.get("associatedInputs") != "none" else {}
        return CardAction(pressed["verb"], {**pressed["data"], **own, **inputs})

    async def draft(self, who: str, flow: str = "request", conversation: str = "") -> Draft | None:
        """What is kept of a flow that somebody has open."""
        opened = await Drafts(self.store).find(self.people[who].actor.key, flow, conversation)
        return opened.draft if opened else None

    async def dump(self, table: str = "conversations") -> list[Row]:
        """Every row of a table."""
        return [row async for row in self.store.query(table)]

    async def file(self, key: str) -> Snapshot:
        """One conversation with all that is kept of it."""
        found = await read_file(self.store, key)
        assert found is not None
        return found

    async def reads(self) -> list[AccessLine]:
        """Who opened what, was refused or written to, oldest first, as it is kept by now."""
        await self.access.flush()
        return [line async for chain in every_chain(self.store) for line in chain.lines]

    async def record(self, key: str) -> Conversation:
        """One conversation as it stands."""
        return (await self.file(key)).conversation

    def told(self, who: str) -> list[str]:
        """The notifications somebody got by themselves, oldest first."""
        place = self.people[who].reference.conversation_id
        return [parcel.summary for to, parcel in self.parcels if to == place]

    def second(self) -> Root:
        """Another instance over the same store, with nothing at hand that this one has."""
        drafts = Drafts(self.store, self.clocks.monotonic)
        return Root(replace(self.services(), drafts=drafts, directory=self.a_directory()))

    async def fill_to(self, who: str, step: str) -> None:
        """A request up to this step."""
        await self.say(who, "request")
        if step != "risk":
            await self.tap(who, "No")
            await self.fill_from(who, "about", step)

    async def fill_from(self, who: str, step: str, until: str = "check") -> None:
        """From one step of a request to another."""
        names = list(TAPS)
        to = names.index(until) if until in names else len(names)
        for name in names[names.index(step) : to]:
            if name != "you" or self.has_input(who, "manager_name"):
                await self.tap(who, "Next", **TAPS[name])

    def has_input(self, who: str, field: str) -> bool:
        """Whether the newest card of somebody has this input."""
        return any(one.get("id") == field for one in elements(self.people[who].card))

    def shown(self, who: str) -> str:
        """What the newest card of somebody shows."""
        return texts(self.people[who].card)

    async def skip(self, **delta: float) -> int:
        """Let time pass, everything due on the way going out."""

        async def move(moment: datetime) -> None:
            self.at = moment

        local = self.timetable.office.local(self.at) + timedelta(**delta)
        return await skip(
            local.astimezone(START.tzinfo), move, sweep=self.sweep, store=self.store, now=self.now
        )

    # Whole stretches ----------------------------------------------------------------------------

    async def agree(self, manager: str = "martin") -> Reply:
        """The manager agrees."""
        return await self.tap(manager, "Agree")

    async def pick_up(self, who: str = "fay", reference: str = "") -> Reply:
        """A facilitator takes it, also where it is handed over, says they are independent, and
        reads the request."""
        await self.tap(who, f"I'll facilitate: {reference}" if reference else "I'll facilitate")
        taken = await self.tap(who, "Yes, and I'll facilitate")
        await self.open_door(who)
        return taken

    async def book(self, who: str = "fay", /, **change: str) -> Reply:
        """Find a date: `BOOKING`, but for what is changed."""
        await self.tap(who, "Find a date")
        return await self.tap(who, "Book the date", **{**BOOKING, **change})

    async def hold(self, who: str = "fay", *, at: str = "2027-02-03T15:25") -> None:
        """It takes place: at this wall time the closing card comes, and feedback goes out."""
        self.at = self.local(at)
        await self.sweep.run()
        await self.tap(who, "We are closing")
        await self.tap(who, "Send the feedback card")

    async def give_feedback(self, who: str, scale: int, **texts: str) -> Reply:
        """The number, then a text where one is given; and Send."""
        await self.tap(who, f"{scale} out of 10")
        for fields in (("happened", "learning"), ("difference_you", "difference_child")):
            await self.tap(who, "Next", **{key: texts.pop(key) for key in fields if key in texts})
        return await self.tap(who, "Send", **texts)

    async def discard(self, who: str) -> Reply:
        """What is open is cancelled, and the question whether answered with yes, where there is
        anything to delete."""
        cancelled = await self.say(who, "cancel")
        if cancelled.summary == wording.CANCELLED_EMPTY:
            return cancelled
        return await self.tap(who, "Yes, delete it")

    async def fill_request(self, who: str = "priya", **change: Any) -> None:
        """A request up to *Check your answers*."""
        await self.say(who, change.get("typed", "request"))
        await self.tap(who, "No")
        few = {"few": change["few"]} if "few" in change else {}
        about = change.get("about", "child")
        await self.tap(who, "Next", about=about, reasons="stuck,clarity", **few)
        if self.has_input(who, "manager_name"):
            await self.tap(
                who,
                "Next",
                contact="01473 000000",
                team="Team East",
                agency="Social Care",
                attending="yes",
                manager_name="Martin Cole",
                manager_mail=change.get("manager", "martin@socialcare.example"),
                manager_attending="no",
            )
        await self.tap(
            who,
            "Add another person",
            nurse="named",
            nurse_name="Nia Okafor",
            nurse_mail="nia@health.example",
            nurse_attending="yes",
            other_name="Pat Reed",
            other_role="Detective constable",
            other_agency="Suffolk Police",
            other_mail="pat@police.example",
            other_attending="yes",
        )
        await self.tap(who, "Next")
        await self.tap(who, "Next", worry=STORY["worry"])
        await self.tap(
            who,
            "Next",
            hope_you=STORY["hope_you"],
            hope_you_known=STORY["hope_you_known"],
        )
        await self.tap(
            who,
            "Next",
            hope_child=STORY["hope_child"],
            hope_child_known=STORY["hope_child_known"],
        )

    async def requested(self) -> str:
        """A request that was sent; its conversation's id."""
        await self.arrive("priya", "martin", "fay", "idris", "pat", "nia")
        await self.fill_request()
        await self.tap("priya", "Send")
        return await self.newest()

    async def newest(self) -> str:
        ids = [
            row.partition
            async for row in self.store.query(
                "conversations", partition_to="~", key_from="conversation", key_to="conversation~"
            )
        ]
        assert len(ids) == 1
        return ids[0]

    async def booked(self) -> str:
        """A booked conversation: Wednesday 3 February 2027, 14:00 to 15:30."""
        key = await self.requested()
        await self.agree()
        await self.pick_up()
        await self.book()
        return key

    async def held(self) -> str:
        """A conversation that took place; the feedback cards are out."""
        key = await self.booked()
        await self.hold()
        return key


BOOKING: dict[str, str] = {
    "day": "2027-02-03",
    "start": "14:00",
    "end": "15:30",
    "place": "Endeavour House, room 2",
    "lead": "requester",
    "coming": "requester,nurse,other1",
}
"""Wednesday 3 February 2027, 14:00 to 15:30."""
YOU = {
    "contact": "01473 000000",
    "team": "Team East",
    "agency": "Social Care",
    "attending": "yes",
    "manager_name": "Martin Cole",
    "manager_mail": "martin@socialcare.example",
    "manager_attending": "no",
}
STORY = {
    "worry": "That nobody listens to each other any more.",
    "hope_you": "Room to think.",
    "hope_you_known": "I sleep better.",
    "hope_child": "One plan that holds.",
    "hope_child_known": "School says so.",
}
TAPS: dict[str, dict[str, Any]] = {
    "about": {"about": "child", "reasons": "stuck"},
    "you": YOU,
    "people": {"nurse": "none"},
    "worry": {"worry": STORY["worry"]},
    "hope_you": {key: STORY[key] for key in ("hope_you", "hope_you_known")},
    "hope_child": {key: STORY[key] for key in ("hope_child", "hope_child_known")},
}


@pytest.fixture
def house() -> Iterator[House]:
    made = House(MemoryStore())
    yield made
    made.register.hold_to_it()


@pytest.fixture
def story() -> dict[str, str]:
    return dict(STORY)
