"""What every turn of a flow does with its draft: find it, save it, show its open card.

Every write is conditional: where somebody else (or another device) was quicker, the turn is done
again on what is there now.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from cards.page import Page
from cards.wording import wording
from dialogs.asked import asking, fitted
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import CHECK, Flow, draw, page
from dialogs.visit import Visit
from records.drafts import Draft, Open
from records.store import AlreadyThere, Changed, TooLarge, Unavailable

TRIES: Final = 6
Turned = Reply | None
"""The reply of a turn, or None where it has to be done again."""


async def find(visit: Visit, flow: Flow, conversation: str) -> Open | None:
    """The draft a card belongs to; one of another conversation is not it."""
    opened = await there(visit, flow, conversation)
    if opened is None or conversation in ("", opened.draft.conversation):
        return opened
    return None


async def there(visit: Visit, flow: Flow, conversation: str) -> Open | None:
    """The draft that is open: a person has one request at a time."""
    opened = await visit.desk.drafts.find(visit.person.key, flow.name, conversation)
    return Open(fitted(flow, opened.draft), opened.etag) if opened else None


async def save(visit: Visit, opened: Open) -> Open | None:
    """The saved draft, or None where somebody else (or another device) was quicker."""
    roomy, _ = opened.draft.with_room()
    draft = roomy.model_copy(update={"touched": visit.now})
    try:
        return await visit.desk.drafts.save(Open(draft, opened.etag))
    except (AlreadyThere, Changed):
        return None


async def save_and_show(
    visit: Visit,
    flow: Flow,
    opened: Open,
    *,
    wrong: Mapping[str, str] | None = None,
    notice: str = "",
) -> Turned:
    """The open card of a draft once it is saved; None where somebody else was quicker.

    Earlier texts for which there is no room any more are shown once, to be copied.
    """
    _, gone = opened.draft.with_room()
    saved = await save(visit, Open(asking(flow, opened.draft), opened.etag))
    if saved is None:
        return None
    shown = await show(visit, flow, saved.draft, wrong=wrong, notice=notice)
    return with_texts(shown, gone, wording.KEPT_NO_MORE)


async def show(
    visit: Visit,
    flow: Flow,
    draft: Draft,
    *,
    wrong: Mapping[str, str] | None = None,
    notice: str = "",
    more: Mapping[str, Any] | None = None,
) -> Reply:
    """The open card of a draft as it stands; at its end what has no card any more."""
    facts = {**await flow.facts(visit, draft), **(more or {})}
    on: Page = page(flow, draft, visit.desk.nonce(), facts, wrong=wrong, notice=notice)
    reply = Reply(draw(flow, on), flow.title)
    at_end = draft.step in (CHECK, flow.steps[-1].id)
    return with_texts(reply, flow.left_over(draft)) if at_end else reply


async def until_it_holds(once: Callable[[], Awaitable[Turned]]) -> Reply:
    """The turn done again until nobody is quicker. Raises Unavailable where it never holds.

    More text than can be stored is refused with a sentence alone: no card could show it, and the
    one on the screen stays.
    """
    for _ in range(TRIES):
        try:
            reply = await once()
        except TooLarge:
            return Reply(summary=wording.TOO_MUCH)
        if reply is not None:
            return reply
    raise Unavailable("the draft kept changing")
