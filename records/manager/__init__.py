"""A manager who is silent, another one before a date is booked, or a deputy; and who hears of
it."""
