"""Getting ready: one card for each person, who tells the family, the date for a calendar."""
