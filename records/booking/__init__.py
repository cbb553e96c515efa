"""From the booking to the day: a date that moves, people who come, and what is owed."""
