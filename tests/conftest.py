"""What every folder of tests may ask for."""

import gc
import os
from collections.abc import Callable, Generator, Iterator

import pytest

from cards.wording import use, wording
from records.partnership import SUFFOLK, Partnership, read_partnership
from tests.azurite import running

use(read_partnership(SUFFOLK))
LONG = (
    "tests/deploy/test_contributing.py",
    "tests/faults",
    "tests/retention/test_deaths.py",
    "tests/bot/teams/test_a_broken_day.py",
    "tests/dialogs/test_hostile_cards.py",
    "tests/dialogs/flow/test_bad_input.py",
    "tests/dialogs/turn/test_wrong_person.py",
)
"""What takes longest: begun first, so that no worker waits for another at the end."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay as long as the run: a collector of garbage that looks at each of
    them again and again would take a third of a worker's time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order of their names, but what takes long first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


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
