"""What the tests of the matrix share."""

from collections.abc import Iterator

import pytest

from tests.security.states import State
from tests.security.watch import Watch, watching

_KNOWN: dict[str, State] = {}


@pytest.fixture
def known() -> dict[str, State]:
    """States that were walked to by now; none is ever changed."""
    return _KNOWN


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The product, watched."""
    with watching() as found:
        yield found
