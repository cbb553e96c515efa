"""The learning document: its headings as data, and what is read back under them."""

from datetime import date

import pytest

from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.learning_state import Captured
from records.conversation.snapshot import Snapshot, answers_key
from records.learning import sharing
from records.learning.agencies import agency_key, cell
from records.learning.document import WHAT, learning_document, views_in
from records.partnership.sections import Section, SectionKind, Source
from records.people import Part, Participant
from records.stages import WrongStage
from records.store.codec import from_values, to_values

SECTIONS = wording.partnership.learning.sections

HOPES = {"hope_you": "Room to think.", "hope_child": "One plan that holds."}


def a_file(it, story, **sections: dict[str, str]) -> Snapshot:
    """A conversation's file with these sections written."""
    at = story.at("2026-11-11 10:00")
    request = Answers(what="request", by="r", version=1, at=at, texts=HOPES)
    rows = [request] + [
        Answers(what=WHAT, by=by, version=1, at=at, texts=texts) for by, texts in sections.items()
    ]
    kept = {answers_key(one.what, one.by): (one, "") for one in rows}
    return Snapshot(it, "", {}, kept, ())


def of_kind(kind: SectionKind) -> Section:
    return next(one for one in SECTIONS if one.kind is kind)


def part(document, kind: SectionKind):
    return next(one for one in document.parts if one.section.kind is kind)


def test_there_are_thirteen_headings_and_each_is_marked_provisional():
    assert len(SECTIONS) == 13
    assert len({one.id for one in SECTIONS}) == 13
    assert all(one.provisional and one.heading and one.hint for one in SECTIONS)
    for one in SECTIONS:
        assert bool(one.asks) == (one.kind in (SectionKind.TEXTS, SectionKind.REVIEW))
        assert len({ask.id for ask in one.asks}) == len(one.asks)


def test_fact_and_opinion_are_two_answers():
    asked = [[ask.id for ask in one.asks] for one in SECTIONS]
    assert ["fact", "opinion"] in asked


def test_the_hope_of_the_request_is_offered_and_stands_there_once_it_is_taken_over(story):
    file = a_file(story.held(), story)
    offers = learning_document(file, wording.partnership, offers=True).parts[1]
    assert [one.text for one in offers.said] == ["", "One plan that holds."]
    purpose = learning_document(file, wording.partnership).parts[1]
    assert (purpose.offered, purpose.kept) == (True, False)
    assert [one.text for one in purpose.said] == ["", ""]
    written = a_file(story.held(), story, purpose={"purpose": "To listen."})
    assert [one.text for one in learning_document(written, wording.partnership).parts[1].said] == [
        "To listen.",
        "",
    ]


def test_a_lead_worker_who_did_not_ask_is_not_shown_the_difference_to_its_writer(story):
    booked = story.booked()
    booking = booked.booking.model_copy(update={"lead": "n"})
    it = booked.model_copy(update={"booking": booking})
    file = a_file(it, story)
    offers = learning_document(file, wording.partnership, offers=True)
    texts = [one.text for one in offers.parts[1].said]
    assert texts == ["", "One plan that holds."]
    assert {ask.source for one in SECTIONS for ask in one.asks} >= {Source.PURPOSE, Source.HOPES}


def test_each_person_who_came_has_a_number_and_nobody_else(story):
    section = of_kind(SectionKind.SCALING)
    texts = {cell("n", "number"): "0", cell("n", "words"): "We met."}
    document = learning_document(
        a_file(story.held(), story, **{section.id: texts}), wording.partnership
    )
    scalings = part(document, SectionKind.SCALING).scalings
    found = [(one.name, one.number, one.words) for one in scalings]
    assert found == [("Priya Shah", None, ""), ("Noor Ali", 0, "We met."), ("Owen Reed", None, "")]


def test_each_agency_records_its_own_learning_once(story):
    section = of_kind(SectionKind.RECORDING)
    texts = {cell(agency_key(" health "), "words"): "We ring first."}
    document = learning_document(
        a_file(story.held(), story, **{section.id: texts}), wording.partnership
    )
    found = [(one.agency, one.text) for one in part(document, SectionKind.RECORDING).recordings]
    assert found == [("Social Care", ""), ("Health", "We ring first."), ("Police", "")]
    nurse, teacher = (
        Participant(id="x", part=Part.OTHER, name="X", agency=agency)
        for agency in ("HEALTH", "Education")
    )
    assert document.recording_for(nurse).text == "We ring first."
    assert document.recording_for(teacher).text == ""


def test_what_was_written_for_an_agency_that_left_is_not_lost(story):
    key = agency_key("Education")
    section = of_kind(SectionKind.RECORDING)
    texts = {cell(key, "words"): "We listen.", cell(key, "who"): "Education"}
    document = learning_document(
        a_file(story.held(), story, **{section.id: texts}), wording.partnership
    )
    assert part(document, SectionKind.RECORDING).recordings[-1].agency == "Education"


def test_views_keep_their_order():
    texts = {"1.who": "Police", "1.words": "Safe.", "2.who": "Health", "2.words": "Not yet."}
    assert [(one.who, one.words) for one in views_in(texts)] == [
        ("Police", "Safe."),
        ("Health", "Not yet."),
    ]


def test_an_empty_document_says_what_is_empty(story):
    document = learning_document(a_file(story.held(), story), wording.partnership)
    filled = [one.section.kind for one in document.parts if one.is_filled]
    assert filled == [SectionKind.FACTS]
    assert document.provisional
    assert document.agencies == ("Social Care", "Health", "Police")


def test_a_conversation_kept_before_there_was_a_document_still_loads(story):
    values = dict(to_values(story.held()))
    values.pop("captured_json")
    assert from_values(Conversation, values).captured == Captured()


def test_a_review_date_is_read_back(story):
    day = date(2027, 3, 1)
    it = sharing.agree_review(story.held(), story.at("2026-11-11 10:00"), day)
    assert from_values(Conversation, to_values(it)).review_on == day


def test_sections_close_when_shared_and_open_again_until_it_is_passed_on(story):
    at = story.at("2026-11-11 10:00")
    shared = sharing.share(sharing.write(story.held(), at), at)
    with pytest.raises(WrongStage):
        sharing.write(shared, at)
    with pytest.raises(WrongStage):
        sharing.share(shared, at)
    again = sharing.share(sharing.write(sharing.open_again(shared, at), at), at)
    assert again.captured.shares == 2
    passed_on = sharing.confirm(again, at, ("n", "n", "nobody"))
    assert passed_on.captured.shared_with == ("n",)
    with pytest.raises(WrongStage):
        sharing.open_again(passed_on, at)


def test_nobody_records_before_it_is_passed_on_and_nobody_twice(story):
    at, later = story.at("2026-11-11 10:00"), story.at("2026-11-12 10:00")
    shared = sharing.share(story.held(), at)
    with pytest.raises(WrongStage):
        sharing.record(shared, at, "n")
    passed_on = sharing.confirm(shared, at, ())
    with pytest.raises(WrongStage):
        sharing.record(passed_on, at, "m")
    once = sharing.record(passed_on, at, "n")
    assert sharing.record(once, later, "n") == once
    assert once.captured.has_recorded("n")
