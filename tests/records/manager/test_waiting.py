"""When a silent manager and a request that nobody picks up are spoken of."""

import pytest

from cards.wording import wording
from records.manager.waiting import remind_again, stand_aside, wait
from records.outbox.prompt import CHANNEL, Kind
from records.people import Part, Participant
from records.register.register import Register
from records.request.owed import MAX_REMINDED
from records.stages import WrongStage
from records.store.contract import MAX_OPERATIONS
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
LEAD = Participant(id="team-lead", part=Part.FACILITATOR, name="The lead", mail="lead@sos.example")


def owed(it, kind):
    return [(one.to, one.due) for one in RULES.owed(it) if one.kind is kind]


# Asked → reminded, the requester asked; both keep wall time, office hours and working days.
SILENT = {
    "2026-11-02 10:00": ("Wed 2026-11-04 10:00", "Mon 2026-11-09 10:00"),
    "2026-11-02 08:00": ("Wed 2026-11-04 09:00", "Mon 2026-11-09 09:00"),
    "2026-11-02 16:00": ("Wed 2026-11-04 16:00", "Mon 2026-11-09 16:00"),
    "2026-11-02 16:01": ("Thu 2026-11-05 09:00", "Tue 2026-11-10 09:00"),
    "2026-11-03 10:00": ("Thu 2026-11-05 10:00", "Tue 2026-11-10 10:00"),
    "2026-11-04 10:00": ("Fri 2026-11-06 10:00", "Wed 2026-11-11 10:00"),
    "2026-11-05 10:00": ("Mon 2026-11-09 10:00", "Thu 2026-11-12 10:00"),
    "2026-11-06 15:00": ("Tue 2026-11-10 15:00", "Fri 2026-11-13 15:00"),
    "2026-11-07 12:00": ("Wed 2026-11-11 09:00", "Mon 2026-11-16 09:00"),
    "2026-11-08 23:00": ("Wed 2026-11-11 09:00", "Mon 2026-11-16 09:00"),
    "2026-12-23 11:00": ("Tue 2026-12-29 11:00", "Mon 2027-01-04 11:00"),
    "2026-04-01 10:00": ("Tue 2026-04-07 10:00", "Fri 2026-04-10 10:00"),
    "2026-03-26 10:00": ("Mon 2026-03-30 10:00", "Thu 2026-04-02 10:00"),
    "2026-10-22 10:00": ("Mon 2026-10-26 10:00", "Thu 2026-10-29 10:00"),
}


@pytest.mark.parametrize(("asked", "expected"), SILENT.items(), ids=SILENT)
def test_two_days_after_the_manager_is_reminded_and_five_after_the_requester_is_asked(
    asked, expected, story
):
    it = story.requested(asked)
    (reminded,) = owed(it, Kind.MANAGER_REMINDER)
    (silent,) = owed(it, Kind.MANAGER_SILENT)
    assert (story.wall(reminded[1]), story.wall(silent[1])) == expected
    assert silent[0] == "r"


def test_a_wait_ends_the_question_and_a_reminder_asks_it_anew_five_days_on(story):
    it = story.requested("2026-11-02 10:00")
    at = story.at("2026-11-10 12:00")
    assert owed(wait(it, at), Kind.MANAGER_SILENT) == []
    again = remind_again(it, at)
    assert ("m", at) in owed(again, Kind.MANAGER_REMINDER)
    assert story.wall(owed(again, Kind.MANAGER_SILENT)[0][1]) == "Tue 2026-11-17 12:00"
    assert owed(again.talk_first(at), Kind.MANAGER_SILENT) == []


def test_asked_again_after_a_talk_is_a_silence_of_its_own(story):
    it = wait(story.requested(), story.at("2026-11-09 12:00"))
    again = it.talk_first(story.at("2026-11-10 09:00")).ask_again(story.at("2026-11-11 09:00"))
    assert story.wall(owed(again, Kind.MANAGER_SILENT)[0][1]) == "Wed 2026-11-18 09:00"


def test_nobody_is_reminded_while_they_talk(story):
    it = story.requested().talk_first(story.at("2026-11-02 12:00"))
    with pytest.raises(WrongStage):
        remind_again(it, story.at("2026-11-10 12:00"))


# Agreed → the team is reminded, the lead asked.
UNCLAIMED = {
    "2026-11-02 11:00": ("Wed 2026-11-04 11:00", "Fri 2026-11-06 11:00"),
    "2026-11-05 18:00": ("Tue 2026-11-10 09:00", "Thu 2026-11-12 09:00"),
    "2026-12-23 11:00": ("Tue 2026-12-29 11:00", "Thu 2026-12-31 11:00"),
    "2026-12-24 15:00": ("Wed 2026-12-30 15:00", "Mon 2027-01-04 15:00"),
    "2026-04-02 10:00": ("Wed 2026-04-08 10:00", "Fri 2026-04-10 10:00"),
}


@pytest.mark.parametrize(("agreed", "expected"), UNCLAIMED.items(), ids=UNCLAIMED)
def test_the_team_is_reminded_and_two_working_days_later_the_lead(agreed, expected, story):
    asked = story.requested(agreed)
    it = asked.agree(story.at(agreed), (story.facilitator,), LEAD)
    reminded = owed(it, Kind.STILL_WAITING)
    assert {to for to, _ in reminded} == {"f", CHANNEL}
    assert {story.wall(due) for _, due in reminded} == {expected[0]}
    assert [(to, story.wall(due)) for to, due in owed(it, Kind.LEAD_ASKED)] == [
        ("team-lead", expected[1])
    ]
    assert [(to, story.wall(due)) for to, due in owed(it, Kind.STILL_LOOKING)] == [
        ("r", expected[1])
    ]


def test_picked_up_nobody_is_reminded(story):
    kinds = {one.kind for one in RULES.owed(story.picked_up())}
    assert kinds.isdisjoint({Kind.STILL_WAITING, Kind.LEAD_ASKED, Kind.STILL_LOOKING})


def test_a_facilitator_who_is_named_in_it_counts_as_too_close(story):
    named = Participant(id="g", part=Part.FACILITATOR, name="Noor", mail="NOOR@health.example")
    it = story.requested().agree(story.at("2026-11-02 11:00"), (named,), LEAD)
    assert owed(it, Kind.ALL_TOO_CLOSE) == [("team-lead", story.at("2026-11-02 11:00"))]
    assert owed(it, Kind.STILL_WAITING) == []


def test_all_too_close_is_told_when_the_last_one_says_so(story):
    at = story.at("2026-11-03 15:00")
    it = stand_aside(story.agreed(), at, "f")
    assert owed(it, Kind.ALL_TOO_CLOSE) == [(CHANNEL, at)]
    assert owed(it, Kind.ANOTHER_AREA) == [("r", at)]
    assert stand_aside(it, story.at("2026-11-04 15:00"), "f") is it


def test_a_team_nobody_could_list_is_not_too_close(story):
    it = story.requested().agree(story.at("2026-11-02 11:00"), ())
    assert owed(it, Kind.ALL_TOO_CLOSE) == []
    assert [to for to, _ in owed(it, Kind.STILL_WAITING)] == [CHANNEL, CHANNEL]


@pytest.mark.parametrize("lead", [None, LEAD], ids=["no lead", "a lead"])
def test_what_the_largest_team_is_owed_fits_one_transaction(lead, story):
    team = tuple(
        Participant(id=f"f{n}", part=Part.FACILITATOR, name="F", mail=f"f{n}@sos.example")
        for n in range(200)
    )
    it = story.requested().agree(story.at("2026-11-02 11:00"), team, lead)
    it = stand_aside(it, story.at("2026-11-02 12:00"), "f0")
    prompts = RULES.owed(it)
    assert len({one.id for one in prompts}) == len(prompts) <= MAX_OPERATIONS - 5
    assert sum(one.kind is Kind.STILL_WAITING for one in prompts) >= MAX_REMINDED


async def test_a_record_kept_before_these_rules_still_loads(register: Register, story):
    it = story.requested()
    assert it.nudges == it.waits == it.aside == ()
    assert it.team_lead is None
    assert await register.open(it, story.answers(), "r") == await register.open(
        it, story.answers(), "r"
    )
