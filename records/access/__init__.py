"""Who opened what: a chain of lines a day and copy, beside the records and no part of them."""
