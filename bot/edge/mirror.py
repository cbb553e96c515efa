"""The HTML that Teams attaches to a message beside its text: what the text leaves out is read here.

Teams draws each emoji as a picture, with the sign itself as its `alt`, and leaves it out of the
text; a pasted picture stands there as an `img` too. Source: Teams, "Receive a message"; the mirror
itself is not documented (msteams-docs #3960, #1013).
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

HTML: Final = "text/html"

# Each sign is looked at once: a tag, words, or a bracket that belongs to neither.
_PARTS: Final = re.compile(r"<[^<>]*+>|[^<>]++|[<>]")
_EMOJI: Final = ("schema.skype.com/emoji", "statics.teams.", "emoticon")
_ALT: Final = re.compile(r'\balt="([^"]{0,40})"')
_BREAKS: Final = ("<br", "</p", "</div", "</li", "</tr")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#160);")


@dataclass(frozen=True)
class Mirror:
    """What stands in a message's HTML: its words, emoji among them, and how many pictures."""

    words: str = ""
    emoji: int = 0
    pictures: int = 0


def pictures_of(attached: Any) -> int:
    """How many pictures are among what is attached, whatever that is; emoji are among them."""
    return sum(str(one.get("contentType", "")).startswith("image/") for one in _each(attached))


def html_of(attached: Any) -> str:
    """The message as HTML among what is attached, whatever that is; empty where there is none."""
    found = (one.get("content") for one in _each(attached) if one.get("contentType") == HTML)
    return next((one for one in found if isinstance(one, str)), "")


def _each(attached: Any) -> list[dict[str, Any]]:
    rows = attached if isinstance(attached, list) else []
    return [one for one in rows if isinstance(one, dict)]


def read_mirror(html: str) -> Mirror:
    """The words and pictures of a message's HTML."""
    words, emoji, pictures = list[str](), 0, 0
    for part in _PARTS.findall(html):
        tag = part.lower() if part.startswith("<") and len(part) > 1 else ""
        if not tag:
            words.append(unescape(part))
        elif tag.startswith("<img"):
            found = _ALT.search(part)
            sign = unescape(found[1]) if found else ""
            # A picture says in words what it shows, and nobody has typed them.
            if any(one in tag for one in _EMOJI) and sum(map(str.isalpha, sign)) <= 1:
                emoji += 1
                words.append(sign)
            else:
                pictures += 1
        elif tag.startswith(_BREAKS):
            words.append("\n")
    return Mirror("".join(words).replace("\xa0", " ").strip(), emoji, pictures)


def as_typed(text: str, html: str) -> str:
    """The text with the signs that Teams wrote as entities, each once: `&amp;lt;` is `&lt;`.

    Teams' plain text mostly has the signs themselves. So where the HTML says that somebody typed
    the very letters of an entity, they stay.
    """

    def sign(found: re.Match[str]) -> str:
        if found[0] == "&nbsp;":
            return " "
        if found[0] not in typed:
            typed[found[0]] = f"&amp;{found[0][1:]}" in html
        return found[0] if typed[found[0]] else unescape(found[0])

    typed: dict[str, bool] = {}
    return _ENTITY.sub(sign, text)
