"""What a conversation owes and when, as a pure function and as a table for people.

Each step's room has an `owed` of its own; `timetable` puts them together.
"""
