"""Members of a team where the app is are written to by opening a chat: once, whoever they are."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from bot.teams.connector import MayHaveArrived, NeverConnected
from bot.teams.rosters import AGAIN, GIVEN_UP, Rosters
from records.directory import Directory
from records.outbox import due
from records.outbox.prompt import Prompt, State
from records.people import Addresses, Reference, person_key
from records.stages import Act
from records.store.azure import TableStore
from records.store.contract import Store
from records.store.memory import MemoryStore
from records.teams import TeamEvent, Teams
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.opening import LEASE, Opening
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import DeliveryOutcome as Outcome
from scheduler.delivery.settings import Places
from scheduler.sweep import Sweep
from tests.bot.teams.strict import TEAMS, RealCourier, StrictTeams, answer

FACILITATION = "19:8d2f6bd3f1a94d0f9e6c@thread.tacv2"
SOCIAL_CARE = "19:4f7c1f3a2b6e4d5c8a90@thread.tacv2"


def member(who: str, mail: str, **more: Any) -> dict[str, Any]:
    """A member as `pagedmembers` lists them."""
    return {
        "id": f"29:{who}",
        "name": who.title(),
        "objectId": who,
        "aadObjectId": who,
        "givenName": who.title(),
        "surname": "X",
        "email": mail,
        "userPrincipalName": mail,
        "tenantId": "t",
        "userRole": "user",
        **more,
    }


class TeamsWithRosters(StrictTeams):
    """Gives rosters by the id of a team alone, and the same chat to whoever asks twice."""

    rosters: dict[str, Any]
    looked: list[str]
    slow = 0.0

    async def get_members(self, url: str, conversation: str) -> list[dict[str, Any]]:
        self.looked.append(conversation)
        found = self.rosters.get(conversation, answer(404, "ConversationNotFound"))
        if isinstance(found, Exception):
            raise found
        return list(found)

    async def create_conversation(self, url: str, **about: Any) -> dict[str, str]:
        self.asked_with = about
        await asyncio.sleep(self.slow)
        return await super().create_conversation(url, **about)


class Town(RealCourier):
    """The world with teams in it: nobody has the app but whoever installs it."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.teams = TeamsWithRosters(self.now)
        self.teams.rosters, self.teams.looked = {}, []
        self.courier = self.courier_of_its_own(self.outbreaks)
        self.known = Teams(store, team=FACILITATION)
        self.deliverer, self.sweep = self.a_copy("one")
        self.reach = self.deliverer._reach

    def a_copy(self, owner: str) -> tuple[Deliverer, Sweep]:
        """One more process: its own directory, rosters and courier."""
        directory = Directory(self.store)
        rosters = Rosters(self.teams, self.known, self.monotonic)  # type: ignore[arg-type]  # all of it that is used

        async def arrived(person: Any) -> None:
            self.announced.extend(await reach.resume(person))

        opening = Opening(
            self.store,
            directory,
            self.courier_of_its_own(self.outbreaks),
            rosters.find,
            self.clocks,
            arrived,
        )
        places = Places(self._channel, self._facilitators, opening.open)
        reach = self.reach = Reach(self.register, directory, places, self.clocks)
        return self.instance(owner)

    async def app_is_in(self, team: str, *members: dict[str, Any]) -> None:
        place = Reference(service_url=TEAMS, conversation_id=team, tenant="t", bot_id="28:bot")
        await self.known.seen(TeamEvent(place))
        self.teams.rosters[team] = list(members)

    async def asked(self) -> Prompt:
        """A request is sent, and its manager is to be asked."""
        await self.request()
        return await self.prompt("manager-ask", "m")

    async def deliver(self, prompt: Prompt, deliverer: Deliverer | None = None) -> Outcome:
        return await (deliverer or self.deliverer).deliver(due.pointer(prompt))


@pytest.fixture(params=["memory", "tables"])
async def town(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    if request.param == "memory":
        store: Store = MemoryStore()
    else:
        address = request.getfixturevalue("azurite")
        store = TableStore(address, clock=lambda: datetime.now(UTC), prefix=f"t{uuid4().hex[:12]}")
    yield Town(store)
    await store.close()


@pytest.fixture
def mail() -> str:
    """The manager's, as the requester wrote it."""
    return next(one.mail for one in Town.people if one.id == "m")


async def test_a_named_manager_without_the_app_gets_a_chat_through_their_team(
    town: Town, mail: str
) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail), member("gus", "gus@x.example"))
    prompt = await town.asked()
    assert await town.deliver(prompt) is Outcome.SENT
    assert town.teams.opened == ["29:martin"]
    assert (town.teams.asked_with["tenant"], town.teams.asked_with["bot_id"]) == ("t", "28:bot")
    assert town.teams.cards("new-29:martin") == ["manager-ask"]
    person = await town.directory.find(person_key("t", "martin"))
    assert person is not None
    assert person.reachable
    assert person.mails == (mail,)
    assert person.reference == Reference(
        service_url=TEAMS, conversation_id="new-29:martin", tenant="t", bot_id="28:bot",
        user_id="29:martin",
    )  # fmt: skip
    assert await town.unreached() == []
    # They are bound by who they are, as whoever installs it is.
    it = (await town.register.file("c1")).conversation
    assert it.person("m").key == person.key


async def test_the_next_message_goes_there_and_no_roster_is_asked(town: Town, mail: str) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    await town.deliver(await town.asked())
    looked = len(town.teams.looked)
    await town.request("c2")
    assert await town.deliver(await town.prompt("manager-ask", "m", "c2")) is Outcome.SENT
    assert len(town.teams.looked) == looked
    assert town.teams.opened == ["29:martin"]


async def test_two_copies_with_two_messages_open_one_chat(town: Town, mail: str) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    town.teams.slow = 0.2
    second, _ = town.a_copy("two")
    await town.request("c1")
    await town.request("c2")
    prompts = [await town.prompt("manager-ask", "m", key) for key in ("c1", "c2")]
    found = await asyncio.gather(town.deliver(prompts[0]), town.deliver(prompts[1], second))
    assert sorted(found) == [Outcome.AGAIN, Outcome.SENT]
    town.pass_(minutes=1)
    await town.sweep.run()
    assert town.teams.opened == ["29:martin"]
    assert town.teams.cards("new-29:martin") == ["manager-ask"] * 2
    assert await town.unreached() == await town.unreached("c2") == []


async def test_a_copy_that_died_while_it_opened_holds_nobody_up_for_long(
    town: Town, mail: str
) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))

    def dies(_: str) -> Any:
        raise asyncio.CancelledError

    town.teams.opens = dies
    prompt = await town.asked()
    with pytest.MonkeyPatch.context() as patched:
        # It never came to that.
        patched.setattr(Opening, "_give_back", lambda *_: asyncio.sleep(0))
        with pytest.raises(asyncio.CancelledError):
            await town.deliver(prompt)
    town.teams.opens = lambda one: f"new-{one}"
    town.pass_(seconds=LEASE.total_seconds() / 2)
    await town.request("c2")
    other = await town.prompt("manager-ask", "m", "c2")
    assert await town.deliver(other) is Outcome.AGAIN
    for _ in range(2):
        town.pass_(minutes=6)
        await town.sweep.run()
    assert town.teams.cards("new-29:martin") == ["manager-ask"] * 2


@pytest.mark.parametrize(
    "refusal",
    [
        answer(403, "BotNotInConversationRoster"),
        answer(403, "ConversationBlockedByUser"),
        answer(404),
        answer(400, "Bad Argument"),
    ],
    ids=str,
)
async def test_a_refused_opening_is_not_reached_as_before(
    town: Town, mail: str, refusal: Exception
) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    town.teams.opens = lambda one: refusal
    prompt = await town.asked()
    assert await town.deliver(prompt) is Outcome.PARKED
    assert await town.unreached() == ["m"]
    town.teams.opens = lambda one: f"new-{one}"
    await town.sweep.mend()
    await town.sweep.run()
    assert town.teams.opened == ["29:martin"], "it waits for a sign of life of theirs"
    await town.sweep.deliver_now(await town.reach.resume(await town.install("m")))
    assert town.teams.cards("m") == ["manager-ask"]
    assert await town.unreached() == []


@pytest.mark.parametrize("refusal", [answer(429), answer(502), answer(401)], ids=str)
async def test_what_teams_cannot_open_just_now_is_opened_later(
    town: Town, mail: str, refusal: Exception
) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    town.teams.opens = lambda one: refusal
    assert await town.deliver(await town.asked()) is Outcome.AGAIN
    assert await town.unreached() == []
    town.teams.opens = lambda one: f"new-{one}"
    for _ in range(12):
        town.pass_(minutes=5)
        await town.sweep.run()
    assert town.teams.cards("new-29:martin") == ["manager-ask"]


async def test_whoever_is_in_no_team_is_not_reached(town: Town) -> None:
    await town.app_is_in(SOCIAL_CARE, member("gus", "gus@x.example"))
    assert await town.deliver(await town.asked()) is Outcome.PARKED
    assert (town.teams.opened, await town.unreached()) == ([], ["m"])


async def test_whoever_joins_a_team_later_is_reached_by_the_nightly_look(
    town: Town, mail: str
) -> None:
    await town.deliver(await town.asked())
    assert await town.unreached() == ["m"]
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    await town.sweep.mend()
    await town.sweep.run()
    assert town.teams.cards("new-29:martin") == ["manager-ask"]
    assert await town.unreached() == []


async def test_what_waited_for_somebody_comes_with_the_first_message_that_opens_their_chat(
    town: Town, mail: str
) -> None:
    await town.deliver(await town.asked())
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    await town.request("c2")
    town.announced.clear()
    await town.deliver(await town.prompt("manager-ask", "m", "c2"))
    await town.sweep.deliver_now(town.announced)
    assert town.teams.cards("new-29:martin") == ["manager-ask"] * 2
    assert await town.unreached() == []


async def test_no_chat_is_opened_by_night_for_what_is_owed_no_more(town: Town, mail: str) -> None:
    await town.deliver(await town.asked())
    await town.act(Act.WITHDRAW, lambda it: it.withdraw(town.moment))
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    await town.sweep.mend()
    assert town.teams.opened == []


# Who is meant ------------------------------------------------------------------------------------


async def test_an_address_of_two_members_is_nobodys(town: Town, mail: str) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    await town.app_is_in(FACILITATION, member("other", mail))
    assert await town.deliver(await town.asked()) is Outcome.PARKED
    assert town.teams.opened == []


async def test_an_address_that_somebody_else_has_already_opens_no_chat(
    town: Town, mail: str
) -> None:
    """Two who are known to have it keep it from both, also where one of them is on a roster."""
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    for who in ("one", "two"):
        place = town.place(who)
        await town.directory.seen(
            "t", who, who, town.moment, reference=place, addresses=Addresses((mail,))
        )
    assert await town.deliver(await town.asked()) is Outcome.PARKED
    assert town.teams.opened == []


async def test_one_member_of_two_teams_is_one(town: Town, mail: str) -> None:
    for team in (SOCIAL_CARE, FACILITATION):
        await town.app_is_in(team, member("martin", mail))
    assert await town.deliver(await town.asked()) is Outcome.SENT
    assert town.teams.opened == ["29:martin"]


@pytest.mark.parametrize(
    "more",
    [{"tenantId": "elsewhere"}, {"aadObjectId": "", "objectId": ""}, {"id": "martin"}],
    ids=["of another directory", "nobody says who", "no id to open with"],
)
async def test_who_cannot_be_told_for_certain_gets_no_chat(
    town: Town, mail: str, more: dict[str, str]
) -> None:
    await town.app_is_in(SOCIAL_CARE, member("martin", mail, **more))
    assert await town.deliver(await town.asked()) is Outcome.PARKED
    assert town.teams.opened == []


async def test_who_has_removed_the_app_is_not_called_back_through_a_team(
    town: Town, mail: str
) -> None:
    await town.install("m")
    await town.directory.gone(town.key("m"), town.moment)
    await town.app_is_in(SOCIAL_CARE, member("m", mail))
    assert await town.deliver(await town.asked()) is Outcome.PARKED
    assert town.teams.opened == []


async def test_who_was_only_seen_in_a_channel_gets_a_chat(town: Town, mail: str) -> None:
    await town.directory.seen("t", "martin", "M", town.moment, addresses=Addresses((mail,)))
    await town.app_is_in(SOCIAL_CARE, member("martin", mail))
    assert await town.deliver(await town.asked()) is Outcome.SENT


async def test_a_facilitator_of_the_roster_without_the_app_is_told_of_a_request(
    town: Town, mail: str
) -> None:
    """By who they are: the roster said it, and no address is needed."""
    await town.app_is_in(FACILITATION, member("f", "f@x.example"))
    await town.install("m", "r")
    await town.request()
    fay = town.facilitator.model_copy(update={"key": person_key("t", "f")})
    await town.act(Act.AGREE, lambda it: it.agree(town.moment, (fay,)))
    await town.sweep.run()
    assert town.teams.cards("new-29:f") == ["waiting"]


# Rosters that cannot be read ---------------------------------------------------------------------


async def test_a_team_that_the_app_has_left_has_nobody(town: Town) -> None:
    await town.app_is_in(SOCIAL_CARE)
    town.teams.rosters.clear()
    assert await town.deliver(await town.asked()) is Outcome.PARKED


@pytest.mark.parametrize("trouble", [NeverConnected("x"), answer(429), answer(401)], ids=str)
async def test_while_teams_is_away_nobody_is_not_reached(
    town: Town, mail: str, trouble: Exception
) -> None:
    await town.app_is_in(SOCIAL_CARE)
    town.teams.rosters[SOCIAL_CARE] = trouble
    await town.asked()
    for _ in range(24):
        town.pass_(minutes=5)
        await town.sweep.run()
    assert await town.unreached() == []
    town.teams.rosters[SOCIAL_CARE] = [member("martin", mail)]
    for _ in range(6):
        town.pass_(minutes=5)
        await town.sweep.run()
    assert town.teams.cards("new-29:martin") == ["manager-ask"]


async def test_a_roster_that_is_broken_for_good_holds_nobody_up_for_more_than_a_while(
    town: Town,
) -> None:
    await town.app_is_in(SOCIAL_CARE)
    town.teams.rosters[SOCIAL_CARE] = MayHaveArrived("timeout")
    assert await town.deliver(await town.asked()) is Outcome.AGAIN
    for _ in range(round(GIVEN_UP / 300) + 2):
        town.pass_(minutes=5)
        await town.sweep.run()
    assert (await town.prompt("manager-ask", "m")).state is State.PARKED
    assert await town.unreached() == ["m"]
    assert AGAIN < GIVEN_UP
