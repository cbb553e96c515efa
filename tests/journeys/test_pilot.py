"""A pilot of ten conversations, from ten forms on paper to the evaluation of their quarter.

What stands on a form is looked for by the paper's own questions: an answer goes where the card asks
that question, word for word, and comes back under it.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from docx2python import docx2python

from cards.kit.files import REQUEST_FORM
from cards.wording import wording
from dialogs.files.files import follow
from dialogs.root.routes import FILES
from records.evaluation.closed import every_closed
from records.evaluation.closing import close_due
from records.evaluation.counted import Counted
from records.evaluation.periods import Period
from records.evaluation.shown import shown as shown_of
from records.partnership import Partnership
from records.partnership.evaluated import Evaluation, OwnPeriod
from records.stages import Stage
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, elements
from tests.records.evaluation.attacker import Published, held_back

PILOT: Final = OwnPeriod(name="The pilot", first=date(2027, 1, 1), last=date(2027, 6, 30))
PERIOD: Final = Period(first=PILOT.first, last=PILOT.last)
WORRY: Final = "What are you most worried will happen if this situation continues?"
FOR_YOU: Final = (
    "What difference are you hoping making the time to reflect on the situation will make to YOU?"
)
KNOWN: Final = "How will you know that this difference has been achieved?"
FOR_CHILD: Final = "What difference are you hoping this will make to the child and their carers?"
HAPPENED: Final = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)
POSSIBILITY: Final = (
    "What else could have been useful to help you to move up the scale closer to a 10?"
)
OVERALL: Final = "What is the overall difference for the child or person?"


@dataclass(frozen=True)
class Form:
    """One paper form with its three feedback tools, and what the lead worker said at 8 weeks."""

    number: int
    reasons: str
    scale: tuple[int, int, int]
    agreed: bool = True

    def words(self, question: str) -> str:
        """What is written under a question: no two are the same."""
        return f"Form {self.number}: {question[:24].casefold()} ... answered in ink."


REASONS: Final = ("stuck", "clarity", "goal,stuck", "differences", "stuck,clarity")
FORMS: Final = tuple(
    Form(
        number,
        REASONS[number % len(REASONS)],
        (number, min(number + 1, 10), (number * 3) % 11),
        agreed=number != 4,
    )
    for number in range(1, 11)
)


def asked(house: House, who: str, form: Form, *questions: str) -> Mapping[str, str]:
    """The inputs of the newest card that ask these questions of the paper, with what was written.

    The paper asks one of them twice, each time below another.
    """
    inputs = [
        (str(one["id"]), str(one.get("label", "")))
        for one in elements(house.people[who].card)
        if one.get("type") == "Input.Text"
    ]
    found = {}
    for question in questions:
        ids = [name for name, label in inputs if label.startswith(question)]
        assert len(ids) == 1, (question, inputs)
        found[ids[0]] = form.words(f"{len(found)}{question}")
    return found


async def request(house: House, form: Form) -> str:
    """The request from its form; its conversation."""
    there = {row.partition for row in await house.dump()}
    await house.say("priya", "request")
    await house.tap("priya", "No")
    await house.tap("priya", "Next", about="child", reasons=form.reasons)
    if house.has_input("priya", "manager_name"):
        manager = {"manager_name": "Martin Cole", "manager_mail": "martin@socialcare.example"}
        you = {"contact": "01473 000000", "team": "Team East", "agency": "Social Care"}
        coming = {"attending": "yes", "manager_attending": "no"}
        await house.tap("priya", "Next", **manager, **you, **coming)
    nurse = {"nurse": "named", "nurse_name": "Nia Okafor", "nurse_mail": "nia@health.example"}
    pat = {"other_name": "Pat Reed", "other_agency": "Suffolk Police"}
    mail = {"other_mail": "pat@police.example", "other_attending": "yes", "nurse_attending": "yes"}
    await house.tap("priya", "Next", **nurse, **pat, **mail)
    await house.tap("priya", "Next", **asked(house, "priya", form, WORRY))
    await house.tap("priya", "Next", **asked(house, "priya", form, FOR_YOU, KNOWN))
    await house.tap("priya", "Next", **asked(house, "priya", form, FOR_CHILD, KNOWN))
    await house.tap("priya", "Send")
    (key,) = {row.partition for row in await house.dump()} - there
    return key


async def meet(house: House, form: Form, key: str) -> None:
    """Agreed, booked in two days, held, and its three feedback tools."""
    await house.tap("martin", "Agree")
    await house.pick_up("fay")
    office = house.timetable.office
    on = office.local(office.add_working_days(house.at, 2)).date()
    await house.book("fay", day=on.isoformat())
    await house.hold("fay", at=f"{on.isoformat()}T15:25")
    for who, number in zip(("priya", "pat", "nia"), form.scale, strict=True):
        await house.tap(who, f"{number} out of 10")
        await house.tap(who, "Next", **asked(house, who, form, HAPPENED))
        await house.tap(who, "Next")
        quote = {"may_quote": "yes" if who == "pat" else ""}
        await house.tap(who, "Send", **asked(house, who, form, POSSIBILITY), **quote)


async def said_what_changed(house: House, form: Form, key: str) -> None:
    opened = {"flow": "outcome", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": opened}, {})
    await house.tap("priya", "Next", **asked(house, "priya", form, OVERALL))
    await house.tap("priya", "Next")
    await house.tap("priya", "Send")


async def walked() -> tuple[House, dict[str, Form]]:
    """All ten, one after the other, and eight weeks more."""
    house = House(MemoryStore())
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    keys: dict[str, Form] = {}
    for form in FORMS:
        key = await request(house, form)
        keys[key] = form
        if form.agreed:
            await meet(house, form, key)
        else:
            await house.tap("martin", "Not this route, because…")
            await house.tap("martin", "Send", because="Supervision first.", short="supervision")
        await house.skip(days=3)
    await house.skip(weeks=8)
    for key, form in keys.items():
        if form.agreed:
            await said_what_changed(house, form, key)
    await house.tidy()
    return house, keys


async def show(house: House, **data: Any) -> str:
    tap = {"verb": "evaluation.show", "data": {"in": PERIOD.key, **data}}
    await house.press("idris", tap, {})
    return house.shown("idris")


async def test_ten_paper_forms_come_to_their_evaluation(
    serving: Callable[[Partnership], None],
) -> None:
    pilot = Evaluation(periods=(PILOT,))
    serving(wording.partnership.model_copy(update={"evaluation": pilot}))
    house, keys = await walked()
    stages = [(await house.record(key)).stage for key in keys]
    assert stages.count(Stage.COMPLETE) == 9
    assert stages.count(Stage.NOT_THIS_ROUTE) == 1
    for key, form in keys.items():
        await every_answer_is_under_its_question(house, key, form)
    # Its last day is not over, though nothing is owed: it is not closed before.
    assert await close_due(house.store, wording.partnership, house.at) == ()
    assert wording.ROWS["told"] not in await show(house)
    await house.skip(days=(PILOT.last - house.at.date()).days + 1)
    assert await close_due(house.store, wording.partnership, house.at)
    shown = await show(house)
    for line in (
        "The pilot: 1 January 2027 to 30 June 2027",
        f"{wording.ROWS['held']}\n9\n{wording.ROWS['asked']}: 10",
        "5 or more of 9",
        "27 people gave feedback.",
        "Words to read: 18",  # two answers of one person from each that was held
    ):
        assert line in shown, line
    numbers = [number for form in FORMS if form.agreed for number in form.scale]
    assert sum(counts(shown)) == len(numbers) == 27
    await house.tap("idris", "All figures")
    assert "Supervision" not in house.shown("idris"), "one alone was not agreed"
    await nothing_follows(house)


async def nothing_follows(house: House) -> None:
    """About any of these people, from all that was published."""
    (closed,) = await every_closed(house.store)
    nothing = shown_of(Counted(), wording.partnership)
    published = Published((closed.figures, *[nothing] * 3), closed.figures)
    held = list(held_back(published, wording.partnership))
    assert held
    fewest = wording.partnership.thresholds.fewest_people
    assert not [str(one) for one in held if one.follows(fewest)]


async def every_answer_is_under_its_question(house: House, key: str, form: Form) -> None:
    """As kept, and as printed on the form that its writer can have."""
    file = await house.file(key)
    story = file.answers_of("request", "requester")
    assert story is not None
    kept = {(story.question(field, ""), text) for field, text in story.texts.items()}
    written = {
        (WORRY, form.words(f"0{WORRY}")),
        (FOR_YOU, form.words(f"0{FOR_YOU}")),
        (KNOWN, form.words(f"1{KNOWN}")),
        (FOR_CHILD, form.words(f"0{FOR_CHILD}")),
    }
    assert kept == written
    owner = house.people["priya"].actor.key
    made = await follow(house.services(), FILES, owner, REQUEST_FORM, key)
    with docx2python(io.BytesIO(made.body)) as read:
        printed = str(read.text)
    for question, text in written:
        assert question in printed
        assert text in printed
    if form.agreed:
        told = file.answers_of("feedback", "other1")
        assert told is not None
        assert told.scale == form.scale[1]
        assert told.text("happened") == form.words(f"0{HAPPENED}")


def counts(shown: str) -> list[int]:
    """How many people the card has in each part of the scale."""
    _, _, after = shown.partition(f"{wording.TABLES['scale']}\n")
    line = after.splitlines()[0]
    return [int(part.partition(" at ")[0]) for part in line.split(" · ")]
