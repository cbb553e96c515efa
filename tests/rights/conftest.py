"""A house for those tests that walk by themselves."""

from tests.dialogs.conftest import house as house  # pytest finds it here
