"""What a text may hold that its writer would rather not keep here: asked once, never blocked.

Guesses from the shape of words alone, so they may be wrong both ways; that is why it is a question.
Source: pathway, "Free text is checked by its writer"; the learning document asks about tasks and
decisions too, since a learning conversation has neither.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from cards.wording import wording

COMMON: Final = """
a about academy act action adult adults after again agency all allocated also although an and
anglia any april area as ask assessment at august authority autumn avenue because before both
british bury but by cafcass camhs care centre chair challenge change chief child children
children's childrens children’s christmas church clinic close college community concern
conference consultant council county court crown dad daddy december department deputy designated
detective did district division do doctor does domestic dr drive during each early east easter
edmunds education emergency england english essex european even every everybody everyone
families family father february felixstowe finally first for forum foster foundation friday
friends from further general good government gp grandad grandma green group had hall has have
haverhill he head headteacher health her high his home hope hospital house how however i if in
independent infant inspector intervention ipswich is it its january job july june junior justice
lane last later law lead learning legal let liaison listening living local lowestoft lucky
manager march may maybe meeting mental midwife minister ministry miss monday mother mr mrs ms
mum mummy my national need needs new newmarket next nhs nobody norfolk north not november now
nurse nursery october of officer on once one only open or order other others our outreach panel
parent parents park partnership people perhaps person plan please point police practice
practitioner primary prison private probation professor programme project protection public
pupil question quite reach referral review right road room royal safe safeguarding safety
saturday school second secondary section senior september service services she should signs
since sister sixth so social solution some special spring st start state station still
stowmarket strategic strategy street strengths sudbury suffolk summer sunday support surgery
talk team than that the their then there these they third this those though thursday time to
today together tomorrow tool town trading trust tuesday two uk under unit university until
valley village virtual visiting visitor visitors wales we wednesday welfare well west what when
where which while who why wife will winter with without woman women work worker workers yes
yesterday yet you young your youth zone
"""


class Hint(StrEnum):
    """What a text may hold."""

    NAME = "name"
    BIRTH = "birth"
    NHS = "nhs"
    TASK = "task"
    DECISION = "decision"


PRIVATE: Final = frozenset({Hint.NAME, Hint.BIRTH, Hint.NHS})
"""Asked about wherever somebody writes."""
REFLECTION: Final = frozenset(Hint)
"""Asked about in the learning document."""
RECENT: Final = timedelta(days=90)
"""A date this near, or still to come, is more likely when something happened than a birth."""

_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAYS: Final = "mon|tues|wednes|thurs|fri|satur|sun"
_BORN: Final = re.compile(r"\b(?:d\.?\s?o\.?\s?b\b|date of birth|born|birthday)\D{0,25}\d", re.I)
_NUMERIC: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?![\d/.-])")
_ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_WRITTEN: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTHS}),? ((?:19|20)\d\d)\b", re.I
)
_NHS: Final = re.compile(r"(?<![\d+])(\d{3}[ -]?\d{3}[ -]?\d{4})(?![\d])")
_WHEN: Final = (
    rf"(?:{_DAYS})day|tomorrow|tonight|next (?:week|month)|the end of (?:the|this|next)? ?\w+|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|\d{{1,2}}[/.]\d{{1,2}}"
)
_TASK: Final = re.compile(
    rf"\b(?:to|will|must|should|shall|needs to|has to)\s+\w[^.!?\n]{{0,120}}?\bby\s+(?:{_WHEN})\b|"
    r"^\s*(?:[-*•]\s*)?actions?\s*:|\b(?:action|task) (?:for|on)\b|\bdeadline\b",
    re.I | re.M,
)
_DECISION: Final = re.compile(
    r"\b(?:it (?:was|is|has been)|we(?: have|’ve|'ve)?|they(?: have)?|the (?:meeting|group|team))"
    r"\s+(?:all\s+)?decided\b|\bdecided (?:to|that)\b|\bthe decision (?:is|was|to)\b|"
    r"\bresolved that\b",
    re.I,
)
_RUN: Final = re.compile(r"[^\W\d_](?:[’'\-]?[^\W\d_])*(?: +[^\W\d_](?:[’'\-]?[^\W\d_])*)*")

NOT_NAMES: Final = frozenset(COMMON.split())


def hints(
    text: str, *, today: date, known: Iterable[str] = (), asked: Collection[Hint] = REFLECTION
) -> tuple[Hint, ...]:
    """What this text may hold, of what is `asked` about. `known` are names that may stand here."""
    holds: Mapping[Hint, Callable[[], bool]] = {
        Hint.NAME: lambda: _holds_name(text, known),
        Hint.BIRTH: lambda: _holds_birth(text, today),
        Hint.NHS: lambda: any(is_nhs_number(one) for one in _NHS.findall(text)),
        Hint.TASK: lambda: _TASK.search(text) is not None,
        Hint.DECISION: lambda: _DECISION.search(text) is not None,
    }
    return tuple(hint for hint, found in holds.items() if hint in asked and found())


def sentence(found: Collection[Hint]) -> str:
    """The question about what was found; nothing where nothing was."""
    titles = {
        Hint.NAME: wording.HINT_NAME,
        Hint.BIRTH: wording.HINT_BIRTH,
        Hint.NHS: wording.HINT_NHS,
        Hint.TASK: wording.HINT_TASK,
        Hint.DECISION: wording.HINT_DECISION,
    }
    parts = []
    for kinds, how in ((PRIVATE, wording.HINT_HOLDS), (REFLECTION - PRIVATE, wording.HINT_READS)):
        what = wording.HINT_AND.join(titles[one] for one in Hint if one in found and one in kinds)
        parts += [how.format(what=what)] if what else []
    return " ".join((*parts, wording.HINT_KEEP)) if parts else ""


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, spaced or not, carry the check digit of an NHS number (modulus 11).

    None begins with 0. Source: NHS Data Dictionary, "NHS NUMBER".
    """
    digits = [int(one) for one in text if one.isdecimal()]
    if len(digits) != 10 or digits[0] == 0:
        return False
    total = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == digits[9]


def _holds_birth(text: str, today: date) -> bool:
    return bool(_BORN.search(text)) or any(one < today - RECENT for one in _dates(text, today))


def _dates(text: str, today: date) -> Iterator[date]:
    """Whole dates, however they are written, that are a day in the calendar."""
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    found = [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)]
    found += [(int(y), int(m), int(d)) for d, m, y in _NUMERIC.findall(text)]
    found += [
        (int(y), months.index(m[:3].casefold()) + 1, int(d)) for d, m, y in _WRITTEN.findall(text)
    ]
    for year, month, day in found:
        whole = year
        if year < 100:
            whole = year + (2000 if 2000 + year <= today.year else 1900)
        try:
            yield date(whole, month, day)
        except ValueError:
            continue


def _holds_name(text: str, known: Iterable[str]) -> bool:
    """Two or more capitalised words side by side that are no place, service or known worker."""
    workers = {word for name in known for word in name.casefold().split()}
    for run in _RUN.findall(text):
        together = 0
        for word in run.split():
            name = _is_capitalised(word) and word.casefold() not in NOT_NAMES | workers
            together = together + 1 if name else 0
            if together == 2:
                return True
    return False


def _is_capitalised(word: str) -> bool:
    """Jane, O'Neill, Smith-Jones; neither CAMHS nor an initial."""
    return len(word) > 1 and word[0].isupper() and not word.isupper()
