"""*Stop all messages*: the facilitator alone, asked once. Source: pathway, safety rules.

While messages are stopped `Visit.conversation` raises `Stopped` for every other handler.
"""

from collections.abc import Mapping
from typing import Final

from cards import stopping as cards
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.hands import Action, on
from dialogs.visit import Visit
from records.conversation import Conversation
from records.register import Deed
from records.stages import Act
from records.stopping import start, stop


def where(visit: Visit, it: Conversation) -> Reply:
    """What somebody sees who opens anything of it while messages are stopped."""
    summary = wording.STOPPED_SUMMARY.format(reference=it.reference)
    if access.is_facilitator(visit, it):
        return Reply(cards.stopped(it), summary)
    if not access.roles(visit, it):
        return access.refuse(visit, "stopped", it.id)
    return Reply(cards.stopped_for_others(it), summary)


async def ask(visit: Visit, conversation: str) -> Reply:
    """Sure? Nothing is changed yet."""
    it = await visit.conversation(conversation)
    if it is None or not access.may(visit, it, Right.STOP):
        return access.refuse(visit, "stop", conversation)
    return Reply(cards.stop_sure(it), wording.STOP_SURE.format(reference=it.reference))


async def stop_all(visit: Visit, conversation: str) -> Reply:
    """Stopped; the facilitator rings people."""
    it = await visit.even_stopped(conversation)
    if it is None or not access.may(visit, it, Right.STOP):
        return access.refuse(visit, "stop", conversation)
    deed = Deed(Act.STOP, visit.person.key, visit.now)
    it = await visit.desk.register.change(
        conversation,
        deed,
        lambda now: stop(access.still(visit, now, Right.STOP, Act.STOP), visit.now),
    )
    return where(visit, it)


async def start_again(visit: Visit, conversation: str) -> Reply:
    """Messages go on."""
    it = await visit.even_stopped(conversation)
    if it is None or not access.may(visit, it, Right.STOP):
        return access.refuse(visit, "stop", conversation)
    deed = Deed(Act.START, visit.person.key, visit.now)
    it = await visit.desk.register.change(
        conversation,
        deed,
        lambda now: start(access.still(visit, now, Right.STOP, Act.START), visit.now),
    )
    return Reply(cards.started(it), wording.STARTED_TITLE.format(reference=it.reference))


TAPS: Final[Mapping[str, Action]] = {
    "stop.ask": on(ask),
    "stop.yes": on(stop_all),
    "stop.start": on(start_again),
}
