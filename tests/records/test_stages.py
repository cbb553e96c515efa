"""Every act from every stage, and the diagram in the README."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from records.booking.moving import move
from records.changes import going_on, restricting, second
from records.changes.amending import RequestFacts, amend
from records.changes.handing_over import keep, offer, take_over
from records.changes.happening import rang, something_happened
from records.changes.review import review
from records.changes.ringing import ask_again, ask_to_ring, ring_me
from records.changes.stopping import start, stop
from records.conversation.changes import (
    Assigned,
    Changes,
    Occurrence,
    Offer,
    Pause,
    Restricted,
    Ring,
    Second,
)
from records.conversation.correcting import correct
from records.conversation.feedback import Readership
from records.conversation.readiness import OfTheDay, Point, Readiness, Telling, Told
from records.conversation.replacing import replace
from records.conversation.request import About, Reason, Request
from records.evaluation.quotes import Quote, rule
from records.feedback.reading import ask_to_talk, begin, read
from records.learning import sharing
from records.manager.naming import hand_to_deputy, name_manager
from records.manager.waiting import remind_again, stand_aside, wait
from records.people import NOBODY, Attending, Part, Participant
from records.preparation import coming, preparing
from records.stages import CLOSED, MOVES, Act, Stage, WrongStage, mermaid

SAID = RequestFacts(
    request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="North", agency="SC"),
    contact="01473 000000",
    attending=Attending.YES,
    manager=Participant(id="", part=Part.MANAGER, name="Maria Lee", mail="maria@care.example"),
    others=(),
)
README = Path(__file__).parents[2] / "README.md"
NOT_MOVES = {
    Act.REQUEST,
    Act.NOT_REACHED,
    Act.REACHED,
    Act.BOUND,
    Act.MY_NUMBER,
    Act.PRACTICE_OVER,
    Act.ANSWERS_REMOVED,
    Act.LEARNING_REMOVED,
    Act.WORDS_REMOVED,
    Act.PEOPLE_REMOVED,
    Act.HELD_BACK,
    Act.LET_GO,
    Act.PERSON_ERASED,
    Act.NOTE_ADDED,
}


LONG_AGO = datetime(2026, 11, 1, 9, tzinfo=UTC)
OFFERED = Changes(offers=(Offer(at=LONG_AGO, by="f"),))
HAPPENED = Changes(happened=(Occurrence(who="r", at=LONG_AGO),))
AWAY = Readiness(who="o", cannot_come=OfTheDay(at=LONG_AGO, cycle=1))
RUNG = Changes(rings=(Ring(who="r", at=LONG_AGO),))
LEAD = Participant(id="reads-lead-1", part=Part.FACILITATOR, name="Lena", mail="lena@team.example")
TEAM = Participant(id="f-1", part=Part.FACILITATOR, name="Wyn", mail="wyn@team.example")
ASKED = Changes(seconds=(Second(asked=TEAM, by="f", at=LONG_AGO),))
FEW = Changes(restricted=Restricted(since=LONG_AGO, by="r"), offers=OFFERED.offers)
FEW_ASKED = Changes(
    restricted=Restricted(since=LONG_AGO, by="r", assigned=(Assigned(asked=TEAM, at=LONG_AGO),))
)
READING = Readership(readers=(LEAD,))


def act_on(it, act, story):
    at, people = story.at("2026-11-10 12:00"), (*story.people, story.facilitator)
    quote = Quote(conversation=it.id, by="n", field="happened", text="x", held=at)
    ways = {
        Act.TALK_FIRST: lambda: it.talk_first(at),
        Act.ASK_AGAIN: lambda: it.ask_again(at),
        Act.AGREE: lambda: it.agree(at, ()),
        Act.DECLINE: lambda: it.decline(at),
        Act.PICK_UP: lambda: it.pick_up(at, story.facilitator),
        Act.BOOK: lambda: it.book(at, story.booking("2026-11-20 10:00", cycle=2), people),
        Act.TOOK_PLACE: lambda: it.took_place(at, ("r", "n"), people),
        Act.TOOK_PART: lambda: it.took_part(at, "o"),
        Act.NOT_THERE: lambda: it.not_there(at, "o"),
        Act.DOUBT: lambda: it.doubt(at, "o"),
        Act.PREPARE: lambda: preparing.tick(it, at, "o", (), (Point.MIND,)),
        Act.KNOWS_WHO: lambda: preparing.knows_who(it, at, "o"),
        Act.NOT_YET: lambda: preparing.does_not_know(it, at, "o"),
        Act.MANAGER_KNOWS: lambda: preparing.manager_knows(it, at, "o"),
        Act.ACCEPT: lambda: preparing.accept(it, at, "o"),
        Act.TALK_AGREEMENT: lambda: preparing.talk_about_agreement(it, at, "o"),
        Act.TELLING: lambda: preparing.settle_telling(
            it, at, Telling(how=Told.TOLD, at=at, by=it.lead)
        ),
        Act.CANNOT_COME: lambda: coming.cannot_come(it, at, "o"),
        Act.COMES_AFTER_ALL: lambda: coming.comes_after_all(
            it.with_(readiness=(AWAY,)) if it.booking else it, at, "o"
        ),
        Act.ANOTHER_TIME: lambda: coming.another_time(it, at, "o"),
        Act.HAPPENED: lambda: something_happened(it, at, "r", (), None),
        Act.RANG: lambda: rang(it.with_(changes=HAPPENED), at, "r"),
        Act.CORRECT: lambda: correct(it, at, "o", "una@police.example", NOBODY, shown=True),
        Act.REBOOK: lambda: it.rebook(at),
        Act.END: lambda: it.end(at),
        Act.FEEDBACK: lambda: it.give_feedback(at, "n", complete=False),
        Act.FEEDBACK_CAME: lambda: begin(it, at, ()),
        Act.FEEDBACK_READ: lambda: read(it, at, LEAD),
        Act.ASK_TO_TALK: lambda: ask_to_talk(it.with_(reading=READING), at, "n"),
        Act.OUTCOME: lambda: it.give_outcome(at, "r"),
        Act.NO_OUTCOME: lambda: it.move(act, at, no_outcome_at=at),
        Act.WITHDRAW: lambda: it.withdraw(at),
        Act.LEARNING: lambda: sharing.write(it, at),
        Act.REVIEW_AGREED: lambda: sharing.agree_review(it, at, date(2027, 3, 1)),
        Act.LEARNING_FILE: lambda: sharing.put_file(it, at, "file-1"),
        Act.LEARNING_SHARED: lambda: sharing.share(it, at),
        Act.LEARNING_OPENED: lambda: sharing.open_again(it, at),
        Act.LEARNING_CONFIRMED: lambda: sharing.confirm(it, at, ("n",)),
        Act.RECORDED: lambda: sharing.record(it, at, "n"),
        Act.MOVE: lambda: move(it, at, story.booking("2026-11-20 10:00")),
        Act.OFFER: lambda: offer(it, at, ()),
        Act.KEEP: lambda: keep(it.with_(changes=OFFERED), at),
        Act.TAKE_OVER: lambda: take_over(it.with_(changes=OFFERED), at, story.facilitator),
        Act.RING_ME: lambda: ring_me(it, at, "r"),
        Act.ASK_LATER: lambda: ask_again(it.with_(changes=RUNG), at, "r", at),
        Act.CONCERN: lambda: ask_to_ring(it, at, "Maria Lee", "maria@care.example"),
        Act.REVIEWED: lambda: review(it.with_(review_on=at.date()), at, "r", "moved"),
        Act.STOP: lambda: stop(it, at),
        Act.START: lambda: start(it.with_(changes=Changes(pauses=(Pause(since=at),))), at),
        Act.REPLACE: lambda: replace(it, at, "o", story.people[2]),
        Act.NUDGE: lambda: remind_again(it, at),
        Act.AMEND: lambda: amend(it, at, SAID, SAID, story=True),
        Act.NAME_MANAGER: lambda: name_manager(it, at, "Dana West", "dana@care.example"),
        Act.DEPUTY: lambda: hand_to_deputy(it, at, "Dana West", "dana@care.example"),
        Act.WAIT: lambda: wait(it, at),
        Act.WORDS_RELEASED: lambda: rule(it, at, "key-f", quote, release=True),
        Act.WORDS_KEPT_BACK: lambda: rule(it, at, "key-f", quote, release=False),
        Act.STAND_ASIDE: lambda: stand_aside(it, at, "f"),
        Act.SECOND_ASKED: lambda: second.ask(it, at, TEAM),
        Act.SECOND_JOINED: lambda: second.join(it.with_(changes=ASKED), at, TEAM),
        Act.SECOND_DECLINED: lambda: second.decline(it.with_(changes=ASKED), at),
        Act.SILENT_ASKED: lambda: going_on.ask(it, at, None),
        Act.GOES_ON: lambda: going_on.goes_on(it.with_(silent_asked=at), at),
        Act.SILENT: lambda: going_on.end(it, at),
        Act.SECOND_ENDED: lambda: second.end(it.with_(changes=ASKED), at),
        Act.RESTRICT: lambda: restricting.restrict(it, at, "f", ()),
        Act.ASSIGN: lambda: restricting.assign(it.with_(changes=FEW), at, TEAM),
        Act.ASSIGN_DECLINED: lambda: restricting.decline(it.with_(changes=FEW_ASKED), at),
    }
    return ways[act]()


def document_of(it, story, *, passed_on):
    """The conversation with its document shared, where its stage allows that."""
    if not it.allows(Act.LEARNING_SHARED):
        return it
    shared = sharing.share(it, story.at("2026-11-10 11:00"))
    return sharing.confirm(shared, story.at("2026-11-10 11:30"), ()) if passed_on else shared


def in_stage(stage, story):
    ways = {
        Stage.REQUESTED: story.requested,
        Stage.AGREED: story.agreed,
        Stage.PICKED_UP: story.picked_up,
        Stage.BOOKED: story.booked,
        Stage.HELD: story.held,
        Stage.COMPLETE: story.complete,
        Stage.NOT_THIS_ROUTE: lambda: story.requested().decline(story.at("2026-11-02 11:00")),
        Stage.WITHDRAWN: lambda: story.agreed().withdraw(story.at("2026-11-02 12:00")),
        Stage.ENDED: lambda: story.booked().end(story.at("2026-11-10 12:00")),
    }
    return ways[stage]()


@pytest.mark.parametrize("act", [act for act in Act if act not in NOT_MOVES])
@pytest.mark.parametrize("stage", Stage)
def test_an_act_moves_as_the_table_says_or_is_refused(stage, act, story):
    before = in_stage(stage, story)
    if (stage, act) == (Stage.HELD, Act.DOUBT):
        # Only while the facilitator has not said who came.
        before = story.booked().took_part(story.at("2026-11-10 11:00"), "n")
    if (stage, act) == (Stage.PICKED_UP, Act.TELLING):
        # Only once there has been a date.
        before = story.booked().rebook(story.at("2026-11-10 11:00"))
    if act in (Act.LEARNING_OPENED, Act.LEARNING_CONFIRMED, Act.RECORDED):
        before = document_of(before, story, passed_on=act is Act.RECORDED)
    assert before.stage is stage
    assert before.allows(act) == ((stage, act) in MOVES)
    if (stage, act) not in MOVES:
        with pytest.raises(WrongStage) as refused:
            act_on(before, act, story)
        facts = (refused.value.conversation, refused.value.act, refused.value.stage)
        assert facts == (before.id, act, stage)
        return
    after = act_on(before, act, story)
    assert after.stage is MOVES[stage, act]
    moved = after.stage is not stage
    assert after.stage_since == (story.at("2026-11-10 12:00") if moved else before.stage_since)


@pytest.mark.parametrize("stage", Stage)
def test_somebody_not_reached_is_noted_in_any_stage_and_moves_nothing(stage, story):
    before = in_stage(stage, story)
    noted = before.not_reached(story.at("2026-11-12 09:00"), "m", (story.facilitator,))
    assert noted.stage is stage
    assert [one.who for one in noted.unreached] == ["m"]
    assert not noted.reached("m").unreached[0].still


def test_nothing_leads_out_of_a_closed_stage():
    outward = {(start, act) for (start, act), end in MOVES.items()
               if start in CLOSED and end is not start}  # fmt: skip
    assert outward == set()


def test_every_stage_can_be_come_to_from_a_request():
    known = {Stage.REQUESTED}
    for _ in Stage:
        known |= {end for (start, _act), end in MOVES.items() if start in known}
    assert known == set(Stage)


def test_the_readme_shows_the_same_diagram():
    blocks = re.findall(r"^```mermaid\n(.*?)^```", README.read_text("utf-8"), re.S | re.M)
    assert mermaid() in [block.strip() for block in blocks]


def test_nobody_doubts_what_the_facilitator_or_they_themselves_have_said(story):
    at = story.at("2026-11-10 12:00")
    with pytest.raises(WrongStage):
        story.held().doubt(at, "o")
    with pytest.raises(WrongStage):
        story.booked().took_part(at, "o").doubt(at, "o")
