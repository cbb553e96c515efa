"""What is owed from the request to the pick-up."""
