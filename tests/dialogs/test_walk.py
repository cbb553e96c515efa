"""The pathway from request to outcome, without an edge."""

from typing import Any

from cards.wording import wording
from records.conversation.snapshot import read_file
from records.stages import Stage


async def test_the_pathway_runs_from_request_to_outcome(house: Any, story: dict[str, str]) -> None:
    key = await house.held()
    for who in ("priya", "nia", "pat"):
        assert wording.Q_SCALE in house.shown(who)
    await house.tap("priya", "6 out of 10")
    assert "Your 6 counts." in house.shown("priya")
    await house.tap("priya", "Next", happened="We listened.", learning="Roles.")
    await house.tap("priya", "Next", difference_you="Calmer.", difference_child="Hope.")
    await house.tap("priya", "Send", possibility="More time.", may_quote="yes")
    assert "Thank you for your feedback" in house.shown("priya")
    await house.tap("pat", "10 out of 10")
    sent = await house.skip(days=2, minutes=15)
    assert sent == 1
    assert "A short reminder" in house.shown("nia")
    await house.tap("nia", "0 out of 10")
    assert "Your 0 counts: say what you can, or skip." in house.shown("nia")
    assert await house.skip(weeks=8) == 1
    assert "Eight weeks have passed." in house.shown("priya")
    assert story["hope_child"] not in house.shown("priya")
    await house.tap("priya", "See what was hoped for")
    assert story["hope_child"] in house.shown("priya")
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "See what was hoped for")
    assert story["hope_you"] in house.shown("priya")
    await house.tap("priya", "Next", outcome_you="I ask earlier.")
    await house.tap("priya", "Send")
    file = await read_file(house.store, key)
    assert file is not None
    assert file.conversation.stage is Stage.COMPLETE
    assert file.answers_of("request", "requester").texts == story
    assert file.answers_of("feedback", "requester").texts == {
        "happened": "We listened.",
        "learning": "Roles.",
        "difference_you": "Calmer.",
        "difference_child": "Hope.",
        "possibility": "More time.",
    }
    assert file.answers_of("feedback", "other1").scale == 10
    assert file.answers_of("outcome", "lead").texts["outcome_you"] == "I ask earlier."
