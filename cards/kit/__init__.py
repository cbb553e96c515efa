"""What cards are built from: elements, inputs and what they may answer, and the calm shapes."""
