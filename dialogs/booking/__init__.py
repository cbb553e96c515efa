"""Steps 3 and 4: an independent facilitator picks it up, books it and moves it."""
