"""A section of the learning document between its row of answers and the inputs of its card.

A partnership may change a section's words while a document is being typed up. What was written
keeps the words it was written under; what they have no place for any more stays beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from cards.kit.page import texts as long_texts
from cards.learning.several import KEPT, texts_kept
from cards.learning.writing import DAY, SEVERAL, fields, model, name, names
from cards.preparation.telling import for_the_document
from cards.wording import wording
from records.conversation.dates import Dates
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.learning.agencies import WHO, WORDS, cell, represented
from records.learning.document import WHAT, prefilled
from records.learning.headings import HEADING, HINT, is_filled, of_kind, words_of
from records.partnership import Partnership
from records.partnership.sections import Section, SectionKind, Source

AT: Final = "at"
"""Which item of a section of several stands in its inputs to be changed."""


def kept_answers(file: Snapshot, of: Partnership) -> dict[str, Any]:
    """Every section as it is kept, or filled in from what is known, by the names of its inputs.

    Why the family is not told is not filled in: only two people may read it, the document's readers
    are more.
    """
    found: dict[str, Any] = {}
    review_on = file.conversation.review_on
    for section in of.learning.sections:
        kept = file.answers_of(WHAT, section.id)
        row = of_kind(kept, section)
        if section.kind in SEVERAL:
            found[name(section, KEPT)] = dict(row.texts) if row else {}
            found |= dict.fromkeys((*names(section), name(section, AT)), "")
        for ask in section.asks:
            known = row.text(ask.id) if row else prefilled(file, ask.source) if not kept else ""
            found[name(section, ask.id)] = known or (
                _known(file, of, ask.source) if not kept else ""
            )
        if section.kind is SectionKind.REVIEW:
            found[name(section, DAY)] = review_on.isoformat() if review_on else ""
    return found


def _known(file: Snapshot, of: Partnership, source: Source) -> str:
    """What is known beside the request's answers: why it was brought, and who told the family."""
    it = file.conversation
    if source is Source.FAMILY:
        return for_the_document(it, of.office.zone)
    why = it.request.reasons if source is Source.PURPOSE else ()
    return "\n".join(wording.REASONS[one] for one in why)


def kept_questions(file: Snapshot, of: Partnership) -> dict[str, str]:
    """What each section was written under, by the names of its inputs."""
    found: dict[str, str] = {}
    for section in of.learning.sections:
        row = of_kind(file.answers_of(WHAT, section.id), section)
        if row is None or not is_filled(row):
            continue
        found |= {
            name(section, one.id): row.asked[one.id] for one in section.asks if one.id in row.asked
        }
        found |= {
            f"{section.id}{key}": row.asked[key] for key in (HEADING, HINT) if key in row.asked
        }
    return found


def texts_of(file: Snapshot, answers: Mapping[str, Any], section: Section) -> dict[str, str]:
    """A section's row of answers. Numbers and agencies that another device added stay, and so does
    what was answered to a question that is no more."""
    before = of_kind(file.answers_of(WHAT, section.id), section)
    if section.kind not in SEVERAL:
        texts = {
            one.id: str(answers.get(name(section, one.id), "")).strip() for one in section.asks
        }
        gone = {one: before.texts[one] for one in _no_more(before, section)} if before else {}
        return {**texts, **gone}
    have = dict(texts_kept(answers, section))
    if section.kind is SectionKind.VIEWS:
        return have
    named = represented(file.conversation) if section.kind is SectionKind.RECORDING else {}
    known = {*named, *(one.id for one in file.conversation.people)}
    there = dict(before.texts) if before else {}
    mine = {key: text for key, text in have.items() if key.split(".")[0] in known or key in there}
    agencies = {
        cell(key, WHO): one.agency for key, one in named.items() if cell(key, WORDS) in mine
    }
    return {**there, **mine, **agencies}


def asked_of(file: Snapshot, draft: Draft, section: Section, of: Partnership) -> dict[str, str]:
    """What a section is written under: its card's words, and those of questions that it has no
    more, where something was written there."""
    was = draft.questions
    before = of_kind(file.answers_of(WHAT, section.id), section)
    found = words_of(section, of.learning.sections)
    found |= {one.id: was.get(name(section, one.id), one.label) for one in section.asks}
    found |= {key: was.get(f"{section.id}{key}", found[key]) for key in (HEADING, HINT)}
    gone = {one: before.question(one, one) for one in _no_more(before, section)} if before else {}
    return {**found, **gone}


def of_another_kind(file: Snapshot, section: Section) -> Sequence[Answers]:
    """What stood in a section while it was of another kind, kept as a section of its own."""
    before = file.answers_of(WHAT, section.id)
    if before is None or of_kind(before, section) is not None or not is_filled(before):
        return ()
    kept = sum(one.by.startswith(f"{section.id}-before-") for one, _ in file.answers.values())
    return (before.model_copy(update={"by": f"{section.id}-before-{kept + 1}"}),)


def _no_more(before: Answers | None, section: Section) -> list[str]:
    """Questions of a section that its file has no more, and that somebody answered."""
    if before is None or section.kind in SEVERAL:
        return []
    today = {one.id for one in section.asks}
    return [one for one, text in before.texts.items() if one not in today and text.strip()]


def kept_nowhere(draft: Draft, of: Partnership) -> tuple[str, ...]:
    """Texts that no section of the document has: another one came before them, their heading is no
    more, or something on their card was not right yet, so that it was not saved."""
    found = [text for texts in draft.kept.values() for text in texts]
    days = {"now": draft.touched, "dates": Dates(of)}
    for section in of.learning.sections:
        try:
            model(section).model_validate(draft.answers, context=days)
        except ValidationError:
            found += [str(draft.answers.get(one, "")) for one in long_texts(fields(section))]
    return tuple(text for text in found if text.strip())
