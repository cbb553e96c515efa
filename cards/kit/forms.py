"""The inputs of a card, as data, long as all kinds are here: what is asked, in which words, whether
they are kept with the answer. What may be answered stands in `cards.kit.answers`.

A label says whether an answer is required, and we check it: no client does. One that did would hold
every button of the card, *Back* too, until all is filled in.

Of a long answer that does not fit a card its box holds a part (`TextField.element`).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, Self

from microsoft_teams.cards import (
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    TextBlock,
    TextInput,
)

from cards.kit.answers import MAX_ANSWER, MAX_SHORT, chosen, mail_as_kept
from cards.kit.elements import small
from cards.wording import wording
from cards.wording.source import Choices

Sentence = str | Callable[[], str]
"""A sentence; or where to look it up when the card is drawn, for what is declared at an import."""


def text_of(sentence: Sentence) -> str:
    """Its text, in the words of the partnership in use."""
    return sentence() if callable(sentence) else sentence


@dataclass(frozen=True)
class Question:
    """An input with its question. A card is drawn from it, and whatever else is to ask it.

    `says` is the question word for word. `forms` are other words for it, by whom the situation is
    about; `names` says which fact of the page stands for a {name} in it. `asked` is whether the
    question is kept beside its answer, and `meanings` what is kept with it; None leaves that to
    the kind of input: the question of a long text is kept.
    """

    id: str
    says: Sentence
    forms: Mapping[str, Sentence] = field(default_factory=dict, kw_only=True)
    names: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    meanings: Mapping[str, Sentence] = field(default_factory=dict, kw_only=True)
    asked: bool | None = field(default=None, kw_only=True)
    long = False

    @property
    def label(self) -> str:
        """The question."""
        return text_of(self.says)

    def worded(self, about: str) -> str:
        """The question as it is asked about a child, or about an adult."""
        return text_of(self.forms.get(about, self.says))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that it asks, in all its forms, with what answers mean."""
        return (self.says, *self.forms.values(), *self.meanings.values())

    @property
    def is_asked(self) -> bool:
        """Whether the question is kept beside the answer; that of a long text is."""
        return self.long if self.asked is None else self.asked

    def is_kept(self, value: Any) -> bool:
        """Whether the card could not show this value whole, so that empty means: leave it."""
        return False

    def sent(self, value: str) -> tuple[str, str]:
        """What this input could have sent, and a kind sentence where this is something else.

        A card comes from outside, with whatever its sender put in it. Typed text is its writer's
        own, whatever its length; what was to be chosen is one of what was offered, or nothing.
        """
        return value, ""

    def taken(self, text: str) -> str:
        """What is kept of a typed answer that is right; what cannot be read stays as it is."""
        return text

    def on(self, facts: Mapping[str, Any], about: str) -> Self:
        """The input as it stands on a page with these facts."""
        words = self.worded(about)
        named = {name: str(facts.get(fact, "")) for name, fact in self.names.items()}
        return replace(self, says=words.format(**named) if named else words)


FITS: Final = 6_000
"""Bytes of one answer, as JSON, that a card with three inputs can show again."""
FITS_SHORT: Final = 1_250
"""The same for a short answer, of which a card has up to six."""
MAX_MOMENT: Final = 40
"""Characters of a day or a time that an input could have sent."""
MAX_IN_A_LINE: Final = 38
"""Characters of a choice that a drop-down shows on a phone; of more it cuts the end off."""
FEW_CHOICES: Final = 12
"""Choices that stand under each other rather than be cut."""
SHOWN: Final = 300
"""Characters of an answer on a card that only reports it."""


def fits(text: str, limit: int = FITS) -> bool:
    """Whether a card can show this text whole. In JSON some characters take six bytes."""
    written = json.dumps(text, ensure_ascii=False)
    return len(written.encode("utf-8", "surrogatepass")) <= limit


def shortened(text: str, limit: int = SHOWN) -> tuple[str, bool]:
    """The beginning of a text, and whether something was left out."""
    if len(text) <= limit:
        return text, False
    return text[:limit].rstrip() + " …", True


@dataclass(frozen=True)
class TextField(Question):
    """Typed text. With `whole` all of it is shown, or the card is too large: the text is kept
    nowhere else.

    Of one that does not fit the box holds the first part, and the rest stays joined to it.
    """

    long: bool = True
    required: bool = True
    placeholder: Sentence = ""
    whole: bool = False

    def element(self, value: Any) -> list[CardElement]:
        """The input with what was typed; of a text too long to show its first part, marked."""
        text = value if isinstance(value, str) else ""
        whole = self.whole or not self.is_kept(text)
        shown = text if whole else self.box(text)
        count, part = f"{len(text):,}", f"{len(shown):,}"
        mark = wording.IN_THE_BOX.format(count=count, part=part)
        required = self.required and whole
        return [
            *([] if whole else [small(mark)]),
            TextInput(
                id=self.id,
                label=labelled(self.label, required=required),
                is_multiline=self.long,
                placeholder=text_of(self.placeholder) or None,
                value=shown or None,
            ),
        ]

    def box(self, text: str) -> str:
        """The part of a text that its input holds: all of one that fits."""
        if not self.is_kept(text):
            return text
        part = text[: self.limit]
        while not fits(part, FITS if self.long else FITS_SHORT):
            part = part[: len(part) * 9 // 10]
        return part

    def joined(self, before: str, sent: str) -> str:
        """A text after its box was sent: whole where that is unchanged or empty, which a client may
        have left out; else with the rest behind it. Clients end lines in their own way."""
        part = self.box(before)
        plain = "\n".join(sent.splitlines()).strip()
        if not plain or plain == "\n".join(part.splitlines()).strip():
            return before
        return sent + before[len(part) :]

    def is_joined(self, before: str, now: str) -> bool:
        """Whether only what the box held was changed."""
        rest = before[len(self.box(before)) :]
        return bool(rest) and now.endswith(rest)

    def is_kept(self, value: Any) -> bool:
        """So it is with a long one."""
        if not isinstance(value, str):
            return False
        too_many = self.long and len(value) > MAX_ANSWER
        return too_many or not fits(value, FITS if self.long else FITS_SHORT)

    @property
    def limit(self) -> int:
        """Characters of an answer."""
        return MAX_ANSWER if self.long else MAX_SHORT


@dataclass(frozen=True)
class MailField(TextField):
    """A mail address, which is kept without what stood around it."""

    long: bool = False

    def taken(self, text: str) -> str:
        """The address that can be read there."""
        return mail_as_kept(text)


@dataclass(frozen=True)
class NumberField(TextField):
    """A telephone number: short, and no text of anybody's."""

    long: bool = False
    required: bool = False

    def element(self, value: Any) -> list[CardElement]:
        """The input with what was typed; of what is far too long for one it starts anew."""
        return super().element("" if super().is_kept(value) else value)

    def is_kept(self, value: Any) -> bool:
        """Never: an empty input is no number."""
        return False


@dataclass(frozen=True)
class ChoiceField(Question):
    """One or several of a few. Those that only the conversation knows are in a fact of the page,
    whose name is `of`. `compact` draws a drop-down; `marked=False` leaves "(optional)" out, where
    the answer as a whole is wanted and only this input may be empty.

    `listed` names what may also be written: a name that is no longer offered is taken as such.

    A drop-down that stands where the card before had another is `boxed`: a page that draws cards in
    place may keep the choices of the one before, as the Playground does.
    """

    offers: Choices | Callable[[], Choices] = ()
    of: str = ""
    many: bool = False
    required: bool = True
    compact: bool = False
    marked: bool = True
    boxed: bool = False
    listed: bool = False
    hint: Sentence = ""

    @property
    def choices(self) -> Choices:
        """What is kept and what is read of each, in their order."""
        return self.offers() if callable(self.offers) else self.offers

    @property
    def style(self) -> Literal["compact", "expanded", "filtered"]:
        """How it is drawn: in a drop-down, where each of a few can be read whole on a phone."""
        long = any(len(title) > MAX_IN_A_LINE for _, title in self.choices)
        whole = long and len(self.choices) <= FEW_CHOICES
        return "compact" if self.compact and not whole else "expanded"

    def on(self, facts: Mapping[str, Any], about: str) -> Self:
        """The input with the choices that this page's conversation has."""
        found = super().on(facts, about)
        return replace(found, offers=tuple(facts.get(self.of, ()))) if self.of else found

    def sent(self, value: str) -> tuple[str, str]:
        """The choices that are offered.

        Of people and agencies that only the conversation knows, one that has gone from several
        since the card was drawn is left out without a word.
        """
        known = dict(self.offers() if callable(self.offers) else self.offers)
        if not value or value in known or (self.listed and len(value) <= MAX_SHORT):
            return value, ""
        if not self.many:
            return "", wording.CHOOSE_ONE
        every = chosen(value)
        found = [one for one in every if one in known]
        strange = len(found) < len(every) and not self.of
        return ",".join(found), wording.CHOOSE_SOME if strange else ""

    def element(self, value: Any) -> list[CardElement]:
        """The input with what was chosen."""
        found = self._input(value)
        under = [small(text_of(self.hint))] if self.hint else []
        return [Container(items=[found]) if self.boxed else found, *under]

    def _input(self, value: Any) -> CardElement:
        choices = self.choices
        known = {key for key, _ in choices}
        # The name of one choice may hold a comma.
        alone = value if not self.many and value in known else ""
        now = alone or ",".join(one for one in chosen(value) if one in known)
        label = labelled(self.label, required=self.required) if self.marked else self.label
        return ChoiceSetInput(
            id=self.id,
            label=label,
            choices=[Choice(value=key, title=title) for key, title in choices],
            is_multi_select=self.many,
            style=self.style,
            wrap=True,
            value=now or None,
        )


def short_moment(value: str, sentence: str) -> tuple[str, str]:
    """A day or a time as it is written, right or wrong, unless nobody would write it so long."""
    return (value, "") if len(value) <= MAX_MOMENT else ("", sentence)


def labelled(text: str, *, required: bool) -> str:
    """A question that says whether it has to be answered."""
    return f"{text} {wording.REQUIRED}" if required else f"{text} {wording.OPTIONAL}"


def missing_of(field: Question, sentence: str) -> str:
    """What is wrong with an answer; where there is none, what is missing. A client may read it out
    away from its question."""
    if sentence == wording.EMPTY and isinstance(field, ChoiceField):
        sentence = wording.CHOOSE_ONE
    if sentence not in (
        wording.EMPTY,
        wording.CHOOSE_ONE,
        wording.CHOOSE_SOME,
        wording.CHOOSE_DATE,
        wording.CHOOSE_TIME,
    ):
        return sentence
    return wording.OF.format(what=sentence, which=field.label.rstrip(":"))


def trouble(sentence: str) -> CardElement:
    """What is wrong with an answer, to stand above its input."""
    return TextBlock(text=sentence, color="Attention", wrap=True, weight="Bolder")
