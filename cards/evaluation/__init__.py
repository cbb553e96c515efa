"""A period's figures as card, workbook and report; words that may be quoted."""
