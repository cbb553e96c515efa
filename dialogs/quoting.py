"""Releasing words: one answer at a time is read, and then released, kept back, or left for now.

Who may is asked of each conversation: whoever is named in it reads nobody's words in it.
"""

from collections.abc import Mapping
from typing import Any, Final

from cards import quotes as cards
from cards.notes import note
from cards.when import day
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.evaluation import carried
from dialogs.events import Reply
from dialogs.flows import text
from dialogs.hands import Action, Hands
from dialogs.visit import Stopped, Visit
from records.conversation import Conversation
from records.file import File
from records.kept import count_quotes, next_of, released
from records.periods import Period
from records.quotes import FIELDS, Quote, Standing, quotes, rule
from records.register import Deed
from records.stages import Act, WrongStage

IN_A_LIST: Final = 3
MOST_PASSED: Final = 200
"""Answers passed over in one turn because they are not for this reader."""


async def read(visit: Visit, standing: Standing, after: str, period: Period) -> Reply:
    """The next words with this standing that this reader may read."""
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "quotes")
    store = visit.desk.register.store
    for _ in range(MOST_PASSED):
        found = await next_of(store, standing, after)
        if not found.quotes:
            break
        after = found.last
        quote = await _theirs(visit, found.quotes[0])
        if quote is not None and quote.standing is standing:
            count = await count_quotes(store, standing)
            ruled = await _ruled(visit, quote)
            card = cards.to_read(quote, after, period, count, ruled)
            return Reply(card, wording.QUOTE_READ)
    kept_back = await count_quotes(store, Standing.KEPT_BACK)
    return Reply(cards.all_read(period, kept_back), wording.QUOTES_ALL_READ)


async def show(visit: Visit, field: str, after: str, period: Period) -> Reply:
    """Released words of one answer."""
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "quotes")
    store, office = visit.desk.register.store, visit.desk.register.timetable.office
    found = await released(store, field, period, office, after=after, size=IN_A_LIST)
    kept_back = await count_quotes(store, Standing.KEPT_BACK)
    on = found.last if found.more else ""
    return Reply(cards.released(field, found.quotes, on, period, kept_back), wording.QUOTES)


async def decide(visit: Visit, data: Mapping[str, Any], *, release: bool) -> Reply:
    """These words are released or kept back; then the next ones come, or the list they stood in."""
    conversation, period = text(data, "conversation"), carried(visit, data)
    file = await visit.file(conversation)
    if file is None or not await _may(visit, file.conversation):
        return access.refuse(visit, "quotes", conversation)
    quote = _find(file, data)
    if quote is None or (release and not cards.is_readable(quote)):
        return Reply(note(wording.GONE), wording.GONE)
    act = Act.WORDS_RELEASED if release else Act.WORDS_KEPT_BACK

    def ruled(now: Conversation) -> Conversation:
        access.still(visit, now, Right.RELEASE_WORDS, act, member=True)
        return rule(now, visit.now, visit.person.key, quote, release=release)

    deed = Deed(act, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(conversation, deed, ruled)
        await visit.desk.register.list_now(it)  # the next card counts them
    except WrongStage:
        return Reply(note(wording.BUSY), wording.BUSY)
    if quote.standing is Standing.RELEASED:
        return await show(visit, quote.field, "", period)
    return await read(visit, quote.standing, "", period)


# --------------------------------------------------------------------------------------------------


async def _may(visit: Visit, it: Conversation) -> bool:
    member = await visit.desk.facilitators.is_member(visit.person)
    return access.may(visit, it, Right.RELEASE_WORDS, member=member)


async def _theirs(visit: Visit, kept: Quote) -> Quote | None:
    """The words themselves as they are now, where this reader may read them."""
    try:
        file = await visit.file(kept.conversation)
    except Stopped:
        return None
    if file is None or not await _may(visit, file.conversation):
        return None
    return _find(file, {"by": kept.by, "field": kept.field})


def _find(file: File, data: Mapping[str, Any]) -> Quote | None:
    """The words a card carried, if they are still these and may still be quoted."""
    by, field, words = (text(data, name) for name in ("by", "field", "words"))
    for one in quotes(file.conversation, [answers for answers, _ in file.answers.values()]):
        if (one.by, one.field) == (by, field) and words in ("", one.words):
            return one
    return None


async def _ruled(visit: Visit, quote: Quote) -> str:
    """Who kept it back, and when."""
    if quote.ruling is None:
        return ""
    who = await visit.desk.directory.find(quote.ruling.ruled_by)
    return wording.QUOTE_RULED.format(
        what=wording.QUOTE_WAS[quote.ruling.released],
        day=day(quote.ruling.at, visit.desk.zone),
        name=who.name if who else wording.SOMEBODY,
    )


async def _read(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    kept_back = text(data, "standing") == Standing.KEPT_BACK
    standing = Standing.KEPT_BACK if kept_back else Standing.UNREAD
    return await read(visit, standing, text(data, "after"), carried(visit, data))


async def _shown(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    field = text(data, "field")
    known = field if field in FIELDS else FIELDS[0]
    return await show(visit, known, text(data, "after"), carried(visit, data))


async def _release(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await decide(visit, data, release=True)


async def _keep(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await decide(visit, data, release=False)


TAPS: Final[Mapping[str, Action]] = {
    "quotes.read": _read,
    "quotes.show": _shown,
    "quotes.release": _release,
    "quotes.keep": _keep,
}
"""What each tap on somebody's words does."""
