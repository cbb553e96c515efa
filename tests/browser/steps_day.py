"""The day itself: who came, the feedback, and the one prompt."""

import invented
from invented import SCALE_Q
from journeys import Journey, fixed, people_to_tick, tile

from cards.wording import wording as w

FEEDBACK = "answer-feedback-"


async def the_day_comes_and_feedback_goes_out(journey: Journey) -> None:
    """The closing card comes by itself; everybody who has a window came."""
    facilitator, closing = journey.facilitator, fixed(w.CLOSING_WHY)
    await journey.skip("skip 1 day", "Wednesday 3 February 2027, ")
    await journey.skip("skip 125 minutes", "Wednesday 3 February 2027, 1")
    await facilitator.wait_for_message(closing)
    await journey.picture(facilitator, "closing", within=closing)
    await facilitator.click(w.CLOSING, within=closing)
    await facilitator.wait_for_message(w.CAME_TITLE)
    present = [one for one in journey.coming if one.key in journey.windows]
    came = people_to_tick(*present)
    await facilitator.choose(w.CAME_LABEL, *came, within=w.CAME_TITLE)
    await journey.picture(facilitator, "who-came", within=w.CAME_TITLE)
    await facilitator.click(w.CAME_SEND, within=w.CAME_TITLE)
    await facilitator.wait_for_message(fixed(w.CAME_DONE))
    await journey.picture(facilitator, "feedback-on-its-way", within=fixed(w.CAME_DONE))
    for one in present:
        await journey.windows[one.key].wait_for_card(SCALE_Q)
    await journey.picture(journey.practitioner, "feedback-scale")


async def two_answer_and_one_is_prompted(journey: Journey) -> None:
    """The practitioner says everything, the police officer taps once, the manager is silent."""
    await everything_is_said(journey)
    partner = journey.partner
    await partner.tap_tile(tile(10))
    await partner.wait_for_card(w.YOU_CHOSE_END.format(number=10))
    journey.remember(partner, SCALE_Q, "10", f"{FEEDBACK}other1/scale", 10)
    await journey.picture(partner, "feedback-at-the-end-of-the-scale")

    before = await journey.counts()
    await journey.skip("skip 2 days", "Friday 5 February 2027, 1")
    await journey.manager.wait_for_card(fixed(w.FEEDBACK_PROMPT))
    for window in (journey.practitioner, journey.partner, journey.manager):
        await window.wait_for_answer("help")
    await journey.picture(journey.partner, "help")
    # One answer to "skip" or to "help" in each window, and one prompt, for the manager.
    assert await journey.counts() == {
        key: count + (2 if key == "manager" else 1) for key, count in before.items()
    }
    found = await journey.kept()
    prompted = {one["to"]: one["state"] for one in found.prompts("feedback-prompt")}
    assert prompted == {"manager": "sent", "requester": "cancelled", "other1": "cancelled"}
    await the_prompted_one_answers(journey)


async def everything_is_said(journey: Journey) -> None:
    """The practitioner's feedback, all four cards."""
    me, texts = journey.practitioner, f"{FEEDBACK}requester/texts"
    await me.tap_tile(tile(6))
    await me.wait_for_card(w.YOU_CHOSE.format(number=6))
    journey.remember(me, SCALE_Q, "6", f"{FEEDBACK}requester/scale", 6)
    for name, answers in (
        ("happened", ("happened", "learning")),
        ("difference", ("difference_you", "difference_child", "together")),
    ):
        for field in answers:
            question = getattr(invented, f"{field.upper()}_Q")
            text = getattr(invented, field.upper())
            await journey.type_into(me, question, text, f"{texts}/{field}")
        await journey.picture(me, f"feedback-{name}")
        await me.click(w.NEXT)
    await me.wait_for_card(w.FEEDBACK_ELSE_TITLE)
    await journey.type_into(
        me, invented.POSSIBILITY_Q, invented.POSSIBILITY, f"{texts}/possibility"
    )
    await me.choose(w.MAY_QUOTE, dict(w.MAY_QUOTE_CHOICES)["yes"])
    journey.remember(me, w.MAY_QUOTE, "yes", f"{FEEDBACK}requester/may_quote", True)
    await journey.picture(me, "feedback-else")
    await me.click(w.SEND)
    await me.wait_for_card(fixed(w.FEEDBACK_DONE))
    await journey.picture(me, "feedback-thanks")


async def the_prompted_one_answers(journey: Journey) -> None:
    """The manager answers the prompt: a number, one text, the rest skipped."""
    manager, prompt = journey.manager, fixed(w.FEEDBACK_PROMPT)
    await journey.picture(manager, "feedback-prompt", within=prompt)
    await manager.tap_tile(tile(8), within=prompt)
    await manager.wait_for_message(w.YOU_CHOSE.format(number=8))
    journey.remember(manager, SCALE_Q, "8", f"{FEEDBACK}manager/scale", 8)
    await journey.type_into(
        manager,
        invented.HAPPENED_Q,
        invented.MANAGER_HAPPENED,
        f"{FEEDBACK}manager/texts/happened",
        within=w.YOU_CHOSE.format(number=8),
    )
    await manager.click(w.NEXT, within=w.FEEDBACK_HAPPENED_TITLE)
    await manager.click(w.NEXT, within=w.FEEDBACK_DIFFERENCE_TITLE)
    await manager.click(w.SEND, within=w.FEEDBACK_ELSE_TITLE)
    await manager.wait_for_message(fixed(w.FEEDBACK_DONE))
