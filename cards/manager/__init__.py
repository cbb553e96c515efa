"""The manager's agreement; another manager, or a deputy."""
