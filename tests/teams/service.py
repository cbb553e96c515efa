"""What Teams does when a bot asks: it keeps, looks up, or refuses. No HTTP here.

Sources: Bot Framework REST API, Connector service v3; Teams, "Send proactive messages", "Get Teams
specific context for your bot" and "Status codes from bot conversational APIs".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.teams import answers
from tests.teams.answers import Orders, Refusal
from tests.teams.checks import wrong_with
from tests.teams.limits import LOOKUPS, MOST_BYTES, SENDS, TENANT, Limits, size
from tests.teams.places import Account, Ids, Message, Place, Team, Version

PAGE = 500
"""Members on a page, where the bot does not ask for fewer."""


@dataclass(eq=False)
class Service:
    """Everything of Teams that a bot can reach. `now` gives seconds that only grow.

    `wrong` is what a bot has sent that it should not have; a test ends with none.
    """

    bot: str
    now: Callable[[], float]
    accounts: dict[str, Account] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    orders: Orders = field(default_factory=Orders)
    limits: Limits | None = field(default_factory=Limits)
    ids: Ids = field(default_factory=Ids)
    wrong: list[str] = field(default_factory=list)
    throttled: int = 0
    disabled: bool = False
    """By the tenant's administrator."""
    sealed: bool = False
    """Whether everything is answered as ever, and nothing is kept: for a look at what would be."""
    unkept: list[dict[str, Any]] = field(default_factory=list)

    # Chats -------------------------------------------------------------------------------------

    def chat(self, account: Account) -> Place:
        """Somebody's personal chat, which is the same for ever unless it went."""
        found = [one for one in self.places.values() if one.account is account]
        if not found:
            number = sum(one.personal for one in self.places.values()) + 1
            found = [Place(f"a:1chat-{number:03d}", account.tenant, account=account)]
            self.places[found[0].id] = found[0]
        return found[0]

    def may_meet(self, account: Account) -> bool:
        """Whether a bot may write to somebody: they have the app, or are in a team that has."""
        of = (team for team in self.teams.values() if team.has_app)
        return account.has_app or any(account in team.members for team in of)

    def create(self, body: dict[str, Any]) -> str:
        """Open a personal chat. Only with one `29:` id of the tenant that is named."""
        members, data = body.get("members") or [], body.get("channelData") or {}
        tenant = body.get("tenantId") or (data.get("tenant") or {}).get("id")
        if len(members) != 1 or body.get("isGroup") is not False or not tenant:
            raise self._refuse(answers.BAD_ARGUMENT, "a chat is opened with one member of a tenant")
        account = self.accounts.get(str(members[0].get("id")))
        if account is None or account.tenant != tenant or account.account_gone:
            raise self._refuse(answers.BAD_ARGUMENT, "no such member in the tenant")
        if not self.may_meet(account):
            raise Refusal(answers.NOT_IN_ROSTER)
        account.chat_gone = False
        self._pace(self.chat(account), SENDS)
        return self.chat(account).id

    # Messages ----------------------------------------------------------------------------------

    def post(self, chat: str, activity: dict[str, Any], below: str = "") -> Message:
        """A new message of the bot's."""
        place = self._writable(chat)
        if below and below not in {*place.messages, *place.heard}:
            raise Refusal(answers.NO_ACTIVITY)
        self._check(chat, activity)
        self._pace(place, SENDS)
        version = Version(activity, self.now())
        made = Message(self.ids.message(), self.bot, [version], latest=version.card)
        if self.sealed:
            self.unkept.append(activity)
        else:
            place.messages[made.id] = made
        return made

    def update(self, chat: str, message: str, activity: dict[str, Any]) -> None:
        """Another version of a message of the bot's; every client draws it anew."""
        place = self._writable(chat)
        found = self._own(place, message)
        self._check(chat, activity, message)
        self._pace(place, SENDS)
        if self.sealed:
            return
        found.versions.append(Version(activity, self.now(), fallback=found.fallback))
        found.latest = found.now.card
        for client in place.clients:
            client.redraw(found)

    def delete(self, chat: str, message: str) -> None:
        """Take a message of the bot's away."""
        place = self._writable(chat)
        found = self._own(place, message)
        self._pace(place, SENDS)
        if self.sealed:
            return
        found.deleted = True
        for client in place.clients:
            client.redraw(found)

    def _own(self, place: Place, message: str) -> Message:
        found = place.messages.get(message)
        if found is None or found.deleted:
            raise Refusal(answers.NO_ACTIVITY)
        if found.author != self.bot:
            raise self._refuse(answers.BAD_ARGUMENT, "somebody else's message")
        return found

    def _writable(self, chat: str) -> Place:
        """A place the bot may write in. Raises Refusal by whose fault it is."""
        if self.disabled:
            raise Refusal(answers.BLOCKED_BY_ADMIN)
        place = self.places.get(chat.partition(";")[0])
        if place is None:
            raise Refusal(answers.NO_CONVERSATION)
        if place.team is not None and not place.team.has_app:
            raise Refusal(answers.NOT_IN_ROSTER)
        if (account := place.account) is not None:
            if account.account_gone or account.chat_gone:
                raise Refusal(answers.NO_CONVERSATION)
            if account.blocks:
                raise Refusal(answers.BLOCKED_BY_USER)
            if not self.may_meet(account):
                raise Refusal(answers.NOT_IN_ROSTER)
        return place

    def _check(self, chat: str, activity: dict[str, Any], message: str = "") -> None:
        if size(activity) > MOST_BYTES:
            raise self._refuse(answers.TOO_BIG, "a message over 100 KB")
        found = wrong_with(activity, place=chat, message=message)
        if found:
            raise self._refuse(answers.BAD_ARGUMENT, *found)

    def _pace(self, place: Place, limits: tuple[tuple[int, float], ...]) -> None:
        if self.limits is None or self.sealed:
            return
        own = f"{'s' if limits is SENDS else 'l'}|{place.id}"
        wait = self.limits.take(self.now(), (own, limits), (f"t|{place.tenant}", TENANT))
        if wait > 0:
            self.throttled += 1
            raise Refusal(answers.Answer(429, "Throttled", retry_after=max(1.0, wait)))

    def _refuse(self, answer: answers.Answer, *why: str) -> Refusal:
        """A refusal that is the bot's own fault, and noted."""
        self.wrong += why
        return Refusal(answer)

    # Members -----------------------------------------------------------------------------------

    def member(self, chat: str, who: str) -> dict[str, Any]:
        """One member of a chat, or of a team by the team's id."""
        place = self._known(chat)
        self._pace(place, LOOKUPS)
        for one in self._members(place):
            if who in (one.id, one.object_id) and not one.account_gone:
                return one.as_member
        raise Refusal(answers.NO_MEMBER)

    def members(self, chat: str, page: int, token: str) -> dict[str, Any]:
        """A page of the roster. A channel has none of its own but by its team's id."""
        place = self._known(chat)
        self._pace(place, LOOKUPS)
        found = [one.as_member for one in self._members(place) if not one.account_gone]
        begin, most = int(token or 0), min(page, PAGE)
        answer: dict[str, Any] = {"members": found[begin : begin + most]}
        if begin + most < len(found):
            answer["continuationToken"] = str(begin + most)
        return answer

    def _known(self, chat: str) -> Place:
        if self.disabled:
            raise Refusal(answers.BLOCKED_BY_ADMIN)
        place = self.places.get(chat)
        if place is None or (place.team is not None and place.id != place.team.id):
            raise Refusal(answers.NO_CONVERSATION)
        if place.team is not None and not place.team.has_app:
            raise Refusal(answers.NOT_IN_ROSTER)
        if place.account is not None and not place.account.has_app:
            raise Refusal(answers.NOT_IN_ROSTER)
        return place

    def _members(self, place: Place) -> list[Account]:
        return place.team.members if place.team is not None else [place.account]  # type: ignore[list-item]  # one of both
