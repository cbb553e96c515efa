"""Where conversation A can stand, each walked to once, with who is what in it by then.

Who is what is the test's own knowledge of the walk, in the words of docs/reference.md; nothing here
asks the product. Conversation B, of other people, is held all the while.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from cards.wording import wording
from records.partnership.sections import SectionKind
from tests.dialogs.conftest import BOOKING
from tests.security.cast import PLAYERS, Copy, Marked, in_the_channel

REQUESTER, MANAGER = "the practitioner who asked", "the named manager"
TEAM = "a member of the facilitation team"
INDEPENDENT = "a member of the facilitation team who is not named in it"
FACILITATOR = "the facilitator who picked it up, while in the team"
TEAM_LEAD = "the facilitation team's lead, where not named in it"
STAND_IN = "the team lead, or a member of the team where it has none, while somebody is to be rung"
ATTENDEE = "each person who comes or came"
LEFT, LEAD = "somebody who came and has left since", "the lead worker"
LEAD_BETWEEN = "the lead worker, between two dates"
OUTSIDE = "a member of the facilitation team who has and had no part in it"
PRACTICE = "a member of the Practice Team, or who reads in its place, without a part in it"
GATEKEEPER = "a gatekeeper of a restricted conversation, where not named in it"
ASSIGNED = "the member of the team whom a gatekeeper asks to facilitate it, not named in it"
EVALUATOR = "an evaluator, without a part in it"
READER = "the facilitation team's lead and their deputy, without a part in it; or who stands in"
SECOND = "the second facilitator, while in the team"
TOGETHER = "the facilitator, of words they may read together, where three or more wrote"
NAMED = "everybody named in it, of what they wrote themselves"
SHARED = "each person who came and the facilitator, where the lead worker shared it"

Roles = Mapping[str, frozenset[str]]


def cast(
    *also: tuple[str, str],
    named: tuple[str, ...] = (),
    had: tuple[str, ...] = (),
    asked: tuple[str, ...] = ("priya", "martin", "pat", "nia"),
) -> Roles:
    """Who is what: the team and the Practice Team, and these (who, what); `named` of the team are
    named in it, and so too close to it; `had` have had a part in it, and those
    whom the request `asked` are named in it from then on, whoever has their place since."""
    found = {one: {TEAM} if one in named else {TEAM, INDEPENDENT} for one in ("fay", "idris")}
    found |= {"wren": {PRACTICE}, "lena": {TEAM_LEAD}, "ola": set(), "ev": {EVALUATOR}}
    for who, role in also:
        found.setdefault(who, set()).add(role)
    part = {who for who, role in also if role != STAND_IN}  # whoever stands in has none
    apart = {"fay", "idris", "lena", "ola"} - part - {*named, *had}
    for who in {*part, *named, *had, *asked}:
        found.setdefault(who, set()).add(NAMED)
    for who in apart:
        found[who].add(OUTSIDE if who in ("fay", "idris") else READER)
    return {who: frozenset(roles) for who, roles in found.items()}


def few_cast(*also: tuple[str, str]) -> Roles:
    """Who is what where few may know: the team, its deputy and the Practice Team are nothing, and
    the lead, who is the gatekeeper, reads what is said."""
    found: dict[str, set[str]] = {"lena": {GATEKEEPER, READER, PRACTICE}}
    for who, role in also:
        found.setdefault(who, set()).add(role)
    part = {who for who, role in also if role not in (STAND_IN, ASSIGNED)}
    for who in {*part, "pat", "nia"}:  # whom the request names
        found.setdefault(who, set()).add(NAMED)
    return {who: frozenset(roles) for who, roles in found.items()}


ASKED: Final = (("priya", REQUESTER), ("martin", MANAGER), ("priya", LEAD))
"""Until a booking says who leads, whoever asked does."""
PICKED: Final = (*ASKED, ("fay", FACILITATOR))
HERE: Final = tuple((who, ATTENDEE) for who in ("priya", "nia", "pat"))
BOOKED: Final = (*PICKED, *HERE)
STAYS: Final = (("priya", REQUESTER),)
"""Whoever asked stays the one who asked, whoever leads or comes in their place; and one who came,
where it had taken place by then."""
OF_B: Final = cast(
    ("una", REQUESTER), ("una", ATTENDEE), ("una", LEAD), ("vik", MANAGER), ("wes", ATTENDEE),
    ("idris", FACILITATOR), asked=(),
)  # fmt: skip


def without(roles: Any, *who: str) -> Any:
    """These roles, but for somebody's who has left."""
    return tuple(one for one in roles if one[0] not in who)


@dataclass(frozen=True)
class Walk:
    """From `since` by `steps` to `stage`, where `roles` are who is what in A."""

    since: str
    stage: str
    roles: Roles
    steps: Callable[[Marked, str], Awaitable[None]]
    stopped: bool = False
    off: tuple[str, ...] = ()
    """Who is on the team no more."""
    few: bool = False
    """Whether few may know of A."""


@dataclass(frozen=True)
class State:
    """Conversation A as it stands, and all else the house holds; `sequences` say how often each
    record was changed."""

    name: str
    walk: Walk
    kept: Copy
    a: str
    b: str
    sequences: Mapping[str, int]

    def roles(self, who: str, key: str) -> frozenset[str]:
        """What somebody is in A or B; twins, and people of nothing, are nothing."""
        if key == self.a:
            return self.walk.roles.get(who, frozenset())
        of_b = OF_B.get(who, frozenset()) if key == self.b else frozenset()
        return of_b - {TEAM, INDEPENDENT, OUTSIDE} if who in self.walk.off else of_b

    def stage(self, key: str) -> str:
        """Where A or B stands."""
        return self.walk.stage if key == self.a else "held"

    def stopped(self, key: str) -> bool:
        """Whether messages about it are stopped."""
        return key == self.a and self.walk.stopped


def mail(who: str) -> str:
    """The address by which somebody is named."""
    return PLAYERS[who][1]


async def everybody_settles(house: Marked) -> None:
    """Each of the cast says a word, so that nothing of theirs is still to be noted."""
    for one in PLAYERS:
        if house.people[one].chat:
            await house.say(one, "help")


async def b_is_held(house: Marked) -> str:
    """Everybody arrives, and B is walked to where feedback is given."""
    await house.directory.channel_seen(in_the_channel())
    await house.arrive(*PLAYERS)
    key = await house.ask("b", "una", "vik", ["wes"])
    await house.verb("vik", "manager.agree", key, seen=0)
    await house.verb("idris", "pickup.take", key)
    await house.verb("idris", "flow.open", key, flow="booking")
    booking = {**BOOKING, "place": "Room zqplaceb", "coming": "requester,other1"}
    await house.tap("idris", "Book the date", **booking)
    await house.hold("idris")
    await house.verb("wes", "flow.open", key, flow="feedback")
    texts = {"happened": "It zqhappenedwesb so.", "difference_you": "And zqdifferencewesb."}
    await house.give_feedback("wes", 4, **texts)
    house.at += timedelta(hours=2)
    return key


async def led(house: Marked, key: str) -> None:
    """The team's lead takes it over, who is not on the team's own list."""
    await house.verb("lena", "handover.take", key)


async def requested(house: Marked, _: str) -> None:
    await house.ask("a", "priya", "martin", ["nia", "pat"])


async def talking(house: Marked, key: str) -> None:
    await house.verb("martin", "flow.open", key, flow="talk-first")
    await house.tap("martin", "Send", message="Can we zqtalka about it?")


async def asked_again(house: Marked, key: str) -> None:
    await house.verb("priya", "request.again", key)


async def not_this_route(house: Marked, key: str) -> None:
    await house.verb("martin", "flow.open", key, flow="not-this-route")
    await house.tap("martin", "Send", because="For zqbecausea then.")


async def another_manager(house: Marked, key: str) -> None:
    await house.verb("priya", "flow.open", key, flow="manager")
    await house.tap(
        "priya", "Name this manager", manager_name="Dana Hill", manager_mail=mail("dana")
    )


async def agreed(house: Marked, key: str) -> None:
    await house.verb("martin", "manager.agree", key, seen=0)


async def waiting(house: Marked, key: str) -> None:
    await house.skip(days=8)


async def happened(house: Marked, key: str) -> None:
    """Reminders wait, and somebody is asked to ring."""
    await house.verb("priya", "happened.tell", key)


async def withdrawn(house: Marked, key: str) -> None:
    await house.verb("priya", "request.withdraw-yes", key)


async def picked_up(house: Marked, key: str) -> None:
    await house.verb("fay", "pickup.take", key)


async def amended(house: Marked, key: str) -> None:
    await house.verb("priya", "flow.open", key, flow="amend")
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    await house.tap("priya", "Next", worry="Now zqamendeda of it.")
    await house.tap("priya", "Save the changes")


async def amending(house: Marked, key: str) -> None:
    await house.verb("priya", "flow.open", key, flow="amend")
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    await house.tap("priya", "Next", worry="Not zqunsenta yet.")


async def offered(house: Marked, key: str) -> None:
    await house.verb("fay", "handover.yes", key)


async def together(house: Marked, key: str) -> None:
    [whom] = [one.id for one in await house.members() if one.mail == house.people["idris"].mail]
    await house.verb("fay", "second.ask", key, whom=whom)
    await house.verb("idris", "second.take", key)


async def booked(house: Marked, key: str) -> None:
    await house.verb("fay", "flow.open", key, flow="booking")
    await house.tap(
        "fay", "Book the date", **{**BOOKING, "day": "2027-02-10", "place": "Hall zqplacea"}
    )


async def settled(house: Marked, key: str) -> None:
    await house.verb("priya", "flow.open", key, flow="not-safe")
    await house.tap("priya", "Save my answer", because="Since zqtellinga at home.")
    for verb in ("prepare.knows", "prepare.manager", "prepare.accept"):
        await house.verb("nia", verb, key)
    await house.verb("nia", "prepare.save", key, would_help="That zqwouldhelpa then.")
    await house.verb("pat", "prepare.save", key, points="records,mind")
    await house.verb("pat", "flow.open", key, flow="other-time")
    await house.tap("pat", "Send", times="On zqtimesa then.")


async def moved(house: Marked, key: str) -> None:
    await house.verb("fay", "flow.open", key, flow="moving")
    await house.tap("fay", "Save the change", day="2027-02-11", coming="requester,other1")


async def another_leads(house: Marked, key: str) -> None:
    await house.verb("fay", "flow.open", key, flow="moving")
    await house.tap("fay", "Save the change", lead="other1")


async def handed_over(house: Marked, key: str) -> None:
    await house.verb("fay", "handover.yes", key)
    await house.verb("idris", "handover.take", key)


def replaced(whose: str, by: str) -> Callable[[Marked, str], Awaitable[None]]:
    """The facilitator says who is now in somebody's place."""

    async def steps(house: Marked, key: str) -> None:
        await house.verb("fay", "flow.open", key, flow="someone-else")
        new = {"new_name": PLAYERS[by][0], "new_mail": mail(by), "new_agency": "Suffolk Police"}
        await house.tap("fay", "Save the change", whose=whose, **new)

    return steps


async def lead_replaced_late(house: Marked, key: str) -> None:
    await replaced("requester", "dana")(house, key)
    house.at = house.local("2027-04-08T10:00")
    await house.sweep.run()


async def stopped(house: Marked, key: str) -> None:
    await house.verb("fay", "stop.yes", key)


async def not_ahead(house: Marked, key: str) -> None:
    await house.verb("fay", "held.rebook", key)


async def ended(house: Marked, key: str) -> None:
    await house.verb("fay", "held.end", key)


async def held(house: Marked, key: str) -> None:
    house.at = house.local("2027-02-10T15:25")
    await house.sweep.run()
    await house.verb("fay", "flow.open", key, flow="took-place")
    await house.tap("fay", "Send the feedback card")


async def answered(house: Marked, key: str) -> None:
    for who, field in (("pat", "zqhappenedpata"), ("priya", "zqhappenedpriyaa")):
        await house.verb(who, "flow.open", key, flow="feedback")
        await house.tap(who, "6 out of 10")
        await house.tap(who, "Next", happened=f"It {field} so.")
        await house.tap(who, "Next", difference_you=f"And {field.replace('happened', 'you')}.")
        await house.tap(who, "Send", **({"may_quote": "yes"} if who == "pat" else {}))
    await house.verb("nia", "flow.open", key, flow="feedback")
    await house.tap("nia", "5 out of 10")
    await house.tap("nia", "Next", happened="Not zqunsentniaa yet.")


async def all_answered(house: Marked, key: str) -> None:
    """Three wrote, and the two days are over."""
    for who in ("pat", "priya", "nia"):
        await house.verb(who, "flow.open", key, flow="feedback")
        await house.tap(who, "6 out of 10")
        await house.tap(who, "Next", happened=f"It zqhappened{who}a so.")
        await house.tap(who, "Next")
        await house.tap(who, "Send")
    await house.verb("nia", "talk.ask", key)
    house.at = house.local("2027-02-08T10:00")
    await house.sweep.run()


async def off_the_team(house: Marked, key: str) -> None:
    """The facilitator is on the team's list no more, and facilitates still."""
    house.listed = tuple(one for one in house.listed if one != mail("fay"))


async def typed_up(house: Marked, key: str) -> None:
    await house.verb("fay", "learning.type-up", key)
    sections = wording.partnership.learning.sections[1:]
    await house.tap("fay", f"Write 2. {sections[0].heading}")
    for section in sections:
        mark, inputs = f"Here zq{section.id.replace('-', '')}a stands.", dict[str, Any]()
        match section.kind:
            case SectionKind.TEXTS:
                inputs = {f"{section.id}_{one.id}": mark for one in section.asks}
            case SectionKind.RECORDING:
                inputs = {f"{section.id}_words": mark}
            case SectionKind.REVIEW:
                inputs = {f"{section.id}_day": "2027-05-03", f"{section.id}_how": mark}
            case SectionKind.VIEWS:
                who, words = f"{section.id}_who", f"{section.id}_words"
                await house.tap("fay", "Save and add another", **{who: "Pat", words: mark})
        await house.tap("fay", "Save and go on", **inputs)


async def shared(house: Marked, key: str) -> None:
    await house.verb("fay", "learning.share-yes", key)


async def passed_on(house: Marked, key: str) -> None:
    await house.verb("priya", "flow.open", key, flow="passed-on")
    others = {"shared_with": "other1,nurse", "shared_others": "The zqshareda lead."}
    await house.tap("priya", "Confirm who has it", **others)


async def complete(house: Marked, key: str, **choices: str) -> None:
    house.at = house.local("2027-04-08T10:00")
    await house.sweep.run()
    await house.verb("priya", "flow.open", key, flow="outcome")
    theirs = {"outcome_said": "They zqoutcomesaida too."}
    await house.tap("priya", "Next", outcome_child="It zqoutcomechilda now.", **theirs)
    await house.tap("priya", "Next", outcome_you="I zqoutcomeyoua now.", **choices)
    await house.tap("priya", "Send")


async def outcome_shared(house: Marked, key: str) -> None:
    await complete(house, key, share="yes")


async def reviewed(house: Marked, key: str) -> None:
    await house.verb("fay", "flow.open", key, flow="review-day")
    await house.tap("fay", "Set the review date", review_on="2027-05-04")
    house.at = house.local("2027-05-04T10:00")
    await house.sweep.run()
    await house.verb("priya", "flow.open", key, flow="review")
    await house.tap("priya", "Send", movement="back", words="It zqreviewa again.")


async def rung(house: Marked, key: str) -> None:
    await house.verb("priya", "ring.me", key)


async def few_agreed(house: Marked, _: str) -> None:
    """Somebody in the team may know this family, and the manager agrees."""
    key = await house.ask("a", "priya", "martin", ["nia", "pat"], few="yes")
    await house.verb("martin", "manager.agree", key, seen=0)


def assigned(to: str) -> Callable[[Marked, str], Awaitable[None]]:
    """The gatekeeper asks somebody."""

    async def steps(house: Marked, key: str) -> None:
        await house.verb("lena", "gate.ask", key, mail=mail(to))

    return steps


async def few_taken(house: Marked, key: str) -> None:
    await house.verb("idris", "pickup.take", key)


async def few_left_to_another(house: Marked, key: str) -> None:
    await house.verb("idris", "handover.yes", key)
    await assigned("fay")(house, key)


async def restricted(house: Marked, key: str) -> None:
    await house.verb("fay", "restrict.yes", key)


async def few_complete(house: Marked, key: str) -> None:
    await typed_up(house, key)
    await shared(house, key)
    await passed_on(house, key)
    await complete(house, key)


async def collated(house: Marked, _: str) -> None:
    """The quarter of both is closed, whatever is missing of B; an evaluator has begun to read."""
    house.at = house.local("2027-06-24T02:30")
    await house.a_night()
    await house.arrive("ev")
    await house.say("ev", "collate")
    await house.tap("ev", "January to March 2027")
    await house.tap("ev", "Next answer")


async def shared_address(house: Marked, _: str) -> None:
    """Somebody else has the manager's address before he is named: nobody is meant."""
    await house.arrive("martin-mail")
    await house.ask("a", "priya", "martin", ["nia", "pat"])


WALKS: Final[Mapping[str, Walk]] = {
    "requested": Walk("", "requested", cast(*ASKED), requested),
    "shared address": Walk(
        "",
        "requested",
        cast(*without(ASKED, "martin"), asked=("priya", "pat", "nia")),
        shared_address,
    ),
    "talking": Walk("requested", "requested", cast(*ASKED), talking),
    "not this route": Walk("requested", "not-this-route", cast(*ASKED), not_this_route),
    "asked again": Walk("talking", "requested", cast(*ASKED), asked_again),
    "another manager": Walk(
        "requested",
        "requested",
        cast(*without(ASKED, "martin"), ("dana", MANAGER)),
        another_manager,
    ),
    "amending": Walk("requested", "requested", cast(*ASKED), amending),
    "agreed": Walk("requested", "agreed", cast(*ASKED), agreed),
    "waiting": Walk("agreed", "agreed", cast(*ASKED), waiting),
    "happened early": Walk("agreed", "agreed", cast(*ASKED, ("lena", STAND_IN)), happened),
    "withdrawn": Walk("agreed", "withdrawn", cast(*ASKED), withdrawn),
    "picked up": Walk("agreed", "picked-up", cast(*PICKED), picked_up),
    "amended": Walk("picked up", "picked-up", cast(*PICKED), amended),
    "offered": Walk("picked up", "picked-up", cast(*PICKED), offered),
    "booked": Walk("picked up", "booked", cast(*BOOKED), booked),
    "settled": Walk("booked", "booked", cast(*BOOKED), settled),
    "moved": Walk("settled", "booked", cast(*without(BOOKED, "nia")), moved),
    "another leads": Walk(
        "settled",
        "booked",
        cast(*without(BOOKED, "priya"), *STAYS, ("priya", ATTENDEE), ("pat", LEAD)),
        another_leads,
    ),
    "together": Walk(
        "settled",
        "booked",
        cast(*BOOKED, ("idris", SECOND), had=("idris",)),
        together,
    ),
    "handed over": Walk(
        "settled",
        "booked",
        cast(*without(BOOKED, "fay"), ("idris", FACILITATOR), had=("fay",)),
        handed_over,
    ),
    "manager replaced": Walk(
        "booked",
        "booked",
        cast(*without(BOOKED, "martin"), ("dana", MANAGER)),
        replaced("manager", "dana"),
    ),
    "attendee replaced": Walk(
        "settled",
        "booked",
        cast(*without(BOOKED, "pat"), ("dana", ATTENDEE)),
        replaced("other1", "dana"),
    ),
    "lead replaced": Walk(
        "settled",
        "booked",
        cast(*without(BOOKED, "priya"), *STAYS, ("dana", ATTENDEE), ("dana", LEAD)),
        replaced("requester", "dana"),
    ),
    "the team comes": Walk(
        "booked",
        "booked",
        cast(*without(BOOKED, "pat"), ("idris", ATTENDEE), named=("idris",)),
        replaced("other1", "idris"),
    ),
    "stopped": Walk("settled", "booked", cast(*BOOKED), stopped, stopped=True),
    "not ahead": Walk("settled", "picked-up", cast(*BOOKED, ("priya", LEAD_BETWEEN)), not_ahead),
    "ended": Walk("settled", "ended", cast(*BOOKED), ended),
    "held": Walk("settled", "held", cast(*BOOKED), held),
    "answered": Walk("held", "held", cast(*BOOKED), answered),
    "all answered": Walk("held", "held", cast(*BOOKED, ("fay", TOGETHER)), all_answered),
    "left": Walk(
        "answered",
        "held",
        cast(*without(BOOKED, "pat"), ("pat", LEFT), ("dana", ATTENDEE)),
        replaced("other1", "dana"),
    ),
    "off the team": Walk(
        "answered",
        "held",
        {**cast(*BOOKED), "fay": frozenset({NAMED})},
        off_the_team,
        off=("fay",),
    ),
    "typed up": Walk("answered", "held", cast(*BOOKED), typed_up),
    "happened": Walk("typed up", "held", cast(*BOOKED, ("lena", STAND_IN)), happened),
    "offered late": Walk("typed up", "held", cast(*BOOKED), offered),
    "led": Walk(
        "offered late",
        "held",
        cast(*without(BOOKED, "fay"), ("lena", FACILITATOR), had=("fay",)),
        led,
    ),
    "stopped late": Walk("typed up", "held", cast(*BOOKED), stopped, stopped=True),
    "shared": Walk("typed up", "held", cast(*BOOKED), shared),
    "rung": Walk("shared", "held", cast(*BOOKED), rung),
    "passed on": Walk("shared", "held", cast(*BOOKED), passed_on),
    "complete": Walk("passed on", "complete", cast(*BOOKED), complete),
    "outcome shared": Walk(
        "passed on",
        "complete",
        cast(*BOOKED, *((who, SHARED) for who in ("priya", "nia", "pat", "fay"))),
        outcome_shared,
    ),
    "untyped": Walk("answered", "held", cast(*BOOKED), shared),
    "lead replaced late": Walk(
        "untyped",
        "held",
        cast(
            *without(BOOKED, "priya"),
            *STAYS,
            ("priya", LEFT),
            ("dana", ATTENDEE),
            ("dana", LEAD),
        ),
        lead_replaced_late,
    ),
    "collated": Walk("complete", "complete", cast(*BOOKED), collated),
    "reviewed": Walk("complete", "complete", cast(*BOOKED), reviewed),
    "few asked": Walk("", "agreed", few_cast(*ASKED), few_agreed, few=True),
    "few assigned": Walk(
        "few asked", "agreed", few_cast(*ASKED, ("idris", ASSIGNED)), assigned("idris"), few=True
    ),
    "few happened": Walk(
        "few assigned",
        "agreed",
        few_cast(*ASKED, ("idris", ASSIGNED), ("lena", STAND_IN)),
        happened,
        few=True,
    ),
    "few taken": Walk(
        "few assigned", "picked-up", few_cast(*ASKED, ("idris", FACILITATOR)), few_taken, few=True
    ),
    "few to another": Walk(
        "few taken",
        "picked-up",
        few_cast(*ASKED, ("idris", FACILITATOR), ("fay", ASSIGNED)),
        few_left_to_another,
        few=True,
    ),
    "few later": Walk("settled", "booked", few_cast(*BOOKED), restricted, few=True),
    "few held": Walk("few later", "held", few_cast(*BOOKED), held, few=True),
    "few answered": Walk("few held", "held", few_cast(*BOOKED), answered, few=True),
    "few complete": Walk("few answered", "complete", few_cast(*BOOKED), few_complete, few=True),
}
"""Every state, each after the one it goes on from."""


async def walk(name: str, known: dict[str, State]) -> State:
    """The state, and those before it, each walked to once."""
    if name not in known:
        known[name] = await _walk(name, WALKS[name], known)
    return known[name]


async def _walk(name: str, one: Walk, known: dict[str, State]) -> State:
    if one.since:
        before = await walk(one.since, known)
        house, a, b = Marked(before.kept), before.a, before.b
    else:
        house, a = Marked(), ""
        b = await b_is_held(house)
    await one.steps(house, a)
    if not a:
        (a,) = {row.partition for row in await house.dump() if row.key == "conversation"} - {b}
    await everybody_settles(house)
    it = await house.record(a)
    assert (it.stage, it.stopped_at is not None) == (one.stage, one.stopped), name
    sequences = {key: (await house.record(key)).audit_sequence for key in (a, b)}
    return State(name, one, house.copy(), a, b, sequences)
