"""Notices: messages that tell what somebody else did. Their first line says why they came."""

from zoneinfo import ZoneInfo

from cards.booking.moving import called_off
from cards.changes.amending import amend
from cards.kit.elements import Card, act
from cards.kit.notes import note
from cards.kit.when import moment
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Part
from records.stages import Act


def agreed(it: Conversation) -> Card:
    """The requester hears that the manager agreed; and that the team was told, where it was."""
    title = wording.REQUEST_AGREED.format(name=it.manager.name, reference=it.reference)
    following = wording.REQUEST_AGREED_NEXT if it.told else wording.REQUEST_AGREED_NOBODY
    return note(title, following, typed_title=True)


def picked_up(it: Conversation) -> Card:
    """The requester hears who facilitates."""
    title = wording.PICKED_UP_NOTICE.format(name=facilitator(it), reference=it.reference)
    return note(title, typed_title=True)


def withdrawn(it: Conversation) -> Card:
    """Everyone who had heard of it."""
    title = wording.WITHDRAWN_NOTICE.format(name=it.requester.name, reference=it.reference)
    return note(title, typed_title=True)


def not_ahead(it: Conversation, zone: ZoneInfo) -> Card:
    """Those who were to come: a new date is being found."""
    missed = it.missed
    when = moment(missed.start, zone) if missed else ""
    text = wording.CALLED_OFF_NOTICE if called_off(it) else wording.NOT_AHEAD_NOTICE
    title = text.format(reference=it.reference, when=when, name=facilitator(it))
    return note(title, typed_title=True)


def ended(it: Conversation, zone: ZoneInfo) -> Card:
    """Those who were to come: it is over."""
    when = moment(it.booking.start, zone) if it.booking else ""
    text = wording.CALLED_OFF_ENDED if called_off(it) else wording.ENDED_NOTICE
    return note(text.format(reference=it.reference, when=when))


def not_reached(it: Conversation, who: str, *, to_requester: bool) -> Card:
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
    if shared and to_requester and it.allows(Act.AMEND):
        actions.insert(0, amend(it))
    return note(
        wording.NOT_REACHED_WHY.format(who=name, reference=it.reference),
        text.format(who=name, app=wording.APP),
        rows=((wording.OTHER_MAIL, person.mail if person else ""),),
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
    return note(title, wording.TALK_AGREEMENT_NEXT, rows=rows, typed_title=True)


def do_not_raise(it: Conversation) -> Card:
    """Those who come hear at once that the family is not to be told; never why."""
    lead = it.person(it.lead)
    name = lead.name if lead else wording.SOMEBODY
    title = wording.DO_NOT_RAISE.format(reference=it.reference)
    see = act(wording.PREPARE_SEE, "prepare.see", {"conversation": it.id})
    text = wording.DO_NOT_RAISE_NEXT.format(name=name)
    return note(title, text, actions=[see], typed_title=True)


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


def facilitator(it: Conversation) -> str:
    """The facilitator's name, or a word for it."""
    found = it.person(it.facilitator)
    return found.name if found else wording.SOMEBODY
