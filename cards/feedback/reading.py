"""Feedback as it is read: by those who are named to, and without names by the facilitator.

The message says that it is there, and no more; a tap opens it for the one client that tapped.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from microsoft_teams.cards import CardElement

from cards.feedback import feedback
from cards.home import WaitsFor
from cards.kit.elements import Card, act, box, build, heading, line, said, size, small
from cards.kit.notes import note, receipt
from cards.kit.who import to_ring
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.stages import Stage

ROOM: Final = 18_000
"""Bytes of what is said on one card; the rest is on the next."""
PART: Final = 4_000
"""Characters of one text on a card: as many as an answer has, but for the notes under it."""


class Said(NamedTuple):
    """One answer: whose, or nobody's; its question; and the words."""

    who: str
    question: str
    text: str


def came(it: Conversation, until: str) -> Card:
    """To those who read: that there is feedback, and until when it wants to be read."""
    read = act(wording.PRACTICE_READ, "feedback.words", {"conversation": it.id}, primary=True)
    return note(
        wording.FEEDBACK_CAME.format(reference=it.reference),
        wording.FEEDBACK_CAME_WHY.format(until=until),
        actions=[read],
    )


def waits(it: Conversation) -> WaitsFor:
    """The same among what waits for them."""
    title = wording.WAITS_BUTTON.format(reference=it.reference, title=wording.PRACTICE_READ)
    return WaitsFor(wording.WAITS_READ, act(title, "feedback.words", {"conversation": it.id}))


def together_came(it: Conversation) -> Card:
    """To the facilitator: that there are words, without anybody's name."""
    read = act(wording.PRACTICE_READ, "feedback.read", {"conversation": it.id}, primary=True)
    return note(
        wording.TOGETHER_CAME.format(reference=it.reference),
        wording.TOGETHER_CAME_WHY,
        actions=[read],
    )


def by_person(it: Conversation, answers: Iterable[Answers]) -> list[Said]:
    """What each said, under their name, how to ring them, and their number."""
    found = []
    for one in answers:
        person = it.person(one.by)
        name = to_ring(person) if person else wording.SOMEBODY
        number = "" if one.scale is None else str(one.scale)
        who = wording.FEEDBACK_READ_NUMBER.format(name=name, number=number)
        words = [
            Said(who, question, part) for question, text in _asked(one) for part in _parts(text)
        ]
        found += words or [Said(who, "", "")]
    return found


def without_names(answers: Iterable[Answers]) -> list[Said]:
    """The same words by question, in an order that tells nobody: it is another one under each, and
    comes from the words alone."""
    found: dict[str, list[str]] = {}
    for one in answers:
        for question, text in _asked(one):
            found.setdefault(question, []).append(text)
    return [
        Said("", question, part)
        for question, texts in sorted(found.items(), key=lambda one: _place(one[0]))
        for text in sorted(texts, key=lambda text: _mark(f"{question}\n{text}"))
        for part in _parts(text)
    ]


def _asked(one: Answers) -> list[tuple[str, str]]:
    today = {field.id: field.label for field in feedback.FIELDS}
    texts = ((name, one.text(name).strip()) for name in feedback.TEXTS)
    return [(one.question(name, today[name]), text) for name, text in texts if text]


def _parts(text: str) -> list[str]:
    """A text that fits on a card; one with long notes under it is several."""
    return [text[at : at + PART] for at in range(0, len(text), PART)]


def _place(question: str) -> tuple[int, str]:
    labels = [one.label for one in feedback.FIELDS]
    return labels.index(question) if question in labels else len(labels), question


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words(it: Conversation, every: Sequence[Said], start: int) -> tuple[Card, bool]:
    """A card of these from `start` on, and whether it is the last one."""
    return _card(it, every, start, "feedback.words", wording.FEEDBACK_READ)


def together(it: Conversation, every: Sequence[Said], start: int) -> Card:
    """The same for the facilitator."""
    return _card(it, every, start, "feedback.read", wording.TOGETHER_TITLE)[0]


def _card(
    it: Conversation, every: Sequence[Said], start: int, verb: str, title: str
) -> tuple[Card, bool]:
    shown = _fit(every, start)
    end = start + len(shown)
    body: list[CardElement] = [heading(title.format(reference=it.reference))]
    if verb == "feedback.read":
        body.append(small(wording.TOGETHER_ORDER))
    before = Said("", "", "")
    for one in shown:
        if one.who and one.who != before.who:
            body.append(line(one.who, title=True))
        if one.question and (one.who, one.question) != (before.who, before.question):
            body.append(small(one.question, gap=bool(before.text) and one.who == before.who))
        if one.text:
            body.append(box(said(one.text)))
        before = one
    if end < len(every):
        on = {"conversation": it.id, "at": end}
        return build(body, [act(wording.FEEDBACK_READ_NEXT, verb, on, primary=True)]), False
    if verb == "feedback.words":
        body.append(small(wording.FEEDBACK_READ_ALL, gap=True))
    return build(body), True


def _fit(every: Sequence[Said], start: int) -> list[Said]:
    """As many as one card takes: one at least, as each part is bounded."""
    found, room = list[Said](), ROOM
    for one in every[start:]:
        room -= size({"texts": list(one)}) + 400
        if found and room < 0:
            break
        found.append(one)
    return found


def talk_came(it: Conversation, who: str) -> Card:
    """To the one who is asked: whom to ring, and about what; no reason."""
    person = it.person(who)
    name = to_ring(person) if person else wording.SOMEBODY
    contact = (person.contact or person.mail) if person else ""
    return note(
        wording.RING_AFTER_CAME.format(name=name, reference=it.reference),
        wording.RING_AFTER_CAME_NEXT,
        rows=((wording.RING_CONTACT, contact),),
        typed_title=True,
    )


def talk_done(it: Conversation, name: str, me: str) -> Card:
    """The receipt of the one who asked; what they had begun to write is where it was."""
    back = {"flow": "feedback", "conversation": it.id}
    title = wording.FEEDBACK_CHANGE if it.has_completed(me) else wording.RING_AFTER_BACK
    open_still = [act(title, "flow.open", back)] if it.stage is Stage.HELD else []
    return receipt(talk_done_title(it, name), wording.RING_AFTER_DONE_NEXT, actions=open_still)


def talk_done_title(it: Conversation, name: str) -> str:
    """That in one line."""
    return wording.RING_AFTER_DONE.format(name=name, reference=it.reference)


def shared(it: Conversation, who: str) -> Card:
    """To those who came, and the facilitator: a word of thanks, and the way to what was shared; and
    what they are to keep to with the family."""
    lead = it.person(it.outcome.by) if it.outcome else None
    name = lead.name if lead else wording.SOMEBODY
    read = act(wording.PRACTICE_READ, "shared.read", {"conversation": it.id}, primary=True)
    return note(
        wording.OUTCOME_SHARED.format(name=name, reference=it.reference),
        wording.OUTCOME_SHARED_THANKS,
        extra=family.later(it, who),
        actions=[read],
        typed_title=True,
    )
