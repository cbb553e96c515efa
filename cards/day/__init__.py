"""On the day: who came, or that it didn't go ahead."""
