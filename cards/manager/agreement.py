"""The manager's agreement, long as each answer has its receipt: asked on a card without the story,
answered on the opened request.

Source: pathway, step 2. Whether the request was read is written down nowhere, and shown to nobody.
"""

from collections.abc import Sequence
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel, Optional, ShortOptional
from cards.kit.elements import Card, act, aside, box, build, line, para, said, small
from cards.kit.forms import ChoiceField, TextField
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import Field
from cards.kit.who import among
from cards.request.check import need_rows, row, told_apart
from cards.request.request import questions
from cards.wording import wording
from cards.wording.source import Choices
from records.changes.restricting import gatekeepers
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.manager.naming import handed_by
from records.people import Part
from records.stages import Stage


def short() -> Choices:
    """What a manager can choose in short; only this is counted."""
    return tuple((key, title) for key, title in wording.WHY_NOT.items() if key)


def asked(it: Conversation, *, reminder: bool = False, why: str = "", what: str = "") -> Card:
    """The message to the named manager: who asks, why, and who else is named; nothing of the story.

    *Agree* and *Not this route* stand on the request, which the first button opens.
    """
    data = {"conversation": it.id}
    return build(
        [
            *_beginning(it, reminder=reminder, why=why, what=what),
            line((f"{wording.WAITING_FROM}: ",), f"{it.requester.name}, {it.request.team}"),
            line((f"{wording.WAITING_REASONS}: ",), _why(it)),
            *_others(it),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [
            act(wording.DOOR_REQUEST, "manager.see", data, primary=True),
            *_before_reading(it),
            act(wording.IN_DANGER, "manager.danger", data),
        ],
    )


def _beginning(it: Conversation, *, reminder: bool, why: str, what: str) -> list[CardElement]:
    first = wording.MANAGER_REMIND if reminder else wording.MANAGER_WHY
    why = why or first.format(name=it.requester.name, agency=it.request.agency)
    return [
        small(wording.MANAGER_KICKER.format(reference=it.reference)),
        line(why, title=True),
        *_in_place_of(it),
        small(what or wording.MANAGER_WHAT),
        *_few(it),
    ]


def _few(it: Conversation) -> list[CardElement]:
    """That few may know of it, before anything is answered or anybody is talked to about it."""
    if it.changes.restricted is None:
        return []
    return [line((wording.MANAGER_FEW.format(name=it.requester.name),))]


def _why(it: Conversation) -> str:
    """Why it is brought, in the partnership's own words."""
    return "; ".join(wording.REASONS[one] for one in it.request.reasons)


def _others(it: Conversation) -> list[CardElement]:
    """Who else is named, but for the two who have it before them."""
    others = [one for one in it.present if one.part not in (Part.REQUESTER, Part.MANAGER)]
    names = ", ".join(title for _, title in among(others))
    return [line((f"{wording.ALSO_NAMED}: ",), names)] if names else []


def summary(it: Conversation, story: Answers) -> list[CardElement]:
    """Who asks, why, and the five answers, long ones shortened with *Show all*."""
    request = it.request
    rows: list[CardElement] = [
        para(wording.REQUEST_TITLE, bold=True),
        line((f"{wording.WAITING_FROM}: ",), f"{it.requester.name}, {request.team}"),
        line((f"{wording.ABOUT_LABEL} ",), wording.ABOUT[request.about]),
        line((f"{wording.WAITING_REASONS}: ",), _why(it)),
        *need_rows(it),
        para(wording.REQUEST_WHO, bold=True),
    ]
    for field, today in questions(request.about):
        question = story.question(field, today)
        data = {"conversation": it.id, "field": field}
        name = wording.OF.format(what=wording.SHOW_ALL, which=told_apart(field, question))
        show = act(name, "story.show", data, inputs=False)
        rows += row(question, story.text(field), None, show)
    return rows


def manager_card(it: Conversation, story: Answers) -> Card:
    """The request opened by the named manager, with every way to answer."""
    return build(
        [
            *_beginning(it, reminder=False, why="", what=""),
            *summary(it, story),
            *_others(it),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [agree(it), _route(it), *_before_reading(it)],
    )


def agree(it: Conversation) -> Action:
    """*Agree*, to the request as it is now: `seen` counts the changes its card shows."""
    data = {"conversation": it.id, "seen": len(it.amended)}
    return act(wording.AGREE, "manager.agree", data, primary=True)


def _before_reading(it: Conversation) -> list[Action]:
    """What can be answered without having read the story."""
    return [
        act(wording.TALK_FIRST, "flow.open", {"flow": "talk-first", "conversation": it.id}),
        act(wording.DEPUTY, "flow.open", {"flow": "deputy", "conversation": it.id}),
    ]


def _route(it: Conversation) -> Action:
    data = {"flow": "not-this-route", "conversation": it.id}
    return act(wording.NOT_THIS_ROUTE, "flow.open", data)


def _in_place_of(it: Conversation) -> list[CardElement]:
    """Who handed it over, for a deputy."""
    before = handed_by(it, it.manager)
    return [line(wording.DEPUTY_LINE.format(name=before.name))] if before else []


class TalkFirst(AnswerModel):
    """The manager's message to the requester."""

    message: Optional


class NotThisRoute(AnswerModel):
    """Why not this route, and what would help more; in short, if they like, for the evaluation."""

    because: Optional
    short: ShortOptional = ""


ROUTE_FIELDS: Final = (
    TextField(
        "because",
        lambda: wording.ROUTE_LABEL,
        required=False,
        placeholder=lambda: wording.ROUTE_HINT,
    ),
    ChoiceField(
        "short", lambda: wording.WHY_NOT_LABEL, short, required=False, compact=True, asked=True
    ),
)


TALK_FIELDS: Final = (
    TextField(
        "message",
        lambda: wording.TALK_LABEL,
        required=False,
        placeholder=lambda: wording.TALK_HINT,
        names={"name": "requester"},
        asked=False,
    ),
)


def talk_first(page: Page) -> Card:
    """One message back; the request stays open."""
    seen = wording.SEEN_REQUESTER.format(name=page.fact("requester"))
    return ask(
        page,
        page.fact("reference"),
        wording.TALK_TITLE,
        TALK_FIELDS,
        seen_by=seen,
        next_title=wording.SEND,
        more=[_to_request(page, TALK_FIELDS)],
    )


def not_this_route(page: Page) -> Card:
    """Not this route, because…"""
    name = page.fact("requester")
    return ask(
        page,
        page.fact("reference"),
        wording.ROUTE_TITLE,
        ROUTE_FIELDS,
        after=[aside(wording.WHY_NOT_COUNTED.format(name=name), close=True)],
        seen_by=wording.SEEN_REQUESTER.format(name=name),
        next_title=wording.SEND,
        more=[_to_request(page, ROUTE_FIELDS)],
    )


def _to_request(page: Page, fields: Sequence[Field]) -> Action:
    """The way back to all that can be answered: the card took the place of the one with it."""
    return leaving(page, fields, wording.SEE_AGAIN, "manager.see", {})


def agreed(it: Conversation) -> Card:
    """The manager's receipt. Nobody is promised where nobody could be told and nobody has come."""
    somebody = it.told or it.stage is not Stage.AGREED
    text = wording.AGREED_NEXT if somebody else wording.AGREED_NOBODY
    if it.changes.restricted is not None and it.stage is Stage.AGREED:
        text = wording.AGREED_FEW if gatekeepers(it) else wording.AGREED_FEW_NOBODY
    return receipt(agreed_title(it), text.format(name=it.requester.name))


def agreed_title(it: Conversation) -> str:
    """That in one line."""
    return wording.AGREED_TITLE.format(reference=it.reference)


def talked(it: Conversation) -> Card:
    """The manager's receipt after *Talk first*: Agree is still at hand."""
    return receipt(
        talked_title(it),
        wording.TALK_NEXT,
        actions=[
            agree(it),
            act(wording.SEE_AGAIN, "manager.see", {"conversation": it.id}),
        ],
    )


def talked_title(it: Conversation) -> str:
    """That in one line."""
    return wording.TALK_SENT.format(name=it.requester.name, reference=it.reference)


def routed(it: Conversation) -> Card:
    """The manager's receipt after *Not this route*."""
    return receipt(routed_title(it), wording.ROUTE_NEXT.format(name=it.requester.name))


def routed_title(it: Conversation) -> str:
    """That in one line."""
    return wording.ROUTE_SENT.format(name=it.requester.name, reference=it.reference)


def talk_came(it: Conversation, message: str) -> Card:
    """What the requester gets after *Talk first*."""
    again = act(wording.TALK_AGAIN, "request.again", {"conversation": it.id}, primary=True)
    title = wording.TALK_CAME.format(name=it.manager.name, reference=it.reference)
    return wrote(title, wording.TALK_CAME_NEXT, it.manager.name, message, [again])


def wrote(title: str, text: str, name: str, message: str, actions: list[Any]) -> Card:
    """A card with what the manager wrote, or that they wrote nothing."""
    if not message:
        return note(title, text or wording.NO_WORDS, actions=actions, typed_title=True)
    words = [line(wording.THEY_WROTE.format(name=name)), box(said(message))]
    return note(title, text, extra=words, actions=actions, typed_title=True)
