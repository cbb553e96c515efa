"""What an answer costs before its reply: trips to the storage, counted and printed (`pytest -s`).

The due pointers, and the pointer that says "lists to do", are written at the same time as each
other before the transaction; they are counted apart.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from dialogs.root.root import Root
from dialogs.turn.events import Event, Message, Reply
from records.drafts import TABLE as DRAFTS
from records.outbox import due
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House
from tests.trips import Counting

DIALOGS: Final = Path(__file__).parents[2] / "dialogs"


@dataclass(frozen=True)
class Cost:
    """Trips before one reply. `writes` are of drafts, `others` of anything else but pointers."""

    reads: int
    transactions: int
    writes: int
    others: int
    pointers: int


class Counted(House):
    """The house over a store that counts."""

    def __init__(self) -> None:
        self.counting = Counting(MemoryStore())
        super().__init__(self.counting)

    async def costs(
        self, name: str, who: str, event: Event, *, root: Root | None = None
    ) -> tuple[Cost, Reply]:
        """The trips until the reply is there, printed under a name."""
        await self.tidy()
        self.counting.taken()
        with self.afterwards.after_this():
            reply = await (root or self.root).handle(self.a_turn(who, event))
            drafts = [one for one in self.counting.writes if one.table == DRAFTS]
            pointers = [one for one in self.counting.writes if one.table == due.TABLE]
            cost = Cost(
                len(self.counting.reads),
                len(self.counting.transactions),
                len(drafts),
                len(self.counting.writes) - len(drafts) - len(pointers),
                len(pointers),
            )
        self.show(who, event, reply)
        await self.tidy()
        print(f"\n{name}: {cost}", end="")
        return cost, reply


@pytest.fixture
def counted() -> Counted:
    return Counted()


async def test_an_answer_of_the_request_is_one_write(counted: Counted) -> None:
    await counted.arrive("priya")
    await counted.fill_to("priya", "worry")
    tap = counted.data("priya", "Next", worry="Worried.")
    cost, _ = await counted.costs("request, its draft at hand", "priya", tap)
    assert cost == Cost(reads=0, transactions=0, writes=1, others=0, pointers=0)
    assert "6 of 8" in counted.shown("priya")


async def test_a_text_about_a_conversation_is_one_read_and_one_write(counted: Counted) -> None:
    await counted.held()
    await counted.tap("pat", "6 out of 10")
    tap = counted.data("pat", "Next", happened="We listened.")
    cost, _ = await counted.costs("feedback, a text", "pat", tap)
    assert cost == Cost(reads=1, transactions=0, writes=1, others=0, pointers=0)
    assert "3 of 4" in counted.shown("pat")


async def test_the_scale_takes_two_reads_a_transaction_and_the_draft(counted: Counted) -> None:
    await counted.held()
    cost, _ = await counted.costs("the scale", "pat", counted.data("pat", "6 out of 10"))
    assert cost == Cost(reads=2, transactions=1, writes=1, others=0, pointers=1)
    half = counted.data("pat", "Back", happened="We lis")
    again, _ = await counted.costs("the scale again, with half a text", "pat", half)
    assert again == Cost(reads=1, transactions=0, writes=1, others=0, pointers=0)
    tap = counted.data("pat", "7 out of 10")
    other, _ = await counted.costs("the scale, changed", "pat", tap)
    assert other == Cost(reads=1, transactions=1, writes=1, others=0, pointers=1)


async def test_with_the_draft_that_came_with_the_card_one_read_is_enough(counted: Counted) -> None:
    key = await counted.held()
    await counted.begin_drafts(key)
    tap = counted.data("pat", "6 out of 10")
    cost, _ = await counted.costs("the scale, its draft at hand", "pat", tap)
    assert cost == Cost(reads=1, transactions=1, writes=1, others=0, pointers=1)


async def test_a_copy_that_knows_nobody_reads_the_person_once_more(counted: Counted) -> None:
    await counted.held()
    tap = counted.data("pat", "6 out of 10")
    cost, _ = await counted.costs("the scale, on another copy", "pat", tap, root=counted.second())
    assert cost == Cost(reads=3, transactions=1, writes=1, others=0, pointers=1)


@pytest.mark.parametrize(("later", "reads"), [(timedelta(0), 0), (timedelta(days=1, hours=1), 1)])
async def test_help_takes_a_read_at_most(counted: Counted, later: timedelta, reads: int) -> None:
    await counted.arrive("priya")
    counted.at += later
    cost, _ = await counted.costs(f"help, {later} later", "priya", Message("help"))
    assert cost == Cost(reads=reads, transactions=0, writes=0, others=0, pointers=0)
    person = await counted.directory.find(counted.people["priya"].actor.key)
    assert person is not None
    assert person.seen_at == counted.at


# Who loads a conversation -------------------------------------------------------------------------

MACHINERY: Final = ("root/", "turn/", "files/")
"""Where the one conversation of a tap, a typed text or a file is loaded, and its right asked."""
SEVERAL: Final = {
    "feedback/reading.py: unread": "each that somebody is named to read",
    "home.py: mine": "each of somebody's requests",
    "changes/menu.py: _facilitating": "each conversation somebody facilitates",
    "numbers.py: keep": "each in which somebody's number stands",
    "day/pack.py: wanted": "each that a pack can be for",
    "learning/typing_up.py: _mine": "each whose document can be typed up",
    "evaluation/quoting.py: _theirs": "each whose words wait to be ruled on",
    "evaluation/evaluation.py: _may_release": "each whose words wait, to count them",
    "rights/my_data.py: _of_conversation": "each in which somebody is named",
    "board.py: _found": "each that a search found, as few may know of some",
}
"""Handlers about several conversations, and which."""
ITS_OWN: Final = {
    "flow/engine.py: _begin_at": "a request has no right to ask before it is sent",
    "flow/leaving.py: _draft_of": "the right of the card that is left, beside the tap's own",
    "flow/cancelling.py: put_away": "what waits of it still, once a draft is put away",
    "flow/cancelling.py: _as_begun": "what the draft began with",
    "learning/sharing.py: share": "which agencies have words, as it is shared",
    "flow/routes.py: _discard": "putting a draft away asks no right; where things are does",
    "request/request.py: RequestFlow.done": "whether it was sent",
    "request/request.py: RequestFlow.receipt": "whether it was sent",
    "request/request.py: RequestFlow.finish": "whether it was sent",
    "changes/menu.py: _by_reference": "the command with a reference in it",
    "learning/upload.py: sent": "a file names no conversation: what waits for it does",
    "learning/typing_up.py: _choose": "the command, where there is one document",
    "learning/learning.py: LearningFlow.finish": "another right than the flow's",
    "learning/learning.py: keep": "what it is now that it was shared meanwhile",
    "feedback/feedback.py: where": "the flow after a yes has another right",
}
"""Handlers that load one conversation themselves, each with its reason."""
LOADS: Final = {"record", "about", "load"}
READS: Final = {"read_record", "read_file", "read_words", "read_answers"}


def loads(call: ast.Call) -> bool:
    """Whether this reads a conversation: of a turn, of the register, or past both."""
    match call.func:
        case ast.Attribute(ast.Name("context"), name):
            return name in LOADS
        case ast.Attribute(ast.Attribute(_, "register") | ast.Name("register"), "file"):
            return True
        case ast.Name(name):
            return name in READS
    return False


def within(node: ast.AST, names: tuple[str, ...] = ()) -> Iterator[str]:
    """The function of each such call, nested ones counting as what they stand in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and loads(child):
            yield ".".join(names)
        match child:
            case ast.ClassDef(name):
                yield from within(child, (*names, name))
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                nested = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                yield from within(child, names if nested else (*names, name))
            case _:
                yield from within(child, names)


def test_handlers_load_a_conversation_themselves_only_where_they_are_about_several() -> None:
    found: set[str] = set()
    for path in sorted(DIALOGS.rglob("*.py")):
        place = path.relative_to(DIALOGS).as_posix()
        if not place.startswith(MACHINERY):
            tree = ast.parse(path.read_text())
            found |= {f"{place}: {one}" for one in within(tree)}
    print(f"\n{len(found)} load themselves, {len(SEVERAL)} because they are about several", end="")
    assert found == SEVERAL.keys() | ITS_OWN.keys()
