"""The learning document: typing it up, sharing and recording it, its Word file."""
