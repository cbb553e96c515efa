"""After the day: what is owed until feedback and outcome are there; what 0 and 10 meant."""
