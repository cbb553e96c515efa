"""Getting ready, for one person, long as one card: when, where, what is asked, how to prepare.

One card, drawn again in place after each tap; the agreement is a second view of it. Everything on
it carries the ticks along, so that none is lost by tapping something else. Source: pathway, 5-6.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards.booking.moving import why_invited
from cards.happening import happened_line
from cards.kit.elements import (
    Card,
    act,
    aside,
    beside,
    build,
    heading,
    line,
    open_link,
    para,
    row_of,
    small,
    tap_line,
)
from cards.kit.forms import ChoiceField
from cards.kit.notes import note, stands
from cards.kit.story import CYCLE, DAY
from cards.kit.when import span, when_and_where
from cards.kit.who import plain, to_ring
from cards.preparation import coming, family, taking_part
from cards.preparation.calendar import teams_link
from cards.preparation.telling import shown_to
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.one_each import places
from records.conversation.readiness import Ask, Point
from records.preparation.preparing import (
    asked,
    asks_family,
    points,
    readiness_of,
    still_open,
    tells,
    warned,
)


@dataclass(frozen=True)
class PreparationView:
    """One person's look at a booked conversation on this day. `file` is the link to a calendar
    file, if any."""

    it: Conversation
    who: str
    zone: ZoneInfo
    today: date
    file: str = ""

    def name(self, who: str) -> str:
        """Somebody's name, or a word for it."""
        found = self.it.person(who)
        return found.name if found else wording.SOMEBODY

    @property
    def ticks(self) -> str:
        """The points ticked, as the input holds them; none that it does not show."""
        shown, have = points(self.it, self.who), readiness_of(self.it, self.who).ticks
        return ",".join(one for one in have if one in shown)

    @property
    def first(self) -> Ask | None:
        """The first thing that is open: the one button in the accent colour."""
        return next(iter(still_open(self.it, self.who)), None)

    @property
    def data(self) -> dict[str, Any]:
        """What each button of the card carries: which ticks it was drawn with, and which day it is
        about."""
        found: dict[str, Any] = {"conversation": self.it.id, "had": self.ticks}
        booking = self.it.booking
        return found | ({CYCLE: booking.cycle, DAY: booking.start.isoformat()} if booking else {})


def preparation(on: PreparationView, *, notice: str = "", reminder: bool = False) -> Card:
    """The whole card, beginning with what is not settled with the family yet. `reminder` names what
    is still open."""
    return build(
        [
            *family.first(on.it, on.who),
            *([small(notice)] if notice else []),
            *(_remind(on) if reminder else [line(why_invited(on.it, on.who, on.zone), title=True)]),
            *_booked(on),
            *coming.away(on.it, on.who),
            para(wording.HELLO),
            para(wording.PREPARE_ASKS, bold=True),
            *_asks(on),
            aside(_seen(on)),
            para(wording.PREPARE_TITLE, bold=True),
            small(wording.PREPARE_TICKS_OWN),
            *_ticks(on),
            *taking_part.on_card(on.it, on.who),
            *_paper(on),
            tap_line(
                wording.RIGHT_PERSON, act(wording.RIGHT_PERSON, "prepare.right-person", on.data)
            ),
            *coming.of_the_day(on.it, on.who, on.data),
            *happened_line(on.it, on.who),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [act(wording.PREPARE_TICKS_SAVE, "prepare.save", on.data)],
    )


def _remind(on: PreparationView) -> list[CardElement]:
    booking = on.it.booking
    when = span(booking.start, booking.end, on.zone) if booking else ""
    still = still_open(on.it, on.who)
    points = ", ".join(family.whom(on.it, f"points-{one}", wording.POINTS[one]) for one in still)
    return [
        heading(wording.PREPARE_REMIND.format(reference=on.it.reference, when=when)),
        para(wording.PREPARE_REMIND_OPEN.format(points=points), bold=True),
    ]


def _booked(on: PreparationView) -> list[CardElement]:
    rows = [line((f"{label}: ",), text) for label, text in when_and_where(on.it, on.zone) if text]
    if (second := on.it.changes.second) is not None:
        rows.append(line((f"{wording.SECOND}: ",), on.name(second.asked.id)))
    files = open_link(wording.CALENDAR_FILE, on.file)
    add = open_link(wording.CALENDAR_ADD, teams_link(on.it))
    taps = [add, files] if on.file else [add]
    return [*rows, line(wording.NO_RECORDING), row_of(*taps)]


def _asks(on: PreparationView) -> list[CardElement]:
    """Each thing asked, its buttons under it; what is done is a quiet line."""
    wanted = asked(on.it, on.who)
    drawn = {
        Ask.WHO: _who,
        Ask.MANAGER: _manager,
        Ask.AGREEMENT: _agreement,
        Ask.FAMILY: _family,
    }
    found = [] if still_open(on.it, on.who) else [line((wording.PREPARE_READY,))]
    for one in wanted:
        found += drawn[one](on)
        if one is Ask.MANAGER and _both_open(on):
            both = act(wording.BOTH_YES, "prepare.both", on.data, primary=on.first is Ask.WHO)
            found.append(row_of(both))
    return found


def _both_open(on: PreparationView) -> bool:
    """Whether one tap can answer both first questions: neither was said anything about yet."""
    have = readiness_of(on.it, on.who)
    return {Ask.WHO, Ask.MANAGER} <= {*still_open(on.it, on.who)} and have.not_yet is None


def _who(on: PreparationView) -> list[CardElement]:
    have, name = readiness_of(on.it, on.who), on.name(tells(on.it, on.who))
    cycle = on.it.booking.cycle if on.it.booking else 0
    first = on.first is Ask.WHO and not _both_open(on)
    yes = act(wording.WHO_YES, "prepare.knows", on.data, primary=first)
    if have.knows is not None:
        return [line(wording.WHO_YES_DONE)]
    if have.not_yet is not None and have.not_yet.cycle == cycle:
        return [line(_asked_to_tell(on)), row_of(yes)]
    no = act(wording.WHO_NO, "prepare.not-yet", on.data)
    how = line(wording.WHO_HOW.format(name=name))
    return [para(wording.WHO_ASK), how, row_of(yes, no)]


def _asked_to_tell(on: PreparationView) -> str:
    """Who is asked to tell them; to be rung where nothing reaches that one here."""
    teller = on.it.person(tells(on.it, on.who))
    away = any(one.still and teller and one.who == teller.id for one in on.it.unreached)
    if teller is None or not away:
        return wording.WHO_NO_DONE.format(name=teller.name if teller else wording.SOMEBODY)
    return wording.WHO_NO_RING.format(name=to_ring(teller))


def _manager(on: PreparationView) -> list[CardElement]:
    if readiness_of(on.it, on.who).manager_knows is not None:
        return [line(wording.MANAGER_KNOWS_DONE)]
    yes = act(
        wording.MANAGER_KNOWS_YES, "prepare.manager", on.data, primary=on.first is Ask.MANAGER
    )
    return [para(wording.MANAGER_KNOWS_ASK), row_of(yes)]


def _agreement(on: PreparationView) -> list[CardElement]:
    have = readiness_of(on.it, on.who)
    if have.accepted is not None:
        again = act(wording.AGREEMENT_AGAIN, "prepare.agreement", on.data)
        return [beside([line(wording.AGREEMENT_DONE)], wording.AGREEMENT_AGAIN, again)]
    read = act(
        wording.AGREEMENT_READ, "prepare.agreement", on.data, primary=on.first is Ask.AGREEMENT
    )
    text = wording.AGREEMENT_ASK
    if have.talks:
        text = wording.AGREEMENT_TALKED.format(name=coming.hears(on.it))
    return [line(text), row_of(read)]


def _family(on: PreparationView) -> list[CardElement]:
    settled = on.it.telling is not None
    tap = act(family.title(on.it), family.VERB, on.data, primary=on.first is Ask.FAMILY)
    if settled:
        about = family.whom(on.it, "telling_facilitator", wording.TELLING_FACILITATOR)
        how = line((f"{about}: ",), shown_to(on.it, on.zone))
        return [how, tap_line(family.title(on.it), tap)]
    return [para(family.whom(on.it, "telling_ask", wording.TELLING_ASK)), row_of(tap)]


def _ticks(on: PreparationView) -> list[CardElement]:
    """The points of this person. Of the family's views somebody asks for everybody, once the family
    is told: that person reads the point itself, the others whom to leave it to."""
    asks = asks_family(on.it, on.today)
    mine = asks in places(on.it, on.who)
    words = {**wording.PREPARATION}
    if not mine:
        asks_them = family.whom(on.it, "telling_asks", wording.TELLING_ASKS)
        asked = asks_them.format(name=plain(on.name(asks)))
        words[Point.VIEWS] = asked if asks else wording.TELLING_NOT_NOW
    offered = tuple((one.value, words[one]) for one in points(on.it, on.who))
    field = ChoiceField("points", wording.PREPARE_TICKS, offered, many=True, required=False)
    return [*field.element(on.ticks), *_whose(on, mine=mine)]


def _paper(on: PreparationView) -> list[CardElement]:
    """The way to the paper's own lists, where the partnership has given its paper."""
    if not wording.partnership.paper.pages:
        return []
    return [tap_line(wording.PAPER_OPEN, act(wording.PAPER_OPEN, "prepare.paper", on.data))]


def _whose(on: PreparationView, *, mine: bool) -> list[CardElement]:
    """Who tells the family and who asks them, where that is settled and not in the points."""
    if warned(on.it) is not None:
        return []
    you_ask = family.whom(on.it, "telling_you_ask", wording.TELLING_YOU_ASK)
    ask = [line(you_ask)] if mine else []
    if on.who == on.it.lead:
        return ask
    done = family.whom(on.it, "telling_others_done", wording.TELLING_OTHERS_DONE)
    return [line(done.format(name=on.name(on.it.lead))), *ask]


def _seen(on: PreparationView) -> str:
    if Ask.WHO not in asked(on.it, on.who):
        return wording.PREPARE_SEEN_LEAD
    return wording.PREPARE_SEEN.format(name=on.name(tells(on.it, on.who)))


def not_now(it: Conversation, who: str, zone: ZoneInfo, *, may_settle: bool) -> Card:
    """Where things are, for somebody who comes, while no date stands before them; what they are to
    keep to with the family does not end with the day."""
    telling, settled = it.telling, warned(it) is None
    how = shown_to(it, zone) if may_settle and telling and settled else ""
    return note(
        it.reference,
        stands(it),
        rows=((family.whom(it, "telling_facilitator", wording.TELLING_FACILITATOR), how),),
        extra=family.first(it, who),
        actions=[family.settle(it)] if may_settle else [],
    )
