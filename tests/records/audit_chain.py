"""Whether an audit trail is whole, told from its lines alone."""

from records.conversation.snapshot import AuditLine, chained


def first_break(lines: list[AuditLine], head: str) -> int | None:
    """The sequence number at which the chain no longer holds, or None.

    Without an anchor outside the table, whoever rewrites the whole table is not detected.
    """
    before = ""
    for number, line in enumerate(lines, start=1):
        bare = line.model_copy(update={"hash": ""})
        if (line.sequence, line.before) != (number, before) or chained(bare).hash != line.hash:
            return number
        before = line.hash
    return None if before == head else len(lines)
