"""Weeks later: a concern about professional practice, the review, and the difference made."""

import invented
import kept
from journeys import Journey, fixed
from steps_document import REVIEW_ON

from bot.demo.personas import FACILITATOR, MANAGER, PRACTITIONER
from cards.wording import wording as w
from records.stages import Act

OUTCOME = "answer-outcome-lead"
MOVED = dict(w.REVIEW_CHOICES)["moved"]


async def a_manager_is_asked_to_ring(journey: Journey) -> None:
    """About professional practice: somebody is to ring, and nothing of it is asked or kept."""
    me, manager = journey.facilitator, journey.manager
    before = await journey.kept()
    await me.say("my conversations")
    await me.wait_for_card(w.FACILITATING_TITLE)
    await me.click(w.OPEN_ONE.format(reference=before.conversation["reference"]))
    await me.click(w.CHANGED)
    await me.wait_for_card(w.CHANGED_REST)
    await journey.picture(me, "changed")
    await me.click(w.CONCERN)
    await me.click(w.BACK_TO_IT)
    await me.click(w.CHANGED)
    await me.click(w.CONCERN)
    await me.wait_for_card(w.CONCERN_ABOUT)
    await me.choose(w.CONCERN_ABOUT, f"{PRACTITIONER.name} ({PRACTITIONER.agency})")
    await journey.picture(me, "concern-whose")
    await me.click(w.NEXT)
    await me.wait_for_card(w.CONCERN_TITLE)
    assert await me.value_of(w.CONCERN_NAME) == MANAGER.name
    assert await me.value_of(w.CONCERN_MAIL) == MANAGER.mail
    await journey.picture(me, "concern")
    await me.click(w.CONCERN_SEND)
    await me.wait_for_card(w.CONCERN_SENT.format(name=MANAGER.name))
    await journey.picture(me, "concern-sent")
    shown = await manager.wait_for_card(w.CONCERN_CAME.format(name=FACILITATOR.name))
    assert w.CONCERN_CAME_NEXT in shown
    assert w.URGENT[0] in shown
    assert str(before.conversation["reference"]) not in shown
    assert PRACTITIONER.name not in shown
    await journey.picture(manager, "please-ring")
    await nothing_of_it_is_kept(journey, set(before.rows))


async def nothing_of_it_is_kept(journey: Journey, before: set[str]) -> None:
    """Who is asked to ring, the message itself, and a line in the audit trail: no more."""
    found = await journey.kept()
    called = found.at("conversation/changes/called")
    assert isinstance(called, list)
    (one,) = called
    filled = {name: value for name, value in one.items() if value}
    assert set(filled) <= {"id", "key", "part", "attending", "name", "mail", "joined"}
    assert (one["name"], one["mail"]) == (MANAGER.name, MANAGER.mail)
    fresh = {key: row for key, row in found.rows.items() if key not in before}
    assert sorted(key.split("-")[0] for key in fresh) == ["audit", "prompt"]
    (line,) = (row for key, row in fresh.items() if key.startswith("audit"))
    assert line["act"] == Act.CONCERN
    assert PRACTITIONER.name not in str(fresh)
    drafts = await kept.drafts(journey.demo.tables_connection_string)
    assert not any("concern" in one for one in drafts)


async def they_look_at_it_again(journey: Journey) -> None:
    """On the day that was agreed, with what was agreed; lead worker and facilitator are asked."""
    lead, me = journey.practitioner, journey.facilitator
    await journey.skip("skip 3 weeks", f"Friday {REVIEW_ON.day} March 2027, 1")
    for window in (lead, me):
        await window.wait_for_message(w.DOOR_REVIEW)
        await window.click(w.DOOR_REVIEW, within=w.REVIEW_TITLE)
        await window.wait_for_message(w.REVIEW_SAID_LABEL)
        shown = await window.text_of(w.REVIEW_TITLE)
        for text in ("towards/text", "agreed/text", "review/how"):
            assert all(line in shown for line in invented.DOCUMENT[text].splitlines())
    await journey.picture(lead, "review", within=w.REVIEW_TITLE)
    await lead.choose(w.REVIEW_SAID_LABEL, MOVED, within=w.REVIEW_TITLE)
    await journey.type_into(
        lead,
        w.REVIEW_WORDS,
        invented.REVIEWED,
        f"answer-review-requester-{REVIEW_ON.isoformat()}/texts/words",
        within=w.REVIEW_TITLE,
    )
    await lead.click(w.SEND, within=w.REVIEW_TITLE)
    await lead.wait_for_message(fixed(w.REVIEW_DONE))
    await journey.picture(lead, "review-done", within=fixed(w.REVIEW_DONE))
    came = w.REVIEW_CAME.split("{reference}")[0].format(name=PRACTITIONER.name)
    await me.wait_for_message(came)
    assert invented.REVIEWED not in await me.text_of(came)
    await me.click(w.DOOR_WORDS, within=came)
    await me.wait_for_message(invented.REVIEWED)
    assert invented.REVIEWED in await me.text_of(came)
    await journey.picture(me, "review-came", within=came)
    await me.choose(w.REVIEW_SAID_LABEL, MOVED, within=w.REVIEW_TITLE)
    await me.click(w.SEND, within=w.REVIEW_TITLE)
    await me.wait_for_message(fixed(w.REVIEW_DONE))
    said = (await journey.kept()).at("conversation/changes/reviewed")
    assert isinstance(said, list)
    assert [one["said"] for one in said] == ["moved", "moved"]


async def eight_weeks_on(journey: Journey) -> None:
    """The outcome card comes for the lead worker alone."""
    me, before = journey.practitioner, await journey.counts()
    await journey.skip("skip 4 weeks", "Friday 2 April 2027, 1")
    await me.wait_for_card(fixed(w.OUTCOME_WHY))
    for window in (journey.manager, journey.partner):
        await window.wait_for_answer("help")
    assert await journey.counts() == {key: count + 1 for key, count in before.items()}
    await me.wait_for_card(invented.OUTCOME_CHILD_Q)
    await journey.picture(me, "outcome-closed")
    await me.click(w.HOPES_SEE)
    await me.wait_for_card(w.HOPED)
    await journey.type_into(
        me, invented.OUTCOME_CHILD_Q, invented.OUTCOME_CHILD, f"{OUTCOME}/texts/outcome_child"
    )
    await journey.picture(me, "outcome-child")
    await me.click(w.NEXT)
    await me.wait_for_card(w.OUTCOME_YOU_TITLE)
    await journey.type_into(
        me, invented.OUTCOME_YOU_Q, invented.OUTCOME_YOU, f"{OUTCOME}/texts/outcome_you"
    )
    quoted = dict(w.MAY_QUOTE_CHOICES)["yes"]
    await me.choose(w.MAY_QUOTE_OUTCOME, quoted)
    journey.remember(me, w.MAY_QUOTE_OUTCOME, "yes", f"{OUTCOME}/may_quote", True)
    await journey.picture(me, "outcome-you")
    await me.click(w.NEXT)
    await me.wait_for_card(w.CHECK_TITLE)
    assert quoted in await me.last_card()
    await journey.picture(me, "outcome-check")
    await me.click(w.SEND)
    await me.wait_for_card(fixed(w.OUTCOME_DONE))
    await journey.picture(me, "outcome-thanks")
