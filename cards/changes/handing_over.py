"""A facilitator hands over: what the two of them and the others see."""

from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action

from cards.booking.booking import changed
from cards.changes import restricting
from cards.kit.elements import Card, act, build, line, small
from cards.kit.notes import note, receipt
from cards.kit.when import day, moment, when_and_where
from cards.kit.who import facilitator, see_it
from cards.manager.agreement import summary
from cards.request.check import reasons
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.stages import Act, Stage


def hand_over_sure(it: Conversation) -> Card:
    """Asked once, since the story closes behind them."""
    few = it.changes.restricted is not None
    yes = wording.FEW_HAND_OVER_YES if few else wording.HAND_OVER_YES
    data = {"conversation": it.id}
    return note(
        wording.HAND_OVER_SURE.format(reference=it.reference),
        restricting.hand_over_more(it) or wording.HAND_OVER_SURE_MORE,
        actions=[
            act(yes, "handover.yes", data, primary=True),
            act(wording.HAND_OVER_NO, "changes.open", data),
        ],
    )


def offered(it: Conversation) -> Card:
    """The one who hands over: it is theirs until somebody takes it."""
    return receipt(
        wording.OFFERED_TITLE.format(reference=it.reference),
        restricting.offered_next(it) or wording.OFFERED_NEXT,
        actions=[
            act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id}),
            act(wording.KEEP_IT, "handover.keep", {"conversation": it.id}),
        ],
    )


def needs_another(
    it: Conversation, zone: ZoneInfo, *, in_channel: bool, leads: bool = False
) -> Card:
    """The team: reference, agency, reasons and date; nothing of the story."""
    found = it.person(it.facilitator)
    name = found.name if found else wording.SOMEBODY
    left = it.changes.facilitator_left is not None
    who = wording.NEEDS_ANOTHER_LEFT if left else wording.NEEDS_ANOTHER_WHO
    return note(
        why(it, zone),
        who.format(name=name),
        wording.NEEDS_ANOTHER_STOPPED if it.stopped_at is not None else "",
        wording.WAITING_CHANNEL if in_channel else "",
        extra=reasons(it),
        actions=[] if in_channel else [_look(it), *_of_the_lead(it, leads=leads)],
    )


def _look(it: Conversation) -> Action:
    return act(wording.ILL_FACILITATE, "handover.look", {"conversation": it.id}, primary=True)


def _of_the_lead(it: Conversation, *, leads: bool) -> list[Action]:
    """What the team lead may do themselves while a date is booked."""
    return [changed(it)] if leads and it.stage is Stage.BOOKED else []


def instead(it: Conversation, title: str, *, leads: bool = False) -> Card:
    """What a facilitator would have been told who has left the team: that it waits, and how it is
    taken over. What it says is shown to whoever has done so."""
    found = it.person(it.facilitator)
    name = found.name if found else wording.SOMEBODY
    take = [_look(it)] if it.allows(Act.TAKE_OVER) else []
    if it.changes.restricted is not None:
        take = [see_it(it)]
    return note(
        title,
        wording.INSTEAD.format(name=name, reference=it.reference),
        actions=[*take, *_of_the_lead(it, leads=leads)],
        typed_title=True,
    )


def why(it: Conversation, zone: ZoneInfo) -> str:
    """That another facilitator is needed, and for when; or that the day has been."""
    if it.booking is None:
        return wording.NEEDS_ANOTHER.format(reference=it.reference)
    if it.held is not None:
        on = day(it.booking.start, zone)
        return wording.NEEDS_ANOTHER_HELD.format(reference=it.reference, day=on)
    when = moment(it.booking.start, zone)
    return wording.NEEDS_ANOTHER_BOOKED.format(reference=it.reference, when=when)


def yours(it: Conversation, story: Answers, zone: ZoneInfo) -> Card:
    """The one who took it: the story, when and where, and the way on."""
    rows = [line((f"{label}: ",), value) for label, value in when_and_where(it, zone) if value]
    open_ = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id}, primary=True)
    return build(
        [
            line(wording.TOOK_OVER_YOU.format(reference=it.reference), title=True),
            line(it.requester.name, f" ({it.request.agency})"),
            *rows,
            *summary(it, story),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [open_, changed(it)],
    )


def taken_over(it: Conversation, who: str) -> Card:
    """Those who deal with the facilitator, and the one who handed over."""
    name = facilitator(it)
    title = wording.TAKEN_OVER.format(name=name, reference=it.reference)
    last = it.changes.offers[-1] if it.changes.offers else None
    before = last is not None and last.by == who
    text = wording.TAKEN_OVER_THANKS if before else wording.TAKEN_OVER_NEXT.format(name=name)
    return note(title, text, typed_title=True)
