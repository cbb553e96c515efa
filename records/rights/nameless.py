"""A record without one person: wherever it names them, it names *a person*."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from records.changes.restricting import gatekeepers, vacant
from records.conversation.binding import everybody, with_each
from records.conversation.conversation import Booking, Conversation
from records.people import NOBODY, Participant, PersonKey
from records.retention.scrubbing import A_PERSON, NOBODYS
from records.rights.names_out import Replace, hiding

THIS_ONE: Final = "this conversation"
"""What stands for its reference."""
IsThem = Callable[[Participant], bool]


def hiding_all(it: Conversation) -> Replace:
    """Takes everybody whom a record names out of a text, also by a part of their name, and what it
    is called. A name that is nobody's own, as the settings call somebody, is none."""
    own = (*it.people, *it.told, *it.changes.called)
    every = (*own, *(one for one in everybody(it) if one.key))
    names = hiding((one.name for one in every), (one.mail for one in every))
    reference = re.compile(re.escape(it.reference), re.IGNORECASE)
    return lambda text: reference.sub(THIS_ONE, names(text))


def places_of(it: Conversation, is_them: IsThem) -> tuple[str, ...]:
    """The ids of every place that is theirs, the first one first."""
    return tuple(dict.fromkeys(one.id for one in everybody(it) if is_them(one)))


def is_in_its_way(it: Conversation, is_them: IsThem) -> bool:
    """Whether something is under way that needs them in a place of theirs, or their answer: as a
    gatekeeper while a facilitator is wanted, or as whoever is asked to facilitate."""
    here, second = it.changes.restricted, it.changes.asked_second
    waits = here.waits_for if here is not None else None
    asked = [one.asked for one in (waits, second) if one is not None]
    keepers = gatekeepers(it) if vacant(it) is not None else ()
    return any(is_them(one) for one in (*it.present, *asked, *keepers))


def without_them(
    it: Conversation, is_them: IsThem, keys: frozenset[PersonKey], replace: Replace
) -> Conversation:
    """The record with *a person* in each of their places, of the agency that was said.

    The same one where they have none, and said nothing of what may be quoted. `keys` are theirs,
    also former ones; `replace` takes names out of texts.
    """
    ids = places_of(it, is_them)
    rulings = tuple(
        ruling.model_copy(update={"ruled_by": NOBODY}) if ruling.ruled_by in keys else ruling
        for ruling in it.rulings
    )
    if not ids:
        return it if rulings == it.rulings else it.with_(rulings=rulings)
    # One key for all of them: two places of one person go on counting once.
    key = PersonKey(f"{NOBODYS}{ids[0]}")

    def one(there: Participant) -> Participant:
        return _nameless(there, key) if is_them(there) else there

    requests = it.people and any(one.id in ids for one in (it.requester,))
    place = partial(_place, replace=replace)
    return with_each(it, one).with_(
        rulings=rulings,
        request=it.request.model_copy(update={"team": ""}) if requests else it.request,
        booking=place(it.booking),
        missed=place(it.missed),
    )


def _nameless(one: Participant, key: PersonKey) -> Participant:
    return Participant(
        id=one.id,
        part=one.part,
        name=A_PERSON,
        agency=one.agency,
        attending=one.attending,
        key=key,
        left=one.left,
        joined=one.joined,
        named_by=one.named_by,
    )


def _place(booking: Booking | None, replace: Replace) -> Booking | None:
    return booking.model_copy(update={"place": replace(booking.place)}) if booking else None
