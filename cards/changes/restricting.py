"""A restricted conversation: what its gatekeepers see, whoever they ask, and its facilitator.

Messages say the reference and nothing else. Nothing of the story stands on any of these cards.
"""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.booking.booking import changed
from cards.kit.elements import Card, act, build, heading, line, para, small
from cards.kit.forms import ChoiceField, MailField, trouble
from cards.kit.notes import note, receipt
from cards.kit.people import named
from cards.kit.when import day
from cards.kit.who import look_up, ring_instead, to_ring
from cards.wording import wording
from records.changes.restricting import gatekeepers, lead_apart
from records.conversation.conversation import Conversation
from records.people import Part, Participant
from records.stages import Act, Stage

WHOM: Final = "whom"
MAIL: Final = "mail"
"""The names of the inputs: one of the team, or an address of one."""


def choose_one(it: Conversation) -> Action:
    """The way of a gatekeeper to whom they can ask."""
    data = {"conversation": it.id}
    return act(wording.GATE_CHOOSE, "gate.choose", data, primary=True, inputs=False)


def asked(it: Conversation) -> Card:
    """A gatekeeper: a facilitator is wanted, and who said no, where somebody did."""
    return note(asked_title(it), wording.GATE_WHY, actions=[choose_one(it)], typed_title=True)


def asked_title(it: Conversation) -> str:
    """The same in a line."""
    here = it.changes.restricted
    last = here.assigned[-1] if here is not None and here.assigned else None
    if last is not None and last.no:
        return wording.GATE_DECLINED.format(name=last.asked.name, reference=it.reference)
    return wording.GATE_ASKED.format(reference=it.reference)


def reminded(it: Conversation) -> Card:
    """A gatekeeper: nobody facilitates it yet; who is asked, where somebody is."""
    found = _asked(it)
    waits = wording.GATE_WAITS.format(name=found.name) if found else wording.GATE_WHY
    return note(reminded_title(it), waits, actions=[choose_one(it)], typed_title=True)


def reminded_title(it: Conversation) -> str:
    """The same in a line."""
    return wording.GATE_REMINDED.format(reference=it.reference)


def to_lead(it: Conversation) -> Card:
    """The team lead, who is no gatekeeper of it: whom they can ring about it."""
    found = gatekeepers(it)
    names = ", ".join(map(to_ring, found))
    text = wording.GATE_LEAD_RING.format(names=names) if found else wording.GATE_LEAD_NOBODY
    # One way to write to somebody is enough: two buttons would have one name.
    return note(to_lead_title(it), text, extra=look_up(*found[:1]))


def to_lead_title(it: Conversation) -> str:
    """The same in a line."""
    return wording.GATE_LEAD.format(reference=it.reference)


def sees(it: Conversation, zone: ZoneInfo) -> Card:
    """A gatekeeper who opens it: where it stands, who has it, whom they asked."""
    mine, found = it.person(it.facilitator), _asked(it)
    here = it.changes.restricted
    rows = [
        (wording.BOARD_ROW_STAGE, wording.BOARD_STAGE[it.stage]),
        (wording.BOARD_ROW_ASKED, day(it.created, zone)),
        (wording.FACILITATOR, mine.name if mine else ""),
        (wording.GATE_ROW_ASKED, found.name if found else ""),
    ]
    once = here.since if here is not None else it.created
    return note(
        wording.GATE_SEES.format(reference=it.reference),
        wording.GATE_SEES_MORE.format(day=day(once, zone)),
        rows=rows,
        actions=[choose_one(it)] if it.allows(Act.ASSIGN) else [],
    )


def choose(
    it: Conversation, people: Sequence[tuple[str, str]], typed: str = "", *, problem: str = ""
) -> Card:
    """A gatekeeper: who is named in it, and whom of the team they ask."""
    data = {"conversation": it.id}
    back = act(wording.BACK_TO_IT, "changes.open", data, inputs=False)
    found = _asked(it)
    involved = [one for one in it.present if one.part is not Part.FACILITATOR]
    field = ChoiceField(WHOM, wording.GATE_WHOM, tuple(people), compact=True, required=False)
    mail = MailField(MAIL, wording.GATE_MAIL, required=False)
    return build(
        [
            heading(wording.GATE_TITLE.format(reference=it.reference)),
            *([line(wording.GATE_WAITS.format(name=found.name))] if found else []),
            para(wording.GATE_RULE),
            small(wording.GATE_NAMED, gap=True),
            *(_named(one, len(involved)) for one in involved),
            *([trouble(problem)] if problem else []),
            *(field.element("") if people else []),
            *mail.element(typed),
        ],
        [act(wording.GATE_SEND, "gate.ask", data, primary=True), back],
    )


def _named(one: Participant, count: int) -> CardElement:
    name, *rest = named(count, one.name, one.agency)
    return line((name,), f"  {rest[0]}" if rest and rest[0] else "")


def done(it: Conversation) -> Card:
    """The gatekeeper's receipt: who is asked now, and what comes next."""
    found = _asked(it)
    name = found.name if found else wording.SOMEBODY
    back = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})
    title = wording.GATE_DONE.format(name=name, reference=it.reference)
    return receipt(title, wording.GATE_DONE_NEXT, actions=[back])


def came(it: Conversation) -> Card:
    """Whoever is asked to facilitate: that few may know, and the way to the question whether they
    are independent."""
    verb = "pickup.look" if it.stage is Stage.AGREED else "handover.look"
    look = act(wording.ASSIGNED_LOOK, verb, {"conversation": it.id}, primary=True)
    return note(came_title(it), wording.ASSIGNED_NEXT, actions=[look])


def came_title(it: Conversation) -> str:
    """The same in a line."""
    return wording.ASSIGNED.format(reference=it.reference)


def nobody(it: Conversation) -> Card:
    """No gatekeeper is free of it: whom its requester, or its facilitator, can ring."""
    whom = lead_apart(it) or it.manager
    return note(nobody_title(it), ring_instead(it), extra=look_up(whom))


def nobody_title(it: Conversation) -> str:
    """The same in a line."""
    return wording.GATE_NOBODY.format(reference=it.reference)


def sure(it: Conversation, names: str) -> Card:
    """Its facilitator, asked once: what is different from then on."""
    data = {"conversation": it.id}
    who = wording.RESTRICT_WHO.format(names=names) if names else wording.RESTRICT_NOBODY
    return note(
        wording.RESTRICT_SURE.format(reference=it.reference),
        wording.RESTRICT_MORE,
        who,
        actions=[
            act(wording.RESTRICT_YES, "restrict.yes", data, primary=True),
            act(wording.BACK_TO_IT, "changes.open", data),
        ],
    )


def restricted(it: Conversation) -> Card:
    """The facilitator's receipt."""
    title = wording.RESTRICT_DONE.format(reference=it.reference)
    return receipt(title, wording.RESTRICT_MORE, actions=[changed(it)])


def hand_over_more(it: Conversation) -> str:
    """What a hand-over means where few may know; empty where all may."""
    if it.changes.restricted is None:
        return ""
    return wording.FEW_HAND_OVER if gatekeepers(it) else ring_instead(it)


def offered_next(it: Conversation) -> str:
    """What comes next, once it is asked for; empty where all may know."""
    if it.changes.restricted is None:
        return ""
    return wording.FEW_OFFERED if gatekeepers(it) else ring_instead(it)


def _asked(it: Conversation) -> Participant | None:
    here = it.changes.restricted
    waits = here.waits_for if here is not None else None
    return waits.asked if waits is not None else None
