"""What a partnership's file holds apart from the sentences; long, as every field is told here and
in `template.toml`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import cached_property
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from records import mail_address
from records.calendar import Office
from records.partnership.danger import Danger
from records.partnership.evaluated import Evaluation
from records.partnership.kept import Kept
from records.partnership.paper import Paper
from records.partnership.sections import Section, SectionKind
from records.partnership.timings import Timings, counted, number, span

NOT_KNOWN: Final = "unknown"
OTHERS: Final = "others"
"""Taken too: in the figures it is all that has no row of its own."""
"""What is kept where the level of need is not known."""
MOST_AGENCIES: Final = 40
"""As many as a drop-down on a phone can be looked through."""

Version = Annotated[int, Field(ge=1, le=999, strict=True)]
Clock = Annotated[time, Field(strict=True)]
"""A time as TOML has them, such as 09:00:00: a number would be taken for seconds."""


def _some_text(text: str) -> str:
    if not text.strip():
        raise ValueError("this may not be empty")
    if not text.isprintable():
        raise ValueError("this has to be on one line, without a tab or another unseen character")
    return text


def _no_braces(text: str) -> str:
    if set(text) & {"{", "}"}:
        raise ValueError("no { or } here: it is filled into sentences")
    return text


def _mail(text: str) -> str:
    try:
        return mail_address.read(text) if text else text
    except mail_address.NotAnAddress as error:
        raise ValueError(f"{text!r} is not a mail address") from error


def _page(text: str) -> str:
    if text and not re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[^\s{}<>\"]*)?", text):
        raise ValueError("this has to be the whole address of a page, beginning with https://")
    return text


Text = Annotated[str, Field(max_length=200), AfterValidator(_some_text)]
Name = Annotated[Text, AfterValidator(_no_braces)]
Mail = Annotated[str, AfterValidator(_mail)]


class FilePart(BaseModel):
    """Base of the file's parts: what is not known there is a mistake, so that no typing error
    leaves a setting at its old value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(FilePart):
    """How the partnership calls itself and its teams."""

    name: Name
    facilitation_team: Name
    practice_team: Name
    own_names: tuple[Text, ...] = ()
    """Words that no other partnership may still show. A file that leaves a sentence with one of
    them as it was is refused."""
    agencies: Annotated[tuple[Text, ...], Field(min_length=2, max_length=MOST_AGENCIES)]

    @field_validator("agencies")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len({" ".join(one.split()).casefold() for one in names}) < len(names):
            raise ValueError("an agency stands here twice")
        if OTHERS in names:
            raise ValueError(f"no agency may be called {OTHERS}: so all others are called together")
        return names


class Contacts(FilePart):
    """Where people can write. Empty: the card leaves it out."""

    facilitation_team: Mail = ""
    escalation: Annotated[str, Field(max_length=300), AfterValidator(_page)] = ""
    """The page that says how to take a professional disagreement further."""
    information_governance: Mail = ""
    """Whom somebody asks about what is held on them; empty: the facilitation team."""
    stand_in: Mail = ""
    """Who reads in place of the team lead and their deputy where both have a part in it. It stands
    on no card."""


class LocalNumber(FilePart):
    """A number to ring in danger. It is shown only because somebody checked it, and with when."""

    what: Text
    number: Annotated[str, Field(pattern=r"^[0-9 +()]{3,20}$")]
    checked_on: date
    checked_by: Text


class Hours(FilePart):
    """Office hours: when a timed message may go, in the partnership's own wall time."""

    zone: str
    opens: Clock
    closes: Clock
    holidays: str
    """Country and region of the bank holidays, such as GB-ENG: as in the `holidays` library."""
    day_begins: Clock = time(8)
    day_ends: Clock = time(18)
    """When people meet: a booking outside is asked about once. A file from before has neither."""
    noon: Clock = time(12)
    """When the team lead is asked to ring where nobody has yet. A file from before has none."""

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"{name!r} is no time zone; give one such as Europe/London")
        return name

    @field_validator("holidays")
    @classmethod
    def _known_holidays(cls, region: str) -> str:
        country, _, part = region.partition("-")
        if part not in ("", *holidays.list_supported_countries().get(country, ())):
            raise ValueError(f"{region!r} is no region with holidays; give one such as GB-ENG")
        if country not in holidays.list_supported_countries():
            raise ValueError(f"{region!r} is no region with holidays; give one such as GB-ENG")
        return region

    @field_validator("closes")
    @classmethod
    def _later(cls, closes: time, info: ValidationInfo) -> time:
        opens = info.data.get("opens")
        if opens is not None and closes <= opens:
            raise ValueError("has to be later than opens")
        return closes

    @field_validator("day_ends")
    @classmethod
    def _after_it_begins(cls, ends: time, info: ValidationInfo) -> time:
        begins = info.data.get("day_begins")
        if begins is not None and ends <= begins:
            raise ValueError("has to be later than day_begins")
        return ends


class Thresholds(FilePart):
    """A figure about fewer people than this is not given. Never under five. Source: pathway,
    practice rules."""

    fewest_people: Annotated[int, Field(ge=5, le=100, strict=True)]


class Level(FilePart):
    """One level of need. `id` is what is kept, so it stays when the title changes."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,20}$")]
    title: Text


def _each_level_once(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    for twice in _twice((*(one.id for one in levels), NOT_KNOWN, OTHERS)):
        taken = ", which is taken" if twice in (NOT_KNOWN, OTHERS) else ""
        raise ValueError(f"two levels have the id {twice}{taken}")
    return levels


class Questions(FilePart):
    """The number of each set of questions. Raise it with every change of a question's words."""

    request: Version
    feedback: Version
    outcome: Version
    learning: Version


class Learning(FilePart):
    """The headings of the learning document, in their order."""

    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=20)]

    @field_validator("sections")
    @classmethod
    def _whole(cls, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        problem = next(_section_problems(sections), "")
        if problem:
            raise ValueError(problem)
        return sections

    def section(self, name: str) -> Section | None:
        """The section with this id, as it is asked today."""
        return next((one for one in self.sections if one.id == name), None)


def _section_problems(sections: tuple[Section, ...]) -> Iterator[str]:
    for twice in _twice(one.id for one in sections):
        yield f"two sections have the id {twice}"
    for one in sections:
        asks = [ask.id for ask in one.asks]
        for twice in _twice(asks):
            yield f"two questions of {one.id} have the id {twice}"
        if one.kind is SectionKind.TEXTS and not asks:
            yield f"{one.id} asks nothing"
        if asks and one.kind not in (SectionKind.TEXTS, SectionKind.REVIEW):
            yield f"{one.id} is of kind {one.kind}, which has no asks of its own"
    for kind in {one.kind for one in sections}:
        if kind.once and sum(one.kind is kind for one in sections) > 1:
            yield f"there is room for one section of kind {kind}"


def _twice(ids: Iterable[str]) -> Iterator[str]:
    return (one for one, times in Counter(ids).items() if times > 1)


class Partnership(FilePart):
    """One partnership's file. `words` holds its sentences, by topic; `cards.wording` gives each
    its type."""

    partnership: Names
    contacts: Contacts
    numbers: Annotated[tuple[LocalNumber, ...], Field(max_length=4)] = ()
    hours: Hours
    timings: Timings
    kept: Kept = Kept()
    thresholds: Thresholds
    evaluation: Evaluation = Evaluation()
    questions: Questions
    levels_of_need: Annotated[
        tuple[Level, ...], Field(min_length=1, max_length=10), AfterValidator(_each_level_once)
    ]
    learning: Learning
    paper: Paper = Paper()
    danger: Danger
    words: Mapping[str, Mapping[str, Any]]

    @cached_property
    def office(self) -> Office:
        """Working days and office hours."""
        hours = self.hours
        return Office(
            ZoneInfo(hours.zone),
            hours.opens,
            hours.closes,
            hours.holidays,
            hours.day_begins,
            hours.day_ends,
            hours.noon,
        )

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What a sentence may name as `$name`, so that it follows when a wait or a name changes.
        With a capital the value begins with one."""
        waits = self.timings
        found = {
            "partnership": self.partnership.name,
            "facilitation_team": self.partnership.facilitation_team,
            "practice_team": self.partnership.practice_team,
            "manager_reminder": counted(waits.manager_reminder_working_days, "working day"),
            "manager_silent": counted(waits.manager_silent_working_days, "working day"),
            "manager_silent_more": counted(waits.manager_silent_working_days, "more working day"),
            "feedback_within": counted(waits.feedback_days, "day"),
            "feedback_read": counted(waits.feedback_read_working_days, "working day"),
            "outcome_after": span(waits.outcome_days),
            "no_outcome_after": span(7 * waits.no_outcome_weeks),
            "closing": counted(waits.closing_lead_minutes, "minute"),
            "learning_words": counted(waits.learning_words_working_days, "working day"),
            "ask_again": counted(waits.ask_again_weeks, "week"),
            "drafts_kept": counted(waits.drafts_kept_days, "day"),
            "practice_kept": counted(waits.practice_kept_days, "day"),
            "cards_stand": counted(waits.cards_stand_days, "day"),
            "silent": counted(self.kept.silent_months, "month"),
            "silent_answer": counted(self.kept.silent_answer_days, "day"),
            "booked_ahead": counted(waits.booked_ahead_years, "year"),
            "fewest": number(self.thresholds.fewest_people),
            "opens": f"{self.hours.opens:%-H:%M}",
            "day_begins": f"{self.hours.day_begins:%-H:%M}",
            "day_ends": f"{self.hours.day_ends:%-H:%M}",
        }
        return {**found, **{_capital(name): _capital(text) for name, text in found.items()}}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
