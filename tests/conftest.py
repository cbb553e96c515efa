"""What every folder of tests may ask for."""

from collections.abc import Iterator

import pytest

from tests.azurite import running


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of a table storage of our own, for the whole run."""
    with running(tmp_path_factory.mktemp("azurite")) as connection:
        yield connection
