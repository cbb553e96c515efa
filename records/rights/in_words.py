"""What is held, in words: a person's row, a record, a place in one, a draft. Each has a title and a
text; one without a text says nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from records.conversation.conversation import Booking, Conversation
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.people import Participant, Person

Lines = Iterator[tuple[str, str]]


def what_was_done(
    file: Snapshot, keys: frozenset[str], *, whole: bool
) -> Iterator[tuple[str, str, str]]:
    """What they did, and what was sent to them, each with when; third which act or kind that is,
    where others did it or got it."""
    for line in file.audit:
        mine = line.by in keys
        if whole or mine:
            yield "Done", f"{line.at:%Y-%m-%d %H:%M} UTC: {line.act}", "" if mine else line.act
    for prompt, _ in file.prompts.values():
        mine = prompt.to in keys
        if (whole or mine) and prompt.sent_at is not None:
            told = f"{prompt.sent_at:%Y-%m-%d %H:%M} UTC: {prompt.kind}"
            yield "Message", told, "" if mine else str(prompt.kind)


def of_person(person: Person) -> Lines:
    """Somebody's own row; of whom they named as their manager only that they did."""
    yield "Name", person.name
    yield "Addresses", ", ".join(person.mails)
    yield "Number, or another contact", person.contact
    yield "Team", person.team
    yield "Agency", person.agency
    yield "The manager they named last", "is remembered" if person.manager_mail else ""
    yield "Guest in that tenant", "yes" if person.guest else ""
    yield "Key, made of tenant and account", ", ".join(person.keys)
    yield "Account in the directory", f"{person.object_id} in {person.tenant}"
    place = person.reference
    yield "Chat in Teams", f"{place.conversation_id} {place.user_id}".strip() if place else ""
    for title, at in (
        ("Last seen", person.seen_at),
        ("Welcomed", person.welcomed_at),
        ("Addresses read", person.mails_at),
        ("App removed", person.gone_at),
        ("No such account since", person.unknown_at),
    ):
        yield title, f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def of_record(it: Conversation) -> Lines:
    """Of the record itself: no story, and nobody's name."""
    request = it.request
    yield "Stage", f"{it.stage}, since {it.stage_since:%Y-%m-%d}"
    yield "Asked for", f"{it.created:%Y-%m-%d %H:%M} UTC"
    yield "About", str(request.about)
    yield "Why it was brought", ", ".join(map(str, request.reasons))
    yield "Agency", request.agency
    yield "Team", request.team
    yield "Level of need", request.level_of_need
    yield "Open to social care", request.open_to_social_care
    for title, booking in (("Booked", it.booking), ("Booked before", it.missed)):
        yield title, _booking(booking)
    if it.wishes is not None:
        told = it.wishes.model_dump(mode="json", exclude_none=True)
        yield "What the adult wishes", ", ".join(f"{name}: {text}" for name, text in told.items())
    yield "To be looked at again", str(it.review_on or "")


def of_telling(it: Conversation) -> str:
    """How telling the family is settled, which tells by itself that somebody must not know."""
    return f"{it.telling.how}, settled {it.telling.at:%Y-%m-%d}" if it.telling else ""


def _booking(booking: Booking | None) -> str:
    return f"{booking.wall_start} ({booking.zone}), {booking.place}" if booking else ""


def of_place(one: Participant) -> str:
    """A place in a conversation, of who asks."""
    told = (one.part, one.name, one.role, one.agency, one.mail, one.contact, one.attending)
    left = f"left {one.left:%Y-%m-%d}" if one.left else ""
    return ", ".join(filter(None, (*map(str, told), left)))


def of_draft(draft: Draft) -> Lines:
    """What somebody has begun: each answer under its question, and texts kept beside them."""
    for name, value in draft.answers.items():
        yield draft.questions.get(name, name), _plain(value)
    for name, texts in draft.kept.items():
        yield from ((f"{name}, replaced by another one", text) for text in texts)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(_plain(one) for one in value)
    return "" if value is None else str(value)
