"""What the requester does about a manager who is silent. Source: pathway, step 2."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cards import waiting as cards
from cards.wording import wording
from dialogs import access, home
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flows import text
from dialogs.hands import Action, Hands
from dialogs.visit import Visit
from records.conversation import Conversation
from records.register import Deed
from records.stages import Act, WrongStage
from records.waiting import remind_again, silence, wait


async def leave_it(visit: Visit, conversation: str, which: str) -> Reply:
    """The requester leaves it with the manager, who is not written to."""

    def change(now: Conversation) -> Conversation:
        return wait(now, visit.now) if silence(now) == which else now

    it = await _changed(visit, conversation, Act.WAIT, change)
    if isinstance(it, Reply):
        return it
    if which in it.waits:
        return Reply(cards.waiting_on(it), wording.STATUS_SUMMARY)
    return home.where(visit, it)


async def remind(visit: Visit, conversation: str, which: str) -> Reply:
    """The manager is reminded now: once for each time that they were silent."""
    silent_from = visit.desk.register.timetable.manager_silent

    def change(now: Conversation) -> Conversation:
        due = silence(now) == which and visit.now >= silent_from(now)
        return remind_again(now, visit.now) if due else now

    it = await _changed(visit, conversation, Act.NUDGE, change)
    if isinstance(it, Reply):
        return it
    if it.nudges and silence(it, reminders=len(it.nudges) - 1) == which:
        return Reply(cards.reminded(it), wording.STATUS_SUMMARY)
    return home.where(visit, it)


async def _changed(
    visit: Visit, conversation: str, act: Act, change: Callable[[Conversation], Conversation]
) -> Conversation | Reply:
    """The requester's change while the request waits; or where it is, if it no longer does."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.WAIT):
        return access.refuse(visit, "requester", conversation)
    deed = Deed(act, visit.person.key, visit.now)
    try:
        return await visit.desk.register.change(
            conversation, deed, lambda now: change(access.still(visit, now, Right.WAIT, act))
        )
    except WrongStage:
        return await home.see(visit, conversation)


def _about(handler: Callable[[Visit, str, str], Any]) -> Action:
    async def handle(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
        reply: Reply = await handler(visit, text(data, "conversation"), text(data, "silence"))
        return reply

    return handle


TAPS: Final[Mapping[str, Action]] = {
    "request.wait": _about(leave_it),
    "request.remind": _about(remind),
}
"""The choices on the card that says that the manager has not answered."""
