"""Steps 7 and 8: the learning document, typed up or handed in, shared, passed on and recorded."""
