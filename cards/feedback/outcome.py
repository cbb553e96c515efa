"""Eight weeks on: the lead worker says what difference it made, beside what was hoped for.

The Practice Team gets that it came, and on a tap the two answers.

Source: pathway, step 10. A lead worker who was not the requester sees only the hope for the child
or person; "difference to YOU" stays the requester's.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

from microsoft_teams.cards import Action, CardElement
from pydantic import BeforeValidator

from cards.feedback import readers
from cards.kit.answers import AnswerModel, Optional
from cards.kit.elements import (
    Card,
    act,
    aside,
    box,
    build,
    heading,
    line,
    para,
    said,
    small,
    tap_line,
)
from cards.kit.forms import ChoiceField, TextField, shortened
from cards.kit.notes import note
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import Field
from cards.kit.story import OPENS
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.feedback.readers import PRACTICE

SHOWN_HOPE: Final = 800
"""Characters of a hope shown beside its question."""


class OutcomeChild(AnswerModel):
    """The overall difference for the child or person; it may be skipped."""

    outcome_child: Optional = ""


class OutcomeYou(AnswerModel):
    """The overall difference to the lead worker, whether the words may be quoted, and whether they
    are shared with everybody who came."""

    outcome_you: Optional = ""
    may_quote: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"
    share: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"


CHILD_FIELDS: Final = (TextField("outcome_child", lambda: wording.Q_OUTCOME_CHILD, required=False),)
YOU_FIELDS: Final = (
    TextField("outcome_you", lambda: wording.Q_OUTCOME_YOU, required=False),
    ChoiceField(
        "may_quote",
        lambda: wording.MAY_QUOTE_OUTCOME,
        lambda: wording.MAY_QUOTE_CHOICES,
        required=False,
    ),
    ChoiceField(
        "share",
        lambda: wording.OUTCOME_SHARE_LABEL,
        lambda: (("yes", wording.OUTCOME_SHARE),),
        many=True,
        required=False,
    ),
)
FIELDS: Final = (*CHILD_FIELDS, *YOU_FIELDS)
"""Everything that is asked, in order."""


def outcome_child(page: Page) -> Card:
    """Card 1: the child or person, beside the request's hope for them."""
    why = [line(page.fact("why"))] if page.fact("why") else []
    why.append(para(wording.OUTCOME_INTRO))
    return ask(
        page,
        wording.OUTCOME,
        wording.OUTCOME_CHILD_TITLE,
        CHILD_FIELDS,
        intro=[
            *why,
            *family.on_page(page, CHILD_FIELDS),
            readers.seen(page),
            *hoped(page, "hope_child"),
        ],
        after=[tap_line(wording.HAPPENED, _happened(page))],
        chat=True,
        more=[*hopes(page, CHILD_FIELDS, "hope_child"), *_other_ways(page)],
    )


def _happened(page: Page) -> Action:
    return leaving(page, CHILD_FIELDS, wording.HAPPENED, "happened.tell", {})


def hopes(page: Page, fields: Sequence[Field], hope: str) -> list[Action]:
    """The way to what was hoped for, which opens for the client that taps; none where it stands
    here already, or where there is none for this person."""
    if page.fact(hope) or not page.fact(f"{hope}_there"):
        return []
    data = {"conversation": page.conversation}
    return [leaving(page, fields, wording.HOPES_SEE, HOPES, data)]


HOPES: Final = "outcome.hopes"


def _other_ways(page: Page) -> list[Action]:
    """For one who cannot answer now: to be rung, or to pass the place on."""
    return [
        leaving(page, CHILD_FIELDS, wording.RING_ME, "ring.me", {}),
        leaving(page, CHILD_FIELDS, wording.SOMEONE_ELSE, "flow.open", {"flow": "someone-else"}),
    ]


def outcome_you(page: Page) -> Card:
    """Card 2: the lead worker, beside their own hope if they made the request."""
    return ask(
        page,
        wording.OUTCOME,
        wording.OUTCOME_YOU_TITLE,
        YOU_FIELDS,
        intro=[
            *family.on_page(page, YOU_FIELDS),
            readers.seen(page),
            aside(wording.SEEN_QUOTED),
            *hoped(page, "hope_you"),
        ],
        more=hopes(page, YOU_FIELDS, "hope_you"),
    )


def hoped(page: Page, hope: str) -> list[CardElement]:
    """The hope from the request, in a quiet box; nothing where this person may not see it. Where
    it was asked in other words than now, under these."""
    text = page.fact(hope)
    if not text:
        return []
    asked = page.fact(f"{hope}_asked")
    question = [small(asked)] if asked else []
    return [box([small(wording.HOPED), *question, *said(shortened(text, SHOWN_HOPE)[0])])]


SHOWN: Final = 4_000
"""Characters of one answer: all that one can hold."""


def asked(it: Conversation, why: str) -> Card:
    """The question of a conversation that was held before it was noted who reads the answer: that
    is said on the card that this opens."""
    place = {"conversation": it.id, "flow": "outcome"}
    actions = [act(wording.DOOR_OUTCOME, OPENS, place, primary=True)]
    return note(why, wording.OUTCOME_INTRO, actions=actions)


def came(it: Conversation, part: str) -> Card:
    """That a difference was told, without a word of it, to one who has this part in reading it."""
    why = wording.PRACTICE_WHY.format(reference=it.reference)
    read = act(wording.PRACTICE_READ, "outcome.read", {"conversation": it.id}, primary=True)
    return note(
        why,
        wording.PRACTICE_MORE if part == PRACTICE else wording.PRACTICE_INSTEAD,
        rows=((wording.DOC_AGENCIES, ", ".join(it.agencies())),),
        actions=[read],
    )


def outcome(it: Conversation, answers: Answers, who: str = "") -> Card:
    """Both answers, word for word, under what was asked. To `who` came, or facilitates, what they
    are to keep to with the family stands above them."""
    found = family.later(it, who) if who else []
    for title, question, field in (
        (wording.OUTCOME_CHILD_TITLE, wording.Q_OUTCOME_CHILD, "outcome_child"),
        (wording.PRACTICE_LEAD, wording.Q_OUTCOME_YOU, "outcome_you"),
    ):
        words = shortened(answers.text(field), _room(answers.texts))[0] or wording.DOC_EMPTY
        asked = answers.question(field, question)
        found += [heading(title), small(asked), box(said(words))]
    return build([small(f"{wording.OUTCOME} · {it.reference}"), *found])


def _room(texts: Mapping[str, str]) -> int:
    """Characters that fit of each answer, where some take many bytes on their way."""
    size = max((len(text.encode("utf-8", "surrogatepass")) for text in texts.values()), default=0)
    return SHOWN if size <= SHOWN * 2 else SHOWN // 3
