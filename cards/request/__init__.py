"""The request: eight cards, *Check your answers*, and what is said while it waits."""
