"""Figures are printed after everything else, one `name value` line each."""

from collections.abc import Callable

import pytest

FIGURES = pytest.StashKey[dict[str, float]]()
Record = Callable[[str, float], None]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = {}


def pytest_unconfigure(config: pytest.Config) -> None:
    for name, value in config.stash[FIGURES].items():
        print(f"{name} {value:.3g}")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Record:
    """Note a figure under its name."""
    return request.config.stash[FIGURES].__setitem__
