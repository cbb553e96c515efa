"""While a request waits: what its requester, the facilitators and the team lead are told.

Source: pathway, step 3 and "Independence before the story". Nothing of the story stands here.
"""

from typing import Any
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action

from cards.kit.elements import Card, act, line
from cards.kit.notes import note, receipt
from cards.kit.when import day
from cards.kit.who import look_up, to_ring
from cards.request.check import reasons
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.manager.waiting import silence, team_lead


def silent(it: Conversation) -> Card:
    """The requester chooses what happens with a manager who has not answered."""
    return note(
        wording.SILENT_WHY.format(name=it.manager.name, reference=it.reference),
        wording.SILENT_ASK,
        wording.SILENT_HINT.format(name=to_ring(it.manager)),
        extra=look_up(it.manager),
        actions=[
            act(wording.SILENT_WAIT, "request.wait", silence_data(it)),
            remind(it),
            name_another(it),
            act(wording.WITHDRAW, "request.withdraw", {"conversation": it.id}),
        ],
        typed_title=True,
    )


def silence_data(it: Conversation) -> dict[str, Any]:
    """What a button about one silence carries, so that an old card answers that one only."""
    return {"conversation": it.id, "silence": silence(it)}


def remind(it: Conversation) -> Action:
    """Remind the manager now."""
    return act(wording.REMIND_AGAIN, "request.remind", silence_data(it))


def name_another(it: Conversation) -> Action:
    """Name another manager."""
    return act(wording.ANOTHER_MANAGER, "flow.open", {"flow": "manager", "conversation": it.id})


def waiting_on(it: Conversation) -> Card:
    """The requester leaves it with the manager."""
    return receipt(waiting_on_title(it), wording.WAITING_ON_MORE)


def waiting_on_title(it: Conversation) -> str:
    """That in one line."""
    return wording.WAITING_ON.format(name=it.manager.name, reference=it.reference)


def reminded(it: Conversation) -> Card:
    """The manager is reminded."""
    return receipt(reminded_title(it), wording.REMINDED_MORE)


def reminded_title(it: Conversation) -> str:
    """That in one line."""
    return wording.REMINDED.format(name=it.manager.name, reference=it.reference)


def still_waiting(it: Conversation, zone: ZoneInfo, *, in_channel: bool) -> Card:
    """The team is reminded; in the channel without a button, as the first card is."""
    why = wording.STILL_WAITING_WHY.format(reference=it.reference)
    since = line((f"{wording.STILL_WAITING_SINCE}: ",), day(it.stage_since, zone))
    if in_channel:
        return note(why, wording.WAITING_CHANNEL, extra=[since, *reasons(it)])
    data = {"conversation": it.id}
    take = act(wording.ILL_FACILITATE, "pickup.look", data, primary=True)
    leave = act(wording.TOO_CLOSE, "pickup.leave", data)
    return note(why, extra=[since, *reasons(it)], actions=[take, leave])


def lead_asked(it: Conversation) -> Card:
    """The team lead hears that nobody picks it up."""
    why = wording.LEAD_WHY.format(reference=it.reference)
    return note(why, wording.LEAD_WHAT, extra=reasons(it))


def still_looking(it: Conversation) -> Card:
    """The requester hears that it takes longer, and who does something about it."""
    why = wording.LOOKING_WHY.format(reference=it.reference)
    if it.changes.restricted is not None:
        return note(why, wording.LOOKING_FEW)
    return note(why, wording.LOOKING_LEAD if team_lead(it) else wording.LOOKING_TEAM)


def all_too_close(it: Conversation) -> Card:
    """The team lead, or the channel, is asked to find somebody elsewhere."""
    why = wording.TOO_CLOSE_WHY.format(reference=it.reference)
    return note(why, wording.TOO_CLOSE_WHAT, extra=reasons(it))


def another_area(it: Conversation) -> Card:
    """The requester hears where it goes."""
    return note(wording.AREA_WHY.format(reference=it.reference), wording.AREA_WHAT)
