"""What happens when a person acts. Imports `cards` and `records` only."""
