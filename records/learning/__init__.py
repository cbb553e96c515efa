"""The learning document: its headings as data, what stands in it, how far it has come, its
files."""
