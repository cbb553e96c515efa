"""`python -m bot subject-access WHO… --out FILE`: what is held, in a file to be handed on, long as
the file is written here; and a list beside it, for information governance to release one by one.

Nothing is sent anywhere, least of all to an address that somebody typed.
"""

import asyncio
import html
import io
import logging
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.commands.people import operator
from bot.commands.subjects import NotCertain, WhoIsMeant, meant
from bot.settings import Settings
from bot.stores import has_tables, opened
from records.people import mail_key
from records.rights import releases
from records.rights.pieces import AskedAbout, Others, Piece, Pieces
from records.rights.releases import Release
from records.store.contract import StoreError

ONLY_ITS_OWNER: Final = 0o600
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TheirPieces:
    """One subject with all pieces, and what was released of the list before."""

    name: str
    pieces: Sequence[Piece]
    released: Mapping[str, Release]


def run(
    settings: Settings,
    who: Sequence[str],
    out: Path | None,
    release: Sequence[str] | None,
    reason: str | None,
) -> int:
    """Exit codes: 0 written or released, 1 nothing was."""
    if not has_tables(settings):
        print("Nothing is held: the settings name no tables.")
        return 1
    try:
        return asyncio.run(_run(settings, who, out, release or (), reason or ""))
    except NotCertain as doubt:
        print(f"Nothing was written. {doubt}")
    except FileExistsError as error:
        print(f"Nothing was written: {error.filename} is there already.")
    except (StoreError, OSError) as error:
        print(f"Nothing was written: {type(error).__name__}")
    return 1


async def _run(
    settings: Settings, who: Sequence[str], out: Path | None, release: Sequence[str], reason: str
) -> int:
    clock = SystemClock()
    async with opened(settings, clock) as store:
        records = over(store, settings, clock)
        if release and not await let_out(records, who, release, reason, operator()):
            return 1
        if out is not None:
            await write(records, who, out)
    return 0


async def collected(
    records: OperatorParts, who: Sequence[str], others: Others
) -> list[TheirPieces]:
    """Each of these with their pieces. Raises NotCertain and StoreError."""
    told = []
    for text in dict.fromkeys(who):
        asked = _asked(await meant(records, text))
        pieces = await Pieces(records.store, others, words_of_word).of(asked)
        released = await releases.released(records.store, asked.subject)
        told.append(TheirPieces(text, pieces, released))
    return told


def _asked(who: WhoIsMeant) -> AskedAbout:
    found = who.found
    keys, mails = tuple(found.keys), tuple(found.mails)
    subject = who.it.id if who.it else (keys[0] if keys else mail_key(mails[0]))
    return AskedAbout(
        of=who.of,
        subject=subject,
        people=tuple(found.people),
        keys=frozenset(keys),
        mails=mails,
        conversations=tuple(found.conversations),
    )


async def let_out(
    records: OperatorParts, who: Sequence[str], ids: Sequence[str], reason: str, by: str
) -> bool:
    """Release these pieces to whom they are about, with the reason; whether all of them are known.

    Raises NotCertain and StoreError.
    """
    there = dict[str, str]()
    for text in dict.fromkeys(who):
        asked = _asked(await meant(records, text))
        pieces = await Pieces(records.store, Others(), words_of_word).of(asked)
        there |= {one.id: asked.subject for one in pieces if one.why}
    if unknown := [one for one in ids if one not in there]:
        print(f"Nothing was released: not on their list, as it is now: {', '.join(unknown)}")
        return False
    for one in ids:
        at = records.clocks.now()
        kept = Release(of=there[one], piece=one, reason=reason, by=by, at=at)
        await releases.keep(records.store, kept)
        log.warning("piece released", extra={"action": "piece_released", "piece": one})
    print(f"Released: {len(ids)}. It is in the file that is written next.")
    return True


async def write(records: OperatorParts, who: Sequence[str], out: Path) -> None:
    """Both files. Raises NotCertain, FileExistsError, OSError and StoreError."""
    beside = out.with_name(f"{out.stem}-to-decide{out.suffix}")
    for path in (out, beside):
        if path.exists():
            raise FileExistsError(None, None, str(path))
    others = Others()
    told = await collected(records, who, others)
    day = f"{records.clocks.now():%Y-%m-%d}"
    _keep(out, page("What is held", TO_TELL, day, _to_tell(told)))
    _keep(beside, page("To decide", TO_DECIDE, day, _to_decide(told, others)))
    waiting = sum(
        bool(one.why) and one.id not in some.released for some in told for one in some.pieces
    )
    print(
        f"{out}: what may be told, as far as the tool can see. Read it before it goes to anybody."
    )
    print(f"{beside}: for information governance alone. It names people. To decide: {waiting}")


def _keep(path: Path, text: str) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ITS_OWNER)
    with os.fdopen(number, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


TO_TELL: Final = (
    "This is what Partnership Learning Conversations holds. Other people stand here as person 1,"
    " person 2 and so on. What others wrote is not in it, unless it was released.",
    "Before it is handed on somebody has to read it: a machine finds no nickname and no name of one"
    " word. It was made on {day}, and was sent to nobody.",
)
TO_DECIDE: Final = (
    "For information governance alone: it names people. Each piece below is held and was not told."
    " Whether it may be is decided by a person, for each by itself.",
    "To release one: python -m bot subject-access WHO --release ID --reason TEXT. The reason is"
    " kept. Then write the file anew. Made on {day}.",
)


def page(title: str, intro: Sequence[str], day: str, body: Iterable[str]) -> str:
    """A page that any browser opens, and Word too."""
    above = "".join(f"<p>{html.escape(one.format(day=day))}</p>" for one in intro)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{above}{''.join(body)}</body></html>\n"
    )


STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "dt{font-weight:bold;margin-top:.8em}dd{margin:0;white-space:pre-wrap}"
    "small{color:#555}"
)


def _to_tell(told: Iterable[TheirPieces]) -> Iterator[str]:
    for some in told:
        yield f"<h2>{html.escape(some.name)}</h2>"
        out = [one for one in some.pieces if not one.why or one.id in some.released]
        for where in dict.fromkeys(one.where for one in out):
            yield f"<h3>{html.escape(where) or 'Of the person'}</h3><dl>"
            for one in out:
                if one.where == where:
                    released = f" <small>(written by {one.writer or 'another person'})</small>"
                    yield _entry(one, released if one.why else "")
            yield "</dl>"


def _to_decide(told: Iterable[TheirPieces], others: Others) -> Iterator[str]:
    yield "<h2>Who is who</h2><dl>"
    for name, known in others.lines():
        yield f"<dt>{name}</dt><dd>{html.escape(known)}</dd>"
    yield "</dl>"
    for some in told:
        yield f"<h2>{html.escape(some.name)}</h2><dl>"
        for one in some.pieces:
            if one.why:
                yield _entry(one, f" <small>{html.escape(_about(one, some.released))}</small>")
        yield "</dl>"


def _about(one: Piece, released: Mapping[str, Release]) -> str:
    facts = [f"ID {one.id}", one.where, f"not told, as {one.why}"]
    facts += [f"by {one.writer}"] if one.writer else []
    if (said := released.get(one.id)) is not None:
        facts.append(f"RELEASED on {said.at:%Y-%m-%d} by {said.by}: {said.reason}")
    return "; ".join(facts)


def _entry(one: Piece, more: str) -> str:
    return f"<dt>{html.escape(one.title)}{more}</dt><dd>{html.escape(one.text)}</dd>"


def words_of_word(body: bytes) -> str:
    """What a Word file says, a line a paragraph; of one that cannot be opened, that it is there."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            root = fromstring(package.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, ParseError):
        return f"A file of {len(body)} bytes that cannot be opened here."
    lines = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))
    return "\n".join(filter(None, map(str.strip, lines)))
