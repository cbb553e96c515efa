"""Where a card could do harm, on phones: what may be said to the family, who cannot come, and that
something has happened."""

from journeys import Journey, fixed

from cards.wording import wording as w
from records.conversation.readiness import Warned


async def some_may_know_and_others_must_not(journey: Journey) -> None:
    """The card begins with what may be said; the lead worker settles it, with words to say."""
    lead, partner, card = journey.practitioner, journey.partner, w.PREPARE_TITLE
    shown = await partner.text_of(card)
    assert shown.startswith(w.TELLING_WARNS[Warned.OPEN].split("{")[0]), shown[:200]
    assert "Let the child/family or person know" not in shown
    await journey.picture(partner, "open-with-the-family", within=card)
    await lead.click(w.TELLING_OPEN, within=card)
    await lead.click(w.SAY_OPEN, within=w.TELLING_WHY)
    await lead.wait_for_message(w.SAY_CHILD)
    await journey.picture(lead, "what-to-say", within=w.SAY_CHILD)
    await lead.click(w.BACK, within=w.SAY_CHILD)
    await lead.click(w.TELLING_SOME, within=w.TELLING_WHY)
    await journey.picture(lead, "some-may-know", within=w.TELLING_SOME_TITLE)
    await lead.click(w.TELLING_SAVE, within=w.TELLING_SOME_TITLE)
    warned = fixed(w.TELLING_WARNS[Warned.SOME])
    await partner.wait_for_message(warned)
    await journey.picture(partner, "some-may-know-told", within=warned)


async def one_cannot_come_and_says_so_by_a_tap(journey: Journey) -> None:
    """Asked who comes instead; nobody is told before that, and the way back is there."""
    partner = journey.partner
    await partner.click(w.PREPARE_SEE, within=fixed(w.TELLING_WARNS[Warned.SOME]))
    await partner.click(w.CANNOT, within=w.PREPARE_TICKS_OWN)
    await partner.wait_for_message(w.CANNOT_ASK)
    await journey.picture(partner, "cannot-come", within=w.CANNOT_ASK)
    await partner.click(w.PREPARE_BACK, within=w.CANNOT_ASK)
    await partner.wait_for_message(w.PREPARE_TICKS_OWN)


async def something_has_happened(journey: Journey) -> None:
    """One tap, nothing to write; the facilitator rings, and lets it go on."""
    lead, facilitator = journey.practitioner, journey.facilitator
    await lead.click(w.HAPPENED, within=w.PREPARE_TICKS_OWN)
    thanks = fixed(w.HAPPENED_DONE)
    await lead.wait_for_message(thanks)
    await journey.picture(lead, "something-has-happened", within=thanks)
    came = fixed(w.HAPPENED_CAME)
    await facilitator.wait_for_message(came)
    await journey.picture(facilitator, "please-ring", within=came)
    await facilitator.click(w.RANG_GO_ON, within=came)
    await facilitator.wait_for_message(fixed(w.RANG_DONE))
