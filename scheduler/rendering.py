"""From a prompt to the card and the notification it becomes. `CARDS` at the end is the map.

A card's submission id comes from the prompt, so that a reminder of the same question gives the
same answer only once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cards import agreement, booking, feedback, held, notices, outcome, told, wording
from cards.elements import Card, with_note
from cards.page import Page
from records.conversation import Conversation
from records.file import File
from records.people import Person
from records.prompt import CHANNEL, Kind, Prompt
from records.timetable import Timetable
from scheduler.courier import Parcel


@dataclass(frozen=True)
class Occasion:
    """What a card is drawn from."""

    prompt: Prompt
    file: File
    timetable: Timetable

    @property
    def it(self) -> Conversation:
        """The conversation."""
        return self.file.conversation

    def texts(self, what: str, by: str) -> Mapping[str, str]:
        """Somebody's answers, by question."""
        found = self.file.answers_of(what, by)
        return found.texts if found else {}

    @property
    def story(self) -> Mapping[str, str]:
        """The request's five answers."""
        return self.texts("request", self.it.requester.id)

    def page(self, flow: str, step: str, total: int, facts: Mapping[str, Any]) -> Page:
        """The first card of a flow."""
        return Page(
            flow=flow,
            step=step,
            conversation=self.it.id,
            submission=f"prompt-{self.prompt.id}",
            facts=facts,
            total=total,
        )


def render(timetable: Timetable) -> Callable[[Prompt, File, Person | None, bool], Parcel]:
    """How prompts become parcels for one partnership."""

    def parcel(prompt: Prompt, file: File, _: Person | None, reminder: bool) -> Parcel:
        occasion = Occasion(prompt, file, timetable)
        card, summary = CARDS[prompt.kind](occasion)
        if reminder:
            card = with_note(card, wording.REMINDER_NOTE)
        return Parcel(card, " ".join(summary.split()))

    return parcel


def _manager(on: Occasion) -> tuple[Card, str]:
    reminder = on.prompt.kind is Kind.MANAGER_REMINDER
    why = wording.MANAGER_REMIND if reminder else wording.MANAGER_WHY
    summary = why.format(name=on.it.requester.name, agency=on.it.request.agency)
    return agreement.manager_card(on.it, on.story, reminder=reminder), summary


def _talk_first(on: Occasion) -> tuple[Card, str]:
    text = on.texts("talk-first", on.prompt.cycle).get("text", "")
    title = wording.TALK_CAME.format(name=on.it.manager.name, reference=on.it.reference)
    return agreement.talk_came(on.it, text), title


def _not_this_route(on: Occasion) -> tuple[Card, str]:
    by = str(len(on.it.talks) + 1)
    text = on.texts("not-this-route", by).get("text", "")
    title = wording.REQUEST_ROUTE.format(name=on.it.manager.name, reference=on.it.reference)
    return agreement.route_came(on.it, text), title


def _agreed(on: Occasion) -> tuple[Card, str]:
    title = wording.REQUEST_AGREED.format(name=on.it.manager.name, reference=on.it.reference)
    return notices.agreed(on.it), title


def _waiting(on: Occasion) -> tuple[Card, str]:
    card = booking.waiting(on.it, in_channel=on.prompt.to == CHANNEL)
    return card, wording.WAITING_WHY.format(reference=on.it.reference)


def _picked_up(on: Occasion) -> tuple[Card, str]:
    name = notices.facilitator(on.it)
    title = wording.PICKED_UP_NOTICE.format(name=name, reference=on.it.reference)
    return notices.picked_up(on.it), title


def _withdrawn(on: Occasion) -> tuple[Card, str]:
    name, reference = on.it.requester.name, on.it.reference
    return notices.withdrawn(on.it), wording.WITHDRAWN_NOTICE.format(name=name, reference=reference)


def _preparation(on: Occasion) -> tuple[Card, str]:
    when = told.when_exactly(on.it, on.timetable)
    summary = wording.PREPARE_SUMMARY.format(reference=on.it.reference, when=when)
    return booking.preparation(on.it, on.timetable.office.zone), summary


def _closing(on: Occasion) -> tuple[Card, str]:
    return held.closing(on.it, on.timetable.office.zone), wording.CLOSING_SUMMARY.format(
        reference=on.it.reference
    )


def _took_part(on: Occasion) -> tuple[Card, str]:
    why = wording.TOOK_PART_WHY.format(
        when=told.when(on.it, on.timetable), reference=on.it.reference
    )
    return feedback.took_part(on.page("feedback", "took-part", 1, {"why": why})), why


def _not_ahead(on: Occasion) -> tuple[Card, str]:
    title = wording.NOT_AHEAD_TITLE.format(reference=on.it.reference)
    return notices.not_ahead(on.it, on.timetable.office.zone), title


def _doubted(on: Occasion) -> tuple[Card, str]:
    title = wording.NOT_AHEAD_DOUBT.format(reference=on.it.reference)
    return held.doubted(on.it, on.prompt.about, on.timetable.office.zone), title


def _feedback(on: Occasion) -> tuple[Card, str]:
    prompt = on.prompt.kind is Kind.FEEDBACK_PROMPT
    facts = told.feedback_facts(on.it, on.timetable, on.prompt.due, prompt=prompt)
    card = feedback.scale(on.page("feedback", "scale", 4, facts))
    return card, wording.FEEDBACK_SUMMARY.format(reference=on.it.reference)


def _outcome(on: Occasion) -> tuple[Card, str]:
    reminder = on.prompt.kind is Kind.OUTCOME_REMINDER
    own = on.it.lead == on.it.requester.id
    facts = told.outcome_facts(on.it, on.story, own=own, reminder=reminder)
    card = outcome.outcome_child(on.page("outcome", "child", 3, facts))
    return card, wording.OUTCOME_SUMMARY.format(reference=on.it.reference)


def _not_reached(on: Occasion) -> tuple[Card, str]:
    to_requester = on.prompt.to == on.it.requester.id
    card = notices.not_reached(on.it, on.prompt.about, to_requester=to_requester)
    return card, wording.NOT_REACHED_SUMMARY.format(reference=on.it.reference)


def _ended(on: Occasion) -> tuple[Card, str]:
    title = wording.ENDED_TITLE.format(reference=on.it.reference)
    return notices.ended(on.it, on.timetable.office.zone), title


CARDS: Final[Mapping[Kind, Callable[[Occasion], tuple[Card, str]]]] = {
    Kind.MANAGER_ASK: _manager,
    Kind.MANAGER_REMINDER: _manager,
    Kind.TALK_FIRST: _talk_first,
    Kind.AGREED: _agreed,
    Kind.NOT_THIS_ROUTE: _not_this_route,
    Kind.WITHDRAWN: _withdrawn,
    Kind.WAITING: _waiting,
    Kind.PICKED_UP: _picked_up,
    Kind.PREPARATION: _preparation,
    Kind.CLOSING: _closing,
    Kind.TOOK_PART: _took_part,
    Kind.NOT_AHEAD: _not_ahead,
    Kind.DOUBTED: _doubted,
    Kind.FEEDBACK: _feedback,
    Kind.FEEDBACK_PROMPT: _feedback,
    Kind.OUTCOME: _outcome,
    Kind.OUTCOME_REMINDER: _outcome,
    Kind.NOT_REACHED: _not_reached,
    Kind.ENDED: _ended,
}
"""Each kind with the card it becomes; a test holds it against `Kind`."""
