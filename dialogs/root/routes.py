"""The map: what each tap and each typed command does, each flow and each kind of file.

Every topic exports its own routes, with the right that each one needs; here they are put together.
"""

from collections.abc import Mapping
from typing import Final

from cards.home import stopped
from cards.practice import mark
from cards.wording import wording
from dialogs import board, home, numbers, on_paper
from dialogs.booking import pick_up
from dialogs.booking.booking import BookingFlow, MovingFlow
from dialogs.changes import (
    amending,
    concern,
    correcting,
    handing_over,
    happening,
    menu,
    people_change,
    restricting,
    review,
    ringing,
    second,
    stopping,
)
from dialogs.changes.amending import AMEND
from dialogs.changes.concern import ConcernFlow
from dialogs.changes.correcting import CORRECT
from dialogs.changes.people_change import SomeoneElseFlow
from dialogs.changes.review import ReviewDayFlow, ReviewFlow
from dialogs.day import pack, took_place
from dialogs.day.took_place import TookPlaceFlow
from dialogs.evaluation import collating, evaluation, quoting
from dialogs.feedback import feedback, outcome, reading
from dialogs.feedback.feedback import FEEDBACK
from dialogs.feedback.outcome import OUTCOME
from dialogs.files import download
from dialogs.files.files import Kinds
from dialogs.flow import routes as flow_routes
from dialogs.flow.flow import Flow, InFlow
from dialogs.learning import document, sharing, typing_up, upload
from dialogs.learning.learning import LEARNING
from dialogs.learning.sharing import PassedOnFlow
from dialogs.manager import agreement, naming, waiting
from dialogs.manager.agreement import NotThisRouteFlow, TalkFirstFlow
from dialogs.manager.naming import AnotherManagerFlow, DeputyFlow
from dialogs.preparation import coming, preparation, taking_part, telling
from dialogs.preparation.coming import OTHER_TIME
from dialogs.preparation.right_person import RIGHT_PERSON
from dialogs.preparation.taking_part import TAKING_PART
from dialogs.preparation.telling import NotSafeFlow, SomeMayKnowFlow, WillBeToldFlow, WishesFlow
from dialogs.request import request
from dialogs.request.request import REHEARSED, REQUEST
from dialogs.rights import my_data
from dialogs.rights.my_data import RECTIFY
from dialogs.root import back, typed_text
from dialogs.root.typed_text import TypedText
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, by_verb, by_word

FILES: Final[Kinds] = {
    **preparation.FILES,
    **pack.FILES,
    **document.FILES,
    **on_paper.FILES,
    **evaluation.FILES,
}
"""Each kind of file; a link or a card's button names one, and the right is asked again."""


async def _stop(context: Context, data: Data) -> Reply:
    """Somebody is at risk now: the request goes no further, and what to do is said."""
    flow = data.text("flow")
    card = stopped(amends=flow == AMEND.name, practice=flow == REHEARSED.name)
    if flow == REHEARSED.name:
        return Reply(*mark(card, wording.RISK_STOPPED))
    return Reply(card, wording.RISK_STOPPED)


async def _file(context: Context, data: Data) -> Reply:
    return await download.get(context, FILES, data.text("kind"), data.conversation)


async def _pack(context: Context) -> Reply:
    return await pack.wanted(context, FILES)


FLOWS: Final[Mapping[str, Flow]] = {
    flow.name: flow
    for flow in (
        REQUEST,
        REHEARSED,
        AMEND,
        TalkFirstFlow(),
        NotThisRouteFlow(),
        DeputyFlow(),
        AnotherManagerFlow(),
        BookingFlow(),
        MovingFlow(),
        WillBeToldFlow(),
        WishesFlow(),
        NotSafeFlow(),
        SomeMayKnowFlow(),
        RIGHT_PERSON,
        OTHER_TIME,
        TAKING_PART,
        TookPlaceFlow(),
        FEEDBACK,
        LEARNING,
        PassedOnFlow(),
        OUTCOME,
        SomeoneElseFlow(),
        ConcernFlow(),
        CORRECT,
        ReviewFlow(),
        ReviewDayFlow(),
        RECTIFY,
    )
}
"""Every flow there is, by name."""

TYPED: Final = TypedText(FLOWS)
EVERY: Final[tuple[Route | Plain | InFlow, ...]] = (
    Plain("flow.stop", _stop),
    Plain(download.GET, _file),
    *flow_routes.ROUTES,
    *home.ROUTES,
    *request.ROUTES,
    *amending.ROUTES,
    *agreement.ROUTES,
    *naming.ROUTES,
    *waiting.ROUTES,
    *pick_up.ROUTES,
    *preparation.ROUTES,
    *telling.ROUTES,
    *coming.ROUTES,
    *taking_part.ROUTES,
    *took_place.ROUTES,
    *feedback.ROUTES,
    *outcome.ROUTES,
    *reading.ROUTES,
    *typing_up.ROUTES,
    *sharing.ROUTES,
    *upload.ROUTES,
    *menu.ROUTES,
    *handing_over.ROUTES,
    *second.ROUTES,
    *restricting.ROUTES,
    *stopping.ROUTES,
    *ringing.ROUTES,
    *happening.ROUTES,
    *correcting.ROUTES,
    *concern.ROUTES,
    *review.ROUTES,
    *board.ROUTES,
    *evaluation.ROUTES,
    *quoting.ROUTES,
    *collating.ROUTES,
    *my_data.ROUTES,
    Plain("typed.use", TYPED.use),
    Plain("typed.drop", typed_text.drop),
    Plain("typed.back", back.show),
)
TAPS: Final[Mapping[str, Route | Plain | InFlow]] = by_verb(EVERY)
"""What each tap does."""

COMMANDS: Final[Mapping[str, Command]] = by_word(
    (
        *home.COMMANDS,
        *request.COMMANDS,
        *pick_up.COMMANDS,
        *typing_up.COMMANDS,
        *menu.COMMANDS,
        *people_change.COMMANDS,
        *numbers.COMMANDS,
        *happening.COMMANDS,
        *board.COMMANDS,
        *evaluation.COMMANDS,
        *collating.COMMANDS,
        *my_data.COMMANDS,
        Command(("cancel", "stop"), TYPED.cancel),
        Command(("pack",), _pack),
    )
)
"""What can be typed at any time, in any flow, without losing the draft."""
SPOKEN: Final = (*menu.SPOKEN, *numbers.SPOKEN)
"""The same with something of its own in it."""
