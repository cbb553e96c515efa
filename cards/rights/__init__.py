"""What somebody sees of what is held on them, and puts right."""
