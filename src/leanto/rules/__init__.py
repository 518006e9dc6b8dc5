"""What we decide: pure functions, given time, randomness and identifiers as arguments."""
