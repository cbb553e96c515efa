"""What conversations add to the evaluation, a period's figures, and words that may be quoted."""
