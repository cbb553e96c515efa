"""The peers: each answers one tap with one card and updates one message, as its makers show it."""
