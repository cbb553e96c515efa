"""What is let in: bodies, tokens, fields; and the way from an activity to a turn and its reply."""
