"""Whose words a reply shows, told from the reply itself: what it shows of others' is a read.

No card has to say so, and none can forget it. What a turn has loaded of a conversation is compared
with the words that stand on the card, once the reply is out; a reader's own are no read.
"""

from collections.abc import Iterator
from typing import Final

from cards.kit.door import words_of
from dialogs.root.doors import CUT
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.access.lines import OF_ANSWERS, What
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.evaluation.quotes import HOPES

SHORT: Final = 12
"""Characters from which a part of a text is told from a part of another one; else it has to be a
whole text, or a whole line of one."""


def note_reads(context: Context, reply: Reply) -> None:
    """Note what the one who acts has before their eyes now of what others wrote."""
    words = [one for one in _words(reply) if one]
    if not words:
        return
    found = {(What.QUOTES, *one): None for one in context.quoted}
    found |= {(What.COLLATED, *one): None for one in context.collated}
    for it, answers in _loaded(context):
        if not _is_own(context, it, answers) and (shown := _shown(answers, words)):
            what = _what(context, answers, shown)
            of = "" if what is What.DOCUMENT else answers.by
            found[what, it.id, of] = None
    for what, conversation, of in found:
        context.opened(what, conversation, of=of)


def _loaded(context: Context) -> Iterator[tuple[Conversation, Answers]]:
    for one in context.loaded:
        if isinstance(one, Snapshot):
            yield from ((one.conversation, answers) for answers, _ in one.answers.values())
        else:
            yield one


def _words(reply: Reply) -> Iterator[str]:
    for one in (reply, reply.beside):
        if one is not None and one.card is not None:
            yield from (_plain(text.removesuffix(CUT)) for text in words_of(one.card))


def _is_own(context: Context, it: Conversation, answers: Answers) -> bool:
    """Whether the one who acts wrote them. A document is of all who were there."""
    by = it.outcome.by if answers.what == "outcome" and it.outcome else answers.by
    return context.is_person(it.person(by))


def _shown(answers: Answers, words: list[str]) -> set[str]:
    """The fields of which some stands among these words."""
    return {
        name for name, text in answers.texts.items() if any(_stands(one, text) for one in words)
    }


def _stands(one: str, text: str) -> bool:
    if len(one) >= SHORT:
        return one in _plain(text)
    return one == _plain(text) or one in map(_plain, text.splitlines())


def _what(context: Context, answers: Answers, shown: set[str]) -> What:
    if context.right is Right.RELEASE_WORDS:
        return What.QUOTES
    if answers.what == "request" and shown <= set(HOPES.values()):
        return What.HOPES
    return OF_ANSWERS.get(answers.what, What.WORDS)


def _plain(text: str) -> str:
    return " ".join(text.split())
