"""docs/data-protection.md says what is kept, for how long, and nothing that no test shows.

In order: what the page names is there; the inventory against houses that were walked to their ends;
periods against the partnership's file; the templates. What waits in a comment of the page for
something that is being built is asked for as soon as that is there.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

import pytest

from bot.stores import EVERY_TABLE
from cards.question_sets import words
from cards.wording import wording
from dialogs.root.routes import FLOWS
from dialogs.turn.access import Right
from records.access.lines import TABLE as ACCESS
from records.access.lines import AccessHead, AccessLine, What, head_row, index_row, line_row
from records.addresses import Holders
from records.board import board
from records.board.list_entry import ListEntry
from records.conversation.conversation import Layer
from records.conversation.feedback import Answers
from records.conversation.learning_state import Ruling
from records.conversation.snapshot import TABLE, answers_row
from records.drafts import Draft, Drafts, Open
from records.evaluation import closed, digest
from records.evaluation.collating import ToCollate, tick
from records.evaluation.counted import Counted
from records.evaluation.periods import Period
from records.evaluation.quotes import FIELDS, Quote
from records.heard import HeardMessages
from records.learning.word_file_store import WordFileStore
from records.outbox import due
from records.partnership import SUFFOLK, read_partnership
from records.partnership.question_sets import numbers, reworded
from records.people import PersonKey, Reference
from records.people_rows import OPENING, PEOPLE
from records.retention import holds, notices
from records.retention.holds import LegalHold, Of
from records.retention.notices import Notice
from records.rights import erasures, releases, replaying
from records.shown_cards import Shown, ShownCards
from records.stages import Stage
from records.store.contract import Row
from records.teams import TeamEvent, Teams
from scheduler import leader
from scheduler.upkeep import migration
from tests.cards.readability import grade
from tests.deploy.tested_page import (
    COMMENT,
    ROOT,
    TEST,
    missing,
    named_in,
    names_in,
    part,
    rows,
    shown,
    written,
)
from tests.retention.nights import ended, everything
from tests.security.cast import Marked
from tests.security.states import WALKS

WHOLE: Final = written("data-protection.md")
PAGE: Final = shown(WHOLE)
INVENTORY: Final = part(PAGE, "2. The inventory")
SHIPPED: Final = read_partnership(SUFFOLK)
HEAD: Final = [
    "row", "what it holds", "purpose", "kept for", "who reads it", "how it ends", "shown by",
]  # fmt: skip

# What the page names ------------------------------------------------------------------------------


def test_every_test_that_is_named_is_there() -> None:
    assert missing(PAGE) == []
    assert len(re.findall(r"::test_", PAGE)) == len(TEST.findall(PAGE)) > 150


README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
WAITING: Final = [one.strip() for one in COMMENT.findall(WHOLE + README) if "::test_" in one]
"""What is written already for something that is not there yet."""


def test_what_waits_in_a_comment_is_shown_once_what_it_is_about_is_there() -> None:
    for waiting in WAITING:
        first = waiting.splitlines()[0]
        tests = re.findall(r"(tests/[\w/]+\.py)::(\w+)", waiting)
        there = [f"{module}::{name}" for module, name in tests if name in named_in(module)]
        if first.startswith("until:"):
            assert there == [], f"built by now, so the page and README may not deny it: {there}"
        else:
            assert len(there) < len(tests), (
                f"built by now: take <!-- {first} … --> out of its comment"
            )


def test_every_place_in_the_code_that_is_named_is_there() -> None:
    named = re.findall(r"`([a-z]+/[\w/]+\.py)`: `([\w.]+)`", PAGE)
    assert len(named) > 30
    assert [one for one in named if one[1] not in names_in(one[0])] == []


def test_every_right_that_is_named_is_one_word_for_word() -> None:
    rights = {str(one) for one in Right}
    cells = [row[HEAD.index("who reads it")] for _, row in inventory()]
    named = {right for cell in cells for right in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", cell)}
    assert len(named) > 15
    assert named - rights - {"my data"} == set()
    reading = {one for one in rights if one.startswith("read ") and "agreement" not in one}
    assert reading - named == set()


# The inventory ------------------------------------------------------------------------------------


def inventory() -> list[tuple[str, list[str]]]:
    """Each row with the table it is of."""
    found = []
    for table, text in re.findall(r"(?ms)^### `(\w+)`\n(.*?)(?=^### |\Z)", INVENTORY):
        head, *some = rows(re.split(r"\n\n", text)[0])
        assert head == HEAD, table
        found += [(table, one) for one in some]
    return found


def forms() -> list[tuple[str, str]]:
    """Each form of a row: its table, and partition/row key with words in capitals."""
    return [
        (table, form) for table, row in inventory() for form in re.findall(r"`([^`]+)`", row[0])
    ]


def any_of(some: Any) -> str:
    return "|".join(sorted(map(re.escape, map(str, some)), key=len, reverse=True))


CAPITALS: Final = {
    "CONVERSATION": r"(?:practice)?[0-9a-f]{32}",
    "REFERENCE": r"(?:LC|PRACTICE)-[0-9A-Z]{5}",
    "PERSON": r"[0-9a-f]{32}",
    "ADDRESS": r"[0-9a-f]{32}",
    "PLACE": r"[a-z]+\d*",
    "WHICH": r"[a-z]+\d*(?:\.\d+)+",
    "FLOW": any_of(FLOWS),
    "SECTION": any_of(one.id for one in SHIPPED.learning.sections),
    "FIELD": any_of(FIELDS),
    "PART": any_of(Layer),
    "STAGE": any_of(Stage),
    "SET": any_of(numbers(SHIPPED)),
    "HASH": r"[0-9a-f]{16,64}",
    "NUMBER": r"\d+",
    "SECONDS": r"\d{10}",
    "TIME": r"\d+T\d+Z",
    "DAY": r"\d{4}-\d\d-\d\d",
    "PERIOD": r"\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d",
    "THING": r"[a-z]+\.[\w.-]*",
    "BESIDE": r"[a-z][\w.-]*",
}
"""What the words in capitals may be."""
WORD: Final = re.compile(any_of(CAPITALS))


@cache
def pattern(form: str) -> re.Pattern[str]:
    """What a form means."""
    parts = re.split(f"({WORD.pattern})", form)
    return re.compile(
        "".join(f"(?:{CAPITALS[one]})" if one in CAPITALS else re.escape(one) for one in parts)
    )


def test_words_in_capitals_are_explained() -> None:
    explained = {one for row in rows(INVENTORY) for one in re.findall(r"`([A-Z]+)`", row[0])}
    used = {one for _, form in forms() for one in WORD.findall(form)}
    assert used == explained <= CAPITALS.keys()


def test_every_row_says_all_there_is_to_say() -> None:
    purposes = {row[0] for row in rows(part(PAGE, "1. Purposes and legal bases"))[1:]}
    for table, row in inventory():
        assert [bool(cell) for cell in row] == [True] * len(HEAD), (table, row[0])
        assert row[HEAD.index("purpose")] in purposes, (table, row[0])
        assert TEST.search(row[-1]), (table, row[0])
        kept, ends = row[HEAD.index("kept for")], row[HEAD.index("how it ends")]
        assert re.search(r"`\w+`\)|until|for good", kept), (table, row[0])
        assert re.search(r"\.py`: `", ends) or "not end" in ends, (table, row[0])
    assert purposes == {row[HEAD.index("purpose")] for _, row in inventory()}


def tables_in_code() -> set[str]:
    """Every table that the product's code names where it reads or writes a store."""
    found = set()
    for floor in ("bot", "dialogs", "records", "scheduler"):
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "demo" in path.parts:
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.args
                ):
                    on, first = ast.unparse(node.func.value), node.args[0]
                    if on.endswith("store") and isinstance(first, (ast.Name, ast.Attribute)):
                        found.add(_constant(name, ast.unparse(first)))
    return {one for one in found if one}


def _constant(module: str, path: str) -> str:
    value: Any = importlib.import_module(module)
    for name in path.split("."):
        value = getattr(value, name, None)
    return value if isinstance(value, str) else ""


def test_every_table_has_its_place() -> None:
    known = {table for table, _ in inventory()}
    used = tables_in_code()
    assert len(used) >= 15
    beside = {"leader", "questionsets", "heard"}  # what a backup leaves out
    lacking = {*EVERY_TABLE, *used, *beside} - known
    assert lacking == set(), f"no inventory in docs/data-protection.md of: {sorted(lacking)}"
    assert known == {*EVERY_TABLE, *used, *beside}


KEY: Final = PersonKey("0123456789abcdef" * 2)
IT: Final = "fedcba9876543210" * 2
NOW: Final = datetime(2027, 3, 1, 12, tzinfo=UTC)
PLACE: Final = Reference(service_url="https://teams.example/", conversation_id="19:t", tenant="t")


async def beside(house: Marked) -> None:
    """What no walk leaves behind, as the product's own code writes it."""
    store, drafts = house.store, Drafts(house.store)
    base = {
        "owner": KEY,
        "conversation": IT,
        "version": 1,
        "step": "",
        "begun": NOW,
        "touched": NOW,
    }
    for flow in ("request", "practice"):
        await drafts.save(Open(Draft(flow=flow, **base), ""))
    some = Answers(what="telling", by="some", version=1, at=NOW, texts={"text": "Of it."})
    await store.create(TABLE, answers_row(IT, some, ""))
    held = {"conversation": IT, "by": "nurse", "field": "happened", "text": "It.", "held": NOW}
    said = [
        Ruling(by="", field="happened", words="", at=NOW, released=one, ruled_by=KEY)
        for one in (True, False)
    ]
    kept = {Quote(**held, ruling=one).place: {} for one in said}
    about = {
        "conversation": IT,
        "reference": "LC-AAAAA",
        "since": NOW,
        "agency": "",
        "made_from": 1,
    }
    waits = ListEntry(stage=Stage.BOOKED, unreached=1, **about)
    await board.show(store, waits, kept)
    over = {**about, "conversation": IT[::-1]}
    await board.show(store, ListEntry(stage=Stage.COMPLETE, unanswered=True, **over))
    files = WordFileStore(store)
    await files.save(IT, b"a file", name="ab" * 16, by=KEY, at=NOW)
    await ShownCards(store).note(Shown(person=KEY, place=PLACE, message="m", since=NOW))
    await Teams(store, team="").seen(TeamEvent(PLACE))
    await store.create(PEOPLE, Row(OPENING, KEY, {"at": NOW}))
    await Holders(store, house.directory.find, None).settle("a@b.example", KEY, NOW, "operator")
    await (await HeardMessages.of(store, KEY)).note("a-mark", "", done=True)
    month = Period(first=date(2027, 2, 1), last=date(2027, 2, 28))
    await digest.claim(store, month, NOW)
    await leader.Leader(store, "copy", lambda: NOW).hold()
    await store.put(leader.TABLE, Row(migration.PARTITION, migration.VERSION, {}))
    await reworded(store, wording.partnership, words())
    await due.point(store, due.lists_pointer(IT, 3, NOW))
    for of, key in ((Of.CONVERSATION, IT), (Of.PERSON, KEY)):
        hold = LegalHold(of=of, key=key, reason="", by="", since=NOW, review_on=NOW.date())
        await holds.keep(store, hold)
    for of, what in ((IT, Layer.ANSWERS), (KEY, "person")):
        await notices.note(store, Notice(of=of, what=what, due=NOW, told=NOW))


async def of_rights_and_reads(house: Marked) -> None:
    """The same of who opened what, and of what somebody may ask for."""
    store, mark, which = house.store, str(KEY), "ab" * 8
    line = AccessLine(sequence=1, at=NOW, by=mark, what=What.STORY, conversation=IT, of="nurse")
    chain = f"2027-03-01.{mark}"
    lines = (line_row(chain, line), head_row(chain, AccessHead(), ""), index_row(line, UTC))
    for row in lines:
        await store.create(ACCESS, row)
    note = Answers(what="note-request", by="requester", version=1, at=NOW, texts={"worry@": "It."})
    await store.create(TABLE, answers_row(IT, note, ""))
    one = erasures.Erasure(id=which, of=Of.PERSON, reason="", by="", at=NOW)
    await erasures.keep(store, one)
    message = erasures.ToClose(place=PLACE, message="m", since=NOW)
    await erasures.note_message(store, which, message)
    await erasures.note_without_ledger(store, NOW, "", "")
    for of in (IT, KEY):
        release = releases.Release(of=of, piece=which, reason="", by="", at=NOW)
        await releases.keep(store, release)
    await replaying.mark(store, "", NOW, whole=True)
    period = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
    await closed.keep_counts(store, period, Counted())
    await closed.keep_closed(store, closed.Closed(period=period, closed_at=NOW))
    await closed.keep_collated(store, closed.Closed(period=period, closed_at=NOW))
    before = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
    about = {
        "key": f"1.{IT}",
        "conversation": IT,
        "what": "feedback",
        "by": "n",
        "field": FIELDS[0],
    }
    assert await tick(store, before, ToCollate(**about, asked="", text="It."), ["Trust"])


async def houses() -> list[set[tuple[str, str]]]:
    """Every row of every house: its table, and partition/row key."""
    found = []
    for name in WALKS:
        house, _ = await ended(name)
        if name == "reviewed":
            await beside(house)
            await of_rights_and_reads(house)
        found.append(
            {(table, f"{row.partition}/{row.key}") async for table, row in everything(house)}
        )
    return found


async def test_every_row_of_a_walked_house_is_in_the_inventory() -> None:
    found = set[tuple[str, str]]().union(*await houses())
    known = forms()

    def stands(table: str, key: str) -> list[tuple[str, str]]:
        return [one for one in known if one[0] == table and pattern(one[1]).fullmatch(key)]

    lacking = {(table, key) for table, key in found if not stands(table, key)}
    assert lacking == set(), f"no row of docs/data-protection.md for: {sorted(lacking)[:9]}"
    met = {one for table, key in found for one in stands(table, key)}
    assert [one for one in known if one not in met] == [], "rows that nothing leaves behind"
    assert len(found) > 500
    assert len(known) > 50


# Periods ------------------------------------------------------------------------------------------

UNITS: Final = {"day": 1, "week": 7}
SPAN: Final = re.compile(
    r"(?P<number>\d+)\s(?P<unit>day|week|month|year)s?"
    r"(?:\s\(`(?:(?P<module>[\w/]+\.\w+)`: `)?(?P<name>\w+)`\)|<!-- (?P<quiet>\w+) -->)?"
)
IN_WORDS: Final = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|ninety)"
    r" (?:working )?(?:days|weeks|months|years)\b"
)


def spans() -> Iterator[tuple[int, str, str, str]]:
    """Each period that the page promises: number, unit, and by which name of which module, if any.

    What is to be filled in promises nothing.
    """
    said = re.sub(r"(?s)<!-- (?:until|reads|by|rights|restricted)\b.*?-->|\{\{.*?\}\}", "", WHOLE)
    for one in SPAN.finditer(said):
        yield (
            int(one["number"]),
            one["unit"],
            one["name"] or one["quiet"] or "",
            one["module"] or "",
        )


def test_every_period_is_the_one_that_ships() -> None:
    found = list(spans())
    assert len(found) > 50
    wrong = [
        (number, unit, name)
        for number, unit, name, where in found
        if not _ships(number, unit, name, where)
    ]
    assert wrong == []


def _ships(number: int, unit: str, name: str, module: str) -> bool:
    if module.endswith(".bicep"):
        text = (ROOT / module).read_text(encoding="utf-8")
        return f"param {name} int = {number}\n" in text
    if module:
        value = getattr(importlib.import_module(module.removesuffix(".py").replace("/", ".")), name)
        return bool(value == timedelta(days=number * UNITS[unit]))
    closes = {"closes_weeks": SHIPPED.evaluation.closes_weeks}
    kept = {**SHIPPED.timings.model_dump(), **SHIPPED.kept.model_dump(), **closes}
    return kept.get(name) == number and name.endswith(f"{unit}s")


def test_a_period_that_is_wrong_would_be_seen() -> None:
    assert _ships(6, "month", "answers_months", "")
    assert not _ships(7, "month", "answers_months", "")
    assert not _ships(6, "day", "answers_months", "")
    assert not _ships(6, "month", "", "")
    assert not _ships(8, "day", "LONGEST", "scheduler/upkeep/removal.py")


def test_no_period_is_said_in_words_where_nothing_holds_it() -> None:
    # A right is named as the code has it, which is no promise of this page.
    text = re.sub("|".join(map(re.escape, map(str, Right))), "", PAGE)
    assert IN_WORDS.findall(text) == []


def test_every_period_of_the_file_stands_on_the_page() -> None:
    named = {name for _, _, name, _ in spans()}
    assert set(SHIPPED.kept.model_dump()) <= named


# The rest -----------------------------------------------------------------------------------------


def test_every_basis_is_a_proposal() -> None:
    table = rows(part(PAGE, "1. Purposes and legal bases"))[1:]
    assert len(table) >= 8
    assert {row[-1] for row in table} == {"to be confirmed"}
    assert {"conversation", "learning", "feedback"} <= {r[0] for r in table if "para. 18" in r[3]}


@pytest.mark.parametrize("title", ["3. How it ends", "4. Who sees what", "8. For the impact"])
def test_each_line_of_it_has_its_test(title: str) -> None:
    table = rows(part(PAGE, title))[1:]
    assert len(table) > 10
    assert [row[0] for row in table if not TEST.search(row[-1])] == []
    assert len({len(row) for row in table}) == 1


def test_each_right_is_shown_or_said_not_to_be() -> None:
    table = rows(part(PAGE, "7. Rights of data subjects"))[1:]
    assert {f"Art. {one}" for one in (13, 15, 16, 17, 18, 20, 21, 22)} <= {
        f"Art. {one}" for row in table for one in re.findall(r"Art\. (\d+)", row[0])
    }
    said = ("to be confirmed", "not built yet")
    assert [
        row[0] for row in table if not (TEST.search(row[-1]) or row[-1].strip("* ") in said)
    ] == []


def test_whatever_is_out_of_reach_is_for_somebody_to_govern() -> None:
    table = rows(part(PAGE, "5. What lies outside its reach"))[1:]
    assert len(table) >= 10
    assert [row[0] for row in table if not re.search(r"`\{\{[^{}]+\}\}`", row[-1])] == []
    said = " ".join(row[0] for row in table)
    for one in ("chat history", "mailboxes", "OneDrive", "backups", "soft delete", "Bot Service"):
        assert one in said


def test_the_template_keeps_no_row_that_was_removed() -> None:
    template = (ROOT / "deploy" / "main.bicep").read_text(encoding="utf-8")
    storage = r"(?ms)^resource \w+ 'Microsoft\.Storage/storageAccounts(?:/tableServices)?@.*?^\}"
    ours = re.findall(storage, template)
    assert len(ours) == 2
    assert not re.search(r"(?i)retention|restore|versioning|softDelete", "".join(ours))


def test_what_is_to_be_filled_in_can_be_found() -> None:
    assert PAGE.count("{{") == PAGE.count("}}") == len(re.findall(r"`\{\{[^{}`]+\}\}`", PAGE)) > 60
    assert "{{" not in INVENTORY
    agreement = part(PAGE, "What an information sharing agreement", "###")
    points = re.findall(r"(?ms)^(\d+)\. (.*?)(?=^\d+\. |\Z)", agreement)
    assert [int(number) for number, _ in points] == list(range(1, 19))
    assert [number for number, text in points if "`{{" not in text] == []


def plain(title: str) -> list[str]:
    """The sentences of a notice."""
    text = re.sub(r"`\{\{[^{}]+\}\}`|Information Commissioner", "Pat", part(PAGE, title, "###"))
    text = re.sub(r"\s+", " ", text.replace("*", ""))
    return [one for one in re.split(r"(?<=[.?!]) ", text) if one.strip()]


@pytest.mark.parametrize(
    ("title", "most", "hardest"), [("For families", 5.0, 9), ("For staff", 8.0, 12)]
)
def test_a_notice_is_in_plain_words(title: str, most: float, hardest: float) -> None:
    sentences = plain(title)
    assert len(sentences) > 15
    assert grade(sentences) <= most
    assert [one for one in sentences if grade([one]) > hardest and len(one.split()) > 5] == []


@pytest.mark.parametrize("title", ["For families", "For staff"])
def test_a_notice_says_all_that_has_to_be_said(title: str) -> None:
    said = part(PAGE, title, "###")
    for one in (
        "{{Council}}",
        "Information Commissioner",
        "data protection officer",
        "months",
        "ask",
    ):
        assert one in said
