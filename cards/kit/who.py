"""People to choose from, each by name and agency; two whom that would not tell apart, by more. And
whom to ring: with their number, or the way to find it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import act, aside, open_link, row_of
from cards.kit.people import named
from cards.wording import wording
from cards.wording.source import Choices
from records.changes.restricting import lead_apart
from records.conversation.conversation import Conversation
from records.conversation.one_each import places
from records.learning.agencies import Recording
from records.manager.waiting import team_lead
from records.people import Participant

Told = Callable[[Participant], tuple[str, ...]]
BY: Final[tuple[Told, ...]] = (
    lambda one: (one.agency or one.role,),
    lambda one: (one.agency, one.role),
    lambda one: (one.agency, one.role, one.mail),
)
"""What stands behind a name, with more each time, for those who are still alike."""


def among(people: Sequence[Participant], first: Told = BY[0]) -> Choices:
    """People to choose from, as (id, name and agency): where two would read the same, also their
    role, and their address where that is the same, too. `first` is what stands behind the name."""
    titles = [_title(one, first, len(people)) for one in people]
    for more in BY[1:]:
        alike = Counter(map(_heard, titles))
        titles = [
            _title(one, more, len(people)) if alike[_heard(title)] > 1 else title
            for one, title in zip(people, titles, strict=True)
        ]
    return tuple((one.id, title) for one, title in zip(people, _numbered(titles), strict=True))


def _numbered(titles: Sequence[str]) -> list[str]:
    """Those of whom nothing more is known, in the order they were named."""
    times, alike, found = Counter[str](), Counter(map(_heard, titles)), list[str]()
    for title in titles:
        times[_heard(title)] += 1
        found.append(f"{title} {times[_heard(title)]}" if alike[_heard(title)] > 1 else title)
    return found


def _title(one: Participant, told: Told, count: int) -> str:
    parts = told(one)
    # With more behind each name there is less room for each.
    name, *rest = named(count if len(parts) < 2 else max(6, count), one.name, *parts)
    place = ", ".join(part for part in rest if part)
    return plain(f"{name} ({place})" if place else name)


def _heard(title: str) -> str:
    """The title as it would sound: capitals and spaces tell nobody apart."""
    return " ".join(title.casefold().split())


def plain(text: str) -> str:
    """A name for a choice's title, without what a client could read as markdown."""
    return re.sub(r"[\[\]()*_`<>]+", lambda m: m.group() if m.group() in "()" else " ", text)


_NUMBER: Final = re.compile(
    r"\+?\(?\d[\d ()./-]{7,}\d(?:\s*(?:ext|x)\.?\s*\d{1,6})?", re.IGNORECASE
)
"""A telephone number as people write it: nine digits or more, with what stands between them."""


def number_in(text: str) -> str:
    """The first telephone number in what somebody gave as their contact; empty where none is."""
    found = (one.group().strip() for one in _NUMBER.finditer(text))
    return next((one for one in found if sum(map(str.isdigit, one)) > 8), "")


def to_ring(one: Participant) -> str:
    """Who is to be rung: the name, with their number where one is known."""
    number = number_in(one.contact)
    return f"{one.name} ({number})" if number else one.name


def facilitates(it: Conversation) -> Participant | None:
    """Its facilitator; nobody where they have left the team and no other has taken it over yet."""
    return it.person(it.facilitator) if it.changes.facilitator_left is None else None


def facilitator(it: Conversation) -> str:
    """Who does what a facilitator does: their name; where they have left the team, the team."""
    if it.changes.facilitator_left is not None:
        return wording.HAPPENED_TEAM
    found = facilitates(it)
    return found.name if found else wording.SOMEBODY


def named_facilitator(it: Conversation) -> str:
    """The same beside the word *Facilitator*: that another one is being found, where it is so.
    Nothing before there is one."""
    if it.changes.facilitator_left is not None:
        return wording.FACILITATOR_SOUGHT
    found = facilitates(it)
    return found.name if found else ""


def led(it: Conversation) -> str:
    """Who led what took place, for what is kept of it: also where they have left the team since."""
    found = it.person(it.facilitator)
    return found.name if found else ""


def rung(it: Conversation) -> Participant | None:
    """Whom to ring about it: its facilitator; where they have left the team, who leads that."""
    return facilitates(it) or (team_lead(it) if it.changes.facilitator_left is not None else None)


def ring_facilitator(it: Conversation) -> str:
    """The same by name, with their number where one is known; else the team."""
    found = rung(it)
    return to_ring(found) if found else facilitator(it)


def named_for(one: Recording) -> str:
    """For whom learning is: an agency, or somebody whose agency was not said."""
    return one.agency or (
        wording.DOC_NO_AGENCY_OF.format(who=one.who) if one.who else wording.DOC_NO_AGENCY
    )


def here_already(it: Conversation, who: str) -> str:
    """That somebody who took a place had one before, and which; empty where they had none."""
    new = it.person(who)
    took = next((one for one in reversed(it.changes.replaced) if one.new == who), None)
    if new is None or took is None:
        return ""
    own = (it.person(one) for one in places(it, who) if one != who)
    before = next((one for one in own if one is not None), None)
    if before is None and (new.joined is None or new.joined < took.at):
        before = new
    if before is None:
        return ""
    return wording.HERE_ALREADY.format(new=new.name, place=wording.PLACE[before.part])


CHAT: Final = "https://teams.microsoft.com/l/chat/0/0"
"""A chat in Teams with whoever has this address. Source: Teams deep links."""


def has_number(one: Participant) -> bool:
    """Whether a number is known of somebody."""
    return bool(number_in(one.contact))


def look_up(*people: Participant | None) -> list[CardElement]:
    """For those of whom a card says to ring them, and no number is known: the way to each in Teams,
    where their number and their chat are found."""
    found: list[CardElement] = []
    for one in dict.fromkeys(people):
        if one is None or number_in(one.contact):
            continue
        found.append(aside(wording.NO_NUMBER.format(name=one.name)))
        if one.mail:
            link = f"{CHAT}?{urlencode({'users': one.mail}, quote_via=quote)}"
            found.append(row_of(open_link(wording.WRITE_IN_TEAMS, link)))
    return found


def rung_instead(it: Conversation) -> Participant:
    """Whom to ring where nobody can choose: the team lead, if they are free of it; else the
    manager."""
    return lead_apart(it) or it.manager


def ring_instead(it: Conversation) -> str:
    """The same, as it is said; a manager can turn to another area."""
    lead = lead_apart(it)
    text = wording.GATE_NOBODY_LEAD if lead is not None else wording.GATE_NOBODY_MANAGER
    return text.format(name=to_ring(rung_instead(it)))


def see_it(it: Conversation) -> Action:
    """The way of a gatekeeper to where a restricted conversation stands."""
    return act(wording.GATE_SEE, "changes.see", {"conversation": it.id}, primary=True)
