"""Files that are made when somebody asks, and how they are handed over."""
