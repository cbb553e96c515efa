"""Anything, in any order: whatever people, Teams and processes do, each is told once what is owed.

A quick run here; `make stateful` runs 2,000 examples of 50 steps.
"""

import os
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from records.booking.moving import book, move
from records.changes.handing_over import keep, offer, take_over
from records.changes.stopping import start, stop
from records.conversation.replacing import comes_instead, replace
from records.manager.waiting import remind_again, stand_aside, wait
from records.outbox import due
from records.stages import Act
from tests.scheduler.conftest import FACILITATOR
from tests.scheduler.one_conversation import (
    ANSWERS,
    OneConversation,
    another_facilitator,
    booking,
    newcomer,
)

WANTED = os.environ.get("STATEFUL_EXAMPLES", "")
EXAMPLES, STEPS = int(WANTED or 12), 50
# The bounds are naive because the zone is drawn apart.
FIRST, LAST = datetime(2026, 1, 1), datetime(2035, 12, 1)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
ONWARD = {
    "agree": Act.AGREE,
    "pick up": Act.PICK_UP,
    "book": Act.BOOK,
    "took place": Act.TOOK_PLACE,
    "feedback": Act.FEEDBACK,
    "outcome": Act.OUTCOME,
}
CHANGES = {
    "move": Act.MOVE,
    "replace": Act.REPLACE,
    "comes instead": Act.REPLACE,
    "stop": Act.STOP,
    "start": Act.START,
    "call off": Act.REBOOK,
    "offer": Act.OFFER,
    "keep": Act.KEEP,
    "take over": Act.TAKE_OVER,
}
REMARKS = {
    "talk first": Act.TALK_FIRST,
    "ask again": Act.ASK_AGAIN,
    "nudge": Act.NUDGE,
    "wait": Act.WAIT,
    "stand aside": Act.STAND_ASIDE,
    "took part": Act.TOOK_PART,
    "not there": Act.NOT_THERE,
    "doubt": Act.DOUBT,
}
ENDS = {"withdraw": Act.WITHDRAW, "decline": Act.DECLINE, "end": Act.END}


def change_of(name, one, who, days, hour, coming):
    """The pure change behind a tap: by whom and what was filled in is drawn beforehand."""
    at, made = one.now, booking(one, days, hour, coming)
    changes = {
        "agree": lambda it: it.agree(at, (FACILITATOR,)),
        "pick up": lambda it: it.pick_up(at, FACILITATOR),
        "book": lambda it: book(it, at, made(it)),
        "took place": lambda it: it.took_place(at, made(it).coming, it.people),
        "feedback": lambda it: it.give_feedback(at, who, complete=bool(coming % 2)),
        "outcome": lambda it: it.give_outcome(at, it.lead),
        "move": lambda it: move(it, at, made(it)),
        "replace": lambda it: replace(it, at, who, newcomer(it)),
        "comes instead": lambda it: comes_instead(it, at, who, newcomer(it)),
        "stop": lambda it: stop(it, at),
        "start": lambda it: start(it, at),
        "call off": lambda it: it.rebook(at),
        "offer": lambda it: offer(it, at, ()),
        "keep": lambda it: keep(it, at),
        "take over": lambda it: take_over(it, at, another_facilitator(it)),
        "talk first": lambda it: it.talk_first(at),
        "ask again": lambda it: it.ask_again(at),
        "nudge": lambda it: remind_again(it, at),
        "wait": lambda it: wait(it, at),
        "stand aside": lambda it: stand_aside(it, at, who),
        "took part": lambda it: it.took_part(at, who),
        "not there": lambda it: it.not_there(at, who),
        "doubt": lambda it: it.doubt(at, who),
        "withdraw": lambda it: it.withdraw(at),
        "decline": lambda it: it.decline(at),
        "end": lambda it: it.end(at),
    }
    return changes[name]


class Pathway(RuleBasedStateMachine):
    """The rules draw; `OneConversation` does it and says what must be true."""

    one: OneConversation | None = None

    @initialize(at=MOMENTS, have_app=st.sets(st.sampled_from(["m", "n", "o"])))
    def request(self, at, have_app):
        self.one = OneConversation(at, have_app)

    def tap(self, data, acts):
        it = self.one.it
        fitting = [name for name, act in acts.items() if it.allows(act)]
        if not fitting:
            return
        name = data.draw(st.sampled_from(fitting), label="act")
        who = data.draw(st.sampled_from([one.id for one in it.present]), label="who")
        filled = data.draw(
            st.tuples(st.integers(1, 20), st.integers(7, 19), st.integers(0, 15)), label="filled"
        )
        at_once = data.draw(st.booleans(), label="at once")
        self.one.does(acts[name], change_of(name, self.one, who, *filled), at_once=at_once)

    @rule(data=st.data())
    def goes_on(self, data):
        self.tap(data, ONWARD)

    @rule(data=st.data())
    def goes_on_as_well(self, data):
        """Twice as often as the rest, or few would come to the end of the pathway."""
        self.tap(data, ONWARD)

    @rule(data=st.data())
    def changes(self, data):
        self.tap(data, CHANGES)

    @rule(data=st.data())
    def starts_again(self, data):
        if self.one.it.stopped_at is not None:
            self.tap(data, {"start": Act.START})

    @rule(data=st.data())
    def remarks(self, data):
        self.tap(data, REMARKS)

    @precondition(lambda self: self.one is not None and self.one.deaths % 3 == 2)
    @rule(data=st.data())
    def ends(self, data):
        """Seldom: little follows."""
        self.tap(data, ENDS)

    @rule(data=st.data(), has=st.booleans())
    def app(self, data, has):
        who = data.draw(st.sampled_from(self.one.it.present), label="who")
        self.one.installs(who) if has else self.one.removes_the_app(who)

    @rule(answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4))
    def teams_will_answer(self, answers):
        self.one.teams.answers.extend(answers)

    @rule(boundary=st.integers(1, 60))
    def process_will_die(self, boundary):
        self.one.dies_at = boundary

    @rule(minutes=st.integers(1, 60 * 24 * 3))
    def time_passes(self, minutes):
        self.one.world.pass_(minutes=minutes)
        self.one.sweeps()

    @rule()
    def something_falls_due(self):
        one, far = self.one, timedelta(days=70)
        at = one.run(due.next_due(one.glass, one.now + far, after=one.now))
        if at is not None:
            one.world.pass_(seconds=(at - one.now).total_seconds())
        one.sweeps()

    @rule()
    def sweeps(self):
        self.one.sweeps()

    @rule()
    def night(self):
        self.one.mends()

    @rule()
    def lists_are_lost(self):
        self.one.loses_the_lists()

    @precondition(lambda self: self.one is not None and self.one.restless)
    @rule()
    def a_quiet_week(self):
        self.one.falls_quiet()
        self.one.at_rest()

    @invariant()
    def always(self):
        if self.one is not None:
            self.one.always()

    def teardown(self):
        if self.one is None:
            return
        try:
            self.one.falls_quiet()
            self.one.at_rest()
        finally:
            self.one.close()


def test_whatever_happens_each_is_told_once_what_is_owed():
    run_state_machine_as_test(
        Pathway,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # The short form is the same every time: new finds belong to those who look for them.
            derandomize=not WANTED,
            suppress_health_check=list(HealthCheck),
        ),
    )
