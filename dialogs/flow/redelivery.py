"""What comes late or twice: an answer to a card answered before, and the same tap once more."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.flow.flow import Step
from records.drafts import Draft


def submission_of(data: Mapping[str, Any], step: Step | None) -> str:
    """One drawing of a card with what was in it: the same again is a redelivery, and the same
    drawing with other words is not."""
    drawn = str(data.get("submission", ""))[:80]
    if not drawn or step is None:
        return drawn
    words = "\n".join(f"{name}={data.get(name, '')}" for name in step.fields)
    return f"{drawn}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def drawn_before(data: Mapping[str, Any], recent: Iterable[str]) -> bool:
    """Whether something was sent from this drawing of a card, with whatever words."""
    drawn = submission_of(data, None)
    return bool(drawn) and any(one.startswith(f"{drawn}-") for one in recent)


def new_texts(step: Step, data: Mapping[str, Any], draft: Draft | None) -> list[str]:
    """Long texts a card sent that are not what is saved."""
    saved = draft.answers if draft else {}
    texts = ((name, data.get(name)) for name in step.typed)
    return [
        value
        for name, value in texts
        if isinstance(value, str) and value.strip() and value != saved.get(name)
    ]
