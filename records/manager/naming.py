"""Another manager, before a date is booked: named by the requester, or a deputy by the manager.

Source: pathway, step 2, and "Requester and manager are different people". A request that waits is
put to the new manager; an agreement once given holds, and then people only hear who it is now.
"""

from datetime import datetime
from itertools import pairwise

from records.conversation.conversation import Conversation
from records.conversation.replacing import replace
from records.people import NOBODY, Attending, Part, Participant, PersonKey
from records.stages import Act, WrongStage


def name_manager(
    it: Conversation,
    at: datetime,
    name: str,
    mail: str,
    attending: Attending = Attending.UNSURE,
    key: PersonKey = NOBODY,
) -> Conversation:
    """The requester names another manager; `key` is whose the address is now, where that is known.

    Under the same address it is the same manager, who is not asked twice, unless it was handed to
    somebody else. Raises WrongStage once it is booked, and for the requester's own address."""
    _check(it, Act.NAME_MANAGER)
    new = _manager(it, name, mail, it.requester.id, attending, key)
    if new.is_also(it.manager):
        return _put_right(it, name, attending)
    return replace(it, at, it.manager.id, new).move(Act.NAME_MANAGER, at)


def hand_to_deputy(
    it: Conversation, at: datetime, name: str, mail: str, key: PersonKey = NOBODY
) -> Conversation:
    """The manager asks a deputy to decide, and is out of it; `key` is whose the address is now,
    where that is known. Raises WrongStage once answered."""
    _check(it, Act.DEPUTY)
    new = _manager(it, name, mail, it.manager.id, key=key)
    if new.is_also(it.manager):
        raise WrongStage(it.id, Act.DEPUTY, it.stage)
    return replace(it, at, it.manager.id, new).move(Act.DEPUTY, at)


def former_managers(it: Conversation) -> tuple[tuple[Participant, Participant], ...]:
    """Those who were the manager, each with the one who came after them.

    A new one joins at the end of the list, and only the last has not left.
    """
    managers = [one for one in it.people if one.part is Part.MANAGER]
    return tuple(pairwise(managers))


def handed_by(it: Conversation, manager: Participant) -> Participant | None:
    """The manager whose deputy this one is; None where the requester named them."""
    found = it.person(manager.named_by) if manager.named_by else None
    return found if found is not None and found.part is Part.MANAGER else None


def _manager(
    it: Conversation,
    name: str,
    mail: str,
    by: str,
    attending: Attending = Attending.UNSURE,
    key: PersonKey = NOBODY,
) -> Participant:
    agency = it.request.agency
    return Participant(
        id="", part=Part.MANAGER, name=name, mail=mail, agency=agency, attending=attending,
        named_by=by, key=key,
    )  # fmt: skip


def _put_right(it: Conversation, name: str, attending: Attending) -> Conversation:
    update = {"name": name, "attending": attending}
    return it.with_(
        people=tuple(
            one.model_copy(update=update) if one.id == it.manager.id else one for one in it.people
        )
    )


def _check(it: Conversation, act: Act) -> None:
    if not it.allows(act):
        raise WrongStage(it.id, act, it.stage)
