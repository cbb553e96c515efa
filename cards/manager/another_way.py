"""*Not this route*: what the requester gets, and how it can go on. Source: pathway, step 2."""

from collections.abc import Iterator

from microsoft_teams.cards import Action

from cards.kit.elements import Card, act, build, line, open_link
from cards.kit.files import REQUEST_FORM, get
from cards.kit.notes import note
from cards.manager.agreement import summary, wrote
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers


def route_came(it: Conversation, because: str) -> Card:
    """What the requester gets after *Not this route*."""
    return wrote(_routed_title(it), "", it.manager.name, because, [*after_route(it)])


def not_this_way(it: Conversation) -> Card:
    """The message that the manager suggests another way: what that means, and what can be done.
    What they wrote opens on a tap."""
    words = act(wording.DOOR_WORDS, "request.words", {"conversation": it.id}, primary=True)
    actions = [words, *after_route(it)]
    return note(_routed_title(it), *route_means(it), actions=actions, typed_title=True)


def route_means(it: Conversation) -> tuple[str, ...]:
    """What *Not this route* means for who asked, and how to take it further."""
    link = wording.partnership.contacts.escalation or wording.FURTHER_ASK
    means = wording.REQUEST_ROUTE_NEXT.format(name=it.manager.name, link=link)
    return means, wording.REQUEST_ROUTE_KEPT


def after_route(it: Conversation) -> Iterator[Action]:
    """Their answers, to read or to send again changed; and the page on taking it further."""
    data, page = {"conversation": it.id}, wording.partnership.contacts.escalation
    yield act(wording.ANSWERS_READ, "request.answers", data)
    yield act(wording.ASK_CHANGED, "request.changed", data)
    if page:
        yield open_link(wording.FURTHER, page)


def _routed_title(it: Conversation) -> str:
    return wording.REQUEST_ROUTE.format(name=it.manager.name, reference=it.reference)


def own_answers(it: Conversation, story: Answers, back: Action) -> Card:
    """The request's answers for who gave them, at any stage: to read and to copy."""
    title = wording.ANSWERS_TITLE.format(reference=it.reference)
    form = get(wording.FORM_GET, REQUEST_FORM, it.id)
    return build([line(title, title=True), *summary(it, story)], [back, form])
