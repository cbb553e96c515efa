"""Delivery: claim, check, record the intent, send, record the id; never lost, never simply twice.

`retry` says what follows a send that did not go well; `reach` and `parked` wait for those who
cannot be reached.
"""
