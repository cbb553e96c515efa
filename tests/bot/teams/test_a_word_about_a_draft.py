"""A word that a draft will be removed: said, said later or not said, by what Teams answers."""

import logging
from datetime import timedelta

import pytest

from records.drafts import Draft, Drafts, Open
from scheduler.upkeep.retention import OldDrafts
from tests.bot.teams.strict import RealCourier, answer


@pytest.fixture
async def world() -> RealCourier:
    """What Maria began 23 days ago is to be told of."""
    made = RealCourier()
    await made.install("m")
    begun = made.moment - timedelta(days=23)
    draft = Draft(
        owner=made.key("m"), flow="request", conversation="c1", version=1, step="about",
        begun=begun - timedelta(hours=1), touched=begun,
    )  # fmt: skip
    await Drafts(made.store).save(Open(draft, ""))
    return made


async def look(world: RealCourier) -> bool:
    """The hourly look; whether Maria counts as told after it."""
    drafts = Drafts(world.store)
    about = (world.store, world.directory, world.courier, world.timetable, world.clocks, drafts)
    await OldDrafts(*about).look()
    found = await drafts.find(world.key("m"), "request", "c1")
    return found.draft.warned is not None


@pytest.mark.parametrize(
    "fault", [answer(401), answer(403, "BotDisabledByAdmin"), answer(413), answer(429)], ids=str
)
async def test_what_is_no_fault_of_its_writer_is_said_an_hour_later(
    world: RealCourier, fault: Exception
) -> None:
    world.teams.says = lambda url, chat: fault
    assert not await look(world)
    world.teams.says = lambda url, chat: None
    world.pass_(hours=1)
    assert await look(world)
    assert len(world.teams.taken) == 1


async def test_what_teams_does_not_take_as_it_is_is_an_error(
    world: RealCourier, caplog: pytest.LogCaptureFixture
) -> None:
    world.teams.says = lambda url, chat: answer(413)
    await look(world)
    told = [one.action for one in caplog.records if one.levelno >= logging.ERROR]
    assert told == ["draft_held"]


@pytest.mark.parametrize("fault", [answer(403), answer(502)], ids=str)
async def test_who_cannot_be_told_or_may_have_been_is_not_told_again(
    world: RealCourier, fault: Exception
) -> None:
    world.teams.says = lambda url, chat: fault
    assert await look(world)
    world.pass_(hours=1)
    assert await look(world)
    assert len(world.teams.asked) == 1


async def test_whose_chat_is_gone_is_told_in_a_new_one_that_is_kept(world: RealCourier) -> None:
    world.teams.says = lambda url, chat: answer(404) if chat == "m" else None
    assert await look(world)
    [taken] = world.teams.taken
    person = await world.directory.find(world.key("m"))
    assert taken.chat == person.reference.conversation_id == "new-29:m"
