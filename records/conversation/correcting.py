"""The address by which somebody was named is put right: the same person, and so the same place.

What is open goes out again, to the right address. Whoever has the wrong one is nobody in it any
more; where something came to them, they are told that it was not for them.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.changes import Replaced
from records.conversation.conversation import Conversation, Held
from records.conversation.feedback import Response
from records.conversation.replacing import MOST, fresh_id, rebooked
from records.people import Part, Participant, PersonKey, same_mail
from records.stages import Act, Stage, WrongStage


def may_be_corrected(it: Conversation, who: str) -> Participant | None:
    """Somebody who was named by an address, and has not left: not who asks, nor who facilitates.

    Nor whoever has agreed as the manager: what one person said never becomes another one's word.
    Who is there in their place instead is said in other ways. Whether they gave feedback changes
    nothing, since nobody is told that: what they gave stays theirs, and is not counted.
    """
    found = next((one for one in it.present if one.id == who), None)
    apart = (Part.REQUESTER, Part.FACILITATOR)
    if found is None or found.part in apart or _agreed(it, found):
        return None
    return found


def _agreed(it: Conversation, one: Participant) -> bool:
    """Whether it was they who agreed: not who has become the manager since."""
    if one.part is not Part.MANAGER or it.decided_at is None:
        return False
    return one.joined is None or one.joined <= it.decided_at


def correct(
    it: Conversation, at: datetime, who: str, mail: str, key: PersonKey, *, shown: bool
) -> Conversation:
    """Their address is `mail`, whose person is `key` where that is known; `shown` says that
    something came to the wrong one. Raises WrongStage where that cannot be."""
    gone = may_be_corrected(it, who)
    own = any(
        same_mail(mail, one.mail) or (bool(key) and one.key == key)
        for one in it.present
        if one.id != who
    )
    if gone is None or own or same_mail(gone.mail, mail) or len(it.people) >= MOST:
        raise WrongStage(it.id, Act.CORRECT, it.stage)
    by = gone.named_by if gone.part is Part.MANAGER else ""
    place = {"id": fresh_id(it), "mail": mail, "key": key, "joined": aware(at), "named_by": by}
    right = gone.model_copy(update=place)
    people = tuple(
        one.model_copy(update={"left": aware(at)}) if one.id == who else one for one in it.people
    )

    def now(one: str) -> str:
        return right.id if one == who else one

    done = Replaced(old=who, new=right.id, at=aware(at), by=by, corrected=True, shown=shown)
    replaced = (*it.changes.replaced, done)
    changes: dict[str, object] = {
        "people": (*people, right),
        "booking": rebooked(it.booking, now),
        "missed": rebooked(it.missed, now),
        "held": _held(it.held, who, right.id, at),
        "changes": it.changes.model_copy(update={"replaced": replaced}),
    }
    if it.lead == who:
        changes["lead_named"] = right.id
    after = it.move(Act.CORRECT, at, **changes)
    if right.part is Part.MANAGER and it.stage is Stage.REQUESTED:
        asks = max(it.asks, len(it.talks) + 1)
        after = after.with_(asks=asks, asked_at=aware(at), nudges=())
    return after


def _held(held: Held | None, who: str, right: str, at: datetime) -> Held | None:
    if held is None or who not in held.came:
        return held
    came = tuple(right if one == who else one for one in held.came)
    joined = (*held.joined, Response(by=right, first_at=aware(at)))
    return held.model_copy(update={"came": came, "joined": joined})
