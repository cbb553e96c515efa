"""The whole pathway on people's devices: from the request to the difference, eight weeks on.

Every text that somebody types is a *canary*: a made-up word by which it is found again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from cards.wording import wording as w
from tests.dialogs.conftest import BOOKING, YOU
from tests.teams import drawn
from tests.teams.devices import Device
from tests.teams.people import Person
from tests.teams.running import World

CANARY: Final = "zqzqzq"
INSTALLED: Final = ("priya", "martin", "fay", "idris", "pat", "nia")
CAME: Final = ("priya", "pat", "nia")
OTHERS: Final = {
    "nurse": "named",
    "nurse_name": "Nia Okafor",
    "nurse_mail": "nia@health.example",
    "nurse_attending": "yes",
    "other_name": "Pat Reed",
    "other_role": "Detective constable",
    "other_agency": "Suffolk Police",
    "other_mail": "pat@police.example",
    "other_attending": "yes",
}
AGENCY: Final = "Suffolk Police"
REVIEW_DAY: Final = "2027-03-05"


def told(field: str) -> str:
    """What somebody writes there: a story that nobody else may find."""
    return f"Words {CANARY}{field.replace('_', '')} of it."


Choose = Callable[[Person], Device]
After = Callable[[str], Awaitable[None]]


def at_the_desk(person: Person) -> Device:
    """Everybody acts on their desktop."""
    return person.desk


def on_the_phone(person: Person) -> Device:
    """Everybody acts on their phone."""
    return person.phone


async def nothing(_: str) -> None:
    """For a walk that is not looked at on the way."""


@dataclass(eq=False)
class Walk:
    """One conversation. `choose` says on which device somebody acts, `after` is told each step."""

    here: World
    choose: Choose = at_the_desk
    after: After = nothing
    leave_out: tuple[str, ...] = ()
    """Who has not the app."""

    def on(self, who: str) -> Device:
        """The device that somebody takes in their hand now."""
        return self.choose(self.here.teams.person(who))

    async def tap(self, who: str, title: str, /, on: str = "", **words: str) -> None:
        """A tap, and what it sets going."""
        await self.on(who).tap(title, on=on, **words)
        await self.here.teams.quiet()
        await self.after(f"{who}: {title}")

    async def say(self, who: str, text: str) -> None:
        """A typed message, and what it sets going."""
        await self.on(who).say(text)
        await self.here.teams.quiet()
        await self.after(f"{who} types {text}")

    async def pass_(self, words: str) -> None:
        """Time passes."""
        await self.here.skip(words)
        await self.after(f"{words} later")

    # The steps ---------------------------------------------------------------------------------

    async def whole(self) -> None:
        """Every step."""
        for step in STEPS:
            await step(self)

    async def arrive(self) -> None:
        """Everybody installs the app."""
        self.here.teams.person("otto").is_given_the_app()
        for who in (one for one in INSTALLED if one not in self.leave_out):
            await self.here.teams.person(who).installs()
        await self.here.teams.installs(self.here.team, by=self.here.teams.person("fay"))
        await self.here.teams.quiet()
        await self.after("everybody is there")

    async def request(self) -> None:
        """A request with a story, up to its receipt."""
        await self.say("priya", "request")
        await self.tap("priya", "No")
        await self.tap("priya", "Next", about="child", reasons="stuck,clarity")
        await self.tap("priya", "Next", **YOU)
        await self.tap("priya", "Add another person", **OTHERS)
        await self.tap("priya", "Next")
        await self.tap("priya", "Next", worry=told("worry"))
        for hope in ("hope_you", "hope_child"):
            known = f"{hope}_known"
            await self.tap("priya", "Next", **{hope: told(hope), known: told(known)})
        await self.tap("priya", "Send")

    async def agree(self) -> None:
        """The manager."""
        await self.tap("martin", w.DOOR_REQUEST)
        await self.tap("martin", "Agree")

    async def pick_up(self) -> None:
        """A facilitator."""
        await self.tap("fay", "I'll facilitate")
        await self.tap("fay", "Yes, and I'll facilitate")

    async def book(self) -> None:
        """Wednesday at two."""
        await self.tap("fay", "Find a date")
        await self.tap("fay", "Book the date", **BOOKING)

    async def prepare(self) -> None:
        """Each gets ready; the lead worker says why the family is not told."""
        for who in ("pat", "nia"):
            for title in (w.WHO_YES, w.MANAGER_KNOWS_YES, w.AGREEMENT_READ, w.ACCEPT):
                await self.tap(who, title)
        await self.tap("priya", w.AGREEMENT_READ)
        await self.tap("priya", w.ACCEPT)
        await self.tap("priya", w.TELLING_OPEN)
        await self.tap("priya", w.TELLING_NOT)
        await self.tap("priya", w.TELLING_SAVE, because=told("because"))

    async def hold(self) -> None:
        """The day comes; who was there is asked how it was."""
        await self.pass_("2 days")
        await self.pass_("365 minutes")
        await self.tap("fay", "We are closing")
        await self.tap("fay", "Send the feedback card")

    async def feedback(self) -> None:
        """A number and every text from all who came."""
        for who in CAME:
            await self.tap(who, "6 out of 10")
            await self.tap(who, "Next", **_told("happened", "learning"))
            await self.tap(who, "Next", **_told("difference_you", "difference_child", "together"))
            await self.tap(who, "Send", possibility=told("possibility"))

    async def type_up(self) -> None:
        """Every section of the document."""
        await self.tap("fay", "Type up the learning")
        await self.tap("fay", "Write 2. " + w.partnership.learning.sections[1].heading)
        for _ in w.partnership.learning.sections[1:-1]:
            await self.tap("fay", "Save and go on", **self._section())
        await self.tap("fay", "Save and see all sections", **self._section())

    def _section(self) -> dict[str, str]:
        """What is written into the section on the screen."""
        there = drawn.fields(self.on("fay").newest.card)
        texts = {name: one for name, one in there.items() if one["type"] == "Input.Text"}
        words = {name: told(name) for name, one in texts.items() if one.get("isMultiline")}
        words |= {name: AGENCY for name in texts if name.endswith("_who")}
        for name, one in there.items():
            if one["type"] == "Input.ChoiceSet":
                wanted = {AGENCY, "Pat Reed", "6"}
                offered = [choice for choice in one["choices"] if choice["title"] in wanted]
                words[name] = offered[0]["value"] if offered else one["choices"][0]["value"]
            if one["type"] == "Input.Date":
                words[name] = REVIEW_DAY
        return words

    async def share(self) -> None:
        """To the lead worker, and on to the agencies, which record theirs."""
        await self.tap("fay", "Look it over before sharing")
        await self.tap("fay", "Share the document")
        await self.tap("priya", "Say who I shared it with")
        shared = {"shared_with": "other1", "shared_others": told("shared_others")}
        await self.tap("priya", "Confirm who has it", **shared)
        await self.tap("pat", w.DOOR_RECORD)
        await self.tap("pat", "Recorded on our system")

    async def review(self) -> None:
        """On the agreed day: the lead worker and the facilitator say what moved."""
        await self.pass_("5 weeks")
        for who in ("priya", "fay"):
            await self.tap(who, w.DOOR_REVIEW)
            await self.tap(who, "Send", on=w.REVIEW_TITLE, movement="moved", words=told("review"))

    async def outcome(self) -> None:
        """After eight weeks."""
        await self.pass_("5 weeks")
        await self.tap("priya", w.HOPES_SEE)
        await self.tap("priya", "Next", outcome_child=told("outcome_child"))
        await self.tap("priya", "Next", outcome_you=told("outcome_you"))
        await self.tap("priya", "Send")
        await self.pass_("1 hour")


def _told(*fields: str) -> dict[str, str]:
    return {one: told(one) for one in fields}


STEPS: Final[tuple[Callable[[Walk], Awaitable[None]], ...]] = (
    Walk.arrive,
    Walk.request,
    Walk.agree,
    Walk.pick_up,
    Walk.book,
    Walk.prepare,
    Walk.hold,
    Walk.feedback,
    Walk.type_up,
    Walk.share,
    Walk.review,
    Walk.outcome,
)
