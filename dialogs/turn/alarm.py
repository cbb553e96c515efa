"""Words of a turn that say somebody is in danger now, and the sentence they bring to the next card.

It stands on top of that card and holds nothing up. No log, count or message comes of it. It is said
once a draft: a mark among those of `Draft.asked` says that it was, which other versions let be.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cards.wording import wording
from records.drafts import Draft

MARK: Final = "danger-"
"""How the mark in a draft begins."""


@dataclass
class Alarm:
    """The texts that hold such a phrase, and what became of them in this turn.

    `turn` tells the turn that brought them from others, so that the same tap sent twice is told the
    same; `kept` is whether they are in a draft now, `before` whether an earlier turn was told.
    """

    texts: tuple[str, ...]
    turn: str
    kept: bool = False
    before: bool = False

    def marked(self, draft: Draft) -> Draft:
        """The draft with a mark that this was said; an earlier one stays."""
        told = [one for one in draft.asked if one.startswith(MARK)]
        self.before = bool(told) and self._mark not in told
        return draft if told else draft.model_copy(update={"asked": (self._mark, *draft.asked)})

    def seen_in(self, draft: Draft) -> None:
        """A card of this draft is shown: whether the words are in it, and it was said before."""
        self.marked(draft)
        beside = (text for texts in draft.kept.values() for text in texts)
        there = {str(one).strip() for one in (*draft.answers.values(), *beside)}
        self.kept = self.kept or any(text.strip() in there for text in self.texts)

    @property
    def sentence(self) -> str:
        """What is said on top of the next card; empty where it was said before."""
        if self.before:
            return ""
        return wording.DANGER_KEPT if self.kept else wording.DANGER_NOT_KEPT

    @property
    def _mark(self) -> str:
        told = hashlib.sha256(self.turn.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{MARK}{told[:12]}"


def alarm_in(texts: Iterable[str], turn: str = "") -> Alarm | None:
    """The alarm of a turn that brought these texts; None where nothing in them asks for one."""
    danger = wording.partnership.danger
    found = tuple(one for one in texts if danger.is_met_in(one))
    return Alarm(found, turn or "\n".join(found)) if found else None
