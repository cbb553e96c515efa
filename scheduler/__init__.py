"""What happens when time passes. Imports `cards` and `records`; never `dialogs`, never `bot`."""
