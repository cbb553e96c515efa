"""A conversation walked on from wherever it stood, by its people's taps on their own cards.

Nobody may be refused on the way. Where a card is long replaced by others it is opened again as an
old card does it: `request.see`, `changes.open`, `flow.open`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from tests.dialogs.conftest import texts
from tests.upgrade.town import Reply, Town

WORDS: Final = "Said after the upgrade."
TIMES: Final = 12
"""Taps after which a walk that comes no further has failed."""


@dataclass
class Walk:
    """One conversation in a town, and the sentence by which a refusal is known."""

    town: Town
    key: str
    refused: str

    async def tap(self, who: str, title: str, /, **inputs: Any) -> Reply:
        """A tap on the newest card about this conversation that has the button."""
        return self.fine(await self.town.tap_for(who, self.key, title, **inputs))

    async def open(self, who: str, verb: str, **data: Any) -> Reply:
        """A tap on a card from long ago."""
        return self.fine(await self.town.old_card(who, verb, conversation=self.key, **data))

    def fine(self, reply: Reply) -> Reply:
        """Not refused."""
        said = texts(reply.card or {}) + reply.summary
        assert self.refused not in said, said
        return reply

    def has(self, who: str, title: str) -> bool:
        """Whether the card that they have just opened has this button."""
        return self.town.stands(who, title, self.key) is not None and f"({title})" in (
            self.town.shown(who)
        )

    async def it(self) -> Any:
        """The conversation as it stands."""
        return await self.town.record(self.key)

    def who(self, one: Any) -> str:
        """The one of the town with this participant's address."""
        for person in self.town.people.values():
            if person.mail == one.mail:
                return person.key
        return ""

    async def facilitator(self) -> str:
        """Who picked it up."""
        it = await self.it()
        return self.who(it.person(it.facilitator))

    async def lead(self) -> str:
        """The lead worker."""
        it = await self.it()
        return self.who(it.person(it.lead))

    async def came(self) -> list[tuple[str, str]]:
        """Those who came and have the app or get it now, with their ids in the conversation."""
        it = await self.it()
        found = [(self.who(it.person(one)), one) for one in it.held.came]
        there = [(who, one) for who, one in found if who and not it.person(one).left]
        for who, _ in there:
            if not self.town.people[who].chat:
                await self.town.arrive(who)
        return there

    async def until(self, at: Any) -> None:
        """Let time pass, unless it has."""
        if at > self.town.at:
            await self.town.skip(seconds=(at - self.town.at).total_seconds())


async def to_the_end(walk: Walk) -> None:
    """On and on, until it is complete and nothing is open."""
    if (await walk.it()).stopped_at is not None:
        who = await walk.facilitator()
        await walk.open(who, "changes.open")
        await walk.tap(who, "Start again")
    for _ in range(TIMES):
        stage = (await walk.it()).stage.value
        if stage not in STEPS:
            return
        await STEPS[stage](walk)
    raise AssertionError(f"it stays where it is: {stage}")


async def _requested(walk: Walk) -> None:
    it = await walk.it()
    if it.talking:
        await walk.open("priya", "request.see")
        await walk.tap("priya", "We have talked; ask again")
        return
    manager = walk.who(it.manager)
    if not walk.town.people[manager].chat:
        await walk.town.arrive(manager)
    await walk.open(manager, "manager.see")
    await walk.tap(manager, "Agree")


async def _agreed(walk: Walk) -> None:
    await walk.town.say("fay", "waiting")
    await walk.tap("fay", "I'll facilitate")
    await walk.tap("fay", "Yes, and I'll facilitate")


async def _picked_up(walk: Walk) -> None:
    who = await walk.facilitator()
    await walk.open(who, "changes.open")
    await walk.tap(who, "Find a date")
    day = {"day": "2027-04-20", "start": "10:00", "end": "11:30", "place": "Room 1"}
    await walk.tap(who, "Book the date", **day, lead="requester", coming="requester,nurse,other1")


async def _booked(walk: Walk) -> None:
    it, who = await walk.it(), await walk.facilitator()
    await walk.until(it.booking.end - timedelta(minutes=4))
    await walk.open(who, "changes.open")
    await walk.tap(who, "We are closing")
    nobody = dict.fromkeys(("other_name", "other_agency", "other_mail"), "")
    await walk.tap(who, "Send the feedback card", **nobody)


async def _held(walk: Walk) -> None:
    """Feedback of everybody, the document to the end, the outcome."""
    if not (await walk.it()).held.confirmed:
        who = await walk.facilitator()
        await walk.open(who, "flow.open", flow="took-place")
        await walk.tap(who, "Send the feedback card")
    end = (await walk.it()).booking.end
    if walk.town.at < end + timedelta(weeks=7):
        await _feedback(walk)
    await the_document(walk)
    await walk.until(end + timedelta(weeks=8, days=2))
    lead = await walk.lead()
    await walk.open(lead, "flow.open", flow="outcome")
    for words in ({"outcome_child": WORDS}, {"outcome_you": WORDS}):
        if walk.has(lead, "Next"):
            await walk.tap(lead, "Next", **words)
    await walk.tap(lead, "Send")


async def _feedback(walk: Walk) -> None:
    for who, one in await walk.came():
        given = (await walk.it()).answered(one)
        if given is not None and given.complete:
            continue
        await walk.open(who, "flow.open", flow="feedback")
        for _ in range(TIMES):
            title = next((one for one in ("8 out of 10", "Next", "Send") if walk.has(who, one)), "")
            if not title:
                break
            await walk.tap(who, title)
        given = (await walk.it()).answered(one)
        assert given is not None, who
        assert given.complete, who


async def the_document(walk: Walk) -> None:
    """Shared, passed on, recorded by everybody who came."""
    it = await walk.it()
    who, lead = await walk.facilitator(), await walk.lead()
    if it.captured.is_open:
        await walk.open(who, "learning.type-up")
        await walk.tap(who, "Look it over before sharing")
        await walk.tap(who, "Share the document")
    if it.captured.confirmed_at is None:
        await walk.open(lead, "flow.open", flow="passed-on")
        await walk.tap(lead, "Confirm who has it", shared_with="nurse")
    for one, _ in await walk.came():
        await walk.open(one, "learning.record")
        if walk.has(one, "Recorded on our system"):
            await walk.tap(one, "Recorded on our system")
    assert (await walk.it()).captured.confirmed_at is not None


STEPS: Final[dict[str, Callable[[Walk], Awaitable[None]]]] = {
    "requested": _requested,
    "agreed": _agreed,
    "picked-up": _picked_up,
    "booked": _booked,
    "held": _held,
}
"""What is done where a conversation stands; at every other stage it is over."""
