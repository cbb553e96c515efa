"""For pytest: `-p tests.faults.unguarded` takes out the guard that GUARD names before any test."""

import os

from tests.faults.guards import without

without(os.environ.get("GUARD", ""))
