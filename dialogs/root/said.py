"""What a whole message means where it is no answer; long, by its lists of what people write.

It may be a command, thanks, a question about this, or that somebody cannot come.

Only where the whole message is that: any longer text is an answer. What people add without meaning
it (a full stop, quotes, an emoji, a mention of the bot) changes nothing, nor does what a keyboard
or a copied page adds unseen.
"""

from collections.abc import Iterable
from enum import Enum, auto
from typing import Final
from unicodedata import category

from records.plain_words import plain, words_of

LONGEST: Final = 1_000
"""Characters from which a message is no command, whatever is unseen in it."""
MOST_WORDS: Final = 10


THANKS: Final = "thanks thank thankyou thanx thnx thx tx ty tysm ta cheers ok okay okey k kk diolch"
AROUND_THANKS: Final = """
you so very much many a lot all again for that this the your help it got great good lovely
brilliant perfect excellent super fine sure then now will do to everyone both kindly and
information info update reminder message letting me know no problem dokey really bunch million
loads cool sounds hi hello dear noted understood received with u x xx xxx done
"""
"""What else a message of thanks is made of; one word of `THANKS` is among them."""
POLITE: Final = "hi hello hey sorry ok okay please so erm um and but exactly"
SORRY: Final = """
hi hello hey sorry apologies very so unfortunately im i am afraid but that we just
"""
WHEN: Final = """
sorry any more anymore now after all today tomorrow then to on at the that day date time this
next week monday tuesday wednesday thursday friday saturday sunday weekend morning afternoon
evening tonight conversation meeting it apologies im am
afraid unfortunately thanks thank you i
"""
"""What stands before and after it where somebody says that they cannot come."""


SOS: Final = "\N{SQUARED SOS}"
ALARM: Final = "\N{POLICE CARS REVOLVING LIGHT}"
THREE: Final = 3
ONCE: Final = (["9"] * THREE, ["nine"] * THREE)
"""What repeats itself and is said once all the same."""


class Meant(Enum):
    """What is said beside all questions."""

    THANKS = auto()
    WHAT_IS_THIS = auto()
    CANNOT_COME = auto()


def bare(text: str, names: Iterable[str] = ()) -> str:
    """The words of a short message as commands are written, without the names of the bot at either
    end. Where there are no words: its symbols, each once, or a question mark. Empty for a long one.
    """
    if len(text) > LONGEST:
        return ""
    words = words_of(text)
    for name in sorted(map(words_of, names), key=len, reverse=True):
        if "@" in text and name and name in (words[: len(name)], words[-len(name) :]):
            first = words[: len(name)] == name
            words = words[len(name) :] if first else words[: -len(name)]
            break
    return " ".join(_said_once(words)) or _symbols(text)


def _said_once(words: list[str]) -> list[str]:
    """Without repeating itself, as people do who need it now; single letters as the one word that
    they spell."""
    if len(words) > 1 and all(len(one) == 1 and one.isalpha() for one in words):
        words = ["".join(words)]
    for many in range(1, len(words) // 2 + 1):
        times, over = divmod(len(words), many)
        if not over and words[:many] * times == words:
            whole = words[:many] * THREE
            return whole if whole in ONCE and times >= THREE else words[:many]
    return words


def _symbols(text: str) -> str:
    signs = plain(text)
    if SOS in signs or "?" in signs:
        return SOS if SOS in signs else "?"
    if ALARM in signs:
        return SOS
    return "".join(dict.fromkeys(one for one in signs if category(one) == "So"))


def meant(words: str) -> Meant | None:
    """What a whole message means beside all questions, by its `bare` words; None for an answer."""
    if _is_thanks(words):
        return Meant.THANKS
    if _without(words.split(), _POLITE, _POLITE) in _WHAT_IS_THIS:
        return Meant.WHAT_IS_THIS
    if _without(words.split(), _SORRY, _WHEN) in _CANNOT_COME:
        return Meant.CANNOT_COME
    return None


def _is_thanks(words: str) -> bool:
    if words in _SHORT_THANKS or (words and set(words) <= _KIND_SIGNS):
        return True
    found = words.split()
    fits = 0 < len(found) <= MOST_WORDS and _AROUND_THANKS.issuperset(found)
    return fits and not _THANKS.isdisjoint(found)


def _without(words: list[str], first: frozenset[str], last: frozenset[str]) -> str:
    """The words without what may stand before and after them, such as sorry, or tomorrow."""
    if len(words) > MOST_WORDS + 4:
        return ""
    start, end = 0, len(words)
    while start < end and words[start] in first:
        start += 1
    while end > start and words[end - 1] in last:
        end -= 1
    return " ".join(words[start:end])


_KIND_SIGNS: Final = frozenset("👍👌🙏🙂😊☺😀😃😄😁😉🤗🤝🙌👏🎉✅✔☑❤💙💚💜🧡💛💐🌟⭐💪🫶")
_THANKS: Final = frozenset(THANKS.split())
_SHORT_THANKS: Final = frozenset(
    {
        "noted",
        "duly noted",
        "well noted",
        "understood",
        "all understood",
        "acknowledged",
        "received",
        "well received",
        "appreciated",
        "much appreciated",
        "really appreciated",
        "got it",
        "will do",
        "no problem",
        "no worries",
        "np",
        "sounds good",
        "perfect",
        "great",
        "lovely",
        "brilliant",
    }
)
_AROUND_THANKS: Final = _THANKS | frozenset(AROUND_THANKS.split())
_POLITE: Final = frozenset(POLITE.split())
_WHAT_IS_THIS: Final = frozenset(
    {
        "what is this",
        "whats this",
        "what s this",
        "what is it",
        "what is that",
        "what is this for",
        "what is this about",
        "what is this bot",
        "what is this app",
        "what is this chat",
        "whats this for",
        "whats this about",
        "who is this",
        "whos this",
        "who are you",
        "who r u",
        "what are you",
        "are you a bot",
        "are you a robot",
        "are you a human",
        "are you a person",
        "are you human",
        "are you real",
        "is this a bot",
        "is this a robot",
        "is this a person",
        "is this real",
        "is anyone there",
        "is anybody there",
        "anyone there",
        "anybody there",
        "who is there",
        "is anyone reading this",
        "is anybody reading this",
        "who reads this",
        "who is reading this",
        "what do you do",
        "what can you do",
        "what do i do",
        "what do i do here",
        "what do i do now",
        "what do i need to do",
        "what does this mean",
        "i dont understand",
        "i do not understand",
        "is this spam",
        "is this a scam",
        "is this phishing",
        "who sent this",
        "why am i getting this",
        "why did i get this",
        "why have i got this",
        "what should i do",
        "what can i do",
        "what can i do here",
        "what can i type",
        "what can i say",
        "how does this work",
        "how does it work",
        "how do you work",
        "how do i use this",
        "what is a learning conversation",
        "whats a learning conversation",
        "what are learning conversations",
    }
)

_SORRY: Final = frozenset(SORRY.split())
_DAYS: Final = frozenset(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th"))
_WHEN: Final = frozenset(WHEN.split()) | _DAYS
_NOT: Final = (
    "cannot",
    "can not",
    "cant",
    "can no longer",
    "could not",
    "wont",
    "will not",
    "wont be able to",
    "will not be able to",
    "shall not",
    "not able to",
    "unable to",
    "no longer able to",
    "may not be able to",
)
_COME: Final = ("come", "make", "attend", "be there", "join", "be coming", "be attending")
_CANNOT_COME: Final = frozenset(
    {
        *(f"{cannot} {come}" for cannot in _NOT for come in _COME),
        "not coming",
        "not attending",
        "no longer coming",
        "no longer attending",
        "have to cancel",
        "off sick",
        "on sick leave",
        "on leave",
        "on annual leave",
    }
)
"""Without what `SORRY` may put before and `WHEN` after: so "make it" ends at "make"."""
