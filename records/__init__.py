"""What is kept and what is true: models, rules and stores. The lowest floor."""
