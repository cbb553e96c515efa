"""What happens when a person acts. Imports `cards` and `records`; never `scheduler`, never `bot`."""
