"""One short choice for each of several people, all on one card: such as a number for everybody.

Each has an input of its own, named `<field>.<person>`; the answer is kept as `person=choice`, one
behind the other with commas between. What nobody chose is left out, as clients do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from microsoft_teams.cards import CardElement, Choice, ChoiceSetInput

from cards.kit.answers import chosen
from cards.kit.elements import para
from cards.kit.forms import ChoiceField, labelled
from cards.wording.source import Choices

MOST: Final = 25
"""People on one card, at most: as many as a conversation has."""


@dataclass(frozen=True)
class EachField(ChoiceField):
    """A drop-down for each. `offers` are the people, from the conversation; `among` what each of
    them chooses from. `before` names the inputs of cards from before they all had one: of the
    person, and of their choice."""

    among: Choices = ()
    before: tuple[str, str] = ("", "")

    def element(self, value: Any) -> list[CardElement]:
        """The question, and each person with what was chosen for them."""
        have = dict(pairs(str(value or "")))
        return [para(self.label), *(self._one(who, name, have) for who, name in self._people())]

    def _people(self) -> Choices:
        return self.choices[:MOST]

    def _one(self, who: str, name: str, have: Mapping[str, str]) -> CardElement:
        return ChoiceSetInput(
            id=f"{self.id}.{who}",
            label=labelled(name, required=False),
            style="compact",
            choices=[Choice(title=title, value=one) for one, title in self.among],
            value=have.get(who),
        )

    def gathered(self, data: Mapping[str, Any]) -> str:
        """The answer as a card sent it; with what it carried unseen while storage was away."""
        found = dict(pairs(str(data.get(self.id, ""))))
        who, number = (str(data.get(name, "")) for name in self.before)
        if who and number:
            found[who] = number
        begins = f"{self.id}."
        for name, value in data.items():
            if name.startswith(begins) and isinstance(value, str) and value in dict(self.among):
                found[name.removeprefix(begins)] = value
        return joined(found)

    def sent(self, value: str) -> tuple[str, str]:
        """What was chosen of what was offered, for whoever is there."""
        people, choices = dict(self.choices), dict(self.among)
        every = dict(pairs(value))
        right = {who: one for who, one in every.items() if who in people and one in choices}
        return joined(right), ""


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each person with their choice."""
    for one in chosen(text):
        who, _, choice = one.partition("=")
        if who and choice:
            yield who, choice


def joined(found: Mapping[str, str]) -> str:
    """The same as it is kept."""
    return ",".join(f"{who}={choice}" for who, choice in found.items())
