"""What anybody may try in a state: real taps, every verb and every step, typed words, and files.

The data of a tap is what cards of this state carry, or a guess: another conversation's id, another
person's, nothing, or what is no text at all.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final
from zlib import crc32

from dialogs.files.files import NotTheirs, NotThere, follow
from dialogs.root.root import hand_in
from dialogs.root.routes import COMMANDS, FILES, FLOWS
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, Event, FileConsent, FileSent, Message, Reply, Target
from tests.security.cast import EVERYBODY, PLAYERS, Marked, actions
from tests.security.states import State
from tests.security.table import (
    IN_FLOW,
    OF_EVALUATORS,
    OF_FILE,
    OF_FLOW,
    OF_TAP,
    OF_THE_TEAM,
    RIGHT,
)

INPUTS: Final[Mapping[str, Any]] = {
    "new_name": "Dana Hill", "new_mail": "dana@police.example", "new_agency": "Suffolk Police",
    "manager_name": "Dana Hill", "manager_mail": "dana@police.example", "manager": "Dana Hill",
    "deputy_name": "Dana Hill", "deputy_mail": "dana@police.example",
    "right_name": "Dana Hill", "right_mail": "dana@police.example", "whose": "manager",
    "day": "2027-06-02", "start": "10:00", "end": "11:30", "place": "Room 9",
    "lead": "requester", "coming": "requester,nurse,other1", "came": "requester,nurse,other1",
    "because": "As it is.", "on": "2027-06-01", "message": "Can we talk?", "points": "records",
    "scale": "3", "happened": "It went on.", "learning": "Much.", "difference_you": "Some.",
    "difference_child": "Some.", "possibility": "More.", "outcome_child": "Better.",
    "outcome_you": "Calmer.", "review_on": "2027-08-02", "movement": "back", "words": "So it is.",
    "worker": "other1", "shared_with": "other1", "seen": 0, "worries_text": "Much.",
    "mail": "dana@police.example", "times": "On Friday.",
}  # fmt: skip
"""What an input may hold; a step takes its own of these."""
GUESSES: Final[tuple[Any, ...]] = ("", "no-such-conversation", 7, None, ["x"], {"a": 1}, "x" * 400)
CLOSED: Final = "2027-01-01_2027-03-31"
"""The period in which A and B took place."""
TARGET: Final = Target("https://drive.example/up", "a.docx", "https://drive.example/a", "1", "docx")
TYPED: Final = ("typed.use", "typed.drop", "typed.back")
WORDS: Final = ("Some words of it.", "7", "yes", "x" * 90)


@dataclass(frozen=True)
class Case:
    """One thing somebody does. `right` is asked of the conversation `key` before anything."""

    name: str
    do: Callable[[Marked, str], Awaitable[Reply]]
    key: str = ""
    right: str = ""
    verb: str = ""
    flow: str = ""
    guess: bool = False
    typed: str = ""
    in_public: bool = False


def _turn(event: Event) -> Callable[[Marked, str], Awaitable[Reply]]:
    return lambda house, who: house.turn(who, event)


def tap(action: CardAction, name: str = "", *, guess: bool = False) -> Case:
    """A tap, with the right its verb asks by `table.py`."""
    verb, data = action.verb, action.data
    key, flow = data.get("conversation"), data.get("flow")
    key, flow = key if isinstance(key, str) else "", flow if isinstance(flow, str) else ""
    right = OF_TAP.get(verb, "")
    if verb in IN_FLOW:
        right = OF_FLOW.get(flow, "")
    return Case(name or verb, _turn(action), key, right, verb, flow, guess)


def real_taps(state: State) -> Iterator[Case]:
    """Each button that stands in anybody's chat, once."""
    known = set()
    for chat in state.kept.chats.values():
        for reply in chat:
            for one in actions(reply.card or {}):
                same = {key: str(value) for key, value in one.data.items() if key != "submission"}
                if (mark := (one.verb, tuple(sorted(same.items())))) not in known:
                    known.add(mark)
                    yield tap(one, f"real {one.verb}")


def verbs(state: State) -> Iterator[Case]:
    """Every verb outside a flow, of A and of B; and guesses."""
    mine = ("request.mine", "changes.mine", "help.show", "urgent.show", "another.show")
    ours = (*OF_TAP, *OF_THE_TEAM, *OF_EVALUATORS)
    for verb in (*ours, *mine, "request.open", "flow.stop", *TYPED):
        for which, key in (("a", state.a), ("b", state.b)):
            more = {"who": "other1", "field": "worry", "agency": "Suffolk Police", "flow": "amend"}
            more["in"] = CLOSED
            data = {**INPUTS, **more, "conversation": key}
            yield tap(CardAction(verb, data), f"{verb} {which}", guess=which == "b")
        for number, wrong in enumerate(GUESSES):
            data = {**INPUTS, "conversation": wrong, "who": wrong, "flow": wrong, "seen": wrong}
            data |= {"in": CLOSED, "at": wrong, "themes": wrong}
            yield tap(CardAction(verb, data), f"{verb} guess {number}", guess=True)


def own_words(state: State) -> Iterator[Case]:
    """What is held on whoever taps, card by card; and notes beside what is written in A or B."""
    for number in range(3):
        shows = CardAction("mydata.show", {"number": number, "at": 0})
        yield tap(shows, f"mydata.show {number}")
    for key in (state.a, state.b):
        for what, by, field in (
            ("request", "requester", "worry"),
            ("feedback", "other1", "happened"),
            ("telling", "because", "text"),
            ("outcome", "lead", "outcome_said"),
        ):
            data = {"conversation": key, "what": what, "by": by, "field": field}
            yield tap(CardAction("rectify.add", data), f"rectify.add {what}", guess=True)


def flows(state: State) -> Iterator[Case]:
    """Every verb of every flow, and each of its steps."""
    for name, flow in FLOWS.items():
        data: dict[str, Any] = {**INPUTS, "flow": name, "conversation": state.a}
        for verb in ("open", "send", "list", "check", "discard"):
            yield tap(CardAction(f"flow.{verb}", data), f"flow.{verb} {name}")
        yield tap(CardAction("managing.leave", data), f"managing.leave {name}")
        other = {**data, "conversation": state.b}
        yield tap(CardAction("flow.open", other), f"flow.open {name} b", guess=True)
        yield tap(CardAction("flow.next", {**other, "step": 3}), f"next {name} b", guess=True)
        for step in flow.steps:
            typed = dict.fromkeys(step.typed, "Typed of it.")
            here = {**typed, **data, "step": step.id, "to": step.id, "submission": "n-1"}
            here |= {"field": (step.fields or ("x",))[0], "number": 0, "who": "other1"}
            for verb in ("next", "back", "change", "show", "cut", "add", "remove"):
                yield tap(CardAction(f"flow.{verb}", here), f"flow.{verb} {name} {step.id}")


def words() -> Iterator[Case]:
    """Everything that is a command, and some words that are none."""
    for text in (*COMMANDS, *WORDS):
        yield Case(f"says {text[:12]}", _turn(Message(text)), verb="says", typed=text)


def files(state: State) -> Iterator[Case]:
    """Each file by its card, its link, and the answer to an offer: one's own, and somebody's."""
    for key, which in ((state.a, "a"), (state.b, "b"), ("no-such", "none")):
        for kind in (*FILES, "none"):
            right = OF_FILE.get(kind, "")
            data = {"kind": kind, "conversation": key}
            get = CardAction("file.get", data)
            yield Case(f"file.get {kind} {which}", _turn(get), key, right, "file.get")
            yield Case(f"link {kind} {which}", _link(kind, key), key, right, "link")
            yield Case(f"consents {kind} {which}", _consents(data), key, right, "consents")
        yield Case(f"hands in {which}", _hands_in(key), key, OF_TAP["upload.ask"], "hands in")
        asked = OF_TAP["upload.ask"]
        yield Case(f"attaches {which}", _attaches(key), key, asked, "attaches")
    for who in ("priya", "fay", "una"):
        data = {"kind": "learning", "conversation": state.a, "person": EVERYBODY[who].actor.key}
        yield Case(f"consents as {who}", _turn(FileConsent(data, TARGET)), verb="consents as")
    for wrong in ({}, {"kind": 3}, {"person": None, "conversation": [1]}):
        yield Case("consents to nothing", _turn(FileConsent(wrong, TARGET)), verb="consents as")
    yield Case("sends a file", _turn(FileSent("zqname.docx", "a")), verb="sends")


def _link(kind: str, key: str) -> Callable[[Marked, str], Awaitable[Reply]]:
    async def do(house: Marked, who: str) -> Reply:
        owner = house.people[who].actor.key
        try:
            made = await follow(house.root.services, FILES, owner, kind, key)
        except (NotTheirs, NotThere):
            return Reply()
        house.onedrive.stored["link"] = made.body
        return Reply(summary=f"{made.name} {made.title}")

    return do


def _consents(data: Mapping[str, str]) -> Callable[[Marked, str], Awaitable[Reply]]:
    async def do(house: Marked, who: str) -> Reply:
        own = {**data, "person": house.people[who].actor.key}
        return await house.turn(who, FileConsent(own, TARGET))

    return do


def _hands_in(key: str) -> Callable[[Marked, str], Awaitable[Reply]]:
    async def do(house: Marked, who: str) -> Reply:
        owner = house.people[who].actor.key
        try:
            text = await hand_in(house.root.services, owner, key, "zqname.docx", b"no zip")
        except NotTheirs:
            return Reply()
        return Reply(summary=text)

    return do


def _attaches(key: str) -> Callable[[Marked, str], Awaitable[Reply]]:
    async def do(house: Marked, who: str) -> Reply:
        house.onedrive.asks_consent = True
        house.onedrive.sent["a"] = b"no zip"
        await house.turn(who, CardAction("upload.ask", {"conversation": key}))
        return await house.turn(who, FileSent("zqname.docx", "a"))

    return do


def in_public(state: State) -> Iterator[Case]:
    """In a channel or a group, where nothing of a situation is shown or done, whoever asks."""
    asked = [Message(one) for one in ("my requests", "board", "type up", "request", "Some words.")]
    taps = (
        "request.see",
        "story.show",
        "manager.see",
        "pickup.take",
        "learning.type-up",
        "stop.yes",
    )
    data = {**INPUTS, "conversation": state.a, "field": "worry"}
    for event in (*asked, *(CardAction(verb, data) for verb in taps)):
        name = event.text if isinstance(event, Message) else event.verb
        yield Case(f"in public {name}", _in_public(event), verb="in public", in_public=True)


def _in_public(event: Event) -> Callable[[Marked, str], Awaitable[Reply]]:
    async def do(house: Marked, who: str) -> Reply:
        return await house.root.handle(replace(house.a_turn(who, event), personal=False))

    return do


def asks(state: State, right: str) -> Case:
    """Somebody asks for a right itself, as every tap does: for those that no tap is about."""

    async def do(house: Marked, who: str) -> Reply:
        services, turn = house.root.services, house.a_turn(who, Message(""))
        person = await services.directory.find(turn.actor.key)
        assert person is not None
        with suppress(NotNow):
            await Context(services, turn, person, house.now()).about(state.a, Right(right))
        return Reply()

    return Case(f"asks {right}", do, state.a, right, "asks")


_found: dict[str, tuple[State, list[Case]]] = {}


def cases(state: State) -> list[Case]:
    """Everything that is tried in a state; `guess` ones by the cast alone."""
    if (found := _found.get(state.name)) and found[0] is state:
        return found[1]
    own = [asks(state, one) for one in RIGHT.values()]
    taps = [*real_taps(state), *verbs(state), *own_words(state), *flows(state)]
    all_of_it = [*taps, *words(), *files(state), *in_public(state), *own]
    _found[state.name] = state, all_of_it
    return all_of_it


def tried(state: State, found: list[Case], who: str, every: int) -> list[Case]:
    """What one person tries of these: one in `every`, in each state others, so that in some state
    everybody tries everything."""
    own = [one for one in found if who in PLAYERS or not one.guess]
    return own[crc32(f"{state.name}/{who}".encode()) % every :: every]
