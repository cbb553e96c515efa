"""Signed links to files, the pages behind them, and people's own OneDrive."""
