"""A question as data: what is asked, in which words, and whether they are kept with the answer.

The inputs that ask it stand in `cards.kit.forms`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

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
        """Whether the question is kept beside the answer."""
        return bool(self.asked)

    def is_kept(self, value: Any) -> bool:
        """Whether the card could not show this value whole, so that empty means: leave it."""
        return False

    def on(self, facts: Mapping[str, Any], about: str) -> Self:
        """The input as it stands on a page with these facts."""
        words = self.worded(about)
        named = {name: str(facts.get(fact, "")) for name, fact in self.names.items()}
        return replace(self, says=words.format(**named) if named else words)
