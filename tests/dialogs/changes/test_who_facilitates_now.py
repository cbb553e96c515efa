"""A facilitator who has left the team: until somebody takes it over, no card says they do it."""

import re
from pathlib import Path

import pytest

from cards.booking.moving import left_out
from cards.changes import concern
from cards.kit.who import ring_facilitator
from cards.wording import wording
from records.stages import Stage
from tests.dialogs.conftest import House, texts

NAME, TEAM = "Fay Larsen", wording.HAPPENED_TEAM
OTHERS = ("priya", "martin", "pat", "nia")
TYPED = ("my requests", "I cannot come", "someone else")
FLOOR = Path(__file__).parents[3]
TAPS = (
    "prepare.see", "prepare.agreement", "prepare.talk", "prepare.telling", "prepare.cannot",
    "prepare.nobody", "prepare.after-all", "prepare.other-time", "prepare.right-person",
    "prepare.paper", "prepare.say", "request.see", "request.answers", "request.mine",
    "manager.see", "happened.tell", "feedback.yes", "feedback.not-ahead", "feedback.see",
    "feedback.leave", "outcome.read", "learning.record", "ring.me", "review.words",
)  # fmt: skip
FLOWS = (
    "amend", "feedback", "outcome", "passed-on", "other-time", "taking-part", "someone-else",
    "will-be-told", "review",
)  # fmt: skip


async def until(house: House, stage: Stage) -> str:
    """A conversation of Fay's that stands there."""
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    if stage is not Stage.PICKED_UP:
        await house.book()
    if stage is Stage.HELD:
        await house.hold()
    return key


def came(house: House, since: int) -> list[tuple[str, str]]:
    """Every message to them since, with whose it is."""
    chats = {house.people[who].reference.conversation_id: who for who in OTHERS}
    sent = [(chats[to], one) for to, one in house.parcels[since:] if to in chats]
    return [(who, f"{texts(one.card)}\n{one.summary}") for who, one in sent]


async def opened(house: House, key: str, who: str) -> list[tuple[str, str]]:
    """Every card that they can open about it."""
    carried = {"conversation": key}
    taps = [{"verb": one, "data": carried} for one in TAPS]
    taps += [{"verb": "flow.open", "data": {"flow": one, **carried}} for one in FLOWS]
    replies = [await house.press(who, one, {}) for one in taps]
    replies += [await house.say(who, one) for one in TYPED]
    return [(who, f"{texts(one.card) if one.card else ''}\n{one.summary}") for one in replies]


@pytest.mark.parametrize(
    ("stage", "again"),
    [
        (Stage.PICKED_UP, False),
        (Stage.PICKED_UP, True),
        (Stage.BOOKED, False),
        (Stage.HELD, False),
    ],
)
async def test_no_card_of_anybody_says_that_they_do_it(
    house: House, stage: Stage, *, again: bool
) -> None:
    """Whatever anybody opens, whatever comes by itself in the weeks after; also once called off."""
    key = await until(house, Stage.BOOKED if again else stage)
    if again:
        await house.change("Call off the conversation")
        await house.tap("fay", "Find a new date")
    await house.leaves_the_team("fay")
    since, shown = len(house.parcels), list[tuple[str, str]]()
    for who in OTHERS:
        shown += await opened(house, key, who)
    for _ in range(10):
        await house.skip(weeks=1)
    shown += came(house, since)
    assert len(shown) > len(OTHERS) * len(TAPS)
    for who, card in shown:
        assert NAME not in card, f"{who}:\n{card}"


async def test_a_card_that_is_opened_says_that_another_one_is_being_found(house: House) -> None:
    key = await until(house, Stage.BOOKED)
    see = {"verb": "prepare.see", "data": {"conversation": key}}
    await house.press("pat", see, {})
    assert f"Facilitator: {NAME}" in house.shown("pat")
    await house.leaves_the_team("fay")
    await house.press("pat", see, {})
    shown = house.shown("pat")
    assert f"Facilitator: {wording.FACILITATOR_SOUGHT}" in shown
    reference = (await house.record(key)).reference
    assert wording.PREPARE_WHY.format(facilitator=TEAM, reference=reference) in shown
    await house.tap("pat", wording.AGREEMENT_READ)
    assert f"Facilitator: {wording.FACILITATOR_SOUGHT}" in house.shown("pat")


async def test_once_somebody_has_taken_it_over_it_is_they(house: House) -> None:
    key = await until(house, Stage.BOOKED)
    await house.leaves_the_team("fay")
    await house.pick_up("idris")
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    assert "Facilitator: Idris Vaughan" in house.shown("pat")
    assert wording.FACILITATOR_SOUGHT not in house.shown("pat")


async def test_who_is_to_be_rung_is_who_leads_the_team(house: House) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await until(house, Stage.BOOKED)
    await house.leaves_the_team("fay")
    it = await house.record(key)
    lead = it.team_lead.name if it.team_lead else ""
    assert lead
    assert ring_facilitator(it) == lead
    assert lead in texts(left_out(it, "other1", house.timetable.office.zone))
    assert lead in texts(concern.came(it))
    assert NAME not in texts(concern.came(it))


async def test_without_a_lead_it_is_the_team(house: House) -> None:
    key = await until(house, Stage.BOOKED)
    await house.leaves_the_team("fay")
    it = await house.record(key)
    assert ring_facilitator(it) == TEAM
    assert f"ring {TEAM}" in texts(left_out(it, "other1", house.timetable.office.zone))


async def test_an_outcome_is_shared_with_those_who_can_read_it(house: House) -> None:
    key = await until(house, Stage.HELD)
    await house.leaves_the_team("fay")
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Calmer.", share="yes")
    await house.tap("priya", "Send")
    assert wording.OUTCOME_SHARED_CAME in house.shown("priya")
    assert NAME not in house.shown("priya")
    await house.press("fay", {"verb": "shared.read", "data": {"conversation": key}}, {})
    assert "Calmer." not in house.shown("fay")
    await house.press("pat", {"verb": "shared.read", "data": {"conversation": key}}, {})
    assert "Calmer." in house.shown("pat")


def test_one_place_says_who_facilitates() -> None:
    """Nowhere else is a card's or a message's facilitator looked up; but where it is said of them
    that they have left, or who was asked to keep it."""
    own = re.compile(r"person\((on\.)?it\.facilitator\)")
    found = [
        path.relative_to(FLOOR).as_posix()
        for floor in ("cards", "dialogs", "scheduler/messages")
        for path in sorted((FLOOR / floor).rglob("*.py"))
        if own.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [
        "cards/changes/handing_over.py",
        "cards/changes/restricting.py",
        "cards/kit/who.py",
        "dialogs/changes/handing_over.py",
        "dialogs/turn/access.py",
    ]
