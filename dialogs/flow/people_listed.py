"""People listed on a card: one is typed in, joins the list with *Add another*, and can be removed.

The list stands in a draft's answers as `others`, the inputs under it as `other_<key>`.
"""

from collections.abc import Mapping
from typing import Any, Final

from cards.kit.answers import mail_as_kept
from cards.kit.people import mark
from records.drafts import Draft

OTHER_KEYS: Final = ("name", "role", "agency", "mail", "attending")


def half_typed(draft: Draft) -> dict[str, str]:
    """Somebody typed into the inputs under the list, but not added to it yet."""
    one = {key: str(draft.answers.get(f"other_{key}", "")).strip() for key in OTHER_KEYS}
    return one if any(one[key] for key in ("name", "role", "agency", "mail")) else {}


def listed(answers: Mapping[str, Any]) -> list[str]:
    """Each person on the list, as a line to be copied."""
    return [
        ", ".join(text for key in OTHER_KEYS[:-1] if (text := str(one.get(key, "")).strip()))
        for one in answers.get("others", ())
    ]


def with_half_typed(draft: Draft) -> Draft:
    """The draft with that person added, where they have a name: nothing typed is lost."""
    one = half_typed(draft)
    if not one.get("name"):
        return draft
    one["mail"] = mail_as_kept(one["mail"])
    answers = {
        **draft.answers,
        "others": [*draft.answers.get("others", ()), one],
        **{f"other_{key}": "" for key in OTHER_KEYS},
    }
    return draft.model_copy(update={"answers": answers})


def without(draft: Draft, number: int, who: str) -> Draft:
    """The draft without one of the people listed; where the card says `who` stood there, if it is
    still them."""
    others = [
        one
        for place, one in enumerate(draft.answers.get("others", ()))
        if place != number or (who and mark(one) != who)
    ]
    return draft.model_copy(update={"answers": {**draft.answers, "others": others}})
