"""Whose words one may read: those of conversations that one has no part in, and their number."""

from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from records.conversation.conversation import Conversation
from records.evaluation.queries import conversations_of
from records.evaluation.quotes import Standing
from records.store.contract import each


async def may_read(context: Context, it: Conversation) -> bool:
    """Whether this reader may read its words and rule on them."""
    await context.reads_of(it)
    return may(context.who, it, Right.RELEASE_WORDS)


async def count_readable(context: Context, standing: Standing) -> int:
    """How many words with this standing this reader may read, of the first hundred that are kept:
    what a button counts can be read behind it."""
    register = context.services.register
    listed = await conversations_of(register.store, standing)
    files = await each(lambda key: register.file(key, whole=False), set(listed))
    theirs = [
        file.conversation.id
        for file in files
        if file is not None and await may_read(context, file.conversation)
    ]
    return sum(key in theirs for key in listed)
