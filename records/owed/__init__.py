"""What a conversation owes, one module a topic; `records.timetable` puts them together."""
