"""A partnership changes its words: what was answered stays under what was asked.

What an earlier process left is set up as it lay in the store and in the chats; `tests/partnerships`
has two real processes.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from cards.feedback.feedback import HAPPENED_FIELDS
from cards.kit.page import ids, mark_of
from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.feedback import SCALE_0, SCALE_10, Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft, Drafts, Open
from records.learning.agencies import cell
from records.learning.document import FilledSection, learning_document
from records.learning.headings import AT_REVIEW, HEADING, HINT, KIND, PLACE, PROVISIONAL
from records.register.register import Deed
from records.stages import Act
from tests.dialogs.conftest import STORY, House

SECTIONS = wording.partnership.learning.sections

OLD_WORRY = "What keeps you awake about this?"
OLD_CHILD = "What will be better for the child?"
OLD_HAPPENED = "What went well in the room?"
OLD = {
    **dict.fromkeys(ids(HAPPENED_FIELDS), "What did you take with you?"),
    "happened": OLD_HAPPENED,
}
"""The second card of the feedback, as it asked the same before its words changed."""


async def left(house: House, who: str, flow: str, key: str, **update: Any) -> Draft:
    """A draft as a process under an earlier set left it."""
    drafts = Drafts(house.store)
    opened = await drafts.find(house.people[who].actor.key, flow, key)
    assert opened is not None
    draft = opened.draft.model_copy(update={"version": 1, **update})
    await drafts.save(Open(draft, opened.etag))
    return draft


async def kept(house: House, key: str, *rows: Answers) -> None:
    """Answers that were kept under an earlier set."""
    deed = Deed(Act.LEARNING, "key", house.at)
    await house.register.change(key, deed, lambda it: it, lambda _: rows)


async def answers(house: House, key: str, what: str, by: str) -> Answers:
    found = (await house.file(key)).answers_of(what, by)
    assert found is not None
    return found


def under(shown: str, question: str) -> str:
    """The line that follows a question on a card."""
    lines = shown.splitlines()
    return lines[lines.index(question) + 1]


# An answer keeps what it was given to -------------------------------------------------------------


async def test_each_answer_of_a_request_is_kept_with_its_question(house: House) -> None:
    key = await house.requested()
    asked = (await answers(house, key, "request", "requester")).asked
    assert asked == {
        "worry": wording.Q_WORRY,
        "hope_you": wording.Q_YOU,
        "hope_you_known": wording.Q_KNOWN,
        "hope_child": wording.Q_CHILD,
        "hope_child_known": wording.Q_KNOWN,
    }


async def send_feedback(house: House) -> None:
    """Skip whatever is still asked, then Send."""
    while "(Send)" not in house.shown("pat"):
        await house.tap("pat", "Next")
    await house.tap("pat", "Send")


async def test_feedback_is_kept_with_what_0_and_10_meant(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await send_feedback(house)
    asked = (await answers(house, key, "feedback", "other1")).asked
    assert asked[SCALE_0] == wording.SCALE_0
    assert asked[SCALE_10] == wording.SCALE_10
    assert asked["happened"] == wording.Q_HAPPENED
    assert "learning" not in asked  # nothing was said there


async def test_the_outcome_is_kept_with_its_questions(house: House) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Calmer.")
    await house.tap("priya", "Next", outcome_you="Lighter.")
    await house.tap("priya", "Send")
    asked = (await answers(house, key, "outcome", "lead")).asked
    assert asked == {
        "outcome_child": wording.Q_OUTCOME_CHILD,
        "outcome_you": wording.Q_OUTCOME_YOU,
    }


async def test_a_reason_and_a_review_are_kept_with_theirs(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Supervision first.")
    assert (await answers(house, key, "not-this-route", "1")).asked == {"text": wording.ROUTE_LABEL}


async def test_about_an_adult_the_question_is_the_persons(house: House) -> None:
    """Both are one question of one set, and follow whom it is about."""
    await house.arrive("priya")
    await house.fill_request()
    await house.tap("priya", f"Change: {wording.ABOUT_LABEL}")
    await house.tap("priya", "Next", about="adult", reasons="stuck")
    assert wording.Q_PERSON in house.shown("priya")
    await house.tap("priya", "Send")
    key = await house.newest()
    assert (await answers(house, key, "request", "requester")).asked["hope_child"] == (
        wording.Q_PERSON
    )


# Cards and drafts of an earlier set ---------------------------------------------------------------


async def test_a_card_of_an_earlier_set_is_answered_under_its_own_words(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    card = house.data("pat", "Next", happened="We listened.")
    await left(house, "pat", "feedback", key, shown=OLD)
    await house.turn("pat", CardAction(card.verb, {**card.data, "asked": mark_of(OLD)}))
    await house.tap("pat", "Next", difference_you="Calmer.")
    await house.tap("pat", "Send")
    asked = (await answers(house, key, "feedback", "other1")).asked
    assert asked["happened"] == OLD_HAPPENED
    assert asked["difference_you"] == wording.Q_DIFFERENCE_YOU


async def test_a_typed_message_answers_the_card_that_was_shown(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await left(house, "pat", "feedback", key, shown=OLD)
    await house.say("pat", "We listened.")
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.questions["happened"] == OLD_HAPPENED


async def test_where_nobody_knows_what_a_card_asked_it_is_asked_again(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    card = house.data("pat", "Next", happened="We listened.")
    await house.turn("pat", CardAction(card.verb, {**card.data, "asked": "0ld0ld00"}))
    shown = house.shown("pat")
    assert wording.ASKED_ANEW in shown
    assert f"{wording.Q_HAPPENED} (optional) [We listened.]" in shown
    assert "happened" not in (await answers(house, key, "feedback", "other1")).texts
    await send_feedback(house)
    found = await answers(house, key, "feedback", "other1")
    assert (found.texts["happened"], found.asked["happened"]) == (
        "We listened.",
        wording.Q_HAPPENED,
    )


async def test_a_tap_on_an_old_scale_is_never_taken_for_an_answer_to_the_new_one(
    house: House,
) -> None:
    key = await house.held()
    card = house.data("pat", "6 out of 10")
    await house.turn("pat", CardAction(card.verb, {**card.data, "asked": "0ld0ld00"}))
    assert wording.ASKED_ANEW in house.shown("pat")
    assert (await house.file(key)).answers_of("feedback", "other1") is None
    await house.tap("pat", "6 out of 10")
    assert (await answers(house, key, "feedback", "other1")).scale == 6


async def test_a_draft_begun_under_one_set_is_sent_under_another(house: House) -> None:
    """The check shows each answer under what it was asked with, and so does the manager's card."""
    await house.arrive("priya", "martin")
    await house.fill_request()
    before = {"worry": OLD_WORRY, "hope_child": OLD_CHILD}
    draft = await house.draft("priya")
    assert draft is not None
    await left(house, "priya", "request", "", questions={**draft.questions, **before})
    await house.say("priya", "request")
    await house.open_door("priya")
    assert under(house.shown("priya"), OLD_WORRY) == STORY["worry"]
    await house.tap("priya", f"Change: {OLD_CHILD}")
    assert wording.ANSWERED_TO.format(question=OLD_CHILD) in house.shown("priya")
    await house.tap("priya", "Next", hope_child="That she sleeps.")
    shown = house.shown("priya")
    assert OLD_CHILD not in shown
    assert under(shown, wording.Q_CHILD) == "That she sleeps."
    await house.tap("priya", "Send")
    await house.open_door("martin")
    assert under(house.shown("martin"), OLD_WORRY) == STORY["worry"]
    assert under(house.shown("martin"), wording.Q_CHILD) == "That she sleeps."
    key = await house.newest()
    asked = (await answers(house, key, "request", "requester")).asked
    assert (asked["worry"], asked["hope_child"]) == (OLD_WORRY, wording.Q_CHILD)


async def test_looked_at_and_left_as_it_was_an_answer_keeps_its_question(house: House) -> None:
    await house.arrive("priya")
    await house.fill_request()
    draft = await house.draft("priya")
    assert draft is not None
    await left(house, "priya", "request", "", questions={**draft.questions, "worry": OLD_WORRY})
    await house.say("priya", "request")
    await house.tap("priya", f"Change: {OLD_WORRY}")
    await house.tap("priya", "Next")
    assert under(house.shown("priya"), OLD_WORRY) == STORY["worry"]


async def test_a_change_keeps_old_and_new_words(house: House) -> None:
    key = await house.requested()
    told = await answers(house, key, "request", "requester")
    await kept(house, key, told.model_copy(update={"asked": {**told.asked, "worry": OLD_WORRY}}))
    await house.turn("priya", CardAction("request.see", {"conversation": key}))
    await house.tap("priya", "Change my answers")
    assert OLD_WORRY in house.shown("priya")
    await house.tap("priya", f"Change: {OLD_WORRY}")
    await house.tap("priya", "Next", worry="Something else.")
    await house.tap("priya", "Save the changes")
    assert (await answers(house, key, "request-before-1", "requester")).asked["worry"] == OLD_WORRY
    now = await answers(house, key, "request", "requester")
    assert now.asked["worry"] == wording.Q_WORRY
    assert now.asked["hope_you"] == wording.Q_YOU


async def test_an_open_step_that_is_no_more_leads_to_the_check(house: House) -> None:
    await house.arrive("priya")
    await house.fill_request()
    await left(house, "priya", "request", "", step="gone")
    await house.say("priya", "request")
    await house.open_door("priya")
    assert wording.CHECK_TITLE in house.shown("priya")
    await left(house, "priya", "request", "", step="gone")
    await house.say("priya", "What now?")
    await house.say("priya", "my requests")


async def test_what_has_no_question_any_more_is_shown_at_the_end(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    draft = await house.draft("priya")
    assert draft is not None
    gone = {"answers": {**draft.answers, "gone": "It was asked once."},
            "questions": {**draft.questions, "gone": "A question of before"},
            "kept": {"gone_too": ("Kept beside.",)}}  # fmt: skip
    await left(house, "priya", "request", "", **gone)
    await house.say("priya", "request")
    await house.open_door("priya")
    shown = house.shown("priya")
    assert under(shown, wording.KEPT_HEADING) == "It was asked once."
    assert "Kept beside." in shown
    await house.tap("priya", "Send")
    assert "It was asked once." in house.shown("priya")  # on the receipt, to be copied


# Where kept answers are shown ---------------------------------------------------------------------


async def retold(house: House, key: str, what: str, by: str, **asked: str) -> None:
    """The same answers, as if they had been given under an earlier set."""
    told = await answers(house, key, what, by)
    await kept(house, key, told.model_copy(update={"asked": {**told.asked, **asked}}))


async def test_manager_and_facilitator_read_each_answer_under_its_question(house: House) -> None:
    key = await house.requested()
    await retold(house, key, "request", "requester", worry=OLD_WORRY)
    await house.turn("martin", CardAction("manager.see", {"conversation": key}))
    assert under(house.shown("martin"), OLD_WORRY) == STORY["worry"]
    await house.agree()
    await house.pick_up()
    assert under(house.shown("fay"), OLD_WORRY) == STORY["worry"]


async def test_a_whole_answer_stands_under_its_question_too(house: House) -> None:
    key = await house.requested()
    told = await answers(house, key, "request", "requester")
    long = {"texts": {**told.texts, "worry": "So much. " * 100}, "asked": {"worry": OLD_WORRY}}
    await kept(house, key, told.model_copy(update=long))
    await house.turn("martin", CardAction("manager.see", {"conversation": key}))
    await house.tap("martin", f"Show all: {OLD_WORRY}")
    assert house.shown("martin").startswith(OLD_WORRY)


async def test_beside_the_outcome_the_hope_has_its_question_where_that_is_another(
    house: House,
) -> None:
    key = await house.held()
    await retold(house, key, "request", "requester", hope_child=OLD_CHILD)
    await house.skip(weeks=9)
    await house.tap("priya", "See what was hoped for")
    assert under(house.shown("priya"), OLD_CHILD) == STORY["hope_child"]


# The learning document ----------------------------------------------------------------------------


def row(house: House, section: str, texts: Mapping[str, str], **asked: str) -> Answers:
    """A section that was written under an earlier set."""
    words = {HEADING: "What troubles us", HINT: "Say it plainly.", KIND: "texts", PLACE: "2",
             AT_REVIEW: "", PROVISIONAL: "yes", **asked}  # fmt: skip
    return Answers(
        what="learning", by=section, version=1, at=house.at, texts=dict(texts), asked=words
    )


def part(file: Snapshot, section: str) -> FilledSection:
    return next(
        one
        for one in learning_document(file, wording.partnership).parts
        if one.section.id == section
    )


async def test_a_section_that_is_no_more_stands_where_it_stood(house: House) -> None:
    key = await house.held()
    gone = row(house, "troubles", {"what": "Nobody listens."}, what="What troubles you most?")
    await kept(house, key, gone)
    file = await house.file(key)
    document = learning_document(file, wording.partnership)
    assert len(document.parts) == len(SECTIONS) + 1
    found = part(file, "troubles")
    assert (found.number, found.section.heading) == (2, "What troubles us")
    assert [(one.label, one.text) for one in found.said] == [
        ("What troubles you most?", "Nobody listens.")
    ]
    await house.tap("fay", "Type up the learning")
    shown = house.shown("fay")
    assert under(shown, "2. What troubles us") == wording.SECTION_EARLIER
    assert f"3. {SECTIONS[1].heading}" in shown
    await house.tap("fay", f"Write 3. {SECTIONS[1].heading}")
    assert "section 3 of 14" in house.shown("fay")


async def test_a_section_keeps_its_heading_until_it_is_written_anew(house: House) -> None:
    key = await house.held()
    await kept(house, key, row(house, "worries", {"text": "Nobody listens."}, text="Old words?"))
    found = part(await house.file(key), "worries")
    assert (found.section.heading, found.said[0].label) == ("What troubles us", "Old words?")
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", f"Open {found.number}. What troubles us")
    assert wording.ANSWERED_TO.format(question="Old words?") in house.shown("fay")
    await house.tap("fay", "Save and see all sections")
    assert part(await house.file(key), "worries").section.heading == "What troubles us"
    await house.tap("fay", f"Open {found.number}. What troubles us")
    await house.tap("fay", "Save and see all sections", worries_text="Nobody hears her.")
    found = part(await house.file(key), "worries")
    assert found.section.heading == SECTIONS[3].heading
    assert (found.said[0].label, found.said[0].text) == (
        SECTIONS[3].asks[0].label,
        "Nobody hears her.",
    )


async def test_a_question_that_a_section_has_no_more_keeps_its_answer(house: House) -> None:
    key = await house.held()
    before = row(
        house, "worries", {"text": "A.", "why": "Since June."}, text="?", why="Since when?"
    )
    await kept(house, key, before)
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Open 2. What troubles us")
    await house.tap("fay", "Save and see all sections", worries_text="B.")
    found = part(await house.file(key), "worries")
    assert [(one.label, one.text) for one in found.said] == [
        (SECTIONS[3].asks[0].label, "B."),
        ("Since when?", "Since June."),
    ]


async def test_a_section_of_another_kind_becomes_one_of_its_own(house: House) -> None:
    key = await house.held()
    views = row(house, "worries", {cell("1", "who"): "Police", cell("1", "words"): "Too slow."},
                **{KIND: "views"})  # fmt: skip
    await kept(house, key, views)
    assert part(await house.file(key), "worries").views[0].words == "Too slow."
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Open 2. What troubles us")
    assert "Too slow." not in house.shown("fay")
    await house.tap("fay", "Save and see all sections", worries_text="B.")
    file = await house.file(key)
    assert part(file, "worries").said[0].text == "B."
    assert part(file, "worries-before-1").views[0].words == "Too slow."
    assert part(file, "worries-before-1").section.heading == "What troubles us"


@pytest.mark.parametrize("texts", [{"what": " "}, {}])
async def test_a_heading_under_which_nothing_stands_goes_with_its_set(
    house: House, texts: dict[str, str]
) -> None:
    key = await house.held()
    await kept(house, key, row(house, "troubles", texts, what="?"))
    assert len(learning_document(await house.file(key), wording.partnership).parts) == len(SECTIONS)


async def test_a_section_from_before_questions_were_kept_does_not_vanish(house: House) -> None:
    key = await house.held()
    await kept(
        house,
        key,
        row(house, "our-troubles", {"what-is": "A."}).model_copy(update={"asked": {}}),
        row(house, "views-then", {"1.who": "P", "1.words": "B."}).model_copy(update={"asked": {}}),
    )
    file = await house.file(key)
    assert part(file, "our-troubles").said[0].text == "A."
    assert part(file, "our-troubles").section.heading == "Our troubles"
    assert part(file, "views-then").views[0].words == "B."


async def test_what_is_typed_on_a_card_of_a_section_that_is_no_more_is_kept(house: House) -> None:
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", f"Write 4. {SECTIONS[3].heading}")
    card = house.data("fay", "Save and go on", worries_text="")
    data = {name: value for name, value in card.data.items() if name != "worries_text"}
    gone = {**data, "step": "troubles", "troubles_what": "Nobody listens."}
    await house.turn("fay", CardAction(card.verb, gone))
    assert "Nobody listens." not in str((await house.file(key)).answers)
    await house.say("fay", "type up")
    await house.open_door("fay")
    shown = house.shown("fay")
    assert under(shown, wording.KEPT_HEADING) == "Nobody listens."
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", wording.SHARE_YES)
    assert "Nobody listens." in house.shown("fay")
