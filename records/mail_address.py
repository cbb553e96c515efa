"""One way to read a mail address, for what a person types, a setting names and the platform says.

An address is copied out of a mail, a signature or a web page, and comes with what stood around it.
`read` gives it as it is kept and shown; `normal` gives the form that two writings of one mailbox
share. Source: RFC 5321 and 6531 for its parts (the library `email-validator`), UTS #46 for a domain
in letters or in punycode (the library `idna`).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

import idna

_SIGNS: Final = r"\w!#$%&'*+/=?^`{|}~.-"
_PLAIN: Final = re.compile(
    rf"(?<![{_SIGNS}])[{_SIGNS}]++@[a-z0-9.-]*[a-z0-9]", re.ASCII | re.IGNORECASE
)
_MAILTO: Final = re.compile(r"mailto:([^?<>]*)(\?[^<>]*)?", re.IGNORECASE)
_INSIDE: Final = re.compile(r"<([^<>]*)(?:>|$)|\(([^()]*)(?:\)|$)|\[([^\[\]]*)(?:\]|$)")
_BETWEEN: Final = re.compile(r"[\s;,<>()\[\]\"“”„‟«»‹›]+")
_BETWEEN_TWO: Final = re.compile(r"[/|&]")
_OPENS: Final = ' \t<(["“”„‟«»‹›'
_CLOSES: Final = " \t>)]\"“”„‟«»‹›;,.:'"
_APOSTROPHES: Final = dict.fromkeys(map(ord, "‘’‛ʼʹ′´＇"), "'")
_UNSEEN: Final = {"Cf": "", "Cs": " "}
"""What is not seen is left out; half a character, which nothing can be kept of, is a gap."""
_RESERVED: Final = ".example"


class NotAnAddress(ValueError):
    """What was given is not one address. The text is not repeated: it may be logged."""


class NotOneAddress(NotAnAddress):
    """No address can be read there; what it might have meant would be a guess."""


class TwoAddresses(NotAnAddress):
    """Two different mailboxes stand in one place, and who is meant is not ours to choose."""


def read(text: str, *, dotless: bool = False) -> str:
    """The address, without what stood around it: its capitals kept, its domain in small letters.

    It stands alone or in brackets, with any name beside them. A space within it is no address: of
    *martin cole@…* the end would be somebody else. The domain has a dot unless `dotless`. Raises
    TwoAddresses or NotOneAddress.
    """
    # 20 ms to load, for the first address and not at every start.
    from email_validator import EmailNotValidError, validate_email

    local, domain = _one(text)
    try:
        # Reserved names (.test, .local) are addresses too in a demo and on a closed network.
        validate_email(f"{local}@{domain}{_RESERVED}", check_deliverability=False)
    except EmailNotValidError as error:
        raise NotOneAddress("not an address") from error
    if not dotless and "." not in domain:
        raise NotOneAddress("a domain without a dot")
    return f"{local}@{domain}"


def normal(text: str) -> str:
    """The form that every writing of one mailbox shares; empty where none can be read.

    Capitals, composed letters, apostrophes and punycode do not matter; ß is not ss. For a plain
    ASCII address it is what keys were made of before: stripped and in small letters. It is not
    checked further, since what is kept already has to find its mailbox.
    """
    plain = text.strip()
    if _PLAIN.fullmatch(plain) and "xn--" not in plain.casefold():
        return plain.casefold()
    try:
        local, domain = _one(text)
    except NotAnAddress:
        return ""
    return f"{_folded(local)}@{domain}"


def same(one: str, other: str) -> bool:
    """Whether two addresses are the same mailbox. What cannot be read is nobody's."""
    return bool(normal(one)) and normal(one) == normal(other)


def _one(text: str) -> tuple[str, str]:
    """The two parts of the one address in a text; its domain as `_domain` has it."""
    plain = _tidy(_MAILTO.sub(lambda found: unquote(found[1]), _tidy(text)))
    found = {(_folded(local), domain) for local, domain in map(_parts, _mentioned(plain))}
    if len(found) > 1:
        raise TwoAddresses("two addresses")
    inside = ["".join(found) for found in _INSIDE.findall(plain)]
    for piece in (*inside, _INSIDE.sub(" ", plain), plain):
        bare = _bare(piece)
        if found and _is_address(bare):
            return _parts(bare)
    raise NotOneAddress("no address")


def _tidy(text: str) -> str:
    """Compatible letters as one, apostrophes straight, and nothing in it that is not seen."""
    if not text.isascii():
        # Before, since an acute accent composes to a space; after, since letters hold some.
        composed = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
        seen = (_UNSEEN.get(unicodedata.category(one), one) for one in composed)
        text = "".join(seen).translate(_APOSTROPHES)
    return " ".join(text.split())


def _mentioned(plain: str) -> Iterator[str]:
    """Each word that could be an address."""
    for word in _BETWEEN.split(plain):
        several = _BETWEEN_TWO.split(word) if word.count("@") > 1 else [word]
        yield from (bare for bare in map(_bare, several) if _is_address(bare))


def _is_address(bare: str) -> bool:
    local, _, domain = bare.partition("@")
    return bool(local and domain) and "@" not in domain and not _BETWEEN.search(bare)


def _bare(piece: str) -> str:
    """Without brackets, quotes and a sentence's end. An apostrophe in front may be its own."""
    left = piece.lstrip(_OPENS)
    bare = left.rstrip(_CLOSES)
    return bare.lstrip(f"'{_OPENS}") if "'" in left[len(bare) :] else bare


def _parts(address: str) -> tuple[str, str]:
    local, _, domain = address.partition("@")
    return local, _domain(domain)


def _folded(local: str) -> str:
    """In small letters, however they are composed. `str.casefold` alone would make ß to ss."""
    folded = "ß".join(part.casefold() for part in re.split("[ßẞ]", local))
    return unicodedata.normalize("NFKC", folded)


def _domain(text: str) -> str:
    """A domain in letters: punycode read, full stops as one, in small letters."""
    try:
        mapped = idna.uts46_remap(text, std3_rules=False, transitional=False)
    except idna.IDNAError:
        return text.casefold()
    return ".".join(map(_label, mapped.split(".")))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        letters = idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        return label
    return letters if _tidy(letters) == letters else label
