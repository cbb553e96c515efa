"""Who is ready, who is reminded, and what a new date leaves as it was."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.conversation.readiness import Ask, Point, Telling, Told
from records.conversation.replacing import replace
from records.outbox.prompt import Kind
from records.people import Part, Participant
from records.preparation import preparing
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
POINTS = st.sets(st.sampled_from(Point))


def of(it, kind):
    return [one for one in RULES.owed(it) if one.kind is kind]


def told(it, at, how=Told.TOLD):
    return preparing.settle_telling(it, at, Telling(how=how, at=at, by=it.lead))


def all_said(it, at):
    for who in ("r", "n", "o"):
        it = preparing.accept(it, at, who)
        it = preparing.manager_knows(preparing.knows_who(it, at, who), at, who)
    return told(it, at)


def test_what_is_asked_depends_on_who_they_are(story):
    it = story.booked()
    assert preparing.asked(it, "r") == (Ask.FAMILY, Ask.AGREEMENT)
    assert preparing.asked(it, "n") == (Ask.WHO, Ask.MANAGER, Ask.AGREEMENT)
    assert preparing.asked(it, "m") == (Ask.WHO, Ask.AGREEMENT)
    assert preparing.asked(it, "f") == (Ask.AGREEMENT,)
    led = it.with_(booking=it.booking.model_copy(update={"lead": "n"}))
    assert preparing.asked(led, "n") == (Ask.FAMILY, Ask.WHO, Ask.MANAGER, Ask.AGREEMENT)
    assert preparing.tells(led, "o") == "n"
    assert preparing.tells(led, "n") == "r"


def test_ticks_alone_make_nobody_ready_and_nobody_unready(story):
    at = story.at("2026-11-03 10:00")
    it = preparing.tick(story.booked(), at, "n", (), tuple(Point))
    assert len(preparing.still_open(it, "n")) == 3
    ready = all_said(story.booked(), at)
    assert [preparing.still_open(ready, who) for who in ("r", "n", "o")] == [(), (), ()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a story never changes
@given(there=POINTS, had=POINTS, sent=POINTS)
def test_a_card_changes_only_the_ticks_it_changed(story, there, had, sent):
    at = story.at("2026-11-03 10:00")
    it = preparing.tick(story.booked(), at, "n", (), there)
    after = set(preparing.readiness_of(preparing.tick(it, at, "n", had, sent), "n").ticks)
    for point in Point:
        changed = (point in had) != (point in sent)
        assert (point in after) == ((point in sent) if changed else (point in there))


REMINDERS = {
    "an ordinary Wednesday": ("2026-11-11 14:00", "Tue 2026-11-10 09:00"),
    "a Monday": ("2026-11-16 10:00", "Fri 2026-11-13 09:00"),
    "after Christmas": ("2026-12-29 11:00", "Thu 2026-12-24 09:00"),
    "after Easter": ("2027-03-30 11:00", "Thu 2027-03-25 09:00"),
    "the Monday after the clocks change": ("2027-03-29 11:00", "Thu 2027-03-25 09:00"),
    "the Monday after they change back": ("2026-10-26 11:00", "Fri 2026-10-23 09:00"),
    "a Sunday": ("2026-11-15 11:00", "Fri 2026-11-13 09:00"),
}


@pytest.mark.parametrize(("end", "due"), REMINDERS.values(), ids=REMINDERS)
def test_the_reminder_goes_on_the_morning_of_the_working_day_before(story, end, due):
    it = story.booked(end, at="2026-10-05 13:00")
    found = of(it, Kind.PREPARATION_REMINDER)
    assert {story.wall(one.due) for one in found} == {due}
    assert [one.to for one in found] == ["r", "n", "o"]
    assert all(RULES.office.is_open(one.due) for one in found)


@pytest.mark.parametrize(
    ("booked", "reminded"),
    [("2026-11-10 05:00", True), ("2026-11-10 05:01", False), ("2026-11-11 08:00", False)],
)
def test_nobody_is_reminded_of_a_card_that_has_only_just_come(story, booked, reminded):
    it = story.booked("2026-11-11 14:00", at=booked)
    assert bool(of(it, Kind.PREPARATION_REMINDER)) == reminded


def test_only_those_who_are_not_ready_are_reminded(story):
    at = story.at("2026-11-03 10:00")
    ready = all_said(story.booked(), at)
    assert of(ready, Kind.PREPARATION_REMINDER) == []
    unsettled = ready.with_(telling=None)
    assert [one.to for one in of(unsettled, Kind.PREPARATION_REMINDER)] == ["r"]
    away = story.booked().not_there(at, "n").doubt(at, "o")
    assert [one.to for one in of(away, Kind.PREPARATION_REMINDER)] == ["r"]


def test_somebody_who_takes_a_place_late_gets_the_card_and_no_reminder_on_top(story):
    new = Participant(id="", part=Part.OTHER, name="Una Grey", mail="una@police.example")
    it = story.booked()
    due = of(it, Kind.PREPARATION_REMINDER)[0].due
    late = replace(it, due - timedelta(hours=1), "o", new)
    early = replace(it, due - timedelta(hours=4), "o", new)
    assert len(of(late, Kind.PREPARATION)) == len(of(early, Kind.PREPARATION)) == 3
    assert [one.to for one in of(late, Kind.PREPARATION_REMINDER)] == ["r", "n"]
    assert len(of(early, Kind.PREPARATION_REMINDER)) == 3


def test_not_yet_asks_the_lead_worker_once_a_booking_until_it_is_known(story):
    at = story.at("2026-11-03 10:00")
    it = preparing.does_not_know(story.booked(), at, "o")
    again = preparing.does_not_know(it, at + timedelta(hours=1), "o")
    assert again == it
    (note,) = of(it, Kind.NOT_KNOWN)
    assert (note.to, note.about, note.due) == ("r", "o", at)
    assert of(preparing.knows_who(it, at, "o"), Kind.NOT_KNOWN) == []
    back = preparing.does_not_know(preparing.knows_who(it, at, "o"), at + timedelta(days=1), "o")
    assert [one.id for one in of(back, Kind.NOT_KNOWN)] == [note.id]
    people = (*story.people, story.facilitator)
    moved = it.rebook(at).book(at, story.booking("2026-11-20 10:00", cycle=2), people)
    assert of(moved, Kind.NOT_KNOWN) == []
    asked = of(preparing.does_not_know(moved, at, "o"), Kind.NOT_KNOWN)
    assert len(asked) == 1
    assert asked[0].id != note.id


def test_talk_first_tells_the_facilitator_until_it_is_accepted(story):
    at = story.at("2026-11-03 10:00")
    it = preparing.talk_about_agreement(story.booked(), at, "o")
    assert [(one.to, one.about) for one in of(it, Kind.TALK_AGREEMENT)] == [("f", "o")]
    assert preparing.talk_about_agreement(it, at, "o") == it
    assert Ask.AGREEMENT in preparing.still_open(it, "o")
    assert of(preparing.accept(it, at, "o"), Kind.TALK_AGREEMENT) == []


def test_a_new_date_keeps_what_was_said(story):
    at, later = story.at("2026-11-03 10:00"), story.at("2026-11-05 10:00")
    it = preparing.tick(all_said(story.booked(), at), at, "n", (), (Point.MIND,))
    people = (*story.people, story.facilitator)
    moved = it.rebook(later).book(later, story.booking("2026-11-20 10:00", cycle=2), people)
    assert moved.readiness == it.readiness
    assert preparing.readiness_of(moved, "n").accepted == at
    assert of(moved, Kind.PREPARATION_REMINDER) == []


def test_a_new_lead_worker_keeps_how_the_family_is_told(story):
    at = story.at("2026-11-03 10:00")
    it = told(story.booked(), at, Told.NOT_SAFE)
    new = Participant(id="", part=Part.OTHER, name="Una Grey", mail="una@care.example")
    after = replace(it, at, "r", new)
    assert after.lead != "r"
    assert after.telling == it.telling
    assert Ask.FAMILY not in preparing.still_open(after, after.lead)


def test_somebody_who_does_not_come_or_lead_says_nothing(story):
    at = story.at("2026-11-03 10:00")
    it = story.booked()
    with pytest.raises(WrongStage):
        preparing.accept(it, at, "m")
    with pytest.raises(WrongStage):
        preparing.settle_telling(it, at, Telling(how=Told.TOLD, at=at, by="o"))
    new = Participant(id="", part=Part.OTHER, name="Una Grey", mail="una@police.example")
    with pytest.raises(WrongStage):
        preparing.tick(replace(it, at, "o", new), at, "o", (), (Point.MIND,))
