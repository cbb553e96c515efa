"""How long everything is kept: when each part of a conversation goes, and what is left of it."""
