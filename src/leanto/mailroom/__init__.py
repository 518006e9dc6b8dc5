"""The mailroom carries words it cannot read for people it cannot name."""
