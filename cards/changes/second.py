"""A second facilitator: who is asked, what they see, and who hears of it."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action

from cards.booking.booking import changed, independence
from cards.kit.elements import Card, act, build, heading, line, para, small
from cards.kit.forms import ChoiceField
from cards.kit.notes import note, receipt, stands_for_facilitator
from cards.kit.when import when_and_where
from cards.kit.who import facilitator
from cards.manager.agreement import summary
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.stages import Stage

WHOM: Final = "whom"
"""The name of the input."""


def whom(it: Conversation, people: Sequence[tuple[str, str]]) -> Card:
    """Whom to ask, of those on the team who have no part in it; or who is asked, or is there."""
    back = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id}, inputs=False)
    title = wording.SECOND_TITLE.format(reference=it.reference)
    here, asked = it.changes.second, it.changes.asked_second
    if found := here or asked:
        text = wording.SECOND_SAID_YES if here else wording.SECOND_ASKED
        end = act(wording.SECOND_ALONE, "second.end", {"conversation": it.id})
        said = text.format(name=_name(it, found.asked.id), reference=it.reference)
        return note(said, actions=[back, end], typed_title=True)
    if not people:
        return note(title, wording.SECOND_NOBODY, actions=[back])
    field = ChoiceField(WHOM, wording.SECOND_WHOM, tuple(people), compact=True)
    send = act(wording.SECOND_SEND, "second.ask", {"conversation": it.id}, primary=True)
    rule = para(wording.SECOND_RULE)
    return build([heading(title), rule, *field.element("")], [send, back])


def asked(it: Conversation) -> Card:
    """The first facilitator's receipt."""
    last = it.changes.seconds[-1]
    name = _name(it, last.asked.id)
    return receipt(
        wording.SECOND_ASKED.format(name=name, reference=it.reference),
        wording.SECOND_ASKED_NEXT,
        actions=[act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})],
    )


def came(it: Conversation) -> Card:
    """Whoever is asked: by whom, and nothing of the story."""
    look = act(wording.SECOND_LOOK, "second.look", {"conversation": it.id}, primary=True)
    return note(came_title(it), wording.SECOND_CAME_NEXT, actions=[look], typed_title=True)


def came_title(it: Conversation) -> str:
    """Who asks."""
    return wording.SECOND_CAME.format(name=facilitator(it), reference=it.reference)


def look(it: Conversation) -> Card:
    """People and agencies, and the same question about independence."""
    return independence(it, "second", why=came_title(it))


def sees(it: Conversation, story: Answers, zone: ZoneInfo) -> Card:
    """The conversation as a second facilitator sees it: the story, when and where, how far people
    are."""
    data = {"conversation": it.id}
    rows = [line((f"{label}: ",), value) for label, value in when_and_where(it, zone) if value]
    actions: list[Action] = []
    if it.stage is Stage.BOOKED:
        actions.append(act(wording.FAR_OPEN, "prepare.people", data, primary=True))
    if it.stage in (Stage.BOOKED, Stage.HELD):
        title = wording.PACK_GET.format(reference=it.reference)
        actions.append(act(title, "file.get", {"kind": "pack", **data}))
    if it.stage in (Stage.HELD, Stage.COMPLETE):
        actions.append(act(wording.GET_DOCUMENT, "file.get", {"kind": "learning", **data}))
    actions.append(act(wording.SECOND_BACK, "second.end", data))
    name = facilitator(it)
    return build(
        [
            line(sees_title(it), title=True),
            line(stands_for_facilitator(it)),
            line(wording.SECOND_YOURS_MORE.format(name=name)),
            *rows,
            *summary(it, story),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        actions,
    )


def sees_title(it: Conversation) -> str:
    """That they facilitate it, and with whom."""
    return wording.SECOND_YOURS.format(reference=it.reference, name=facilitator(it))


def said(it: Conversation, who: str) -> Card:
    """The first facilitator: whether the one they asked facilitates with them."""
    found = next(one for one in it.changes.seconds if one.asked.id == who)
    yes = found.joined is not None and found.stepped_back is None
    return note(
        said_title(it, who),
        wording.SECOND_SAID_YES_NEXT if yes else wording.SECOND_SAID_NO_NEXT,
        actions=[changed(it)],
        typed_title=True,
    )


def said_title(it: Conversation, who: str) -> str:
    """That they do, or cannot, or do so no more."""
    found = next(one for one in it.changes.seconds if one.asked.id == who)
    text = wording.SECOND_SAID_NO if found.joined is None else wording.SECOND_SAID_YES
    if found.stepped_back is not None:
        text = wording.SECOND_SAID_OVER
    return text.format(name=_name(it, who), reference=it.reference)


def joined(it: Conversation, who: str) -> Card:
    """Those who wrote for one facilitator's eyes: there are two, and what the second reads."""
    text = wording.SECOND_JOINED_NEXT.format(name=facilitator(it))
    return note(joined_title(it, who), text, typed_title=True)


def joined_title(it: Conversation, who: str) -> str:
    """Who facilitates together with whom."""
    names = {"second": _name(it, who), "name": facilitator(it)}
    return wording.SECOND_JOINED.format(**names, reference=it.reference)


def over(it: Conversation) -> Card:
    """It is not done together any more, or nobody is asked."""
    return note(wording.SECOND_OVER.format(reference=it.reference))


def _name(it: Conversation, who: str) -> str:
    found = it.person(who)
    return found.name if found else wording.SOMEBODY
