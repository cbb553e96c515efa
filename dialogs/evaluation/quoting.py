"""Releasing words: one answer at a time is read, and then released, kept back, or left for now.

Who may is asked of each conversation: whoever is or was anything in it, its facilitator too, reads
nobody's words in it. Beside the team are those who lead it, and who stands in, so that there is
somebody to release words where everybody on the team has a part in it.
"""

from collections.abc import Mapping
from typing import Any, Final

from cards.evaluation import quotes as cards
from cards.kit.notes import note
from cards.kit.when import day
from cards.wording import wording
from dialogs.evaluation.evaluation import carried, count_readable, every, key_of
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Handler, Plain, Route, Where
from records.conversation.conversation import Conversation
from records.conversation.snapshot import Snapshot
from records.evaluation.queries import Found, next_of
from records.evaluation.quotes import FIELDS, Quote, Standing, quotes, rule
from records.evaluation.released import released as shown_of
from records.stages import Act

IN_A_LIST: Final = 3
MOST_PASSED: Final = 200
"""Answers passed over in one turn because they are not for this reader."""


async def read(context: Context, standing: Standing, after: str, period: str) -> Reply:
    """The next words with this standing that this reader may read."""
    store = context.services.store
    for _ in range(MOST_PASSED):
        found = await next_of(store, standing, after)
        if not found.quotes:
            break
        after = found.last
        quote = await _theirs(context, found.quotes[0])
        if quote is not None and quote.standing is standing:
            counted = standing is not Standing.RELEASED
            count = await count_readable(context, standing) if counted else 0
            ruled = await _ruled(context, quote)
            context.quoted.append((quote.conversation, quote.by))
            card = cards.to_read(quote, after, period, count, ruled)
            return Reply(card, wording.QUOTE_READ)
    kept_back = await count_readable(context, Standing.KEPT_BACK)
    return Reply(cards.all_read(period, kept_back), wording.QUOTES_ALL_READ)


async def show(context: Context, field: str, after: str, data: Data) -> Reply:
    """Released words of one answer of a period that is closed, or of the next that has some: nobody
    taps through empty lists."""
    of, services = carried(await every(context), data), context.services
    found, begun = Found(()), field
    for one in FIELDS[FIELDS.index(begun) :]:
        if of is None or found.quotes:
            break
        found = await shown_of(
            services.store, one, of, services.partnership, after=after, size=IN_A_LIST
        )
        field, after = one if found.quotes else begun, ""
    kept_back = await count_readable(context, Standing.KEPT_BACK)
    on = found.last if found.more else ""
    context.quoted += [(one.conversation, one.by) for one in found.quotes]
    period = of.period.key if of else ""
    return Reply(cards.released(field, found.quotes, on, period, kept_back), wording.QUOTES)


def _rules(*, release: bool) -> Handler:
    """These words are released or kept back; then the next ones come, or the list they stood in."""
    act = Act.WORDS_RELEASED if release else Act.WORDS_KEPT_BACK

    async def handle(context: Context, it: Conversation, data: Data) -> Reply:
        quote = _find(context.whole, data)
        if quote is None or (release and not cards.is_readable(quote)):
            return Reply(note(wording.GONE), wording.GONE)
        it = await context.change(
            act, lambda now: rule(now, context.now, context.person.key, quote, release=release)
        )
        await context.services.register.list_now(it)  # the next card counts them
        if quote.standing is Standing.RELEASED and cards.LISTED in data:
            return await show(context, quote.field, "", data)
        return await read(context, quote.standing, "", key_of(data))

    return handle


async def where(context: Context, it: Conversation) -> Reply:
    """Words that are not there to be ruled on any more, or of a conversation that moved on."""
    return Reply(note(wording.GONE), wording.GONE)


def not_by_who_led(it: Conversation) -> Reply:
    """To the facilitator, who may still have a card with words of it: somebody else reads them."""
    text = wording.QUOTE_NOT_YOURS.format(reference=it.reference)
    return Reply(note(text), text)


# --------------------------------------------------------------------------------------------------


async def _theirs(context: Context, kept: Quote) -> Quote | None:
    """The words themselves as they are now, where this reader may read them."""
    file = await context.services.register.file(kept.conversation)
    if file is None:
        return None
    await context.reads_of(file.conversation)
    if not may(context.who, file.conversation, Right.RELEASE_WORDS):
        return None
    return _find(file, {"by": kept.by, "field": kept.field})


def _find(file: Snapshot, data: Mapping[str, Any]) -> Quote | None:
    """The words a card carried, if they are still these and may still be quoted."""
    by, field, words = (str(data.get(name, "")) for name in ("by", "field", "words"))
    for one in quotes(file.conversation, [answers for answers, _ in file.answers.values()]):
        if (one.by, one.field) == (by, field) and words in ("", one.words):
            return one
    return None


async def _ruled(context: Context, quote: Quote) -> str:
    """Who kept it back, and when."""
    if quote.ruling is None:
        return ""
    who = await context.services.directory.find(quote.ruling.ruled_by)
    return wording.QUOTE_RULED.format(
        what=wording.QUOTE_WAS[quote.ruling.released],
        day=day(quote.ruling.at, context.services.zone),
        name=who.name if who else wording.SOMEBODY,
    )


async def _read(context: Context, data: Data) -> Reply:
    standing = {str(one): one for one in Standing}.get(data.text("standing"), Standing.UNREAD)
    return await read(context, standing, data.text("after"), key_of(data))


async def _shown(context: Context, data: Data) -> Reply:
    field = data.text("field")
    known = field if field in FIELDS else FIELDS[0]
    return await show(context, known, data.text("after"), data)


ROUTES: Final = (
    Plain("quotes.read", _read, team=True, readers=True),
    Plain("quotes.show", _shown, team=True, readers=True),
    Route("quotes.release", Right.RELEASE_WORDS, _rules(release=True), whole=True),
    Route("quotes.keep", Right.RELEASE_WORDS, _rules(release=False), whole=True),
)
"""What each tap on somebody's words does."""
WHERE: Final[Mapping[Right, Where]] = dict.fromkeys(
    (Right.RELEASE_WORDS, Right.READ_OUTCOME, Right.SEE_REACH, Right.COLLATE), where
)
