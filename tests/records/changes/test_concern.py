"""A professional-practice concern: who is asked to ring, and who hears nothing."""

from cards.wording import wording
from records.changes.ringing import ask_to_ring
from records.outbox.prompt import Kind
from records.register.register import Deed, Register
from records.stages import Act
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)


def asked(story):
    at = story.at("2026-11-03 09:00")
    return ask_to_ring(story.booked(), at, "Maria Lee", "maria@care.example")


def test_only_the_one_named_is_asked_to_ring(story):
    it = asked(story)
    assert [one.to for one in RULES.owed(it) if one.kind is Kind.CONCERN] == ["called1"]
    assert {one.id for one in RULES.owed(it)} - {one.id for one in RULES.owed(story.booked())} == {
        one.id for one in RULES.owed(it) if one.kind is Kind.CONCERN
    }


def test_they_are_nobody_else_in_the_conversation(story):
    it = asked(story)
    assert it.people == story.booked().people
    assert it.person("called1").name == "Maria Lee"


def test_where_they_cannot_be_reached_the_facilitator_alone_hears_of_it(story):
    it = asked(story).not_reached(story.at("2026-11-03 09:01"), "called1", ())
    told = [one.to for one in RULES.owed(it) if one.kind is Kind.NOT_REACHED]
    assert told == ["f"]


def test_two_concerns_are_two(story):
    it = ask_to_ring(asked(story), story.at("2026-11-04 09:00"), "Maria Lee", "maria@care.example")
    assert [one.to for one in RULES.owed(it) if one.kind is Kind.CONCERN] == ["called1", "called2"]


async def test_the_audit_trail_has_the_act_and_not_the_worker(story, register: Register):
    it = await register.open(story.booked(), story.answers(), "key-r")
    at = story.at("2026-11-03 09:00")
    deed = Deed(Act.CONCERN, "key-f", at)
    await register.change(
        it.id, deed, lambda now: ask_to_ring(now, at, "Maria Lee", "maria@care.example")
    )
    line = (await register.file(it.id)).audit[-1]
    assert (line.act, line.by) == ("practice-concern", "key-f")
