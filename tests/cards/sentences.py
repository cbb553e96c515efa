"""Every sentence a person can be shown, as the modules hold them: by topic, in their order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cards.wording import TOPICS, wording
from cards.wording import source as wordings
from cards.wording.source import declared
from tests.paper.lines import is_the_papers

ROOT: Final = Path(__file__).parents[2]
FIRST: Final = (
    "verbatim",
    "common",
    "home",
    "staying",
    "request",
    "amending",
    "agreement",
    "managing",
    "waiting",
    "booking",
    "preparation",
    "changing",
    "moving",
    "stopping",
    "handing_over",
    "people_change",
    "concern",
    "ringing",
    "held",
    "feedback",
    "learning",
    "documents",
    "uploading",
    "files",
    "outcome",
    "review",
    "practice",
    "evaluation",
    "board",
    "reach",
    "hints",
    "closed",
)
"""The topics in the order of the pathway; any other comes after them."""


@dataclass(frozen=True)
class Sentence:
    """One sentence and its name in the partnership's file."""

    name: str
    text: str

    @property
    def verbatim(self) -> bool:
        """Whether it is the paper's own, as a comparison with the paper's lines says."""
        return is_the_papers(self.text)


@dataclass(frozen=True)
class Topic:
    """The sentences of one topic. `place` is where they stand, `about` the topic's first line."""

    place: str
    about: str
    sentences: tuple[Sentence, ...]


def topics() -> tuple[Topic, ...]:
    """All of them: the topics, the partnership's paper, the levels of need, the headings of the
    document, and the app's own."""
    found = {topic.TABLE: topic for topic in TOPICS}
    order = [one for one in FIRST if one in found] + sorted(found.keys() - set(FIRST))
    return (*(_topic(found[name]) for name in order), _paper(), _levels(), _sections(), _app())


def sentences() -> Iterator[Sentence]:
    """Each text once, wherever it stands first; so what is verbatim anywhere is so everywhere."""
    seen = set()
    for topic in topics():
        for one in topic.sentences:
            if one.text not in seen:
                seen.add(one.text)
                yield one


def _topic(topic: type[wordings.Topic]) -> Topic:
    name = topic.TABLE
    found = [(key, text) for key in declared(topic) for text in _leaves(getattr(wording, key))]
    about = (topic.__doc__ or name).splitlines()[0]
    unique = dict.fromkeys(found)
    return Topic(
        f"[words.{name}]",
        about,
        tuple(Sentence(key.lower(), text) for key, text in unique if text),
    )


def _leaves(value: Any) -> Iterator[str]:
    """The texts of a constant. Of a choice (id, text) only the text is read by anybody."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, tuple):
        for one in value:
            pair = isinstance(one, tuple) and len(one) == 2
            yield from _leaves(one[1] if pair else one)


def _paper() -> Topic:
    paper = wording.partnership.paper
    found = [("document", text) for text in paper.document]
    if paper.title:
        found.insert(0, ("title", paper.title))
    for page in paper.pages:
        for one in page.parts:
            found += [(page.title, text) for text in (one.heading, *one.texts, *one.points)]
    unique = tuple(Sentence(name, text) for name, text in dict.fromkeys(found))
    return Topic("[paper]", "The partnership's own paper, as people can open it.", unique)


def _levels() -> Topic:
    found = tuple(Sentence(one.id, one.title) for one in wording.partnership.levels_of_need)
    return Topic("[[levels_of_need]]", "The levels of need.", found)


def _sections() -> Topic:
    found = []
    for section in wording.partnership.learning.sections:
        texts = (section.heading, section.hint, *(ask.label for ask in section.asks))
        found += [Sentence(section.id, text) for text in dict.fromkeys(texts)]
    return Topic("[[learning.sections]]", "The headings of the learning document.", tuple(found))


def _app() -> Topic:
    manifest = json.loads((ROOT / "deploy" / "teams" / "manifest.json").read_text(encoding="utf-8"))
    commands = [
        one["description"]
        for bot in manifest["bots"]
        for listed in bot.get("commandLists", ())
        for one in listed["commands"]
    ]
    described = manifest["description"]
    paragraphs = [one for one in described["full"].split("\n") if one]
    texts = (*manifest["name"].values(), described["short"], *paragraphs, *commands)
    found = tuple(Sentence("manifest", text) for text in dict.fromkeys(texts))
    return Topic("deploy/teams/manifest.json", "The app, as Teams describes it.", found)
