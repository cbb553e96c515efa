"""Every tap by everybody at every stage, against one table of who may. Everybody else changes
nothing, and sees nothing of the story."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cards.wording import wording
from dialogs.root.routes import FILES, FLOWS
from dialogs.root.routes import TAPS as ROUTES
from dialogs.turn.events import CardAction
from records.conversation.snapshot import record_row
from tests.dialogs.conftest import STORY, House, Who, texts
from tests.sampled import some
from tests.security.table import PLAIN

Tables = dict[str, dict[str, dict[str, Any]]]

# Where things stand -----------------------------------------------------------------------------


async def _talked(house: House) -> str:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    return key


async def _not_this_route(house: House) -> str:
    key = await house.requested()
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Supervision first.")
    return key


async def _agreed(house: House) -> str:
    key = await house.requested()
    await house.agree()
    return key


async def _picked_up(house: House) -> str:
    key = await _agreed(house)
    await house.pick_up()
    return key


async def _booked(house: House) -> str:
    key = await house.booked()
    house.at = house.local("2027-02-03T15:40")
    return key


async def _ended(house: House) -> str:
    key = await _booked(house)
    await house.change("Call off the conversation")
    await house.tap("fay", "End it for good")
    return key


async def _eight_weeks(house: House) -> str:
    key = await house.held()
    house.at = house.local("2027-04-02T10:00")
    return key


async def _complete(house: House) -> str:
    key = await _eight_weeks(house)
    await house.sweep.run()
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    return key


async def _shared(house: House) -> str:
    key = await house.held()
    for verb in ("learning.type-up", "learning.share-yes"):
        await house.press("fay", {"verb": verb, "data": {"conversation": key}}, {})
    return key


async def _passed_on(house: House) -> str:
    key = await _shared(house)
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    return key


async def _withdrawn(house: House) -> str:
    key = await _agreed(house)
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})
    return key


async def _stopped(house: House) -> str:
    key = await house.held()
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    return key


STAGES: dict[str, Callable[[House], Awaitable[str]]] = {
    "requested": House.requested,
    "talked": _talked,
    "not-this-route": _not_this_route,
    "agreed": _agreed,
    "picked-up": _picked_up,
    "booked": _booked,
    "ended": _ended,
    "held": House.held,
    "shared": _shared,
    "passed-on": _passed_on,
    "eight-weeks": _eight_weeks,
    "complete": _complete,
    "withdrawn": _withdrawn,
    "stopped": _stopped,
}
PEOPLE = ("stranger", "requester", "manager", "facilitator", "other facilitator", "attendee")
KEYS = dict(zip(PEOPLE, ("zoe", "priya", "martin", "fay", "idris", "pat"), strict=True))

# What is tapped ---------------------------------------------------------------------------------

MOVED = {
    "day": "2027-06-10",
    "start": "10:00",
    "end": "11:00",
    "place": "Room 1",
    "lead": "requester",
    "coming": "requester,other1",
}
NEWCOMER = {
    "whose": "other1",
    "new_name": "Dana Hill",
    "new_agency": "Suffolk Police",
    "new_mail": "dana@police.example",
}
ANSWERS: dict[str, tuple[str, dict[str, str]]] = {
    "request": ("worry", {"worry": "Another worry."}),
    "practice": ("worry", {"worry": "Another worry."}),
    "talk-first": ("message", {"message": "Can we talk first?"}),
    "not-this-route": ("because", {"because": "Supervision."}),
    "amend": ("worry", {"worry": "Another worry."}),
    "deputy": ("deputy", {"deputy_name": "Dana", "deputy_mail": "dana@socialcare.example"}),
    "manager": ("manager", {"manager_name": "Dana", "manager_mail": "dana@socialcare.example"}),
    "booking": ("booking", {**MOVED, "day": "2027-06-03"}),
    "moving": ("moving", MOVED),
    "will-be-told": ("will-be-told", {"teller": "requester", "on": "2027-06-03"}),
    "right-person": (
        "right-person",
        {"right_name": "Una Grey", "right_mail": "una@police.example"},
    ),
    "other-time": ("times", {"times": "Thursday is better."}),
    "taking-part": ("line", {"would_help": "A ramp."}),
    "correct": ("address", {"mail": "una@police.example"}),
    "not-safe": ("because", {"because": "It would not be safe."}),
    "wishes": ("wishes", {"agrees": "yes"}),
    "some-may-know": ("because", {"because": "Her mother may."}),
    "took-place": ("came", {"came": "requester,other1"}),
    "feedback": ("scale", {"scale": "5"}),
    "outcome": ("child", {"outcome_child": "Better."}),
    "learning": ("worries", {"worries_text": "That nobody listens."}),
    "someone-else": ("someone", NEWCOMER),
    "concern": ("concern", {"manager": "Dana", "manager_mail": "dana@police.example"}),
    "review": ("looked-at", {"movement": "moved"}),
    "review-day": ("day", {"review_on": "2027-08-02"}),
    "passed-on": ("who", {"shared_others": "The school."}),
    "rectify": ("note", {"note": "It was a Tuesday."}),
}
TAPS: dict[str, tuple[str, dict[str, Any]]] = {
    verb: (verb, {"field": "worry"}) for verb in ROUTES if not verb.startswith("flow.")
}
for _verb in (one for one in ROUTES if one.startswith("flow.")):
    for _flow in FLOWS:
        _step, _answers = ANSWERS[_flow]
        _data = {"flow": _flow, "step": _step, "to": _step, "field": "worry", **_answers}
        TAPS[f"{_flow} {_verb}"] = (_verb, _data)
del TAPS["file.get"]
TAPS |= {f"file.get {kind}": ("file.get", {"kind": kind}) for kind in FILES}

TAPS["correct.open"] = ("correct.open", {"who": "other1"})
TAPS["managing.leave"] = ("managing.leave", {"flow": "deputy"})
TAPS["prepare.save"] = ("prepare.save", {"had": "", "points": "records"})

# Who may ----------------------------------------------------------------------------------------

FACILITATED = {"picked-up", "booked", "held", "eight-weeks", "complete"}
CHANGES: dict[tuple[str, str], set[str]] = {
    ("manager.agree", "manager"): {"requested", "talked"},
    ("talk-first flow.next", "manager"): {"requested", "talked"},
    ("not-this-route flow.next", "manager"): {"requested", "talked"},
    ("deputy flow.next", "manager"): {"requested", "talked"},
    ("manager flow.next", "requester"): {"requested", "talked", "agreed", "picked-up"},
    ("request.again", "requester"): {"talked"},
    ("correct flow.next", "requester"): {
        "requested",
        "talked",
        "agreed",
        "picked-up",
        "booked",
        "held",
        "eight-weeks",
        "complete",
    },
    ("correct flow.next", "facilitator"): set(FACILITATED),
    **{
        (f"request.{verb}", "requester"): {
            "requested",
            "talked",
            "agreed",
            "picked-up",
            "booked",
        }
        for verb in ("withdraw", "withdraw-yes")
    },
    ("pickup.take", "facilitator"): {"agreed"},
    ("pickup.leave", "facilitator"): {"agreed"},
    ("pickup.leave", "other facilitator"): {"agreed"},
    ("pickup.take", "other facilitator"): {"agreed"},
    ("booking flow.next", "facilitator"): {"picked-up"},
    ("moving flow.next", "facilitator"): {"booked"},
    ("stop.yes", "facilitator"): FACILITATED,
    ("stop.ask", "facilitator"): FACILITATED,
    ("someone-else flow.next", "facilitator"): FACILITATED,
    ("someone-else flow.next", "attendee"): FACILITATED - {"picked-up"},
    ("handover.yes", "facilitator"): FACILITATED,
    ("restrict.yes", "facilitator"): {"picked-up", "booked", "held", "eight-weeks"},
    ("concern flow.next", "facilitator"): FACILITATED,
    ("review-day flow.next", "facilitator"): FACILITATED - {"picked-up", "booked"},
    ("ring.me", "requester"): FACILITATED - {"picked-up", "booked"},
    ("stop.start", "facilitator"): {"stopped"},
    # Whoever is asked to ring has it only once something has happened.
    ("happened.tell", "requester"): {"requested", "talked", "agreed", "booked", *FACILITATED},
    **{
        (said, who): {"booked"}
        for said in ("prepare.nobody", "other-time flow.next", "taking-part flow.next")
        for who in ("requester", "attendee")
    },
    **{
        (f"prepare.{said}", who): {"booked"}
        for said in ("save", "knows", "both", "not-yet", "manager", "accept", "talk")
        for who in ("requester", "attendee")
    },
    ("prepare.accept", "facilitator"): {"booked"},
    # Priya Shah leads.
    **{
        (tap, "requester"): FACILITATED - {"picked-up"}
        for tap in (
            "prepare.told",
            "will-be-told flow.next",
            "not-safe flow.next",
            "some-may-know flow.next",
        )
    },
    ("right-person flow.next", "requester"): {"booked"},
    ("right-person flow.next", "attendee"): {"booked"},
    ("held.rebook", "facilitator"): {"booked"},
    ("held.end", "facilitator"): {"booked"},
    ("took-place flow.next", "facilitator"): {"booked", "held", "eight-weeks"},
    ("feedback.yes", "requester"): {"booked"},
    ("feedback.yes", "attendee"): {"booked"},
    ("feedback.no", "requester"): {"booked", "held", "eight-weeks"},
    ("feedback.no", "attendee"): {"booked", "held", "eight-weeks"},
    ("feedback.not-ahead", "requester"): {"booked"},
    ("feedback.not-ahead", "attendee"): {"booked"},
    ("feedback flow.next", "requester"): {"held"},
    ("feedback flow.next", "attendee"): {"held"},
    ("learning flow.save", "facilitator"): {"booked", "held", "eight-weeks", "complete"},
    ("learning.share-yes", "facilitator"): {"held", "eight-weeks", "complete"},
    ("learning.open-again", "facilitator"): {"shared"},
    ("passed-on flow.next", "requester"): {"shared", "passed-on"},
    ("learning.recorded", "requester"): {"passed-on"},
    ("learning.recorded", "attendee"): {"passed-on"},
}
for _name, _when in CHANGES.items():
    # A document on its way changes nothing about what else may be done once it was held.
    if "held" in _when and not _name[0].startswith("learning"):
        _when |= {"shared", "passed-on"}
READS: dict[str, set[str]] = {
    "requester": set(STAGES),
    "manager": set(STAGES) - {"not-this-route", "withdrawn", "ended", "complete"},
    "facilitator": {
        "picked-up",
        "booked",
        "ended",
        "held",
        "shared",
        "passed-on",
        "eight-weeks",
        "complete",
    },
}

_known: dict[str, tuple[House, str, Tables]] = {}


def _copy(tables: Any) -> Any:
    return {
        table: defaultdict(dict, {name: dict(rows) for name, rows in partitions.items()})
        for table, partitions in tables.items()
    }


@pytest.fixture
async def at(house: House, stage: str) -> tuple[House, str, Tables]:
    """The house at a stage, built once."""
    if stage not in _known:
        house.people["zoe"] = Who("zoe", "Zoe Quinn", "zoe@elsewhere.example")
        await house.arrive("zoe")
        key = await STAGES[stage](house)
        _known[stage] = house, key, _copy(house.store._tables)  # type: ignore[attr-defined]
    return _known[stage]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("stage", STAGES)
async def test_only_those_who_may_change_anything_or_read_the_story(
    at: tuple[House, str, Tables], stage: str, who: str
) -> None:
    house, key, tables = at
    reference = (await house.record(key)).reference
    changed, read, leaked = set(), set(), set()
    may = {name for (name, one), when in CHANGES.items() if one == who and stage in when}
    tried = {*may, *some(TAPS, list(STAGES).index(stage) + list(PEOPLE).index(who))}
    for name, (verb, data) in ((name, TAPS[name]) for name in TAPS if name in tried):
        house.store._tables = _copy(tables)  # type: ignore[attr-defined]
        before = await house.dump()
        event = CardAction(verb, {**data, "conversation": key, "submission": "hand-made"})
        reply = await house.root.handle(house.a_turn(KEYS[who], event))
        house.prompts.clear()
        if await house.dump() != before:
            changed.add(name)
        reply = reply.beside or reply  # a file is offered below the card that was tapped
        assert reply.card is not None
        shown = texts(reply.card) + reply.summary
        if any(text in shown for text in STORY.values()):
            read.add(name)
        if any(text in shown for text in (reference, "Martin", "Pat Reed", "Social Care")):
            leaked.add(name)
    house.store._tables = _copy(tables)  # type: ignore[attr-defined]
    assert changed == may
    if stage not in READS.get(who, set()):
        assert read == set()
    if who == "stranger":
        assert leaked == set()


NAMING = [name for name in TAPS if not name.startswith(("request", "typed"))]


@pytest.mark.parametrize("stage", ["picked-up"])
async def test_a_stranger_is_told_calmly_that_it_is_not_theirs(
    at: tuple[House, str, Tables], stage: str
) -> None:
    house, key, tables = at
    for name in NAMING:
        verb, data = TAPS[name]
        if verb in PLAIN or verb == "flow.show":
            continue
        house.store._tables = _copy(tables)  # type: ignore[attr-defined]
        event = CardAction(verb, {**data, "conversation": key, "submission": "hand-made"})
        reply = await house.root.handle(house.a_turn("zoe", event))
        calm = (wording.NOT_FOR_YOU, wording.FOR_FACILITATORS, wording.FOR_EVALUATORS)
        assert reply.summary in calm, name


@pytest.mark.parametrize("stage", ["eight-weeks"])
async def test_the_outcome_is_the_lead_workers_alone(
    at: tuple[House, str, Tables], stage: str
) -> None:
    house, key, tables = at
    for who in PEOPLE:
        house.store._tables = _copy(tables)  # type: ignore[attr-defined]
        before = await house.dump()
        for verb, data in (
            ("flow.next", {"step": "child", "outcome_child": "Better."}),
            ("flow.next", {"step": "you", "outcome_you": "Calmer."}),
            ("flow.send", {"step": "check"}),
        ):
            event = CardAction(verb, {"flow": "outcome", "conversation": key, **data})
            await house.root.handle(house.a_turn(KEYS[who], event))
        house.prompts.clear()
        assert (await house.dump() != before) == (who == "requester"), who


@pytest.mark.parametrize("stage", ["picked-up", "booked"])
async def test_a_draft_of_somebody_replaced_since_changes_nothing(
    at: tuple[House, str, Tables], stage: str
) -> None:
    """A draft gives no right: whoever facilitates now is asked for at the end, too."""
    house, key, tables = at
    house.store._tables = _copy(tables)  # type: ignore[attr-defined]
    flow, (step, answers) = {
        "picked-up": ("booking", ANSWERS["booking"]),
        "booked": ("took-place", ANSWERS["took-place"]),
    }[stage]
    fay = house.a_turn("fay", CardAction("flow.open", {"flow": flow, "conversation": key}))
    await house.root.handle(fay)
    file = await house.file(key)
    it = file.conversation
    people = tuple(
        one.model_copy(update={"key": house.people["idris"].actor.key})
        if one.id == it.facilitator
        else one
        for one in it.people
    )
    await house.store.update(
        "conversations", record_row(it.model_copy(update={"people": people}), file.etag)
    )
    before = await house.dump()
    data = {"flow": flow, "conversation": key, "step": step, "submission": "x", **answers}
    await house.root.handle(house.a_turn("fay", CardAction("flow.next", data)))
    house.store._tables, after = _copy(tables), await house.dump()  # type: ignore[attr-defined]
    assert after == before
