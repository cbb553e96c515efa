"""The feedback of those who came; eight weeks on, what difference it made; their receipts."""
