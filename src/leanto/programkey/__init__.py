"""The off-line program key: it signs the charter and the vouches, and opens nothing."""
