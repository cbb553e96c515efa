"""A second, invented partnership: the whole pathway in its own words, waits and numbers, from a
file alone; and nobody there reads a word of Suffolk's."""

import io
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from typing import Final
from zipfile import ZipFile

import openpyxl
import pytest
from docx2python import docx2python

from bot.commands.evaluation import LATEST, read
from cards.evaluation.evaluation import every_figure
from cards.evaluation.report_word import report
from cards.evaluation.workbook import workbook
from cards.learning import documents
from cards.preparation import calendar
from cards.wording import wording
from records.evaluation.closing import close_due
from records.evaluation.counted import ANSWERED, Behind, Counted
from records.evaluation.queries import every_evaluated
from records.evaluation.shown import shown as shown_of
from records.learning.document import learning_document
from records.partnership import Partnership
from records.store.azure import TableStore
from records.store.contract import Store
from records.store.memory import MemoryStore
from tests.cards import test_every_card as every
from tests.cards.evaluation.invented import of_rows
from tests.cards.walks import Watched, parts
from tests.dialogs.conftest import RENAMED, elements, values
from tests.partnerships.fenmere import OURS, OWN, REPLACED, THEIRS, renamed, suffolks

SHAPES: Final = tuple(suffolks())
FEWEST: Final = OWN.thresholds.fewest_people
WEEKS: Final = 4
"""By so many weeks the outcome comes later here than the scenarios wait."""


@pytest.fixture(autouse=True)
def in_fenmere(serving: Callable[[Partnership], None], monkeypatch: pytest.MonkeyPatch) -> None:
    serving(OWN)
    for was, now in renamed().items():
        monkeypatch.setitem(RENAMED, was, now)


class Fenmere(Watched):
    """The house of one who lives there."""

    async def skip(self, **delta: float) -> int:
        """Wherever weeks are waited for, the outcome is."""
        more = WEEKS if "weeks" in delta else 0
        return await super().skip(**{**delta, "weeks": delta.get("weeks", 0) + more})

    def texts(self) -> list[str]:
        """Everything that anybody was shown so far."""
        found = [text for one in self.cards for text, _ in parts(one)]
        return [*found, *(summary for _, _, summary, _ in self.shows)]


def not_suffolks(texts: Iterable[str]) -> set[str]:
    """Whatever of it is Suffolk's: its name, or a sentence that Fenmere has in other words."""
    found = {one for one in set(texts) if "suffolk" in one.casefold() or "Signs of" in one}
    for _, shape in SHAPES:
        found |= {one for one in set(texts) if shape.search(one)}
    return found


@pytest.fixture(params=["memory", "azurite"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    connection = request.getfixturevalue("azurite")
    prefix = f"f{secrets.token_hex(4)}"
    made = TableStore(connection, clock=lambda: datetime.now(UTC), prefix=prefix)
    yield made
    await made.close()


def test_what_is_served_is_not_suffolks() -> None:
    assert wording.partnership.partnership.name == "Fenmere Partnership for Safety"
    assert len(SHAPES) > 100
    assert len(REPLACED) > 120
    assert wording.Q_WORRY == "If nothing changes, what keeps you awake?"
    assert RENAMED["Agree"] == "I agree"


def test_a_sentence_of_suffolks_would_be_found() -> None:
    told = [
        "What are you most worried will happen if this situation continues? (needed)",
        "Agree",
        "LC-7K3QX is booked",
        "Police of Suffolk",
        "You were lead worker in LC-7K3QX.",
    ]
    assert not_suffolks(told) == set(told)
    assert not_suffolks(["I agree", "Agreement", "Next to it", "12 weeks on"]) == set()


@pytest.mark.parametrize(
    "begins", ["seen_", "waits_", "cannot_", "happened_", "your_conversations"]
)
def test_who_sees_what_waits_and_who_cannot_come_is_of_its_own(begins: str) -> None:
    """Else a card that has these from anywhere but the file would not be found here."""
    found = {way: text for way, text in THEIRS.items() if str(way[-1]).startswith(begins)}
    assert found
    assert {way for way, text in found.items() if OURS[way] == text} == set()


async def test_the_whole_pathway_in_its_own_words_waits_and_numbers(store: Store) -> None:
    house = Fenmere(store)
    key = await requested(house)
    await agreed(house)
    await booked(house)
    await prepared(house)
    await took_place(house)
    await feedback(house)
    await learned(house, key)
    await outcome(house)
    await figures_and_board(house)
    file = await house.file(key)
    versions = {(one.what, one.version) for one, _ in file.answers.values()}
    assert versions >= {("request", 5), ("feedback", 5), ("outcome", 7), ("learning", 7)}
    assert not_suffolks(house.texts()) == set()
    assert len(set(house.texts())) > 300


async def requested(house: Fenmere) -> str:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    assert "Good to see you, Priya" in house.shown("priya")
    assert "This chat is read by nobody. In danger: 999." in house.shown("priya")
    await house.say("priya", "urgent")
    assert "If somebody is in danger now" in house.shown("priya")
    tried = (
        "The duty desk, day and night: ring 01632 960001 (tried on 14 October 2026 by Rowan Tay)."
    )
    assert tried in house.shown("priya")
    assert "01632 960002" in house.shown("priya")
    await house.say("priya", "help")
    assert "thinking@fenmere.example" in house.shown("priya")

    await house.say("priya", "request")
    assert "First of all: is anybody in danger now?" in house.shown("priya")
    await house.tap("priya", "Nobody is")
    assert choices(house, "level_of_need") == [
        "Everyday help",
        "Early help",
        "A plan with several agencies",
        "Protection",
        "In care",
        "Not known",
    ]
    assert "Nothing moves" in choices(house, "reasons")
    about = {"about": "child", "reasons": "stuck,clarity", "level_of_need": "protect"}
    await house.tap("priya", "On", **about)
    assert "Where you work (needed)" in house.shown("priya")
    assert choices(house, "agency") == [
        "Children and Families",
        "Fenmere Police",
        "Health Board",
        "Schools, early years",
        "Third sector",
        "Somewhere else",
    ]
    you = {
        "contact": "01632 960000",
        "team": "East",
        "agency": "Schools, early years",
        "attending": "yes",
        "manager_name": "Martin Cole",
        "manager_mail": "martin@socialcare.example",
    }
    await house.tap("priya", "On", **you)
    await house.tap("priya", "One back")
    assert values(house.people["priya"].card)["agency"] == "Schools, early years"
    await house.tap("priya", "On")
    assert '"Such as Fenmere Police, Health Board"' in json.dumps(house.people["priya"].card)
    await house.tap(
        "priya",
        "On",
        nurse="named",
        nurse_name="Nia Okafor",
        nurse_mail="nia@health.example",
        nurse_attending="yes",
        other_name="Pat Reed",
        other_agency="Fenmere Police",
        other_mail="pat@police.example",
        other_attending="yes",
    )
    assert "If nothing changes, what keeps you awake? (if you like)" in house.shown("priya")
    await house.tap("priya", "On", worry="That nobody listens.")
    assert "What would you like to be different for YOU afterwards?" in house.shown("priya")
    await house.tap("priya", "On", hope_you="Room.", hope_you_known="I sleep.")
    asked = "What would you like to be different for the child and those who look after them?"
    assert asked in house.shown("priya")
    await house.tap("priya", "On", hope_child="One plan.", hope_child_known="School says so.")
    assert "All of it once more" in house.shown("priya")
    assert "Schools, early years" in house.shown("priya")
    await house.tap("priya", "Send it")
    assert "is on its way" in house.shown("priya")
    assert "asked now, and again after one working day." in house.shown("priya")
    return await house.newest()


def choices(house: Fenmere, field: str) -> list[str]:
    card = house.people["priya"].card
    return [
        choice["title"]
        for one in elements(card)
        if one.get("id") == field
        for choice in one["choices"]
    ]


async def agreed(house: Fenmere) -> None:
    """The manager is silent for one working day; nobody picks it up for one."""
    asked = "Priya Shah (Schools, early years) would like a thinking hour, and asks if you agree."
    assert asked in house.shown("martin")
    before = len(house.told("martin"))
    await until(house, "2027-02-02T09:00")
    assert len(house.told("martin")) == before
    await until(house, "2027-02-02T09:10")
    assert len(house.told("martin")) == before + 1
    assert f"Once more: {asked}" in house.shown("martin")
    await house.tap("martin", "I agree")
    assert "You said yes to" in house.shown("martin")


async def until(house: Fenmere, wall: str) -> None:
    """Let time pass until a wall time of theirs."""
    gone = house.local(wall) - house.at
    await house.skip(seconds=gone.total_seconds())


async def booked(house: Fenmere) -> None:
    await house.say("fay", "waiting")
    await house.tap("fay", "I lead this one")
    await house.tap("fay", "I am neutral; I lead it")
    assert "is yours to lead" in house.shown("fay")
    await house.open_door("fay")
    assert "If nothing changes, what keeps you awake?" in house.shown("fay")
    await house.tap("fay", "Look for a day")
    await house.tap(
        "fay",
        "Fix it",
        day="2027-02-09",
        start="14:00",
        end="15:30",
        place="The old mill",
        lead="requester",
        coming="requester,nurse,other1",
    )
    assert "has its day" in house.shown("fay")
    assert "In the last ten minutes, tap We are finishing." in house.shown("fay")
    it = await house.record(await house.newest())
    assert not_suffolks(calendar.ics(it, house.at).splitlines()) == set()


async def prepared(house: Fenmere) -> None:
    """The card and the agreement; the reminder on the day before, as their office opens."""
    assert "Fay Larsen asks you to a thinking hour" in house.shown("pat")
    shown = house.shown("pat")
    assert shown.startswith("Say nothing at home yet. Priya Shah finds out who tells them,")
    for text in ("Come curious", "Bring what was said before.", "I know who it is"):
        assert text in shown
    await house.tap("priya", "Settle who tells the family")
    await house.tap("priya", "They have been told")
    assert "Ask those it is about what helps them" in house.shown("priya")
    await house.tap("pat", "See how to prepare")
    await house.tap("pat", "I know who it is")
    await house.tap("pat", "Yes, my manager knows")
    await house.tap("pat", "Read how we talk")
    for text in ("All of us in Fenmere", "We let each other finish", "To come with questions"):
        assert text in house.shown("pat")
    await house.tap("pat", "Yes to this")
    before = len(house.told("nia"))
    await until(house, "2027-02-08T08:29")
    assert len(house.told("nia")) == before
    await until(house, "2027-02-08T08:31")
    assert len(house.told("nia")) == before + 1


async def took_place(house: Fenmere) -> None:
    """Ten minutes before the end the facilitator is asked to close."""
    before = len(house.told("fay"))
    await until(house, "2027-02-09T15:19")
    assert len(house.told("fay")) == before
    await until(house, "2027-02-09T15:21")
    assert len(house.told("fay")) == before + 1
    await house.tap("fay", "We are finishing")
    assert "Who was there?" in house.shown("fay")
    await house.tap("fay", "Ask for their numbers")
    assert "Who stays silent is asked once more within three days." in house.shown("fay")


async def feedback(house: Fenmere) -> None:
    """Three days, not two: Friday, not Thursday; at 15:30, when others have closed nearly."""
    shown = house.shown("pat")
    assert "Your number for the thinking hour" in shown
    assert "Which number is yours?" in shown
    assert "We thought slowly together, and I leave with something new" in shown
    assert "It is open to you until Friday 12 February 2027, 15:30." in shown
    await house.tap("pat", "8 out of 10")
    assert "Yours is 8." in house.shown("pat")
    assert "What made it that number and nothing less?" in house.shown("pat")
    await house.tap("pat", "On", happened="We were heard.")
    await house.tap("pat", "On", together="We ring each other.")
    assert "What would have made it one number more?" in house.shown("pat")
    await house.tap("pat", "Send it", possibility="Time.", may_quote="yes")
    assert "has your number" in house.shown("pat")
    told = {who: len(house.told(who)) for who in ("pat", "nia", "priya")}
    await until(house, "2027-02-12T15:29")
    assert {who: len(house.told(who)) for who in told} == told
    await until(house, "2027-02-12T15:31")
    assert {who: len(house.told(who)) for who in told} == {
        "pat": told["pat"],
        "nia": told["nia"] + 1,
        "priya": told["priya"] + 1,
    }
    assert "One more time: your number for" in house.shown("nia")
    await house.tap("nia", "7 out of 10")
    await house.tap("priya", "9 out of 10")
    for title in ("On", "On", "Send it"):
        await house.tap("priya", title)
    assert "In 12 weeks we ask what came of it." in house.shown("priya")


async def learned(house: Fenmere, key: str) -> None:
    """Six headings of their own, typed up, handed over, passed on, recorded; and the Word file."""
    await house.say("fay", "type up")
    for number, heading in enumerate(
        (
            "When and with whom",
            "What we heard",
            "What keeps things steady",
            "Where each of us stands",
            "When we look back",
            "What each agency takes home",
        ),
        start=1,
    ):
        assert f"{number}. {heading}" in house.shown("fay")
    assert "provisional" not in house.shown("fay")
    await house.tap("fay", "Fill in 3. What keeps things steady")
    assert "What keeps things steady already?" in house.shown("fay")
    await house.tap("fay", "Keep it and see the rest", steady_what="School, every day.")
    await house.tap("fay", "Fill in 4. Where each of us stands")
    number = {"numbers_who": "requester", "numbers_number": "6", "numbers_words": "We met."}
    await house.tap("fay", "Keep it and see the rest", **number)
    await house.tap("fay", "Fill in 5. When we look back")
    back = {"look-back_day": "2027-03-01", "look-back_how": "We meet again."}
    await house.tap("fay", "Keep it and see the rest", **back)
    await house.tap("fay", "Fill in 6. What each agency takes home")
    card = house.people["fay"].card
    police = next(
        choice["value"]
        for one in elements(card)
        for choice in one.get("choices", ())
        if choice["title"] == "Fenmere Police"
    )
    home = {"each_who": police, "each_words": "We ring the school first."}
    await house.tap("fay", "Keep it and see the rest", **home)
    await house.tap("fay", "Hand it to the lead worker")
    await house.tap("fay", "Hand it over")
    await house.tap("priya", "Say who has it now")
    await house.tap("priya", "So it is", shared_with="other1,nurse")
    assert "What Fenmere Police takes home from" in house.shown("pat")
    await house.open_door("pat")
    assert "We ring the school first." in house.shown("pat")
    await house.tap("pat", "It is in our own records")
    file = await house.file(key)
    text = word(documents.learning_document(learning_document(file, wording.partnership), house.at))
    for one in (
        f"What we learned in {file.conversation.reference}",
        "What did they tell us themselves?",
        "School, every day.",
        "From where",
        "Schools, early years",
        f"{file.conversation.reference}, Fenmere,",
    ):
        assert one in text, one
    pack = word(documents.pack(learning_document(file, wording.partnership), house.at))
    for one in (
        "How the hour goes",
        "The numbers, in the last ten minutes",
        "We ask before we advise",
    ):
        assert one in pack, one


def word(body: bytes) -> str:
    """The words of a Word file, none of them Suffolk's."""
    with docx2python(io.BytesIO(body)) as read_:
        text: str = read_.text
    with ZipFile(io.BytesIO(body)) as inner:
        whole = " ".join(inner.read(one).decode(errors="ignore") for one in inner.namelist())
    assert not_suffolks(text.splitlines()) == set()
    assert "Suffolk" not in whole
    return text


async def outcome(house: Fenmere) -> None:
    """Twelve weeks, not eight: Tuesday 4 May, at the hour it ended."""
    before = len(house.told("priya"))
    await until(house, "2027-04-07T12:00")
    after = [one for one in house.told("priya")[before:] if "came of" in one]
    assert after == []
    await until(house, "2027-05-04T15:29")
    assert not [one for one in house.told("priya")[before:] if "12 weeks" in one]
    await until(house, "2027-05-04T15:31")
    assert [one for one in house.told("priya")[before:] if ": 12 weeks on, " in one]
    assert "12 weeks ago you were lead worker in" in house.shown("priya")
    await house.open_door("priya")
    assert "What came of it for the child or person?" in house.shown("priya")
    assert wording.SEEN_OUTCOME_NOBODY in house.shown("priya"), "nobody is named who could"
    await house.tap("priya", "On", outcome_child="They sleep.")
    await house.tap("priya", "On", outcome_you="I do, too.", may_quote="yes")
    await house.tap("priya", "Send it")
    assert "has come to its end" in house.shown("priya")


async def figures_and_board(house: Fenmere) -> None:
    await house.say("fay", "board")
    assert "All thinking hours" in house.shown("fay")
    assert await close_due(house.store, OWN, house.at)
    await house.say("fay", "evaluation")
    shown = house.shown("fay")
    for text in ("The year's figures", "Asked for, all of them: 1", wording.NOT_SHOWN):
        assert text in shown, text

    there = await every_evaluated(house.store, house.at, OWN)
    of = await read(house.store, there, LATEST)
    book = openpyxl.load_workbook(io.BytesIO(workbook(of, house.at)))
    assert book.sheetnames[:2] == ["Read me", "Asked for"]
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert not_suffolks(cells) == set()
    text = word(report(of, house.at))
    assert "Fenmere: thinking hours in figures" in text
    names = wording.WORKBOOK_NAME.format(first="2027-01-01", last="2027-12-31")
    assert names == "fenmere-2027-01-01-2027-12-31.xlsx"


def test_its_own_levels_and_agencies_are_in_its_figures() -> None:
    levels = [one.id for one in OWN.levels_of_need]
    counts = Counted(
        requests=40,
        splits={"level": {levels[0]: 16, levels[1]: 24}},
        held=40,
        agencies=dict.fromkeys(OWN.partnership.agencies, 20),
    )
    of = of_rows().model_copy(update={"figures": shown_of(counts, OWN)})
    shown = "\n".join(text for text, _ in parts(every_figure(of)))
    assert "How much help" in shown
    assert f"{OWN.levels_of_need[0].title}: " in shown
    assert all(f"{name}: " in shown for name in OWN.partnership.agencies)
    assert not_suffolks([shown]) == set()


async def test_its_own_holidays_count(store: Store) -> None:
    """Easter Monday is a working day in Scotland, and Good Friday is none."""
    house = Fenmere(store)
    house.at = house.local("2027-03-25T16:00")
    await house.arrive("priya", "martin")
    await house.fill_request()
    await house.tap("priya", "Send it")
    before = len(house.told("martin"))
    await until(house, "2027-03-29T15:59")
    assert len(house.told("martin")) == before
    await until(house, "2027-03-29T16:01")
    assert len(house.told("martin")) == before + 1


@pytest.mark.parametrize(("people", "shown"), [(7, False), (8, True)])
def test_a_figure_about_fewer_than_eight_people_is_not_given(people: int, *, shown: bool) -> None:
    counts = Counted(held=3, people={ANSWERED: Behind(people=people, conversations=3)}, scale={})
    found = [one.low for one in shown_of(counts, OWN) if one.table == "people"]
    assert found == ([people] if shown else [])


@pytest.mark.parametrize("name", sorted(every.SCENARIOS))
async def test_every_scenario_shows_its_words_and_keeps_the_limits(name: str) -> None:
    house = Fenmere()
    await every.SCENARIOS[name](house)
    every.test_every_card_is_within_what_teams_takes(house.cards)
    every.test_every_execute_falls_back_to_a_submit_with_the_same_data(house.cards)
    every.test_no_two_buttons_of_a_card_are_called_the_same(house.cards)
    # People of the scenarios type where they work.
    typed = {"Suffolk Police"}
    left = {one for one in not_suffolks(house.texts()) if not any(x in one for x in typed)}
    assert left == set()
    assert house.cards
    assert not re.search("Suffolk(?! Police)", json.dumps(house.cards))
