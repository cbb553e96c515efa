"""The edge: HTTP, tokens, Teams, settings and the composition root. The highest floor."""
