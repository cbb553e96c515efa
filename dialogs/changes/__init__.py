"""Changes on the way: people, the facilitator, stopping, ringing, a concern, the review."""
