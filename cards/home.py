"""Welcome, help, urgent, and where a person's requests are; long, as all of it is one's own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.changes.amending import amend
from cards.kit.elements import Card, act, build, heading, line, para, row_of, small
from cards.kit.notes import MOST as MOST_CHOICES
from cards.kit.notes import choice, note, receipt, stands, stands_for_facilitator, what_to_do
from cards.kit.when import when_and_where
from cards.kit.who import to_ring
from cards.manager.another_way import after_route, route_means
from cards.manager.waiting import name_another, remind
from cards.preparation import family
from cards.wording import wording
from records.changes.happening import asked
from records.conversation.conversation import Conversation
from records.people import Participant
from records.stages import Act, Stage

URGENT: Final = "urgent.show"
HELP: Final = "help.show"
ANOTHER_WAY: Final = "another.show"
MOST: Final = 4
"""What waits and requests, on one page: a card takes six buttons."""


def hello(name: str, *, facilitator: bool) -> Card:
    """The welcome: what this is, the two things most people want, and where to turn. A facilitator
    reads what facilitators do."""
    how = (wording.HELLO_FACILITATOR, wording.HELLO_FACILITATOR_OWN)
    return build(
        [
            line(wording.HELLO_TITLE.format(name=name.split(" ")[0]), title=True),
            para(wording.HELLO),
            *map(para, how if facilitator else (wording.HELLO_HOW,)),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [*first_actions(facilitator=facilitator), in_danger(), act(wording.HELP_OPEN, HELP, {})],
    )


def in_danger() -> Action:
    """What to do when someone is in danger."""
    return act(wording.IN_DANGER, URGENT, {})


def first_actions(*, facilitator: bool) -> list[Action]:
    """What somebody comes for, by what they are."""
    if not facilitator:
        return start_actions()
    return [
        act(wording.WHO_WAITS, "pickup.waiting", {}, primary=True),
        act(wording.MY_CONVERSATIONS, "changes.mine", {}),
    ]


def start_actions() -> list[Action]:
    """Ask for a conversation, and see one's requests."""
    return [
        act(wording.ASK_FOR_ONE, "request.open", {}, primary=True),
        act(wording.MY_REQUESTS, "request.mine", {}),
    ]


def help_card(
    *,
    facilitator: bool,
    lead: bool = False,
    evaluator: bool = False,
    unknown: bool = False,
    asked: bool = False,
) -> Card:
    """Every command with what it does, a facilitator's own, the team `lead`'s or an evaluator's
    first, and where to write; where somebody `asked` what this is, that first."""
    mail = wording.partnership.contacts.facilitation_team
    of_the_lead = wording.HELP_LEAD if lead else ()
    own = wording.HELP_FACILITATOR if facilitator else ()
    collated = wording.HELP_EVALUATOR if evaluator else ()
    # Who is several of these reads each command once.
    commands = dict((*own, *of_the_lead, *collated, *wording.HELP)).items()
    return build(
        [
            *([para(wording.UNKNOWN)] if unknown else []),
            *([heading(wording.APP), para(wording.THIS_IS), para(wording.HELLO)] if asked else []),
            heading(wording.HELP_TITLE),
            *(line((command,), f"  {meaning}") for command, meaning in commands),
            *([line(wording.HELP_WRITE.format(mail=mail))] if mail else []),
            para(wording.ALLEGATION),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [
            *first_actions(facilitator=facilitator),
            in_danger(),
            act(wording.ANOTHER_WAY, ANOTHER_WAY, {}),
        ],
    )


def another_way(lead: Participant | None) -> Card:
    """For whom a chat is not the way: a person who does all of it with them. `lead` leads the
    facilitation team; without one it is the team's address, or their own manager."""
    mail = wording.partnership.contacts.facilitation_team
    whom = [wording.ANOTHER_WAY_WRITE.format(mail=mail)] if mail else []
    if lead is not None:
        whom.insert(0, wording.ANOTHER_WAY_RING.format(name=to_ring(lead)))
    return build(
        [
            heading(wording.ANOTHER_WAY),
            para(wording.ANOTHER_WAY_WHAT),
            *map(para, whom or [wording.ANOTHER_WAY_MANAGER]),
            small(wording.ANOTHER_WAY_WHY, gap=True),
        ],
        [in_danger(), act(wording.HELP_OPEN, HELP, {})],
    )


def kept_nowhere() -> Card:
    """A long text that answers nothing: it may be a story, and this says where it is now."""
    return build(
        [
            heading(wording.TYPED_NOWHERE),
            para(wording.TYPED_NOWHERE_MORE),
            para(wording.TYPED_BEGIN),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        start_actions(),
    )


def urgent(*, typed: bool = False, back: Action | None = None) -> Card:
    """What to do when someone is in danger; after a `typed` text, also where that is now. `back`
    leads to the card whose place it took."""
    stays = [small(wording.TYPED_NOWHERE_MORE, gap=True)] if typed else []
    about_a_worker = [para(wording.ALLEGATION_IF, bold=True), para(wording.ALLEGATION)]
    found = [heading(wording.URGENT_TITLE), *what_to_do(), *about_a_worker, *stays]
    return build(found, [back] if back else [])


def stopped(*, amends: bool = False, practice: bool = False) -> Card:
    """After *Stop here*: nothing is lost."""
    more = wording.PRACTICE_STOPPED_MORE if practice else wording.RISK_STOPPED_MORE
    return note(
        wording.RISK_STOPPED,
        wording.AMEND_STOPPED_MORE if amends else more,
        extra=[small(wording.NOBODY_WATCHES, gap=True)],
    )


def sent(it: Conversation, *, somebody: bool) -> Card:
    """The requester's receipt: what was kept, who sees it, what happens next. A facilitator is
    promised only where there is `somebody` on the team."""
    mail, few = wording.partnership.contacts.facilitation_team, it.changes.restricted is not None
    nobody = (
        wording.SENT_NOBODY,
        wording.HELP_WRITE.format(mail=mail) if mail else "",
        wording.SENT_NOBODY_SEEN,
    )
    return receipt(
        wording.SENT_TITLE.format(reference=it.reference),
        wording.SENT_NEXT,
        *((wording.SENT_SEEN_FEW,) if few else (wording.SENT_SEEN,) if somebody else nobody),
        "" if it.practice else wording.SENT_FILE.format(reference=it.reference),
        actions=[act(wording.MY_REQUESTS, "request.mine", {})],
    )


def status_line(it: Conversation) -> str:
    """Where a request is, in plain words."""
    if it.stopped_at is not None:
        who = asked(it)
        name = to_ring(who) if who else wording.HAPPENED_TEAM
        return wording.STATUS_STOPPED.format(name=name)
    if it.talking:
        return wording.STATUS_TALK
    return stands(it)


def status(
    it: Conversation, zone: ZoneInfo, *, silent: bool = False, settles: bool = False
) -> Card:
    """One request: where it is now, and what its requester can still do; where they lead it and
    `settles`, also who tells the family."""
    actions = [*_of_the_manager(it, silent=silent), *_of_the_answers(it)]
    if it.allows(Act.NAME_MANAGER):
        actions.append(name_another(it))
    if settles:
        actions.append(family.settle(it))
    if it.allows(Act.WITHDRAW):
        actions.append(act(wording.WITHDRAW, "request.withdraw", {"conversation": it.id}))
    rows = when_and_where(it, zone) if it.stage is Stage.BOOKED else ()
    if it.stage is Stage.REQUESTED:
        rows = ((wording.MANAGER, it.manager.name),)
    more = route_means(it) if it.stage is Stage.NOT_THIS_ROUTE else ()
    warns = family.first(it, it.requester.id)
    return receipt(it.reference, status_line(it), *more, rows=rows, extra=warns, actions=actions)


def _of_the_manager(it: Conversation, *, silent: bool) -> Iterator[Action]:
    """What follows from the manager's word, or from none."""
    data = {"conversation": it.id}
    if it.talking:
        yield act(wording.TALK_AGAIN, "request.again", data, primary=True)
    elif silent and it.allows(Act.NUDGE):
        yield remind(it)
    if it.talking or it.stage is Stage.NOT_THIS_ROUTE:
        yield act(wording.DOOR_WORDS, "request.words", data)


def _of_the_answers(it: Conversation) -> Iterator[Action]:
    """To change them while that helps; else to read them, or to ask with them again."""
    if it.allows(Act.AMEND):
        yield amend(it)
    elif it.stage in (Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN):
        yield from after_route(it)
    else:
        yield act(wording.ANSWERS_READ, "request.answers", {"conversation": it.id})


@dataclass(frozen=True)
class WaitsFor:
    """Something that waits for somebody: what it is, and the button to it, which has the reference
    in its name: there may be several like it."""

    what: str
    button: Action


def mine(
    waits: Sequence[WaitsFor],
    conversations: Sequence[Conversation],
    recorded: Sequence[Conversation],
    zone: ZoneInfo,
    *,
    draft: bool,
    begin: int = 0,
    others: Collection[str] = (),
    agreed: Collection[str] = (),
) -> Card:
    """What waits for a person, their own requests with what can be done, and words they recorded; a
    page of all together, from the one at `begin`. Some are what `others` asked for, and they lead
    or come to; of those that they only `agreed` to there is a line on where it stands."""
    rows: list[CardElement] = []
    actions: list[Action] = []
    if draft and not begin:
        rows.append(para(wording.STATUS_DRAFT))
        actions.append(act(wording.GO_ON, "request.open", {}, primary=True))
    end = begin + MOST
    waiting, own, done = _page((waits, conversations, recorded), begin, end)
    for one in waiting:
        rows += [para(one.what), row_of(one.button)]
    theirs = wording.YOUR_CONVERSATIONS if others or agreed else wording.STATUS_TITLE
    if own and waiting:
        rows.append(heading(theirs))
    for it in own:
        if it.id in agreed:
            rows.append(line(_agreed_line(it)))
            continue
        rows.append(line((it.reference,), f"  {status_line(it)}"))
        if it.stage is Stage.BOOKED:
            rows += [line(f"{k}: {v}") for k, v in when_and_where(it, zone) if v]
        title = wording.OPEN_ONE.format(reference=it.reference)
        verb = "prepare.see" if it.id in others else "request.see"
        actions.append(act(title, verb, {"conversation": it.id}))
    rows += _again(done, alone=not (waiting or own))
    left = len(waits) + len(conversations) + len(recorded) - end
    if left > 0:
        title = wording.SHOW_NEXT.format(count=min(left, MOST))
        actions.append(act(title, "request.mine", {"begin": end}))
    if not rows:
        rows.append(para(wording.STATUS_NONE))
        actions.append(act(wording.ASK_FOR_ONE, "request.open", {}, primary=True))
    title = wording.WORDS_AGAIN_TITLE if done and not own else theirs
    return note(wording.WAITS_TITLE if waiting else title, extra=rows, actions=actions)


def _agreed_line(it: Conversation) -> str:
    """Where it stands, for the manager who agreed to it, and nothing of the story."""
    if it.stopped_at is not None:
        return f"{it.reference}: {status_line(it)}"
    return stands_for_facilitator(it)


def _again(recorded: Sequence[Conversation], *, alone: bool) -> list[CardElement]:
    """The way to words that somebody recorded, under their heading where they do not stand
    `alone`."""
    rows: list[CardElement] = []
    if recorded and not alone:
        rows.append(heading(wording.WORDS_AGAIN_TITLE))
    for it in recorded:
        title = wording.WAITS_BUTTON.format(reference=it.reference, title=wording.WORDS_AGAIN)
        rows.append(row_of(act(title, "learning.record", {"conversation": it.id})))
    return rows


def _page(
    lists: tuple[Sequence[WaitsFor], Sequence[Conversation], Sequence[Conversation]],
    begin: int,
    end: int,
) -> tuple[Sequence[WaitsFor], Sequence[Conversation], Sequence[Conversation]]:
    """Of three lists that stand one under another, what is on the page from `begin` to `end`."""
    waits, own, done = lists
    first, second = len(waits), len(waits) + len(own)
    return (
        waits[begin:end],
        own[max(begin - first, 0) : max(end - first, 0)],
        done[max(begin - second, 0) : max(end - second, 0)],
    )


def withdrawn(it: Conversation) -> Card:
    """The requester's receipt after withdrawing."""
    title = wording.WITHDRAWN_DONE.format(reference=it.reference)
    return receipt(title, wording.WITHDRAWN_NEXT, actions=[*after_route(it)])


def cancel_sure(flow: str, key: str, title: str, asks: str) -> Card:
    """Asked once before a draft is put away."""
    data = {"flow": flow, "conversation": key}
    return build(
        [small(title), para(asks)],
        [
            act(wording.CANCEL_NO, "flow.open", data, primary=True),
            act(wording.CANCEL_YES, "flow.discard", data),
        ],
    )


def which(waiting: str, choices: Sequence[tuple[str, str, str]]) -> Card:
    """Typed text with several flows open: which one is it for? It is `waiting` under that name, and
    stands in its writer's own message."""
    actions = [
        act(title, "typed.use", {"flow": flow, "conversation": conversation, "text": waiting})
        for title, flow, conversation in choices[:MOST_CHOICES]
    ]
    none = act(wording.WHICH_NONE, "typed.drop", {"text": waiting})
    return choice(wording.WHICH_TITLE, wording.WHICH, actions=[*actions, none])
