"""The one place that changes a conversation: record, prompts and audit line in one transaction.

`projections` are the lists that follow it; `repair` and `mending` write anew what was damaged.
"""
