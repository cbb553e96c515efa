"""The pages people read: links that lead somewhere, and words that we do not use."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for folder in (".", "deploy", "docs", "docs/decisions")
    for page in sorted((ROOT / folder).glob("*.md"))
]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?://|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_another_page_leads_there(page: Path) -> None:
    lost = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert lost == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    written = {page.name for page in folder.glob("0*.md")}
    assert set(LINK.findall((folder / "README.md").read_text())) == written
