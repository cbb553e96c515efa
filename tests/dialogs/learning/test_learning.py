"""Typing up the learning document: kept as it is written, whatever device, until it is shared."""

from typing import Any

import pytest

from cards.wording import wording
from dialogs.learning.learning import LEARNING
from dialogs.turn.events import CardAction, Reply
from records.conversation.feedback import Answers
from records.conversation.readiness import Telling, Told
from records.conversation.snapshot import record_row
from records.learning.agencies import agency_key
from records.learning.document import learning_document
from records.partnership.sections import SectionKind
from records.preparation.preparing import settle_telling
from records.register.register import Deed
from records.stages import Act
from tests.dialogs.conftest import STORY, House, texts, values

SECTIONS = wording.partnership.learning.sections

WORRY = "That nobody listens to each other."


async def typing_up(house: House) -> str:
    """Held, and the facilitator sees all sections."""
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    return key


async def at_section(house: House, number: int) -> str:
    key = await typing_up(house)
    await to_section(house, number)
    return key


async def to_section(house: House, number: int) -> None:
    heading = f"{number}. {SECTIONS[number - 1].heading}"
    filled = f"(Open {heading})" in house.shown("fay")
    await house.tap("fay", f"{'Open' if filled else 'Write'} {heading}")


async def texts_of(house: House, key: str, section: str) -> dict[str, str]:
    kept = (await house.file(key)).answers_of("learning", section)
    return kept.texts if kept else {}


async def test_all_sections_are_seen_at_a_glance_with_what_is_filled_in(house: House) -> None:
    await typing_up(house)
    shown = house.shown("fay")
    for number, one in enumerate(SECTIONS, start=1):
        assert f"{number}. {one.heading}" in shown
    assert shown.count("(Write ") == 12
    assert wording.SECTION_FROM_REQUEST in shown
    assert wording.LEARNING_PROVISIONAL in shown


async def test_the_hope_is_offered_from_the_request_and_taken_over_by_saving_it(
    house: House,
) -> None:
    key = await at_section(house, 2)
    held = values(house.people["fay"].card)
    assert held == {
        "purpose_purpose": "\n".join(wording.REASONS[one] for one in ("stuck", "clarity")),
        "purpose_hopes": STORY["hope_child"],
    }
    document = learning_document(await house.file(key), wording.partnership)
    written = [one.text for part in document.parts for one in part.said]
    assert not set(written) & set(STORY.values())
    assert await texts_of(house, key, "purpose") == {}
    await house.tap("fay", "Save and see all sections")
    assert (await texts_of(house, key, "purpose"))["hopes"] == STORY["hope_child"]
    assert wording.SECTION_FROM_REQUEST not in house.shown("fay")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Told.TOLD, "They have been told."),
        (Told.NOT_SAFE, "Not safe or not appropriate, because…"),
    ],
)
async def test_whether_the_family_knows_is_filled_in_as_the_lead_worker_settled_it(
    house: House, how: Told, said: str
) -> None:
    key = await house.booked()
    deed = Deed(Act.TELLING, "key", house.at)
    telling = Telling(how=how, at=house.at, by="requester")
    why = Answers(what="telling", by="because", version=1, at=house.at, texts={"text": "He hits."})
    await house.register.change(
        key, deed, lambda it: settle_telling(it, house.at, telling), lambda _: (why,)
    )
    await house.say("fay", "type up")
    await to_section(house, 3)
    assert values(house.people["fay"].card) == {"family_knows": said}
    assert "He hits." not in house.shown("fay")


async def test_a_section_is_kept_as_it_is_saved_and_the_next_one_opens(house: House) -> None:
    key = await at_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text=WORRY)
    assert "section 5 of 13" in house.shown("fay")
    assert await texts_of(house, key, "worries") == {"text": WORRY}


async def test_weeks_later_on_another_device_everything_is_there(house: House) -> None:
    await at_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text=WORRY)
    await house.discard("fay")
    await house.skip(weeks=5)
    await house.say("fay", "type up")
    await to_section(house, 4)
    assert values(house.people["fay"].card) == {"worries_text": WORRY}


async def test_an_old_card_saves_into_its_own_section(house: House) -> None:
    key = await at_section(house, 4)
    old = house.data("fay", "Save and go on", worries_text=WORRY)
    await house.say("fay", "type up")
    await to_section(house, 5)
    await house.turn("fay", old)
    assert await texts_of(house, key, "worries") == {"text": WORRY}
    await house.discard("fay")
    later = CardAction(old.verb, {**old.data, "worries_text": "More.", "submission": "later"})
    await house.turn("fay", later)
    assert await texts_of(house, key, "worries") == {"text": "More."}


async def test_two_devices_write_one_section_and_neither_text_is_lost(house: House) -> None:
    key = await at_section(house, 4)
    desk = house.data("fay", "Save and go on", worries_text="From the desk.")
    await house.say("fay", "type up")
    await to_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text="From the phone.")
    await house.turn("fay", desk)
    assert await texts_of(house, key, "worries") == {"text": "From the desk."}
    await house.say("fay", "type up")
    await to_section(house, 4)
    assert "From the phone." in house.shown("fay")


async def test_the_same_tap_twice_keeps_one_and_writes_once(house: House) -> None:
    key = await at_section(house, 4)
    tap = house.data("fay", "Save and go on", worries_text=WORRY)
    for _ in range(3):
        await house.turn("fay", tap)
    saved = [one for one in (await house.file(key)).audit if one.act == Act.LEARNING]
    assert len(saved) == 1
    assert "section 5 of 13" in house.shown("fay")


async def test_going_through_without_a_change_writes_nothing(house: House) -> None:
    key = await at_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text=WORRY)
    await house.say("fay", "type up")
    await to_section(house, 4)
    before = (await house.record(key)).audit_sequence
    await house.tap("fay", "Save and see all sections")
    assert (await house.record(key)).audit_sequence == before


async def test_a_text_too_long_to_keep_is_still_there_on_coming_back(house: House) -> None:
    key = await at_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text="x" * 4_500)
    assert "4,500 characters" in house.shown("fay")
    await house.say("fay", "type up")
    await to_section(house, 4)
    assert values(house.people["fay"].card)["worries_text"] == "x" * 4_000
    assert wording.CUT_REST in house.shown("fay")
    assert await texts_of(house, key, "worries") == {}


async def test_fact_and_opinion_are_kept_apart(house: House) -> None:
    key = await at_section(house, 6)
    inputs = {"fact-opinion_fact": "Absent on six days.", "fact-opinion_opinion": "Tired."}
    await house.tap("fay", "Save and go on", **inputs)
    assert await texts_of(house, key, "fact-opinion") == {
        "fact": "Absent on six days.",
        "opinion": "Tired.",
    }


async def test_views_that_differ_stand_side_by_side_and_can_be_changed(house: House) -> None:
    key = await at_section(house, 8)
    await house.tap("fay", "Save and add another", differ_who="Police", differ_words="Safe.")
    await house.tap("fay", "Save and add another", differ_who="Health", differ_words="Unsure.")
    await house.tap("fay", "Change: Police")
    assert values(house.people["fay"].card) == {"differ_who": "Police", "differ_words": "Safe."}
    await house.tap("fay", "Save and see all sections", differ_words="Safe now.")
    assert "2 views" in house.shown("fay")
    document = learning_document(await house.file(key), wording.partnership)
    views = next(one.views for one in document.parts if one.views)
    assert [(one.who, one.words) for one in views] == [
        ("Police", "Safe now."),
        ("Health", "Unsure."),
    ]


async def test_a_view_with_both_cleared_is_taken_out(house: House) -> None:
    key = await at_section(house, 8)
    await house.tap("fay", "Save and add another", differ_who="Police", differ_words="Safe.")
    await house.tap("fay", "Change: Police")
    await house.tap("fay", "Save and see all sections", differ_who="", differ_words="")
    assert await texts_of(house, key, "differ") == {}


@pytest.mark.parametrize(
    ("number", "inputs", "said"),
    [
        (8, {"differ_words": "Safe."}, wording.VIEW_WHO_MISSING),
        (8, {"differ_who": "Police"}, wording.VIEW_WORDS_MISSING),
        (9, {"scaling_words": "We met."}, wording.SCALING_WHO_MISSING),
        (12, {"review_day": "2027-02-01"}, wording.REVIEW_PAST),
        (12, {"review_day": "soon"}, wording.CHOOSE_DATE),
        (13, {"recording_who": "", "recording_words": "Ring."}, wording.RECORDING_WHO_MISSING),
    ],
)
async def test_half_an_answer_is_asked_about_with_what_was_typed_still_there(
    house: House, number: int, inputs: dict[str, Any], said: str
) -> None:
    key = await at_section(house, number)
    before = await house.record(key)
    await house.tap("fay", "Save and see all sections", **inputs)
    assert said in house.shown("fay")
    assert f"section {number} of 13" in house.shown("fay")
    assert (await house.record(key)) == before
    typed = {key: value for key, value in inputs.items() if key.endswith(("words", "who"))}
    shown = values(house.people["fay"].card)
    assert {one: shown.get(one) for one, text in typed.items() if text} == {
        one: text for one, text in typed.items() if text
    }


def numbers(**said: str) -> dict[str, str]:
    """What the one card with everybody's number sends."""
    return {f"scaling_numbers.{who}": number for who, number in said.items()}


WHY = {"scaling_who": "requester", "scaling_words": "We met."}


async def test_everybodys_number_stands_on_one_card(house: House) -> None:
    key = await at_section(house, 9)
    shown = house.shown("fay")
    assert all(name in shown for name in ("Priya Shah", "Nia Okafor", "Pat Reed"))
    said = numbers(requester="4", nurse="0", other1="10")
    await house.tap("fay", "Save and see all sections", **said, **WHY)
    assert "3 of 3" in house.shown("fay")
    document = learning_document(await house.file(key), wording.partnership)
    scalings = next(one.scalings for one in document.parts if one.scalings)
    assert [(one.name, one.number, one.words) for one in scalings] == [
        ("Priya Shah", 4, "We met."),
        ("Nia Okafor", 0, ""),
        ("Pat Reed", 10, ""),
    ]


async def test_the_numbers_said_stand_there_again_and_one_is_changed(house: House) -> None:
    key = await at_section(house, 9)
    await house.tap("fay", "Save and add another", **numbers(requester="4", nurse="7"), **WHY)
    held = values(house.people["fay"].card)
    assert {one: held[one] for one in numbers(requester="", nurse="")} == numbers(
        requester="4", nurse="7"
    )
    await house.tap("fay", "Change: Priya Shah")
    assert values(house.people["fay"].card)["scaling_words"] == "We met."
    await house.tap("fay", "Save and see all sections", **numbers(requester="5"))
    kept = await texts_of(house, key, "scaling")
    assert (kept["requester.number"], kept["requester.words"]) == ("5", "We met.")
    assert kept["nurse.number"] == "7"


async def test_two_taps_that_differ_in_a_number_alone_are_two(house: House) -> None:
    key = await at_section(house, 9)
    first = house.data("fay", "Save and add another", **numbers(requester="4"))
    second = house.data("fay", "Save and add another", **numbers(requester="6"))
    for one in (first, first, second):
        await house.turn("fay", one)
    assert (await texts_of(house, key, "scaling"))["requester.number"] == "6"


async def test_a_card_of_one_number_at_a_time_still_counts(house: House) -> None:
    key = await at_section(house, 9)
    old = {"scaling_who": "nurse", "scaling_number": "3"}
    await house.tap("fay", "Save and go on", **old)
    assert (await texts_of(house, key, "scaling"))["nurse.number"] == "3"


async def test_choosing_somebody_again_without_a_word_takes_nothing_away(house: House) -> None:
    key = await at_section(house, 9)
    await house.tap("fay", "Save and add another", **numbers(requester="4"), **WHY)
    await house.tap("fay", "Save and go on", scaling_who="requester")
    assert (await texts_of(house, key, "scaling"))["requester.words"] == "We met."


@pytest.mark.parametrize("said", [{"zoe": "4"}, {"requester": "11"}, {"requester": "4,nurse=5"}])
async def test_only_what_is_offered_is_kept(house: House, said: dict[str, str]) -> None:
    key = await at_section(house, 9)
    await house.tap("fay", "Save and go on", **numbers(**said))
    kept = await texts_of(house, key, "scaling")
    assert {one: text for one, text in kept.items() if text} in ({}, {"requester.number": "4"})


async def test_each_agency_of_those_who_came_has_its_learning(house: House) -> None:
    key = await at_section(house, 13)
    every = values(house.people["fay"].card)["recording_who"].split(",")
    assert len(every) == 3
    social = agency_key("Social Care")
    one = {"recording_who": social, "recording_words": "We ring first."}
    await house.tap("fay", "Save and add another", **one)
    left = agency_key(wording.NURSE_AGENCY)
    assert set(values(house.people["fay"].card)["recording_who"].split(",")) == {*every} - {social}
    await house.tap(
        "fay", "Save and see all sections", recording_who=left, recording_words="We ask."
    )
    assert "2 of 3" in house.shown("fay")
    kept = await texts_of(house, key, "recording")
    social, health = agency_key("Social Care"), agency_key(wording.NURSE_AGENCY)
    assert kept[f"{social}.words"] == "We ring first."
    assert kept[f"{health}.words"] == "We ask."


async def test_the_review_date_stands_on_the_record_and_can_be_taken_back(house: House) -> None:
    key = await at_section(house, 12)
    await house.tap(
        "fay", "Save and see all sections", review_day="2027-05-03", review_how="We meet again."
    )
    assert "Review on Monday 3 May 2027" in house.shown("fay")
    it = await house.record(key)
    assert str(it.review_on) == "2027-05-03"
    assert [one.act for one in (await house.file(key)).audit][-1] == Act.REVIEW_AGREED
    await to_section(house, 12)
    await house.tap("fay", "Save and see all sections", review_day="")
    assert (await house.record(key)).review_on is None
    assert await texts_of(house, key, "review") == {"how": "We meet again."}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Pat Reed to ring the school by Friday.", "This reads like a task."),
        ("We decided to wait.", "This reads like a decision."),
        ("Alba Quill is not heard.", "This may hold a full name."),
    ],
)
async def test_what_reads_like_a_task_a_decision_or_a_name_is_asked_about_once(
    house: House, text: str, asked: str
) -> None:
    key = await at_section(house, 4)
    await house.tap("fay", "Save and see all sections", worries_text=text)
    assert asked in house.shown("fay")
    assert await texts_of(house, key, "worries") == {"text": text}
    await house.tap("fay", "Save and see all sections")
    assert "4. What are we worried about?" in house.shown("fay")


async def test_typed_words_fill_the_open_section_and_its_button_saves_it(house: House) -> None:
    key = await at_section(house, 4)
    await house.say("fay", WORRY)
    assert await texts_of(house, key, "worries") == {}
    await house.tap("fay", "Save and go on")
    assert await texts_of(house, key, "worries") == {"text": WORRY}


async def test_it_can_be_begun_once_it_is_booked(house: House) -> None:
    key = await house.booked()
    await house.say("fay", "type up")
    await to_section(house, 4)
    await house.tap("fay", "Save and go on", worries_text=WORRY)
    assert await texts_of(house, key, "worries") == {"text": WORRY}
    await house.say("fay", "type up")
    await house.tap("fay", "Look it over before sharing")
    assert wording.SHARE_EARLY in house.shown("fay")


async def test_nobody_else_types_it_up(house: House) -> None:
    key = await typing_up(house)
    for who in ("priya", "martin", "pat", "idris"):
        reply = await house.press(
            who, {"verb": "learning.type-up", "data": {"conversation": key}}, {}
        )
        assert reply.summary == wording.NOT_FOR_YOU
        assert (await house.say(who, "type up")).summary == wording.TYPE_UP_NONE


async def test_a_facilitator_who_handed_over_saves_nothing_more(house: House) -> None:
    key = await at_section(house, 4)
    file = await house.file(key)
    people = tuple(
        one.model_copy(update={"key": house.people["idris"].actor.key})
        if one.id == file.conversation.facilitator
        else one
        for one in file.conversation.people
    )
    it = file.conversation.model_copy(update={"people": people})
    await house.store.update("conversations", record_row(it, file.etag))
    reply: Reply = await house.tap("fay", "Save and go on", worries_text=WORRY)
    assert reply.summary == wording.NOT_FOR_YOU
    assert reply.card is not None
    assert WORRY in texts(reply.card)
    assert await texts_of(house, key, "worries") == {}


def test_every_section_but_the_facts_can_be_written() -> None:
    kinds = [one.kind for one in SECTIONS if one.id not in {step.id for step in LEARNING.steps}]
    assert kinds == [SectionKind.FACTS]


async def test_the_same_words_are_written_for_every_agency_at_once(house: House) -> None:
    key = await at_section(house, 13)
    await house.tap("fay", "Save and see all sections", recording_words="We ring first.")
    document = learning_document(await house.file(key), wording.partnership)
    recorded = next(one.recordings for one in document.parts if one.recordings)
    assert [one.text for one in recorded] == ["We ring first."] * 3


async def test_the_last_section_is_saved_and_the_document_shared_by_one_button(
    house: House,
) -> None:
    key = await at_section(house, 13)
    share = wording.SAVE_SHARE.format(name="Priya Shah")
    await house.tap("fay", share, recording_words="We ring first.")
    it = await house.record(key)
    assert not it.captured.is_open
    assert await house.draft("fay", "learning", key) is None
    assert wording.SHARED_DONE.format(reference=it.reference, name="Priya Shah") in house.shown(
        "fay"
    )
    assert (await texts_of(house, key, "recording"))[f"{agency_key('Social Care')}.words"]


async def test_nothing_is_shared_from_the_last_section_before_it_took_place(house: House) -> None:
    await house.booked()
    await house.say("fay", "type up")
    await to_section(house, 13)
    assert "share with" not in house.shown("fay").casefold()


async def test_every_view_of_many_can_be_changed_and_taken_out(house: House) -> None:
    key = await at_section(house, 8)
    for number in range(1, 15):
        view = {"differ_who": f"Agency {number}", "differ_words": f"View {number}."}
        await house.tap("fay", "Save and add another", **view)
    assert "Change 12 in the list" in house.shown("fay")
    assert "Change 13 in the list" not in house.shown("fay")
    await house.tap("fay", wording.LISTED_OTHERS)
    await house.tap("fay", "Change 14 in the list")
    assert values(house.people["fay"].card)["differ_words"] == "View 14."
    assert "Change 13 in the list" in house.shown("fay"), "the list stays where they were"
    await house.tap("fay", "Save and add another", differ_words="Another view.")
    assert (await texts_of(house, key, "differ"))["14.words"] == "Another view."
    await house.tap("fay", wording.LISTED_OTHERS)
    await house.tap("fay", "Change 13 in the list")
    gone = {"differ_who": "", "differ_words": ""}
    await house.tap("fay", "Save and add another", **gone)
    kept = await texts_of(house, key, "differ")
    assert (kept["13.who"], "14.who" in kept) == ("Agency 14", False)
    await house.tap("fay", wording.LISTED_OTHERS)
    await house.tap("fay", wording.LISTED_OTHERS)
    assert "Change 1 in the list" in house.shown("fay"), "after the last come the first again"
