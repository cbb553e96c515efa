"""A record without one person: wherever it names them, it names *a person*."""

from collections.abc import Callable, Iterator
from functools import partial

from records.conversation.conversation import Booking, Conversation
from records.people import NOBODY, Participant, PersonKey
from records.retention.scrubbing import A_PERSON, NOBODYS
from records.rights.names_out import Replace

IsThem = Callable[[Participant], bool]


def named(it: Conversation) -> Iterator[Participant]:
    """Everybody a record names, in whatever place."""
    yield from it.people
    yield from it.told
    yield from it.practice_team
    yield from it.changes.called
    yield from (one.asked for one in it.changes.seconds)
    yield from it.reading.readers
    if it.team_lead is not None:
        yield it.team_lead


def places_of(it: Conversation, is_them: IsThem) -> tuple[str, ...]:
    """The ids of every place that is theirs, the first one first."""
    return tuple(dict.fromkeys(one.id for one in named(it) if is_them(one)))


def is_in_its_way(it: Conversation, is_them: IsThem) -> bool:
    """Whether something is under way that needs them in a place of theirs."""
    return any(is_them(one) for one in it.present)


def without_them(
    it: Conversation, is_them: IsThem, keys: frozenset[PersonKey], replace: Replace
) -> Conversation:
    """The record with *a person* in each of their places, of the agency that was said; the same one
    where they have none. `keys` are theirs, also former ones; `replace` takes names out of texts.
    """
    ids = places_of(it, is_them)
    if not ids:
        return it
    # One key for all of them: two places of one person go on counting once.
    key = PersonKey(f"{NOBODYS}{ids[0]}")

    def one(there: Participant) -> Participant:
        return _nameless(there, key) if is_them(there) else there

    requests = it.people and any(one.id in ids for one in (it.requester,))
    changes = it.changes.model_copy(
        update={
            "called": tuple(map(one, it.changes.called)),
            "seconds": tuple(
                second.model_copy(update={"asked": one(second.asked)})
                for second in it.changes.seconds
            ),
        }
    )
    rulings = tuple(
        ruling.model_copy(update={"ruled_by": NOBODY}) if ruling.ruled_by in keys else ruling
        for ruling in it.rulings
    )
    place = partial(_place, replace=replace)
    return it.with_(
        people=tuple(map(one, it.people)),
        told=tuple(map(one, it.told)),
        practice_team=tuple(map(one, it.practice_team)),
        team_lead=one(it.team_lead) if it.team_lead else None,
        reading=it.reading.model_copy(update={"readers": tuple(map(one, it.reading.readers))}),
        changes=changes,
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
