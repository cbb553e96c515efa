"""A learning conversation: where it stands, the acts that move it, and its rows.

The record is immutable and an act returns the next one (`conversation`; which act fits when stands
in `records.stages`); `snapshot` is its partition as rows: record, prompts, answers, audit trail.
"""
