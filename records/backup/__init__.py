"""A backup: its form, how it is read while the bot goes on, how it is written back."""
