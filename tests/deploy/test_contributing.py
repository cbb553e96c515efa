"""CONTRIBUTING says where a question, a timed message and a command go: they are added to a copy.

Which files a person edits, and which tests they run, is read from the page. The edits here touch
just these, a new test says that the new thing works, and the pages are made anew by `make docs`.
`python -m pytest -s tests/deploy/test_contributing.py` prints what it took.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
COPIED = ("bot", "cards", "dialogs", "records", "scheduler", "tests", "docs", "deploy")
LEFT_OUT = shutil.ignore_patterns("upgrade", "browser", "bench", "images", ".pytest_cache")
SECONDS = 120
"""Of processor time, for the pages and the tests of all three."""


@dataclass(frozen=True)
class Added:
    """Something new: `edits` are, by file, what stands there and what stands there afterwards.

    `test` is the new test that its author would write, `shows` what the generated pages say of it.
    """

    section: str
    most: int
    edits: Mapping[str, tuple[tuple[str, str], ...]]
    test: str
    shows: Mapping[str, str]


QUESTION = Added(
    section="Add a question to a flow",
    most=3,
    edits={
        "records/partnership/suffolk.toml": (
            ("\n[words.feedback]\n", '\n[words.feedback]\nq_next_time = "And next time?"\n'),
            ("\nfeedback = 2\n", "\nfeedback = 3\n"),
        ),
        "cards/wording/feedback.py": (
            ("    FEEDBACK: str\n", "    FEEDBACK: str\n    Q_NEXT_TIME: str\n"),
        ),
        "cards/feedback/feedback.py": (
            (
                '    possibility: Optional = ""\n',
                '    possibility: Optional = ""\n    next_time: Optional = ""\n',
            ),
            (
                "POSSIBILITY_FIELDS: Final = (\n",
                "POSSIBILITY_FIELDS: Final = (\n"
                '    TextField("next_time", lambda: wording.Q_NEXT_TIME, required=False),\n',
            ),
        ),
    },
    test="""
from cards.wording import wording
from dialogs.feedback.feedback import FEEDBACK
from tests.dialogs.conftest import House


async def to_the_last_card(house: House) -> None:
    for title in ("6 out of 10", "Next", "Next"):
        await house.tap("pat", title)


async def test_it_is_asked_kept_with_its_question_and_shown_again(house: House) -> None:
    key = await house.held()
    await to_the_last_card(house)
    assert "And next time?" in house.shown("pat")
    await house.tap("pat", "Send", next_time="A room with a window.")
    kept = (await house.file(key)).answers_of("feedback", "other1")
    assert kept is not None
    assert (kept.version, FEEDBACK.version()) == (3, 3)
    assert kept.texts == {"next_time": "A room with a window."}
    assert kept.asked["next_time"] == wording.Q_NEXT_TIME
    await house.tap("pat", wording.FEEDBACK_CHANGE)
    await to_the_last_card(house)
    assert "[A room with a window.]" in house.shown("pat")


async def test_typed_words_answer_it_too(house: House) -> None:
    key = await house.held()
    await to_the_last_card(house)
    await house.say("pat", "Less paper.")
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.answers["next_time"] == "Less paper."
""",
    shows={"docs/wording.md": "| `q_next_time` | And next time? | question |"},
)

MESSAGE = Added(
    section="Add a timed message",
    most=6,
    edits={
        "records/outbox/kinds.py": (
            (
                '    RECORD = "record"\n',
                '    RECORD = "record"\n    NOT_TYPED_UP = "not-typed-up"\n',
            ),
            (
                "    Kind.RECORD: MessageKind(\n",
                "    Kind.NOT_TYPED_UP: MessageKind(\n"
                '        card="not-typed-up",\n'
                "        who=(To.FACILITATOR,),\n"
                "        stages=_AFTER,\n"
                '        when="{learning_reminder_working_days} working days after the day",\n'
                '        until="they have shared it",\n'
                "        timed=True,\n"
                "    ),\n"
                "    Kind.RECORD: MessageKind(\n",
            ),
        ),
        "records/learning/owed.py": (
            (
                "    captured = it.captured\n",
                "    captured = it.captured\n"
                "    if captured.shared_at is None and it.held and it.allows(Act.LEARNING):\n"
                "        wait = dates.timings.learning_reminder_working_days\n"
                "        due = dates.office.add_working_days(it.held.at, wait)\n"
                "        yield Owed(\n"
                '            kind=Kind.NOT_TYPED_UP, to=it.facilitator, cycle="1", due=due\n'
                "        )\n",
            ),
        ),
        "scheduler/messages/learning.py": (
            (
                "CARDS: Final[Drawings] = {\n",
                "def _not_typed_up(on: Occasion) -> tuple[Card, str]:\n"
                "    summary = wording.NOT_TYPED_UP.format(reference=on.it.reference)\n"
                "    return sharing.not_typed_up(on.it), summary\n"
                "\n"
                "\n"
                "CARDS: Final[Drawings] = {\n"
                '    "not-typed-up": _not_typed_up,\n',
            ),
        ),
        "cards/learning/sharing.py": (
            (
                "def sure(it: Conversation, document",
                "def not_typed_up(it: Conversation) -> Card:\n"
                '    """For the facilitator, who has not shared it yet."""\n'
                "    title = wording.NOT_TYPED_UP.format(reference=it.reference)\n"
                "    return note(title, wording.NOT_TYPED_UP_MORE)\n"
                "\n"
                "\n"
                "def sure(it: Conversation, document",
            ),
        ),
        "cards/wording/learning.py": (
            (
                "    LEARNING: str\n",
                "    LEARNING: str\n    NOT_TYPED_UP: str\n    NOT_TYPED_UP_MORE: str\n",
            ),
        ),
        "records/partnership/suffolk.toml": (
            (
                "\n[words.learning]\n",
                "\n[words.learning]\n"
                'not_typed_up = "The learning of {reference} is not shared yet."\n'
                'not_typed_up_more = "Write it when you can: type up opens it."\n',
            ),
        ),
    },
    test="""
from cards.wording import wording
from records.outbox.kinds import Kind
from tests.dialogs.conftest import House

HELD = "2027-02-03T15:25"  # a Wednesday


async def test_it_is_owed_at_its_time_and_sent_with_its_card(house: House) -> None:
    key = await house.held()
    it, office = await house.record(key), house.timetable.office
    (owed,) = [one for one in house.timetable.owed(it) if one.kind is Kind.NOT_TYPED_UP]
    wait = house.timetable.timings.learning_reminder_working_days
    assert owed.due == office.add_working_days(house.local(HELD), wait)
    assert office.is_open(owed.due)
    said = wording.NOT_TYPED_UP.format(reference=it.reference)
    while house.at < owed.due:
        assert said not in house.told("fay")
        await house.skip(days=1)
    assert house.told("fay").count(said) == 1
    sent = next(one.card for _, one in house.parcels if one.summary == said)
    assert wording.NOT_TYPED_UP_MORE in str(sent)
    await house.skip(weeks=2)
    assert house.told("fay").count(said) == 1


async def test_once_it_is_shared_it_is_not_owed(house: House) -> None:
    key = await house.held()
    await house.say("fay", "type up")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    it = await house.record(key)
    assert it.captured.shared_at is not None
    assert Kind.NOT_TYPED_UP not in {one.kind for one in house.timetable.owed(it)}
""",
    shows={
        "docs/wording.md": "| `not_typed_up_more` |",
        "docs/reference.md": "| not-typed-up |  | the facilitator who picked it up |",
    },
)

COMMAND = Added(
    section="Add a command",
    most=2,
    edits={
        "dialogs/home.py": (
            (
                "async def _urgent(",
                "async def _contact(context: Context) -> Reply:\n"
                '    """Where to write, never about a situation."""\n'
                "    mail = context.services.partnership.contacts.facilitation_team\n"
                "    text = wording.HELP_WRITE.format(mail=mail)\n"
                "    return Reply(sentence(text), text)\n"
                "\n"
                "\n"
                "async def _urgent(",
            ),
            (
                '    Command(("urgent",), _urgent),\n',
                '    Command(("urgent",), _urgent),\n'
                '    Command(("contact", "contacts"), _contact),\n',
            ),
            (
                "from cards.kit.elements import act\n",
                "from cards.kit.elements import act\nfrom cards.kit.notes import sentence\n",
            ),
        ),
        "records/partnership/suffolk.toml": (
            (
                "\n[words.home.help]\n",
                '\n[words.home.help]\ncontact = "where you can write to us"\n',
            ),
        ),
    },
    test="""
import pytest

from cards.wording import wording
from tests.dialogs.conftest import House


@pytest.mark.parametrize("words", ["contact", "Contacts?"])
async def test_it_answers_and_keeps_the_draft(house: House, words: str) -> None:
    await house.arrive("priya")
    await house.fill_to("priya", "worry")
    before = await house.draft("priya")
    reply = await house.say("priya", words)
    assert wording.partnership.contacts.facilitation_team in reply.summary
    assert await house.draft("priya") == before


async def test_help_names_it(house: House) -> None:
    await house.say("priya", "help")
    assert "contact  where you can write to us" in house.shown("priya")
""",
    shows={"docs/wording.md": "where you can write to us"},
)

ALL = {"a question": QUESTION, "a timed message": MESSAGE, "a command": COMMAND}


# What the pages say -------------------------------------------------------------------------------


def section(title: str) -> str:
    """A section of CONTRIBUTING."""
    found = re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE.read_text())
    assert found, f"CONTRIBUTING has no section {title!r}"
    return found[1]


def named_files(title: str) -> list[str]:
    """The files that its numbered steps begin with; <step> stands for any name."""
    return re.findall(r"(?m)^\d+\. `([^`]+)`", section(title))


def named_tests(title: str) -> list[str]:
    """The tests that it names, in order."""
    return list(dict.fromkeys(re.findall(r"`(tests/[\w/]+\.py)`", section(title))))


def is_meant(named: str, path: str) -> bool:
    """Whether a file is one that the page names."""
    return re.fullmatch(re.sub(r"<\w+>", r"\\w+", named.replace(".", r"\.")), path) is not None


def docs_commands() -> list[str]:
    """The modules that `make docs` runs."""
    target = re.search(r"(?m)^docs:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text())
    assert target
    return re.findall(r"\$\(PY\) -m ([\w.]+)", target[1])


# In a copy ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What came of it: the pages in the copy, and what its tests printed."""

    pages: Mapping[str, str]
    status: int
    printed: str


def copy(to: Path) -> None:
    for folder in COPIED:
        shutil.copytree(ROOT / folder, to / folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", to)
    if (ROOT / "node_modules").exists():
        (to / "node_modules").symlink_to((ROOT / "node_modules").resolve())


def edit(root: Path, added: Added) -> None:
    for name, changes in added.edits.items():
        text = (root / name).read_text()
        for before, after in changes:
            assert text.count(before) == 1, f"{name} has not just once: {before}"
            text = text.replace(before, after)
        (root / name).write_text(text)


def run(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, *args], cwd=root, env=env, capture_output=True, text=True, check=False
    )


def add(root: Path) -> list[str]:
    """All that their authors write, and what is made from it; gives the tests that they run."""
    copy(root)
    tests = []
    for name, added in ALL.items():
        edit(root, added)
        new = f"tests/dialogs/test_{name.replace(' ', '_')}.py"
        (root / new).write_text(f'"""What was added."""\n{added.test}')
        tests += [*named_tests(added.section), new]
    for module in docs_commands():
        made = run(root, "-m", module)
        assert made.returncode == 0, made.stderr
    return list(dict.fromkeys(tests))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """All three in one copy: none of them needs another one's edits, and each takes a while."""
    root = tmp_path_factory.mktemp("added")
    began, before = time.monotonic(), _processor()
    tests = add(root)
    ran = run(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    spent = _processor() - before
    print(f"\ncontributing_seconds {time.monotonic() - began:.1f}, of the processor {spent:.1f}")
    assert spent <= SECONDS
    pages = {name: (root / name).read_text() for added in ALL.values() for name in added.shows}
    yield Outcome(pages, ran.returncode, ran.stdout[-3_000:] + ran.stderr[-2_000:])
    shutil.rmtree(root)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", ALL)
def test_the_page_names_every_place_and_no_more(name: str) -> None:
    added = ALL[name]
    named = named_files(added.section)
    print(name, len(named), "files")
    assert len(named) == len(added.edits) <= added.most
    for path in added.edits:
        assert [one for one in named if is_meant(one, path)], f"{path} is not named"
    for one in named:
        assert [path for path in added.edits if is_meant(one, path)], f"{one} needs no edit"


@pytest.mark.parametrize("name", ALL)
def test_the_page_names_tests_that_are_there(name: str) -> None:
    named = named_tests(ALL[name].section)
    assert named
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_they_are_added_and_work(outcome: Outcome) -> None:
    assert outcome.status == 0, outcome.printed


@pytest.mark.parametrize("name", ALL)
def test_the_generated_pages_say_it(name: str, outcome: Outcome) -> None:
    for page, words in ALL[name].shows.items():
        assert words in outcome.pages[page]
