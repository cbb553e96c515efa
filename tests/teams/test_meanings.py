"""What an answer of Teams means: each row of the table while a message is due, and a day on which
nothing goes. Source: Teams, "Status codes from bot conversational APIs"."""

import pytest

from cards.wording import wording as w
from tests.teams import answers
from tests.teams.answers import Answer, Shape
from tests.teams.running import World, world
from tests.teams.walk import CAME, STEPS, Walk

every = pytest.mark.teams
HOURS = 3
"""Between two looks at what is due, while a day passes."""


def marked(here: World) -> list[str]:
    """Who was told that somebody cannot be reached."""
    words = w.NOT_REACHED_WHY.split("{who}")[1].split("{")[0].strip()
    return [str(one) for one in here.teams.versions(words)]


def asked(here: World) -> dict[str, int]:
    """How often each who came was asked for their feedback."""
    text = w.FEEDBACK_SUMMARY.rpartition("}")[2]
    people = {who: here.teams.person(who).summaries for who in CAME}
    return {who: sum(text in one for one in said) for who, said in people.items()}


async def states(here: World) -> set[str]:
    """How far delivery has come with the feedback's messages."""
    rows = [row async for row in here.store.query("conversations", partition_to="~")]
    prompts = (row.values for row in rows if row.key.startswith("prompt-"))
    return {str(one["state"]) for one in prompts if one["kind"] == "feedback"}


async def on_the_day(here: World) -> Walk:
    """Wednesday, 15:30: the feedback is about to go out."""
    walk = Walk(here)
    for step in STEPS[: STEPS.index(Walk.hold)]:
        await step(walk)
    await walk.pass_("2 days")
    await walk.pass_("365 minutes")
    await walk.tap("fay", "We are closing")
    return walk


async def hours(here: World, count: int) -> None:
    """They pass, and what is due is looked at on the way."""
    for _ in range(0, count, HOURS):
        here.teams.passes(HOURS * 3_600)
        await here.skip("1 minute")


def named(one: object) -> str:
    """How a case of the table is called."""
    return f"{one.status}-{one.code}-{one.shape.name}" if isinstance(one, Answer) else str(one)


BROKEN = [
    answers.NOT_REGISTERED,
    *(
        pytest.param(one, marks=every)
        for one in (
            answers.NOT_REGISTERED.shaped(Shape.SUB_CODE),
            answers.UNAUTHORIZED,
            answers.UNAUTHORIZED.shaped(Shape.EMPTY),
            answers.BLOCKED_BY_ADMIN,
        )
    ),
]
"""A 403 without a body does not say whose fault it is."""
AWAY = [*answers.PERSONS, *(answers.BLOCKED_BY_USER.shaped(one) for one in list(Shape)[1:])]


@pytest.mark.parametrize("answer", BROKEN, ids=named)
async def test_a_broken_day_loses_nothing_and_marks_nobody(here: World, answer: Answer) -> None:
    """The deployment's fault is nobody's: it is tried again, and heals by itself."""
    walk = await on_the_day(here)
    broken = here.teams.answer(answer, path="/activities")
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 18)
    assert asked(here) == dict.fromkeys(CAME, 0)
    here.teams.lift(broken)
    await hours(here, 24)
    assert asked(here) == dict.fromkeys(CAME, 1)
    assert marked(here) == []


@every
@pytest.mark.parametrize("answer", AWAY, ids=named)
async def test_a_persons_own_is_told_and_comes_with_their_next_sign_of_life(
    here: World, answer: Answer
) -> None:
    walk = await on_the_day(here)
    away = here.teams.answer(answer, person=here.teams.person("pat"), method="POST")
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 6)
    assert asked(here) == {"priya": 1, "pat": 0, "nia": 1}
    assert marked(here) != []
    here.teams.lift(away)
    await here.teams.person("pat").installs()
    await hours(here, 6)
    assert asked(here) == dict.fromkeys(CAME, 1)


@every
@pytest.mark.parametrize("answer", answers.OUR_FAULT, ids=named)
async def test_this_messages_fault_marks_nobody_and_waits_for_an_operator(
    here: World, answer: Answer
) -> None:
    walk = await on_the_day(here)
    here.teams.answer(answer, person=here.teams.person("pat"), method="POST", times=1)
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 24)
    assert asked(here)["pat"] == 0
    assert "parked" in await states(here)
    assert marked(here) == []


@every
@pytest.mark.parametrize("answer", answers.LATER, ids=named)
async def test_what_comes_later_comes(here: World, answer: Answer) -> None:
    walk = await on_the_day(here)
    here.teams.answer(answer, person=here.teams.person("pat"), method="POST", times=3)
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 24)
    assert asked(here) == dict.fromkeys(CAME, 1)
    assert marked(here) == []


@every
@pytest.mark.parametrize("answer", answers.AMBIGUOUS, ids=named)
async def test_what_may_have_arrived_is_said_once_more_as_a_reminder(
    here: World, answer: Answer
) -> None:
    walk = await on_the_day(here)
    pat = here.teams.person("pat")
    here.teams.answer(answer.after_taking(), person=pat, method="POST", times=1)
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 30)
    assert len(here.teams.versions(w.REMINDER_NOTE)) == 1
    assert w.REMINDER_NOTE in "\n".join(pat.desk.shown)
    assert marked(here) == []


@every
async def test_a_chat_that_is_gone_is_opened_anew(here: World) -> None:
    walk = await on_the_day(here)
    here.teams.person("pat").account.chat_gone = True
    await walk.tap("fay", "Send the feedback card")
    await hours(here, 6)
    assert asked(here) == dict.fromkeys(CAME, 1)
    assert marked(here) == []


@every
async def test_whoever_was_given_the_app_by_policy_gets_what_waits_when_they_say_hello(
    here: World,
) -> None:
    """Such an install brings no event, so nothing can reach them before."""
    walk = Walk(here, leave_out=("martin",))
    martin = here.teams.person("martin")
    martin.is_given_the_app()
    await walk.arrive()
    await walk.request()
    assert martin.messages == []
    assert marked(here) != []
    await martin.desk.say("hello")
    await martin.desk.finds(w.DOOR_REQUEST)


# Teams and channels -------------------------------------------------------------------------------


@pytest.mark.parametrize("picked", ["General", "Requests"])
@pytest.mark.parametrize("by", ["fay", ""])
async def test_the_team_is_known_by_its_id_whichever_channel_was_picked_and_by_whom(
    picked: str, by: str
) -> None:
    async with world(facilitators=()) as here:
        fay = here.teams.person("fay")
        fay.is_given_the_app()
        await here.teams.installs(here.team, picked=picked, by=fay if by else None)
        await fay.desk.say("waiting")
        assert w.WAITING_NONE in fay.desk.shown[-1]
        assert here.teams.wrong == []


@every
async def test_a_member_of_the_team_without_the_app_is_written_to() -> None:
    """A chat is opened with their id from the roster."""
    async with world(facilitators=()) as here:
        walk = Walk(here, leave_out=("fay", "idris"))
        for step in (Walk.arrive, Walk.request, Walk.agree):
            await step(walk)
        assert here.teams.person("fay").summaries != []
        assert here.teams.person("idris").summaries != []


@every
async def test_an_announcement_in_the_channel_alerts(here: World) -> None:
    """A message in a channel alerts nobody by itself."""
    walk = Walk(here)
    for step in (Walk.arrive, Walk.request, Walk.agree):
        await step(walk)
    (announced,) = here.teams.channel(here.team, "General").messages.values()
    data = announced.now.activity.get("channelData") or {}
    assert (data.get("notification") or {}).get("alert") is True


async def test_what_is_said_in_a_channel_is_answered_there_in_its_thread(here: World) -> None:
    await here.teams.installs(here.team, by=here.teams.person("fay"))
    general = here.teams.channel(here.team, "General")
    await here.teams.mention(here.teams.person("fay"), general, "help")
    (answer,) = general.messages.values()
    assert w.NOT_HERE in str(answer.now.activity)
