"""What every folder of tests may ask for."""

import os
from collections.abc import Callable, Iterator

import pytest

from cards.wording import use, wording
from records.partnership import SUFFOLK, Partnership, read_partnership
from tests.azurite import running

use(read_partnership(SUFFOLK))


@pytest.fixture(scope="session", autouse=True)
def _left_for_others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the workers of one run leave for each other what takes long (`tests.cards.walks`)."""
    with pytest.MonkeyPatch.context() as patched:
        if "PYTEST_XDIST_WORKER" in os.environ:
            patched.setenv("LEFT_FOR_OTHERS", str(tmp_path_factory.getbasetemp().parent))
        yield


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
