"""Messages that are owed: a prompt and the states of its delivery, and which to look at next."""
