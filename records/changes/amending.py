"""The requester changes the request before a date is booked. Source: pathway, step 1 (added).

Only what they changed is applied, to what is there now: somebody replaced meanwhile is not put
back. Whoever is taken off the list stays in the record as `left`; the story is kept apart.
"""

from datetime import datetime
from typing import Final

from records.calendar import aware
from records.changes.restricting import Gatekeepers, said_by_requester
from records.conversation.conversation import Conversation
from records.conversation.replacing import MOST, fresh_id
from records.conversation.request import Amendment, Request
from records.manager.naming import name_manager
from records.people import Attending, Frozen, Part, Participant, same_mail
from records.stages import Act, WrongStage

DETAILS: Final = ("name", "role", "agency", "attending")


class RequestFacts(Frozen):
    """What a request says beside its story: whom, why, who asks, who agrees, who is involved.

    The people have no ids yet: they are who was typed. `few`: somebody in the facilitation team
    may know this family.
    """

    request: Request
    contact: str
    attending: Attending
    manager: Participant
    others: tuple[Participant, ...]
    few: bool = False


def amend(
    it: Conversation,
    at: datetime,
    before: RequestFacts,
    after: RequestFacts,
    *,
    story: bool,
    gatekeepers: Gatekeepers = (),
) -> Conversation:
    """The conversation with what differs between `before` and `after`, and `story` if that did;
    `gatekeepers` are those of now.

    Nothing changed is the same record. Another manager is asked as `records.manager.naming` has it.
    Raises WrongStage once it is booked, or where more people were named than fit.
    """
    if not it.allows(Act.AMEND):
        raise WrongStage(it.id, Act.AMEND, it.stage)
    changed = _with_manager(_with_people(_with_request(it, before, after), at, before, after),
                            at, before, after)  # fmt: skip
    if after.few != before.few:
        changed = said_by_requester(changed, at, gatekeepers, may_know=after.few)
    if changed == it and not story:
        return it
    if len(changed.people) > MOST:
        raise WrongStage(it.id, Act.AMEND, it.stage)
    note = Amendment(at=aware(at), stage=it.stage, manager=it.manager.id, asks=it.asks)
    return changed.move(Act.AMEND, at, amended=(*it.amended, note))


def _with_request(it: Conversation, before: RequestFacts, after: RequestFacts) -> Conversation:
    fields = {
        name: getattr(after.request, name)
        for name in Request.model_fields
        if getattr(after.request, name) != getattr(before.request, name)
    }
    own: dict[str, object] = {}
    for mine, name in (("role", "team"), ("agency", "agency")):
        if name in fields:
            own[mine] = fields[name]
    for name in ("contact", "attending"):
        if getattr(after, name) != getattr(before, name):
            own[name] = getattr(after, name)
    people = tuple(
        one.model_copy(update=own) if one.part is Part.REQUESTER else one for one in it.people
    )
    return it.with_(request=it.request.model_copy(update=fields), people=people)


def _with_manager(
    it: Conversation, at: datetime, before: RequestFacts, after: RequestFacts
) -> Conversation:
    if before.manager == after.manager:
        return it
    wanted = after.manager
    only_details = same_mail(before.manager.mail, wanted.mail)
    if only_details and not same_mail(it.manager.mail, wanted.mail):
        return it  # Somebody else has become the manager since.
    return name_manager(it, at, wanted.name, wanted.mail, wanted.attending)


def _with_people(
    it: Conversation, at: datetime, before: RequestFacts, after: RequestFacts
) -> Conversation:
    for was in before.others:
        now = _find(after.others, was)
        there = _find(it.present, was)
        if there is None:
            continue
        if now is None:
            it = _without(it, at, there.id)
        elif now != was:
            it = _changed(it, there.id, _details(was, now))
    for now in after.others:
        if _find(before.others, now) is None and _find(it.present, now) is None:
            new = now.model_copy(update={"id": fresh_id(it), "joined": aware(at)})
            it = it.with_(people=(*it.people, new))
    return it


def _details(was: Participant, now: Participant) -> dict[str, object]:
    found = {
        name: getattr(now, name) for name in DETAILS if getattr(now, name) != getattr(was, name)
    }
    return found | ({"mail": now.mail} if now.mail and not was.mail else {})


def _changed(it: Conversation, who: str, update: dict[str, object]) -> Conversation:
    people = tuple(one.model_copy(update=update) if one.id == who else one for one in it.people)
    return it.with_(people=people)


def _without(it: Conversation, at: datetime, who: str) -> Conversation:
    it = _changed(it, who, {"left": aware(at)})
    if it.lead_named == who:
        it = it.with_(lead_named="")
    if it.missed is None:
        return it
    coming = tuple(one for one in it.missed.coming if one != who)
    lead = it.requester.id if it.missed.lead == who else it.missed.lead
    return it.with_(missed=it.missed.model_copy(update={"coming": coming, "lead": lead}))


def _find(people: tuple[Participant, ...], wanted: Participant) -> Participant | None:
    return next((one for one in people if _is_same(one, wanted)), None)


def _is_same(one: Participant, other: Participant) -> bool:
    """The same person: by mail address, or by name where one of the two has none."""
    if one.part is not other.part:
        return False
    if one.mail and other.mail:
        return same_mail(one.mail, other.mail)
    return one.name.strip().casefold() == other.name.strip().casefold()
