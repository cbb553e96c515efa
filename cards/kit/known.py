"""Somebody whom the one who writes has named before: to choose, beside the inputs to type in.

Choosing fills those inputs; whatever is typed anew comes first. Where nobody is known nothing is
drawn, and no input is waited for that a choice may fill.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cards.kit.forms import ChoiceField
from cards.wording import wording

KNOWN: Final = "known"
NURSES: Final = "known_nurses"
"""Facts of a page: people to choose from, as (id, title)."""


@dataclass(frozen=True)
class KnownField(ChoiceField):
    """A choice of people that can be searched. `fills` says which of what is known of somebody goes
    into which input; the first two are who they are."""

    fills: Mapping[str, str] = field(default_factory=dict)

    @property
    def style(self) -> Literal["compact", "expanded", "filtered"]:
        """A list that is searched by typing, also on a phone. Source: Adaptive Cards 1.5."""
        return "filtered"

    def filled(
        self, now: Mapping[str, Any], shown: Mapping[str, Any], people: list[dict[str, str]]
    ) -> dict[str, str]:
        """What the choice fills in, and no choice any more. Nothing where a name or an address was
        typed anew: `now` are the inputs, `shown` what the card held."""
        chosen = next((one for one in people if one["id"] == now.get(self.id)), None)
        who = [name for key, name in self.fills.items() if key in ("name", "mail")]
        typed = any(now.get(name) and now[name] != shown.get(name, "") for name in who)
        if chosen is None:
            return {}
        fills = {} if typed else {name: chosen[key] for key, name in self.fills.items()}
        return {self.id: "", **fills}


def known(begins: str, *more: str, of: str = KNOWN) -> KnownField:
    """The choice beside inputs that begin so: name and address, and `more` of what is known."""
    fills = {key: f"{begins}_{key}" for key in ("name", "mail", *more)}
    return KnownField(
        f"{begins}_known", lambda: wording.KNOWN, of=of, required=False, boxed=True, fills=fills
    )
