"""Who reads feedback and outcome, as cards say it first and receipts last; and who can ring."""

from datetime import datetime
from typing import Any, Final

from microsoft_teams.cards import CardElement

from cards.kit.elements import act, aside, line, tap_line
from cards.kit.forms import ChoiceField
from cards.kit.page import Page, leaving
from cards.kit.pickers import Field
from cards.kit.who import facilitates
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.evaluation.collating import is_promised
from records.feedback import readers
from records.feedback.reading import asked_to_talk
from records.people import Participant
from records.timetable.timetable import Timetable

NOT_TO: Final = ChoiceField(
    "not_to",
    lambda: wording.NOT_TO,
    names={"name": "facilitator"},
    of="not_to_choices",
    many=True,
    required=False,
)
"""Whether the words are kept from the facilitator: nothing is chosen beforehand."""


def named(found: readers.Readers) -> str:
    """These readers as people say it: those of a team by its name, once; others by their own."""
    parts = wording.READER_PARTS
    said = dict.fromkeys(
        parts[part] if (part := readers.part_of(one)) == readers.PRACTICE else _named(one, part)
        for one in found
    )
    *first, last = said or {"": ""}
    return wording.READERS_AND.format(one=", ".join(first), other=last) if first else last


def _named(one: Participant, part: str) -> str:
    # A name that is nobody's own is what the settings call whoever has this address, until the
    # record has theirs.
    theirs = one.name not in (wording.TEAM_LEAD, wording.TEAM_DEPUTY, wording.STAND_IN)
    known = bool(one.key) and theirs
    role = wording.READER_PARTS[part]
    return wording.READER_NAMED.format(name=one.name, part=role) if known else role


def collated(it: Conversation, *, evaluators: bool) -> str:
    """That evaluators read it later, where there are some; nothing where it is not promised."""
    return wording.SEEN_COLLATED if evaluators and is_promised(it) else ""


def of_feedback(it: Conversation, *, together: bool = False, late: bool = False) -> str:
    """Who reads what is written in feedback; where nobody does by name, whether others may get the
    words `together` with those of others, and that the number is counted unless it came `late`."""
    seen_on_cards = it.held is not None and it.held.seen
    found = readers.of_feedback(it) if seen_on_cards else ()
    if found:
        return wording.SEEN_FEEDBACK.format(readers=named(found))
    nobody = wording.SEEN_NO_NAMES if seen_on_cards and together else wording.SEEN_NOBODY
    return nobody if late else f"{nobody} {wording.SEEN_NUMBER}"


def of_outcome(
    it: Conversation, found: readers.Readers, *, sent: bool = False, nameless: bool = False
) -> str:
    """Who reads what difference it made. A lead worker's manager who came reads it where it is
    shared, so that "never your manager" would be no promise; once it is `sent`, that is known.
    `nameless`: evaluators do, who get no name."""
    if not found:
        return wording.SEEN_OUTCOME_NO_NAMES if nameless else wording.SEEN_OUTCOME_NOBODY
    text = wording.SEEN_OUTCOME
    if it.lead == it.requester.id and it.held and it.manager.id in it.held.came:
        text = wording.SEEN_OUTCOME if sent else wording.SEEN_OUTCOME_CAME
        text = wording.SEEN_OUTCOME_SHARED if sent and it.reading.shared else text
    return text.format(readers=named(found))


def facts(
    it: Conversation,
    timetable: Timetable | None = None,
    now: datetime | None = None,
    me: str = "",
    *,
    evaluators: bool = False,
    late: bool = False,
) -> dict[str, Any]:
    """What the cards of feedback say of its readers: `together`, and whether they would rather not,
    until the two days are over. On the last one, to the one who answers as `me`, who can ring.
    `evaluators` says that there are some, who will be promised these words; `late` that the
    figures of its time are closed."""
    named_on_cards = it.held is not None and it.held.seen
    said: dict[str, Any] = {"reference": it.reference}
    office, end = timetable and timetable.office, it.booking and it.booking.end
    days = timetable.timings.feedback_days if timetable else 0
    # As `cards.kit.who.facilitates` has it, in fewer calls: this is in the one tap that many make.
    leads = named_on_cards and it.changes.facilitator_left is None
    if leads and office and end and now and now <= office.add_days(end, days):
        name = next((one.name for one in it.people if one.id == it.facilitator), "")
        said["facilitator"] = name
        said["together"] = wording.SEEN_TOGETHER.format(name=name)
        said["not_to_choices"] = (("yes", wording.NOT_TO_NAME.format(name=name)),)
    said["collated"] = collated(it, evaluators=evaluators)
    together = "together" in said or bool(said["collated"])
    said["seen"] = of_feedback(it, together=together, late=late)
    if late:
        said["late"] = wording.NOT_COUNTED
    if me and (talk := _talk(it, me)) is not None:
        said["talk"], said["talk_asked"] = talk
    return said


def _talk(it: Conversation, me: str) -> tuple[str, bool] | None:
    """What is said of somebody who can ring, and whether they are asked already."""
    if (talk := asked_to_talk(it, me)) is not None:
        asked = it.person(talk.to)
        name = asked.name if asked else wording.TEAM_LEAD
        return wording.RING_AFTER_DONE.format(name=name, reference=it.reference), True
    to = readers.to_talk(it)
    return (wording.RING_AFTER.format(name=to.name), False) if to is not None else None


def seen(page: Page) -> CardElement:
    """Who reads it; while storage is away nobody knows but the card that stood there before."""
    return aside(page.fact("seen") or wording.SEEN_BEFORE)


def beside(page: Page) -> list[CardElement]:
    """That evaluators read it later, and that it is not counted any more: where that is so."""
    return [aside(page.fact(one)) for one in ("collated", "late") if page.fact(one)]


def offer(page: Page, fields: tuple[Field, ...]) -> list[CardElement]:
    """One quiet line on the last card: that somebody can ring, and the way to ask for it."""
    if not page.fact("talk"):
        return []
    said: list[CardElement] = [aside(page.fact("talk"))]
    if page.facts.get("talk_asked"):
        return said
    data = {"conversation": page.conversation}
    return [
        *said,
        tap_line(wording.RING_AFTER_ASK, leaving(page, fields, wording.RING_AFTER_ASK, ASK, data)),
    ]


ASK: Final = "talk.ask"


def afterwards(
    it: Conversation, me: str, sent: Answers | None, *, late: bool = False
) -> tuple[list[CardElement], list[Any]]:
    """On the receipt: each who reads later, as it was promised; and that somebody can ring. `late`:
    it came once the figures of its time were closed."""
    given, leads = it.answered(me), facilitates(it)
    wrote = given is not None and given.words_at is not None and it.facilitator in given.seen
    promised = sent is not None and sent.evaluators and bool(sent.texts)
    found = [of_feedback(it, together=wrote or promised, late=late)]
    if given is not None and readers.of_feedback(it) and given.seen:
        found.append(wording.SEEN_WITHIN)
    if wrote and leads is not None:
        found.append(wording.SEEN_TOGETHER.format(name=leads.name))
    if promised:
        found.append(wording.SEEN_COLLATED)
    if sent is not None and sent.may_quote and sent.texts:
        found.append(wording.SEEN_QUOTED)
    lines: list[CardElement] = [line(one) for one in found]
    talk, actions = _talk(it, me), []
    if talk is not None:
        lines.append(aside(talk[0]))
        if not talk[1]:
            actions.append(act(wording.RING_AFTER_ASK, ASK, {"conversation": it.id}))
    return lines, actions
