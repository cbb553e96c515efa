"""On the day: We are closing, who came, or it didn't go ahead. Source: pathway, Timing."""

from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action
from pydantic import BeforeValidator, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cards.booking.booking import changed, closing_actions
from cards.booking.moving import off_title
from cards.kit.agencies import hint
from cards.kit.answers import AnswerModel, MailOptional, ShortOptional, chosen
from cards.kit.elements import Card, act, box, build, heading, para, small
from cards.kit.forms import ChoiceField, MailField, TextField
from cards.kit.notes import note, receipt
from cards.kit.page import Page, buttons, carried, inputs, kept_texts, notice
from cards.kit.people import Other, listed
from cards.kit.when import clock, moment
from cards.kit.who import to_ring
from cards.learning.learning import type_up
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.one_each import once


class TookPlace(AnswerModel):
    """Who came of those expected, who came instead of another, and whether it ended early."""

    others: tuple[Other, ...] = ()
    other_name: ShortOptional = ""
    other_agency: ShortOptional = ""
    other_mail: MailOptional = ""
    came: Annotated[tuple[str, ...], BeforeValidator(chosen)] = ()
    early: Literal["yes", ""] = ""

    @field_validator("came")
    @classmethod
    def _somebody(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        substitutes = info.data.get("others") or info.data.get("other_name")
        if not value and not substitutes:
            raise PydanticCustomError("nobody", "{sentence}", {"sentence": wording.CAME_NOBODY})
        return value


CAME_FIELDS: Final = (
    ChoiceField(
        "came",
        lambda: wording.CAME_LABEL,
        of="people",
        many=True,
        required=False,
        marked=False,
    ),
)
EARLY: Final = ChoiceField(
    "early", lambda: wording.ENDED_EARLY, lambda: (("yes", wording.ENDED_EARLY),), required=False
)
"""Drawn as a button that sends, beside the one that says nothing of it: no tap is more by it."""
SUBSTITUTE_FIELDS: Final = (
    TextField("other_name", lambda: wording.OTHER_NAME, long=False, required=False),
    TextField(
        "other_agency", lambda: wording.OTHER_AGENCY, long=False, required=False, placeholder=hint
    ),
    MailField("other_mail", lambda: wording.OTHER_MAIL, required=False),
)


def took_place(page: Page) -> Card:
    """Tick who came, add substitutes; the feedback card goes out at once."""
    fields = (*CAME_FIELDS, *SUBSTITUTE_FIELDS)
    send, *rest = buttons(page, fields, wording.CAME_SEND)
    return build(
        [
            *([] if page.away else [small(page.fact("reference"))]),
            heading(wording.CAME_TITLE),
            *notice(page),
            small(wording.CAME_SEEN),
            *([small(wording.CAME_TICKED)] if page.away else inputs(page, CAME_FIELDS)),
            para(wording.CAME_SUBSTITUTE, bold=True),
            *listed(page, fields),
            *inputs(page, SUBSTITUTE_FIELDS),
            *kept_texts(page, SUBSTITUTE_FIELDS),
            small(wording.ENDED_EARLY_HOW, gap=True),
            small(wording.SAVED),
        ],
        [
            send,
            act(wording.ENDED_EARLY, "flow.next", {**carried(page, fields), EARLY.id: "yes"}),
            act(wording.ADD_ANOTHER, "flow.add", carried(page, fields)),
            *rest,
        ],
    )


def closing(it: Conversation, zone: ZoneInfo) -> Card:
    """The facilitator's card in the last minutes, with what to read aloud; or later, where they had
    met already: then nobody sits there any more."""
    if it.booking and it.met_before:
        when = moment(it.booking.start, zone)
        met = wording.CLOSING_MET.format(reference=it.reference, when=when)
        return note(met, actions=closing_actions(it))
    end = clock(it.booking.end, zone) if it.booking else ""
    text = wording.CLOSING_WHY.format(reference=it.reference, time=end)
    aloud = [small(wording.BEFORE_FINISH_ALOUD), box([para(wording.BEFORE_FINISH)])]
    return note(text, extra=aloud, actions=closing_actions(it))


def too_early(it: Conversation, zone: ZoneInfo) -> Card:
    """Closing before it began is a slip of the finger."""
    start = moment(it.booking.start, zone) if it.booking else ""
    title = wording.TOO_EARLY.format(when=start, reference=it.reference)
    return note(title, actions=closing_actions(it))


def done(it: Conversation, zone: ZoneInfo) -> Card:
    """The facilitator's receipt, and from when everything counts where it ended early."""
    came = [it.person(who) for who in once(it, it.held.came)] if it.held else []
    away = {one.who for one in it.unreached if one.still}
    missed = [to_ring(one) for one in came if one is not None and one.id in away]
    count = len(came) - len(missed)
    text = wording.CAME_DONE_NEXT if count != 1 else wording.CAME_DONE_ONE
    return receipt(
        wording.CAME_DONE.format(reference=it.reference),
        text.format(count=count),
        wording.CAME_NOT_REACHED.format(names=", ".join(missed)) if missed else "",
        *_early(it, zone),
        actions=[type_up(it), changed(it)],
    )


def _early(it: Conversation, zone: ZoneInfo) -> tuple[str, ...]:
    if it.held is None or not it.held.early or it.booking is None:
        return ()
    text = wording.ENDED_EARLY_DONE.format(when=moment(it.booking.end, zone))
    return (text, wording.ENDED_EARLY_NEXT)


def not_ahead(it: Conversation) -> Card:
    """Rebook, or end."""
    data = {"conversation": it.id}
    return note(
        wording.NOT_AHEAD_TITLE.format(reference=it.reference),
        wording.NOT_AHEAD_ASK,
        actions=[
            act(wording.REBOOK, "held.rebook", data, primary=True),
            act(wording.END_IT, "held.end", data),
        ],
    )


def rebooked(it: Conversation) -> Card:
    """A new date is to be found; everyone is told."""
    data = {"flow": "booking", "conversation": it.id}
    return receipt(
        off_title(it),
        wording.REBOOKED,
        actions=[act(wording.BOOK_NOW, "flow.open", data, primary=True)],
    )


def ended(it: Conversation) -> Card:
    """The facilitator's receipt after ending it."""
    return receipt(wording.ENDED_TITLE.format(reference=it.reference), wording.ENDED_NEXT)


def doubted(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """Somebody says it did not go ahead: the facilitator decides."""
    person = it.person(who)
    when = moment(it.booking.start, zone) if it.booking else ""
    name = person.name if person else wording.SOMEBODY
    actions: list[Action] = [
        act(wording.TOOK_PLACE, "flow.open", {"flow": "took-place", "conversation": it.id}),
        act(wording.NOT_AHEAD, "held.not-ahead", {"conversation": it.id}),
    ]
    text = wording.DOUBTED.format(name=name, reference=it.reference, when=when)
    return note(text, actions=actions, typed_title=True)
