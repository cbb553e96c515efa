"""What everybody is to keep to with the family, on every card about a conversation that is booked.

It stands until the lead worker settles that the family is told, and never closes. Withdrawn or
ended is the end: what was never settled is then said to be so, and that nothing of it can be
changed here any more. The lead worker, whose it is to settle, reads it in words of their own.
Source: pathway, "Who tells the family".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import act, tap_line, warning_line
from cards.kit.page import Page, leaving
from cards.kit.pickers import Field
from cards.kit.who import to_ring
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.readiness import Warned
from records.conversation.request import About
from records.preparation.preparing import can_settle, warned

VERB = "prepare.telling"
"""The tap that leads the lead worker to the four answers."""


def whom(it: Conversation, name: str, text: str) -> str:
    """A sentence as it is said about whom this is: `text`, or what stands for it about an adult."""
    return wording.ABOUT_ADULT.get(name, text) if it.request.about is About.ADULT else text


def lead_name(it: Conversation) -> str:
    """The lead worker's name, or a word for it."""
    lead = it.person(it.lead)
    return lead.name if lead else wording.SOMEBODY


def first(it: Conversation, who: str) -> list[CardElement]:
    """What a card to somebody who comes begins with; nothing once telling the family is settled.
    Once it is over there is nothing to bring: the fewer words."""
    if not can_settle(it):
        return later(it, who)
    return _line(_text(it, who, wording.TELLING_WARNS, "warns"))


def later(it: Conversation, who: str) -> list[CardElement]:
    """The same in fewer words, on what comes later; for the lead worker with the way to settle it,
    as long as they may."""
    text = _line(_text(it, who, wording.TELLING_WARNS_SHORT, "short"))
    return [*text, tap_line(title(it), settle(it))] if text and _settles(it, who) else text


def facts(it: Conversation, who: str) -> Mapping[str, Any]:
    """The same for a page of a flow, among its facts."""
    text = _text(it, who, wording.TELLING_WARNS_SHORT, "short")
    return {"family": text, "settle": title(it) if text and _settles(it, who) else ""}


def on_page(page: Page, fields: Sequence[Field]) -> list[CardElement]:
    """The same on its card. What is half written there goes along."""
    found = _line(page.fact("family"))
    if settles := page.fact("settle"):
        found.append(tap_line(settles, leaving(page, fields, settles, VERB, {})))
    return found


def title(it: Conversation) -> str:
    """What the way to the four answers is called."""
    if it.telling:
        return whom(it, "telling_change", wording.TELLING_CHANGE)
    return whom(it, "telling_open", wording.TELLING_OPEN)


def settle(it: Conversation) -> Action:
    """The way there."""
    return act(title(it), VERB, {"conversation": it.id})


def _settles(it: Conversation, who: str) -> bool:
    return who == it.lead and can_settle(it)


def _text(it: Conversation, who: str, texts: Mapping[Warned, str], name: str) -> str:
    why = warned(it)
    if why is None or (why is Warned.OPEN and it.booking is None):
        return ""
    if not can_settle(it):
        return _over(it, who, why)
    if who == it.lead:
        return whom(it, f"lead-{why}", wording.TELLING_WARNS_LEAD[why])
    lead = it.person(it.lead)
    # While it is open they wait, and nobody has to ring.
    rung = why is not Warned.OPEN and lead is not None
    text = whom(it, f"{name}-{why}", texts[why])
    return text.format(name=to_ring(lead) if lead and rung else lead_name(it))


def _over(it: Conversation, who: str, why: Warned) -> str:
    """The same where it was withdrawn or ended: from then on nobody can be told of a change."""
    lead = it.person(it.lead)
    if who == it.lead:
        text = whom(it, f"lead-{why}", wording.TELLING_WARNS_LEAD[why])
        if why is Warned.OPEN:
            text = whom(it, "telling_over_lead", wording.TELLING_OVER_LEAD)
        return f"{text} {wording.TELLING_OVER}"
    text = whom(it, f"short-{why}", wording.TELLING_WARNS_SHORT[why])
    if why is Warned.OPEN:
        text = whom(it, "telling_over_others", wording.TELLING_OVER_OTHERS)
    return text.format(name=to_ring(lead) if lead else wording.SOMEBODY)


def _line(text: str) -> list[CardElement]:
    return [warning_line(text)] if text else []
