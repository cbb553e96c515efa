"""Rows, conditional writes and transactions: one contract, kept in memory and in Azure.

`contract` says what holds, `row_rules` what a row may hold, `codec` turns records into rows and
back, `unsure_writes` finds out whether a write won whose answer went missing.
"""
