"""What somebody may ask of what is held on them: it is found, told, put right and erased."""
