"""How far each is before the conversation, for its facilitator."""

from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards.booking.who_comes import agencies, by_agency, ready_line
from cards.kit.elements import Card, act, build, heading, line, para
from cards.kit.people import named
from cards.preparation import family, taking_part, telling
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.people import Participant
from records.preparation.coming import stays_away, wants_another
from records.preparation.preparing import attendees, readiness_of, still_open


def far(it: Conversation, zone: ZoneInfo, because: Answers, *, me: str) -> Card:
    """How far everybody is, who accepted the agreement, and the own part of the facilitator who
    looks (`me`)."""
    data = {"conversation": it.id}
    helped = me == it.facilitator and any(_helped(it, one) for one in attendees(it))
    own = readiness_of(it, me).accepted is not None
    title = wording.AGREEMENT_AGAIN if own else wording.AGREEMENT_READ
    coming = it.booking.coming if it.booking else ()
    return build(
        [
            heading(wording.FAR_TITLE.format(reference=it.reference)),
            para(ready_line(it)),
            *(_person(it, one) for one in attendees(it)),
            line((f"{wording.FAR_ACCEPTED}: ",), _accepted(it)),
            line(
                (f"{family.whom(it, 'telling_facilitator', wording.TELLING_FACILITATOR)}: ",),
                telling.shown_to(it, zone),
            ),
            *telling.wishes_line(it),
            *telling.because(it, because),
            *agencies(by_agency(it.present, coming)),
            para(wording.AGREEMENT_DONE if own else wording.FAR_OWN_PART),
        ],
        [
            act(title, "prepare.agreement", data, primary=not own),
            *([taking_part.see(it)] if helped else []),
            act(wording.FAR_BACK, "pickup.see", data),
        ],
    )


def _person(it: Conversation, one: Participant) -> CardElement:
    name, agency = named(len(attendees(it)), one.name, one.agency)
    still = still_open(it, one.id)
    points = [family.whom(it, f"points-{point}", wording.POINTS[point]) for point in still]
    have = readiness_of(it, one.id)
    listed = ", ".join(points)
    text = wording.FAR_HAS.format(count=len(points), points=listed)
    if len(points) < 2:
        text = wording.FAR_HAS_ONE.format(points=listed) if points else wording.FAR_IS_READY
    if have.talks and have.accepted is None:
        text = f"{text}. {wording.TALKS}"
    if stays_away(it, one.id):
        text = wording.FAR_CANNOT
    elif wants_another(it, one.id):
        text = f"{text}. {wording.FAR_OTHER}"
    if _helped(it, one):
        text = f"{text}. {wording.FAR_HELP}"
    return line((name,), f" ({agency}) {text}" if agency else f" {text}")


def _helped(it: Conversation, one: Participant) -> bool:
    """Whether they wrote what would help them take part."""
    have = readiness_of(it, one.id).would_help
    return have is not None and have.there


def _accepted(it: Conversation) -> str:
    people = [one for one in attendees(it) if readiness_of(it, one.id).accepted is not None]
    names = [named(len(people), one.name)[0] for one in people]
    return "; ".join(names) or wording.FAR_NOBODY
