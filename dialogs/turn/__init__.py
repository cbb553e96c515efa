"""A turn: what comes in, who acts and what they may, and the route from a tap to its handler."""
