"""How long everything is kept: told of first, removed in time, everywhere, and never too early."""
