"""Something has happened: the line that says so on many cards, what whoever tapped it sees, and
whoever is to ring."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, build, line, small, tap_line
from cards.kit.notes import MOST, choice, note, receipt
from cards.kit.when import moment
from cards.kit.who import (
    has_number,
    look_up,
    number_in,
    rung_instead,
    see_it,
    to_ring,
)
from cards.wording import wording
from records.changes.happening import asked, number_of, rings
from records.conversation.conversation import Conversation
from records.manager.waiting import team_lead
from records.people import Participant
from records.stages import Act, Stage


def happened_line(it: Conversation, who: str) -> list[CardElement]:
    """The quiet line on a card of the requester or the lead worker; on nobody else's."""
    if who not in (it.requester.id, it.lead) or not it.allows(Act.HAPPENED):
        return []
    return [tap_line(wording.HAPPENED, _tell(it, wording.HAPPENED))]


def with_happened(card: Card, it: Conversation, who: str) -> Card:
    """A card with that line at its end."""
    lines = [
        one.model_dump(mode="json", by_alias=True, exclude_none=True)
        for one in happened_line(it, who)
    ]
    return {**card, "body": [*card["body"], *lines]}


def _tell(it: Conversation, title: str) -> Action:
    return act(title, "happened.tell", {"conversation": it.id})


def told(it: Conversation) -> Card:
    """Who said so: reminders are paused, and who rings. Nothing more is asked."""
    who = asked(it)
    name = who.name if who else wording.HAPPENED_TEAM
    text = wording.HAPPENED_DONE.format(name=name, reference=it.reference)
    if who is None and it.changes.restricted is not None:
        name = to_ring(rung_instead(it))
        text = wording.HAPPENED_INSTEAD.format(name=name, reference=it.reference)
    reach = wording.HAPPENED_REACH.format(name=to_ring(who)) if who and has_number(who) else ""
    back = act(wording.MY_REQUESTS, "request.mine", {})
    return build([line(text), *([line(reach)] if reach else []), *look_up(who)], [back])


def settled(it: Conversation) -> Card:
    """Whoever rang already, or another one did."""
    return note(wording.HAPPENED_SETTLED.format(reference=it.reference))


def which(found: Sequence[Conversation]) -> Card:
    """Typed: for which conversation. Nothing is done by it."""
    if not found:
        return note(
            wording.HAPPENED, wording.HAPPENED_NONE, extra=[small(wording.NOBODY_WATCHES, gap=True)]
        )
    actions = [
        _tell(it, wording.HAPPENED_ABOUT.format(reference=it.reference)) for it in found[:MOST]
    ]
    return choice(wording.HAPPENED_WHICH, wording.HAPPENED_WHICH_MORE, actions=actions)


def came(it: Conversation, who: str) -> Card:
    """Whoever is to ring today: whom, and what they can decide then."""
    person = it.person(who)
    return note(
        ring_today(it, who),
        wording.HAPPENED_CAME_NEXT,
        extra=[*_reached_by(person), small(wording.HAPPENED_CAME_SEEN, gap=True)],
        actions=_ways(it, who),
        typed_title=True,
    )


def in_channel(it: Conversation) -> Card:
    """Where there is nobody to ask by name: in the channel no name stands."""
    text = wording.HAPPENED_CHANNEL.format(reference=it.reference)
    return note(text, wording.HAPPENED_CHANNEL_NEXT)


def ring_today(it: Conversation, who: str) -> str:
    """Whom to ring."""
    person = it.person(who)
    name = to_ring(person) if person else wording.SOMEBODY
    return wording.HAPPENED_CAME.format(name=name, reference=it.reference)


def still(it: Conversation, who: str, since: str) -> Card:
    """The team lead, where nobody has said by noon that they rang."""
    person, facilitator = it.person(who), it.person(rings(it))
    name = to_ring(person) if person else wording.SOMEBODY
    text = wording.STILL_TO_RING_NEXT.format(since=since)
    if facilitator is not None:
        text = wording.STILL_TO_RING_ASKED.format(since=since, name=to_ring(facilitator))
    data = {"conversation": it.id}
    ways = [_rang(it, who)]
    if it.stage is Stage.BOOKED:
        ways.append(act(wording.CHANGED, "changes.see", data))
    return note(
        wording.STILL_TO_RING.format(name=name, reference=it.reference),
        text,
        extra=[*_reached_by(person), small(wording.HAPPENED_CAME_SEEN, gap=True)],
        actions=ways,
        typed_title=True,
    )


def _rang(it: Conversation, who: str, *, primary: bool = False) -> Action:
    data = {"conversation": it.id, "who": who, "number": number_of(it, who)}
    return act(wording.RANG_GO_ON, "happened.rang", data, primary=primary)


def asked_since(it: Conversation, who: str, zone: ZoneInfo) -> str:
    """Since when this person waits to be rung."""
    one = next((one for one in it.changes.waits if one.who == who), None)
    return moment(one.at, zone) if one else ""


def goes_on(it: Conversation) -> Card:
    """The receipt of whoever rang: reminders go on, or who else waits."""
    waits = [it.person(one.who) for one in it.changes.waits]
    names = ", ".join(to_ring(one) for one in waits if one is not None)
    text = wording.RANG_OTHERS.format(names=names) if names else wording.RANG_NEXT
    return receipt(wording.RANG_DONE.format(reference=it.reference), text)


def _reached_by(person: Participant | None) -> list[CardElement]:
    """What they gave as their contact, where there is more than the number that stands above."""
    if person is None:
        return []
    known = person.contact or person.mail
    rows = [(wording.RING_CONTACT, "" if known == number_in(known) else known)]
    return [*(line((f"{label}: ",), text) for label, text in rows if text), *look_up(person)]


def _ways(it: Conversation, who: str) -> list[Action]:
    """What whoever rings can do then. Where the facilitator has left the team somebody has to take
    it over before messages can be stopped; only the team lead calls it off before that."""
    data, left = {"conversation": it.id}, bool(it.facilitator) and not rings(it)
    found = [_rang(it, who, primary=True)]
    if left and it.changes.restricted is not None:
        return [*found, see_it(it)]
    if left and it.allows(Act.TAKE_OVER):
        found.append(act(wording.ILL_FACILITATE, "handover.look", data))
    elif not left:
        found.append(act(wording.STOP_ALL, "stop.yes", data))
    if it.stage is Stage.BOOKED and not (left and team_lead(it) is None):
        found.append(act(wording.CALL_OFF, "held.not-ahead", data))
    return found
