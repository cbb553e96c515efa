"""What goes on behind the turns and as time passes: lists, cards with a story, drafts left lying,
files nothing names; the month in figures."""
