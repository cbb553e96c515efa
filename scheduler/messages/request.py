"""Messages up to the pick-up, and those who cannot be reached."""

from typing import Final

from cards import notices
from cards.booking import booking
from cards.kit.elements import Card
from cards.kit.who import facilitator
from cards.manager import agreement, another_way
from cards.wording import wording
from records.outbox.prompt import CHANNEL
from scheduler.messages.occasion import Drawings, Occasion


def _manager(on: Occasion) -> tuple[Card, str]:
    why = wording.MANAGER_REMIND if on.reminds else wording.MANAGER_WHY
    text = why.format(name=on.it.requester.name, agency=on.it.request.agency)
    summary = wording.NOTICE.format(reference=on.it.reference, text=text)
    return agreement.asked(on.it, reminder=on.reminds), summary


def _talk_first(on: Occasion) -> tuple[Card, str]:
    text = on.texts("talk-first", on.prompt.cycle).get("text", "")
    title = wording.TALK_CAME.format(name=on.it.manager.name, reference=on.it.reference)
    return agreement.talk_came(on.it, text), title


def _not_this_route(on: Occasion) -> tuple[Card, str]:
    title = wording.REQUEST_ROUTE.format(name=on.it.manager.name, reference=on.it.reference)
    return another_way.not_this_way(on.it), title


def _agreed(on: Occasion) -> tuple[Card, str]:
    title = wording.REQUEST_AGREED.format(name=on.it.manager.name, reference=on.it.reference)
    return notices.agreed(on.it), title


def _waiting(on: Occasion) -> tuple[Card, str]:
    card = booking.waiting(on.it, in_channel=on.prompt.to == CHANNEL)
    return card, wording.WAITING_WHY.format(reference=on.it.reference)


def _picked_up(on: Occasion) -> tuple[Card, str]:
    name = facilitator(on.it)
    title = wording.PICKED_UP_NOTICE.format(name=name, reference=on.it.reference)
    return notices.picked_up(on.it), title


def _withdrawn(on: Occasion) -> tuple[Card, str]:
    name, reference = on.it.requester.name, on.it.reference
    title = wording.WITHDRAWN_NOTICE.format(name=name, reference=reference)
    return notices.withdrawn(on.it, on.prompt.to), title


def _not_reached(on: Occasion) -> tuple[Card, str]:
    to_requester = on.prompt.to == on.it.requester.id
    in_channel = on.prompt.to == CHANNEL
    card = notices.not_reached(
        on.it, on.prompt.about, to_requester=to_requester, to_channel=in_channel
    )
    return card, wording.NOT_REACHED_SUMMARY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    "manager-ask": _manager,
    "talk-first": _talk_first,
    "agreed": _agreed,
    "not-this-route": _not_this_route,
    "withdrawn": _withdrawn,
    "waiting": _waiting,
    "picked-up": _picked_up,
    "not-reached": _not_reached,
}
