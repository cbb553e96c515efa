"""What is tidied as time passes: cards with a story, drafts left lying, files nothing names; the
month in figures."""
