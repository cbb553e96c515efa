"""What drawing the fullest card costs beside writing its JSON: processor time of this process.

A ratio: it holds from machine to machine as seconds do not. Both take turns, and the median round
counts, so that a busy moment falls on both or on neither.
"""

import json
import time
from collections.abc import Callable
from statistics import median

import pytest

from cards.kit.page import Page
from cards.request.check import request_check

pytestmark = pytest.mark.bench
ROUNDS, TIMES = 7, 50
Job = Callable[[], object]
Record = Callable[[str, float], None]


def cpu(job: Job, times: int) -> float:
    """Processor seconds of this process, all threads, for doing it so many times."""
    begun = time.process_time()
    for _ in range(times):
        job()
    return time.process_time() - begun


def test_drawing_a_card_beside_writing_its_json(record: Record) -> None:
    """*Check your answers*, with five long answers."""
    long = "They meet every week and every week they leave with another plan. " * 40
    texts = ("worry", "hope_you", "hope_you_known", "hope_child", "hope_child_known")
    answers = {"about": "child", "reasons": "goal,stuck", **dict.fromkeys(texts, long)}
    page = Page(flow="request", step="check", conversation="1", submission="1", answers=answers)
    card = request_check(page)

    def ours() -> str:
        return json.dumps(request_check(page))

    def theirs() -> str:
        return json.dumps(card)

    for job in (ours, theirs):
        cpu(job, TIMES // 5)
    rounds = [(cpu(ours, TIMES), cpu(theirs, TIMES)) for _ in range(ROUNDS)]
    ratio = median(a for a, _ in rounds) / median(b for _, b in rounds)
    record("card_drawn_and_written_vs_written_cpu", ratio)
