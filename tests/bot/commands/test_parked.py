"""`parked`: an operator sees what waits and why, and lets go out what was held."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.commands import parked as asking
from bot.commands.line import asked_for
from bot.commands.parked import held, let_out, show
from bot.commands.parts import OperatorParts, over
from bot.settings import Settings
from records.outbox.prompt import State
from records.people import Reference
from records.shown_cards import Shown, ShownCards
from records.stages import Act
from records.store.azure import TableStore
from records.store.contract import Row
from scheduler.delivery.held import parked
from tests.bot.teams.strict import RealCourier, answer

ID = re.compile(r"^id +(\S+)$", re.MULTILINE)


def parts_over(world: RealCourier) -> OperatorParts:
    return over(world.store, Settings(demo=True), world)


@pytest.fixture
async def world() -> RealCourier:
    """Two cards are too large, and the manager of a third request has not got the app."""
    made = RealCourier()
    await made.install("r", "m", "n", "o", "f")
    made.teams.says = lambda url, chat: answer(413, "MessageSizeTooBig") if chat == "m" else None
    for key in ("c1", "c2"):
        await made.request(key)
        await made.sweep.run()
        made.pass_(minutes=1)
    await made.directory.gone(made.key("m"))
    await made.request("c3")
    await made.sweep.run()
    await made.install("m")
    made.teams.says = lambda url, chat: None
    return made


async def listed(world: RealCourier) -> dict[str, tuple[str, bool]]:
    found = parked(parts_over(world).register)
    return {one.id: (one.prompt.reason, one.for_operator) async for one in found}


def asked(world: RealCourier) -> list[str]:
    """The conversations whose manager was asked, in order."""
    there = [one.card for one in world.teams.taken if one.chat == "m"]
    return [card["conversation"] for card in there if card["kind"] == "manager-ask"]


async def test_what_waits_is_listed_with_why_and_since_and_names_nobody(
    world: RealCourier, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await show(parts_over(world)) == 0
    said = capsys.readouterr().out
    first = said.split("\n\n")[0].splitlines()
    assert first[1:] == [
        "reference  LC-7K3QX",
        "kind       manager-ask",
        "why        Teams answered 413 MessageSizeTooBig",
        "since      2026-11-02 10:00 UTC",
        "waits for  an operator",
    ]
    assert "why        no way to reach" in said
    assert "Messages that wait: 3, of which for an operator: 2\n" in said
    assert len(ID.findall(said)) == 3
    for private in ("Maria", "Priya", "example", "worry"):
        assert private not in said


async def test_a_message_that_was_too_large_waits_is_listed_is_released_and_then_sent(
    world: RealCourier, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        world.pass_(days=1)
        await world.sweep.run()
        await world.sweep.mend()
    assert asked(world) == ["c3"]
    [first, _] = await held(parts_over(world))
    assert await let_out(parts_over(world), [first]) == 0
    assert capsys.readouterr().out == f"{first}  goes out with the next look\nReleased: 1\n"
    await world.sweep.run()
    assert asked(world) == ["c3", "c1"]
    sent = await world.prompt("manager-ask", "m", "c1")
    assert (sent.state, sent.held_at, sent.reason) == (State.SENT, None, "")
    assert list(await listed(world)) == await held(parts_over(world))


async def test_what_is_still_too_large_is_held_again(world: RealCourier) -> None:
    world.teams.says = lambda url, chat: answer(413) if chat == "m" else None
    before = await held(parts_over(world))
    await let_out(parts_over(world), before)
    world.pass_(hours=1)
    await world.sweep.run()
    assert await held(parts_over(world)) == before
    assert (await world.prompt("manager-ask", "m", "c1")).held_at == world.moment
    assert await world.unreached("c1") == []


async def test_one_that_is_owed_no_more_is_not_listed_and_not_sent(
    world: RealCourier, capsys: pytest.CaptureFixture[str]
) -> None:
    [first, _] = await held(parts_over(world))
    await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment), "c1")
    assert first not in await listed(world)
    assert await let_out(parts_over(world), [first]) == 0
    assert f"{first}  is owed no more" in capsys.readouterr().out
    assert (await world.prompt("manager-ask", "m", "c1")).state is State.CANCELLED


@pytest.mark.parametrize("identity", ["", "c1", "c1-", "-x", "c9-nothing", "c1-nothing"])
async def test_what_is_not_parked_is_said_and_stops_no_other(
    world: RealCourier, capsys: pytest.CaptureFixture[str], identity: str
) -> None:
    [first, _] = await held(parts_over(world))
    assert await let_out(parts_over(world), [identity, first]) == 1
    said = capsys.readouterr().out
    assert f"{identity}  is not parked" in said
    assert said.endswith("Released: 1\n")
    assert await let_out(parts_over(world), [first]) == 1  # it waits no more


async def test_a_conversation_that_cannot_be_read_hides_no_other(world: RealCourier) -> None:
    before = await held(parts_over(world))
    await world.store.put("conversations", Row("c1", "conversation", {"stage": "nonsense"}))
    assert await held(parts_over(world)) == before[1:]


async def test_what_an_earlier_version_parked_is_listed_without_a_time(
    world: RealCourier, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = await world.prompt("manager-ask", "m", "c1")
    row = await world.store.get("conversations", "c1", f"prompt-{prompt.id}")
    left = {name: value for name, value in row.values.items() if name != "held_at"}
    await world.store.update("conversations", Row(row.partition, row.key, left, row.etag))
    await show(parts_over(world))
    said = capsys.readouterr().out
    assert "since      unknown" in said
    assert "Messages that wait: 3, of which for an operator: 1\n" in said


@pytest.mark.parametrize(
    ("arguments", "release", "every"),
    [
        ((), None, False),
        (("--release", "a-1", "b-2"), ["a-1", "b-2"], False),
        (("--release", "--all"), [], True),
    ],
)
def test_what_can_be_asked(
    arguments: Sequence[str], release: list[str] | None, every: bool
) -> None:
    command, asked = asked_for(["parked", *arguments])
    assert (command.name, asked.release, asked.all) == ("parked", release, every)


@pytest.mark.parametrize("arguments", [("--all",), ("--release",), ("--release", "a-1", "--all")])
def test_what_makes_no_sense_is_told(
    arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        asked_for(["parked", *arguments])
    assert ended.value.code == 2
    assert "error: --" in capsys.readouterr().err


def test_without_tables_there_is_nothing_to_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert asking.run(Settings(demo=True), None, every=False) == 1
    assert "name no tables" in capsys.readouterr().out


async def test_over_a_real_storage_all_that_is_held_is_released(
    azurite: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix="parkedcmd")
    world = RealCourier(store)
    await world.install("r", "m")
    world.teams.says = lambda url, chat: answer(413) if chat == "m" else None
    await world.request()
    await world.sweep.run()
    await store.close()
    settings = Settings(
        demo=True, tables_connection_string=SecretStr(azurite), tables_prefix="parkedcmd"
    )
    for release, every in ((None, False), ([], True)):
        assert await asyncio.to_thread(asking.run, settings, release, every=every) == 0
    said = capsys.readouterr().out
    assert "of which for an operator: 1" in said
    assert said.endswith("Released: 1\n")


async def test_a_card_that_could_not_be_closed_is_listed_by_its_ids(
    world: RealCourier, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Reference(
        service_url="u", conversation_id="a:1", tenant="t", bot_id="b", user_id="29:p"
    )
    at = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    there = Shown(person=world.key("m"), place=place, message="1700", conversation="c1", since=at)
    cards = ShownCards(world.store)
    await cards.note(there.model_copy(update={"message": "1701"}))
    await cards.note(there.model_copy(update={"tries": 3, "again": at, "why": "blocked"}))
    await show(parts_over(world))
    said = capsys.readouterr().out
    assert said.endswith("Cards that could not be closed yet: 1\n")
    assert said.split("\n\n")[-2].splitlines() == [
        "card          1700",
        "conversation  c1",
        "why           blocked",
        "since         2026-11-02 10:00 UTC",
        "tried         3 times, next 2026-11-02 10:00 UTC",
    ]
