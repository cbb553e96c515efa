"""The manager's agreement: the request in short, and three ways to answer. Source: pathway, 2."""

from collections.abc import Sequence
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel, LongText, ShortOptional
from cards.kit.elements import Card, act, aside, box, build, line, said, small
from cards.kit.forms import ChoiceField, TextField
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import Field
from cards.request.check import row, told_apart
from cards.request.request import questions
from cards.wording import wording
from cards.wording.source import Choices
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.manager.naming import handed_by
from records.stages import Stage


def short() -> Choices:
    """What a manager can choose in short; only this is counted."""
    return tuple((key, title) for key, title in wording.WHY_NOT.items() if key)


def summary(it: Conversation, story: Answers) -> list[CardElement]:
    """Who asks, why, and the five answers, long ones shortened with *Show all*."""
    request = it.request
    reasons = "; ".join(wording.REASONS[one] for one in request.reasons)
    rows: list[CardElement] = [
        line((f"{wording.WAITING_FROM}: ",), f"{it.requester.name}, {request.team}"),
        line((f"{wording.ABOUT_LABEL} ",), wording.ABOUT[request.about]),
        line((f"{wording.WAITING_REASONS}: ",), reasons),
    ]
    for field, today in questions(request.about):
        question = story.question(field, today)
        data = {"conversation": it.id, "field": field}
        name = wording.OF.format(what=wording.SHOW_ALL, which=told_apart(field, question))
        show = act(name, "story.show", data, inputs=False)
        rows += row(question, story.text(field), None, show)
    return rows


def manager_card(
    it: Conversation,
    story: Answers,
    *,
    reminder: bool = False,
    why: str = "",
    what: str = "",
) -> Card:
    """What the named manager gets: why it came, the request, and the ways to answer."""
    first = wording.MANAGER_REMIND if reminder else wording.MANAGER_WHY
    why = why or first.format(name=it.requester.name, agency=it.request.agency)
    return build(
        [
            small(wording.MANAGER_KICKER.format(reference=it.reference)),
            line(why, title=True),
            *_in_place_of(it),
            small(what or wording.MANAGER_WHAT),
            *summary(it, story),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [
            agree(it),
            *_other_answers(it),
        ],
    )


def agree(it: Conversation) -> Action:
    """*Agree*, to the request as it is now: `seen` counts the changes its card shows."""
    data = {"conversation": it.id, "seen": len(it.amended)}
    return act(wording.AGREE, "manager.agree", data, primary=True)


def _other_answers(it: Conversation) -> list[Any]:
    return [
        act(wording.TALK_FIRST, "flow.open", {"flow": "talk-first", "conversation": it.id}),
        act(wording.NOT_THIS_ROUTE, "flow.open", {"flow": "not-this-route", "conversation": it.id}),
        act(wording.DEPUTY, "flow.open", {"flow": "deputy", "conversation": it.id}),
    ]


def _in_place_of(it: Conversation) -> list[CardElement]:
    """Who handed it over, for a deputy."""
    before = handed_by(it, it.manager)
    return [line(wording.DEPUTY_LINE.format(name=before.name))] if before else []


class TalkFirst(AnswerModel):
    """The manager's message to the requester."""

    message: LongText


class NotThisRoute(AnswerModel):
    """Why not this route, and what would help more; in short, if they like, for the evaluation."""

    because: LongText
    short: ShortOptional = ""


ROUTE_FIELDS: Final = (
    TextField("because", lambda: wording.ROUTE_LABEL, placeholder=lambda: wording.ROUTE_HINT),
    ChoiceField(
        "short", lambda: wording.WHY_NOT_LABEL, short, required=False, compact=True, asked=True
    ),
)


TALK_FIELDS: Final = (
    TextField(
        "message",
        lambda: wording.TALK_LABEL,
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
    title = wording.AGREED_TITLE.format(reference=it.reference)
    return receipt(title, text.format(name=it.requester.name))


def talked(it: Conversation) -> Card:
    """The manager's receipt after *Talk first*: Agree is still at hand."""
    return receipt(
        wording.TALK_SENT.format(name=it.requester.name),
        wording.TALK_NEXT,
        actions=[
            agree(it),
            act(wording.SEE_AGAIN, "manager.see", {"conversation": it.id}),
        ],
    )


def routed(it: Conversation) -> Card:
    """The manager's receipt after *Not this route*."""
    name = it.requester.name
    return receipt(wording.ROUTE_SENT.format(name=name), wording.ROUTE_NEXT.format(name=name))


def talk_came(it: Conversation, message: str) -> Card:
    """What the requester gets after *Talk first*."""
    again = act(wording.TALK_AGAIN, "request.again", {"conversation": it.id}, primary=True)
    title = wording.TALK_CAME.format(name=it.manager.name, reference=it.reference)
    return _wrote(title, wording.TALK_CAME_NEXT, it.manager.name, message, [again])


def route_came(it: Conversation, because: str) -> Card:
    """What the requester gets after *Not this route*."""
    title = wording.REQUEST_ROUTE.format(name=it.manager.name, reference=it.reference)
    return _wrote(title, wording.REQUEST_ROUTE_NEXT, it.manager.name, because, [])


def _wrote(title: str, text: str, name: str, message: str, actions: list[Any]) -> Card:
    wrote = [line(wording.THEY_WROTE.format(name=name)), box(said(message))] if message else []
    return note(title, text, extra=wrote, actions=actions, typed_title=True)
