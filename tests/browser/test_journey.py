"""From a request to its outcome through four people's windows, and what was kept, word for word.

The demo's clock starts on a Monday morning and is skipped on from there. Writes `journey/`: a
picture of every card, and values.json with each question, what was typed and what was kept.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import kept
import pytest
from journeys import MONDAY, PICTURES, Journey
from others import others_meet_too
from steps_after import a_manager_is_asked_to_ring, eight_weeks_on, they_look_at_it_again
from steps_board import (
    one_is_found_by_agency_and_reference,
    one_of_her_own_is_opened,
    the_board_shows_what_waits,
)
from steps_booking import (
    it_is_booked,
    the_channel_hears_of_it_without_the_story,
    the_facilitator_picks_it_up,
    the_manager_agrees,
    who_cannot_be_reached_is_named,
)
from steps_day import (
    everything_is_said,
    the_day_comes_and_feedback_goes_out,
    two_answer_and_one_is_prompted,
)
from steps_document import the_learning_is_typed_up, the_pack_is_there_for_the_day
from steps_evaluation import (
    a_period_is_closed_and_chosen,
    the_files_say_what_the_card_said,
    this_quarter_in_figures,
    words_are_read_and_two_are_released,
)
from steps_harm import (
    one_cannot_come_and_says_so_by_a_tap,
    some_may_know_and_others_must_not,
    something_has_happened,
)
from steps_preparation import (
    one_does_not_know_who_it_is_about,
    only_who_is_not_ready_is_reminded,
    somebody_else_is_the_right_person,
    the_date_goes_into_anybodys_calendar,
    the_facilitator_sees_how_far_people_are,
    the_lead_worker_settles_who_tells_the_family,
    the_manager_gets_ready,
    the_others_only_hear_not_to_raise_it,
    the_ticks_are_remembered,
)
from steps_request import (
    a_card_passed_on_to_somebody_else_stays_shut,
    check_change_and_send,
    request_up_to_the_hopes,
    the_bot_is_killed_and_the_draft_is_still_there,
    the_card_from_before_the_crash_tells_nothing_any_more,
    the_hopes,
)
from steps_sharing import (
    it_is_shared_with_the_lead_worker_alone,
    the_lead_worker_passes_it_on,
    two_record_it_and_one_is_reminded,
)
from steps_upload import a_finished_file_is_handed_in, it_goes_to_the_lead_worker_as_it_was
from teams_window import browser

from bot.demo import Demo, Options
from bot.demo.personas import FACILITATOR, MANAGER, NURSE, PARTNER, PRACTITIONER, TEACHER
from cards.wording import wording as w

pytestmark = pytest.mark.journey


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    options = replace(Options.on_free_ports(tmp_path), demo_time=MONDAY)
    async with Demo(options) as running:
        yield running


async def test_from_the_request_to_its_outcome_in_four_windows(demo: Demo) -> None:
    async with browser() as chromium:
        journey = Journey(demo, (NURSE, PARTNER, TEACHER), left_out=(NURSE,))
        await journey.open(chromium, PRACTITIONER, MANAGER, FACILITATOR, PARTNER)
        await request_up_to_the_hopes(journey)
        await the_bot_is_killed_and_the_draft_is_still_there(journey)
        await the_hopes(journey)
        await check_change_and_send(journey)
        await the_card_from_before_the_crash_tells_nothing_any_more(journey)
        await a_card_passed_on_to_somebody_else_stays_shut(journey)
        await the_manager_agrees(journey)
        await the_channel_hears_of_it_without_the_story(journey)
        await the_facilitator_picks_it_up(journey)
        await it_is_booked(journey)
        await who_cannot_be_reached_is_named(journey, TEACHER)
        await the_date_goes_into_anybodys_calendar(journey)
        await the_ticks_are_remembered(journey)
        await one_does_not_know_who_it_is_about(journey)
        await the_manager_gets_ready(journey)
        await the_lead_worker_settles_who_tells_the_family(journey)
        await the_others_only_hear_not_to_raise_it(journey)
        await the_facilitator_sees_how_far_people_are(journey)
        await only_who_is_not_ready_is_reminded(journey)
        await the_pack_is_there_for_the_day(journey)
        await the_day_comes_and_feedback_goes_out(journey)
        await two_answer_and_one_is_prompted(journey)
        await the_learning_is_typed_up(journey)
        await it_is_shared_with_the_lead_worker_alone(journey)
        await the_lead_worker_passes_it_on(journey)
        await two_record_it_and_one_is_reminded(journey)
        await a_manager_is_asked_to_ring(journey)
        await they_look_at_it_again(journey)
        await eight_weeks_on(journey)
        await everything_typed_was_kept_word_for_word(journey)
        await the_facilitators_look_at_the_whole(journey)


async def test_who_cannot_be_reached_is_named_to_those_who_can_ring_them(demo: Demo) -> None:
    """On phones, and with somebody invited who has no Teams."""
    async with browser() as chromium:
        journey = Journey(demo, (NURSE, TEACHER), "phone-")
        await journey.open(chromium, PRACTITIONER, MANAGER, FACILITATOR, PARTNER, phone=True)
        await request_up_to_the_hopes(journey)
        await the_hopes(journey)
        await journey.picture(journey.practitioner, "request-check")
        await journey.practitioner.click(w.SEND)
        await the_manager_agrees(journey)
        await the_facilitator_picks_it_up(journey)
        await it_is_booked(journey)
        await who_cannot_be_reached_is_named(journey, NURSE, TEACHER)
        await somebody_else_is_the_right_person(journey)
        await some_may_know_and_others_must_not(journey)
        await one_cannot_come_and_says_so_by_a_tap(journey)
        await something_has_happened(journey)
        await journey.skip("skip 1 day", "Tuesday 2 February 2027, ")
        await the_day_comes_and_feedback_goes_out(journey)
        await everything_is_said(journey)
        file = await a_finished_file_is_handed_in(journey)
        await it_goes_to_the_lead_worker_as_it_was(journey, file)
        assert journey.cut == []
        found = await journey.kept()
        assert [one for one in found.compare(journey.typed) if not one["same"]] == []
        others = await others_meet_too(demo)
        own = str(found.conversation["reference"])
        await the_board_shows_what_waits(journey, others, own)
        await one_of_her_own_is_opened(journey, own, 2)
        await this_quarter_in_figures(journey)
        assert journey.cut == []


async def the_facilitators_look_at_the_whole(journey: Journey) -> None:
    """The board, then the figures of these weeks, with what others did in them."""
    own = str((await journey.kept()).conversation["reference"])
    others = await others_meet_too(journey.demo)
    await the_board_shows_what_waits(journey, others)
    await one_of_her_own_is_opened(journey, others.booked, 1)
    await one_is_found_by_agency_and_reference(journey, others, own)
    figures = await a_period_is_closed_and_chosen(journey)
    await words_are_read_and_two_are_released(journey)
    await the_files_say_what_the_card_said(journey, figures)
    assert journey.cut == []


async def everything_typed_was_kept_word_for_word(journey: Journey) -> None:
    """Read from the tables; written down beside what was typed."""
    found = await journey.kept()
    compared = found.compare(journey.typed)
    kept.write(PICTURES / "values.json", compared, found)
    assert [one for one in compared if not one["same"]] == []
    assert found.conversation["stage"] == "complete"
    assert journey.cut == []
    sent = {
        who: [one["kind"] for one in prompts if one["state"] == "sent"]
        for who, prompts in found.sent_per_person().items()
    }
    assert sent[PARTNER.name] == [
        "preparation",
        "telling-settled",
        "do-not-raise",
        "preparation-reminder",
        "feedback",
        "record",
    ]
    assert sent[MANAGER.name] == [
        "manager-ask",
        "preparation",
        "telling-settled",
        "do-not-raise",
        "feedback",
        "feedback-prompt",
        "record",
        "record-reminder",
    ]
    told = [kind for kind in sent[PRACTITIONER.name] if kind != "not-reached"]
    assert told == [
        "agreed",
        "picked-up",
        "preparation",
        "not-known",
        "feedback",
        "learning-shared",
        "record",
        "review",
        "outcome",
    ]
    assert sent["the team's channel"].count("waiting") == 1
