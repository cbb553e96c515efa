"""*Things have changed; please ring me*, and what the facilitator decides then."""

from collections.abc import Mapping
from typing import Any, Final

from cards import ringing as cards
from cards.notes import sentence
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flows import text
from dialogs.hands import Action, Hands, on
from dialogs.visit import Visit
from records.conversation import Conversation
from records.register import Deed
from records.ringing import ask_again, ring_me
from records.stages import Act, WrongStage


async def ask(visit: Visit, conversation: str) -> Reply:
    """The lead worker asks to be rung; nothing more is asked of them until then."""
    it = await visit.conversation(conversation)
    if it is None or not access.may(visit, it, Right.RING_ME):
        return access.refuse(visit, "ring", conversation)
    deed = Deed(Act.RING_ME, visit.person.key, visit.now)

    def asked(now: Conversation) -> Conversation:
        access.still(visit, now, Right.RING_ME, Act.RING_ME)
        return ring_me(now, visit.now, now.lead)

    it = await visit.desk.register.change(conversation, deed, asked)
    return Reply(cards.asked_to_ring(it), wording.RING_ME)


async def _later(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    conversation, who = text(data, "conversation"), text(data, "who")
    it = await visit.conversation(conversation)
    if it is None or not access.may(visit, it, Right.ASK_LATER):
        return access.refuse(visit, "ring", conversation)
    office = visit.desk.register.timetable.office
    days = 7 * visit.desk.partnership.timings.ask_again_weeks
    on_day = office.roll_forward(office.add_days(visit.now, days))
    deed = Deed(Act.ASK_LATER, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: ask_again(
                access.still(visit, now, Right.ASK_LATER, Act.ASK_LATER), visit.now, who, on_day
            ),
        )
    except WrongStage:
        return Reply(sentence(wording.RING_SETTLED), wording.RING_SETTLED)
    return Reply(cards.asked_later(it, who, visit.desk.zone), wording.ASK_LATER)


TAPS: Final[Mapping[str, Action]] = {"ring.me": on(ask), "ring.later": _later}
