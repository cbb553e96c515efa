"""What lists need: the facilitators' board, each person's own, who is named. All can be rebuilt.

Neither holds a story, but for words that were released to be quoted. They are written after the
conversation, with the audit sequence they were made from; `records.register.listing` says when, and
the nightly repair mends all the same what was left behind. A row of somebody's own list may be
there before its conversation is: readers pass over it, and take what it says from the record.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from records.board import board
from records.board.list_entry import ListEntry, entry
from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.conversation.feedback import Answers
from records.conversation.snapshot import TABLE
from records.evaluation.facts import ASKED, HELD, TO_HOLD, facts, to_row
from records.evaluation.quotes import Standing, quotes
from records.people import PersonKey, mail_key
from records.stages import Stage
from records.store.codec import read_or_pass, to_values
from records.store.contract import AlreadyThere, Row, Store, Value, together

BY_PERSON: Final = "byperson"
BY_MAIL: Final = "bymail"
"""Conversations under the hash of each address that is named in them: nothing but keys."""
WORDLESS: Final = {"text": "", "hoped": ""}


def belongs_to(conversation: Conversation) -> tuple[PersonKey, ...]:
    """People whose own list shows it: those whose key the platform gave."""
    return tuple(dict.fromkeys(one.key for one in conversation.people if one.key))


def named_in(conversation: Conversation) -> tuple[str, ...]:
    """Hashes of the addresses by which it knows people: those whose key the platform did not give.

    Who has left is among them: a row stays, and the record says what somebody is in it now.
    """
    named = (one.mail for one in conversation.people if one.mail.strip() and not one.key)
    return tuple(dict.fromkeys(map(mail_key, named)))


async def name_in(store: Store, key: str, hashes: Iterable[str], *, afresh: bool = False) -> None:
    """Note that these addresses are named in a conversation. Raises StoreError.

    Such a row says nothing that changes, so one that is there is left, unless made `afresh`.
    """
    write = store.put if afresh else store.create

    async def note(one: str) -> None:
        with suppress(AlreadyThere):
            await write(BY_MAIL, Row(one, key, {}))

    await together(*map(note, hashes))


async def list_for(
    store: Store, conversation: Conversation, dates: Dates, *keys: PersonKey
) -> None:
    """Write the rows of these people's own lists, at the same time. Raises StoreError."""
    values = to_values(entry(conversation, dates))
    rows = (Row(key, conversation.id, values) for key in keys)
    await together(*(store.put(BY_PERSON, row) for row in rows))


async def list_conversation(
    store: Store,
    conversation: Conversation,
    dates: Dates,
    *,
    also: Sequence[str] = (),
    afresh: bool = False,
) -> tuple[str, ...]:
    """Write the board and by-person rows of a conversation; gives its places on the board.

    `also` are places this writer gave it a moment ago; `afresh` trusts nothing that is there.
    """
    fresh = entry(conversation, dates)
    answers = await _answers(store, conversation)
    kept = for_evaluation(conversation, answers, dates)
    places = await board.show(store, fresh, kept, also=also, afresh=afresh)
    if conversation.practice_over is not None or conversation.lacks(Layer.PEOPLE):
        return places  # Nobody's list has it any more.
    await list_for(store, conversation, dates, *belongs_to(conversation))
    if afresh:
        await name_in(store, conversation.id, named_in(conversation), afresh=True)
    return places


def for_evaluation(it: Conversation, answers: Sequence[Answers], dates: Dates) -> board.Kept:
    """What the evaluation keeps of a conversation: its numbers, and words that may be quoted.

    Only released words are held by their row; of the others it holds where they are. A rehearsal is
    counted nowhere, and nobody is quoted from it.
    """
    if it.practice:
        return {}
    counted = facts(it, answers, dates)
    numbers = to_row(counted)
    found: dict[str, Mapping[str, Value]] = {f"{ASKED}/{_key(counted.asked, it.id)}": numbers}
    if counted.held is not None:
        found[f"{HELD}/{_key(counted.held, it.id)}"] = numbers
    if it.stage is Stage.BOOKED and it.booking is not None:
        found[f"{TO_HOLD}/{_key(it.booking.start, it.id)}"] = {}
    for one in quotes(it, answers):
        released = one.standing is Standing.RELEASED
        found[one.place] = to_values(one if released else one.model_copy(update=WORDLESS))
    return found


async def _answers(store: Store, it: Conversation) -> tuple[Answers, ...]:
    """The answers, where anything of them is counted or may be quoted by now."""
    if it.held is None and it.stage is not Stage.NOT_THIS_ROUTE:
        return ()
    rows = store.query(TABLE, partition=it.id, key_from="answer-", key_to="answer-~")
    found = [read_or_pass(Answers, row) async for row in rows]
    return tuple(one for one in found if one is not None)


def _key(at: datetime, key: str) -> str:
    return f"{int(at.timestamp()):010d}.{key}"


async def naming(store: Store, mails: Iterable[str]) -> list[str]:
    """Ids of the conversations in which one of these addresses is, or was, named."""
    found: list[str] = []
    for one in dict.fromkeys(map(mail_key, mails)):
        found += [row.key async for row in store.query(BY_MAIL, partition=one)]
    return list(dict.fromkeys(found))


async def own_conversations(store: Store, *keys: PersonKey) -> set[str]:
    """Ids of those that a person's own list has; `keys` are theirs, also former ones."""
    rows = [store.query(BY_PERSON, partition=key, select=["schema"]) for key in keys]
    return {row.key for one in rows async for row in one}


async def own_entries(store: Store, *keys: PersonKey) -> AsyncIterator[ListEntry]:
    """The conversations a person requested or facilitates; `keys` are theirs, also former ones."""
    found: dict[str, ListEntry] = {}
    for key in keys:
        async for row in store.query(BY_PERSON, partition=key):
            one = read_or_pass(ListEntry, row)
            known = found.get(one.conversation) if one else None
            if one and (known is None or known.made_from < one.made_from):
                found[one.conversation] = one
    for one in found.values():
        yield one
