"""From a prompt to the card and the notification it becomes, one module a step.

`rendering` puts them together; `occasion` is what each is drawn from.
"""
