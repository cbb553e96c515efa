"""Messages that are owed: their kinds in one table, a prompt and the states of its delivery, which
to look at next."""
