"""The table of who may: whole, never wider than the stages allow, and asked again at the end."""

import pytest

from dialogs.root.where import WHERE
from dialogs.turn import access
from dialogs.turn.access import RIGHTS, NotNow, Right, Role, Who
from dialogs.turn.context import Context
from dialogs.turn.events import Message
from records.conversation.conversation import Conversation
from records.people import Person
from records.stages import MOVES, Act, Stage
from tests.dialogs.conftest import House


async def who(house: House, key: str, *, member: bool = False) -> Who:
    """The one who acts, as a right is asked of them."""
    person = await house.directory.find(house.people[key].actor.key)
    assert person is not None
    return Who(person, member=member)


def test_every_right_stands_in_the_table_with_somebody_who_has_it() -> None:
    assert set(RIGHTS) == set(Right)
    assert all(when for who in RIGHTS.values() for when in who.values())
    assert {role for who in RIGHTS.values() for role in who} == set(Role)


@pytest.mark.parametrize(
    ("right", "act"),
    [
        (Right.ANSWER, Act.AGREE),
        (Right.ANSWER, Act.DECLINE),
        (Right.ANSWER, Act.TALK_FIRST),
        (Right.ASK_AGAIN, Act.ASK_AGAIN),
        (Right.WITHDRAW, Act.WITHDRAW),
        (Right.PICK_UP, Act.PICK_UP),
        (Right.BOOK, Act.BOOK),
        (Right.MOVE, Act.MOVE),
        (Right.STOP, Act.STOP),
        (Right.STOP, Act.START),
        (Right.HAND_OVER, Act.OFFER),
        (Right.HAND_OVER, Act.KEEP),
        (Right.TAKE_OVER, Act.TAKE_OVER),
        (Right.REPLACE, Act.REPLACE),
        (Right.RING_ME, Act.RING_ME),
        (Right.ASK_LATER, Act.ASK_LATER),
        (Right.CONCERN, Act.CONCERN),
        (Right.REVIEW, Act.REVIEWED),
        (Right.REVIEW_DAY, Act.REVIEW_AGREED),
        (Right.SAY_WHO_CAME, Act.TOOK_PLACE),
        (Right.NOT_AHEAD, Act.REBOOK),
        (Right.NOT_AHEAD, Act.END),
        (Right.TOOK_PART, Act.TOOK_PART),
        (Right.TOOK_PART, Act.NOT_THERE),
        (Right.TOOK_PART, Act.DOUBT),
        (Right.FEEDBACK, Act.FEEDBACK),
        (Right.OUTCOME, Act.OUTCOME),
        (Right.TYPE_UP, Act.LEARNING),
        (Right.TYPE_UP, Act.REVIEW_AGREED),
        (Right.SHARE, Act.LEARNING_SHARED),
        (Right.SHARE, Act.LEARNING_OPENED),
        (Right.SAY_SHARED, Act.LEARNING_CONFIRMED),
        (Right.RECORD, Act.RECORDED),
    ],
)
def test_no_right_holds_in_a_stage_that_has_no_such_act(right: Right, act: Act) -> None:
    for when in RIGHTS[right].values():
        assert all((stage, act) in MOVES for stage in when)


async def test_one_person_can_be_several(house: House) -> None:
    it = await house.record(await house.booked())
    assert access.roles(await who(house, "priya"), it) == {
        Role.REQUESTER,
        Role.LEAD,
        Role.ATTENDEE,
        Role.NAMED,
    }
    assert access.roles(await who(house, "fay"), it) == {Role.FACILITATOR, Role.NAMED}
    assert access.roles(await who(house, "idris", member=True), it) == {
        Role.TEAM,
        Role.INDEPENDENT,
        Role.OUTSIDE,
    }


async def test_a_member_who_is_named_is_never_independent(house: House) -> None:
    it = await house.record(await house.requested())
    martin = await who(house, "martin", member=True)
    assert access.roles(martin, it) == {Role.MANAGER, Role.TEAM, Role.NAMED}
    assert not access.may(martin, at(it, Stage.AGREED), Right.PICK_UP)


async def test_a_right_lost_meanwhile_stops_the_change(house: House) -> None:
    it = await house.record(await house.requested())
    martin = await who(house, "martin")

    def turn(person: Person) -> Context:
        return Context(house.services(), house.a_turn("martin", Message("")), person, house.now())

    assert turn(martin.person).still(Right.ANSWER, it) is it
    with pytest.raises(NotNow):
        turn(martin.person).still(Right.ANSWER, at(it, Stage.AGREED))
    with pytest.raises(NotNow):
        turn((await who(house, "priya")).person).still(Right.ANSWER, it)


async def test_a_manager_who_sent_it_elsewhere_reads_the_story_no_more(house: House) -> None:
    it = await house.record(await house.requested())
    martin = await who(house, "martin")
    for stage in Stage:
        may_read = access.may(martin, at(it, stage), Right.READ_STORY)
        assert may_read == (stage in access.UNDER_WAY)
        assert access.is_theirs(martin, at(it, stage), Right.READ_STORY)


def test_where_things_are_is_said_for_every_right() -> None:
    assert set(WHERE) == set(Right)


def at(it: Conversation, stage: Stage) -> Conversation:
    return it.with_(stage=stage)
