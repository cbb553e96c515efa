"""Step 1, the request: eight cards, and changing what was sent."""
