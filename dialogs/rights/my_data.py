"""`my data`: what is held on somebody, who opened something of theirs and when, when it goes, and
whom to ask. And `rectify`: a note beside what they wrote.

A card about each conversation, which is read as it is shown. Nothing of others is told.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from cards.kit.notes import sentence
from cards.kit.when import named_day
from cards.rights import my_data as cards
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.drafting import begin_with
from dialogs.flow.flow import Flow, Step
from dialogs.turn.access import NotNow, Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import BEFORE, Answers
from records.conversation.snapshot import Snapshot, read_words
from records.drafts import Draft
from records.evaluation.closed import closing_times
from records.people import PersonKey
from records.register.projections import own_entries
from records.retention.people import last_seen
from records.retention.periods import ends
from records.retention.scrubbing import NOTE
from records.rights.writers import mine, with_note, writer_of
from records.stages import Act


async def _ids(context: Context) -> list[str]:
    """The conversations in their own list, the newest first."""
    entries = [one async for one in own_entries(context.services.store, *context.person.keys)]
    entries.sort(key=lambda one: (one.created or one.since, one.conversation), reverse=True)
    return [one.conversation for one in entries]


def places(context: Context, it: Conversation) -> tuple[str, ...]:
    """The ids of every place they have or had in it."""
    return tuple(one.id for one in it.people if context.is_person(one))


async def show(context: Context, number: int = 0, start: int = 0) -> Reply:
    """The card with this number, from a line on. Whatever a card says, it is about who asks."""
    ids = await _ids(context)
    lines = [*await _of_you(context, len(ids)), *await _begun(context, ids)]
    if 0 < number <= len(ids):
        lines = await _of_conversation(context, ids[number - 1])
    else:
        number = 0
    card = cards.page(lines, number, start if start < len(lines) else 0, more=number < len(ids))
    return Reply(card, wording.MY_DATA)


async def _of_you(context: Context, count: int) -> list[cards.Line]:
    services, person = context.services, context.person
    seen, kept = last_seen(person), services.partnership.kept
    goes = services.timetable.office.add_months(seen, kept.people_months) if seen else None
    named = services.partnership.contacts
    contact = named.information_governance or named.facilitation_team
    return cards.of_you(person, goes, count, contact, services.zone)


async def _drafts(context: Context) -> list[Draft]:
    """All that they have begun and not sent."""
    kept = context.services.drafts
    return [one.draft for key in context.person.keys async for one in kept.all_of(key)]


async def _begun(context: Context, ids: Sequence[str]) -> list[cards.Line]:
    """What they have begun that belongs to none of these: a request above all."""
    lines = list[cards.Line]()
    for one in await _drafts(context):
        if one.conversation not in ids:
            lines += _of_draft(context, one)
    return cards.of_begun(lines)


def _of_draft(context: Context, draft: Draft) -> list[cards.Line]:
    services = context.services
    until = draft.touched + services.partnership.timings.drafts_kept
    return cards.of_draft(draft, until, services.zone)


async def _of_conversation(context: Context, key: str) -> list[cards.Line]:
    """One of theirs; of one they have no place in any more, nothing."""
    services = context.services
    await context.record(key)  # whoever it names by an address is them from now on
    found = await read_words(services.store, key)
    if found is None or not may(context.who, found[0], Right.OWN_WORDS):
        return [cards.Line("", wording.MY_DATA_NOTHING)]
    it, answers = found
    ids = places(context, it)
    notes = {(one.what, one.by): one for one in answers}
    own = [
        (one, notes.get((f"{NOTE}{one.what}", one.by))) for one in mine(it, answers, frozenset(ids))
    ]
    closed = await closing_times(services.store)
    drafts = [one for one in await _drafts(context) if one.conversation == key]
    begun = [line for one in drafts for line in _of_draft(context, one)]
    return [
        *cards.of_conversation(it, ids, ends(it, services.timetable, closed), services.zone),
        *cards.of_words(it, own),
        *begun,
        *cards.of_readers(await _opened(context, it, ids)),
    ]


async def _opened(context: Context, it: Conversation, ids: Sequence[str]) -> list[cards.OpenedBy]:
    """Who else opened something of theirs, each once, by the first day."""
    first = dict[PersonKey, date]()
    for one in sorted(await context.services.opened((it.id,)), key=lambda one: one.first):
        if one.of in ids and one.by not in context.person.keys:
            first.setdefault(one.by, one.first)
    found = []
    for key, on in first.items():
        person = await context.services.directory.find(key) if key else None
        found.append(
            cards.OpenedBy(person.name if person else wording.MY_DATA_SOMEBODY, named_day(on))
        )
    return found


async def _my_data(context: Context) -> Reply:
    return await show(context)


async def _show(context: Context, data: Data) -> Reply:
    return await show(context, data.number("number"), data.number("at"))


async def _rectify(context: Context) -> Reply:
    """The way to what they wrote, each with a way to add a note."""
    if not await _ids(context):
        return Reply(sentence(wording.MY_DATA_NONE), wording.NOTE_TITLE)
    return Reply(cards.choose(), wording.NOTE_TITLE)


# A note -------------------------------------------------------------------------------------------


def _which(file: Snapshot, context: Context, chosen: Mapping[str, Any]) -> Answers | None:
    """The answers a note is about, where they are theirs."""
    what, by = str(chosen.get("what", "")), str(chosen.get("by", ""))
    found = file.answers_of(what, by)
    if (
        found is None
        or what.startswith((NOTE, BEFORE))
        or not found.text(str(chosen.get("field", "")))
    ):
        return None
    it = file.conversation
    return found if writer_of(it, found) in places(context, it) else None


class RectifyFlow(Flow):
    """One card: a note beside an answer, which is never changed."""

    name: ClassVar[str] = "rectify"
    back_to: ClassVar[str] = cards.SHOW
    title = staticmethod(lambda: wording.NOTE_TITLE)
    right: ClassVar[Right | None] = Right.OWN_WORDS
    whole: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "note", cards.NoteBeside, cards.note_card, cards.FIELDS, press=lambda: wording.NOTE_SAVE
        ),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """Only from what it is about."""
        return Reply(cards.choose(), wording.NOTE_TITLE)

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """What they wrote, as it stands."""
        found = _which(context.whole, context, draft.answers)
        if found is None:
            return {}
        name = str(draft.answers.get("field", ""))
        question = found.question(name, wording.MY_DATA_YOURS)
        return {"question": question, "text": found.text(name)}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Kept beside it, with the day."""
        said = cards.NoteBeside.model_validate(draft.answers)
        name = str(draft.answers.get("field", ""))
        there = _which(context.whole, context, draft.answers)
        if there is None:
            raise NotNow(context.it, Right.OWN_WORDS, (said.note,))
        before = context.whole.answers_of(f"{NOTE}{there.what}", there.by)
        fresh, notes = with_note(context.it, there, before, name, said.note, context.now)
        it = await context.change(
            Act.NOTE_ADDED,
            lambda now: now.with_(noted=fresh.noted),
            submission=submission,
            answers=lambda _: (notes,),
        )
        return Reply(cards.note_kept(it), wording.NOTE_DONE.format(reference=it.reference))


RECTIFY: Final = RectifyFlow()


async def _add(context: Context, it: Conversation, data: Data) -> Reply:
    """Begin one; what was written for another answer of the same conversation goes along."""
    chosen = {name: data.text(name) for name in ("what", "by", "field")}
    if _which(context.whole, context, chosen) is None:
        raise NotNow(it, Right.OWN_WORDS)
    drafts = context.services.drafts
    there = await drafts.find(context.person.key, RECTIFY.name, it.id)
    begun = there.draft.answers if there else {}
    if there is None or {name: begun.get(name) for name in chosen} != chosen:
        await begin_with(context, RECTIFY.draft(context, {**begun, **chosen}))
    return await engine.open_flow(context, RECTIFY, it.id)


async def where(context: Context, it: Conversation) -> Reply:
    """Nothing that is theirs is kept there, or they have no place in it."""
    return Reply(sentence(wording.MY_DATA_NOTHING), wording.MY_DATA)


ROUTES: Final = (
    Plain(cards.SHOW, _show),
    Route(cards.ADD, Right.OWN_WORDS, _add, whole=True),
)
COMMANDS: Final = (
    Command(("my data", "what is held on me"), _my_data),
    Command(("rectify", "put something right"), _rectify),
)
WHERE: Final[Mapping[Right, Where]] = {Right.OWN_WORDS: where}
