"""After the conversation: feedback within two days, the outcome after eight weeks.

The Practice Team hears of a difference made. Source: pathway, step 10: "with the Signs of Safety
Practice Team"; who that is, a setting says.
"""

from collections.abc import Iterator

from records.booking.owed import doubted, took_part
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.one_each import once, places
from records.manager.waiting import is_same
from records.outbox.prompt import Kind, Owed
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What a conversation that was held owes."""
    match it.stage:
        case Stage.HELD:
            yield from _held(dates, it)


def _held(dates: Dates, it: Conversation) -> Iterator[Owed]:
    held, booking = it.held, it.booking
    if held is None or booking is None:
        return
    cycle = str(booking.cycle)
    if not held.confirmed:
        yield from took_part(dates, it)
        yield from doubted(it)
    came = {who: places(it, who) for who in once(it, held.came)}
    for who in (one for one, own in came.items() if not any(map(it.answered, own))):
        if who not in held.self_reported:
            yield Owed(kind=Kind.FEEDBACK, to=who, cycle=cycle, due=held.at)
    unfinished = [one for one, own in came.items() if not any(map(it.has_completed, own))]
    yield from _feedback_prompts(dates, it, unfinished, cycle)
    yield from _outcome(dates, it, cycle)


def _feedback_prompts(
    dates: Dates, it: Conversation, unfinished: list[str], cycle: str
) -> Iterator[Owed]:
    """To everybody who has not sent all of it; what they wrote is looked at when it goes."""
    deadline, first = dates.feedback_deadline(it), dates.first_card(it)
    if deadline is None or first is None or it.held is None:
        return
    for who in unfinished:
        due = dates.feedback_prompt_due(deadline, max(first, it.held.since(who)))
        yield Owed(kind=Kind.FEEDBACK_PROMPT, to=who, cycle=cycle, due=due)


def _outcome(dates: Dates, it: Conversation, cycle: str) -> Iterator[Owed]:
    date, lead = dates.outcome_date(it), it.person(it.lead)
    if date is None:
        return
    # Who took the lead over later has the same week before the reminder.
    date = max(date, lead.joined) if lead and lead.joined else date
    due = dates.office.roll_forward(date)
    yield Owed(kind=Kind.OUTCOME, to=it.lead, cycle=cycle, due=due)
    again = dates.office.roll_forward(
        dates.office.add_days(date, dates.timings.outcome_reminder_days)
    )
    yield Owed(kind=Kind.OUTCOME_REMINDER, to=it.lead, cycle=cycle, due=again)
    for number, ring in enumerate(it.changes.rings, start=1):
        # They were rung, and are asked once more when the facilitator said.
        if ring.who == it.lead and ring.again_on is not None and ring.again_on > date:
            due = dates.office.roll_forward(ring.again_on)
            later = f"{cycle}@{number}"
            yield Owed(kind=Kind.OUTCOME_REMINDER, to=it.lead, cycle=later, due=due)


def practice_team_hears(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """Each of the Practice Team, or who reads in its place, as it was when the outcome came; nobody
    who has had a part in it since."""
    if it.stage is Stage.COMPLETE and it.outcome is not None:
        for one in it.practice_team:
            if any(is_same(one, other) for other in it.people):
                continue
            yield Owed(kind=Kind.OUTCOME_CAME, to=one.id, cycle="1", due=it.outcome.first_at)
