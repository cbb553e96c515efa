"""What every folder of tests may ask for."""

from collections.abc import Callable, Iterator

import pytest

from cards.wording import use, wording
from records.partnership import SUFFOLK, Partnership, read_partnership
from tests.azurite import running

use(read_partnership(SUFFOLK))


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of a table storage of our own, for the whole run."""
    with running(tmp_path_factory.mktemp("azurite")) as connection:
        yield connection


@pytest.fixture
def serving() -> Iterator[Callable[[Partnership], None]]:
    """Serve another partnership, until the test ends."""
    before = wording.partnership
    yield use
    use(before)
