"""The composition root, long since nothing else builds things or knows how they fit together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot.clock import Clock
from bot.connections import Parts, open_parts
from bot.edge.adapter import HttpAnswer, Receiver
from bot.edge.budget import Budget
from bot.edge.endpoint import Beside, Check, NotReady, ReadinessChecks, routes
from bot.edge.in_team import noting
from bot.edge.incoming import Incoming
from bot.edge.to_turn import showed
from bot.edge.turns import Turns
from bot.facilitation import Facilitation
from bot.ledger import place
from bot.pages.links import Page, SignedLinks, Ticket
from bot.pages.pages import page_routes
from bot.pages.upload_page import upload_routes
from bot.roster import (
    ListedFacilitators,
    TeamFacilitators,
    entries,
    evaluators,
    gatekeepers,
    practice_team,
    reader,
    team_lead,
)
from bot.settings import Settings
from bot.teams.lookups import lookup
from bot.teams.pacing import Pace
from bot.teams.rosters import Rosters
from bot.teams.teams_courier import TeamsCourier
from cards import question_sets
from cards.kit.files import Links
from cards.wording import use, wording
from dialogs.files.files import Made, follow
from dialogs.root.root import More, Root, hand_in
from dialogs.root.routes import FILES, FLOWS
from dialogs.root.storage_down import not_saved, not_taken
from dialogs.root.typed_text import opened
from dialogs.turn.context import Services
from dialogs.turn.events import Reply, Turn
from dialogs.turn.file_transfer import Carrier
from records.access.readers import OldReads
from records.access.recorder import Recorder
from records.directory import Arrived, Directory
from records.drafts import Drafts
from records.facilitation import Facilitators
from records.outbox.prompt import Prompt
from records.partnership import Partnership
from records.people import Participant, Person, PersonKey
from records.register.register import Register
from records.rights.erasing import Eraser
from records.rights.ledger import LedgerPlace
from records.rights.writers import Openers
from records.store.contract import Store, together
from records.teams import Teams
from records.timetable.timetable import Timetable
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.opening import Opening
from scheduler.delivery.reach import Reach
from scheduler.delivery.retry import Waits
from scheduler.delivery.settings import Clocks, Limits, Places
from scheduler.delivery.unsent import UnsentWords
from scheduler.leader import Leader
from scheduler.messages.rendering import render
from scheduler.sweep import Sweep, skip
from scheduler.timer import Errand, Handover, Timer
from scheduler.upkeep.afterwards import WORKERS, Afterwards
from scheduler.upkeep.closing import Closing
from scheduler.upkeep.ending import Endings
from scheduler.upkeep.erasing import Erasing
from scheduler.upkeep.errands import Digest, QuestionSets
from scheduler.upkeep.evaluating import Evaluating
from scheduler.upkeep.left_team import LeftTeam
from scheduler.upkeep.leftovers import Leftovers
from scheduler.upkeep.migration import Migration
from scheduler.upkeep.rehearsals import Rehearsals
from scheduler.upkeep.removal import Removal
from scheduler.upkeep.retention import OldDrafts
from scheduler.upkeep.tidying import Tidier

if TYPE_CHECKING:
    from bot.demo.clock import DemoClock

MAX_SKEW = 30.0
"""Seconds by which our clock and the storage's may differ before we say so."""
DRAIN = 18.0
"""Seconds for what is being sent when the process is asked to stop: it is gone within 20."""
LAST_WORDS = 1.5
"""Seconds for the lists of what came in and went out meanwhile, within the same 20."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """Everything that sends."""

    register: Register
    directory: Directory
    teams: Teams
    facilitation: Facilitation
    facilitators: Facilitators
    sweep: Sweep
    timer: Timer
    drafts: Drafts
    arrived: Arrived
    afterwards: Afterwards
    access: Recorder
    tidier: Tidier
    courier: TeamsCourier
    hourly: Sequence[Errand]
    often: Sequence[Errand]
    team_lead: Participant | None

    async def quiet(self) -> None:
        """What is written behind the turns: lists, and who opened what."""
        await together(self.afterwards.quiet(), self.access.quiet())


def build_app(
    settings: Settings,
    *,
    partnership: Partnership,
    clock: Clock,
    store: Store,
    demo_time: str = "",
) -> web.Application:
    """The bot of a partnership, over the given store. Opening and closing happen with the server.

    From here on every card of this process is drawn in the partnership's words.
    """
    use(partnership)
    timetable = Timetable(partnership)
    app = web.Application()
    checks: dict[str, Check] = {}
    beside: dict[str, Beside] = {}
    readiness = ReadinessChecks(checks, clock.monotonic, beside)
    late = _Late()
    app.add_routes(routes(late.receive, readiness))
    if settings.browsers:
        app.add_routes(page_routes(late.read, late.follow, late.mark))
        app.add_routes(upload_routes(late.read, late.hand_in, late.mark))

    async def run(_: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            parts = await open_parts(stack, settings, clock)
            demo = _demo_clock(clock, store) if settings.demo else None
            if demo is not None:
                await demo.load(demo_time)
            now = demo.now if demo else clock.now
            late.links = _links(settings, clock, now)
            ledger = await place(settings, clock, stack)
            delivery = _delivery(settings, clock, now, timetable, store, parts, late.links, ledger)
            late.services = _services(settings, now, delivery, late.links, parts.onedrive)
            root = _root(late.services, demo, delivery)
            late.receiver = _receiver(settings, parts, delivery, root)
            checks.update(_checks(store, parts))
            beside["teams_refuses"] = parts.outbreaks.lasting
            beside["facilitation_team"] = delivery.facilitation.lacks
            beside["lookups_without_address"] = partial(_without_address, delivery.directory)
            delivery.timer.start()
            late.timer = delivery.timer
            try:
                yield
            finally:
                await late.drained()
                await _last_words(late.receiver.quiet, delivery.quiet)
                await store.close()

    app.cleanup_ctx.append(run)
    # At once, while turns under way still have their seconds: the two do not add up.
    app.on_shutdown.append(late.shut_down)
    return app


async def _last_words(*errands: Callable[[], Awaitable[None]]) -> None:
    """What the last turns and messages left for later; what is not done now a sweep does."""
    for errand in errands:
        with suppress(TimeoutError):
            await asyncio.wait_for(errand(), LAST_WORDS)


class _Late:
    """The routes exist before what they lead to: opening connections needs the running loop."""

    receiver: Receiver
    links: SignedLinks
    services: Services
    timer: Timer
    _drained: asyncio.Task[None] | None = None

    async def shut_down(self, _: web.Application) -> None:
        self.drained()

    def drained(self) -> asyncio.Task[None]:
        """Claim nothing more and finish what is being sent: begun once."""
        if self._drained is None:
            self._drained = asyncio.create_task(self.timer.stop(DRAIN))
        return self._drained

    async def receive(self, incoming: Incoming, header: str) -> HttpAnswer:
        return await self.receiver.receive(incoming, header)

    def read(self, page: Page, token: str) -> Ticket:
        return self.links.read(page, token)

    def mark(self, person: str) -> str:
        return self.services.directory.mark(person)

    async def follow(self, ticket: Ticket) -> Made:
        return await follow(self.services, FILES, ticket.person, ticket.kind, ticket.conversation)

    async def hand_in(self, ticket: Ticket, name: str, body: bytes) -> str:
        return await hand_in(self.services, ticket.person, ticket.conversation, name, body)


def _links(settings: Settings, clock: Clock, now: Callable[[], datetime]) -> SignedLinks:
    return SignedLinks(
        settings.browsers,
        # Without one (a demo in memory) links hold until the process ends.
        settings.link_secret.get_secret_value() or secrets.token_urlsafe(32),
        lasts=timedelta(minutes=settings.link_minutes),
        now=now,
        system=clock.now,
    )


def _delivery(
    settings: Settings,
    clock: Clock,
    now: Callable[[], datetime],
    timetable: Timetable,
    store: Store,
    parts: Parts,
    links: Links,
    ledger: LedgerPlace | None,
) -> Delivery:
    handover, afterwards = Handover(), Afterwards(clock.monotonic)

    async def arrived(person: Person) -> None:
        handover.announce(await reach.resume(person))

    directory = Directory(
        store,
        later=afterwards.later,
        once=afterwards.once,
        arrived=arrived,
        monotonic=clock.monotonic,
        lookup=lookup(parts.connector),
        tenants=settings.tenants,
        now=now,
    )
    register = Register(store, timetable, handover.announce, afterwards.later, directory.certain)
    listed = entries(settings.facilitators, settings.home)
    teams = Teams(
        store,
        team=settings.team,
        channel=settings.facilitation_channel_id,
        monotonic=clock.monotonic,
    )
    facilitators: Facilitators = (
        ListedFacilitators(listed, directory, clock.monotonic)
        if listed
        else TeamFacilitators(parts.connector, teams, clock.monotonic)
    )
    clocks = Clocks(now, clock.now, clock.monotonic)
    owner = secrets.token_hex(8)
    pace = Pace(instances=settings.instances, monotonic=clock.monotonic, sleep=asyncio.sleep)
    courier = TeamsCourier(parts.deliveries, pace, clock, outbreaks=parts.outbreaks)
    rosters = Rosters(parts.deliveries, teams, clock.monotonic)
    opening = Opening(store, directory, courier, rosters.find, clocks, arrived)
    places = Places(teams.channel, facilitators.members, opening.open)
    reach = Reach(register, directory, places, clocks)
    limits = Limits(
        send=timedelta(seconds=settings.send_timeout_seconds),
        lease=timedelta(seconds=settings.lease_seconds),
        waits=Waits(
            first=timedelta(seconds=settings.retry_first_seconds),
            longest=timedelta(seconds=settings.retry_longest_seconds),
            answer=timedelta(seconds=settings.ask_again_seconds),
            notice=timedelta(seconds=settings.tell_again_seconds),
        ),
    )
    drafts = Drafts(store, clock.monotonic)
    tidier = Tidier(register, directory, courier, clocks, drafts)
    old = OldDrafts(store, directory, courier, timetable, clocks, drafts)
    sets = QuestionSets(store, timetable.partnership, question_sets.words())
    lead = team_lead(entries(filter(None, (settings.facilitation_lead,)), settings.home))
    left = LeftTeam(register, directory, facilitators, lead, clocks, tidier.tidy)
    facilitation = Facilitation(teams, facilitators, listed=bool(listed))
    often: tuple[Errand, ...] = (left.look, facilitation.lacks)
    endings = Endings(register, clocks, tidier.tidy)
    # Its lists are written as it goes: they are not to crowd out those of people who wait.
    own = Register(store, timetable, handover.announce, certain=directory.certain)
    rehearsals = Rehearsals(own, reach, courier, clocks, drafts)
    closing = Closing(store, reach, courier)
    removal = Removal(own, clocks, drafts, closing, lead, directory.forget_at_hand)
    erasing = Erasing(store, Eraser(own, directory, drafts, now), closing, clocks, ledger)
    upkeep = (endings.look, rehearsals.look, old.look, tidier.tidy_all, sets.look)
    hourly: tuple[Errand, ...] = upkeep
    if settings.monthly_digest:
        digest = Digest(store, teams.channel, courier, timetable.office, clocks)
        hourly = (*hourly, digest.look)

    async def asked(prompt: Prompt, person: Person) -> None:
        there = bool(settings.evaluators)
        await opened(drafts, FLOWS, prompt, person, now(), evaluators=there)

    access = Recorder(store, timetable.office.zone, clock.monotonic)
    deliverer = Deliverer(
        register,
        reach,
        courier,
        render(timetable, links, evaluators=bool(settings.evaluators)),
        clocks,
        owner,
        limits,
        opened=asked,
        showed=tidier.came,
        instead=UnsentWords(drafts, timetable, evaluators=bool(settings.evaluators)).instead,
        access=access,
    )
    sweep = Sweep(store, deliverer, reach, timetable, clocks)
    of = timetable.partnership
    evaluating = Evaluating(store, of, clocks, settings.figures_csv)
    leader = Leader(store, owner, clock.now, timedelta(seconds=settings.leader_seconds))
    timer = Timer(
        sweep,
        handover,
        leader,
        timetable.office.zone,
        tick=settings.tick_seconds,
        nightly=(
            Leftovers(store, clocks).look,
            OldReads(store, clocks.now, timetable.partnership).look,
            erasing.look,
            evaluating.look,
            removal.look,
        ),
        hourly=hourly,
        first=(Migration(own, directory, clocks).once, evaluating.first),
        often=often,
        also=(
            (tidier.take, tidier.keep),
            (afterwards.ripe, afterwards.work),
            (access.ripe, access.flush),
            *[(afterwards.take, afterwards.work)] * WORKERS,
        ),
        last=(afterwards.quiet, access.quiet),
    )
    return Delivery(
        register=register,
        directory=directory,
        teams=teams,
        facilitation=facilitation,
        facilitators=facilitators,
        sweep=sweep,
        timer=timer,
        drafts=drafts,
        arrived=arrived,
        afterwards=afterwards,
        access=access,
        tidier=tidier,
        courier=courier,
        hourly=hourly,
        often=often,
        team_lead=lead,
    )


def _services(
    settings: Settings,
    now: Callable[[], datetime],
    delivery: Delivery,
    links: Links,
    carrier: Carrier,
) -> Services:
    return Services(
        register=delivery.register,
        drafts=delivery.drafts,
        directory=delivery.directory,
        facilitators=delivery.facilitators,
        now=now,
        nonce=_nonce,
        arrived=delivery.arrived,
        team_lead=delivery.team_lead,
        deputy=_reader(settings, settings.facilitation_deputy, wording.TEAM_DEPUTY),
        practice_team=practice_team(entries(settings.practice_team, settings.home)),
        stand_in=_reader(settings, wording.partnership.contacts.stand_in, wording.STAND_IN),
        gatekeepers=gatekeepers(entries(settings.gatekeepers, settings.home)),
        evaluators=evaluators(entries(settings.evaluators, settings.home)),
        links=links,
        carrier=carrier,
        access=delivery.access,
        opened=Openers(delivery.register.store, delivery.directory).of,
    )


def _reader(settings: Settings, mail: str, name: str) -> Participant | None:
    return reader(entries(filter(None, (mail,)), settings.home), name)


def _demo_clock(clock: Clock, store: Store) -> "DemoClock":
    from bot.demo.clock import DemoClock  # with all that starts a demo, which no other bot needs

    return DemoClock(clock, store)


def _root(services: Services, demo: "DemoClock | None", delivery: Delivery) -> Root:
    async def ahead(until: datetime) -> int:
        if demo is None:
            return 0
        sweep, store = delivery.sweep, delivery.register.store
        sent = await skip(until, demo.move_to, sweep=sweep, store=store, now=demo.now)
        after = (delivery.afterwards.quiet, delivery.tidier.quiet)
        for errand in (*after, *delivery.often, *delivery.hourly):
            await errand()
        return sent

    more: More | None = None
    if demo is not None:
        from bot.demo.clock import skip_command  # as the clock itself

        more = skip_command(ahead)
    return Root(services, more)


def _nonce() -> str:
    return secrets.token_urlsafe(12)


def _receiver(settings: Settings, parts: Parts, delivery: Delivery, root: Root) -> Receiver:
    async def needs_mails(key: PersonKey) -> bool:
        person = await delivery.directory.recent(key)
        return person is None or not person.mails

    def sorry(turn: Turn) -> Reply:
        return not_saved(turn, _nonce())

    def too_many(turn: Turn) -> Reply:
        return not_taken(turn, _nonce())

    turns = Turns(
        root.handle,
        sorry,
        parts.connector,
        delivery.courier,
        tenants=settings.tenants,
        refusal=Reply(summary=wording.OTHER_TENANT),
        needs_mails=needs_mails,
        seconds=settings.turn_seconds,
        demo=settings.demo and not settings.microsoft_app_id,
        budget=Budget(
            a_minute=settings.person_turns_a_minute,
            at_once=settings.person_turns_at_once,
            wait=settings.turn_seconds / 4,
        ),
        too_many=too_many,
        showed=showed(delivery.tidier),
        after_this=delivery.afterwards.after_this,
        noted=noting(delivery.teams.seen),
        mark=delivery.directory.mark,
    )
    return Receiver(parts.gate, parts.connector, turns, settings.microsoft_app_id)


def _without_address(directory: Directory) -> int:
    return directory.without_address


def _checks(store: Store, parts: Parts) -> dict[str, Check]:
    async def storage() -> None:
        skew = await store.check()
        if abs(skew) > MAX_SKEW:
            way = "behind" if skew > 0 else "ahead of"
            raise NotReady(f"our clock is {abs(skew):.0f} s {way} the storage's")

    checks: dict[str, Check] = {"storage": storage}
    if parts.keys is not None:
        checks["token issuer"] = parts.keys.check
    return checks
