"""Steps 5 and 6: getting ready, the agreement, who tells the family, the right person."""
