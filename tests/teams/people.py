"""People before a bot, each with a desk and a phone."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.teams.activities import Activity
from tests.teams.checks import wrong_with_card
from tests.teams.devices import Device
from tests.teams.line import Line
from tests.teams.places import Account, Card, Message, Place, Version
from tests.teams.screens import Redrawn

if TYPE_CHECKING:
    from tests.teams.strict import Teams


@dataclass(eq=False)
class Person:
    """Somebody with an account, a chat and two devices."""

    key: str
    account: Account
    teams: "Teams"
    redrawn: list[Redrawn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk, self.phone = Device(self, "desk"), Device(self, "phone")
        self.place.clients.extend(self.devices)

    @property
    def place(self) -> Place:
        """Their chat with the bot."""
        return self.teams.service.chat(self.account)

    @property
    def line(self) -> Line:
        """The way to the bot."""
        return self.teams.line

    @property
    def devices(self) -> tuple[Device, Device]:
        """Both."""
        return self.desk, self.phone

    @property
    def messages(self) -> list[Message]:
        """What the bot has written to them, oldest first."""
        return [one for one in self.place.standing() if one.author == self.teams.service.bot]

    @property
    def written(self) -> int:
        """How many versions of how many messages the bot has written in their chat."""
        mine = (one for one in self.place.messages.values() if one.author != self.account.id)
        return sum(len(one.versions) + one.deleted for one in mine)

    @property
    def summaries(self) -> list[str]:
        """What their notifications said, oldest first."""
        first = (one.versions[0].activity for one in self.messages)
        return [str(one.get("summary") or one.get("text")) for one in first]

    # The app -----------------------------------------------------------------------------------

    async def installs(self) -> None:
        """By hand: two events."""
        self.account.has_app, self.account.blocks = True, False
        self.account.chat_gone = False
        await self._events(added=True)

    def is_given_the_app(self) -> None:
        """By policy, without any event. Source: botbuilder-dotnet #6117."""
        self.account.has_app = True

    async def uninstalls(self) -> None:
        """By hand."""
        self.account.has_app = False
        await self._events(added=False)

    async def _events(self, *, added: bool) -> None:
        identity = self.teams.service.ids.activity()
        self.place.heard.add(identity)
        for one in self.teams.sender.installed(self.place, self.account, identity, added=added):
            await self.line.deliver(one)

    # For the devices ---------------------------------------------------------------------------

    def now(self) -> float:
        """Seconds that only grow."""
        return self.teams.service.now()

    def thinks(self, seconds: float) -> None:
        """Time passes while somebody reads and types."""
        self.teams.passes(seconds)

    def says(self, text: str) -> Activity:
        """A typed message, which stands in the chat from now on."""
        identity = self.teams.service.ids.message()
        version = Version({"type": "message", "text": text}, self.now())
        self.place.messages[identity] = Message(identity, self.account.id, [version])
        return self.teams.sender.said(self.place, self.account, identity, text)

    def executes(
        self, pressed: Activity, data: Activity, message: Message, *, trigger: str = "manual"
    ) -> Activity:
        """A tap, or a card's own refresh."""
        identity = self.teams.service.ids.activity()
        return self.teams.sender.executed(
            self.place, self.account, identity, pressed, data, message.id, trigger=trigger
        )

    def submits(self, data: Activity, message: Message) -> Activity:
        """A tap where `Action.Execute` is dead. It is no message in the chat, but has an id."""
        identity = self.teams.service.ids.message()
        self.place.heard.add(identity)
        return self.teams.sender.submitted(self.place, self.account, identity, data, message.id)

    def reacts(self, message: Message) -> Activity:
        """A thumb."""
        identity = self.teams.service.ids.activity()
        return self.teams.sender.reacted(self.place, self.account, identity, message.id)

    def checks(self, card: Card) -> None:
        """A card in an answer is held to the same as one in a message."""
        self.teams.service.wrong += wrong_with_card(card)

    async def sees(self, words: str) -> str:
        """On either device."""
        return await self.desk.sees(words)


def invented(key: str, name: str, mail: str, tenant: str, **more: Any) -> Account:
    """Somebody's account."""
    return Account(f"29:{key}", f"object-{key}", name, mail, tenant, **more)
