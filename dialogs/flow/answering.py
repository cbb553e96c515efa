"""A draft from one answer to the next: pure, so that a lost race can do it again.

An answer keeps the question it was given to, whatever the partnership asks by now.

A restart may bring other words while a card lies in somebody's chat and its draft is open. The card
carries a mark of what it asks; here it is found again what that was. Where nobody knows any more,
the question as it is now is asked, with what was typed still there.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from cards.kit.answers import chosen
from cards.kit.forms import ChoiceField, TextField
from cards.kit.known import KNOWN
from cards.kit.page import mark_of
from cards.learning.each import EachField
from dialogs.flow.flow import CHECK, Flow, Step, seen
from dialogs.turn.events import LONGEST_HINT
from records.drafts import Draft

CARRIED: Final = frozenset(
    {"flow", "step", "conversation", "submission", "for", "whole", "part", "asked", "seen", "to",
     "item", "field", "start", "action", "verb", "tapped", "as_list", "left", "number", "who"}
)  # fmt: skip
"""What a card sends along that nobody typed."""
MOST_CHOSEN: Final = 60
"""Choices of one input, at most: a conversation has fewer people."""
MOST_INPUTS: Final = 40
"""Inputs of one card, at most."""


def words_on(step: Step, draft: Draft, data: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The questions that stood on the card this answer comes from; None where nobody knows.

    A typed message, and a card older than the marks, answer the card that was shown last.
    """
    today = step.asks(draft.answers)
    last = draft.shown if draft.step == step.id and draft.shown.keys() == today.keys() else today
    mark = str(data.get("asked", ""))
    if not mark:
        return last
    answered = {name: draft.questions.get(name, "") for name in today}
    return next((one for one in (today, last, answered) if mark_of(one) == mark), None)


def questions_of(
    steps: Iterable[Step], draft: Draft, called: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The question of each answer; today's, where a draft is older than the keeping of questions.

    `called` says what an answer is kept as, where that is not its input's name.
    """
    today = {name: one for step in steps for name, one in step.asks(draft.answers).items()}
    return {
        called.get(name, name): draft.questions.get(name, question)
        for name, question in today.items()
        if str(draft.answers.get(name.partition(".")[0], "")).strip()
    }


def typed_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Everything that was filled in on a card that is not known any more."""
    found = {
        name: value
        for name, value in data.items()
        if name not in CARRIED and isinstance(value, str) and value.strip()
    }
    named = [name for name in found if len(name) <= LONGEST_HINT]
    return {name: found[name] for name in named[:MOST_INPUTS]}


def is_late(draft: Draft, step: Step, data: Mapping[str, Any]) -> bool:
    """Whether a card of the open step shows other answers than there are by now: it stands on
    another device, or further up in the chat. One without a mark is from before there were any."""
    mark = data.get("seen", "")
    return bool(mark) and mark != seen(draft, step)


def is_untouched(draft: Draft, step: Step, data: Mapping[str, Any]) -> bool:
    """Whether a card sends nothing but what it showed."""
    shown = draft.model_copy(update={"answers": {**draft.answers, **inputs(step, data, None)}})
    return not is_late(shown, step, data)


def inputs(step: Step, data: Mapping[str, Any], draft: Draft | None) -> dict[str, Any]:
    """The answers a card sent. Of a text too long for its box the box holds the first part: the
    rest stays behind it. An empty input of a card that shows no words leaves them as they are, and
    so does one of a card that was drawn before that text was there.

    Source: clients leave empty inputs out, so absent means empty.
    """
    whole, part = (str(data.get(name, "")).split(",") for name in ("whole", "part"))
    if step.typed and draft is not None and is_late(draft, step, data):
        whole += step.typed
    before = draft.answers if draft else {}
    found: dict[str, Any] = {}
    for one in step.questions:
        value = one.gathered(data) if isinstance(one, EachField) else data.get(one.id, "")
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        had = before.get(one.id)
        if one.id in part and isinstance(one, TextField) and isinstance(had, str):
            found[one.id] = one.joined(had, text) if one.is_kept(had) else text
        elif text or one.id not in whole or not had:
            found[one.id] = text
    for known in step.known:
        found |= known.filled(found, before, before.get(KNOWN, []))
    return found


def as_offered(
    step: Step,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    people: Collection[str] = (),
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers as the card's inputs could have sent them, and a kind sentence for each that they
    could not.

    What only the conversation offers is in its `facts`; without them it is bounded, and the
    sentence is empty, as nobody knows yet. One of its
    `people` may have been offered when the card was drawn: what becomes of that, the flow says.
    """
    kept, wrong = dict(answers), dict[str, str]()
    for one in step.questions:
        value = answers.get(one.id)
        if not isinstance(value, str):
            continue
        if isinstance(one, ChoiceField) and one.of and (facts is None or value in people):
            if value:
                kept[one.id] = _bounded(value)
                wrong |= {one.id: ""} if facts is None else {}
            continue
        drawn = one.on(facts, "") if isinstance(one, ChoiceField) and facts is not None else one
        kept[one.id], sentence = drawn.sent(value)
        if sentence:
            wrong[one.id] = sentence
    return kept, wrong


def _bounded(value: str) -> str:
    """Ids of people as a conversation may have them, whoever they are."""
    every = (one for one in chosen(value) if len(one) <= LONGEST_HINT)
    return ",".join(list(dict.fromkeys(every))[:MOST_CHOSEN])


def with_answers(
    draft: Draft,
    step: Step,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    leaving: bool = False,
    late: bool = False,
) -> Draft:
    """The draft with these answers; a longer text one of them replaces is kept beside it. So is, on
    `leaving` a card without an answer, any long text that was emptied, and whatever long text the
    answer of a `late` card replaces, which did not show it.

    `words` are the questions of the card. What is changed was given to them; what is left as it was
    keeps the question that it had. A text that is new is kept here alone, until a flow says more.
    """
    kept = dict(draft.kept)
    for one in step.questions:
        before = draft.answers.get(one.id)
        if not before or before == (now := answers.get(one.id, before)):
            continue
        unseen = late or (leaving and not str(now).strip())
        if isinstance(one, TextField) and one.is_joined(str(before), str(now)):
            continue
        if one.is_kept(before) or (unseen and one.id in step.typed):
            kept[one.id] = tuple(dict.fromkeys((*kept.get(one.id, ()), str(before))))
    new = {name for name, value in answers.items() if value != draft.answers.get(name, "")}
    questions = {name: one for name, one in draft.questions.items() if not _is_new(name, step, new)}
    update = {
        "answers": {**draft.answers, **answers},
        "kept": kept,
        "questions": {**words, **questions},
        "spare": draft.spare and new.isdisjoint(step.typed),
    }
    return draft.model_copy(update=update)


def _is_new(name: str, step: Step, new: set[str]) -> bool:
    """Whether a question's answer was changed; what is the whole card's goes with any of them."""
    return name in new or (bool(new) and name.startswith(f"{step.id}."))


def advance(flow: Flow, draft: Draft, step: Step) -> Draft:
    """The draft at the step after this one, or back at the check where one answer was changed."""
    if draft.returning:
        return draft.model_copy(update={"step": CHECK, "returning": False})
    if step.id != draft.step:
        return draft
    after = flow.steps[flow.steps.index(step) + 1 :]
    asked = (one.id for one in after if not (flow.may_skip and flow.skips(draft, one)))
    return draft.model_copy(update={"step": next(asked, CHECK)})


def back(flow: Flow, draft: Draft) -> Draft:
    """The draft one step earlier; at the first it stays."""
    ids = [one.id for one in flow.steps]
    place = len(ids) if draft.step == CHECK else ids.index(draft.step)
    return draft.model_copy(update={"step": ids[max(0, place - 1)], "returning": False})
