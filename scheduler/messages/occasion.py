"""What a message is drawn from: a prompt, its conversation, and the partnership's time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cards.kit.elements import Card
from cards.kit.files import NO_LINKS, Links
from cards.kit.page import Asks, Page, mark_of, nothing
from cards.rights.beside import noted
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS, Answers
from records.conversation.snapshot import Snapshot
from records.outbox.kinds import KINDS
from records.outbox.prompt import Prompt
from records.people import Person
from records.timetable.timetable import Timetable


@dataclass(frozen=True)
class Occasion:
    """What a card is drawn from. `person` is who gets it, None in the channel; `evaluators` says
    that there are some, who collate what is written."""

    prompt: Prompt
    file: Snapshot
    timetable: Timetable
    person: Person | None = None
    links: Links = NO_LINKS
    evaluators: bool = False

    @property
    def it(self) -> Conversation:
        """The conversation."""
        return self.file.conversation

    @property
    def reminds(self) -> bool:
        """Whether it says that it is a reminder of an earlier one."""
        return KINDS[self.prompt.kind].reminds is not None

    def texts(self, what: str, by: str) -> Mapping[str, str]:
        """Somebody's answers, by question."""
        found = noted(self.file).answers_of(what, by)
        return found.texts if found else {}

    @property
    def story(self) -> Answers:
        """The request's five answers."""
        return noted(self.file).answers_of("request", self.it.requester.id) or NO_ANSWERS

    def link(self, kind: str, until: datetime | None = None) -> str:
        """Where the one who gets this finds a file; empty where there are no pages, or nobody."""
        if self.person is None:
            return ""
        return self.links.file(kind, self.it.id, self.person.key, until=until)

    def page(
        self, flow: str, step: str, total: int, facts: Mapping[str, Any], asks: Asks = nothing
    ) -> Page:
        """The first card of a flow, and what it asks."""
        return Page(
            flow=flow,
            step=step,
            conversation=self.it.id,
            submission=f"prompt-{self.prompt.id}",
            facts=facts,
            total=total,
            asked=mark_of(asks({})),
        )


Drawing = Callable[[Occasion], tuple[Card, str]]
"""The card of a message, and the text of its notification."""

Drawings = Mapping[str, Drawing]
"""By the names that `records.outbox.kinds` gives them."""
