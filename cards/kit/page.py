"""A page of a flow, long as it is all a step's card needs, with the one shape of question cards.

And the words it asks with, so that an answer can be kept under the question it was given to.

A card stays in a chat for weeks, and the partnership may ask in other words by then. So it carries
a mark of its questions, never the questions themselves: what a client sends is no authority.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import (
    Card,
    act,
    aside,
    beside,
    build,
    heading,
    para,
    said,
    small,
    tap_line,
    warning,
)
from cards.kit.forms import ChoiceField, TextField, missing_of, shortened, text_of, trouble
from cards.kit.known import KnownField
from cards.kit.pickers import Field
from cards.wording import wording

LONGEST_ABOUT: Final = 20
"""Characters of whom it is about, as a card carries it."""


@dataclass(frozen=True)
class Page:
    """One step as it stands: answers so far, what is wrong with them, and where it belongs.

    `facts` are names and texts from the conversation that the card shows; `submission` is the id
    this drawing of the card sends back; `returning` while one answer is changed from the check;
    `back` the verb of where its first card leads back to.
    With `away` storage does not answer: only what the card itself sent is known, and `carried` is
    what it sent that cannot be shown now, to be sent once more. `asked` is the mark of what this
    card asks, `questions` are those that the answers so far were given to. `seen` is the mark of
    the answers that it shows, so that a card drawn before others were given is told from it.
    """

    flow: str
    step: str
    conversation: str = ""
    submission: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    notice: str = ""
    number: int = 1
    total: int = 1
    first: bool = True
    returning: bool = False
    back: str = ""
    away: bool = False
    carried: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What the card carries: a hint where its answer belongs, never an authority."""
        place = {
            "flow": self.flow,
            "step": self.step,
            "conversation": self.conversation,
            "submission": self.submission,
        }
        # Lets the card be drawn again with the right words while storage does not answer.
        about = str(self.answers.get("about", ""))[:LONGEST_ABOUT]
        more = {"for": about, "asked": self.asked, "seen": self.seen}
        return {**place, **{name: text for name, text in more.items() if text}, **self.carried}

    def fact(self, name: str) -> str:
        """A text from the conversation, or nothing."""
        return str(self.facts.get(name, ""))

    def question(self, name: str, today: str) -> str:
        """The question that an answer so far was given to; today's, where there is none."""
        return (self.answers.get(name) and self.questions.get(name)) or today


def kicker(page: Page, flow: str, *, named: bool = False) -> str:
    """The small line on top: which conversation, where the card has not `named` it already, which
    flow, and how far."""
    reference = page.fact("reference")
    if page.total != 1:
        flow = wording.STEP_OF.format(flow=flow, number=page.number, total=page.total)
    # A flow of one card may be called by the reference itself.
    about = "" if named or reference in flow else f"{reference} · "
    return f"{about}{flow}"


HINTED: Final = "hinted"
"""The fact of a page that has the answers which its notice is about."""


@dataclass(frozen=True)
class Hinted:
    """An answer that may hold something: its question, and what. With `change` there is a way to it
    beside, as nothing else on the card leads there."""

    field: str
    question: str
    what: str
    change: bool = False


def notice(page: Page, fields: Sequence[Field] = ()) -> list[CardElement]:
    """The kind sentence on top of a card, where there is one; with the answers that it is about.
    `fields` are the inputs of a card that has some.

    One that only thanks has no colour: that stays with what is to be put right, and with danger.
    """
    if not page.notice:
        return []
    if page.notice in (
        wording.THANKS_OPEN,
        wording.ANSWERED_TYPED,
        wording.ANSWERED_TYPED_MORE,
        wording.ANSWERED_TYPED_UNSENT,
    ):
        return [para(page.notice)]
    hinted = (_hinted(page, fields, one) for one in page.facts.get(HINTED, ()))
    return [warning(page.notice), *hinted]


def _hinted(page: Page, fields: Sequence[Field], one: Hinted) -> CardElement:
    where = small(wording.HINT_WHERE.format(question=one.question, what=one.what))
    if not one.change:
        return where
    name = wording.OF.format(what=wording.CHANGE, which=one.question)
    place = {**carried(page, fields), "to": one.field}
    return beside([where], wording.CHANGE, act(name, "flow.change", place))


def kept_texts(page: Page, fields: Sequence[Field]) -> list[CardElement]:
    """Texts of this step that a later answer came before: shown, so that nothing is lost."""
    texts = [text for one in fields for text in page.kept.get(one.id, ())]
    if not texts:
        return []
    shown = [element for text in texts[-2:] for element in said(shortened(text, 400)[0])]
    return [small(wording.KEPT_HEADING, gap=True), *shown]


def ask(
    page: Page,
    flow: str,
    title: str,
    fields: Sequence[Field],
    *,
    intro: Sequence[CardElement] = (),
    after: Sequence[CardElement] = (),
    seen_by: str = "",
    chat: bool = False,
    next_title: str = "",
    more: Sequence[Action] = (),
    verb: str = "flow.next",
) -> Card:
    """A question card: where you are, what is asked, who will see it, the inputs, Next and Back.

    With `chat` it also says that a message typed in the chat stays there.
    """
    beforehand = f"{seen_by} {wording.WRITE_HERE if chat else ''}".strip()
    here = kicker(page, flow)
    return build(
        [
            *([small(here)] if here else []),
            heading(title),
            *notice(page, fields),
            *intro,
            *([aside(beforehand)] if beforehand else []),
            *inputs(page, fields),
            *after,
            *kept_texts(page, fields),
            small(wording.SAVED, gap=True),
        ],
        [*buttons(page, fields, next_title, verb), *more],
    )


def inputs(page: Page, fields: Sequence[Field]) -> list[CardElement]:
    """The inputs of a step with what was typed so far and what is wrong with it.

    Above an answer stands what it was given to, where that is asked in other words now. While
    storage is away nobody knows what a choice of the conversation's own is from: it is left out,
    and what was chosen is sent along unseen.
    """
    about, found = str(page.answers.get("about", "")), list[CardElement]()
    offered = (one for one in fields if isinstance(one, KnownField))
    here = (one for one in offered if page.facts.get(one.of) or page.carried.get(one.id))
    chosen = {name for one in here for name in one.fills.values()}
    for one in fields:
        if page.away and isinstance(one, ChoiceField) and one.of:
            continue
        drawn = one.on(page.facts, about)
        if isinstance(drawn, KnownField) and not drawn.choices:
            continue
        if isinstance(drawn, TextField) and drawn.required and one.id in chosen:
            label = wording.KNOWN_UNLESS.format(label=drawn.label)
            drawn = replace(drawn, required=False, says=label)
        if page.away and isinstance(drawn, TextField):
            drawn = _here(page, drawn)
        today = drawn.label
        was = (page.answers.get(one.id) and page.questions.get(one.id)) or today
        if was != today:
            found.append(small(wording.ANSWERED_TO.format(question=was), gap=True))
        if problem := page.problems.get(one.id):
            found.append(trouble(missing_of(drawn, problem)))
        answer = page.answers.get(one.id)
        found += drawn.element(answer)
        if isinstance(drawn, TextField) and not drawn.whole and drawn.is_kept(answer):
            name = wording.OF.format(what=wording.CUT_REST, which=drawn.label)
            cut = act(name, "flow.cut", {**carried(page, fields), "field": one.id})
            found.append(tap_line(wording.CUT_REST, cut))
    return found


def carried(page: Page, fields: Sequence[Field]) -> dict[str, Any]:
    """What each button of a card with inputs carries: the page's own, and of which texts its boxes
    hold a part."""
    kept = (one.id for one in fields if one.is_kept(page.answers.get(one.id)))
    part = () if page.away else tuple(kept)
    return {**page.data, "part": ",".join(part)} if part else page.data


def _here(page: Page, one: TextField) -> TextField:
    """While storage is away what was typed stands nowhere but here; what was kept is kept."""
    left = (page.carried.get(name, "").split(",") for name in ("whole", "part"))
    kept = any(one.id in names for names in left)
    return replace(one, whole=True, required=one.required and not kept)


def buttons(
    page: Page, fields: Sequence[Field], next_title: str = "", verb: str = "flow.next"
) -> list[Action]:
    """The next step first; Back after it, which keeps what is half written and never scolds."""
    data = carried(page, fields)
    found = [act(next_title or wording.NEXT, verb, data, primary=True)]
    if page.returning:
        found.append(act(wording.TO_CHECK, "flow.check", data))
    elif not page.first:
        found.append(act(wording.BACK, "flow.back", data))
    elif page.back:
        found.append(leaving(page, fields, wording.BACK, page.back, {}))
    return found


LEFT: Final = "left"
"""Names the flow whose card a button leaves for something else."""


def leaving(
    page: Page, fields: Sequence[Field], title: str, verb: str, data: Mapping[str, Any]
) -> Action:
    """A button on a card with inputs that leads out of its flow. What is half written goes along,
    and is kept first."""
    return act(title, verb, {**carried(page, fields), LEFT: page.flow, **data})


Asks = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""The questions of a card by the names of their answers, given the answers so far. What is said of
the whole card begins with the step's name and a dot."""


def nothing(_: Mapping[str, Any]) -> Mapping[str, str]:
    """A card whose words are not kept: a name, a date, a choice."""
    return {}


def labels(fields: Sequence[Field]) -> Asks:
    """The questions that stand on these inputs, as far as they are kept."""
    return partial(asked_on, fields)


def asked_on(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """The same, given the answers so far."""
    about, found = str(answers.get("about", "")), dict[str, str]()
    for one in fields:
        if one.is_asked:
            found[one.id] = one.worded(about)
            found |= {name: text_of(means) for name, means in one.meanings.items()}
    return found


def ids(fields: Sequence[Field]) -> tuple[str, ...]:
    """The names of their answers."""
    return tuple(one.id for one in fields)


def texts(fields: Sequence[Field]) -> tuple[str, ...]:
    """The names of those that are long text: what somebody wrote, and not what they chose."""
    return tuple(one.id for one in fields if isinstance(one, TextField) and one.long)


def mark_of(words: Mapping[str, str]) -> str:
    """The same for the same questions; empty for none."""
    if not words:
        return ""
    told = "\n".join(f"{name}={words[name]}" for name in sorted(words))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]
