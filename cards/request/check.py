"""*Check your answers*: every answer with Change beside it, long ones shortened, then Send."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.agencies import named
from cards.kit.answers import chosen
from cards.kit.elements import (
    Card,
    CardTooLarge,
    act,
    aside,
    beside,
    build,
    heading,
    line,
    para,
    said,
    small,
)
from cards.kit.forms import FITS_SHORT, SHOWN, fits, shortened
from cards.kit.page import Page, kicker, notice
from cards.request.request import few, questions
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Attending

PEOPLE: Final = 3_000
"""Characters of a list of people, which is not cut: as many as a conversation has."""
PEOPLE_BYTES: Final = 3_400
BRIEF: Final = 24
"""Characters of an answer where a card has no room for more."""
PART: Final = 5_000
"""Characters of one answer shown at a time by *Show all*."""
PART_BYTES: Final = 22_000
"""Bytes of them, as JSON: 5,000 emoji are 20 KB."""


def row(
    question: str,
    value: str,
    change: Action | None,
    show: Action | None,
    *,
    whole: bool = False,
    most: int = SHOWN,
) -> list[CardElement]:
    """One answer under its question, with Change beside it and Show all under a long one: `most`
    characters of it. One that is `whole`, such as a list of people, is long only where no
    conversation has so many."""
    short = min(_limit(value), most)
    limit = PEOPLE if whole and fits(value[:PEOPLE], PEOPLE_BYTES) else short
    shown, cut = shortened(value, limit)
    text = said(shown, close=limit != PEOPLE) if value else [small(wording.CHECK_EMPTY)]
    left: list[CardElement] = [small(question, gap=True), *text]
    found = [beside(left, wording.CHANGE, change)] if change else left
    if cut and show:
        count = wording.CHECK_MORE.format(shown=f"{limit:,}", count=f"{len(value):,}")
        found.append(beside([small(count)], wording.SHOW_ALL, show))
    return found


def _limit(value: str) -> int:
    """Characters of an answer a row has room for: in JSON some take six bytes."""
    return SHOWN if fits(value[:SHOWN], FITS_SHORT) else SHOWN // 3


def change(page: Page, field: str, question: str) -> Action:
    """Go back to the card with this answer, then straight to the check again."""
    name = wording.OF.format(what=wording.CHANGE, which=question)
    return act(name, "flow.change", {**_place(page), "to": field}, inputs=False)


def show(page: Page, field: str, question: str) -> Action:
    """Show one answer whole."""
    name = wording.OF.format(what=wording.SHOW_ALL, which=question)
    return act(name, "flow.show", {**_place(page), "field": field}, inputs=False)


def _place(page: Page) -> dict[str, Any]:
    """Less than `page.data`: a card with all answers has many buttons and 28 KB."""
    return {"flow": page.flow, "conversation": page.conversation}


def request_check(page: Page) -> Card:
    """Card 8: the whole request, then Send."""

    def drawn(rows: list[CardElement]) -> Card:
        dated = row(wording.CHECK_DATE, page.fact("today"), None, None)
        return check_card(page, wording.REQUEST_TITLE, [*dated, *rows], seen_check(page))

    return fitting(page, drawn)


def fitting(page: Page, drawn: Callable[[list[CardElement]], Card]) -> Card:
    """A card with every answer of a request; where it has no room for all of them, less of each:
    the rest stands behind *Show all*."""
    try:
        return drawn(request_rows(page))
    except CardTooLarge:
        return drawn(request_rows(page, whole=False))


def seen_check(page: Page) -> str:
    """Who sees what: of the team but few, where the requester said so."""
    return wording.SEEN_CHECK_FEW if page.answers.get("few") else wording.SEEN_CHECK


def request_rows(page: Page, *, whole: bool = True) -> list[CardElement]:
    """Every answer of a request with Change beside it; those in `changed` say so. `whole` has
    everybody who is named."""
    answers, changed = page.answers, page.facts.get("changed", ())
    about = str(answers.get("about", ""))
    rows: list[CardElement] = []

    most = SHOWN if whole else BRIEF

    def marked(field: str, label: str) -> str:
        return wording.AMEND_MARK.format(question=label) if field in changed else label

    for field, label, value in (
        ("about", wording.ABOUT_LABEL, _titles(wording.ABOUT, about)),
        ("reasons", wording.WAITING_REASONS, _titles(wording.REASONS, answers.get("reasons"))),
        ("level_of_need", wording.LEVEL_LABEL, _title(wording.levels, answers, "level_of_need")),
        (
            "open_to_social_care",
            wording.OPEN_LABEL,
            _title(wording.OPEN, answers, "open_to_social_care"),
        ),
        ("few", wording.FEW_LABEL, _title(few(), answers, "few")),
        ("you", wording.YOU_TITLE, you_in_words(answers)),
        ("people", wording.PEOPLE_TITLE, people_in_words(answers)),
    ):
        shown = marked(field, label)
        tap, all_ = change(page, field, label), show(page, field, label)
        rows += row(shown, value, tap, all_, whole=whole and field == "people", most=most)
    rows.append(para(wording.REQUEST_WHO, bold=True))
    for field, today in questions(about):
        label = page.question(field, today)
        name = told_apart(field, label)
        value = str(answers.get(field, ""))
        shown = marked(field, label)
        tap, all_ = change(page, field, name), show(page, field, name)
        rows += row(shown, value, tap, all_, most=most)
    return rows


def told_apart(field: str, question: str) -> str:
    """What a button calls a question: two of them have the same words."""
    other = {"hope_you_known": wording.Q_YOU_SHORT, "hope_child_known": wording.Q_CHILD_SHORT}
    return f"{question} ({other[field]})" if field in other else question


def check_card(page: Page, flow: str, rows: Sequence[CardElement], seen: str) -> Card:
    """The rows under a flow's title, who sees them, then Send."""
    return build(
        [
            small(kicker(page, flow)),
            heading(wording.CHECK_TITLE),
            *notice(page),
            *rows,
            *([aside(seen)] if seen else []),
        ],
        [
            act(wording.SEND, "flow.send", page.data, primary=True),
            act(wording.BACK, "flow.back", page.data, inputs=False),
        ],
    )


def whole(question: str, text: str, start: int, back: Action, on: Callable[[int], Action]) -> Card:
    """One answer whole, by parts where it is long."""
    part = text[start : start + PART]
    while not fits(part, PART_BYTES):
        part = part[: len(part) // 2]
    actions = [back]
    end = start + len(part)
    if end < len(text):
        actions.insert(0, on(end))
    return build([line(question, title=True), *said(part)], actions)


def _titles(names: Mapping[Any, str], values: object) -> str:
    titles = {str(key.value): title for key, title in names.items()}
    return "\n".join(titles[one] for one in chosen(values) if one in titles)


def _title(titles: Sequence[tuple[str, str]], answers: Mapping[str, Any], field: str) -> str:
    return dict(titles).get(str(answers.get(field, "")), wording.CHECK_NONE)


def you_in_words(answers: Mapping[str, Any]) -> str:
    """Who asks and who agrees, as the request's card has it."""
    answers = named(answers)
    place = ", ".join(str(answers.get(key, "")) for key in ("team", "agency"))
    own = f"{answers.get('contact', '')} ({_coming(answers.get('attending'))})"
    manager = f"{answers.get('manager_name', '')}, {answers.get('manager_mail', '')}"
    coming = _coming(answers.get("manager_attending"))
    return f"{place}\n{own}\n{wording.MANAGER}: {manager} ({coming})"


def _coming(value: object) -> str:
    known = value in set(Attending)
    return wording.COMING[Attending(str(value)) if known else Attending.UNSURE]


def people_in_words(answers: Mapping[str, Any]) -> str:
    """Everybody else who is involved, a line each."""
    nurse = dict(wording.NURSE).get(str(answers.get("nurse", "")), "")
    if answers.get("nurse") == "named":
        coming = _coming(answers.get("nurse_attending"))
        parts = (str(answers.get(key, "")) for key in ("nurse_name", "nurse_mail"))
        nurse = f"{', '.join(part for part in parts if part)} ({coming})"
    lines = [f"{wording.NURSE_ROLE}: {nurse}"] if nurse else []
    for one in answers.get("others", ()):
        parts = (one.get(key, "") for key in ("name", "role", "agency", "mail"))
        lines.append(f"{', '.join(p for p in parts if p)} ({_coming(one.get('attending'))})")
    return "\n".join(lines)


def reasons(it: Conversation) -> list[CardElement]:
    """The agency and why it is brought: nothing else stands in a message to the team."""
    return [
        line((f"{wording.WAITING_FROM}: ",), it.request.agency),
        *(line(f"{wording.REASONS[one]}") for one in it.request.reasons),
    ]


def need(it: Conversation) -> list[tuple[str, str]]:
    """What was said of the level of need, and whether it is open to Social Care: for who decides
    about it, on what they open."""
    level, open_ = it.request.level_of_need, it.request.open_to_social_care
    rows = [
        (wording.NEED_LEVEL, dict(wording.levels).get(level, level)),
        (wording.NEED_OPEN, dict(wording.OPEN).get(open_, open_)),
    ]
    return [(label, value) for label, value in rows if value]


def need_rows(it: Conversation) -> list[CardElement]:
    """The same as lines of a card."""
    return [line((f"{label}: ",), value) for label, value in need(it)]


def reasons_and_need(it: Conversation) -> list[CardElement]:
    """What whoever could facilitate decides with, before independence is declared."""
    return [*reasons(it), *need_rows(it)]
