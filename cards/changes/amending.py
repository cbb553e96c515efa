"""The requester changes the request: the whole of it with Change beside each answer, and who hears.

Source: pathway, step 1; that it can be changed is added.
"""

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, build, heading, line, small, with_warning_first
from cards.kit.notes import note, receipt
from cards.kit.page import Page, notice
from cards.kit.who import facilitates
from cards.manager.agreement import agreed_title, asked, manager_card, summary
from cards.request.check import fitting, seen_check
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.stages import Stage


def check(page: Page) -> Card:
    """Everything as it would be, what was changed marked in words, then Save."""
    return fitting(page, lambda rows: _check(page, rows))


def _check(page: Page, rows: list[CardElement]) -> Card:
    place = {"flow": page.flow, "conversation": page.conversation}
    return build(
        [
            small(wording.AMEND_KICKER.format(reference=page.fact("reference"))),
            heading(wording.AMEND_TITLE),
            *notice(page),
            small(wording.AMEND_INTRO),
            *rows,
            small(seen_check(page), gap=True),
        ],
        [
            act(wording.AMEND_SAVE, "flow.send", page.data, primary=True),
            act(wording.AMEND_LEAVE, "amend.leave", place, inputs=False),
        ],
    )


def amend(it: Conversation) -> Action:
    """Change my answers."""
    return act(wording.AMEND, "flow.open", {"flow": "amend", "conversation": it.id})


def done(it: Conversation, *, stays: bool = False) -> Card:
    """The requester's receipt: who hears of it; and that few may know of it still, where that
    `stays` though they took it back."""
    leads = facilitates(it)
    told = wording.AMEND_DONE_MANAGER if it.stage is Stage.REQUESTED else wording.AMEND_DONE_HOLDS
    if it.stage is Stage.REQUESTED and it.amended and it.amended[-1].manager != it.manager.id:
        told = wording.AMEND_DONE_ASKED
    too = wording.AMEND_DONE_FACILITATOR
    return receipt(
        wording.AMEND_DONE.format(reference=it.reference),
        told.format(name=it.manager.name),
        too.format(name=leads.name) if leads else "",
        wording.FEW_STAYS if stays else "",
    )


def amended(it: Conversation, *, to_manager: bool) -> Card:
    """Whoever has it before them: the manager who is asked is asked again, the others have a way
    to it."""
    title = wording.AMENDED.format(name=it.requester.name, reference=it.reference)
    if to_manager and it.stage is Stage.REQUESTED:
        return asked(it, why=title, what=wording.AMENDED_MANAGER)
    verb = "manager.see" if to_manager else "pickup.see"
    see = act(wording.AMENDED_SEE, verb, {"conversation": it.id}, primary=True)
    holds = wording.AMENDED_AGREED if to_manager else ""
    return note(title, holds, actions=[see], typed_title=True)


def look_again(it: Conversation, story: Answers) -> Card:
    """An answer to a request that has changed since: the request as it is now, and the question."""
    return with_warning_first(manager_card(it, story), wording.AMENDED_SINCE)


def request_now(it: Conversation, story: Answers) -> Card:
    """The request as it is, for the manager; and that they agreed to it, where it was they."""
    here, decided = it.manager.joined, it.decided_at
    theirs = decided is not None and (here is None or here < decided)
    return build(
        [
            line(wording.AMEND_KICKER_MANAGER.format(reference=it.reference), title=True),
            *([line(agreed_title(it))] if theirs else []),
            *summary(it, story),
            small(wording.NOBODY_WATCHES, gap=True),
        ]
    )
