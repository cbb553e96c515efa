"""Where a right does not hold, and where one ends: what is said, and what is put away.

Those whose right it is at another time see where things are now; those whose place somebody else
has now hear who; a facilitator who has left the team, that the team has it; for everybody else it
is not meant. Of those who leave their place what they had begun to write about the conversation is
put away: a draft holds the story, and their right to it went with the place. What they may still
do, such as giving feedback on what they came to, stays.
"""

from collections.abc import Mapping
from typing import Final

from cards import practice
from cards.booking import booking as booking_cards
from cards.changes import people_change as people_cards
from cards.changes import silent as silent_cards
from cards.kit.notes import sentence
from cards.preparation import right_person as right_person_cards
from cards.wording import wording
from dialogs import board, home
from dialogs.booking import pick_up
from dialogs.changes import correcting, handing_over, happening, review, second, stopping
from dialogs.evaluation import quoting
from dialogs.feedback import feedback, outcome, reading
from dialogs.flow.flow import Flow
from dialogs.learning import sharing, upload
from dialogs.manager import agreement
from dialogs.preparation import card as preparation
from dialogs.preparation import coming
from dialogs.rights import my_data
from dialogs.turn.access import (
    NotNow,
    Right,
    Role,
    Who,
    former_places,
    has_role,
    holds_it,
    is_removed,
    is_theirs,
    was_theirs,
)
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from dialogs.turn.route import Where, refuse
from records.conversation.conversation import Conversation
from records.people import Part, Person

WHERE: Final[Mapping[Right, Where]] = {
    **home.WHERE,
    **agreement.WHERE,
    **pick_up.WHERE,
    **preparation.WHERE,
    **coming.WHERE,
    **feedback.WHERE,
    **outcome.WHERE,
    **reading.WHERE,
    **sharing.WHERE,
    **upload.WHERE,
    **handing_over.WHERE,
    **second.WHERE,
    **stopping.WHERE,
    **happening.WHERE,
    **correcting.WHERE,
    **review.WHERE,
    **quoting.WHERE,
    **board.WHERE,
    **my_data.WHERE,
}
"""Each right with where things are for those whose it is at another time: total, a test says."""

PICKS_UP: Final = frozenset({Right.PICK_UP, Right.TAKE_OVER})
"""Rights that a member of the team would have, were they not too close to the situation."""


async def instead(context: Context, lost: NotNow) -> Reply:
    """What is shown in place of what was asked for. Raises StoreError."""
    it, right, who = lost.it, lost.right, context.who
    if who.left_team and holds_it(who, it) and not is_theirs(who, it, right):
        return handing_over.has_left(it)
    if is_theirs(who, it, right) and (gone := _gone(it, right)) is not None:
        return gone
    if it.stopped_at is not None and right is not Right.STOP:
        if was_theirs(who, it, right) and not stopping.takes_part(context, it):
            return _who_has_it_now(context, it, right)
        return stopping.stopped(context, it)
    # Who has it sees it where others would take it, also while the team cannot be asked.
    has_it = right in PICKS_UP and has_role(who, it, Role.FACILITATOR)
    if has_it or is_theirs(who, it, right):
        return await WHERE[right](context, it)
    if was_theirs(who, it, right):
        return _who_has_it_now(context, it, right)
    if right is Right.RELEASE_WORDS and holds_it(who, it):
        return quoting.not_by_who_led(it)
    if (who.member or who.team_lead) and (said := await _for_the_team(context, it, right)):
        return said
    return refuse(context, right.name.lower(), it.id)


async def _for_the_team(context: Context, it: Conversation, right: Right) -> Reply | None:
    """For a member of the team who is too close to it; or where few may know of it, of whom nobody
    is told that they are none of them."""
    if right is Right.ON_BOARD and context.member:
        return await WHERE[right](context, it)
    if it.changes.restricted is not None and right in {*PICKS_UP, Right.LEAVE}:
        return Reply(sentence(wording.GONE), wording.GONE)
    if right in PICKS_UP:
        text = wording.INVOLVED.format(reference=it.reference)
        return Reply(sentence(text), text)
    return None


def _gone(it: Conversation, right: Right) -> Reply | None:
    """What it is about is not kept any more: a rehearsal that is over, or a part whose time is
    up."""
    if it.practice_over is not None:
        title = wording.PRACTICE_ENDED.format(reference=it.reference)
        return Reply(practice.over(it), title)
    if is_removed(it, right):
        title = silent_cards.kept_no_longer_title(it.reference)
        return Reply(silent_cards.kept_no_longer(it.reference), title)
    return None


def _who_has_it_now(context: Context, it: Conversation, right: Right) -> Reply:
    """For somebody who has left their place, or leads no more: who has it. Nothing of the
    conversation itself."""
    places = former_places(context.who, it)
    if not places:
        before = context.person.name
        return Reply(people_cards.leads_now(it, before), people_cards.leads_now_title(it, before))
    mine = places[-1]
    if mine.part is Part.FACILITATOR:
        return Reply(booking_cards.taken(it), booking_cards.taken_title(it))
    if mine.part is Part.MANAGER and (gone := agreement.former_manager(context, it)) is not None:
        return gone
    new = next((one.new for one in reversed(it.changes.replaced) if one.old == mine.id), "")
    named = it.person(new)
    if named is not None and right is Right.RIGHT_PERSON and named.named_by == mine.id:
        return Reply(right_person_cards.named(it, named), wording.RIGHT_PERSON_TITLE)
    return Reply(people_cards.replaced_card(it, new), people_cards.replaced(it, new))


async def put_away(context: Context, flows: Mapping[str, Flow]) -> None:
    """For everybody who has lost a place by this turn. Raises StoreError."""
    for one in context.departed:
        person = await context.services.directory.named(one)
        if person is not None:
            await _drafts_of(context, flows, person)


async def _drafts_of(context: Context, flows: Mapping[str, Flow], person: Person) -> None:
    it = context.it
    drafts, who = context.services.drafts, Who(person)
    theirs = [
        one.draft async for one in drafts.all_of(person.key) if one.draft.conversation == it.id
    ]
    for draft in theirs:
        flow = flows.get(draft.flow)
        if flow is not None and flow.right is not None and not is_theirs(who, it, flow.right):
            await drafts.discard(draft)
