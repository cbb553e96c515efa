"""What a person sees: cards, documents and every sentence. Imports `records` only."""
