"""A partnership's file: sound, or every mistake in it with its line and the reason."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.partnership import (
    SUFFOLK,
    TEMPLATE,
    BadPartnership,
    Problem,
    read_partnership,
)
from records.partnership.advice import remarks
from records.partnership.lines import line_of, lines_of
from records.partnership.reading import MOST, own_sentences
from records.partnership.timings import span

SOUND = TEMPLATE.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Desk:
    """A place to write files and read them back."""

    folder: Path

    def write(self, body: str | bytes) -> Path:
        path = self.folder / "own.toml"
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return path

    def told(self, body: str | bytes) -> list[str]:
        with pytest.raises(BadPartnership) as wrong:
            read_partnership(self.write(body))
        return [str(one) for one in wrong.value.problems]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# A sound file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [SUFFOLK, TEMPLATE])
def test_what_ships_is_sound_and_there_is_nothing_to_remark(path: Path) -> None:
    assert remarks(path, read_partnership(path), date(2027, 2, 1)) == []


def test_what_a_file_leaves_out_of_the_words_stays_as_it_ships() -> None:
    own, shipped = read_partnership(TEMPLATE), read_partnership(SUFFOLK)
    assert own.words["preparation"]["agreement_for_all"] == "All of us"
    assert own.words["verbatim"] == shipped.words["verbatim"]
    assert own_sentences(TEMPLATE) == 1
    assert own.partnership.agencies != shipped.partnership.agencies


def test_sentences_follow_the_waits_and_the_threshold(desk: Desk) -> None:
    text = SOUND.replace("feedback_days = 2 ", "feedback_days = 3 ")
    text = text.replace("outcome_days = 56", "outcome_days = 84")
    text = text.replace("fewest_people = 5 ", "fewest_people = 8 ")
    found = read_partnership(desk.write(text)).words
    assert found["evaluation"]["rows"]["in-time"] == "Within three days"
    assert found["outcome"]["outcome"] == "12 weeks on"
    assert found["evaluation"]["pictures"]["told"].startswith("12 weeks on")
    assert "fewer than eight people" in found["evaluation"]["evaluation_few"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "one day"), (7, "seven days"), (14, "two weeks"), (15, "15 days"), (84, "12 weeks")],
)
def test_a_wait_is_said_as_people_say_it(days: int, words: str) -> None:
    assert span(days) == words


def test_a_mark_of_notepads_and_its_ends_of_lines_are_taken(desk: Desk) -> None:
    body = b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()
    assert read_partnership(desk.write(body)) == read_partnership(TEMPLATE)
    wrong = body.replace(b"feedback_days = 2", b"feedback_days = 0")
    assert desk.told(wrong)[0].startswith(f"line {line(SOUND, 'feedback_days')}: ")


# What is wrong, where, and why -------------------------------------------------------------------

OWN = 'agreement_for_all = "All of us"'
LAST = "# [words.home]"
MISTAKES = (
    # Not TOML at all.
    ("fewest_people = 5 ", "fewest_people 5 ", "", "expected '=' after a key"),
    ("fewest_people = 5 ", "fewest_people = ", "", "invalid value"),
    # Missing: the line of the part that it is missing from.
    ("feedback_days = 2 ", "# feedback_days = 2 ", "[timings]", "timings.feedback_days is missing"),
    ("[thresholds]\nfewest_people = 5 ", "#", "line 1", "thresholds is missing"),
    # Not known, with what is meant.
    ("outcome_days =", "outcome_day =", "", "perhaps outcome_days is meant"),
    ("[contacts]", "[contact]", "", "perhaps contacts is meant"),
    ("agreement_for_all =", "agreement_for_al =", "", "perhaps agreement_for_all is meant"),
    ("[words.preparation]", "[words.preparations]", "", "perhaps preparation is meant"),
    ("zone =", "xyzzy =", "", "hours.xyzzy is not known here."),
    # The wrong kind of thing.
    ("feedback_days = 2 ", 'feedback_days = "2" ', "", "should be a valid integer"),
    ("feedback_days = 2 ", "feedback_days = true ", "", "should be a valid integer"),
    ("feedback_days = 2 ", "feedback_days = 0 ", "", "greater than or equal to 1"),
    ("opens = 09:00:00", "opens = 9", "", "hours.opens is not right"),
    ("closes = 16:00:00", "closes = 08:30:00", "", "has to be later than opens"),
    ('name = "Exampleshire Safeguarding Partnership"', "name = 5", "", "partnership.name"),
    ('name = "Exampleshire Safeguarding Partnership"', 'name = " "', "", "may not be empty"),
    ('name = "Exampleshire Safeguarding Partnership"', 'name = "A {b}"', "", "no { or } here"),
    (OWN, "agreement_for_all = 5", "", "has to be a sentence"),
    ("[words.preparation]\n", "[words]\npreparation = 5\n#", "preparation = 5", "to be a table"),
    (OWN, "numbers = 5", "", "has to be a list of sentences"),
    (OWN, "numbers = []", "", "has to be a list of sentences"),
    (OWN, 'numbers = ["a", 5]', "", "numbers.2 has to be a sentence"),
    # Sentences.
    (OWN, 'agreement_for_all = ""', "", "may not be empty"),
    (OWN, 'agreement_for_all = "All {of} us"', "", "no fields"),
    (OWN, 'agreement_for_all = "All {of us"', "", "belongs to no"),
    (OWN, 'agreement_for_all = "All {{ us"', "", "belongs to no"),
    (OWN, 'who_how = "By a safe way."', "", "it replaces: {name}"),
    (OWN, 'who_how = "{name!r}"', "", "it replaces: {name}"),
    (OWN, 'who_how = "{name.mail}"', "", "it replaces: {name}"),
    (OWN, 'agreement_for_all = "$wait"', "", "a $ that names nothing"),
    (OWN, 'agreement_for_all = "£5, $5"', "", "there are $partnership"),
    (OWN, 'agreement_for_all = "Al\\tl"', "", "has to be on one line"),
    (OWN, f'agreement_for_all = "{"a" * 2_001}"', "", "2,000 char"),
    (OWN, 'accept = "Suffolk\'s way"', "", "still says “Suffolk”"),
    (OWN, "", "[words.prep", "agreement_for_all still says “Signs"),
    # What does not go together.
    ("manager_silent_working_days = 5 ", "manager_silent_working_days = 2 ", "", "longer than"),
    ("outcome_days = 56 ", "outcome_days = 2 ", "", "has to be longer than feedback_days"),
    ("drafts_kept_days = 30 ", "drafts_kept_days = 20 ", "", "has to be longer than drafts_warned"),
    ("fewest_people = 5 ", "fewest_people = 4 ", "", "greater than or equal to 5"),
    ('zone = "Europe/London"', 'zone = "Europe/Ipswich"', "", "is no time zone"),
    ('holidays = "GB-ENG"', 'holidays = "GB-SFK"', "", "is no region with holidays"),
    ('holidays = "GB-ENG"', 'holidays = "XX"', "", "is no region with holidays"),
    ('"learning@exampleshire.example"', '"learning at home"', "", "is not a mail address"),
    ('"Police",', '"social  care",', "agencies", "an agency stands here twice"),
    ('"Police",', '"others",', "agencies", "no agency may be called others"),
    # Levels and headings.
    ('id = "2"\ntitle', 'id = "1"\ntitle', "[[levels_of_need]]", "two levels have the id 1"),
    ('id = "2"\ntitle', 'id = "others"\ntitle', "[[levels_of_need]]", "the id others, which is"),
    ('id = "2"\ntitle', 'id = "unknown"\ntitle', "[[levels_of_need]]", "unknown, which is taken"),
    ('id = "2"\ntitle', 'id = "2, 3"\ntitle', "", "levels_of_need.2.id is not right"),
    ('id = "agreed"', 'id = "purpose"', "[[learning", "two sections have the id purpose"),
    ('id = "hopes", label', 'id = "purpose", label', "[[learning", "questions of purpose have"),
    ('kind = "recording"', 'kind = "facts"', "[[learning", "room for one section of kind facts"),
    ('kind = "recording"', 'kind = "texts"', "[[learning", "recording asks nothing"),
    ('kind = "review"', 'kind = "views"', "[[learning", "views, which has no asks of its own"),
    ('kind = "review"', 'kind = "reviews"', "", "learning.sections.4.kind is not right"),
    ('source = "hopes"', 'source = "wishes"', "asks = [", "asks.2.source is not right"),
    # A number to ring, which nobody checked.
    ("# [[numbers]]", '[[numbers]]\nwhat = "A"\nnumber = "1234"', "[[numbers]]", "checked_on is"),
    ("# [[numbers]]", '[[numbers]]\nwhat = "A"\nnumber = "1234"', "[[numbers]]", "checked_by is"),
    ("# [[numbers]]", '[[numbers]]\nnumber = "Ring us"', 'number = "Ring', "number is not right"),
    # Names of files and sheets, and the headers of tables.
    (LAST, '[words.documents]\ndoc_name = "{reference}.doc"', "doc_name", ".docx"),
    (LAST, '[words.documents]\ndoc_name = "a/{reference}.docx"', "doc_name", "only"),
    (LAST, '[words.documents]\ndoc_name = ".{reference}.docx"', "doc_name", "only"),
    (LAST, '[words.documents]\ndoc_views = ["a"]', "doc_views", "to have 2 parts"),
    (
        LAST,
        '[words.evaluation]\nworkbook_name = "{first}-{last}.docx"',
        "workbook_name",
        "it has to end in .xlsx",
    ),
    (
        LAST,
        f'[words.evaluation.sheet_names]\nwords = "{"a" * 32}"',
        "words =",
        "is longer than 31 characters",
    ),
    (
        LAST,
        '[words.evaluation.sheet_names]\nwords = "Yes/no"',
        "words =",
        "not History, and none of",
    ),
    (
        LAST,
        '[words.evaluation.sheet_names]\nwords = "Requests"',
        "words =",
        "there are two called “Requests”",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "at", "reason"), MISTAKES)
def test_each_mistake_is_told_with_its_line_and_the_reason(
    desk: Desk, was: str, becomes: str, at: str, reason: str
) -> None:
    """`at` is where the line is that is told; empty: where the mistake was made."""
    assert was in SOUND
    where = 1 if at == "line 1" else None
    text = SOUND.replace(was, becomes, 1)
    told = desk.told(text)
    found = [one for one in told if reason in one]
    assert found, told
    if where is None:
        where = nearest(text, at or becomes, SOUND.index(was))
    assert any(one.startswith(f"line {where}: ") for one in found), found


def nearest(text: str, part: str, to: int) -> int:
    """The line of `part` in the text; of several the last one up to `to`."""
    places = [one.start() for one in re.finditer(re.escape(part), text)]
    before = [one for one in places if one <= to]
    place = before[-1] if before else places[0]
    if part in ("[[learning", "[[levels_of_need]]"):
        place = places[0]  # What is wrong with a whole list is told where it begins.
    return text[:place].count("\n") + 1


def test_everything_that_is_wrong_is_told_at_once_by_line(desk: Desk) -> None:
    text = SOUND.replace("feedback_days = 2 ", "feedback_days = 0 ")
    text = text.replace('zone = "Europe/London"', 'zone = "Ipswich"')
    text = text.replace("outcome_reminder_days =", "outcome_reminders =")
    text = text.replace('"All of us"', '"All {of} us"')
    told = desk.told(text)
    assert len(told) == 5
    numbers = [int(re.findall(r"^line (\d+)", one)[0]) for one in told]
    assert numbers == sorted(numbers)
    assert [one for one in told if "outcome_reminders" in one]
    assert [one for one in told if "outcome_reminder_days is missing" in one]


PAPER = """
[[paper.pages]]
title = "Preparation"

[[paper.pages.parts]]
heading = "Before you come"
points = ["Read your own records"]
"""


def test_a_paper_may_be_given_and_shows_nobody_elses(desk: Desk) -> None:
    assert read_partnership(TEMPLATE).paper.pages == ()
    (page,) = read_partnership(desk.write(SOUND + PAPER)).paper.pages
    assert page.title == "Preparation"
    assert page.parts[0].points == ("Read your own records",)


def test_what_the_template_says_of_a_paper_can_be_used_as_it_stands(desk: Desk) -> None:
    start = SOUND.index("# [paper]")
    end = SOUND.index("# Phrases that say")
    given = SOUND[start:end].replace("# ", "").replace("#\n", "\n")
    found = read_partnership(desk.write(SOUND + "\n" + given)).paper
    assert found.title
    assert found.document
    assert found.pages[0].parts[0].texts


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Read your own records", " ", "words on one line"),
        ("Read your own records", "a\\tb", "words on one line"),
        ("Read your own records", "x" * 601, "at most 600"),
        ('"Preparation"', f'"{"x" * 25}"', "at most 24"),
        ("heading =", "headings =", "perhaps heading is meant"),
        ('["Read your own records"]', str(["x" * 590] * 14), "make two pages of it"),
        ("\n[[paper.pages]]", '\n[[paper.pages]]\ntitle = "a"\nparts = []\n' + PAPER, "at least 1"),
    ],
)
def test_a_paper_that_would_not_fit_its_card_is_told(
    desk: Desk, old: str, new: str, reason: str
) -> None:
    told = desk.told(SOUND + PAPER.replace(old, new))
    assert any(reason in one and "paper." in one for one in told), told


def test_waits_that_disagree_are_told_beside_words_that_are_wrong(desk: Desk) -> None:
    text = SOUND.replace("outcome_days = 56", "outcome_days = 1")
    assert len(desk.told(text.replace('"All of us"', '"All {of} us"'))) == 2


def test_every_sentence_that_names_nothing_is_told(desk: Desk) -> None:
    text = SOUND.replace('"All of us"', '"$all of $us"\naccept = "$accept"')
    assert [one.split()[2] for one in desk.told(text)] == [
        "words.preparation.agreement_for_all",
        "words.preparation.accept",
    ]


def test_what_cannot_be_read_at_all_is_told_kindly(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadPartnership, match=r"line 1: cannot be read \(No such file"):
        read_partnership(tmp_path / "nowhere.toml")
    with pytest.raises(BadPartnership, match=r"line 1: cannot be read \(Is a directory"):
        read_partnership(tmp_path)
    assert desk.told(b'[a]\nb = "\xff"') == ["line 2: is not UTF-8 text."]
    assert desk.told(b"#" * (MOST + 1)) == ["line 1: is larger than 1,000,000 bytes."]
    assert desk.told("a = " + "[" * 5_000) == ["line 1: holds what nobody writes by hand."]
    assert desk.told("a = " + "9" * 5_000) == ["line 1: holds what nobody writes by hand."]
    assert "line 1: partnership is missing." in desk.told("")


@pytest.mark.parametrize("way", [("verbatim", "q_worry"), ("home", "hello"), ("request", "open")])
def test_a_sentence_of_suffolks_that_names_it_would_be_found_anywhere(
    desk: Desk, way: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, name = way
    own = "yes" if name == "open" else ""
    value = f'{{ {own} = "As in SUFFOLK." }}' if own else '"As in SUFFOLK."'
    told = desk.told(SOUND + f"\n[words.{topic}]\n{name} = {value}\n")
    assert len(told) == 1
    assert "still says “Suffolk”" in told[0]
    shared = SOUND.replace('["Exampleshire"]', '["Exampleshire", "Suffolk"]')
    read_partnership(desk.write(shared + f"\n[words.{topic}]\n{name} = {value}\n"))


# Any file at all ---------------------------------------------------------------------------------

TAUNTS = st.sampled_from(
    ["", "x", "=", "[", "]", "[[a]]", '"', '"""', "'", "{", "}", "$", "#", "a = 1", "[words]",
     "words = 1", "[numbers]", "\x00", "\u2028", "é", "-1", "1e999", "nan", "[timings]"]
)  # fmt: skip


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), taunt=TAUNTS, times=st.integers(1, 4))
def test_any_file_is_sound_or_told_to_be_wrong_on_a_line_of_its_own(
    desk: Desk, seed: int, taunt: str, times: int
) -> None:
    chance = random.Random(seed)
    lines = SOUND.split("\n")
    for _ in range(times):
        lines = spoilt(lines, taunt, chance)
    check(desk, "\n".join(lines).encode())


def spoilt(lines: list[str], taunt: str, chance: random.Random) -> list[str]:
    """The lines with one left out, cut, swapped, doubled or with something else in it."""
    place = chance.randrange(len(lines))
    one = lines[place]
    cut = chance.randrange(len(one) + 1)
    change = [[], [one[:cut]], [one, one], [one[:cut] + taunt + one[cut:]], [taunt], [one, taunt]]
    return [*lines[:place], *chance.choice(change), *lines[place + 1 :]]


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.binary(max_size=200), whole=st.booleans())
def test_any_bytes_are_told_to_be_wrong(desk: Desk, body: bytes, *, whole: bool) -> None:
    check(desk, body if whole else SOUND.encode() + body)


def check(desk: Desk, body: bytes) -> None:
    problems: list[Problem] = []
    try:
        found = read_partnership(desk.write(body))
    except BadPartnership as wrong:
        problems = wrong.problems
    else:
        assert found.thresholds.fewest_people >= 5
        assert not list(unfilled(found.words))
        return
    assert problems
    assert all(1 <= one.line <= body.count(b"\n") + 1 and one.reason for one in problems)


def unfilled(words: object) -> Iterator[str]:
    """Sentences with a `$name` left in them."""
    if isinstance(words, dict):
        for one in words.values():
            yield from unfilled(one)
    elif isinstance(words, list):
        for one in words:
            yield from unfilled(one)
    elif Template.pattern.search(str(words)):
        yield str(words)


# On which line -----------------------------------------------------------------------------------

LINES = '''# A comment, with [a] table in it
title = "one" # [b]

[owner] # the [first]
name = """
two
[not.a.table]
a = 1
"""
list = [
    "a = 1", # here
    { x = 1, y = [2] },
]
in = { line = { deep = 1 }, other = 2 }
dotted.key = 1

[[owner.pets]]
name = 'c:\\x [y]'
[[owner.pets]]
"quoted key" = 1
[owner.pets.inner]
last = true
'''  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_key_is_found_on_its_own_line(end: str) -> None:
    found = lines_of(LINES.replace("\n", end))
    wanted = {
        ("title",): 2,
        ("owner",): 4,
        ("owner", "name"): 5,
        ("owner", "list"): 10,
        ("owner", "list", 1, "y", 0): 10,
        ("owner", "in", "line", "deep"): 14,
        ("owner", "dotted", "key"): 15,
        ("owner", "pets"): 17,
        ("owner", "pets", 0): 17,
        ("owner", "pets", 0, "name"): 18,
        ("owner", "pets", 1): 19,
        ("owner", "pets", 1, "quoted key"): 20,
        ("owner", "pets", 1, "inner", "last"): 22,
    }
    assert {way: found.get(way) for way in wanted} == wanted
    assert ("not", "a", "table") not in found
    assert ("owner", "a") not in found


def test_what_is_missing_is_told_where_it_is_missing_from() -> None:
    found = lines_of(LINES)
    assert line_of(found, ("owner", "pets", 1, "inner", "first")) == 21
    assert line_of(found, ("owner", "age")) == 4
    assert line_of(found, ("nobody",)) == 1


def test_an_unusual_end_of_a_line_within_a_sentence_moves_no_line() -> None:
    assert lines_of('a = "one\u2028two"\nb = 1')[("b",)] == 2


def test_a_value_without_end_is_not_looked_through_for_ever() -> None:
    found = lines_of("a = 1\nb = [\n" + "1,\n" * 30_000 + "]\nc = 1\n")
    assert found[("a",)] == 1


# What is worth a look ----------------------------------------------------------------------------


def test_what_is_worth_a_look_is_told_with_its_line(desk: Desk) -> None:
    number = '[[numbers]]\nwhat = "A"\nnumber = "01632 960001"\nchecked_on = {}\nchecked_by = "B"\n'
    text = SOUND.replace("# [[numbers]]", number.format("2025-01-01") + number.format("2027-12-01"))
    text = text.replace('"learning@exampleshire.example"', '""')
    long = "Yes, " + "and all of it as it stands, " * 4
    text = text.replace('"All of us"', f'"All who know the case"\naccept = "{long}"')
    told = [str(one) for one in remarks(desk.write(text), read_partnership(desk.write(text)), DAY)]
    assert [one.split(": ", 1)[1] for one in told] == [
        "contacts.facilitation_team is empty: nobody is told where to write.",
        "numbers.1.checked_on is more than a year ago: check it again.",
        "numbers.2.checked_on is a day that is still to come.",
        "words.preparation.agreement_for_all says “case”, a word that this product avoids.",
        "words.preparation.accept is much longer than what it replaces: "
        "look at its card, on a phone too.",
    ]
    assert [int(re.findall(r"\d+", one)[0]) for one in told] == [
        line(text, 'facilitation_team = ""'),
        line(text, "checked_on = 2025"),
        line(text, "checked_on = 2027"),
        line(text, "agreement_for_all"),
        line(text, "accept ="),
    ]


DAY = date(2027, 2, 1)
