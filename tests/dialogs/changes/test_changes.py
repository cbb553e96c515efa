"""What others hear when plans change late."""

from datetime import datetime
from typing import Any


async def test_a_doubt_after_somebody_said_yes_still_reaches_the_facilitator(house: Any) -> None:
    await house.booked()
    house.at = datetime.fromisoformat("2027-02-04T09:00:00+00:00")
    await house.sweep.run()
    await house.tap("nia", "Yes")
    await house.tap("pat", "It didn't go ahead")
    assert "Thank you. Fay Larsen is asked about LC-" in house.shown("pat")
    assert "Pat Reed says that" in house.shown("fay")


async def test_those_told_of_a_missed_date_hear_of_a_withdrawal(house: Any) -> None:
    await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    assert "is called off" in house.shown("nia")
    await house.say("priya", "my requests")
    opened = next(
        one["title"] for one in house.people["priya"].card["actions"] if "Open" in one["title"]
    )
    await house.tap("priya", opened)
    await house.tap("priya", "Withdraw the request")
    assert "has withdrawn the request" in house.shown("nia")
