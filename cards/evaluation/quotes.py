"""Words that may be quoted: reading them one by one, and those that were released.

What people wrote is shown as plain text; the writer's name is not here. `period` is the key of the
one whose figures they go back to.
"""

from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.feedback.receipts import forms
from cards.kit.elements import Card, act, beside, box, build, heading, line, para, said, small
from cards.kit.forms import fits, shortened
from cards.question_sets import asked_today
from cards.wording import wording
from records.evaluation.quotes import FIELDS, Quote, Standing

READABLE: Final = 18_000
"""Bytes of words, as JSON, that a card can show whole; longer ones are not released."""
PART: Final = 1_500
"""Characters shown of words that are too long."""
LISTED: Final = "listed"
"""Says that words are taken back out of their list, and not where they are read one by one."""
IN_LIST: Final = 500
"""Characters of words in a list; the report has them whole."""


def to_read(quote: Quote, after: str, period: str, count: int, ruled: str = "") -> Card:
    """Somebody's words, with what a facilitator can say about them. `after` finds the next."""
    data = {
        "conversation": quote.conversation,
        "by": quote.by,
        "field": quote.field,
        "words": quote.words,
        "standing": quote.standing,
        "in": period,
    }
    later = {"after": after, "in": period, "standing": quote.standing}
    whole = is_readable(quote)
    standing = quote.standing
    actions = [act(wording.QUOTE_RELEASE, "quotes.release", data)] if whole else []
    if standing is Standing.RELEASED:
        actions = []
    if standing is not Standing.KEPT_BACK:
        actions.append(act(_away(standing), "quotes.keep", data))
    actions.append(act(wording.QUOTE_LATER, "quotes.read", later))
    actions.append(act(wording.QUOTES_TO_FIGURES, "evaluation.show", {"in": period}))
    shown = str(count) if count < 100 else wording.BOARD_MANY
    return build(
        [
            small(_title(standing).format(count=shown)),
            heading(wording.QUOTE_HEADINGS[quote.field]),
            para(question(quote)),
            *_words(quote, len(quote.text) + len(quote.hoped) if whole else PART),
            *([line(ruled)] if ruled else []),
            small(wording.QUOTE_READ_WHY if whole else wording.QUOTE_TOO_LONG, gap=True),
        ],
        actions,
    )


def _title(standing: Standing) -> str:
    match standing:
        case Standing.UNREAD:
            return wording.QUOTES_TO_READ
        case Standing.KEPT_BACK:
            return wording.QUOTE_KEPT_BACK
        case Standing.RELEASED:
            return wording.QUOTE_RELEASED


def _away(standing: Standing) -> str:
    released = standing is Standing.RELEASED
    return wording.QUOTE_TAKE_BACK if released else wording.QUOTE_KEEP_BACK


def question(quote: Quote) -> str:
    """What these words answer: the question as it was asked."""
    return quote.asked or asked_today(quote.field)


def hope_question(quote: Quote) -> str:
    """What the hope beside them was asked with, where that is asked in other words now."""
    return "" if quote.hoped_asked in forms() else quote.hoped_asked


def is_readable(quote: Quote) -> bool:
    """Whether a facilitator can read it whole here: nobody releases what they have not read."""
    return fits(f"{quote.hoped}{quote.text}", READABLE)


def all_read(period: str, kept_back: int) -> Card:
    """Nothing more to read; what was kept back or released can be looked at again."""
    carried = {"in": period}
    actions = [act(wording.QUOTES_TO_FIGURES, "evaluation.show", carried, primary=True)]
    actions.append(act(wording.QUOTES, "quotes.show", carried))
    actions += _again(period, kept_back)
    return build([small(wording.QUOTE_READ), para(wording.QUOTES_ALL_READ)], actions)


def released(
    field: str, quotes: tuple[Quote, ...], after: str, period: str, kept_back: int
) -> Card:
    """Some released words of one answer; then the next ones, or the next answer's. No words say
    that there are none of any further answer either, as where too few stand behind them."""
    carried = {"in": period}
    actions = []
    following = FIELDS.index(field) + 1
    if after:
        on = {**carried, "field": field, "after": after}
        actions.append(act(wording.QUOTES_NEXT, "quotes.show", on, primary=True))
    elif quotes and following < len(FIELDS):
        on = {**carried, "field": FIELDS[following]}
        actions.append(act(wording.QUOTES_NEXT, "quotes.show", on, primary=True))
    actions.append(act(wording.QUOTES_TO_FIGURES, "evaluation.show", carried))
    actions += _again(period, kept_back)
    rows: list[CardElement] = []
    for number, one in enumerate(quotes, start=1):
        if number == 1 or question(one) != question(quotes[number - 2]):
            rows.append(small(question(one), gap=number > 1))
        rows.append(_row(number, one, period))
    if not rows:
        none = para(wording.QUOTES_END if FIELDS.index(field) else wording.QUOTES_NONE)
        few = small(wording.QUOTES_FEW, gap=True)
        return build([heading(wording.QUOTES), none, few], actions)
    return build(
        [
            small(wording.QUOTES),
            heading(wording.QUOTE_HEADINGS[field]),
            *rows,
            small(wording.QUOTE_SHOWN, gap=True),
        ],
        actions,
    )


def _again(period: str, kept_back: int) -> list[Action]:
    """What has been ruled on, to be read once more by whoever may."""
    carried = {"in": period, "standing": Standing.RELEASED}
    again = [act(wording.QUOTES_RELEASED, "quotes.read", carried)]
    if kept_back:
        data = {**carried, "standing": Standing.KEPT_BACK}
        count = str(kept_back) if kept_back < 100 else wording.BOARD_MANY
        again.append(act(wording.QUOTE_KEPT_BACK.format(count=count), "quotes.read", data))
    return again


def _row(number: int, quote: Quote, period: str) -> CardElement:
    title = wording.QUOTE_TAKE_BACK_OF.format(number=number)
    data = {
        "conversation": quote.conversation,
        "by": quote.by,
        "field": quote.field,
        "words": quote.words,
        "standing": quote.standing,
        "in": period,
        LISTED: True,
    }
    tap = act(title, "quotes.keep", data, inputs=False, tooltip=title)
    return beside(_words(quote, IN_LIST), wording.QUOTE_TAKE_BACK, tap)


def _words(quote: Quote, most: int) -> list[CardElement]:
    shown = said(shortened(quote.text, most)[0])
    if not quote.hoped:
        return [box(shown)]
    hoped = said(shortened(quote.hoped, most)[0])
    was = hope_question(quote)
    under = [small(was)] if was else []
    return [
        box(
            [
                small(wording.QUOTE_HOPED),
                *under,
                *hoped,
                small(wording.QUOTE_HAPPENED, gap=True),
                *shown,
            ]
        )
    ]
