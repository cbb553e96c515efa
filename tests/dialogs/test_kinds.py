"""The table of message kinds, held against what conversations really do: every scenario of the
cards is walked, and what was owed and drawn on the way tells what each kind is."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from cards.wording import wording
from dialogs.root.routes import FLOWS
from records.conversation.conversation import Conversation
from records.conversation.snapshot import Snapshot
from records.outbox.kinds import KINDS, Kind, To
from records.outbox.prompt import Owed, Prompt
from records.people import Person
from records.stages import MOVES, Stage
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import Parcel
from scheduler.delivery.delivery import Render
from scheduler.messages import rendering
from tests.cards.recipients import recipients
from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import House, elements

LOOKING: Final = ("see", "mine", "read", "show", "get", "people", "telling")
"""How the verbs end that only show something."""
NEWS: Final = {
    Kind.AMENDED: "the manager has been asked; this is what they are asked about now",
    Kind.TALK_FIRST: "they are to talk; asking again is theirs when they have",
    Kind.NOT_THIS_ROUTE: "the request is closed; asking again, changed, is theirs at any time",
    Kind.PREPARATION: "whoever waits a day for the answer sends it after the event",
    Kind.PREPARATION_REMINDER: "the same",
    Kind.DOUBTED: "the facilitator has been asked who came; somebody says that nobody did",
    Kind.HAPPENED: "they are to ring; saying that they did comes after that",
    Kind.STILL_TO_RING: "the same",
    Kind.LEAD_CHANGED: "it is done; the button leads to the conversation",
    Kind.LEAD_NOW: "what can be tapped is that something has happened",
    Kind.NOT_REACHED: "correcting an address is one way of several, the telephone another",
    Kind.SILENT_ENDED: "it has ended; the button begins another one",
    Kind.RING_ME: "they are to ring; saying when to ask again comes after that",
}
"""What can be tapped and is no question, with the reason: it is repeated within minutes."""
EARLIER: Final = {Kind.COMES_INSTEAD: {To.FACILITATOR}}
"""Who is written to in records of an earlier version only, which kept no list of replacements."""
CHOSEN_FIRST: Final = {Kind.REVIEW}
"""A flow's card whose words only go with a choice made on it: typing alone is no answer."""


@dataclass
class Walked:
    """What was seen of the kinds."""

    places: dict[Kind, set[tuple[Stage, frozenset[To]]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    ahead: set[Kind] = field(default_factory=set)
    """Owed for a time that was still to come, so that nobody's act had just caused it."""
    at_any_hour: set[Kind] = field(default_factory=set)
    """Of these, what was due outside office hours."""
    to_who_left: set[Kind] = field(default_factory=set)
    orders: set[tuple[Kind, ...]] = field(default_factory=set)
    """What one person was owed together, in the order in which it was due."""
    taps: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What its cards could be answered with."""
    flows: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The flows whose own first card it was."""

    def place(self, it: Conversation, owed: tuple[Owed, ...]) -> None:
        """Whom it writes to at this stage."""
        for one in owed:
            self.places[one.kind].add((it.stage, recipients(it, one.to)))

    def note(self, house: House, it: Conversation, owed: tuple[Owed, ...]) -> None:
        """What this conversation owes now."""
        queues = defaultdict(list)
        self.place(it, owed)
        for one in sorted(owed, key=lambda one: one.due):
            person = it.person(one.to)
            if person is not None and person.left is not None:
                self.to_who_left.add(one.kind)
            if one.due > house.at:
                self.ahead.add(one.kind)
                if not house.timetable.office.is_open(one.due):
                    self.at_any_hour.add(one.kind)
            queues[one.to].append(one.kind)
        self.orders |= {tuple(queue) for queue in queues.values()}

    def drawn(self, kind: Kind, parcel: Parcel) -> None:
        """The card it became."""
        for one in elements(parcel.card or {}):
            verb, data = one.get("verb", ""), one.get("data", {})
            if verb and verb.split(".")[1] not in LOOKING:
                self.taps[kind].add(f"{verb} {data.get('flow', '')}")
            if verb == "flow.next":
                self.flows[kind].add(data["flow"])


class Walk(House):
    """A house that notes which card each message becomes, or stands behind its door."""

    def __init__(self, walked: Walked) -> None:
        self.walked = walked
        super().__init__(MemoryStore())

    def drawing(self) -> Render:
        """The product's own."""
        draw = super().drawing()

        def noted(prompt: Prompt, file: Snapshot, person: Person | None, reminder: bool) -> Parcel:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(rendering, "holds_words", lambda card: False)
                behind = draw(prompt, file, person, reminder)
            self.walked.drawn(prompt.kind, behind)
            return draw(prompt, file, person, reminder)

        return noted


def futures(it: Conversation) -> Iterator[Conversation]:
    """The same, at each stage that it may still come to, for what the rules would owe it there."""
    ahead, seen = [it.stage], {it.stage}
    while ahead:
        stage = ahead.pop()
        for (start, _), end in MOVES.items():
            if start is stage and end not in seen:
                ahead.append(end)
                seen.add(end)
                yield it.model_copy(update={"stage": end, "withdrawn_from": it.stage})


async def in_the_evening(house: House) -> None:
    """A conversation that ends after office hours."""
    await house.booked()
    await house.change("Move the conversation")
    late = {"day": "2027-02-10", "start": "19:00", "end": "20:30"}
    await house.tap("fay", "Save the change", **late)
    await house.tap("fay", "Save the change")


async def facilitator_is_silent(house: House) -> None:
    """One says that they took part, another doubts that it went ahead, a third says nothing."""
    await house.booked()
    await house.skip(weeks=1, days=2)
    await house.tap("nia", "It didn't go ahead")
    await house.tap("priya", "Yes")


async def all_too_close_and_no_lead(house: House) -> None:
    """The channel hears of it, and of its end."""
    key = await house.requested()
    await house.tap("martin", "Agree")
    for who in ("fay", "idris"):
        await house.tap(who, "I'll facilitate")
        await house.tap(who, "No, leave it for others")
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})


async def withdrawn_from_the_lead(house: House) -> None:
    """The team's lead was asked for a facilitator, and then nobody is needed."""
    lead = (await house.members())[0]
    house.team_lead = lead.model_copy(update={"id": "team-lead", "mail": house.people["kit"].mail})
    house.root = house.second()
    await house.arrive("kit")
    key = await house.requested()
    await house.tap("martin", "Agree")
    await house.skip(days=7)
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})


async def another_manager_after_the_pick_up(house: House) -> None:
    """All three hear of it, also the one who has left."""
    key = await house.requested()
    await house.tap("martin", "Agree")
    await house.tap("fay", "I'll facilitate")
    await house.tap("fay", "Yes, and I'll facilitate")
    opening = {"verb": "flow.open", "data": {"flow": "manager", "conversation": key}}
    await house.press("priya", opening, {})
    nia = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
    await house.tap("priya", "Name this manager", **nia)


async def reader_not_reached(house: House) -> None:
    """The team's lead has not got the app, and their deputy hears of it."""
    await house.arrive("kit")
    house.deputy = (await house.members())[0].model_copy(update={"mail": house.people["kit"].mail})
    lead = house.deputy.model_copy(update={"id": "team-lead", "mail": "lena@facilitation.example"})
    house.team_lead = lead
    house.root = house.second()
    await house.held()
    await house.give_feedback("pat", 3)
    await house.skip(days=2)


WALKS: Final = (
    *SCENARIOS.values(),
    in_the_evening,
    facilitator_is_silent,
    all_too_close_and_no_lead,
    withdrawn_from_the_lead,
    another_manager_after_the_pick_up,
    reader_not_reached,
)


@pytest.fixture(scope="module")
def walked() -> Walked:
    """All walks."""
    found = Walked()
    rules: Any = Timetable.owed
    house: Walk = Walk(found)

    def watched(self: Timetable, it: Conversation) -> tuple[Owed, ...]:
        owed: tuple[Owed, ...] = rules(self, it)
        found.note(house, it, owed)
        for later in futures(it):
            found.place(later, rules(self, later))
        return owed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Timetable, "owed", watched)
        for walk in WALKS:
            house = Walk(found)
            asyncio.run(walk(house))
    return found


def those(flag: str) -> set[Kind]:
    return {kind for kind, one in KINDS.items() if getattr(one, flag)}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_to_whom_and_when(kind: Kind) -> None:
    one = KINDS[kind]
    assert one.who
    assert one.stages
    assert "{" not in one.words(wording.partnership.timings)


@pytest.mark.parametrize("kind", Kind)
def test_it_is_owed_in_the_stages_of_its_line_and_in_no_other(kind: Kind, walked: Walked) -> None:
    assert {stage for stage, _ in walked.places[kind]} == set(KINDS[kind].stages)


@pytest.mark.parametrize("kind", Kind)
def test_it_goes_to_those_whom_its_line_names(kind: Kind, walked: Walked) -> None:
    for _, who in walked.places[kind]:
        assert not who.isdisjoint(KINDS[kind].who)


def test_every_kind_has_been_seen(walked: Walked) -> None:
    """A kind that no scenario reaches has a card that nobody has looked at."""
    assert set(KINDS) == set(walked.places) == set(Kind)


def test_timed_is_what_waits_for_a_time_of_its_own_and_keeps_office_hours(walked: Walked) -> None:
    assert walked.at_any_hour == {Kind.CLOSING}, "it comes as the conversation ends"
    assert those("timed") == walked.ahead - walked.at_any_hour


def test_parting_is_what_goes_to_somebody_who_has_left(walked: Walked) -> None:
    assert those("parting") == walked.to_who_left


def test_a_message_asks_if_its_card_can_be_answered(walked: Walked) -> None:
    answered = {kind for kind, taps in walked.taps.items() if taps}
    assert set(NEWS) <= answered
    assert those("asks") == answered - set(NEWS)


def test_a_timed_message_that_is_answered_as_an_earlier_one_reminds_of_it(walked: Walked) -> None:
    found = defaultdict(set)
    for later, first in _same_answers(walked):
        found[later].add(first)
    assert found == {kind: {KINDS[kind].reminds} for kind in those("reminds")}


def _same_answers(walked: Walked) -> Iterator[tuple[Kind, Kind]]:
    """Each timed kind, with the first in some queue that has an answer in common with it."""
    for queue in walked.orders:
        for place, later in enumerate(queue):
            before = (one for one in queue[:place] if walked.taps[one] & walked.taps[later])
            first = next(before, later)
            if first is not later and later in walked.ahead - walked.at_any_hour:
                yield later, first


def test_typed_words_answer_the_flow_whose_card_came(walked: Walked) -> None:
    cards = {kind: flows for kind, flows in walked.flows.items() if kind not in CHOSEN_FIRST}
    assert cards == {kind: {KINDS[kind].opens} for kind in those("opens")}
    assert {KINDS[kind].opens for kind in those("opens")} <= set(FLOWS)


@pytest.mark.parametrize("kind", Kind)
def test_everybody_whom_a_line_names_has_been_written_to(kind: Kind, walked: Walked) -> None:
    written_to = frozenset().union(*(who for _, who in walked.places[kind]))
    assert set(KINDS[kind].who) - written_to == EARLIER.get(kind, set())
