"""Flows: a conversation with one person, card by card. A flow is data; the engine runs any."""
