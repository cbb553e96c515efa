"""Words of a draft that is put away, where a typed message is answered: kept until they are read.

They are their writer's, so they are not lost; and a message holds no words of a story, so they are
behind a button. A draft of their own keeps them for as long as any.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cards.kit.door import holds_words, with_button, without_words, words_of
from cards.kit.notes import note, sentence
from cards.wording import wording
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, Data, FileSent, Message, Reply, with_texts
from records.drafts import Draft, Open
from records.store.contract import StoreError

BACK: Final = "back"
"""The draft that keeps them."""


async def put_by(context: Context, reply: Reply, texts: Sequence[str]) -> tuple[Reply, list[str]]:
    """The reply with a button to those of these texts that were not typed just now, and the others.

    Where they cannot be kept they stay among the others: shown is better than lost.
    """
    event = context.turn.event
    if isinstance(event, CardAction):
        return reply, list(texts)
    typed = event.text if isinstance(event, Message | FileSent) else ""
    own = [one for one in texts if one.strip() not in typed]
    if not own or reply.card is None:
        return reply, list(texts)
    name = context.services.nonce()
    draft = Draft(
        id=name,
        owner=context.person.key,
        flow=BACK,
        conversation=name,
        version=1,
        step=BACK,
        answers={f"text{number}": one for number, one in enumerate(own)},
        begun=context.now,
        touched=context.now,
    )
    try:
        await context.services.drafts.save(Open(draft))
    except StoreError:
        return reply, list(texts)
    card = with_button(reply.card, wording.BACK_OPEN, "typed.back", {"text": name})
    return replace(reply, card=card), [one for one in texts if one not in own]


async def behind_a_button(context: Context, reply: Reply) -> Reply:
    """The reply with whatever words are on its card still behind a button."""
    if reply.card is None or not holds_words(reply.card):
        return reply
    words = ["\n".join(words_of(reply.card))]
    kept, rest = await put_by(context, replace(reply, card=without_words(reply.card)), words)
    return reply if rest else kept


async def show(context: Context, data: Data) -> Reply:
    """The texts that wait under the name on the card, to their writer."""
    kept = await context.services.drafts.find(context.person.key, BACK, data.text("text"))
    if kept is None:
        return Reply(sentence(wording.GONE), wording.GONE)
    texts = [str(one) for one in kept.draft.answers.values()]
    shown = Reply(note(wording.BACK_TITLE, wording.BACK_KEPT), wording.BACK_TITLE)
    return with_texts(shown, texts, "")
