"""Eight weeks on, long as all of it is one answer: the lead worker says what difference it made,
beside what was hoped for, and what those it is about say of it themselves.

The Practice Team gets that it came, and on a tap the answers.

Source: pathway, step 10. A lead worker who was not the requester sees only the hope for the child
or person; "difference to YOU" stays the requester's.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

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
from cards.kit.forms import ChoiceField, TextField, fits, shortened
from cards.kit.notes import note
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import Field
from cards.kit.story import OPENS
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.feedback.readers import PRACTICE

SAID_NOT: Final = "outcome_said_not"
"""Why nothing of what the family said is written; left out where something is."""
SHOWN_HOPE: Final = 800
"""Characters of a hope shown beside its question."""


class OutcomeChild(AnswerModel):
    """The overall difference for the child or person, and what they or their family said about it,
    or why there is nothing of theirs; each may be skipped."""

    outcome_child: Optional = ""
    outcome_said: Optional = ""
    outcome_said_not: Literal["not-asked", "not-right", ""] = ""


class OutcomeYou(AnswerModel):
    """The overall difference to the lead worker, whether the words may be quoted, and whether they
    are shared with everybody who came."""

    outcome_you: Optional = ""
    may_quote: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"
    share: Annotated[Literal["yes", "no"], BeforeValidator(lambda v: v or "no")] = "no"


CHILD_FIELDS: Final = (
    TextField("outcome_child", lambda: wording.Q_OUTCOME_CHILD, required=False),
    TextField("outcome_said", lambda: wording.Q_OUTCOME_SAID, required=False),
    ChoiceField(
        SAID_NOT,
        lambda: wording.OUTCOME_SAID_ELSE,
        lambda: wording.OUTCOME_SAID_CHOICES,
        required=False,
    ),
)
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
            *readers.beside(page),
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
            *readers.beside(page),
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
    room = SHOWN_HOPE if fits(text[:SHOWN_HOPE], SHOWN_HOPE * 2) else SHOWN_HOPE // 4
    return [box([small(wording.HOPED), *question, *said(shortened(text, room)[0])])]


SHOWN: Final = 4_000
"""Characters of one answer: all that one can hold."""
SHOWN_BYTES: Final = 24_500
"""Bytes of all of them, as JSON, that a card has room for."""


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
    """The answers, word for word, under what was asked; of what was not asked yet there is none. To
    `who` came, or facilitates, what they are to keep to with the family stands above them."""
    found, room = family.later(it, who) if who else [], _room(answers.texts)
    for title, question, field in (
        (wording.OUTCOME_CHILD_TITLE, wording.Q_OUTCOME_CHILD, "outcome_child"),
        ("", wording.Q_OUTCOME_SAID, "outcome_said"),
        (wording.PRACTICE_LEAD, wording.Q_OUTCOME_YOU, "outcome_you"),
    ):
        if field == "outcome_said" and field not in answers.texts:
            continue
        words = shortened(in_words(answers.texts, field), room)[0] or wording.DOC_EMPTY
        asked = answers.question(field, question)
        found += [*([heading(title)] if title else []), small(asked), box(said(words))]
    return build([small(f"{wording.OUTCOME} · {it.reference}"), *found])


def in_words(answers: Mapping[str, Any], field: str) -> str:
    """What was written; where nothing the family said was, why not, if that was chosen."""
    text = str(answers.get(field, "")).strip()
    if text or field != "outcome_said":
        return text
    return dict(wording.OUTCOME_SAID_CHOICES).get(str(answers.get(SAID_NOT, "")), "")


def _room(texts: Mapping[str, str]) -> int:
    """Characters that fit of each answer, where some take many bytes on their way."""
    return SHOWN if fits("".join(texts.values()), SHOWN_BYTES) else SHOWN // 3
