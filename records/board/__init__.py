"""The facilitators' board: lists of conversations, each a partition; what a list says of one."""
