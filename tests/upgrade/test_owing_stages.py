"""What `records.timetable.timetable` does not ask at a stage would owe nothing there: tried with
everything that was ever kept of real conversations, at each stage."""

from cards.wording import wording
from records.changes import going_on
from records.conversation.conversation import Conversation
from records.conversation.snapshot import RECORD, TABLE
from records.feedback import reading
from records.stages import Stage
from records.store.codec import read
from records.store.memory import MemoryStore
from records.timetable.timetable import TOPICS, Timetable


async def test_a_topic_owes_nothing_at_a_stage_at_which_it_is_not_asked(
    exported: MemoryStore,
) -> None:
    dates, owing = Timetable(wording.partnership), set()
    rows = [row async for row in exported.query(TABLE) if row.key == RECORD]
    kept = [read(Conversation, row) for row in rows]
    assert {it.stage for it in kept} == set(Stage)
    for it in kept:
        for stage in Stage:
            there = it.with_(stage=stage)
            for topic, stages in TOPICS.items():
                if stage not in stages:
                    assert list(topic(dates, there)) == [], (topic.__module__, stage)
                elif stage is it.stage and any(topic(dates, it)):
                    owing.add(topic)
    # Feedback that was given before it had readers is read by nobody, and brings no message.
    # Nor had anybody been asked whether one goes on that nobody touched.
    assert owing == set(TOPICS) - {reading.owed, going_on.owed}, (
        "a topic of which nothing kept owes anything proves nothing"
    )
