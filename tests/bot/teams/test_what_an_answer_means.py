"""What becomes of a message by what Teams answers: the bot's courier in the scheduler's world."""

import logging

import pytest

from bot.teams.outbreak import Trouble
from records.outbox import due
from records.outbox.prompt import Prompt, State
from records.stages import Act
from scheduler.delivery.settings import DeliveryOutcome as Outcome
from tests.bot.teams.strict import OTHER, TEAMS, RealCourier, answer

SHAPES = ("code", "sub-code", "empty")
BOTH = pytest.mark.parametrize(("kind", "to"), [("manager-ask", "m"), ("agreed", "r")])
"""A question and a notice."""


def rows(*found: tuple[int, str], empty: tuple[int, ...] = ()) -> pytest.MarkDecorator:
    """Each row in both shapes that hold its code; those statuses without one that need none."""
    told = [(status, code, shape) for status, code in found for shape in SHAPES[:2]]
    bare = [(status, "", "empty") for status in empty]
    return pytest.mark.parametrize(("status", "code", "shape"), [*told, *bare])


@pytest.fixture
async def world() -> RealCourier:
    """Everybody has the app."""
    made = RealCourier()
    await made.install("r", "m", "n", "o", "f")
    return made


async def owed(world: RealCourier, kind: str) -> Prompt:
    """The message that a conversation has just come to owe."""
    await world.request()
    if kind == "manager-ask":
        return await world.prompt(kind, "m")
    await world.sweep.run()
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()))
    return await world.prompt(kind, "r")


async def deliver(world: RealCourier, prompt: Prompt) -> Outcome:
    return await world.deliverer.deliver(due.pointer(prompt))


async def pass_hours(world: RealCourier, count: float) -> None:
    """Time passes, and is looked at every five minutes."""
    for _ in range(round(count * 12)):
        world.pass_(minutes=5)
        await world.sweep.run()


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.action for one in caplog.records if one.levelno >= logging.ERROR]


# The rows of the table ---------------------------------------------------------------------------


@BOTH
@rows((401, "BotNotRegistered"), (403, "BotDisabledByAdmin"), empty=(401,))
async def test_the_deployments_fault_waits_marks_nobody_and_heals(
    world: RealCourier,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    to: str,
    status: int,
    code: str,
    shape: str,
) -> None:
    prompt = await owed(world, kind)
    caplog.clear()
    world.teams.says = lambda url, chat: answer(status, code, shape)
    assert await deliver(world, prompt) is Outcome.AGAIN
    await pass_hours(world, 3)
    waiting = await world.prompt(kind, to)
    assert (waiting.state, waiting.reminders) == (State.WAITING, 0)
    assert waiting.reason in (f"Teams answered {status} {code}".strip(), *Trouble)
    assert errors(caplog) == ["teams_out_of_order"]
    world.teams.says = lambda url, chat: None
    await pass_hours(world, 1.1)
    assert world.teams.cards(to).count(kind) == 1
    assert await world.reached(to)
    assert (await world.unreached(), world.outbreaks.lasting()) == ([], [])


@BOTH
@rows(
    (403, "ConversationBlockedByUser"),
    (403, "MessageWritesBlocked"),
    (403, "BotNotInConversationRoster"),
    empty=(403,),
)
async def test_a_persons_is_told_as_not_reached_and_comes_with_their_next_sign_of_life(
    world: RealCourier, kind: str, to: str, status: int, code: str, shape: str
) -> None:
    prompt = await owed(world, kind)
    world.teams.says = lambda url, chat: answer(status, code, shape) if chat == to else None
    assert await deliver(world, prompt) is Outcome.PARKED
    parked = await world.prompt(kind, to)
    assert (parked.parked_at, parked.held_at) == (world.moment, None)
    assert not await world.reached(to)
    assert await world.unreached() == [to]
    await pass_hours(world, 12)
    assert len([chat for _, chat in world.teams.asked if chat == to]) == 1
    world.teams.says = lambda url, chat: None
    await world.sweep.deliver_now(await world.reach.resume(await world.install(to)))
    assert world.teams.cards(to) == [kind]
    assert await world.unreached() == []
    assert (await world.prompt(kind, to)).parked_at is None


@BOTH
@rows(
    (400, "Bad Argument"),
    (413, "MessageSizeTooBig"),
    (404, "ActivityNotFoundInConversation"),
    empty=(400, 413, 307, 405),
)
async def test_this_messages_marks_nobody_and_waits_for_an_operator(
    world: RealCourier,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    to: str,
    status: int,
    code: str,
    shape: str,
) -> None:
    prompt = await owed(world, kind)
    caplog.clear()
    world.teams.says = lambda url, chat: answer(status, code, shape) if chat == to else None
    assert await deliver(world, prompt) is Outcome.HELD
    held = await world.prompt(kind, to)
    assert (held.state, held.held_at, held.parked_at) == (State.PARKED, world.moment, None)
    assert held.reason.startswith(f"Teams answered {status}")
    world.teams.says = lambda url, chat: None
    await pass_hours(world, 12)
    await world.sweep.mend()
    assert await world.reach.resume(await world.install(to)) == ()
    assert kind not in world.teams.cards(to)
    assert await world.reached(to)
    assert await world.unreached() == []
    assert errors(caplog) == ["message_held"]


@BOTH
@rows((412, "PreconditionFailed"), (429, "TooManyRequests"), empty=(412, 429))
async def test_later_is_later(
    world: RealCourier, kind: str, to: str, status: int, code: str, shape: str
) -> None:
    prompt = await owed(world, kind)
    told = [answer(status, code, shape)]
    world.teams.says = lambda url, chat: told.pop() if told else None
    assert await deliver(world, prompt) is Outcome.AGAIN
    await pass_hours(world, 0.5)
    assert world.teams.cards(to).count(kind) == 1
    assert world.outbreaks.lasting() == []


@BOTH
@rows((500, "ServiceError"), (502, "BadGateway"), empty=(503, 504))
async def test_what_may_have_arrived_is_not_sent_again_at_once(
    world: RealCourier, kind: str, to: str, status: int, code: str, shape: str
) -> None:
    prompt = await owed(world, kind)
    world.teams.says = lambda url, chat: answer(status, code, shape) if chat == to else None
    assert await deliver(world, prompt) is Outcome.UNSURE


# A chat that is gone, or elsewhere ---------------------------------------------------------------


@BOTH
@rows((404, "ConversationNotFound"), empty=(404,))
async def test_a_chat_that_is_gone_is_opened_anew_and_written_to_once(
    world: RealCourier, kind: str, to: str, status: int, code: str, shape: str
) -> None:
    prompt = await owed(world, kind)
    world.teams.says = lambda url, chat: answer(status, code, shape) if chat == to else None
    assert await deliver(world, prompt) is Outcome.SENT
    assert world.teams.opened == [f"29:{to}"]
    assert world.teams.cards(f"new-29:{to}") == [kind]
    person = await world.directory.find(world.key(to))
    assert person.reference == world.place(to, f"new-29:{to}")
    assert person.reachable
    # The next one goes there at once.
    await world.request("c2")
    await world.sweep.run()
    await pass_hours(world, 1)
    assert world.teams.opened == [f"29:{to}"]
    assert await world.unreached("c2") == []


@pytest.mark.parametrize(
    "refusal",
    [answer(403, "BotNotInConversationRoster"), answer(404), answer(400, "Bad Argument")],
    ids=str,
)
async def test_who_can_be_opened_no_chat_is_not_reached(
    world: RealCourier, refusal: Exception
) -> None:
    prompt = await owed(world, "manager-ask")
    world.teams.says = lambda url, chat: answer(404, "ConversationNotFound")
    world.teams.opens = lambda member: refusal
    assert await deliver(world, prompt) is Outcome.PARKED
    assert (len(world.teams.asked), world.teams.opened) == (1, ["29:m"])
    assert not await world.reached("m")
    assert await world.unreached() == ["m"]


async def test_a_new_chat_that_is_gone_too_is_not_opened_again(world: RealCourier) -> None:
    prompt = await owed(world, "manager-ask")
    world.teams.says = lambda url, chat: answer(404, "ConversationNotFound")
    assert await deliver(world, prompt) is Outcome.PARKED
    assert world.teams.opened == ["29:m"]
    assert [chat for _, chat in world.teams.asked] == ["m", "new-29:m"]
    assert (await world.directory.find(world.key("m"))).reference == world.place("m")


@pytest.mark.parametrize("refusal", [answer(429), answer(502), answer(401)], ids=str)
async def test_a_chat_that_could_not_be_opened_now_is_later(
    world: RealCourier, refusal: Exception
) -> None:
    """Nothing was posted, whatever became of the chat."""
    prompt = await owed(world, "manager-ask")
    world.teams.says = lambda url, chat: answer(404) if chat == "m" else None
    world.teams.opens = lambda member: refusal
    assert await deliver(world, prompt) is Outcome.AGAIN
    world.teams.opens = lambda member: "anew"
    await pass_hours(world, 1)
    assert world.teams.cards("anew") == ["manager-ask"]


async def test_a_person_without_an_id_to_open_a_chat_with_is_not_reached(
    world: RealCourier,
) -> None:
    prompt = await owed(world, "manager-ask")
    before = world.place("m")
    await world.directory.moved(world.key("m"), before, before.model_copy(update={"user_id": "m"}))
    world.teams.says = lambda url, chat: answer(404)
    assert await deliver(world, prompt) is Outcome.PARKED
    assert world.teams.opened == []


async def test_no_chat_is_opened_in_place_of_a_channel(
    world: RealCourier, caplog: pytest.LogCaptureFixture
) -> None:
    world.channel = world.place("f", "channel")
    await owed(world, "agreed")
    world.teams.says = lambda url, chat: answer(404) if chat == "channel" else None
    await world.sweep.run()
    assert (await world.prompt("waiting", "channel")).state is State.PARKED
    assert world.teams.opened == []
    assert errors(caplog) == ["channel_not_reached"]


async def test_whoever_was_in_another_chat_meanwhile_keeps_that(world: RealCourier) -> None:
    prompt = await owed(world, "manager-ask")
    world.teams.says = lambda url, chat: answer(404) if chat == "m" else None
    moved, here = world.directory.moved, world.place("m", "here")

    async def meanwhile(*told: object) -> None:
        await world.install("m", chat="here")
        await moved(*told)

    world.directory.moved = meanwhile
    assert await deliver(world, prompt) is Outcome.SENT
    assert (await world.directory.find(world.key("m"))).reference == here


def another_host(url: str) -> Exception | None:
    if url == TEAMS:
        refusal = answer(403, "InvalidBotApiHost")
        refusal.body["error"]["message"] = f"Call {OTHER}."
        return refusal
    return None


@BOTH
async def test_a_chat_at_another_host_is_written_to_there_and_that_is_kept(
    world: RealCourier, kind: str, to: str
) -> None:
    prompt = await owed(world, kind)
    taken = len(world.teams.taken)
    world.teams.says = lambda url, chat: another_host(url)
    assert await deliver(world, prompt) is Outcome.SENT
    there = world.teams.taken[taken]
    assert (there.url, there.chat) == (f"{OTHER}/uk", to)
    assert (await world.directory.find(world.key(to))).reference.service_url == f"{OTHER}/uk"


async def test_a_chat_that_is_gone_at_another_host_is_opened_there(world: RealCourier) -> None:
    prompt = await owed(world, "manager-ask")
    world.teams.says = lambda url, chat: another_host(url) or (answer(404) if chat == "m" else None)
    assert await deliver(world, prompt) is Outcome.SENT
    there = world.place("m", "new-29:m").model_copy(update={"service_url": f"{OTHER}/uk"})
    assert (await world.directory.find(world.key("m"))).reference == there


async def test_a_host_that_is_not_allowed_is_the_deployments_and_is_not_kept(
    world: RealCourier,
) -> None:
    prompt = await owed(world, "manager-ask")
    world.teams.allows = lambda url: url == TEAMS
    world.teams.says = lambda url, chat: another_host(url)
    assert await deliver(world, prompt) is Outcome.AGAIN
    assert (await world.directory.find(world.key("m"))).reference == world.place("m")
    assert await world.reached("m")
    assert await world.unreached() == []


async def test_hosts_that_name_each_other_end_with_an_operator(world: RealCourier) -> None:
    prompt = await owed(world, "manager-ask")

    def there(url: str, chat: str) -> Exception:
        refusal = answer(403, "InvalidBotApiHost")
        refusal.body["error"]["message"] = f"Call {OTHER if url == TEAMS else TEAMS}"
        return refusal

    world.teams.says = there
    assert await deliver(world, prompt) is Outcome.HELD
    assert len(world.teams.asked) == 2
    assert await world.reached("m")


async def test_the_channel_at_another_host_is_kept_as_well(world: RealCourier) -> None:
    await world.directory.channel_seen(world.channel)
    world.places = type(world.places)(world.directory.channel, world.places.facilitators)
    world.reach._places = world.places
    await owed(world, "agreed")
    world.teams.says = lambda url, chat: another_host(url) if chat == "channel" else None
    await world.sweep.run()
    assert world.teams.cards("channel") == ["waiting"]
    kept = await world.directory.channel()
    assert kept is not None
    assert kept.service_url == f"{OTHER}/uk"
