"""Notices: messages that tell what somebody else did. Their first line says why they came."""

from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action

from cards.booking.moving import called_off
from cards.changes.correcting import way
from cards.kit.elements import Card, act, build, line
from cards.kit.notes import note
from cards.kit.when import moment
from cards.kit.who import facilitator, look_up, number_in, to_ring
from cards.preparation import family
from cards.wording import wording
from records.changes.restricting import gatekeepers
from records.conversation.conversation import Conversation
from records.conversation.correcting import may_be_corrected
from records.people import Part
from records.stages import Act, Stage


def agreed(it: Conversation) -> Card:
    """The requester hears that the manager agreed; and that the team was told, where it was."""
    title = wording.REQUEST_AGREED.format(name=it.manager.name, reference=it.reference)
    following = wording.REQUEST_AGREED_NEXT if it.told else wording.REQUEST_AGREED_NOBODY
    if it.changes.restricted is not None:
        following = wording.REQUEST_AGREED_FEW if gatekeepers(it) else ""
    return note(title, following, typed_title=True)


def picked_up(it: Conversation) -> Card:
    """The requester hears who facilitates."""
    title = wording.PICKED_UP_NOTICE.format(name=facilitator(it), reference=it.reference)
    return note(title, typed_title=True)


def withdrawn(it: Conversation, who: str) -> Card:
    """Everyone who had heard of it. What they are to keep to with the family holds on; whoever was
    only told that it waits has heard of none."""
    title = wording.WITHDRAWN_NOTICE.format(name=it.requester.name, reference=it.reference)
    named = any(one.id == who for one in it.people)
    return note(title, extra=family.later(it, who) if named else (), typed_title=True)


def not_ahead(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """Those who were to come: a new date is being found. What they are to keep to with the family
    holds on."""
    missed = it.missed
    when = moment(missed.start, zone) if missed else ""
    text = wording.CALLED_OFF_NOTICE if called_off(it) else wording.NOT_AHEAD_NOTICE
    title = text.format(reference=it.reference, when=when, name=facilitator(it))
    return note(title, extra=family.later(it, who), typed_title=True)


def ended(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """Those who were to come: it is over. What they are to keep to with the family is not."""
    when = moment(it.booking.start, zone) if it.booking else ""
    text = wording.CALLED_OFF_ENDED if called_off(it) else wording.ENDED_NOTICE
    return note(text.format(reference=it.reference, when=when), extra=family.later(it, who))


def not_reached(
    it: Conversation, who: str, *, to_requester: bool, to_channel: bool = False
) -> Card:
    """Who cannot be reached, and what to do. No story, since it may go to a channel."""
    person = it.person(who)
    name = person.name if person else wording.SOMEBODY
    manager = person is not None and person.part is Part.MANAGER and to_requester
    text = wording.NOT_REACHED_MANAGER if manager else wording.NOT_REACHED_OTHER
    if person is not None and not person.mail and not person.key:
        text = wording.NOT_REACHED_NO_MAIL
    shared = any(one.who == who and one.still and one.shared for one in it.unreached)
    if shared:
        text = wording.NOT_REACHED_SHARED
    if any(one.id == who for one in it.changes.called):
        text = wording.CONCERN_NOT_REACHED
    actions = [act(wording.MY_REQUESTS, "request.mine", {})] if to_requester else []
    if not to_channel and may_be_corrected(it, who) is not None and it.allows(Act.CORRECT):
        actions.insert(0, way(it, who))
    number = number_in(person.contact) if person and not to_channel else ""
    return note(
        wording.NOT_REACHED_WHY.format(who=name, reference=it.reference),
        text.format(who=name, app=wording.APP),
        rows=(
            (wording.CONTACT_OF, number),
            (wording.OTHER_MAIL, person.mail if person else ""),
        ),
        extra=[] if to_channel else look_up(person),
        actions=actions,
        typed_title=True,
    )


def not_known(it: Conversation, who: str) -> Card:
    """The lead worker hears who does not know yet; how they tell them is their agencies' own."""
    title = wording.NOT_KNOWN.format(name=_with_agency(it, who), reference=it.reference)
    here = wording.NOT_KNOWN_HERE
    return note(title, wording.NOT_KNOWN_NEXT, here, typed_title=True)


def talk_agreement(it: Conversation, who: str) -> Card:
    """The facilitator hears who would like to talk before they accept the agreement."""
    person = it.person(who)
    title = wording.TALK_AGREEMENT_CAME.format(name=_with_agency(it, who), reference=it.reference)
    rows = (
        (wording.CONTACT_OF, person.contact if person else ""),
        (wording.OTHER_MAIL, person.mail if person else ""),
    )
    text = wording.TALK_AGREEMENT_NEXT
    return note(title, text, rows=rows, extra=look_up(person), typed_title=True)


def do_not_raise(it: Conversation, who: str) -> Card:
    """Those who come hear at once that the family, or some of them, must not know; never why."""
    text = wording.DO_NOT_RAISE.format(name=family.lead_name(it), reference=it.reference)
    return build([*family.first(it, who), line(text)], _how_to_prepare(it))


def telling_settled(it: Conversation) -> Card:
    """Those who come hear that it is settled, as they were told they would; never how."""
    settled = family.whom(it, "telling_settled_note", wording.TELLING_SETTLED_NOTE)
    title = settled.format(reference=it.reference)
    text = wording.TELLING_SETTLED_NEXT.format(name=family.lead_name(it))
    return note(title, text, actions=_how_to_prepare(it), typed_title=True)


def _how_to_prepare(it: Conversation) -> list[Action]:
    """The card that says what this changes, as long as there is something to prepare for."""
    see = act(wording.PREPARE_SEE, "prepare.see", {"conversation": it.id})
    return [see] if it.stage is Stage.BOOKED else []


def telling_ring(it: Conversation) -> Card:
    """The facilitator is asked to ring the lead worker, who has not settled it."""
    lead = it.person(it.lead)
    name = to_ring(lead) if lead else wording.SOMEBODY
    see = act(wording.FAR_OPEN, "prepare.people", {"conversation": it.id})
    booked = it.stage is Stage.BOOKED
    return note(
        family.whom(it, "telling_again", wording.TELLING_AGAIN).format(reference=it.reference),
        family.whom(it, "telling_ring", wording.TELLING_RING).format(name=name),
        rows=((wording.OTHER_MAIL, lead.mail if lead else ""),),
        actions=[see] if booked else [],
        typed_title=True,
    )


def comes_instead(it: Conversation, who: str, *, lead: bool) -> Card:
    """Who comes instead of whom; the lead worker is asked to tell them who it is about."""
    new = it.person(who)
    old = it.person(new.named_by) if new else None
    title = wording.COMES_INSTEAD.format(
        new=_with_agency(it, who),
        old=old.name if old else wording.SOMEBODY,
        reference=it.reference,
    )
    next_ = wording.COMES_INSTEAD_LEAD if lead else wording.COMES_INSTEAD_NEXT
    return note(title, next_, typed_title=True)


def _with_agency(it: Conversation, who: str) -> str:
    person = it.person(who)
    if person is None:
        return wording.SOMEBODY
    return f"{person.name} ({person.agency})" if person.agency else person.name
