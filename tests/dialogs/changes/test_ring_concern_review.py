"""Please ring me; a practice concern; the review on the agreed day."""

from dataclasses import replace

from cards.wording import wording
from records.conversation.feedback import Answers
from records.learning.sharing import write
from records.register.register import Deed
from records.stages import Act
from tests.dialogs.conftest import STORY, House, values

# Things have changed; please ring me --------------------------------------------------------------


async def test_please_ring_me_asks_nothing_and_stops_the_reminder(house: House) -> None:
    await house.held()
    await house.skip(weeks=8, days=1)
    await house.tap("priya", wording.RING_ME)
    assert "Fay Larsen is asked to ring you" in house.shown("priya")
    assert "Priya Shah (01473 000000) would like you to ring them." in house.shown("fay")
    assert "01473 000000" in house.shown("fay")
    before = len(house.told("priya"))
    await house.skip(weeks=3)
    assert len(house.told("priya")) == before


async def test_asked_again_in_four_weeks(house: House) -> None:
    await house.held()
    await house.skip(weeks=8, days=1)
    await house.tap("priya", wording.RING_ME)
    await house.tap("fay", wording.ASK_LATER)
    assert "Priya Shah is asked again on Thursday 29 April 2027" in house.shown("fay")
    before = len(house.told("priya"))
    await house.skip(weeks=5)
    assert len(house.told("priya")) == before + 1
    await house.open_door("priya")
    assert wording.Q_OUTCOME_CHILD in house.shown("priya")


async def test_settled_twice_is_settled_once(house: House) -> None:
    await house.held()
    await house.skip(weeks=8, days=1)
    await house.tap("priya", wording.RING_ME)
    card = house.people["fay"].card
    pressed = next(one for one in card["actions"] if one["title"] == wording.ASK_LATER)
    for _ in range(2):
        await house.press("fay", pressed, {})
    assert wording.RING_SETTLED in house.shown("fay")


# A professional-practice concern ------------------------------------------------------------------


async def concern(house: House, worker: str, **inputs: str) -> str:
    key = await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "A concern about practice")
    await house.tap("fay", "Next", worker=worker)
    if inputs is not None:
        await house.tap("fay", "Ask them to ring me", **inputs)
    return key


async def test_the_manager_reads_a_name_and_the_urgent_routes_and_nothing_else(
    house: House,
) -> None:
    key = await concern(house, "requester")
    shown = house.shown("martin")
    assert "Please ring Fay Larsen today. It is about professional practice." in shown
    assert "Ring 999" in shown
    it = await house.record(key)
    for word in (it.reference, "Priya", "child", "situation", *STORY.values()):
        assert word not in shown.replace("immediate risk of harm", "")
    assert house.told("martin")[-1] == "Please ring Fay Larsen today"


async def test_about_a_manager_nobody_is_filled_in(house: House) -> None:
    await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "A concern about practice")
    await house.tap("fay", "Next", worker="manager")
    assert "manager" not in values(house.people["fay"].card)


async def test_who_came_there_by_mistake_goes_back(house: House) -> None:
    key = await house.booked()
    for steps in (("Something has changed",), ("Something has changed", wording.CONCERN)):
        for title in steps:
            await house.tap("fay", title)
        await house.tap("fay", wording.BACK_TO_IT)
        assert "is booked" in house.shown("fay")
    await house.tap("fay", "Something has changed")
    await house.tap("fay", wording.CONCERN)
    await house.tap("fay", "Next", worker="requester")
    await house.tap("fay", wording.BACK_TO_IT)
    assert "is booked" in house.shown("fay")
    assert not (await house.record(key)).changes.called


async def test_not_even_whom_it_concerns_is_kept(house: House) -> None:
    key = await concern(
        house, "other1", manager="Ola Berg", manager_mail="kit@facilitation.example"
    )
    it = await house.record(key)
    assert "other1" not in it.changes.model_dump_json()
    assert await house.draft("fay", "concern", key) is None
    line = (await house.file(key)).audit[-2]
    assert line.act in ("practice-concern", "not-reached")


async def test_one_who_cannot_be_reached_is_for_the_facilitator_alone(house: House) -> None:
    requester = len(house.told("priya"))
    await concern(house, "other1", manager="Ola Berg", manager_mail="ola@police.example")
    assert "Please ring Ola Berg yourself today." in house.shown("fay")
    told = [one for one in house.told("priya")[requester:] if "reach" in one]
    assert told == []


async def test_the_one_who_is_asked_to_ring_gets_no_right_in_it(house: House) -> None:
    await house.arrive("kit")
    key = await concern(
        house, "other1", manager="Ola Berg", manager_mail="kit@facilitation.example"
    )
    assert "Please ring Fay Larsen today" in house.shown("kit")
    for verb in ("request.see", "pickup.see", "story.show", "changes.open"):
        await house.press("kit", {"verb": verb, "data": {"conversation": key}}, {})
        assert wording.NOT_FOR_YOU in house.shown("kit")


# The review ---------------------------------------------------------------------------------------


async def with_review(house: House) -> str:
    key = await house.held()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Set the review date")
    await house.tap("fay", "Set the review date", review_on="2027-03-06")
    return key


async def test_a_saturday_is_asked_on_monday_of_two_people(house: House) -> None:
    await with_review(house)
    assert "again on Monday 8 March 2027" in house.shown("fay")
    house.at = house.local("2027-03-08T09:00")
    await house.sweep.run()
    for who in ("priya", "fay"):
        assert wording.REVIEW_TITLE in house.shown(who)
    for who in ("pat", "nia", "martin"):
        assert wording.REVIEW_TITLE not in house.shown(who)


async def test_a_past_day_is_asked_again(house: House) -> None:
    await house.held()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Set the review date")
    await house.tap("fay", "Set the review date", review_on="2027-01-06")
    assert wording.REVIEW_DATE_PAST in house.shown("fay")


async def test_bring_back_opens_a_new_request_with_the_people_and_no_story(house: House) -> None:
    await with_review(house)
    await house.skip(weeks=5)
    await house.tap("priya", "Send", movement="back", words="It is stuck again.")
    assert "Priya Shah has answered the review" in house.told("fay")[-1]
    await house.open_door("fay")
    assert "It is stuck again." in house.shown("fay")
    await house.tap("priya", wording.REVIEW_AGAIN)
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed"]
    assert draft.answers["nurse_name"] == "Nia Okafor"
    assert draft.answers["manager_mail"] == "martin@socialcare.example"
    assert not set(STORY.values()) & {str(one) for one in draft.answers.values()}


async def test_what_they_wrote_is_read_to_its_end_however_many_notes_are_under_it(
    house: House,
) -> None:
    key = await with_review(house)
    await house.skip(weeks=5)
    await house.tap("priya", "Send", movement="back", words="It is stuck again.")
    (row,) = [
        one
        async for one in house.store.query("conversations", partition=key, key_from="answer-review")
        if "It is stuck again." in str(one.values)
    ]
    long = " ".join(f"Ø{number:04d}é漢" for number in range(5_000))
    texts = row.values["texts_json"].replace("It is stuck again.", long)
    await house.store.put("conversations", replace(row, values={**row.values, "texts_json": texts}))
    await house.open_door("fay")
    read = ""
    while wording.FEEDBACK_READ_NEXT in house.shown("fay"):
        read += house.shown("fay")
        await house.tap("fay", wording.FEEDBACK_READ_NEXT)
    read += house.shown("fay")
    assert [one for one in range(5_000) if f"{one:04d}" not in read] == []


async def test_an_open_request_is_not_written_over(house: House) -> None:
    await with_review(house)
    await house.skip(weeks=5)
    review = house.people["priya"].card
    await house.fill_to("priya", "worry")
    pressed = next(one for one in review["actions"] if one["title"] == "Send")
    await house.press("priya", pressed, {"movement": "back"})
    await house.tap("priya", wording.REVIEW_AGAIN)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.step == "worry"


async def test_the_review_is_not_open_before_its_day_nor_to_others(house: House) -> None:
    key = await with_review(house)
    data = {"flow": "review", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    assert "this opens on the day you agreed, Monday 8 March 2027." in house.shown("priya")
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert wording.NOT_FOR_YOU in house.shown("pat")


async def test_the_agreed_points_are_shown_to_the_two_alone(house: House) -> None:
    key = await with_review(house)
    points = Answers(
        what="learning", by="agreed", version=1, at=house.at, texts={"text": "We ring each Friday."}
    )
    deed = Deed(Act.LEARNING, "test", house.at)
    await house.register.change(key, deed, lambda now: write(now, house.at), lambda _: (points,))
    await house.skip(weeks=5)
    for who in ("priya", "fay"):
        await house.open_door(who)
        assert "We ring each Friday." in house.shown(who)
    for who in ("pat", "nia", "martin"):
        assert "We ring each Friday." not in house.shown(who)
