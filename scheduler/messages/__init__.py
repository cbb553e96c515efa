"""From a prompt to the card and the notification it becomes, one module a topic."""
