"""What a draft holds of its writer's own, so that *cancel* says truly what would be deleted.

What was filled in as it was begun, and what is kept already, is none of it: where there is nothing
else, nothing is asked and nothing is deleted.
"""

from enum import StrEnum

from cards.home import WaitsFor
from cards.kit.elements import act, para
from cards.kit.notes import note
from cards.wording import wording
from dialogs.flow.engine import begin
from dialogs.flow.flow import Flow
from dialogs.turn.access import NotNow
from dialogs.turn.context import Context, NoSuchKey
from dialogs.turn.events import Reply
from dialogs.waiting import waiting
from records.drafts import Draft


class Own(StrEnum):
    """What somebody has put into a draft."""

    NOTHING = "nothing"
    CHOSEN = "chosen"
    WRITTEN = "written"


async def own_part(context: Context, flow: Flow, draft: Draft) -> Own:
    """What would be deleted with this draft."""
    fresh = await _as_begun(context, flow, draft)
    before = set(flow.written(fresh)) if fresh else set[str]()
    if any(one not in before for one in flow.written(draft)):
        return Own.WRITTEN
    given = fresh.answers if fresh else {}
    names = (name for step in flow.steps for name in step.fields)
    new = any(draft.answers.get(one) not in (None, "", given.get(one)) for one in names)
    return Own.CHOSEN if new else Own.NOTHING


async def _as_begun(context: Context, flow: Flow, draft: Draft) -> Draft | None:
    """The same flow as it would begin now; None where it cannot be begun any more."""
    key = "" if flow.right is None else draft.conversation
    try:
        if flow.right is not None:
            await context.about(key, flow.right, whole=flow.whole)
        begun = await begin(context, flow, key)
    except (NotNow, NoSuchKey):
        return None
    return begun if isinstance(begun, Draft) else None


def sure(own: Own) -> str:
    """What is asked before it is put away."""
    return wording.CANCEL_SURE if own is Own.WRITTEN else wording.CANCEL_SURE_CHOSEN


async def put_away(context: Context, flow: Flow, key: str, own: Own) -> Reply:
    """That it is put away, and what became of what was in it; what of this conversation waits for
    them still, or else the way back to where they came from."""
    text = {
        Own.NOTHING: wording.CANCELLED_EMPTY,
        Own.CHOSEN: wording.CANCELLED_CHOSEN,
        Own.WRITTEN: wording.DRAFT_PUT_AWAY,
    }[own]
    it = await context.record(key)
    services, left = context.services, list[WaitsFor]()
    if it is not None and it.stopped_at is None:
        found = waiting(it, context.who, services.timetable, context.now)
        left = [one for _, one in found]
    buttons = [one.button for one in left]
    back = flow.came_from or flow.back_to
    if it is not None and back and all(getattr(one, "verb", "") != back for one in buttons):
        buttons.insert(0, act(wording.BACK, back, {"conversation": key}))
    card = note(text, extra=[para(one.what) for one in left], actions=buttons)
    return Reply(card, text)
