"""Somebody who is named a second time: said as it is typed, with the place they have already.

The same address is the same person. Where one of the two has none, so are the same name, agency and
role, as far as both are given: two people of one name are told apart by their addresses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from cards.wording import wording
from records import mail_address
from records.people import Part


@dataclass(frozen=True)
class Named:
    """Somebody with their place. `mails` are all addresses by which they are known."""

    part: Part
    name: str
    mails: tuple[str, ...] = ()
    agency: str = ""
    role: str = ""

    def is_also(self, other: "Named") -> bool:
        """Whether both are one person, as far as can be told."""
        own, others = _normal(self.mails), _normal(other.mails)
        if own and others:
            return not own.isdisjoint(others)
        pairs = ((self.agency, other.agency), (self.role, other.role))
        alike = all(not _heard(a) or not _heard(b) or _heard(a) == _heard(b) for a, b in pairs)
        return bool(_heard(self.name)) and _heard(self.name) == _heard(other.name) and alike


def _normal(mails: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(mail_address.normal, mails)))


def _heard(text: str) -> str:
    return " ".join(text.casefold().split())


def other_of(one: Mapping[str, Any], part: Part = Part.OTHER, before: str = "") -> Named:
    """Somebody as they stand in a card's answers, under names that begin with `before`."""
    name, mail, agency, role = (
        str(one.get(f"{before}{key}", "")) for key in ("name", "mail", "agency", "role")
    )
    return Named(part, name, (mail,), agency, role)


def place_of(one: Named, among: Iterable[Named], info: ValidationInfo) -> Part | None:
    """The place that somebody has already `among` these; None for one who has none.

    Nor for one who was `twice` in it before this was asked.
    """
    twice: Iterable[Named] = (info.context or {}).get("twice", ())
    there = next((other for other in among if one.is_also(other)), None)
    return None if there is None or any(map(one.is_also, twice)) else there.part


def refuse_twice(one: Named, among: Iterable[Named], info: ValidationInfo) -> None:
    """Raise a kind sentence where somebody has a place already."""
    if (part := place_of(one, among, info)) is not None:
        sentence = wording.NAMED_ALREADY[part]
        raise PydanticCustomError("twice", "{sentence}", {"sentence": sentence})


def twice_in(people: Sequence[Named]) -> tuple[Named, ...]:
    """Those who stand there a second time."""
    return tuple(one for number, one in enumerate(people) if any(map(one.is_also, people[:number])))
