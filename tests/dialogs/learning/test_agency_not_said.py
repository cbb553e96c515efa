"""An agency that nobody said is *not said*: no role and no name stands in its place."""

import json
from datetime import date

from cards.wording import wording
from records.board.board import BOARD
from records.conversation.conversation import Conversation
from records.evaluation.closing import count, facts_in
from records.evaluation.counted import OTHERS, Counted
from records.evaluation.facts import HELD
from records.evaluation.periods import Period
from records.learning.agencies import WHO, WORDS, agency_key, cell
from records.people import Participant
from records.register.register import Deed
from records.register.repair import repair
from records.stages import Act
from records.store.contract import Row
from tests.dialogs.conftest import House, texts

ROLE = "Detective constable"
Q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))


def without(it: Conversation, *who: str, **more: str) -> Conversation:
    """The same, with nobody having said for which agency these people come."""

    def bare(one: Participant) -> Participant:
        return one.model_copy(update={"agency": "", **more}) if one.id in who else one

    return it.with_(people=tuple(map(bare, it.people)))


async def unsaid(house: House, key: str, *who: str, **more: str) -> None:
    deed = Deed(Act.BOUND, "test", house.at)
    await house.register.change(key, deed, lambda now: without(now, *who, **more))
    await house.tidy()


async def figures(house: House) -> Counted:
    """What the evaluation counts of the quarter, before any of it is left out."""
    return await count(house.store, wording.partnership, Q1)


async def test_in_the_evaluation_it_is_among_all_others_however_many_they_are(
    house: House,
) -> None:
    key = await house.held()
    await unsaid(house, key, "other1", "nurse")
    assert (await figures(house)).agencies == {"Social Care": 1, OTHERS: 1}


async def test_what_was_counted_as_an_agency_before_is_put_right_by_the_repair(
    house: House,
) -> None:
    key = await house.held()
    await unsaid(house, key, "other1")
    row = next(row for row in await house.dump(BOARD) if row.partition == HELD)
    counted = json.loads(str(row.values["facts"]))
    old = {**row.values, "facts": json.dumps({**counted, "agencies": [ROLE, "Social Care"]})}
    await house.store.put(BOARD, Row(row.partition, row.key, old))
    kept = [one async for one in facts_in(house.store, HELD, Q1, house.timetable.office)]
    assert ROLE in kept[0].agencies
    await repair(house.store, house.timetable)
    kept = [one async for one in facts_in(house.store, HELD, Q1, house.timetable.office)]
    assert ROLE not in kept[0].agencies
    assert (await figures(house)).agencies[OTHERS] == 1
    before = await house.dump(BOARD)
    await repair(house.store, house.timetable)
    assert [row.values for row in await house.dump(BOARD)] == [row.values for row in before]


async def test_a_request_without_an_agency_is_not_said_on_board_card_and_in_figures(
    house: House,
) -> None:
    key = await house.held()
    request = (await house.record(key)).request.model_copy(update={"agency": "", "team": "East"})
    deed = Deed(Act.BOUND, "test", house.at)
    await house.register.change(key, deed, lambda now: now.with_(request=request))
    await house.tidy()
    await house.say("fay", "board")
    assert "Team East" not in house.shown("fay")
    assert ROLE not in house.shown("fay")
    assert (await figures(house)).splits["asked-by"] == {OTHERS: 1}


async def test_their_words_are_kept_and_the_card_says_no_role_for_an_agency(house: House) -> None:
    """What was written under their role before is theirs still."""
    key = await house.held()
    await unsaid(house, key, "other1")
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 13. The learning each agency will record")
    assert wording.DOC_NO_AGENCY_OF.format(who=ROLE) in house.shown("fay")
    await house.tap(
        "fay",
        "Save and see all sections",
        recording_who=agency_key(ROLE),
        recording_words="We ring first.",
    )
    kept = (await house.file(key)).answers_of("learning", "recording")
    assert kept is not None
    assert kept.texts == {
        cell(agency_key(ROLE), WORDS): "We ring first.",
        cell(agency_key(ROLE), WHO): "",
    }
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    await house.open_door("pat")
    shown = house.shown("pat")
    assert "We ring first." in shown
    assert f"Agency: {wording.DOC_NO_AGENCY}" in shown
    assert wording.RECORD_YOUR_AGENCY in shown
    assert ROLE not in shown
    told = [texts(card) for card in house.cards if "to record" in texts(card)]
    assert told
    assert not [one for one in told if f"for {ROLE}" in one or "for Pat Reed" in one]
