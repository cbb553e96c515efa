"""Calls to Teams: one pool, one token, a pace, and what each answer means."""
