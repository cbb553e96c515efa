"""Erases somebody, or a conversation, from every table; long as it is one order of steps.

First the row that says so (`records.rights.erasures`), then the ledger, then the rows of messages
that are to close; from there on each step may be done twice, and whoever finds the row not done
begins again. What names the person in others' records, lists and texts becomes *a person*; what is
theirs alone goes, their row last. No line of an audit trail is rewritten. Raises StoreError.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from records import drafts
from records.addresses import MAIL
from records.conversation.conversation import Conversation, Layer
from records.conversation.feedback import Answers
from records.conversation.snapshot import TABLE, answers_row, read_file, read_record
from records.directory import Directory
from records.drafts import Drafts
from records.outbox import parked
from records.outbox.prompt import CHANNEL
from records.people import PersonKey, Reference, is_among, mail_key
from records.people_rows import PEOPLE
from records.register.projections import BY_MAIL, BY_PERSON, list_conversation
from records.register.register import Deed, Register
from records.rekeying import PERSON, everybody
from records.retention import holds, notices, people
from records.retention.holds import Holds, Of
from records.retention.removing import ANSWERS, remove_among_others, remove_conversation
from records.rights import erasures, releases
from records.rights.erasures import Erasure, ToClose
from records.rights.finding import by
from records.rights.nameless import IsThem, without_them
from records.rights.names_out import Replace, in_values, parts_left, replacing
from records.shown_cards import TABLE as SHOWN
from records.shown_cards import Shown, ShownCards
from records.stages import Act
from records.store.codec import Unreadable, read_or_pass, tell
from records.store.contract import Changed, Row, Store, Value

OPERATOR: Final = "operator"
"""Who the audit trail names for what somebody does at a terminal."""
TRIES: Final = 20
WHOLE: Final = frozenset({Layer.TRAIL})
"""With it goes what no row of the board names any more, such as words that may be quoted."""
log = logging.getLogger(__name__)


class Eraser:
    """Does it, over any store."""

    def __init__(
        self, register: Register, directory: Directory, kept: Drafts, now: Callable[[], datetime]
    ) -> None:
        self._register, self._store = register, register.store
        self._directory, self._drafts, self._now = directory, kept, now

    async def carry_out(self, one: Erasure) -> Erasure:
        """From wherever it stands to its end; gives what is left of it. The ledger has it by now.

        What cannot be read is in the log, and is left.
        """
        if not one.noted:
            for key in one.conversations:
                await self._note_messages(one, key)
            await self._note_own_cards(one)
            one = await erasures.keep(self._store, one.model_copy(update={"noted": True}))
        if one.of is Of.CONVERSATION:
            for key in one.conversations:
                await remove_conversation(self._store, self._drafts, key, one.reference)
                await remove_among_others(self._store, self._drafts, {key: WHOLE})
                await self._told_of(key)
        else:
            await self._person(one)
        log.warning("erased", extra={"action": "erased", "erasure": one.id, "of": str(one.of)})
        return await erasures.keep(self._store, one.finished(self._now()))

    # Messages -------------------------------------------------------------------------------------

    async def _note_messages(self, one: Erasure, key: str) -> None:
        """Everything that stands in anybody's chat about a conversation."""
        try:
            file = await read_file(self._store, key, whole=False)
        except Unreadable as error:
            return tell(error)
        if file is None:
            return None
        for prompt, _ in file.prompts.values():
            if prompt.message_id:
                place = await self._place(file.conversation, prompt.to)
                if place is not None:
                    await self._note(one, place, prompt.message_id)
        for shown in await ShownCards(self._store).of(key):
            await self._note(one, shown.place, shown.message)
        return None

    async def _place(self, it: Conversation, to: str) -> Reference | None:
        if to == CHANNEL:
            return await self._directory.channel()
        there = it.person(to)
        person = await self._directory.named(there) if there else None
        return person.reference if person else None

    async def _note_own_cards(self, one: Erasure) -> None:
        """Cards in their own chat, also about nothing in particular."""
        if not one.keys:
            return
        async for row in self._store.query(SHOWN):
            if row.values.get("person") not in one.keys:
                continue
            if (shown := read_or_pass(Shown, row)) is not None:
                await self._note(one, shown.place, shown.message)

    async def _note(self, one: Erasure, place: Reference, message: str) -> None:
        # Of who is in that chat nothing stays but the chat's own id.
        bare = Reference(
            service_url=place.service_url,
            conversation_id=place.conversation_id,
            tenant=place.tenant,
            bot_id=place.bot_id,
            bot_name=place.bot_name,
        )
        message_row = ToClose(place=bare, message=message, since=one.at)
        await erasures.note_message(self._store, one.id, message_row)

    # A person -------------------------------------------------------------------------------------

    async def _person(self, one: Erasure) -> None:
        keys = frozenset(one.keys)
        is_them, replace = by(keys, one.mails), replacing(one.words)
        here = replacing(one.words, alone=True)
        for key in one.conversations:
            try:
                await self._conversation(one, key, is_them, here)
            except Unreadable as error:
                tell(error)
        await self._others_drafts(one, replace, here)
        await self._others_rows(one)
        for table in (holds.TABLE, releases.TABLE):
            for row in [row async for row in self._store.query(table)]:
                out = here if row.partition in one.conversations else replace
                await self._rewritten(table, row, partial(in_values, replace=out))
        for address in one.mails:
            await self._address(mail_key(address), keys)
        for key in (*keys, *map(mail_key, one.mails)):
            await releases.forget(self._store, key)
            await self._told_of(key)
        theirs = [
            person
            async for person in everybody(self._store)
            if person is not None and not keys.isdisjoint(person.keys)
        ]
        await people.forget(self._store, self._drafts, theirs)
        for person in theirs:
            self._directory.forget_at_hand(person.keys)

    async def _conversation(
        self, one: Erasure, key: str, is_them: IsThem, replace: Replace
    ) -> None:
        if await read_record(self._store, key) is None:
            return
        deed = Deed(Act.PERSON_ERASED, OPERATOR, one.at)
        change = partial(without_them, is_them=is_them, keys=frozenset(one.keys), replace=replace)
        it = await self._register.change(key, deed, change)
        for address in one.mails:
            await self._named_here(mail_key(address), key)
        rows = self._store.query(TABLE, partition=key, key_from=ANSWERS, key_to=f"{ANSWERS}~")
        for row in [found async for found in rows]:
            await self._answers(row, replace)
        await list_conversation(self._store, it, self._register.timetable, afresh=True)
        for person in one.keys:
            await self._store.delete(BY_PERSON, person, key)

    async def _answers(self, row: Row, replace: Replace) -> None:
        """Words of others, and of theirs: only names in them change."""
        found: Row | None = row
        for _ in range(TRIES):
            if found is None:
                return
            there = read_or_pass(Answers, found)
            if there is None:
                return
            texts = {name: replace(text) for name, text in there.texts.items()}
            asked = {name: replace(text) for name, text in there.asked.items()}
            if (texts, asked) == (there.texts, there.asked):
                return
            fresh = there.model_copy(update={"texts": texts, "asked": asked})
            try:
                await self._store.update(TABLE, answers_row(row.partition, fresh, found.etag))
            except Changed:
                found = await self._store.get(TABLE, row.partition, row.key)
            else:
                return
        raise Changed(TABLE, row.partition, row.key)

    async def _others_drafts(self, one: Erasure, replace: Replace, here: Replace) -> None:
        """Of the same conversations, or naming an address of theirs."""

        def is_here(row: Row) -> bool:
            return row.values.get("conversation") in one.conversations

        def has_them(row: Row) -> bool:
            text = str(dict(row.values)).casefold()
            return is_here(row) or any(address.casefold() in text for address in one.mails)

        rows = [row async for row in self._store.query(drafts.TABLE) if has_them(row)]
        for row in rows:
            if row.partition not in one.keys:
                out = here if is_here(row) else replace
                await self._rewritten(drafts.TABLE, row, partial(in_values, replace=out))
        self._drafts.forget_at_hand()

    async def _rewritten(
        self, table: str, row: Row, how: Callable[[dict[str, Value]], dict[str, Value]]
    ) -> None:
        """A row of somebody else's so changed, with all that they have written in it meanwhile."""
        found: Row | None = row
        for _ in range(TRIES):
            if found is None:
                return
            fresh = how(dict(found.values))
            if fresh == dict(found.values):
                return
            try:
                await self._store.update(table, Row(row.partition, row.key, fresh, found.etag))
            except Changed:
                found = await self._store.get(table, row.partition, row.key)
            else:
                return
        raise Changed(table, row.partition, row.key)

    async def _others_rows(self, one: Erasure) -> None:
        """Who remembers them as their manager."""
        nobody: dict[str, Value] = {"manager_name": "", "manager_mail": ""}
        async for person in everybody(self._store):
            if person is None or not is_among(person.manager_mail, one.mails):
                continue
            row = await self._store.get(PEOPLE, person.key, PERSON)
            if row is not None:
                await self._rewritten(PEOPLE, row, lambda values: {**values, **nobody})

    async def _named_here(self, address: str, key: str) -> None:
        """That this address is named in a conversation, and what waits there for who has it."""
        await self._store.delete(BY_MAIL, address, key)
        for row in [row async for row in self._store.query(parked.TABLE, partition=address)]:
            if row.values.get("conversation") == key:
                await self._store.delete(parked.TABLE, address, row.key)

    async def _address(self, address: str, mine: frozenset[PersonKey]) -> None:
        """That they have it. Of who else does, the row stays."""
        for row in [row async for row in self._store.query(MAIL, partition=address)]:
            if PersonKey(str(row.values.get("person", ""))) in mine:
                await self._store.delete(MAIL, address, row.key)

    async def _told_of(self, key: str) -> None:
        """That an operator was told when it goes."""
        for row in [row async for row in self._store.query(notices.TABLE, partition=key)]:
            await self._store.delete(notices.TABLE, key, row.key)


@dataclass(frozen=True)
class LookAt:
    """What no rule can decide: conversations, by reference, in which a part of the name is left, or
    in which a Word file was handed in, which nobody rewrites."""

    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


async def to_look_at(store: Store, one: Erasure) -> LookAt:
    """For a person to look at, once it is done; the same before it and after. Raises StoreError."""
    names, files = list[str](), list[str]()
    left, here = parts_left(one.words), replacing(one.words, alone=True)
    for key in one.conversations if one.of is Of.PERSON else ():
        try:
            file = await read_file(store, key)
        except Unreadable as error:
            tell(error)
            continue
        if file is None:
            continue
        texts = (text for said, _ in file.answers.values() for text in said.texts.values())
        if any(left(here(text)) for text in texts):
            names.append(file.conversation.reference)
        if file.conversation.captured.file:
            files.append(file.conversation.reference)
    return LookAt(tuple(names), tuple(files))


async def is_held(store: Store, one: Erasure, held: Holds) -> bool:
    """Whether a legal hold stops it: on the person, on a conversation that names them, or on
    somebody in it. Raises StoreError."""
    if not held.people.isdisjoint(one.keys) or not held.conversations.isdisjoint(one.conversations):
        return True
    if not held.people:
        return False
    found = [await read_record(store, key) for key in one.conversations]
    return any(held.stops(record[0]) for record in found if record is not None)
