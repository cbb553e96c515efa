"""The map of all files that can be had, each from its topic."""

from typing import Final

from dialogs import document, evaluation, pack, preparation
from dialogs.files import Kinds

FILES: Final[Kinds] = {
    **preparation.FILES,
    **pack.FILES,
    **document.FILES,
    **evaluation.FILES,
}
"""Each kind of file; a link or a card's button names one, and the right is asked again."""
