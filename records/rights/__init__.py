"""What somebody may ask of what is held on them: to see it, put it right, have it erased."""
