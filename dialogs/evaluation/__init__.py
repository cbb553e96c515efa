"""Steps 11 and 12 for the team: a period's figures, its files, and releasing words."""
