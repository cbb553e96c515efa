"""The feedback tool: four cards. The tap on the scale alone already counts as feedback.

Source: pathway, "Partnership Learning Conversation Feedback Tool".
"""

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from microsoft_teams.cards import Action, CardElement
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from cards.feedback import readers
from cards.kit.answers import AnswerModel, Optional
from cards.kit.elements import Card, act, aside, build, heading, line, para, small, tiles
from cards.kit.forms import ChoiceField, TextField
from cards.kit.page import Page, ask, kicker, notice, texts
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import SCALE, SCALE_0, SCALE_10

LOWEST: Final = 0
HIGHEST: Final = 10
NUMBERS: Final = range(LOWEST, HIGHEST + 1)
PER_ROW: Final = 4


def _on_scale(value: object) -> object:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and text.removeprefix("-").isdecimal():
        text = int(text)
    if isinstance(text, bool) or (isinstance(text, int) and text not in NUMBERS):
        raise PydanticCustomError("scale", "{sentence}", {"sentence": wording.SCALE_LIST_LABEL})
    return text


class Scale(AnswerModel):
    """Where somebody is, from 0 to 10."""

    scale: Annotated[int, BeforeValidator(_on_scale)]


SCALE_FIELDS: Final = (
    ChoiceField(
        SCALE,
        lambda: wording.Q_SCALE,
        tuple((str(one), str(one)) for one in NUMBERS),
        asked=True,
        # A number says nothing without what both ends mean.
        meanings={SCALE_0: lambda: wording.SCALE_0, SCALE_10: lambda: wording.SCALE_10},
    ),
)


def scale(page: Page) -> Card:
    """Card 1: eleven tiles; one tap answers. Behind *Show as list* the same as a list. A number
    that was chosen before, or typed, has a button of its own, which comes first."""
    if page.fact("as_list"):
        return ask(
            replace(page, carried={**page.carried, "as_list": "yes"}),
            wording.FEEDBACK_TITLE,
            wording.Q_SCALE,
            SCALE_FIELDS,
            intro=[*above(page), *meaning()],
        )
    problem = page.problems.get("scale")
    return build(
        [
            *([line(page.fact("why"))] if page.fact("why") else []),
            small(kicker(page, wording.FEEDBACK_TITLE, named=bool(page.fact("why")))),
            heading(wording.Q_SCALE),
            *notice(page),
            *([small(problem)] if problem else []),
            *above(page),
            *meaning(),
            *tiles([_tile(page, number) for number in NUMBERS], PER_ROW),
            small(f"{wording.FEEDBACK_INTRO} {page.fact('deadline')}".strip(), gap=True),
        ],
        [*_chosen(page), act(wording.SCALE_AS_LIST, "flow.list", page.data, inputs=False)],
    )


def _chosen(page: Page) -> list[Action]:
    """The number that stands there already: typed, or given before."""
    number = next((one for one in NUMBERS if str(one) == str(page.answers.get(SCALE, ""))), None)
    if number is None:
        return []
    title = wording.SCALE_SEND.format(number=number)
    return [act(title, "flow.next", _answers(page, number), inputs=False, primary=True)]


def meaning() -> list[CardElement]:
    """What 0 and 10 mean, word for word, 0 first."""
    return [
        line((wording.SCALE_LEGEND_0,), wording.SCALE_0),
        line((wording.SCALE_LEGEND_10,), wording.SCALE_10),
    ]


def _tile(page: Page, number: int) -> tuple[str, Action]:
    title = wording.SCALE_TILE.format(number=number)
    action = act(title, "flow.next", _answers(page, number), inputs=False, tooltip=title)
    return str(number), action


def _answers(page: Page, number: int) -> dict[str, Any]:
    """What a tap on a number sends."""
    return {**page.data, SCALE: number, "submission": f"{page.submission}.{number}"}


def above(page: Page) -> list[CardElement]:
    """What stands above the fields: the number chosen, in kinder words at the ends; and who will
    read what is written here."""
    number, together = page.answers.get("scale"), page.facts.get("together")
    found: list[CardElement] = []
    if number is not None and page.step != SCALE:
        at_end = str(number) in {str(LOWEST), str(HIGHEST)}
        text = wording.YOU_CHOSE_END if at_end else wording.YOU_CHOSE
        text = wording.YOU_CHOSE_LATE if page.fact("late") else text
        found.append(small(text.format(number=number)))
    found.append(aside(page.facts.get("seen") or wording.SEEN_BEFORE))
    found += [aside(together)] if together else []
    return [*found, *readers.beside(page)]


class Happened(AnswerModel):
    """Acknowledgment, questions 1 and 2; each may be skipped."""

    happened: Optional = ""
    learning: Optional = ""


HAPPENED_FIELDS: Final = (
    TextField("happened", lambda: wording.Q_HAPPENED, required=False),
    TextField("learning", lambda: wording.Q_LEARNING, required=False),
)


def happened(page: Page) -> Card:
    """Card 2: what happened, and the learning points."""
    return ask(
        page,
        wording.FEEDBACK,
        wording.ACKNOWLEDGMENT,
        HAPPENED_FIELDS,
        intro=[
            para(wording.FEEDBACK_HAPPENED_TITLE, bold=True),
            *above(page),
            small(wording.ALLEGATION),
        ],
        chat=True,
    )


class Difference(AnswerModel):
    """Acknowledgment, questions 3 and 4, and the added one on working together."""

    difference_you: Optional = ""
    difference_child: Optional = ""
    together: Optional = ""


DIFFERENCE_FIELDS: Final = (
    TextField("difference_you", lambda: wording.Q_DIFFERENCE_YOU, required=False),
    TextField("difference_child", lambda: wording.Q_DIFFERENCE_CHILD, required=False),
    TextField("together", lambda: wording.Q_TOGETHER, required=False),
)


def difference(page: Page) -> Card:
    """Card 3: what difference it makes."""
    return ask(
        page,
        wording.FEEDBACK,
        wording.ACKNOWLEDGMENT,
        DIFFERENCE_FIELDS,
        intro=[para(wording.FEEDBACK_DIFFERENCE_TITLE, bold=True), *above(page)],
    )


class Possibility(AnswerModel):
    """Possibility, question 5; whether the words may be quoted, and whether the facilitator is not
    to get them."""

    possibility: Optional = ""
    may_quote: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"
    not_to: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"


POSSIBILITY_FIELDS: Final = (
    TextField("possibility", lambda: wording.Q_POSSIBILITY, required=False),
    ChoiceField(
        "may_quote", lambda: wording.MAY_QUOTE, lambda: wording.MAY_QUOTE_CHOICES, required=False
    ),
    readers.NOT_TO,
)


def possibility(page: Page) -> Card:
    """Card 4: what else could have been useful; that somebody can ring; then Send."""
    asked = bool(page.fact("facilitator"))
    fields = POSSIBILITY_FIELDS if asked else POSSIBILITY_FIELDS[:-1]
    return ask(
        page,
        wording.FEEDBACK,
        wording.POSSIBILITY,
        fields,
        intro=[
            para(wording.FEEDBACK_ELSE_TITLE, bold=True),
            *above(page),
            aside(wording.SEEN_QUOTED),
        ],
        after=readers.offer(page, fields),
        next_title=wording.SEND,
    )


FIELDS: Final = (*SCALE_FIELDS, *HAPPENED_FIELDS, *DIFFERENCE_FIELDS, *POSSIBILITY_FIELDS)
"""Everything that is asked, in order."""

TEXTS: Final = texts(FIELDS)
"""What somebody writes, beside the number."""


def took_part(it: Conversation, why: str) -> Card:
    """The morning after, where the facilitator has said nothing: did you take part?"""
    conversation = {"conversation": it.id}
    return build(
        [line(why, title=True)],
        [
            act(wording.TOOK_PART_YES, "feedback.yes", conversation, primary=True),
            act(wording.TOOK_PART_NO, "feedback.no", conversation),
            act(wording.NOT_AHEAD, "feedback.not-ahead", conversation),
        ],
    )
