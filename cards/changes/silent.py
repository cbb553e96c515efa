"""Nobody has done anything for long: whether it goes on is asked, and then it ends by itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cards.kit.elements import Card, act, small
from cards.kit.notes import note
from cards.kit.when import day, named_day
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation


def asks(it: Conversation, who: str, until: datetime | None, zone: ZoneInfo) -> Card:
    """Whoever is asked: until when, one tap that says that it goes on, and for the facilitator the
    way to the conversation."""
    on = act(wording.QUIET_GOES_ON, "silent.goes-on", {"conversation": it.id}, primary=True)
    data = {"conversation": it.id}
    see = [act(wording.QUIET_OPEN, "pickup.see", data)] if who == it.facilitator else []
    ends = wording.QUIET_ENDS.format(day=day(until, zone)) if until else ""
    return note(why(it), ends, wording.QUIET_NEXT, actions=[on, *see])


def why(it: Conversation) -> str:
    """Why it came, in one line."""
    return wording.QUIET_WHY.format(reference=it.reference)


def goes_on(it: Conversation) -> Card:
    """It goes on: said now, or already."""
    return note(goes_on_title(it))


def goes_on_title(it: Conversation) -> str:
    """That in one line."""
    return wording.QUIET_DONE.format(reference=it.reference)


def over(it: Conversation, who: str) -> Card:
    """Whoever asked for it, or whose it is: it has ended, and what can be done. What they are to
    keep to with the family has not."""
    again = act(wording.QUIET_AGAIN, "request.open", {})
    warns = family.later(it, who)
    return note(over_title(it), wording.QUIET_OVER_NEXT, extra=warns, actions=[again])


def over_title(it: Conversation) -> str:
    """That it has ended, in one line."""
    return wording.QUIET_OVER.format(reference=it.reference)


def kept_no_longer(reference: str) -> Card:
    """What stands in place of a message about what was removed since its time was up."""
    return note(kept_no_longer_title(reference), wording.KEPT_NO_LONGER_MORE)


def kept_no_longer_title(reference: str) -> str:
    """That in one line."""
    return wording.KEPT_NO_LONGER.format(reference=reference)


def name_no_longer() -> Card:
    """What stands in place of a message that named somebody whose name was erased."""
    mine = act(wording.MY_REQUESTS, "request.mine", {})
    return note(name_no_longer_title(), wording.NAME_ERASED_MORE, actions=[mine])


def name_no_longer_title() -> str:
    """That in one line."""
    return wording.NAME_ERASED


def with_hold(card: Card, it: Conversation, zone: ZoneInfo) -> Card:
    """The facilitator's card, with a line where a legal hold keeps it from being removed."""
    if it.hold is None:
        return card
    text = wording.HOLD.format(
        reference=it.reference, since=day(it.hold.since, zone), review=named_day(it.hold.review_on)
    )
    told = small(text, gap=True).model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**card, "body": [*card["body"], told]}
