"""What somebody asks about what is held on them, in the chat."""
