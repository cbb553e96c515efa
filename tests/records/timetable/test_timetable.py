"""When each message falls due. Source of the rules: the pathway's timing."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.conversation.changes import Ring
from records.conversation.conversation import Booking, Conversation
from records.conversation.request import About, Reason, Request
from records.learning import sharing
from records.outbox.prompt import CHANNEL, Kind
from records.people import Part, Participant
from records.timetable.timetable import Timetable
from tests.quiet import newly_owed

RULES = Timetable(wording.partnership)
DAY = timedelta(days=1)


def due_of(it, kind, who=None):
    found = [one for one in RULES.owed(it) if one.kind is kind and who in (None, one.to)]
    assert len({one.due for one in found}) <= 1
    return found[0].due if found else None


def kinds_for(it, who):
    return sorted(one.kind.value for one in RULES.owed(it) if one.to == who)


# Event end → the 2-day prompt, with the closing tap five minutes before the end.
TWO_DAYS = {
    "an ordinary week": {
        "2026-11-09 10:00": "Wed 2026-11-11 10:00",
        "2026-11-09 14:00": "Wed 2026-11-11 14:00",
        "2026-11-09 16:30": "Wed 2026-11-11 16:00",
        "2026-11-10 10:00": "Thu 2026-11-12 10:00",
        "2026-11-10 14:00": "Thu 2026-11-12 14:00",
        "2026-11-10 16:30": "Thu 2026-11-12 16:00",
        "2026-11-11 10:00": "Fri 2026-11-13 10:00",
        "2026-11-11 14:00": "Fri 2026-11-13 14:00",
        "2026-11-11 16:30": "Fri 2026-11-13 16:00",
        "2026-11-12 10:00": "Fri 2026-11-13 16:00",
        "2026-11-12 14:00": "Fri 2026-11-13 16:00",
        "2026-11-12 16:30": "Fri 2026-11-13 16:00",
        "2026-11-13 10:00": "Fri 2026-11-13 16:00",
        "2026-11-13 14:00": "Mon 2026-11-16 09:00 late",
        "2026-11-13 16:30": "Mon 2026-11-16 09:00 late",
        "2026-11-14 10:00": "Mon 2026-11-16 10:00",
        "2026-11-14 14:00": "Mon 2026-11-16 14:00",
        "2026-11-14 16:30": "Mon 2026-11-16 16:00",
        "2026-11-15 10:00": "Tue 2026-11-17 10:00",
        "2026-11-15 14:00": "Tue 2026-11-17 14:00",
        "2026-11-15 16:30": "Tue 2026-11-17 16:00",
    },
    "Christmas": {
        "2026-12-22 10:00": "Thu 2026-12-24 10:00",
        "2026-12-22 16:30": "Thu 2026-12-24 16:00",
        "2026-12-23 10:00": "Thu 2026-12-24 16:00",
        "2026-12-23 14:00": "Thu 2026-12-24 16:00",
        "2026-12-23 16:30": "Thu 2026-12-24 16:00",
        "2026-12-24 10:00": "Thu 2026-12-24 16:00",
        "2026-12-24 14:00": "Tue 2026-12-29 09:00 late",
        "2026-12-24 16:30": "Tue 2026-12-29 09:00 late",
        "2026-12-30 10:00": "Thu 2026-12-31 16:00",
        "2026-12-31 14:00": "Mon 2027-01-04 09:00 late",
    },
    "Easter and the spring clock change": {
        "2026-03-26 10:00": "Fri 2026-03-27 16:00",
        "2026-03-27 10:00": "Fri 2026-03-27 16:00",
        "2026-03-27 14:00": "Mon 2026-03-30 09:00 late",
        "2026-03-28 10:00": "Mon 2026-03-30 10:00",
        "2026-04-01 10:00": "Thu 2026-04-02 16:00",
        "2026-04-01 16:30": "Thu 2026-04-02 16:00",
        "2026-04-02 10:00": "Thu 2026-04-02 16:00",
        "2026-04-02 14:00": "Tue 2026-04-07 09:00 late",
        "2026-04-02 16:30": "Tue 2026-04-07 09:00 late",
        "2026-04-07 10:00": "Thu 2026-04-09 10:00",
    },
    "August and the autumn clock change": {
        "2026-08-27 14:00": "Fri 2026-08-28 16:00",
        "2026-08-28 10:00": "Fri 2026-08-28 16:00",
        "2026-08-28 16:30": "Tue 2026-09-01 09:00 late",
        # A Saturday before a bank holiday: there is no office hour between, so it goes late.
        "2026-08-29 10:00": "Tue 2026-09-01 09:00 late",
        "2026-10-22 10:00": "Fri 2026-10-23 16:00",
        "2026-10-23 14:00": "Mon 2026-10-26 09:00 late",
        "2026-10-24 10:00": "Mon 2026-10-26 10:00",
        "2026-10-24 16:30": "Mon 2026-10-26 16:00",
    },
}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        pytest.param(end, expected, id=f"{season}, {datetime.fromisoformat(end):%a} {end}")
        for season, table in TWO_DAYS.items()
        for end, expected in table.items()
    ],
)
def test_the_two_day_prompt_after_a_closing_tap(end, expected, story):
    it = story.held(end)
    prompts = [one for one in RULES.owed(it) if one.kind is Kind.FEEDBACK_PROMPT]
    assert [one.to for one in prompts] == ["r", "n", "o"]
    late = " late" if RULES.is_late(it, prompts[0].due) else ""
    assert story.wall(prompts[0].due) + late == expected


@settings(deadline=None, max_examples=150)
@given(
    minutes=st.integers(0, 400 * 24 * 60),
    tap=st.integers(-5, 3 * 24 * 60),
)
def test_the_two_day_prompt_keeps_its_rules_whenever_the_conversation_ends(minutes, tap):
    end = RULES.office.at(datetime(2026, 1, 1).date(), RULES.office.opens)  # noqa: DTZ001  a date
    end += timedelta(minutes=minutes)
    deadline, first = RULES.office.add_days(end, 2), end + timedelta(minutes=tap)
    due = RULES.feedback_prompt_due(deadline, first)
    assert RULES.office.is_open(due)
    assert due - first >= timedelta(hours=4)
    if due > deadline:
        possible = RULES.office.last_open_before(deadline) - first >= timedelta(hours=4)
        assert not possible
        assert RULES.office.local(due).time() == RULES.office.opens


def test_the_feedback_card_is_owed_at_the_closing_tap_whatever_the_hour(story):
    it = story.held("2026-11-14 21:00")
    assert story.wall(due_of(it, Kind.FEEDBACK)) == "Sat 2026-11-14 20:55"


@pytest.mark.parametrize(
    ("end", "hours"),
    [("2026-03-28 10:00", 47), ("2026-10-24 10:00", 49), ("2026-11-09 10:00", 48)],
)
def test_the_deadline_shown_is_two_days_of_wall_time(end, hours, story):
    it = story.held(end)
    assert RULES.feedback_deadline(it) - it.booking.end == timedelta(hours=hours)


# Event end → the first card that asks "did you take part?", and the 2-day prompt after "Yes" there.
SILENT = {
    "2026-11-09 14:00": ("Tue 2026-11-10 09:00", "Wed 2026-11-11 14:00"),
    "2026-11-12 10:00": ("Fri 2026-11-13 09:00", "Fri 2026-11-13 16:00"),
    "2026-11-13 10:00": ("Mon 2026-11-16 09:00", "Tue 2026-11-17 09:00 late"),
    "2026-12-24 10:00": ("Tue 2026-12-29 09:00", "Wed 2026-12-30 09:00 late"),
    "2026-04-02 10:00": ("Tue 2026-04-07 09:00", "Wed 2026-04-08 09:00 late"),
    "2026-10-24 10:00": ("Mon 2026-10-26 09:00", "Tue 2026-10-27 09:00 late"),
    "2026-10-23 10:00": ("Mon 2026-10-26 09:00", "Tue 2026-10-27 09:00 late"),
}


@pytest.mark.parametrize(("end", "expected"), SILENT.items(), ids=SILENT)
def test_where_the_facilitator_is_silent_the_next_morning_asks_who_took_part(end, expected, story):
    it = story.booked(end)
    asked = due_of(it, Kind.TOOK_PART)
    assert story.wall(asked) == expected[0]
    assert due_of(it, Kind.FEEDBACK) is None
    yes = it.took_part(asked + timedelta(minutes=20), "n")
    owed = next(one for one in RULES.owed(yes) if one.kind is Kind.FEEDBACK_PROMPT)
    late = " late" if RULES.is_late(yes, owed.due) else ""
    assert story.wall(owed.due) + late == expected[1]


def test_whoever_says_days_later_that_they_took_part_is_not_prompted_at_once(story):
    it = story.booked("2026-11-09 14:00")
    first = it.took_part(story.at("2026-11-10 09:20"), "n")
    second = first.took_part(story.at("2026-11-16 10:00"), "o")
    assert story.wall(due_of(second, Kind.FEEDBACK_PROMPT, "n")) == "Wed 2026-11-11 14:00"
    assert story.wall(due_of(second, Kind.FEEDBACK_PROMPT, "o")) == "Tue 2026-11-17 09:00"


def test_whoever_the_facilitator_adds_later_gets_the_card_now_and_the_prompt_after_it(story):
    it = story.held("2026-11-09 14:00")
    people = (*story.people, story.facilitator)
    more = it.took_place(story.at("2026-11-12 15:00"), ("r", "n", "o", "m"), people)
    assert story.wall(due_of(more, Kind.FEEDBACK_PROMPT, "r")) == "Wed 2026-11-11 14:00"
    assert story.wall(due_of(more, Kind.FEEDBACK_PROMPT, "m")) == "Fri 2026-11-13 09:00"
    assert due_of(more, Kind.FEEDBACK, "m") <= story.at("2026-11-12 15:00")


def test_one_morning_card_at_most_asks_whether_they_took_part(story):
    it = story.booked("2026-11-09 14:00")
    at = story.at("2026-11-10 09:20")
    assert kinds_for(it.not_there(at, "n"), "n") == ["preparation"]
    assert kinds_for(it.doubt(at, "n"), "n") == ["preparation"]
    said_yes = it.took_part(at, "n")
    assert kinds_for(said_yes, "n") == ["feedback-prompt"]  # the card itself became the feedback
    assert kinds_for(said_yes, "o") == ["took-part"]


def test_a_doubt_reaches_the_facilitator_at_once(story):
    at = story.at("2026-11-10 09:20")
    it = story.booked("2026-11-09 14:00").doubt(at, "n")
    found = [one for one in RULES.owed(it) if one.kind is Kind.DOUBTED]
    assert [(one.to, one.about, one.due) for one in found] == [("f", "n", at)]


@pytest.mark.parametrize(
    ("end", "prompt", "reminder"),
    [
        ("2026-11-10 10:00", "Tue 2027-01-05 10:00", "Tue 2027-01-12 10:00"),
        ("2026-11-13 16:30", "Mon 2027-01-11 09:00", "Mon 2027-01-18 09:00"),
        ("2026-11-03 14:00", "Tue 2026-12-29 14:00", "Tue 2027-01-05 14:00"),
        ("2026-10-30 10:00", "Tue 2026-12-29 09:00", "Mon 2027-01-04 09:00"),
        ("2026-02-24 10:00", "Tue 2026-04-21 10:00", "Tue 2026-04-28 10:00"),
        ("2026-09-22 10:00", "Tue 2026-11-17 10:00", "Tue 2026-11-24 10:00"),
    ],
    ids=["winter", "after hours, a Friday", "just after Christmas", "Christmas Day and New Year",
         "across the spring change", "across the autumn change"],
)  # fmt: skip
def test_the_eight_week_prompt_and_its_one_reminder_keep_the_wall_time(
    end, prompt, reminder, story
):
    it = story.held(end)
    assert story.wall(due_of(it, Kind.OUTCOME, "r")) == prompt
    assert story.wall(due_of(it, Kind.OUTCOME_REMINDER, "r")) == reminder
    assert due_of(story.complete(end), Kind.OUTCOME_REMINDER) is None


@pytest.mark.parametrize(
    ("asked", "reminder"),
    [
        ("2026-11-02 10:00", "Wed 2026-11-04 10:00"),
        ("2026-11-06 15:00", "Tue 2026-11-10 15:00"),
        ("2026-11-06 18:00", "Wed 2026-11-11 09:00"),
        ("2026-12-23 11:00", "Tue 2026-12-29 11:00"),
        ("2026-04-01 10:00", "Tue 2026-04-07 10:00"),
    ],
)
def test_the_manager_is_asked_at_once_and_reminded_after_two_working_days(asked, reminder, story):
    it = story.requested(asked)
    assert due_of(it, Kind.MANAGER_ASK, "m") == story.at(asked)
    assert story.wall(due_of(it, Kind.MANAGER_REMINDER, "m")) == reminder


def test_while_they_talk_first_the_manager_is_left_alone(story):
    talking = story.requested().talk_first(story.at("2026-11-02 12:00"))
    assert kinds_for(talking, "m") == []
    assert kinds_for(talking, "r") == ["talk-first"]
    again = talking.ask_again(story.at("2026-11-03 10:00"))
    assert story.wall(due_of(again, Kind.MANAGER_ASK)) == "Tue 2026-11-03 10:00"
    assert {one.cycle for one in RULES.owed(again) if one.to == "m"} == {"2"}


def test_booking_again_makes_the_earlier_prompts_stale(story):
    it = story.booked("2026-11-10 10:00")
    later = story.booking("2026-11-17 10:00", cycle=2)
    again = it.book(story.at("2026-11-04 10:00"), later, it.people)
    before, after = ({one.id for one in RULES.owed(which)} for which in (it, again))
    assert before.isdisjoint(after)


def test_an_answer_ends_what_is_owed_to_that_person_alone(story):
    at, held = story.at("2026-11-10 10:10"), story.held()
    number = held.give_feedback(at, "n", complete=False)
    assert kinds_for(number, "n") == ["feedback-prompt"]
    assert kinds_for(number, "o") == ["feedback", "feedback-prompt"]
    assert kinds_for(number.give_feedback(at, "n", complete=True), "n") == []


@pytest.mark.parametrize("complete", [False, True], ids=["a number", "all of it"])
def test_feedback_ends_messages_and_begins_none(story, complete):
    at, held = story.at("2026-11-10 10:10"), story.held()
    shared = held.with_(captured=held.captured.model_copy(update={"shared_at": at}))
    rings = shared.with_(
        changes=shared.changes.model_copy(update={"rings": (Ring(who="r", at=at),)})
    )
    for it in (held, shared, rings, held.not_reached(at, "n", ()), held.not_there(at, "o")):
        for who in ("n", "r"):
            number = it.give_feedback(at, who, complete=complete)
            assert newly_owed(RULES, it, number) == set()
            assert newly_owed(RULES, number, it)  # and so it is told what there was before


@pytest.mark.parametrize("stage", ["requested", "agreed"])
def test_before_pick_up_the_channel_and_the_requester_hear_who_was_not_reached(stage, story):
    at = story.at("2026-11-02 14:00")
    it = getattr(story, stage)().not_reached(at, "m", (story.facilitator,))
    told = {one.to: one for one in RULES.owed(it) if one.kind is Kind.NOT_REACHED}
    assert set(told) == ({"r"} if stage == "requested" else {"r", "f", CHANNEL})
    assert {(one.about, one.due) for one in told.values()} == {("m", at)}


def test_after_pick_up_the_facilitator_and_the_requester_hear_who_was_not_reached(story):
    it = story.booked().not_reached(story.at("2026-11-03 09:00"), "n", ())
    assert {one.to for one in RULES.owed(it) if one.kind is Kind.NOT_REACHED} == {"r", "f"}


def not_reached(it):
    """Who is told of somebody not reached, with the ids of the messages."""
    return {one.to: one.id for one in RULES.owed(it) if one.kind is Kind.NOT_REACHED}


def test_who_heard_of_it_as_one_of_the_team_is_not_told_again_when_they_pick_it_up(story):
    team = tuple(
        story.facilitator.model_copy(update={"id": f"f-{name}", "mail": f"{name}@team.example"})
        for name in ("fay", "idris")
    )
    fay = team[0].model_copy(update={"id": "facilitator"})
    it = story.requested().not_reached(story.at("2026-11-02 14:00"), "n", team)
    it = it.agree(story.at("2026-11-02 15:00"), team)
    before = not_reached(it)
    assert set(before) == {"r", "f-fay", "f-idris", CHANNEL}
    after = not_reached(it.pick_up(story.at("2026-11-03 09:00"), fay))
    assert after == {"r": before["r"], "f-fay": before["f-fay"]}


def test_what_comes_after_pick_up_is_told_to_the_facilitator(story):
    fay = story.facilitator.model_copy(update={"id": "facilitator", "mail": "fay@team.example"})
    team = (fay.model_copy(update={"id": "f-fay"}),)
    it = story.requested().agree(story.at("2026-11-02 15:00"), team)
    it = it.pick_up(story.at("2026-11-03 09:00"), fay)
    later = it.not_reached(story.at("2026-11-03 10:00"), "n", ())
    assert set(not_reached(later)) == {"r", "facilitator"}


def test_a_facilitator_who_was_not_reached_is_the_teams_own_matter(story):
    team = (
        story.facilitator.model_copy(update={"id": "f-fay", "mail": "fay@team.example"}),
        story.facilitator.model_copy(update={"id": "f-idris", "mail": "idris@team.example"}),
    )
    it = story.requested().agree(story.at("2026-11-02 14:00"), team)
    it = it.not_reached(story.at("2026-11-02 14:01"), "f-idris", team)
    assert set(not_reached(it)) == {"f-fay", CHANNEL}
    picked_up = it.pick_up(story.at("2026-11-03 09:00"), story.facilitator)
    assert not_reached(picked_up) == {}


def test_nobody_is_told_that_they_themselves_were_not_reached(story):
    it = story.booked().not_reached(story.at("2026-11-03 09:00"), "r", ())
    assert {one.to for one in RULES.owed(it) if one.kind is Kind.NOT_REACHED} == {"f"}


def test_not_reached_again_after_being_reached_is_told_again(story):
    first = story.booked().not_reached(story.at("2026-11-03 09:00"), "n", ())
    again = first.reached("n").not_reached(story.at("2026-11-04 09:00"), "n", ())
    ids = [{o.id for o in RULES.owed(it) if o.kind is Kind.NOT_REACHED} for it in (first, again)]
    assert ids[0].isdisjoint(ids[1])
    assert not [o for o in RULES.owed(first.reached("n")) if o.kind is Kind.NOT_REACHED]


@settings(deadline=None, max_examples=40)
@given(late=st.integers(0, 60 * 24 * 60))
def test_what_is_owed_has_one_id_each_and_never_a_naive_time(late):
    # Every stage of one long story; ids must be unique or a transaction would refuse itself.
    start = RULES.office.at(datetime(2026, 3, 20).date(), RULES.office.opens)  # noqa: DTZ001  a date
    people = tuple(
        Participant(id=f"p{n}", part=part, name="A B")
        for n, part in enumerate([Part.REQUESTER, Part.MANAGER, *[Part.OTHER] * 8])
    )
    it = Conversation(
        id="c", reference="LC-AAAAA", created=start, stage_since=start, asked_at=start,
        people=people,
        request=Request(about=About.ADULT, reasons=(Reason.GOAL,), team="", agency=""),
    )  # fmt: skip
    facilitator = Participant(id="f", part=Part.FACILITATOR, name="F")
    end = start + timedelta(minutes=late)
    booking = Booking(cycle=1, start=end, end=end, wall_start="", zone="", place="", lead="p0",
                      coming=tuple(one.id for one in people))  # fmt: skip
    agreed = it.agree(start, (facilitator,))
    booked = agreed.pick_up(start, facilitator).book(start, booking, (*people, facilitator))
    for one in (it, agreed, booked, booked.took_part(end + DAY, "p2"), booked.end(end)):
        owed = RULES.owed(one.not_reached(end, "p3", ()))
        assert len({o.id for o in owed}) == len(owed)
        assert all(o.due.utcoffset() is not None for o in owed)


# The learning document ----------------------------------------------------------------------------

# Passed on → the one reminder to record, five working days later in office hours.
RECORDING = {
    "2026-11-11 10:00": "Wed 2026-11-18 10:00",
    "2026-11-11 17:30": "Thu 2026-11-19 09:00",
    "2026-11-13 16:00": "Fri 2026-11-20 16:00",
    "2026-11-14 10:00": "Mon 2026-11-23 09:00",
    "2026-12-22 10:00": "Thu 2026-12-31 10:00",
    "2027-03-24 10:00": "Fri 2027-04-02 10:00",
}


@pytest.mark.parametrize(("passed_on", "due"), RECORDING.items())
def test_the_reminder_to_record_comes_after_five_working_days(story, passed_on, due):
    shared = sharing.share(story.held(), story.at("2026-11-10 12:00"))
    it = sharing.confirm(shared, story.at(passed_on), ("n",))
    assert story.wall(due_of(it, Kind.RECORD_REMINDER)) == due
    assert due_of(it, Kind.RECORD) == story.at(passed_on)


def test_nobody_is_asked_to_record_before_it_is_passed_on(story):
    shared = sharing.share(story.held(), story.at("2026-11-10 12:00"))
    assert due_of(story.held(), Kind.LEARNING_SHARED) is None
    assert due_of(shared, Kind.RECORD) is None
    assert due_of(shared, Kind.LEARNING_SHARED, "r") == story.at("2026-11-10 12:00")
    assert story.wall(due_of(shared, Kind.LEARNING_REMINDER, "r")) == "Tue 2026-11-17 12:00"
    opened = sharing.open_again(shared, story.at("2026-11-10 13:00"))
    assert due_of(opened, Kind.LEARNING_SHARED) is None


def test_who_has_recorded_is_asked_no_more_and_the_outcome_changes_nothing(story):
    at = story.at("2026-11-11 10:00")
    it = sharing.confirm(sharing.share(story.complete(), at), at, ())
    assert {one.to for one in RULES.owed(it) if one.kind is Kind.RECORD} == {"r", "n", "o"}
    done = sharing.record(it, at, "n")
    assert {one.to for one in RULES.owed(done) if one.kind is Kind.RECORD} == {"r", "o"}
    assert {one.to for one in RULES.owed(done) if one.kind is Kind.RECORD_REMINDER} == {"r", "o"}


def test_a_document_shared_twice_comes_twice_and_never_the_same_time(story):
    at = story.at("2026-11-11 10:00")
    first = sharing.share(story.held(), at)
    second = sharing.share(sharing.open_again(first, at), at)
    ids = [
        next(one.id for one in RULES.owed(it) if one.kind is Kind.LEARNING_SHARED)
        for it in (first, second)
    ]
    assert len(set(ids)) == 2
